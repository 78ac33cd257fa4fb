"""Words on the page. A label never reads markup: a name like `<b>Ana</b>` stands there as it was typed."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.theme import Tone

Look = Literal[
    "", "title", "heading", "strong", "muted", "small", "label", "hint", "caution", "error", "amount", "rate", "unit",
    "name",
]  # fmt: skip


LEAST_WRAPPED = 120


class PlainLabel(QLabel):
    """A label that shows its text literally.

    Args of the constructor:
        text: what it says.
        look: its place in the hierarchy of the theme, e.g. `title`, `small`, `amount`.
        wrap: True lets a long sentence take several lines.
    """

    def __init__(self, text: str = "", look: Look = "", *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if look:
            theme.set_look(self, look)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        # One endless word, a name of 500 letters, must not make the window wider than the screen.
        return QSize(min(least.width(), LEAST_WRAPPED), least.height()) if self.wordWrap() else least

    def show_ink(self, tone: Tone) -> None:
        """Write in the ink of a state; the words must say it too."""
        theme.set_look(self, f"ink-{tone}")


class WrappingLabel(PlainLabel):
    """A label as wide as its text up to a limit, and on several lines beyond it; nothing is cut off."""

    def __init__(self, look: Look = "", *, widest: int, margin: int = 0, parent: QWidget | None = None) -> None:
        """Make a label of at most `widest` pixels, of which `margin` on both sides together belong to the look."""
        super().__init__("", look, wrap=True, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._widest = widest
        self._margin = margin

    def allow(self, widest: int) -> None:
        """Let it be as wide as `widest` from now on."""
        if widest != self._widest:
            self._widest = widest
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        width = min(self.fontMetrics().horizontalAdvance(self.text()) + self._margin + 2, self._widest)
        return QSize(width, self.heightForWidth(width))


def title(text: str) -> PlainLabel:
    """Return the page's title."""
    return PlainLabel(text, "title")


def heading(text: str) -> PlainLabel:
    """Return the heading of a card."""
    return PlainLabel(text, "heading")


def tip(text: str) -> str:
    """Return `text` as a tool tip that shows it literally: tool tips guess markup otherwise."""
    from html import escape  # late: a page without tips does not need it

    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>" if text else ""
