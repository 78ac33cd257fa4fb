"""Finds what a screen reader could not name, a nurse could not reach or read, and what was left in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

from ivigdesk.ui.widgets import RecordTable
from ivigdesk.ui.widgets.tables.cells import CellRole

_NAMED = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
_WORDED = (QLabel, QPushButton, QCheckBox, QRadioButton, QToolButton)
_UNBROKEN = re.compile(r"[!-~\u00a0]+")  # Chinese may break between any two characters
_ROUNDING = 1  # pixels that fractions of a pixel may add up to


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


def clipped_texts(root: QWidget) -> list[str]:
    """Return the visible words below `root` that do not fit their place, or that something lies upon."""
    found = []
    for widget in _worded_widgets(root):
        problem = _too_small(widget) or _outside(widget, root)
        if problem:
            found.append(f"{_words(widget)!r}: {problem}")
    found += [
        f"{_words(one)!r} lies on {_words(other)!r}"
        for one, other in combinations(list(_worded_widgets(root)), 2)
        if one.parent() is other.parent() and _within(one.geometry()).intersects(_within(other.geometry()))
    ]
    found += [
        f"{type(area.parent()).__name__}: its content is cut at the side: {area.widget().width()}"
        for area in _areas_cut_at_the_side(root)
    ]
    return found


def elided_amounts(root: QWidget) -> list[str]:
    """Return the cells of visible tables below `root` that hold a number and are wider than their column."""
    found = []
    for table in root.findChildren(RecordTable):
        if not table.isVisible():
            continue
        model = table.model()
        for row in range(model.rowCount()):
            for column, told in enumerate(table.records.columns):
                index = model.index(row, column)
                cell = index.data(CellRole.CELL)
                if told.stretch or told.small or table.isColumnHidden(column) or cell.section:
                    continue
                needed = table.itemDelegate().sizeHint(None, index).width()  # type: ignore[arg-type]
                if any(sign.isdigit() for sign in cell.text) and needed > table.columnWidth(column) + 4 * _ROUNDING:
                    found.append(f"{cell.text!r}, {cell.detail!r}: {needed} > {table.columnWidth(column)}")
    return found


def visible_words(root: QWidget) -> Iterator[str]:
    """Give every text that can be read below `root`: labels, buttons, fields' examples, lists, tables, tabs."""
    for widget in _worded_widgets(root):
        yield _words(widget)
    for line in root.findChildren(QLineEdit):
        if line.isVisible():
            yield line.placeholderText()
    for box in root.findChildren(QComboBox):
        if box.isVisible():
            yield from (box.itemText(index) for index in range(box.count()))
    for tabs in root.findChildren(QTabBar):
        if tabs.isVisible():
            yield from (tabs.tabText(index) for index in range(tabs.count()))
    for table in root.findChildren(RecordTable):
        if table.isVisible():
            yield from _words_of_table(table)


def spoken_words(root: QWidget) -> Iterator[str]:
    """Give every name that a screen reader says of what is visible below `root`."""
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and widget.accessibleName():
            yield widget.accessibleName()


def _words_of_table(table: RecordTable) -> Iterator[str]:
    for column in table.records.columns:
        yield column.title
    model = table.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            cell = model.index(row, column).data(CellRole.CELL)
            yield from (cell.text, cell.detail, cell.state.word if cell.state else "")


def _worded_widgets(root: QWidget) -> Iterator[QLabel | QAbstractButton]:
    for widget in root.findChildren(QWidget):
        if isinstance(widget, _WORDED) and widget.isVisible() and _words(widget).strip():
            yield widget


def _words(widget: QLabel | QAbstractButton) -> str:
    text = widget.text()
    return text if isinstance(widget, QLabel) else text.replace("&&", "&")


def _too_small(widget: QLabel | QAbstractButton) -> str:
    """Return by how much a widget is smaller than its words; empty when they fit."""
    if not isinstance(widget, QLabel):
        hint = widget.sizeHint()
        is_small = hint.width() > widget.width() + _ROUNDING or hint.height() > widget.height() + _ROUNDING
        return f"needs {hint.toTuple()}, has {widget.size().toTuple()}" if is_small else ""
    if widget.wordWrap():
        high = widget.heightForWidth(widget.width())
        longest = max(
            (widget.fontMetrics().horizontalAdvance(word) for word in _UNBROKEN.findall(widget.text())), default=0
        )
        if high > widget.height() + _ROUNDING:
            return f"needs {high} of height, has {widget.height()}"
        return f"its longest word needs {longest}, it has {widget.width()}" if longest > widget.width() else ""
    wide = max(widget.fontMetrics().horizontalAdvance(line) for line in widget.text().splitlines())
    if wide > widget.contentsRect().width() + _ROUNDING:
        return f"needs {wide}, has {widget.contentsRect().width()}"
    high = widget.fontMetrics().height() * len(widget.text().splitlines())
    return f"needs {high} of height, has {widget.height()}" if high > widget.height() + _ROUNDING else ""


def _outside(widget: QWidget, root: QWidget) -> str:
    """Return which parent cuts a widget off; what a scroll area hides can be scrolled to."""
    inner: QWidget = widget
    while inner is not root:
        parent = inner.parentWidget()
        if parent is None or isinstance(parent.parentWidget(), QScrollArea | QAbstractItemView):
            return ""
        place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        if not parent.rect().adjusted(-_ROUNDING, -_ROUNDING, _ROUNDING, _ROUNDING).contains(place):
            return f"sticks out of its {type(parent).__name__}"
        inner = parent
    return ""


def _areas_cut_at_the_side(root: QWidget) -> Iterator[QScrollArea]:
    """Give scroll areas that have no bar at the foot although their content is wider than they are."""
    for area in root.findChildren(QScrollArea):
        never = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        content = area.widget()
        if area.isVisible() and never and content is not None and content.width() > area.viewport().width():
            yield area


def _within(place: QRect) -> QRect:
    return place.adjusted(_ROUNDING, _ROUNDING, -_ROUNDING, -_ROUNDING)
