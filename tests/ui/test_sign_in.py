"""Signing in: a name from the list, a new name, the first start of an empty ward, the language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk, nurses, open_desk
from ivigdesk.clock import SetClock
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.sign_in import SignInPage
from ivigdesk.ui.sign_in.choose import ChooseNurse
from ivigdesk.ui.sign_in.first_start import FirstStart
from ivigdesk.wording import Wording
from tests.ui.audit import labels_that_guess_markup, small_targets, unnamed_controls


@pytest.fixture
def at_the_door(desk: Desk, english: Wording, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with nobody on duty."""
    desk.nurse = ""
    window = MainWindow(desk, english)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    if window.shell is not None:
        window.shell.stop()


def _form(window: MainWindow) -> ChooseNurse | FirstStart:
    page = window.centralWidget()
    assert isinstance(page, SignInPage)
    return page.form


def _choose(window: MainWindow) -> ChooseNurse:
    form = _form(window)
    assert isinstance(form, ChooseNurse)
    return form


def test_enter_continues_with_the_marked_name(at_the_door: MainWindow, qtbot: QtBot) -> None:
    form = _choose(at_the_door)
    qtbot.keyClick(form.names, Qt.Key.Key_Down)
    qtbot.keyClick(form.names, Qt.Key.Key_Return)
    assert at_the_door.desk.nurse == "S. Kaur"
    assert at_the_door.shell is not None


def test_a_new_name_is_added_and_marked(at_the_door: MainWindow, qtbot: QtBot) -> None:
    form = _choose(at_the_door)
    qtbot.keyClicks(form.new_name.line, "J. Ito")
    qtbot.keyClick(form.new_name.line, Qt.Key.Key_Return)
    assert form.names.currentItem().text() == "J. Ito"
    assert "J. Ito" in [nurse.name for nurse in nurses(at_the_door.desk)]
    assert at_the_door.shell is None


def test_a_name_that_is_on_the_list_already_is_refused_under_its_field(at_the_door: MainWindow) -> None:
    form = _choose(at_the_door)
    form.new_name.set_text("a. wong")
    form.add.click()
    assert "a. wong" in form.new_name.error


def test_the_language_can_be_changed_at_the_door(at_the_door: MainWindow) -> None:
    before = at_the_door.centralWidget()
    at_the_door._change_language("zh_CN")
    assert at_the_door.wording.language == "zh_CN"
    assert at_the_door.centralWidget() is not before


def test_every_control_of_the_sign_in_has_a_name(at_the_door: MainWindow) -> None:
    assert unnamed_controls(at_the_door) == []
    assert labels_that_guess_markup(at_the_door) == []
    assert small_targets(at_the_door, 36) == []


@pytest.fixture
def first_start(tmp_path: Path, clock: SetClock, english: Wording, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window of a ward that has just been made."""
    desk = open_desk(tmp_path / "new", clock)
    window = MainWindow(desk, english)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    if window.shell is not None:
        window.shell.stop()
    desk.close()


def test_the_first_start_stores_the_ward_and_the_first_nurse(first_start: MainWindow, qtbot: QtBot) -> None:
    form = _form(first_start)
    assert isinstance(form, FirstStart)
    qtbot.keyClicks(form.ward.line, "BMT 3")
    qtbot.keyClick(form.ward.line, Qt.Key.Key_Return)
    qtbot.keyClicks(form.nurse.line, "A. Wong")
    qtbot.keyClick(form.nurse.line, Qt.Key.Key_Return)
    assert first_start.desk.settings.name == "BMT 3"
    assert first_start.desk.nurse == "A. Wong"
    assert first_start.shell is not None


def test_the_first_start_without_a_ward_name_stores_nothing(first_start: MainWindow) -> None:
    form = _form(first_start)
    assert isinstance(form, FirstStart)
    form.nurse.set_text("A. Wong")
    form.begin.click()
    assert form.ward.error
    assert nurses(first_start.desk) == ()
    assert first_start.shell is None
