"""Checks and samples without a laboratory value are ticked off at their dose."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import record_not_given
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import tasks_of
from ivigdesk.actions.ward.day_tasks import day_tasks
from ivigdesk.actions.ward.tick_task import tick_task, untick_task
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.tasks.task import LATE_CHECK
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError
from tests.actions.changed import change
from tests.actions.giving import give


def late_checks(desk: Desk) -> list[tuple[int | None, str]]:
    return [(row.task.dose_number, row.standing) for row in day_tasks(desk).rows if row.task.item == LATE_CHECK]


def test_a_late_check_is_open_then_overdue_until_somebody_asked(desk: Desk, course: Course, clock: SetClock) -> None:
    give(desk, course, 1)
    assert late_checks(desk) == []
    clock.advance(timedelta(days=1))
    assert late_checks(desk) == [(1, "open")]
    clock.advance(timedelta(days=4))
    assert late_checks(desk) == [(1, "overdue")]
    row = next(row for row in day_tasks(desk).rows if row.task.item == LATE_CHECK)
    assert row.dose_id == course.dose(1).id
    tick_task(desk, course.dose(1).id, LATE_CHECK)
    assert late_checks(desk) == []
    untick_task(desk, course.dose(1).id, LATE_CHECK)
    assert late_checks(desk) == [(1, "overdue")]


def test_one_question_settles_the_doses_before(desk: Desk, course: Course, clock: SetClock) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=2))
    assert late_checks(desk) == [(1, "open")]
    give(desk, course, 2)
    clock.advance(timedelta(days=3))
    assert late_checks(desk) == [(2, "open")], "who is asked after dose 2 is asked after dose 1 as well"


def test_a_tick_stays_with_its_dose_when_that_moves(desk: Desk, course: Course) -> None:
    tick_task(desk, course.dose(2).id, "task-galactomannan")
    change(desk, course, lambda dose: dose)
    found = {(task.dose_number, task.item): task.is_done for task in tasks_of(desk, look_up_course(desk, course.id))}
    assert found[2, "task-galactomannan"]
    assert not found[1, "task-galactomannan"]


def test_a_sample_that_was_drawn_is_waited_for_no_longer(desk: Desk, course: Course) -> None:
    waiting = day_tasks(desk).of_dose(course.dose(1).id)
    assert waiting is not None
    items = {task.item for task in waiting.before}
    assert {"task-serology", "task-galactomannan"} <= items
    for item in ("task-serology", "task-galactomannan"):
        tick_task(desk, course.dose(1).id, item)
    waiting = day_tasks(desk).of_dose(course.dose(1).id)
    assert waiting is None or not {task.item for task in waiting.before} - {"", "task-blood-group"}


def test_ticking_twice_makes_one_tick_and_keeps_what_was_found(desk: Desk, course: Course, clock: SetClock) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=1))
    first = tick_task(desk, course.dose(1).id, LATE_CHECK, "Slight headache, gone")
    assert tick_task(desk, course.dose(1).id, LATE_CHECK) == first
    assert first.reason == "Slight headache, gone"
    untick_task(desk, course.dose(1).id, LATE_CHECK)
    untick_task(desk, course.dose(1).id, LATE_CHECK)
    assert desk.ward.prepared_checks([course.dose(1).id]) == ()


@pytest.mark.parametrize("item", ["task-unknown", "", "two-identifiers"])
def test_what_the_dose_does_not_bring_is_not_ticked(desk: Desk, course: Course, item: str) -> None:
    with pytest.raises(KnownError, match="no such task"):
        tick_task(desk, course.dose(1).id, item)


def test_nobody_asks_about_late_effects_too_early(desk: Desk, course: Course) -> None:
    with pytest.raises(KnownError, match="not finished"):
        tick_task(desk, course.dose(1).id, LATE_CHECK)
    give(desk, course, 1)
    with pytest.raises(KnownError, match="Too early"):
        tick_task(desk, course.dose(1).id, LATE_CHECK)


def test_a_dose_that_was_not_given_has_no_late_effects(desk: Desk, course: Course, clock: SetClock) -> None:
    record_not_given(desk, course.dose(1).id, "Refused")
    clock.advance(timedelta(days=1))
    with pytest.raises(KnownError, match="not given"):
        tick_task(desk, course.dose(1).id, LATE_CHECK)
