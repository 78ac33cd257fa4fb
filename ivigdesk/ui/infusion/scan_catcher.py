"""Catches what a scanner types while another field has the cursor, and gives that field back what stood in it."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

_FAST_S = 0.05
"""A scanner sends a key every few milliseconds; no hand comes near a twentieth of a second for long."""

_IDLE_MS = 200
"""So long nothing comes, and the code is over, where the scanner sends no Enter."""

_BEGINS = re.compile(r"(\][A-Za-z]\d|\(01\)\d{2}|01\d{14})$")
"""How a code begins: the scanner's own sign, which nobody writes by hand, or the product, in brackets or after 01."""

_SEPARATOR = chr(29)  # what stands between the parts of a code
_MOST = 300


class ScanCatcher(QObject):
    """Watches the keys of a page while it is in view.

    As soon as a burst of keys is surely a code, what it put into the field is taken out again, and the rest of it
    never arrives there.

    Signals:
        scanned(str): a whole code.
        cursor_moved(QWidget): this control of the page has the cursor now.
    """

    scanned = Signal(object)
    cursor_moved = Signal(object)

    def __init__(self, page: QWidget, seconds: Callable[[], float]) -> None:
        """Make one for `page`, idle until `watch`.

        Args:
            seconds: that never run backwards.
        """
        super().__init__(page)
        self._page = page
        self._seconds = seconds
        self._watched: QWidget | None = None
        self._burst = ""
        self._before: list[Callable[[], None]] = []  # what puts the field back to how it was, for each letter
        self._last = 0.0
        self._is_catching = self._is_on = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self._end)

    def watch(self, *, on: bool) -> None:
        """Begin to watch the field that has the cursor, or stop."""
        app = QApplication.instance()
        if on == self._is_on or not isinstance(app, QApplication):
            return
        self._is_on = on
        if on:
            app.focusChanged.connect(self._follow)
            self._follow(None, QApplication.focusWidget())
        else:
            app.focusChanged.disconnect(self._follow)
            self._forget()
            self._follow(None, None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and self._is_catching:
            event.accept()  # a code holds control characters that would be shortcuts
            return True
        if event.type() == QEvent.Type.KeyPress:
            return self._take(watched, event)
        return self._is_catching

    def _take(self, watched: QWidget, event: QKeyEvent) -> bool:
        now = self._seconds()
        is_fast, self._last = now - self._last < _FAST_S, now
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and self._is_catching:
            self._end()
            return True
        letter = _letter(event)
        if not letter:  # Shift and its like come between the letters
            return self._is_catching
        if self._is_catching:
            self._burst = (self._burst + letter)[:_MOST]
            self._idle.start()
            return True
        if not is_fast:
            self._burst, self._before = "", []
        self._before = [*self._before, _as_it_was(watched)][-_MOST:]
        self._burst = (self._burst + letter)[-_MOST:]
        begun = _BEGINS.search(self._burst)
        if begun is None:
            return False
        self._before[-len(begun[0])]()
        self._burst, self._before = begun[0], []
        self._is_catching = True
        self._idle.start()
        return True

    def _end(self) -> None:
        code = self._burst
        self._forget()
        self.scanned.emit(code)

    def _forget(self) -> None:
        self._idle.stop()
        self._burst, self._before, self._is_catching = "", [], False

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = new if new is not None and self._page.isAncestorOf(new) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)
            self.cursor_moved.emit(self._watched)
        if not self._is_catching:
            self._burst, self._before = "", []


def _letter(event: QKeyEvent) -> str:
    """Return what a key writes; the mark between the parts of a code comes as Ctrl and a bracket."""
    is_mark = event.key() == Qt.Key.Key_BracketRight and event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return _SEPARATOR if is_mark else event.text()


def _as_it_was(field: QWidget) -> Callable[[], None]:
    """Return what puts a field back to how it is now."""
    match field:
        case QLineEdit():
            text, at = field.text(), field.cursorPosition()

            def put_back() -> None:
                field.setText(text)
                field.setCursorPosition(at)

            return put_back
        case QPlainTextEdit():
            words = field.toPlainText()
            return lambda: field.setPlainText(words)
        case QComboBox():
            index = field.currentIndex()
            return lambda: field.setCurrentIndex(index)
        case _:
            return _nothing


def _nothing() -> None:
    """Change nothing."""
