"""Chills of grade 2: slowed, treated, finished; and what was decided about it stands with the next dose."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import bedside
from ivigdesk.actions.infusions.prepare_infusion import VialForm, checklist_of
from ivigdesk.actions.infusions.preparing import add_vials
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from tests.conftest import cmv_plan
from tests.journeys.bedside import open_todays_dose, type_along_the_line
from tests.journeys.conftest import AtWindow
from tests.journeys.nurse import Nurse
from tests.journeys.paper import save_as_pdf

ORDER = "paracetamol 1 g by mouth"


def test_chills_are_slowed_and_treated_and_the_next_dose_goes_slower_with_premedication(
    desk: Desk,
    patient: Patient,
    at_window: AtWindow,
    clock: SetClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, product_id="kiovig-10")))
    nurse = at_window(desk, "en")
    give_of_a_ten_percent_product(nurse, desk, clock, course.dose(1).id)
    clock.advance(timedelta(minutes=5))
    nurse.in_dialog(lambda: nurse.press("Chills"), lambda: slow_and_record(nurse), lambda: decide_for_dose_two(nurse))
    nurse.wait_to_see("Chills, rigors, grade 2")
    it_is_finished(nurse, clock)
    the_reaction_is_on_record(desk, course)
    clock.advance(timedelta(days=2) - timedelta(hours=5))
    the_next_dose_follows_it(nurse, desk, course, tmp_path / "dose.pdf", monkeypatch)


def give_of_a_ten_percent_product(nurse: Nurse, desk: Desk, clock: SetClock, dose_id: UUID) -> None:
    """Start a dose whose card has two steps up, and raise it twice, each time with an observation before."""
    dose = bedside(desk, dose_id).dose
    vials = [
        VialForm(product_id="kiovig-10", mg=vial.mg, lot="LE12W045", expires_on="2027-09", serial=f"{vial.mg}-{number}")
        for vial in dose.vials
        for number in range(vial.count)
    ]
    add_vials(desk, dose_id, vials)
    open_todays_dose(nurse)
    nurse.wait_to_see("Before the start")
    nurse.tick_everything()
    nurse.press("Start the infusion")
    nurse.wait_to_see("Running since 09:05")
    for rate in ("70", "140"):
        clock.advance(timedelta(minutes=30))
        type_along_the_line(nurse, "36.8", "80", "124/76", "16", "98")
        nurse.wait_to_see(f"Raise to {rate} mL/h now")
        nurse.press(f"Raise to {rate} mL/h now")


def slow_and_record(nurse: Nurse) -> None:
    assert nurse.sees("Slow the infusion"), "what to do stands first"
    nurse.press("Slow it to 70 mL/h now")
    assert nurse.sees("✓ Slowed to 70 mL/h at 10:10.")
    nurse.press("Grade 2")
    nurse.type("Drugs given", "pethidine 25 mg into the vein, 10:10")
    nurse.type("Doctor called", "Dr S. Kim")
    nurse.press("Called now")
    nurse.press("Save, then decide for dose 2")


def decide_for_dose_two(nurse: Nurse) -> None:
    assert nurse.sees("What does it mean for dose 2?")
    assert nurse.sees("the last rate that was tolerated")
    nurse.press("Accept: Premedicat")
    nurse.type("What exactly", ORDER)
    nurse.press("Prescriber of the course")
    nurse.press("Store")


def it_is_finished(nurse: Nurse, clock: SetClock) -> None:
    clock.advance(timedelta(minutes=180))
    nurse.in_dialog(lambda: nurse.press("Finish and sign"), lambda: nurse.press("Sign as A. Wong"))
    nurse.wait_to_see("Given")


def the_reaction_is_on_record(desk: Desk, course: Course) -> None:
    view = look_up_course(desk, course.id)
    assert [one.status for one in view.doses[:2]] == ["given", "planned"], "grade 2 holds nothing"
    (effect,) = view.view(1).side_effects
    assert (effect.code, effect.grade, effect.minutes_from_start, effect.ml_per_h) == ("AE11", 2, 65, 140)
    assert (effect.drugs, effect.doctor) == ("pethidine 25 mg into the vein, 10:10", "Dr S. Kim")
    infusion = view.view(1).infusion
    assert infusion is not None
    settings = [(change.action, change.ml_per_h) for change in infusion.rate_changes]
    assert settings == [("start", 35), ("increase", 70), ("increase", 140), ("slow", 70), ("stop", 0)]


def the_next_dose_follows_it(
    nurse: Nurse, desk: Desk, course: Course, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = bedside(desk, course.dose(2).id)
    assert max(row.ml_per_h for row in here.dose.rate_card.rows) == 70, "never faster than it was tolerated"
    assert any(ORDER in item.text.en for item in checklist_of(desk, here) if not isinstance(item.text, str))
    open_todays_dose(nurse)
    nurse.wait_to_see("Before the start")
    assert nurse.sees(ORDER)
    assert nurse.sees("70 mL/h")
    card = nurse.rows("Rate card")
    assert any("70 mL/h" in row for row in card)
    assert not any("140" in row for row in card), "the card on the page is the capped one"
    nurse.press("Print")
    nurse.wait_to_see("page 1 of")
    said = save_as_pdf(nurse, file, monkeypatch)
    assert f"Premedication given: {ORDER} (dose 1: Chills, rigors, grade 2)" in said
    assert "Not faster than 70 mL/h (dose 1: Chills, rigors, grade 2)" in said
    assert "140 mL/h" not in said
