"""The real window on a real ward file, with a nurse in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk, open_desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui import theme
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.shell import shell
from ivigdesk.wording import Wording
from tests.journeys.nurse import Nurse

AtWindow = Callable[[Desk, str], Nurse]


@pytest.fixture
def empty_desk(folder: Path, clock: SetClock) -> Iterator[Desk]:
    """A ward's file that was never opened before: nobody in it, no name."""
    desk = open_desk(folder, clock)
    yield desk
    desk.close()


@pytest.fixture
def at_window(qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtWindow]:
    """Put a nurse in front of a desk's window; the window is closed afterwards."""
    # A journey that failed half way must not wait for an answer when its window is closed.
    monkeypatch.setattr(shell, "ask_to_discard", lambda *_: True)
    if not qapp.styleSheet():
        theme.install(qapp)
    windows: list[MainWindow] = []

    def open_window(desk: Desk, language: str) -> Nurse:
        window = MainWindow(desk, Wording(language))
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        qtbot.waitExposed(window)
        return Nurse(window, qtbot)

    yield open_window
    for window in windows:
        if window.shell is not None:
            window.shell.stop()


@pytest.fixture
def nurse_at_new_ward(empty_desk: Desk, at_window: AtWindow) -> Nurse:
    """A nurse who opens the program for the first time."""
    return at_window(empty_desk, "en")


@pytest.fixture
def nurse_at_new_ward_in_chinese(empty_desk: Desk, at_window: AtWindow) -> Nurse:
    """A nurse who opens the program for the first time, in Chinese."""
    return at_window(empty_desk, "zh_CN")


@pytest.fixture
def nurse_with_course(desk: Desk, course: Course, at_window: AtWindow) -> Nurse:
    """A. Wong at Today, with dose 1 of LI, Na's CMV course due."""
    assert course.doses[0].number == 1
    return at_window(desk, "en")
