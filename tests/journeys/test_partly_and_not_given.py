"""A dose of which half went in, and the next one that was not given: what the calendar, the grams and Today say."""

from __future__ import annotations

from datetime import timedelta

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.bedside import open_todays_dose, start_the_dose
from tests.journeys.nurse import Nurse


def test_half_a_dose_is_signed_and_the_next_one_not_given(
    nurse_with_course: Nurse, desk: Desk, course: Course, clock: SetClock
) -> None:
    nurse = nurse_with_course
    start_the_dose(nurse)
    clock.advance(timedelta(minutes=100))
    nurse.in_dialog(lambda: nurse.press("Finish and sign"), lambda: sign_half(nurse))
    nurse.wait_to_see("Partly given")
    assert nurse.sees("Next: dose 2")
    clock.advance(timedelta(days=2))
    open_todays_dose(nurse)
    nurse.in_dialog(lambda: nurse.press("Not given"), lambda: say_why_not(nurse))
    nurse.wait_to_see("Recorded as not given.")
    assert nurse.sees("Next: dose 3")
    assert not nurse.sees("A second nurse signs here"), "there is nothing to sign for"
    view = look_up_course(desk, course.id)
    assert [one.status for one in view.doses[:3]] == ["partly given", "not given", "planned"]
    half, none = view.view(1).infusion, view.view(2).infusion
    assert half is not None
    assert none is not None
    assert half.end is not None
    assert none.end is not None
    assert (half.end.given_ml, half.end.given_dose_mg, half.end.discarded_mg) == (100, 5_000, 5_000)
    assert (none.end.given_dose_mg, none.vials, none.end.reason) == (0, (), "patient refused")
    nurse.press("Today")
    assert "Not given" in nurse.read_row("Doses of the day", "LI, Na")


def sign_half(nurse: Nurse) -> None:
    assert nurse.sees("100 mL of 200 mL went in")
    nurse.press("line lost or blocked")
    assert nurse.sees("Given: 5 g of 10 g. To discard: 5 g.")
    nurse.press("Sign as A. Wong")


def say_why_not(nurse: Nurse) -> None:
    nurse.press("patient refused")
    nurse.press("Record as not given")
