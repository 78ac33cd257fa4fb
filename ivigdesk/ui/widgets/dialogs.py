"""Dialogs that ask one thing: verbs on the buttons, Enter never destroys, Esc never loses what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.widgets.buttons import Button, Weight, secondary_button
from ivigdesk.ui.widgets.cards import scrolling
from ivigdesk.ui.widgets.keys import press_with
from ivigdesk.ui.widgets.labels import PlainLabel, title
from ivigdesk.ui.widgets.notices import NoticeBar
from ivigdesk.ui.widgets.screen import room_on_screen
from ivigdesk.wording import Wording

_QUESTION_WIDTH = 520


class AskDialog(QDialog):
    """A question with a title, content, and two verbs.

    A subclass fills `body`, overrides `confirm` (read, act, call `accept`), `has_unsaved`, and offers
    `ask(...) -> Value | None`. Ctrl+Enter confirms; Enter in a line does nothing; Esc asks when something was typed.

    Attributes:
        wording: the reader's language.
        body: the column for its content.
        notices: the bar for what was refused.
        confirm_button, cancel_button: the two verbs.
        heading: the title inside, for a question that changes with what is typed.
        buttons: the row of the verbs; words beside them go in front.
    """

    def __init__(
        self,
        wording: Wording,
        text: str,
        verb: str,
        *,
        weight: Weight = "primary",
        cancel: str = "",
        size: QSize | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make a dialog titled `text` whose confirming button says `verb`."""
        super().__init__(parent)
        self.wording = wording
        self.setModal(True)
        self.setWindowTitle(text)
        self.notices = NoticeBar(wording)
        self.body = QVBoxLayout()
        self.confirm_button = Button(verb, weight)
        self.cancel_button = secondary_button(cancel or wording.gettext("Cancel"))
        self._arrange(text)
        self.resize(size or QSize(560, 240))
        self.confirm_button.clicked.connect(self.confirm)
        self.cancel_button.clicked.connect(self.reject)
        press_with(self.confirm_button, "Ctrl+Return")

    def confirm(self) -> None:
        """Do what the verb says; a subclass reads its fields here and calls `accept` only when it is done."""
        self.accept()

    def has_unsaved(self) -> bool:
        """Whether something was typed that closing would lose."""
        return False

    def reject(self) -> None:
        """Close without doing anything; asks first when something was typed."""
        if self.has_unsaved() and not ask_to_discard(self.wording, self):
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.has_unsaved() and not ask_to_discard(self.wording, self):
            event.ignore()
            return
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        room = room_on_screen(self)
        self.setMaximumSize(room.width() - theme.SPACE_16, room.height() - theme.SPACE_32)
        super().showEvent(event)

    def _arrange(self, text: str) -> None:
        content = QWidget()
        content.setLayout(self.body)
        self.body.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        self.body.setSpacing(theme.SPACE_12)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme.SPACE_12)
        self.buttons.addStretch()
        self.buttons.addWidget(self.cancel_button)
        self.buttons.addWidget(self.confirm_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_24, theme.SPACE_16, theme.SPACE_24, theme.SPACE_16)
        column.setSpacing(theme.SPACE_12)
        self.heading = title(text)
        self.heading.setWordWrap(True)
        column.addWidget(self.heading)
        column.addWidget(self.notices)
        column.addWidget(scrolling(content), 1)
        column.addLayout(self.buttons)


class _Question(QDialog):
    """A sentence and some verbs; Enter presses nothing by itself, Esc is the last verb."""

    def __init__(self, text: str, sentence: str, verbs: Sequence[tuple[str, Weight]], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.chosen = len(verbs) - 1
        self.setWindowTitle(text)
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_24, theme.SPACE_16, theme.SPACE_24, theme.SPACE_16)
        column.setSpacing(theme.SPACE_16)
        column.addWidget(PlainLabel(text, "heading", wrap=True))
        column.addWidget(PlainLabel(sentence, wrap=True))
        row = QHBoxLayout()
        row.addStretch()
        self._buttons: list[Button] = []
        for verb, weight in reversed(verbs):
            button = Button(verb, weight)
            row.addWidget(button)
            self._buttons.insert(0, button)
            button.clicked.connect(self._choose)
        column.addLayout(row)
        self._buttons[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        # A window does not ask its wrapped sentences how high they are at this width.
        self.resize(_QUESTION_WIDTH, self.heightForWidth(_QUESTION_WIDTH))
        super().showEvent(event)

    def _choose(self) -> None:
        sender = self.sender()
        self.chosen = next(number for number, button in enumerate(self._buttons) if button is sender)
        self.accept()


def ask_to_discard(wording: Wording, parent: QWidget | None, sentence: str = "") -> bool:
    """Return True when the nurse wants to lose what was typed; `sentence` says what that is, where it is known."""
    return (
        ask_which(
            wording.gettext("Leave without saving?"),
            sentence or wording.gettext("What you typed here has not been saved."),
            ((wording.gettext("Leave without saving"), "danger"), (wording.gettext("Stay here"), "primary")),
            parent,
        )
        == 0
    )


def ask_which(text: str, sentence: str, verbs: Sequence[tuple[str, Weight]], parent: QWidget | None = None) -> int:
    """Return the index of the verb that was chosen; Esc chooses the last one, which must change nothing."""
    question = _Question(text, sentence, verbs, parent)
    question.exec()
    return question.chosen


def tell(text: str, sentence: str, verb: str, parent: QWidget | None = None) -> None:
    """Show one sentence that must be read, with one button."""
    ask_which(text, sentence, ((verb, "primary"),), parent)
