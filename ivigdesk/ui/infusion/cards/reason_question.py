"""A small question for a reason, asked where the answer is needed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.errors import UserMistake
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.buttons import Button, secondary_button
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording


class ReasonQuestion(QFrame):
    """Asks for a reason; Enter gives it, Esc or the second button lets things be. Hidden until `ask`.

    Signals:
        answered(object, str): what was asked about, and the reason.
    """

    answered = Signal(object, object)

    def __init__(
        self, wording: Wording, question: str, verb: str, *, spoken_cancel: str, parent: QWidget | None = None
    ) -> None:
        """Make the question.

        Args:
            question: stands above the field.
            verb: on the button that gives the reason.
            spoken_cancel: what a screen reader says for the button that does not.
        """
        super().__init__(parent)
        self._wording = wording
        self._about: object = None
        theme.set_look(self, "notice-attention")
        self.what = PlainLabel("", "strong", wrap=True)
        self.reason = LineField("reason", question, required=True)
        self.give = secondary_button(verb)
        self.cancel = Button(wording.gettext("Cancel"), "quiet", name=spoken_cancel)
        buttons = QHBoxLayout()
        buttons.addWidget(self.give)
        buttons.addWidget(self.cancel)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self.what)
        column.addWidget(self.reason)
        column.addLayout(buttons)
        self.hide()
        self.reason.line.returnPressed.connect(self._answer)
        self.give.clicked.connect(self._answer)
        self.cancel.clicked.connect(self.hide)

    def ask(self, about: object, what: str) -> None:
        """Ask about something, in these words; what was typed about another thing is gone."""
        if about != self._about:
            self.reason.set_text("")
        self._about = about
        self.reason.clear_error()
        self.what.setText(what)
        self.show()
        self.reason.focus()

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Put the sentence under the reason; False when it is about something else."""
        if self.isHidden() or mistake.field != self.reason.name:
            return False
        self.reason.show_error(self._wording.say_error(mistake))
        return True

    def close_question(self) -> None:
        """Take the question away, and what was typed."""
        self.reason.set_text("")
        self.hide()

    def has_typed(self) -> bool:
        """Whether a reason stands there that was not given yet."""
        return not self.isHidden() and bool(self.reason.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_question()
            return
        super().keyPressEvent(event)

    def _answer(self) -> None:
        if not self.reason.text().strip():
            self.reason.show_error(self._wording.gettext("Reason: nothing was entered. It is needed."))
            self.reason.focus()
            return
        self.answered.emit(self._about, self.reason.text())
