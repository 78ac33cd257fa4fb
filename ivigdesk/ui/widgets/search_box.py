"""The one search box of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ivigdesk.ui import icons, theme


class SearchBox(QLineEdit):
    """Takes a name, pinyin, number or bed. Typing searches; Enter opens the first.

    Signals:
        search_changed(str): what is searched now; empty when emptied.
        search_entered(str): Enter was pressed.
    """

    search_changed = Signal(object)
    search_entered = Signal(object)

    def __init__(self, name: str, example: str, parent: QWidget | None = None) -> None:
        """Make a box called `name`, with `example` in it while it is empty."""
        super().__init__(parent)
        theme.set_look(self, "search")
        self.setAccessibleName(name)
        self.setPlaceholderText(example)
        self.setMinimumWidth(260)
        self.setMaximumWidth(theme.FIELD_WIDTH)
        self._picture = QLabel(self)  # an action would be a small button without a name
        self._picture.setPixmap(icons.pixmap("search", theme.SECOND_INK, 18, 2.0))
        self.setTextMargins(theme.SPACE_24, 0, 0, 0)
        self.textEdited.connect(self._change)
        self.returnPressed.connect(self._enter)

    def start(self) -> None:
        """Take the focus and mark what stands there, so that typing replaces it."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.setGeometry(theme.SPACE_12, (self.height() - 18) // 2, 18, 18)

    def empty(self) -> None:
        """Take away what was searched."""
        if self.text():
            self.clear()
            self.search_changed.emit("")

    def _change(self, text: str) -> None:
        self.search_changed.emit(text)

    def _enter(self) -> None:
        self.search_entered.emit(self.text())
