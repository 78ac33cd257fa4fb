"""Surfaces: the card, and what stands on a page that has nothing to show yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ivigdesk.ui import icons, theme
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.labels import PlainLabel, heading


class Card(QFrame):
    """A white surface with a line around it.

    Attributes:
        body: the column that its content goes into.
    """

    def __init__(self, text: str = "", *, margin: int = theme.SPACE_16, parent: QWidget | None = None) -> None:
        """Make a card, with a heading when `text` is given and `margin` pixels inside."""
        super().__init__(parent)
        theme.set_look(self, "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(theme.SPACE_8)
        if text:
            self.body.addWidget(heading(text))


class EmptyState(QWidget):
    """Says what would stand here and what to do first.

    Signals:
        acted(): the button was pressed.
    """

    acted = Signal()

    def __init__(self, picture: str, what: str, to_do: str, button: str = "", parent: QWidget | None = None) -> None:
        """Show an icon, what this is, what to do, and a button for it (none when `button` is empty)."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_32, theme.SPACE_32, theme.SPACE_32, theme.SPACE_32)
        column.setSpacing(theme.SPACE_8)
        column.addStretch(2)
        image = QLabel()
        image.setPixmap(icons.pixmap(picture, theme.FIELD_LINE, 44, 2.0))
        self.what = PlainLabel(what, "heading")
        self.to_do = PlainLabel(to_do, "muted", wrap=True)
        for label in (image, self.what, self.to_do):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        self.button = Button(button, "primary")
        self.button.setVisible(bool(button))
        self.button.clicked.connect(self.acted)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.button)
        row.addStretch()
        column.addSpacing(theme.SPACE_8)
        column.addLayout(row)
        column.addStretch(3)

    def show_words(self, what: str, to_do: str, button: str = "") -> None:
        """Say something else; an empty `button` hides it."""
        self.what.setText(what)
        self.to_do.setText(to_do)
        self.button.show_text(button)
        self.button.setVisible(bool(button))


def scrolling(content: QWidget) -> QScrollArea:
    """Return `content` in a scroll area that grows with the window and keeps the focused field in view."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    theme.set_look(content, "page")
    area.setWidget(content)
    return area


def separator() -> QFrame:
    """Return a thin line across a card."""
    line = QFrame()
    theme.set_look(line, "separator")
    line.setFixedHeight(1)
    return line
