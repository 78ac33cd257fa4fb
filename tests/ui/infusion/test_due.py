"""What becomes due is said once, and heard where the ward wants it; a clock that is set back is told of."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.infusions.give_infusion import set_rate
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.infusion import InfusionPage
from ivigdesk.ui.places import InfusionPlace
from ivigdesk.ui.widgets import notices
from ivigdesk.wording import Wording
from tests.ui.infusion.bedside import infusion_of, observe


@pytest.fixture
def beeps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each sound."""
    heard: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(1))
    return heard


def _again(page: InfusionPage, said: list[str]) -> list[str]:
    """Let a second pass on the page, and return what it said."""
    said.clear()
    page._tick()
    return list(said)


def test_the_next_rate_and_the_observation_before_it_are_announced_once(
    running: InfusionPage, clock: SetClock, said: list[str], beeps: list[int]
) -> None:
    clock.advance(timedelta(minutes=14, seconds=59))
    assert _again(running, said) == []
    clock.advance(timedelta(seconds=1))
    assert [sentence.replace("\u00a0", " ") for sentence in _again(running, said)] == [
        "Observe now: before the rate goes up. The next rate is due: 180 mL/h."
    ]
    clock.advance(timedelta(minutes=3))
    assert _again(running, said) == []
    assert beeps == [], "no ward asked for sounds"


def test_a_ward_that_wants_to_hear_it_hears_it(
    running: InfusionPage, desk: Desk, clock: SetClock, said: list[str], beeps: list[int]
) -> None:
    set_ward(desk, msgspec.structs.replace(desk.settings, sounds=True))
    clock.advance(timedelta(minutes=15))
    _again(running, said)
    assert beeps == [1]


def test_the_end_of_the_volume_is_announced(running: InfusionPage, clock: SetClock, said: list[str]) -> None:
    clock.advance(timedelta(minutes=200))
    assert "The volume is in: finish and sign." in _again(running, said)[0]
    assert running.cards.finish.property("look") == "primary"


def test_what_is_due_when_the_page_opens_stands_on_it_and_is_not_announced(
    running: InfusionPage, course: Course, clock: SetClock, said: list[str]
) -> None:
    clock.advance(timedelta(minutes=20))
    said.clear()
    running.show_place(InfusionPlace(course.id, course.dose(1).id))
    assert said == []
    assert running.cards.observations.due.text().endswith("Due now: before the rate goes up")
    assert _again(running, said) == []


def test_both_countdowns_run_by_the_second(running: InfusionPage, clock: SetClock, said: list[str]) -> None:
    observe(running, "36.8")
    clock.advance(timedelta(minutes=4, seconds=30))
    _again(running, said)
    assert running.cards.running.step.text().replace("\u00a0", " ") == "To 180 mL/h in 10:30"
    assert running.cards.observations.due.text() == "Next at 09:20, in 10:30"


def test_a_notice_reaches_a_screen_reader(
    english: Wording, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.message()))
    bar = notices.NoticeBar(english)
    bar.show_notice(notices.Notice("Observe now.", "attention"))
    assert told == ["Observe now."]
    bar.deleteLater()


def test_pausing_leaves_the_end_open_and_resuming_counts_anew(
    running: InfusionPage, desk: Desk, course: Course, clock: SetClock
) -> None:
    clock.advance(timedelta(minutes=5))
    running.cards.running.pause.click()
    assert running.cards.running.ends.text() == ""
    model = running.cards.card.table.model()
    assert [model.index(row, 1).data().replace("\u00a0", " ") for row in range(model.rowCount())] == [
        "60 mL/h",
        "stands still",
        "end",
    ]
    clock.advance(timedelta(minutes=30))
    set_rate(desk, infusion_of(running, desk).id, "resume", infusion_of(running, desk).rate_changes[0].ml_per_h)
    running.show_place(InfusionPlace(course.id, course.dose(1).id))
    assert running.cards.running.so_far.text().replace("\u00a0", " ") == "5 of 200 mL"
    # 15 mL more at 60 mL/h to 09:55, then 180 mL at 180 mL/h.
    assert running.cards.running.ends.text() == "ends about 10:55"


def test_a_clock_that_is_set_back_is_told_of_once_and_takes_no_volume_away(
    running: InfusionPage, desk: Desk, clock: SetClock, said: list[str]
) -> None:
    clock.advance(timedelta(minutes=10))
    _again(running, said)
    assert running.cards.running.so_far.text().replace("\u00a0", " ") == "10 of 200 mL"
    clock.set_wall(clock.now() - timedelta(hours=1))
    assert "clock was set back" in _again(running, said)[0]
    assert running.cards.running.so_far.text().replace("\u00a0", " ") == "10 of 200 mL"
    assert _again(running, said) == []
    observe(running, "36.8")
    assert infusion_of(running, desk).observations[0].at == infusion_of(running, desk).started_at + timedelta(
        minutes=10
    )
