"""The real window on a real ward file, with a nurse in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk, open_desk
from ivigdesk.clock import SetClock
from ivigdesk.ui import theme
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.shell import shell
from ivigdesk.wording import Wording
from tests.journeys.nurse import Nurse


@pytest.fixture
def empty_desk(folder: Path, clock: SetClock) -> Iterator[Desk]:
    """A ward's file that was never opened before: nobody in it, no name."""
    desk = open_desk(folder, clock)
    yield desk
    desk.close()


@pytest.fixture
def nurse_at_new_ward(
    empty_desk: Desk, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Nurse]:
    """A nurse who opens the program for the first time."""
    # A journey that failed half way must not wait for an answer when its window is closed.
    monkeypatch.setattr(shell, "ask_to_discard", lambda *_: True)
    if not qapp.styleSheet():
        theme.install(qapp)
    window = MainWindow(empty_desk, Wording("en"))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield Nurse(window, qtbot)
    if window.shell is not None:
        window.shell.stop()
