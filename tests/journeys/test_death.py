"""A death is recorded: the remaining doses of both courses cease once the nurse says so, and Today is empty."""

from __future__ import annotations

from datetime import timedelta

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from tests.conftest import cmv_plan
from tests.journeys.bedside import give_the_whole_dose
from tests.journeys.conftest import AtWindow
from tests.journeys.nurse import Nurse


def test_a_death_ceases_the_remaining_doses_of_both_courses_on_confirmation(
    desk: Desk, patient: Patient, course: Course, clock: SetClock, at_window: AtWindow
) -> None:
    nurse = at_window(desk, "en")
    give_the_whole_dose(nurse, clock)
    clock.advance(timedelta(days=2))
    second = confirm(
        desk,
        propose(desk, cmv_plan(patient, regimen_id="secondary-deficiency-ontario", antiviral="")),
        "Low IgG as well",
        "Dr S. Kim",
    )
    assert len(rows_of_the_day(nurse)) == 2
    record_the_death_and_cease(nurse, (course, second))
    assert {one.status for one in look_up_course(desk, second.id).doses} == {"ceased"}
    statuses = [one.status for one in look_up_course(desk, course.id).doses]
    assert statuses == ["given"] + ["ceased"] * 10, "what was given stays given"
    reason = look_up_course(desk, course.id).course.revision.reason
    assert reason.replace("\u00a0", " ") == "death on Wed 04 Mar 2026"
    nurse.press("Today")
    assert nurse.sees("No dose on Wed 04 Mar 2026")


def test_nothing_ceases_unless_the_nurse_says_so(desk: Desk, course: Course, at_window: AtWindow) -> None:
    nurse = at_window(desk, "en")
    open_the_events(nurse)
    nurse.in_dialog(
        lambda: nurse.press("Record an event"),
        lambda: record_the_death(nurse),
        lambda: nurse.press("Leave them planned"),
    )
    assert look_up_course(desk, course.id).course == course
    assert len(rows_of_the_day(nurse)) == 1


def record_the_death_and_cease(nurse: Nurse, courses: tuple[Course, ...]) -> None:
    left = {course.code for course in courses}

    def cease() -> None:
        asked = {code for code in left if nurse.sees(code)}
        assert len(asked) == 1, "each course is asked about by its code"
        left.difference_update(asked)
        nurse.press("Cease the remaining doses")

    open_the_events(nurse)
    nurse.in_dialog(
        lambda: nurse.press("Record an event"), lambda: record_the_death(nurse), *(cease for _course in courses)
    )
    nurse.wait_to_see("are ceased.")


def open_the_events(nurse: Nurse) -> None:
    nurse.press("Patients")
    nurse.open_row("Patients", "LI, Na")
    nurse.turn_to("Events")


def record_the_death(nurse: Nurse) -> None:
    nurse.choose("What happened", "death")
    nurse.type("Day", "t")
    nurse.press("Save event")


def rows_of_the_day(nurse: Nurse) -> list[str]:
    nurse.press("Today")
    return [row for row in nurse.rows("Doses of the day") if "LI, Na" in row]
