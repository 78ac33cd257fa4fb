"""Finds what a screen reader could not name, and what a nurse could not reach."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

_NAMED = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)


def unnamed_controls(root: QWidget) -> list[str]:
    """Return the visible inputs, buttons and views below `root` whose accessible name is empty."""
    nameless = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, _NAMED) or isinstance(widget, QHeaderView) or not widget.isVisible():
            continue
        if widget.objectName().startswith("qt_") or type(widget.parent()).__name__ == "QTabBar":
            continue  # Qt's own parts, e.g. the arrows of a tab bar
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return nameless


def labels_that_guess_markup(root: QWidget) -> list[str]:
    """Return the text of labels below `root` that would read `<b>` as markup."""

    return [
        label.text()
        for label in root.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText and label.text()
    ]


def small_targets(root: QWidget, least: int) -> list[str]:
    """Return visible buttons below `root` that are lower than `least` pixels."""
    return [
        f"{type(button).__name__} {button.text()!r}: {button.height()}"
        for button in root.findChildren(QAbstractButton)
        if button.isVisible() and button.height() < least and not button.objectName().startswith("qt_")
    ]
