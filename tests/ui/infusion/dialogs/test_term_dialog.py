"""The search over the whole catalogue: either language, pinyin, and the late effects first where they are wanted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.ui.infusion.dialogs.term_dialog import TermDialog
from ivigdesk.wording import Wording

Show = Callable[[QWidget], QWidget]


@pytest.mark.parametrize("typed", ["发冷", "chills", "hanzhan", "hz", "shivering"])
def test_chills_are_found_in_either_language_and_by_sound(
    desk: Desk, english: Wording, shown: Show, qtbot: QtBot, typed: str
) -> None:
    dialog = TermDialog(desk.library.side_effects(), english)
    shown(dialog)
    dialog.search.setText(typed)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.term is not None
    assert dialog.term.code == "AE11"


def test_what_shows_late_comes_first_for_an_earlier_dose(
    desk: Desk, english: Wording, shown: Show, qtbot: QtBot
) -> None:
    catalogue = desk.library.side_effects()
    dialog = TermDialog(catalogue, english, late=True)
    shown(dialog)
    codes = [term.code for term in dialog.table.records.rows]
    assert codes[0] == "AE01"
    assert codes[: len(catalogue.late)] == list(catalogue.late)
    assert sorted(codes) == sorted(term.code for term in catalogue.terms)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.term is not None
    assert dialog.term.code == "AE01"
