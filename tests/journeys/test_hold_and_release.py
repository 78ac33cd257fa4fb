"""A fever holds what remains until a nurse resumes it; after a grave reaction only a prescriber's name does."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.bedside import give_the_whole_dose, open_the_course, open_todays_dose, start_the_dose
from tests.journeys.calendar_nurse import (
    CONTROL,
    answer,
    change_the_course,
    change_the_dose,
    changes_in_view,
    doses_in_view,
)
from tests.journeys.nurse import Nurse


def test_a_fever_holds_and_a_nurse_resumes_a_reaction_holds_and_a_prescriber_releases(
    nurse_with_course: Nurse, desk: Desk, course: Course, clock: SetClock
) -> None:
    nurse = nurse_with_course
    give_the_whole_dose(nurse, clock)
    clock.advance(timedelta(days=1))
    hold_the_rest_after_a_fever(nurse)
    clock.advance(timedelta(days=1))
    today_says_so_and_nothing_starts(nurse)
    clock.advance(timedelta(days=1))
    resume_a_day_later_in_the_old_rhythm(nurse)
    days = [dose.due_on.isoformat()[5:] for dose in look_up_course(desk, course.id).course.doses]
    assert days == ["03-02", "03-05", *(dose.due_on.isoformat()[5:] for dose in course.doses[2:])]
    have_a_grave_reaction(nurse, clock)
    ctrl_z_does_not_release_it(nurse)
    only_a_prescriber_releases_it(nurse)
    view = look_up_course(desk, course.id)
    assert [one.status for one in view.doses] == ["given", "partly given", *["planned"] * 9]
    assert (view.course.revision.reason, view.course.revision.approved_by) == ("Tryptase normal", "Dr S. Kim")


def hold_the_rest_after_a_fever(nurse: Nurse) -> None:
    open_the_course(nurse)
    change_the_course(nurse, "Hold all that remain", lambda: hold_with_the_picked_reason(nurse))
    assert nurse.sees("10 doses are on hold: Fever")
    assert all("On hold" in row for number, row in doses_in_view(nurse).items() if number > 1)


def hold_with_the_picked_reason(nurse: Nurse) -> None:
    assert changes_in_view(nurse).keys() == set(range(2, 12))
    nurse.press("Reason: Fever")
    nurse.press_key(Qt.Key.Key_Return)


def today_says_so_and_nothing_starts(nurse: Nurse) -> None:
    nurse.press("Today")
    row = nurse.read_row("Doses of the day", "LI, Na")
    assert "On hold" in row
    assert "Fever" in row
    open_todays_dose(nurse)
    assert nurse.sees("Fever")
    assert not nurse.can_press("Start the infusion")


def resume_a_day_later_in_the_old_rhythm(nurse: Nurse) -> None:
    open_the_course(nurse)
    change_the_dose(nurse, "Wed 04 Mar", "Resume", lambda: resume_from_today(nurse))
    rows = doses_in_view(nurse)
    assert "Thu 05 Mar" in rows[2]
    assert "Fri 06 Mar" in rows[3]
    assert not any("On hold" in row for row in rows.values())


def resume_from_today(nurse: Nurse) -> None:
    nurse.type("From which day", "t")
    nurse.press("Everything after it")
    nurse.press("Keep the days of the rhythm")
    changed = changes_in_view(nurse)
    assert "Planned again, 1 day later" in changed[2]
    assert "Only 1 day before dose 3; 2 expected." in changed[2]
    assert changed[3].endswith("Planned again")
    assert not nurse.sees("Prescriber who approves it"), "a nurse held it, a nurse resumes it"
    answer(nurse, "Resume", "Fever is gone")


def have_a_grave_reaction(nurse: Nurse, clock: SetClock) -> None:
    start_the_dose(nurse)
    clock.advance(timedelta(minutes=10))
    nurse.in_dialog(lambda: nurse.press("Anaphylaxis"), lambda: record_grade_three(nurse))
    nurse.wait_to_see("The remaining doses of the course are on hold.")
    nurse.press("Stop")
    nurse.in_dialog(lambda: nurse.press("Finish and sign"), lambda: sign_what_went_in(nurse))
    nurse.wait_to_see("Partly given")


def record_grade_three(nurse: Nurse) -> None:
    nurse.press("Grade 3")
    nurse.type("What was done", "Adrenaline 0.5 mg")
    nurse.press("Save side effect")


def sign_what_went_in(nurse: Nurse) -> None:
    nurse.type("Why not the whole dose", "Anaphylaxis")
    nurse.press("Sign as A. Wong")


def ctrl_z_does_not_release_it(nurse: Nurse) -> None:
    open_the_course(nurse)
    nurse.in_dialog(lambda: nurse.press_key(Qt.Key.Key_Z, CONTROL), lambda: be_sent_to_a_prescriber(nurse))


def be_sent_to_a_prescriber(nurse: Nurse) -> None:
    assert nurse.sees("a prescriber releases the hold.")
    assert not nurse.can_press("Undo")
    nurse.press_key(Qt.Key.Key_Escape)


def only_a_prescriber_releases_it(nurse: Nurse) -> None:
    change_the_course(nurse, "Resume all that are on hold", lambda: resume_first_without_then_with_a_name(nurse))
    assert nurse.sees("resumed")


def resume_first_without_then_with_a_name(nurse: Nurse) -> None:
    nurse.type("Reason", "Tryptase normal")
    nurse.press("Resume")
    assert nurse.sees("Prescriber who approves it: nothing was entered. It is needed."), (
        "nobody releases it without a name"
    )
    assert changes_in_view(nurse).keys() == set(range(3, 12))
    nurse.type("Prescriber who approves it", "Dr S. Kim")
    nurse.press("Resume")
