"""A sentence that stays until something is done, with the button that does it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets.buttons import secondary_button
from ivigdesk.ui.widgets.labels import PlainLabel


class ActionNotice(QFrame):
    """Hidden until there is something to say.

    Signals:
        acted(): the button was pressed.
    """

    acted = Signal()

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        """Make one; `upright` puts the button below the sentence, for a narrow card."""
        super().__init__(parent)
        self._sentence = PlainLabel(wrap=True)
        self.button = secondary_button("")
        direction = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(direction, self)
        row.setContentsMargins(theme.SPACE_16, theme.SPACE_8, theme.SPACE_8, theme.SPACE_8)
        row.setSpacing(theme.SPACE_8 if upright else theme.SPACE_16)
        row.addWidget(self._sentence, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft if upright else Qt.AlignmentFlag.AlignVCenter)
        self.button.clicked.connect(self.acted)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says, with its sign; empty when hidden."""
        return self._sentence.text()

    def show_words(self, sentence: str, button: str = "", *, sign: str = "!", tone: Tone = "attention") -> None:
        """Say something with a button for it (none when `button` is empty); an empty sentence hides it."""
        self.setVisible(bool(sentence))
        self._sentence.setText(f"{sign}\u2002{sentence}" if sentence else "")
        self.button.show_text(button)
        self.button.setVisible(bool(button))
        theme.set_look(self, f"notice-{tone}")
        self._sentence.show_ink(tone)
