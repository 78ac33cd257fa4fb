"""Dialogs: Enter never acts by accident, Esc never loses what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from ivigdesk.ui.widgets import AskDialog, LineField, ask_which
from ivigdesk.ui.widgets import dialogs as module
from ivigdesk.wording import Wording


class _Postpone(AskDialog):
    def __init__(self, wording: Wording) -> None:
        super().__init__(wording, "Postpone dose 3", "Postpone")
        self.reason = LineField("reason", "Reason")
        self.body.addWidget(self.reason)

    def has_unsaved(self) -> bool:
        return bool(self.reason.text())


@pytest.fixture
def dialog(english: Wording, qtbot: QtBot) -> _Postpone:
    made = _Postpone(english)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_enter_in_a_line_presses_nothing(dialog: _Postpone, qtbot: QtBot) -> None:
    dialog.reason.focus()
    qtbot.keyClick(dialog.reason.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not any(button.autoDefault() or button.isDefault() for button in dialog.findChildren(QPushButton))


def test_ctrl_enter_confirms(dialog: _Postpone, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_esc_closes_an_untouched_dialog(dialog: _Postpone, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize("discard", [True, False])
def test_esc_asks_when_something_was_typed(
    dialog: _Postpone, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, discard: bool
) -> None:
    asked = []
    monkeypatch.setattr(module, "ask_to_discard", lambda *_: asked.append(1) or discard)
    dialog.reason.set_text("fever")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert asked == [1]
    assert dialog.isVisible() is not discard
    dialog.reason.set_text("")


def _in_the_question(act: str) -> None:
    question = QApplication.activeModalWidget()
    assert isinstance(question, QDialog)
    if act == "esc":
        question.reject()
    else:
        next(button for button in question.findChildren(QPushButton) if button.text() == act).click()


@pytest.mark.parametrize(("act", "chosen"), [("Discard", 0), ("Keep", 1), ("esc", 1)])
def test_a_question_returns_the_verb_and_esc_is_the_last_one(qtbot: QtBot, act: str, chosen: int) -> None:
    QTimer.singleShot(0, lambda: _in_the_question(act))
    assert ask_which("Leave?", "Not saved.", (("Discard", "danger"), ("Keep", "primary"))) == chosen
