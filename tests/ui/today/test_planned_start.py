"""A planned start is typed where the time stands: one key, the time, Enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.day_list import DayRow, day_list
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.places import TodayPlace
from ivigdesk.ui.today import TodayPage
from ivigdesk.ui.today.rows import TIME_COLUMN
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.wording import Wording
from tests.actions.ward.starting import more_courses

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def page(desk: Desk, course: Course, english: Wording, shown: Show, said: list[str]) -> TodayPage:
    more_courses(desk, "08")
    made = TodayPage(desk, english)
    made.noticed.connect(lambda notice: said.append(notice.sentence) if isinstance(notice, Notice) else None)
    made.resize(1200, 700)
    shown(made)
    made.show_place(TodayPlace())
    made.read_tests()
    made.activateWindow()
    made.table.setFocus()
    return made


def _row(page: TodayPage, bed: str) -> DayRow:
    return next(row for row in page.table.records.rows if isinstance(row, DayRow) and row.patient.bed == bed)


def _time(page: TodayPage, bed: str) -> str:
    return page._words.time(_row(page, bed)).replace("\u00a0", " ")


def test_a_time_that_nobody_planned_reads_as_proposed(page: TodayPage) -> None:
    assert _time(page, "07").startswith("09:05 → ")
    assert _time(page, "07").endswith(" proposed")


def test_s_the_time_and_enter_plan_a_start(page: TodayPage, desk: Desk, qtbot: QtBot, said: list[str]) -> None:
    page.table.choose(_row(page, "08"))
    qtbot.keyClick(page.table, Qt.Key.Key_S)
    assert page.table.is_typing
    qtbot.keyClicks(page.table.field, "10:30")
    qtbot.keyClick(page.table.field, Qt.Key.Key_Return)
    assert not page.table.is_typing
    assert _time(page, "08").startswith("10:30 → ")
    assert "proposed" not in _time(page, "08")
    assert said[-1] == "BED08, Na: starts at 10:30."
    current = page.table.current()
    assert isinstance(current, DayRow)
    assert current.patient.bed == "08", "the keyboard stays on the row"


def test_a_click_on_the_time_opens_the_field(page: TodayPage, qtbot: QtBot) -> None:
    place = page.table.records.rows.index(_row(page, "07"))
    cell = page.table.visualRect(page.table.model().index(place, TIME_COLUMN))
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert page.table.is_typing
    assert page.table.viewport().rect().contains(page.table.field.geometry())


@pytest.mark.parametrize("typed", ["25:00", "-1:00", "abc"])
def test_what_is_no_time_is_refused_and_stays_to_be_corrected(
    page: TodayPage, desk: Desk, qtbot: QtBot, said: list[str], typed: str
) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_S)
    qtbot.keyClicks(page.table.field, typed)
    qtbot.keyClick(page.table.field, Qt.Key.Key_Return)
    assert f"“{typed}” is no clock time" in said[-1]
    assert page.table.is_typing
    assert page.table.field.property("look") == "wrong"
    assert all(not row.planned_clock for row in day_list(desk).rows)


def test_an_emptied_field_takes_the_time_back_and_escape_changes_nothing(
    page: TodayPage, desk: Desk, qtbot: QtBot
) -> None:
    for typed, key in (("10:30", Qt.Key.Key_Return), ("11:00", Qt.Key.Key_Escape)):
        qtbot.keyClick(page.table, Qt.Key.Key_S)
        qtbot.keyClicks(page.table.field, typed)
        qtbot.keyClick(page.table.field, key)
        assert day_list(desk).rows[0].planned_clock == "10:30"
    qtbot.keyClick(page.table, Qt.Key.Key_S)
    assert page.table.field.text() == "10:30"
    page.table.field.clear()
    qtbot.keyClick(page.table.field, Qt.Key.Key_Return)
    assert day_list(desk).rows[0].planned_clock == ""


def test_leaving_the_field_keeps_what_was_typed(page: TodayPage, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_S)
    qtbot.waitUntil(page.table.field.hasFocus)
    qtbot.keyClicks(page.table.field, "12:15")
    page.head.print.setFocus()
    assert day_list(desk).rows[0].planned_clock == "12:15"
    assert not page.table.is_typing


def test_an_overdue_dose_is_moved_first(page: TodayPage, clock: SetClock, qtbot: QtBot, said: list[str]) -> None:
    clock.advance(timedelta(days=1))
    page.show_place(TodayPlace())
    page.read_tests()
    qtbot.keyClick(page.table, Qt.Key.Key_S)
    assert "Move it to another day first" in said[-1]
    assert not page.table.is_typing
