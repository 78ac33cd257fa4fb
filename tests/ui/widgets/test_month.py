"""The month: whole weeks, marks on days, usable by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.ui.widgets import DayMark, MonthCalendar
from ivigdesk.wording import Wording

FIRST, LAST = date(2026, 3, 4), date(2026, 4, 6)


@pytest.fixture
def month(english: Wording, shown: Callable[[QWidget], QWidget]) -> MonthCalendar:
    made = MonthCalendar(english)
    made.resize(420, 400)
    shown(made)
    made.show_days(
        (DayMark(FIRST, "1", words="Dose 1, given"), DayMark(LAST, "11", "attention")), first=FIRST, last=LAST
    )
    return made


def test_the_cursor_starts_on_the_first_mark_and_says_it(month: MonthCalendar, english: Wording) -> None:
    assert month.cursor_day == FIRST
    assert month.accessibleDescription() == f"{english.date(FIRST)}: Dose 1, given"


def test_arrows_move_and_enter_opens_the_day(month: MonthCalendar, qtbot: QtBot) -> None:
    month.setFocus()
    qtbot.keyClick(month, Qt.Key.Key_Right)
    qtbot.keyClick(month, Qt.Key.Key_Down)
    with qtbot.waitSignal(month.day_clicked) as clicked:
        qtbot.keyClick(month, Qt.Key.Key_Return)
    assert clicked.args == [date(2026, 3, 12)]


def test_a_click_opens_the_day_under_it(month: MonthCalendar, qtbot: QtBot) -> None:
    place = month._cell(date(2026, 3, 21)).center()
    assert month.day_at(place.x(), place.y()) == date(2026, 3, 21)
    with qtbot.waitSignal(month.day_clicked) as clicked:
        qtbot.mouseClick(month, Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert clicked.args == [date(2026, 3, 21)]


def test_nothing_is_under_the_weekday_names(month: MonthCalendar) -> None:
    assert month.day_at(10, 3) is None
    assert month.day_at(10, 5000) is None


def test_the_keyboard_reports_a_day_beyond_what_is_shown(month: MonthCalendar, qtbot: QtBot) -> None:
    month.go_to(date(2026, 4, 12))
    with qtbot.waitSignal(month.day_reached) as reached:
        qtbot.keyClick(month, Qt.Key.Key_Right)
    assert reached.args == [date(2026, 4, 13)]
    assert month.cursor_day == date(2026, 4, 12)
