"""An anaphylaxis stops the pump and holds the course; a prescriber's word puts the doses back."""

from __future__ import annotations

from datetime import timedelta

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.bedside import open_the_course, open_todays_dose, start_the_dose
from tests.journeys.nurse import Nurse


def test_an_anaphylaxis_holds_the_course_until_a_prescriber_releases_it(
    nurse_with_course: Nurse, desk: Desk, course: Course, clock: SetClock
) -> None:
    nurse = nurse_with_course
    start_the_dose(nurse)
    clock.advance(timedelta(minutes=10))
    nurse.in_dialog(lambda: nurse.press("Anaphylaxis"), lambda: record_grade_three(nurse))
    nurse.wait_to_see("The remaining doses of the course are on hold.")
    nurse.press("Stop")
    nurse.wait_to_see("Stopped at 09:15")
    nurse.in_dialog(lambda: nurse.press("Finish and sign"), lambda: sign_what_went_in(nurse))
    nurse.wait_to_see("Partly given")
    on_the_next_day_of_treatment_nothing_starts(nurse, clock)
    release_the_hold(nurse)
    the_doses_are_back(nurse, desk, course)


def record_grade_three(nurse: Nurse) -> None:
    nurse.press("Grade 3")
    assert nurse.sees("The remaining 10 doses are put on hold"), "the nurse is told before she saves"
    nurse.type("What was done", "Adrenaline 0.5 mg, oxygen, team called")
    nurse.press("Save side effect")


def sign_what_went_in(nurse: Nurse) -> None:
    assert nurse.sees("10 mL of 200 mL went in"), "ten minutes at 60 mL/h"
    nurse.press("Sign as A. Wong")
    assert nurse.sees("Why not the whole dose: nothing was entered") or nurse.sees("nothing was entered")
    nurse.type("Why not the whole dose", "Anaphylaxis")
    nurse.press("Sign as A. Wong")


def on_the_next_day_of_treatment_nothing_starts(nurse: Nurse, clock: SetClock) -> None:
    clock.advance(timedelta(days=2))
    nurse.press("Today")
    row = nurse.read_row("Doses of the day", "LI, Na")
    assert "on hold" in row.lower()
    assert "Anaphylaxis" in row
    open_todays_dose(nurse)
    nurse.wait_to_see("Release hold")
    assert not nurse.can_press("Start the infusion")


def release_the_hold(nurse: Nurse) -> None:
    open_the_course(nurse)
    nurse.in_dialog(lambda: nurse.press("Release hold"), lambda: give_the_prescribers_reason(nurse))


def give_the_prescribers_reason(nurse: Nurse) -> None:
    nurse.press("Release with this reason")
    assert nurse.sees("nothing was entered"), "nobody releases a hold without a name"
    nurse.type("Prescriber who decided", "Dr S. Kim")
    nurse.type("Reason", "Tryptase normal; go on with premedication")
    nurse.press("Release with this reason")


def the_doses_are_back(nurse: Nurse, desk: Desk, course: Course) -> None:
    view = look_up_course(desk, course.id)
    assert [one.status for one in view.doses] == ["partly given", "due"] + ["planned"] * 9
    assert [one.dose.due_on for one in view.doses] == [dose.due_on for dose in course.doses]
    assert view.course.revision.number == 3
    assert view.course.revision.reason == "Tryptase normal; go on with premedication"
    assert view.course.revision.approved_by == "Dr S. Kim"
    (effect,) = view.view(1).side_effects
    assert (effect.code, effect.grade, effect.minutes_from_start, effect.ml_per_h) == ("AE05", 3, 10, 60)
    open_todays_dose(nurse)
    nurse.wait_to_see("Before the start")
    assert nurse.sees("Anaphylaxis"), "the last reaction is in view before the next start"
