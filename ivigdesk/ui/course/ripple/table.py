"""The table of a ripple: what changes stands out, what goes is struck through, and every note stands in full."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.course.ripple.lines import Line
from ivigdesk.ui.widgets.states import State
from ivigdesk.ui.widgets.tables import Column, RecordTable
from ivigdesk.wording import Wording

_BEFORE, _AFTER, _TRANSPLANT, _WHAT = 1, 3, 4, 5  # columns
_SIDE = theme.SPACE_12
_ROW, _ROW_TWO_LINES = 38, 54
_CHIP, _CHIP_LINE = 24, 30
_LEAST_WORDS = 160  # pixels beside a chip, below which a sentence starts under it
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_Index = QModelIndex | QPersistentModelIndex


class RippleTable(RecordTable):
    """Doses by date, before and after; rows are as high as what is said of them."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(
            _columns(wording),
            wording.gettext("Before and after the change"),
            row_height=_ROW,
            sortable=False,
            parent=parent,
        )
        self.horizontalHeader().setMinimumSectionSize(28)
        self._painter = _LineDelegate(self)
        for column in range(len(self.records.columns)):
            if column != _WHAT:
                self.setItemDelegateForColumn(column, self._painter)
        self._notes = _NotesDelegate(self)
        self.setItemDelegateForColumn(_WHAT, self._notes)

    def show_lines(self, lines: tuple[Line, ...], number: int | None = None) -> None:
        """Show the doses; the first one that changes, or dose `number`, and the dose before it are in view."""
        self.show_rows(lines)
        self.setColumnHidden(_TRANSPLANT, not any(line.transplant_day for line in lines))
        self._fit_rows()
        found = [index for index, line in enumerate(lines) if line.is_changed or line.number == number]
        first = found[0] if found else 0
        if lines:
            self.choose(lines[first])
            self.scrollTo(self.model().index(max(first - 1, 0), 0), self.ScrollHint.PositionAtTop)

    def line(self, index: _Index) -> Line:
        """Return the line at an index of the view."""
        found: Line = self.records.rows[self.proxy.mapToSource(index).row()]
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        width = self.columnWidth(_WHAT) - 2 * _SIDE
        two = any(line.before_detail or line.after_detail for line in self.records.rows)
        for row, line in enumerate(self.records.rows):
            least = _ROW_TWO_LINES if two else _ROW
            high = max(least, _laid_out(line, width)[1] + theme.SPACE_8)
            if self.rowHeight(row) != high:
                self.setRowHeight(row, high)


class Piece(NamedTuple):
    """A chip or a line of words, at its place in the cell."""

    place: QRect
    text: str
    state: State | None


