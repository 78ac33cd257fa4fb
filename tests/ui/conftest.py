"""The window for tests: dressed once, shown at a fixed size, closed afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk, open_desk, sign_in
from ivigdesk.actions.practice import ward as practice_ward
from ivigdesk.clock import SetClock
from ivigdesk.ui import theme
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.shell import shell
from ivigdesk.wording import Wording
from tests.pictures.moment import NOW
from tests.ui.tour import NURSE


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    """Give every test the fonts, palette and style sheet that a nurse sees."""
    if not qapp.styleSheet():
        theme.install(qapp)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Show a widget for the length of the test."""

    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return show


@pytest.fixture
def window(desk: Desk, english: Wording, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The main window with A. Wong on duty, at Today; what a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(shell, "ask_to_discard", lambda *_: True)
    made = MainWindow(desk, english)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    yield made
    if made.shell is not None:
        made.shell.stop()


@pytest.fixture
def retime(clock: SetClock) -> Callable[[], None]:
    """Let a day pass."""

    def pass_a_day() -> None:
        clock.advance(timedelta(days=1))

    return pass_a_day


@pytest.fixture(scope="session")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a practice ward, closed; its sheets are not drawn."""
    folder = tmp_path_factory.mktemp("practice") / "ward"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(practice_ward, "_print", lambda *_: ())
        practice_ward.make_practice_ward(folder, SetClock(NOW), "en")
    return folder


@pytest.fixture
def practice_desk(ward: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the practice ward, with A. Wong on duty."""
    copy = tmp_path / "ward"
    shutil.copytree(ward, copy)
    desk = open_desk(copy, SetClock(NOW))
    sign_in(desk, NURSE)
    yield desk
    desk.close()
