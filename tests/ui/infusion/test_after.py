"""After the end: watched for a while, signed a second time, and the next dose in view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import EndForm, finish_infusion, record_not_given
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.infusion import InfusionPage
from ivigdesk.ui.places import CoursePlace, InfusionPlace
from tests.ui.infusion.bedside import infusion_of

Finish = Callable[[str], InfusionPage]


@pytest.fixture
def finish(running: InfusionPage, desk: Desk, course: Course, clock: SetClock) -> Finish:
    """Let the dose run in and sign it, perhaps by two."""

    def end(second: str) -> InfusionPage:
        clock.advance(timedelta(minutes=200))
        finish_infusion(desk, infusion_of(running, desk).id, EndForm(outcome="completed", second_nurse=second))
        running.show_place(InfusionPlace(course.id, course.dose(1).id))
        return running

    return end


def test_the_time_of_watching_counts_down_and_is_over(finish: Finish, clock: SetClock) -> None:
    page = finish("")
    assert page.cards.after.watch.text() == "◎\u00a0Observe until 13:25, 1:00:00 left"
    clock.advance(timedelta(minutes=59, seconds=30))
    page._tick()
    assert page.cards.after.watch.text() == "◎\u00a0Observe until 13:25, 00:30 left"
    clock.advance(timedelta(seconds=30))
    page._tick()
    assert page.cards.after.watch.text() == "✓\u00a0Observed until 13:25"


def test_a_second_nurse_signs_in_the_afternoon(finish: Finish, desk: Desk, said: list[str]) -> None:
    after = finish("").cards.after
    assert after.sign.isVisible()
    after.sign.click()
    assert after.second.error, "somebody must be chosen"
    after.second.set_value("S. Kaur")
    after.sign.click()
    assert "S. Kaur" in said[-1]
    assert not after.sign.isVisible()


def test_the_first_nurse_is_not_offered_as_the_second(finish: Finish) -> None:
    after = finish("").cards.after
    assert [after.second.box.itemText(index) for index in range(after.second.box.count())] == ["Choose…", "S. Kaur"]


def test_what_was_signed_twice_asks_for_nothing(finish: Finish) -> None:
    assert not finish("S. Kaur").cards.after.sign.isVisible()


def test_the_next_dose_is_named_and_its_course_one_touch_away(finish: Finish, course: Course) -> None:
    page = finish("S. Kaur")
    assert page.cards.after.next_dose.text().replace("\u00a0", " ") == "Next: dose 2, Wed 04 Mar 2026, 10 g"
    went: list[object] = []
    page.place_requested.connect(went.append)
    page.cards.after.open_next.click()
    assert went == [CoursePlace(course.id)]


def test_a_dose_that_was_not_given_is_neither_watched_nor_signed_twice(
    page: InfusionPage, desk: Desk, course: Course
) -> None:
    record_not_given(desk, course.dose(1).id, "patient refused")
    page.show_place(InfusionPlace(course.id, course.dose(1).id))
    assert not page.cards.after.watch.isVisible()
    assert not page.cards.after.sign.isVisible()
    assert page.cards.effects.late.isVisible()
