"""A dose without trouble, from the first check to the second signature, with the hands that a nurse has."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.medicate import medications
from ivigdesk.actions.infusions.preparing import prepared
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.bedside import open_todays_dose, scan_a_vial, type_along_the_line
from tests.journeys.nurse import Nurse
from tests.ui.infusion.bedside import know_the_code


def test_a_dose_is_given_from_the_checks_to_the_second_signature(
    nurse_with_course: Nurse, desk: Desk, course: Course, clock: SetClock
) -> None:
    nurse = nurse_with_course
    know_the_code(desk)
    open_todays_dose(nurse)
    tick_with_the_space_bar(nurse)
    scan_four_vials_while_a_drug_is_typed(nurse, clock)
    ready = prepared(desk, course.dose(1).id)
    assert sorted(vial.serial for vial in ready.vials) == ["A1", "A2", "A3", "A4"], "stored before the start"
    nurse.press("Start the infusion")
    nurse.wait_to_see("Running since 09:05")
    watch_raise_and_change_the_line(nurse, clock)
    sign_twice(nurse, clock)
    everything_stands_in_the_record(desk, course)


def tick_with_the_space_bar(nurse: Nurse) -> None:
    nurse.wait_to_see("Before the start")
    boxes = [box for box in nurse.window.findChildren(QCheckBox) if box.isVisible()]
    assert len(boxes) > 10
    assert boxes[0].hasFocus(), "the page opens at what is done first"
    for _box in boxes:
        nurse.press_key(Qt.Key.Key_Space)
    assert all(box.isChecked() for box in boxes), "Space ticks, and goes on to the next"
    assert nurse.sees("Still open: the vials with their lots")


def scan_four_vials_while_a_drug_is_typed(nurse: Nurse, clock: SetClock) -> None:
    nurse.press("Add a drug or fluid")
    nurse.type("Drug or fluid", "parac")
    clock.advance(timedelta(seconds=1))  # a hand is slower than a scanner
    for serial in ("A1", "A2"):
        scan_a_vial(nurse, serial)
    scan_a_vial(nurse, "A2")
    nurse.wait_to_see("2 vials are still to be recorded")
    for serial in ("A3", "A4"):
        scan_a_vial(nurse, serial)
    assert nurse.sees("every vial is recorded")
    nurse.tab_to("Drug or fluid")
    assert nurse.find(QLineEdit, "Drug or fluid").text() == "parac", "no letter of a code went into the other field"
    nurse.type("Drug or fluid", "paracetamol")
    nurse.type("Amount", "1 g")
    nurse.type("Route", "by mouth")
    nurse.press_key(Qt.Key.Key_Return)
    nurse.wait_to_see("paracetamol 1 g by mouth")


def watch_raise_and_change_the_line(nurse: Nurse, clock: SetClock) -> None:
    clock.advance(timedelta(minutes=14))
    type_along_the_line(nurse, "36.8", "80", "124/76", "16", "98")
    nurse.wait_to_see("To 180 mL/h in 01:00")
    clock.advance(timedelta(minutes=1))
    nurse.wait_to_see("Raise to 180 mL/h now")
    nurse.press("Raise to 180 mL/h now")
    nurse.wait_to_see("No faster rate to the end")
    clock.advance(timedelta(minutes=20))
    nurse.press("Pause")
    clock.advance(timedelta(minutes=5))
    nurse.in_dialog(lambda: nurse.press("Resume"), lambda: nurse.press("Set the pump"))
    type_along_the_line(nurse, "36.9", "82", "122/74", "16", "97")


def sign_twice(nurse: Nurse, clock: SetClock) -> None:
    clock.advance(timedelta(minutes=60))
    nurse.wait_to_see("the volume is in: finish and sign")
    nurse.in_dialog(lambda: nurse.press_key(Qt.Key.Key_F9), lambda: nurse.press_key(Qt.Key.Key_Return))
    nurse.wait_to_see("Observe until")
    assert nurse.sees("Next: dose 2, Wed 04 Mar 2026")
    nurse.choose("Second signature", "S. Kaur")
    nurse.press("Sign as the second nurse")
    nurse.wait_to_see("Signed by A. Wong and S. Kaur.")


def everything_stands_in_the_record(desk: Desk, course: Course) -> None:
    given = look_up_course(desk, course.id).view(1)
    infusion = given.infusion
    assert infusion is not None
    assert infusion.end is not None
    assert given.status == "given"
    assert [(change.action, change.ml_per_h) for change in infusion.rate_changes] == [
        ("start", 60),
        ("increase", 180),
        ("pause", 0),
        ("resume", 180),
        ("stop", 0),
    ]
    assert [one.temperature_c for one in infusion.observations] == [Decimal("36.8"), Decimal("36.9")]
    assert [(one.systolic_mmhg, one.diastolic_mmhg) for one in infusion.observations] == [(124, 76), (122, 74)]
    assert (infusion.end.given_dose_mg, infusion.end.discarded_mg) == (10_000, 0)
    assert (infusion.end.nurse, infusion.end.second_nurse) == ("A. Wong", "S. Kaur")
    (drug,) = medications(desk, course.dose(1).id)
    assert (drug.kind, drug.what, drug.amount, drug.route) == ("premedication", "paracetamol", "1 g", "by mouth")
