"""A weight that is 12 % lower: nothing starts until the remaining doses are computed anew and approved."""

from __future__ import annotations

from datetime import timedelta

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.bedside import give_the_whole_dose, open_the_course, open_todays_dose, prepare_the_dose
from tests.journeys.nurse import Nurse


def test_after_a_loss_of_weight_the_remaining_doses_are_computed_anew_before_anything_starts(
    nurse_with_course: Nurse, desk: Desk, course: Course, clock: SetClock
) -> None:
    nurse = nurse_with_course
    give_the_whole_dose(nurse, clock)
    clock.advance(timedelta(days=2))
    weigh(nurse, "61.6")
    the_start_is_refused(nurse)
    compute_anew(nurse)
    view = look_up_course(desk, course.id)
    assert view.course.revision.number == 2
    assert (view.course.revision.reason, view.course.revision.approved_by) == ("Fluid lost", "Dr S. Kim")
    assert view.course.dose(1) == course.dose(1), "what was given stays as it was given"
    assert {dose.planned_dose_mg for dose in view.course.doses[1:]} == {10_000}
    assert {dose.exact_mg for dose in view.course.doses[1:]} == {9_240}
    assert [dose.due_on for dose in view.course.doses] == [dose.due_on for dose in course.doses]
    open_todays_dose(nurse)
    nurse.press("Start the infusion")  # checks and vials were stored when they were entered
    nurse.wait_to_see("Running since")


def weigh(nurse: Nurse, kilograms: str) -> None:
    nurse.press("Patients")
    nurse.open_row("Patients", "LI, Na")
    nurse.type("New weight", kilograms)
    nurse.press("Save weight")
    nurse.wait_to_see("Weight saved.")


def the_start_is_refused(nurse: Nurse) -> None:
    prepare_the_dose(nurse)
    assert nurse.sees("The weight changed from 70 kg to 61.6 kg (−12 %).")
    assert nurse.sees("Still open: the weight")
    nurse.press("Start the infusion")
    assert not nurse.sees("Running since")


def compute_anew(nurse: Nurse) -> None:
    open_the_course(nurse)
    nurse.wait_to_see("The weight changed from 70 kg to 61.6 kg (−12 %).")
    nurse.in_dialog(lambda: nurse.press("Compute remaining doses with the new weight"), lambda: approve(nurse))
    nurse.wait_to_see("The remaining doses are computed anew: revision 2.")


def approve(nurse: Nurse) -> None:
    rows = nurse.rows("Before and after")
    assert len(rows) == 10, "dose 1 is given and not among them"
    nurse.press("Approve and store")
    assert nurse.sees("nothing was entered"), "nobody approved it yet"
    nurse.type("Prescriber who approves it", "Dr S. Kim")
    nurse.type("Reason", "Fluid lost")
    nurse.press("Approve and store")
