"""How much room the screen has."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def room_on_screen(widget: QWidget) -> QRect:
    """Return where windows may stand on the screen that shows `widget`, or that will: its parent's.

    WORKAROUND: never `widget.screen()`. PySide6 6.11 then counts the screen as a child of the widget, and once the
    widget is collected Qt's own screen is gone: the program ends at the next movement of the mouse.
    """
    shown = widget.parentWidget() or widget
    screen = QGuiApplication.screenAt(shown.mapToGlobal(shown.rect().center())) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()