class _LineDelegate(QStyledItemDelegate):
    """Numbers and days: muted where nothing changes, bold where a day is new, struck where a dose goes."""

    def __init__(self, table: RippleTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect = _ground(painter, option, self._table)
        line, column = self._table.line(index), index.column()
        inner = rect.adjusted(_SIDE, 0, -_SIDE, -1)
        is_new = line.is_moved or line.is_gone
        stands_out = is_new if column in (_AFTER, _TRANSPLANT) else line.is_changed and column != _BEFORE
        font = theme.font(weight=QFont.Weight.Bold if stands_out and column != _TRANSPLANT else QFont.Weight.Normal)
        font.setStrikeOut(line.is_gone and column == _BEFORE)
        ink = theme.INK if stands_out else theme.SECOND_INK
        if column == _AFTER and line.is_moved:
            ink = theme.TONES["accent"].ink
        detail = line.before_detail if column == _BEFORE else line.after_detail if column == _AFTER else ""
        text = str(index.data() or "")
        if detail:
            middle = inner.center().y() + 1
            _write(painter, QRect(inner.left(), middle - 22, inner.width(), 22), text, font, ink)
            small = _chip_font() if column == _AFTER else theme.font(theme.SMALL)
            ink = theme.INK if column == _AFTER else theme.SECOND_INK
            _write(painter, QRect(inner.left(), middle, inner.width(), 20), detail, small, ink)
        else:
            _write(painter, inner, text, font, ink)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002 - Qt passes it
        line = self._table.line(index)
        bold = QFontMetrics(theme.font(weight=QFont.Weight.Bold)).horizontalAdvance(str(index.data() or ""))
        detail = line.before_detail if index.column() == _BEFORE else line.after_detail
        small = QFontMetrics(_chip_font()).horizontalAdvance(detail) if index.column() in (_BEFORE, _AFTER) else 0
        return QSize(max(bold, small) + 2 * _SIDE + 4, _ROW)


class _NotesDelegate(QStyledItemDelegate):
    """What happens to a dose as a chip, then each note as a chip with its sentence."""

    def __init__(self, table: RippleTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect = _ground(painter, option, self._table)
        line = self._table.line(index)
        inner = rect.adjusted(_SIDE, 0, -_SIDE, -1)
        pieces, high = _laid_out(line, inner.width())
        top = inner.top() + max((inner.height() - high) // 2, 0)
        for piece in pieces:
            place = piece.place.translated(inner.left(), top)
            if piece.state is None:
                _write(painter, place, piece.text, theme.font(theme.SMALL), theme.INK)
                continue
            colours = theme.TONES[piece.state.tone]
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.ground))
            painter.drawRoundedRect(QRectF(place), _CHIP / 2, _CHIP / 2)
            painter.restore()
            _write(painter, place.adjusted(10, 0, 0, 0), piece.text, _chip_font(), colours.ink)


def _laid_out(line: Line, width: int) -> tuple[tuple[Piece, ...], int]:
    """Return chips and sentences in `width`, each sentence beside its chip or wrapped after it, and their height."""
    small, chips = QFontMetrics(theme.font(theme.SMALL)), QFontMetrics(_chip_font())
    pieces: list[Piece] = []
    x = y = 0
    said = (((line.state, ""),) if line.state is not None else ()) + line.notes
    for state, sentence in said:
        chip = chips.horizontalAdvance(state.text) + 20
        words = small.horizontalAdvance(sentence)
        if x and x + chip + theme.SPACE_8 + words > width:
            x, y = 0, y + _CHIP_LINE
        pieces.append(Piece(QRect(x, y + (_CHIP_LINE - _CHIP) // 2, chip, _CHIP), state.text, state))
        x += chip + theme.SPACE_8
        if not sentence:
            continue
        if words > width - x < _LEAST_WORDS:
            x, y = 0, y + _CHIP_LINE
        lines = _wrapped(sentence, max(width - x, 1))
        for number, text in enumerate(lines):
            pieces.append(Piece(QRect(x, y + number * small.lineSpacing(), width - x, _CHIP_LINE), text, None))
        if len(lines) > 1:
            x, y = 0, y + _CHIP_LINE + (len(lines) - 1) * small.lineSpacing()
        else:
            x += words + theme.SPACE_12
    return tuple(pieces), y + (_CHIP_LINE if x else 0)


def _wrapped(text: str, width: int) -> list[str]:
    layout = QTextLayout(text, theme.font(theme.SMALL))
    layout.beginLayout()
    lines: list[str] = []
    at = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(text[at : at + line.textLength()].strip())
        at += line.textLength()
    layout.endLayout()
    return lines


def _chip_font() -> QFont:
    return theme.font(theme.SMALL, QFont.Weight.Bold)


def _ground(painter: QPainter, option: QStyleOptionViewItem, table: RippleTable) -> QRect:
    """Paint the ground of a cell and return its place; the row of the keyboard is marked only where the keys go."""
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    chosen = table.hasFocus() and bool(state & QStyle.StateFlag.State_Selected)
    painter.fillRect(rect, QColor(theme.ACCENT_GROUND if chosen else theme.CARD))
    painter.setPen(QPen(QColor(theme.LINE), 1))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    return rect


def _write(painter: QPainter, place: QRect, text: str, font: QFont, ink: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(place, _LEFT | Qt.TextFlag.TextSingleLine, text)


def _columns(wording: Wording) -> tuple[Column[Line], ...]:
    _ = wording.gettext
    return (
        Column(_("Dose"), lambda line: str(line.number), strong=True),
        Column(_("Before"), lambda line: line.before, muted=True),
        Column("", lambda line: "→" if line.is_changed else "", muted=True),
        Column(_("After"), lambda line: "−" if line.is_gone else line.after, strong=True),
        Column(_("Day +N"), lambda line: line.transplant_day, muted=True),
        Column(_("What happens"), lambda line: line.words, small=True, stretch=True),
    )
