"""A dose is given a day late: the page asks whether the later ones follow; what was given stays where it was given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.bedside import give_the_whole_dose
from tests.journeys.calendar_nurse import (
    answer,
    changes_in_view,
    days_shown,
    doses_in_view,
    open_the_calendar,
    show_the_course,
    undo,
)
from tests.journeys.nurse import Nurse

QUESTION = "Dose 2 was given on Thu 05 Mar, 1 day late. Move the later doses along?"


@pytest.fixture
def nurse_after_a_late_dose(nurse_with_course: Nurse, clock: SetClock) -> Nurse:
    """Dose 1 was given on its day, dose 2 of Wednesday on Thursday."""
    nurse = nurse_with_course
    give_the_whole_dose(nurse, clock)
    clock.advance(timedelta(days=3, hours=-3))
    nurse.press("Today")
    assert "Overdue 1 day" in nurse.read_row("Doses of the day", "LI, Na")
    give_the_whole_dose(nurse, clock)
    return nurse


def test_the_rest_of_the_phase_follows_a_dose_that_was_given_a_day_late(
    nurse_after_a_late_dose: Nurse, desk: Desk, course: Course
) -> None:
    nurse = nurse_after_a_late_dose
    show_the_course(nurse)
    assert nurse.sees(QUESTION)
    nurse.in_dialog(lambda: nurse.press("Look at it"), lambda: move_the_phase_along(nurse))
    assert not nurse.sees("Move the later doses along?"), "it is answered"
    view = look_up_course(desk, course.id)
    assert view.course.dose(2) == course.dose(2), "what was given stays as it was planned and given"
    assert view.view(2).status == "given"
    assert [dose.due_on.day for dose in view.course.doses[2:8]] == [7, 9, 11, 13, 15, 16]
    assert [dose.due_on for dose in view.course.doses[7:]] == [dose.due_on for dose in course.doses[7:]]
    assert "given on Thu 05 Mar" in doses_in_view(nurse)[2]
    board = open_the_calendar(nurse)
    assert days_shown(board, 2) == [date(2026, 3, 5)], "the calendar shows it where it was given"
    assert days_shown(board, 3) == [date(2026, 3, 7)]
    show_the_course(nurse)
    undo(nurse, lambda: nurse.press("Undo"))
    assert look_up_course(desk, course.id).course.doses == course.doses
    assert nurse.sees(QUESTION), "and can be answered otherwise"


def test_keeping_the_days_stores_nothing_and_is_asked_again_at_the_next_visit(
    nurse_after_a_late_dose: Nurse, desk: Desk, course: Course
) -> None:
    nurse = nurse_after_a_late_dose
    head = desk.journal_head
    show_the_course(nurse)
    nurse.press("Keep the days")
    assert not nurse.sees(QUESTION)
    assert desk.journal_head == head
    assert look_up_course(desk, course.id).course == course
    show_the_course(nurse)
    assert nurse.sees(QUESTION)


def move_the_phase_along(nurse: Nurse) -> None:
    changed = changes_in_view(nurse)
    assert changed.keys() == {3, 4, 5, 6, 7}
    assert "Before: Fri 06 Mar → After: Sat 07 Mar" in changed[3]
    assert "Only 1 day before dose 8; 2 expected." in changed[7]
    answer(nurse, "Move along", "Keep the interval")
