"""What the ward chooses of its days: weekdays, closures, holidays, and how much a day carries."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.ui import places
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.settings import SettingsPage
from tests.ui.settings.test_settings_page import choose


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    assert window.shell is not None
    window.shell.go(places.SettingsPlace())
    assert isinstance(window.shell.page, SettingsPage)
    return window.shell.page


def saves(page: SettingsPage) -> None:
    page._save.click()
    assert not page.has_unsaved()


def test_a_ward_without_choices_is_open_every_day_with_no_holidays_and_no_limit(page: SettingsPage) -> None:
    days = page.days
    assert days.weekdays.value() == (0, 1, 2, 3, 4, 5, 6)
    assert (days.country.value(), days.subdivision.value()) == ("", "")
    assert not days.subdivision.isEnabled()
    assert (days.most_doses.text(), days.most_minutes.text()) == ("", "")


def test_everything_is_kept(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    days = page.days
    for weekend in days.weekdays.boxes[5:]:
        weekend.click()
    choose(days.policy, "later")
    choose(days.country, "AU")
    choose(days.subdivision, "SA")
    days.closes.box.click()
    days.closed_on.set_text("2026-12-24")
    qtbot.keyClicks(days.most_doses.line, "6")
    qtbot.keyClicks(days.most_minutes.line, "900")
    saves(page)
    kept = desk.settings
    assert (kept.days.open_weekdays, kept.days.policy) == ((0, 1, 2, 3, 4), "later")
    assert kept.days.closed_on == (date(2026, 12, 24),)
    assert (kept.country, kept.subdivision, kept.closes_on_holidays) == ("AU", "SA", True)
    assert (kept.most_doses_a_day, kept.most_minutes_a_day) == (6, 900)
    page.show_place(places.SettingsPlace())
    assert days.subdivision.value() == "SA"
    assert not page.has_unsaved()


def test_emptied_limits_are_no_limits(page: SettingsPage, desk: Desk) -> None:
    page.days.most_doses.set_text("6")
    saves(page)
    page.days.most_doses.set_text("")
    saves(page)
    assert desk.settings.most_doses_a_day is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("most_doses", "0"),
        ("most_doses", "six"),
        ("most_doses", "-1"),
        ("most_doses", "1.5"),
        ("most_doses", "1e9"),
        ("most_doses", "６"),
        ("most_doses", "9" * 10_000),
        ("most_minutes", "100000"),
        ("most_minutes", "<b>9</b>"),
        ("closed_on", "24.12.2026"),
        ("closed_on", "2026-02-29"),
        ("closed_on", "\u202e2026-03-09"),
        ("closed_on", "２０２６-０３-０９"),
        ("also_open_on", "😀"),
        ("also_open_on", "x" * 10_000),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(page: SettingsPage, desk: Desk, field: str, typed: str) -> None:
    before = desk.settings
    box = getattr(page.days, field)
    box.set_text(typed)
    page._save.click()
    assert typed in box.error
    assert desk.settings == before
    box.set_text("")


def test_a_ward_without_an_open_weekday_is_refused(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    for box in page.days.weekdays.boxes:
        qtbot.keyClick(box, Qt.Key.Key_Space)
    page._save.click()
    assert "one weekday at least" in page.days.weekdays.error
    assert len(desk.settings.days.open_weekdays) == 7
    for box in page.days.weekdays.boxes:
        box.click()


def test_the_next_holiday_shows_whether_country_and_state_are_the_right_ones(page: SettingsPage) -> None:
    """The ward's day is 2 March 2026."""
    choose(page.days.country, "AU")
    assert "Good Friday" in page.days.country.below.text()
    choose(page.days.subdivision, "SA")
    assert "Adelaide Cup" in page.days.country.below.text()
    assert "Mon\u00a009\u00a0Mar\u00a02026" in page.days.country.below.text()
    choose(page.days.country, "")
    assert page.days.country.below.text() == ""


def test_another_country_takes_the_state_of_the_one_before_away(page: SettingsPage) -> None:
    choose(page.days.country, "AU")
    choose(page.days.subdivision, "SA")
    choose(page.days.country, "CN")
    assert page.days.subdivision.value() == ""
    assert not page.days.subdivision.isEnabled()


def test_a_ward_that_closes_and_moves_nothing_is_told_so(page: SettingsPage) -> None:
    choose(page.days.country, "CN")
    page.days.closes.box.click()
    assert "no dose is moved" in page.days.policy.below.text()
    choose(page.days.policy, "later")
    assert page.days.policy.below.text() == ""


def test_a_country_that_this_program_does_not_know_stays_until_somebody_chooses(page: SettingsPage, desk: Desk) -> None:
    """Such as one that a later program stored. The page opens, and says at the field that it cannot be kept."""
    strange = msgspec.structs.replace(desk.settings, country="XX", subdivision="YY")
    page.days.show_settings(strange)
    assert (page.days.country.value(), page.days.subdivision.value()) == ("XX", "YY")
    page._save.click()
    assert "XX" in page.days.country.error
    page.days.show_settings(desk.settings)
