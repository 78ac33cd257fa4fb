"""A dose given on another day than planned asks once whether the later ones follow it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivigdesk.actions.courses.changing import given_off_day
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError
from tests.actions.changing import change, days, shown
from tests.actions.giving import give


def asked_about(desk: Desk, course: Course) -> int | None:
    found = given_off_day(look_up_course(desk, course.id))
    return None if found is None else found.dose.number


def test_a_dose_given_on_its_day_asks_nothing(desk: Desk, course: Course, clock: SetClock) -> None:
    assert asked_about(desk, course) is None
    give(desk, course, 1)
    assert asked_about(desk, course) is None


def test_a_late_dose_asks_until_the_later_ones_follow_and_again_when_that_is_undone(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    clock.advance(timedelta(days=1))
    give(desk, course, 1)
    assert asked_about(desk, course) == 1
    change(desk, course, "realign", 1)
    assert asked_about(desk, course) is None
    clock.advance(timedelta(minutes=5))
    change(desk, course, "undo")
    assert asked_about(desk, course) == 1


def test_another_change_of_the_next_dose_is_an_answer_too(desk: Desk, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=1))
    give(desk, course, 1)
    change(desk, course, "omit", 11)
    assert asked_about(desk, course) == 1, "the last dose has nothing to do with it"
    change(desk, course, "hold", 2)
    assert asked_about(desk, course) is None


def test_when_the_next_dose_is_given_on_its_day_the_matter_is_over(desk: Desk, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=1))
    give(desk, course, 1)
    clock.advance(timedelta(days=1))
    give(desk, course, 2)
    assert asked_about(desk, course) is None


def test_nothing_is_asked_when_no_dose_waits_any_more(desk: Desk, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=1))
    give(desk, course, 1)
    change(desk, course, "cease")
    assert asked_about(desk, course) is None


def test_the_later_doses_follow_a_late_one_only_once(desk: Desk, course: Course, clock: SetClock) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=3))
    give(desk, course, 2)
    followed = change(desk, course, "realign", 2, reach="rest")
    with pytest.raises(KnownError, match="since revision 2"):
        shown(desk, course, "realign", 2, reach="rest")
    change(desk, course, "undo")
    assert days(change(desk, course, "realign", 2, reach="rest")) == days(followed), "what was undone may be done again"
    clock.advance(timedelta(days=3))
    give(desk, look_up_course(desk, course.id).course, 3)
    assert days(change(desk, course, "realign", 3)).startswith("03-02 03-04 03-07 03-10 03-12"), "a later one is new"
