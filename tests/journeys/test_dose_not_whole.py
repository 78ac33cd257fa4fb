"""A dose that was partly given, and one that was not given at all."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.bedside import open_todays_dose, start_the_dose
from tests.journeys.nurse import Nurse


def test_a_dose_that_stops_half_way_is_signed_with_what_went_in(
    nurse_with_course: Nurse, desk: Desk, course: Course, clock: SetClock
) -> None:
    nurse = nurse_with_course
    start_the_dose(nurse)
    clock.advance(timedelta(minutes=50))
    nurse.in_dialog(lambda: nurse.press("Finish and sign"), lambda: sign_fifty_of_two_hundred(nurse))
    nurse.wait_to_see("Partly given")
    given = look_up_course(desk, course.id).view(1)
    assert given.infusion is not None
    end = given.infusion.end
    assert end is not None
    assert (end.outcome, end.given_ml, end.given_dose_mg, end.discarded_mg) == ("partly given", 50, 2_500, 7_500)
    assert (end.nurse, end.second_nurse, end.reason) == ("A. Wong", "S. Kaur", "Line blocked")


def sign_fifty_of_two_hundred(nurse: Nurse) -> None:
    assert nurse.sees("50 mL of 200 mL went in")
    nurse.type("Volume given", "500")
    nurse.type("Why not the whole dose", "Line blocked")
    nurse.choose("Second signature", "S. Kaur")
    nurse.press("Sign as A. Wong")
    assert nurse.sees("“500” cannot be used"), "more than the dose is refused"
    nurse.type("Volume given", "50")
    nurse.press("Sign as A. Wong")


def test_a_dose_that_is_not_given_needs_a_reason_and_no_lot(
    nurse_with_course: Nurse, desk: Desk, course: Course
) -> None:
    nurse = nurse_with_course
    open_todays_dose(nurse)
    nurse.in_dialog(lambda: nurse.press("Not given"), lambda: say_why_not(nurse))
    nurse.wait_to_see("Recorded as not given.")
    view = look_up_course(desk, course.id)
    assert [one.status for one in view.doses[:2]] == ["not given", "planned"]
    record = view.view(1).infusion
    assert record is not None
    assert record.end is not None
    assert (record.end.reason, record.end.given_ml, record.vials) == ("Refused by the patient", Decimal(0), ())


def say_why_not(nurse: Nurse) -> None:
    nurse.press("Record as not given")
    assert nurse.sees("nothing was entered")
    nurse.type("Reason", "Refused by the patient")
    nurse.press("Record as not given")
