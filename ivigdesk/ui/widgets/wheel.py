"""Keeps the mouse wheel from changing a field that a nurse only scrolls past."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class WheelGuard(QObject):
    """An event filter that ignores the wheel on its widget, so that the page scrolls instead.

    SAFETY: Qt lets the wheel change a combo box under the pointer even without focus; the product of a course
    would change while the page is scrolled.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def guard_wheel(widget: QWidget) -> None:
    """Make the wheel scroll past `widget`, focused or not."""
    widget.installEventFilter(WheelGuard(widget))
