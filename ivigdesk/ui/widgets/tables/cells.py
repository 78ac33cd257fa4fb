"""Paints the cells of every table: text, second line, chip or button, in the theme's colours."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ivigdesk.ui import theme

if TYPE_CHECKING:
    from ivigdesk.ui.widgets.tables.columns import Column

_Index = QModelIndex | QPersistentModelIndex
_SIDE = theme.SPACE_12
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CellRole(IntEnum):
    """Roles beside Qt's own: the worked-out cell, and what it is sorted by."""

    CELL = Qt.ItemDataRole.UserRole + 1
    SORT = Qt.ItemDataRole.UserRole + 2


class CellDelegate(QStyledItemDelegate):
    """Paints cells without making widgets, so that a full day costs no more than an empty one."""

    def __init__(self, table: QTableView, columns: tuple[Column[Any], ...]) -> None:
        super().__init__(table)
        self._table = table
        self._columns = columns
        self._normal = theme.font()
        self._strong = theme.font(theme.TEXT, QFont.Weight.Bold)
        self._small = theme.font(theme.SMALL)
        self._strong_small = theme.font(theme.SMALL + 1, QFont.Weight.Bold)
        self._chip = theme.font(theme.SMALL, QFont.Weight.Bold)
        self._button = theme.font(theme.TEXT, QFont.Weight.Medium)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell = index.data(CellRole.CELL)
        if cell is None:
            return
        rect, state = _parts(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(theme.ACCENT_GROUND if chosen else theme.CARD))
        painter.setPen(QPen(QColor(theme.LINE), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if cell.section:
            self._paint_section(painter, cell, rect)
            painter.restore()
            return
        column = self._columns[index.column()]
        inner = rect.adjusted(_SIDE, 0, -_SIDE, -1)
        if column.button:
            self._paint_button(painter, cell, inner)
        elif cell.state is not None:
            self._paint_chip(painter, cell, inner)
        else:
            self._paint_text(painter, cell, column, inner)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - Qt passes it
        cell = index.data(CellRole.CELL)
        if cell is None or cell.section:
            return QSize(0, self._table.verticalHeader().defaultSectionSize())
        column = self._columns[index.column()]
        main = QFontMetrics(self._strong if column.strong or column.button else self._normal)
        width = main.horizontalAdvance(cell.text)
        if cell.state is not None:
            width = QFontMetrics(self._chip).horizontalAdvance(cell.state.text) + 20
        elif column.button:
            width += 28
        if cell.detail:
            width = max(width, QFontMetrics(self._small).horizontalAdvance(cell.detail))
        return QSize(width + 2 * _SIDE + 4, self._table.verticalHeader().defaultSectionSize())

    def _paint_section(self, painter: QPainter, cell: Any, rect: QRect) -> None:
        painter.fillRect(rect.adjusted(0, 0, 0, -1), QColor(theme.FAINT))
        inner = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        _write(painter, inner, _LEFT, cell.section, self._strong_small, theme.SECOND_INK)

    def _paint_text(self, painter: QPainter, cell: Any, column: Any, inner: QRect) -> None:
        ink = theme.TONES[cell.ink].ink if cell.ink else theme.SECOND_INK if column.muted else theme.INK
        font = self._strong if column.strong else self._normal
        if QFontMetrics(font).horizontalAdvance(cell.text) > inner.width():
            font = self._strong_small if column.strong else self._small
        side = _RIGHT if column.right else _LEFT
        if column.small:
            font = self._small
        if column.small and not cell.detail:
            _write_lines(painter, inner, cell.text, self._small, ink)
            return
        if not cell.detail:
            _write(painter, inner, side, cell.text, font, ink)
            return
        middle = inner.center().y() + 2
        upper = QRect(inner.left(), middle - 24, inner.width(), 24)
        lower = QRect(inner.left(), middle, inner.width(), 20)
        _write(painter, upper, side, cell.text, font, ink)
        _write(painter, lower, side, cell.detail, self._small, theme.SECOND_INK)

    def _paint_chip(self, painter: QPainter, cell: Any, inner: QRect) -> None:
        colours = theme.TONES[cell.state.tone]
        width = min(QFontMetrics(self._chip).horizontalAdvance(cell.state.text) + 20, inner.width())
        place = QRect(inner.left(), inner.center().y() - (25 if cell.detail else 12), width, 26)
        if cell.detail:
            lower = QRect(inner.left(), inner.center().y() + 4, inner.width(), 20)
            _write(painter, lower, _LEFT, cell.detail, self._small, theme.SECOND_INK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ground))
        painter.drawRoundedRect(QRectF(place), 13, 13)
        _write(painter, place, Qt.AlignmentFlag.AlignCenter, cell.state.text, self._chip, colours.ink)

    def _paint_button(self, painter: QPainter, cell: Any, inner: QRect) -> None:
        if not cell.text:
            return
        width = min(QFontMetrics(self._button).horizontalAdvance(cell.text) + 28, inner.width())
        place = QRectF(inner.left(), inner.center().y() - 18, width, theme.TARGET - 2)
        painter.setPen(QPen(QColor(theme.ACCENT if cell.filled else theme.FIELD_LINE), 1))
        painter.setBrush(QColor(theme.ACCENT if cell.filled else theme.CARD))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        ink = theme.ON_DARK if cell.filled else theme.INK
        _write(painter, place.toRect(), Qt.AlignmentFlag.AlignCenter, cell.text, self._button, ink)


def _write(painter: QPainter, place: QRect, side: Qt.AlignmentFlag, text: str, font: QFont, ink: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, side | Qt.TextFlag.TextSingleLine, shown)


def _write_lines(painter: QPainter, place: QRect, text: str, font: QFont, ink: str) -> None:
    """Write on as many lines as fit; what does not fit on the last ends in dots, and the tool tip has it all."""
    height = QFontMetrics(font).lineSpacing()
    most = max(place.height() // height, 1)
    layout = QTextLayout(text, font)
    layout.beginLayout()
    lines: list[str] = []
    at = 0
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(place.width())
        last = len(lines) == most - 1
        lines.append(text[at:] if last else text[at : at + line.textLength()])
        at += line.textLength()
    layout.endLayout()
    top = place.center().y() - height * len(lines) // 2
    for number, line_text in enumerate(lines):
        box = QRect(place.left(), top + number * height, place.width(), height)
        _write(painter, box, _LEFT, line_text.strip(), font, ink)


def _parts(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag]:
    """Return place and state of the cell; the stubs of PySide6 know neither attribute."""
    return option.rect, option.state
