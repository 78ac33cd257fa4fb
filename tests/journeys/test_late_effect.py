"""Aseptic meningitis 30 hours after a dose is added to that dose; the late check is ticked on Today."""

from __future__ import annotations

from datetime import timedelta

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.bedside import give_the_whole_dose, open_the_course
from tests.journeys.nurse import Nurse

ASKED = "Late effects after dose 1"


def test_a_meningitis_thirty_hours_later_belongs_to_the_finished_dose_and_holds_the_rest(
    nurse_with_course: Nurse, desk: Desk, course: Course, clock: SetClock
) -> None:
    nurse = nurse_with_course
    give_the_whole_dose(nurse, clock)
    clock.advance(timedelta(hours=30))
    tick_the_late_check_on_today(nurse)
    open_the_course(nurse)
    nurse.open_row("Doses", "Mon 02 Mar")
    nurse.in_dialog(
        lambda: nurse.press("Add a late side effect"), lambda: find_meningitis(nurse), lambda: it_begins_now(nurse)
    )
    nurse.wait_to_see("Aseptic meningitis, grade 3")
    view = look_up_course(desk, course.id)
    (effect,) = view.view(1).side_effects
    assert (effect.code, effect.grade, effect.ml_per_h) == ("AE01", 3, None)
    assert view.view(1).status == "given", "it stays given"
    assert {one.status for one in view.doses[1:]} == {"held"}


def tick_the_late_check_on_today(nurse: Nurse) -> None:
    nurse.press("Today")
    nurse.wait_for_tab("Tests")
    nurse.open_row("Tests and checks of the day", ASKED)
    nurse.settle()
    (row,) = (row for row in nurse.rows("Tests and checks of the day") if ASKED in row)
    assert "Take back" in row


def find_meningitis(nurse: Nurse) -> None:
    assert "meningitis" in nurse.rows("Side effects")[0].lower(), "late ones are offered first"
    nurse.type("Search side effects", "stiff neck")
    nurse.press("Choose")


def it_begins_now(nurse: Nurse) -> None:
    nurse.press("It begins now")
    assert nurse.sees("30 h after the end of dose 1")
    nurse.press("Grade 3")
    assert nurse.sees("The remaining 10 doses are put on hold")
    nurse.press("Save side effect")
