"""All sheets of a day are drawn on one worker; it says how far it is, and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.printing import print_sheets
from ivigdesk.actions.printing.print_sheets import day_sheets
from ivigdesk.clinical.courses.course import Course
from ivigdesk.errors import KnownError
from ivigdesk.sheets.preview import page_count
from ivigdesk.ui.printing import day_drawing
from ivigdesk.ui.printing.day_drawing import DrawingDialog, draw_day
from ivigdesk.wording import Wording
from tests.actions.ward.starting import more_courses

DAY = date(2026, 3, 2)


def _meet(act: Callable[[DrawingDialog], None]) -> None:
    """Do something with the dialog once it is on screen."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, DrawingDialog):
            act(dialog)
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)


def test_progress_counts_every_sheet(desk: Desk, course: Course, english: Wording) -> None:
    more_courses(desk, "08")
    told: list[tuple[int, int]] = []

    def note(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    drawn, silent = day_sheets(desk, DAY, english, note), day_sheets(desk, DAY, english)
    assert page_count(drawn.pdf) == page_count(silent.pdf) >= 2
    assert told == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize("stops_at", [0, 1, 2])
def test_stopping_at_any_sheet_makes_none(desk: Desk, course: Course, english: Wording, stops_at: int) -> None:
    more_courses(desk, "08")
    with pytest.raises(KnownError, match="no sheet was made"):
        day_sheets(desk, DAY, english, lambda done, _total: done < stops_at)


def test_few_sheets_come_without_a_question(desk: Desk, course: Course, english: Wording, qtbot: QtBot) -> None:
    drawn = draw_day(desk, DAY, english, english)
    assert drawn.pdf.startswith(b"%PDF")


def test_the_bar_closes_itself_when_all_are_drawn(
    desk: Desk, course: Course, english: Wording, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_drawing, "AT_ONCE_S", 0)
    go_on = threading.Event()
    real = print_sheets.day_sheets

    def slow(*args: object) -> object:
        go_on.wait(5)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(print_sheets, "day_sheets", slow)
    words: list[str] = []

    def met(dialog: DrawingDialog) -> None:
        words.append(dialog.words.text())
        go_on.set()

    _meet(met)
    assert draw_day(desk, DAY, english, english).pdf.startswith(b"%PDF")
    assert words[0].startswith("Drawing the sheets: ")


def test_cancel_ends_the_worker_and_says_that_nothing_was_made(
    desk: Desk, course: Course, english: Wording, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_drawing, "AT_ONCE_S", 0)
    go_on = threading.Event()
    real = print_sheets.day_sheets

    def slow(*args: object) -> object:
        go_on.wait(5)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(print_sheets, "day_sheets", slow)

    def met(dialog: DrawingDialog) -> None:
        dialog.cancel.click()
        go_on.set()

    _meet(met)
    with pytest.raises(KnownError, match="no sheet was made"):
        draw_day(desk, DAY, english, english)


def test_a_refusal_of_the_worker_reaches_the_nurse(desk: Desk, english: Wording, qtbot: QtBot) -> None:
    with pytest.raises(KnownError, match="nothing to print"):
        draw_day(desk, DAY, english, english)
