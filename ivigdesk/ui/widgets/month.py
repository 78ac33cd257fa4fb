"""Weeks of days with doses on them: for the plan, the calendar of a course and the date popup."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets.labels import tip
from ivigdesk.wording import Wording

_HEAD = 28
_ONE_DAY = timedelta(days=1)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class DayMark(msgspec.Struct, frozen=True):
    """Something on a day.

    Attributes:
        day: the day.
        label: short text in the cell, e.g. the dose number; a state's sign belongs in front of it.
        tone: colours of the theme.
        words: what it is in full, for the tool tip and for screen readers.
    """

    day: date
    label: str
    tone: Tone = "accent"
    words: str = ""


class MonthCalendar(QWidget):
    """Whole weeks, Monday to Sunday, from one day to another, with marks; one painted widget.

    Arrow keys move from day to day, Page Up and Page Down by four weeks, Enter or a click opens the day.

    Signals:
        day_clicked(date): the day was clicked, or Enter was pressed on it.
        day_reached(date): the keyboard came to this day.
    """

    day_clicked = Signal(object)
    day_reached = Signal(object)

    def __init__(self, wording: Wording, *, cell_height: int = 46, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._cell_height = cell_height
        self._marks: dict[date, list[DayMark]] = {}
        self._first = self._last = date(2000, 1, 3)
        self._bounds = (self._first, self._last)
        self._today: date | None = None
        self._cursor = self._first
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(wording.gettext("Calendar"))
        self.setMouseTracking(True)

    def show_days(self, marks: tuple[DayMark, ...], *, first: date, last: date, today: date | None = None) -> None:
        """Show the weeks from `first` to `last`; days outside the two are pale. `today` gets a ring."""
        self._marks = {}
        for mark in marks:
            self._marks.setdefault(mark.day, []).append(mark)
        self._bounds = (first, last)
        self._first = first - timedelta(days=first.weekday())
        self._last = last + timedelta(days=6 - last.weekday())
        self._today = today
        if not self._first <= self._cursor <= self._last:
            self._cursor = marks[0].day if marks else first
        self._say_cursor()
        self.updateGeometry()
        self.update()

    def show_bounds(self, first: date, last: date) -> None:
        """Make the days outside `first` to `last` pale; the weeks shown stay."""
        self._bounds = (first, last)
        self.update()

    def go_to(self, day: date) -> None:
        """Put the keyboard's place on `day`, when it is shown."""
        if self._first <= day <= self._last:
            self._cursor = day
            self._say_cursor()
            self.update()

    @property
    def last_day(self) -> date:
        """The last day of the weeks that are shown."""
        return self._last

    @property
    def cursor_day(self) -> date:
        """The day on which the keyboard stands."""
        return self._cursor

    def sizeHint(self) -> QSize:
        return QSize(320, _HEAD + self._weeks * self._cell_height + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(252, self.sizeHint().height())

    def day_at(self, x: int, y: int) -> date | None:
        """Return the day whose cell holds the point, or None."""
        if y < _HEAD or not 0 <= x < self.width():
            return None
        row, column = (y - _HEAD) // self._cell_height, x * 7 // self.width()
        day = self._first + timedelta(days=row * 7 + column)
        return day if day <= self._last else None

    def words_of(self, day: date) -> str:
        """Return what is said about a day: the date, then its marks."""
        said = [mark.words or mark.label for mark in self._marks.get(day, ())]
        return ": ".join((self._wording.date(day), ", ".join(said))) if said else self._wording.date(day)

    @property
    def _weeks(self) -> int:
        return ((self._last - self._first).days + 1) // 7

    def _cell(self, day: date) -> QRect:
        row, column = divmod((day - self._first).days, 7)
        left, right = self.width() * column // 7, self.width() * (column + 1) // 7
        return QRect(left, _HEAD + row * self._cell_height, right - left, self._cell_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_head(painter)
        day = self._first
        while day <= self._last:
            cell = self._cell(day)
            if event.rect().intersects(cell):
                self._paint_day(painter, day, cell)
            day += _ONE_DAY
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        painter.setFont(theme.font(theme.SMALL, QFont.Weight.Medium))
        painter.setPen(QColor(theme.SECOND_INK))
        for column in range(7):
            left, right = self.width() * column // 7, self.width() * (column + 1) // 7
            name = self._wording.weekday(self._first + timedelta(days=column))
            painter.drawText(QRect(left, 0, right - left, _HEAD), Qt.AlignmentFlag.AlignCenter, name)

    def _paint_day(self, painter: QPainter, day: date, cell: QRect) -> None:
        painter.setPen(QPen(QColor(theme.LINE), 1))
        painter.drawLine(cell.topLeft(), cell.topRight())
        marks = self._marks.get(day, [])
        inside = self._bounds[0] <= day <= self._bounds[1]
        painter.setFont(theme.font(theme.SMALL, QFont.Weight.Bold if day == self._today else QFont.Weight.Normal))
        painter.setPen(QColor(theme.INK if marks and inside else theme.SECOND_INK if inside else theme.DISABLED_INK))
        top = QRect(cell.left(), cell.top() + 2, cell.width(), 20)
        text = self._wording.date_short(day).replace(self._wording.weekday(day), "").strip() if day.day == 1 else ""
        if text and QFontMetrics(painter.font()).horizontalAdvance(text) > cell.width() - 4:
            text = ""
        painter.drawText(
            top if marks else cell.adjusted(0, 0, 0, -4), Qt.AlignmentFlag.AlignCenter, text or str(day.day)
        )
        if marks:
            self._paint_mark(painter, marks, QRect(cell.left() + 4, cell.top() + 22, cell.width() - 8, 20))
        self._paint_rings(painter, day, cell)

    def _paint_mark(self, painter: QPainter, marks: list[DayMark], place: QRect) -> None:
        colours = theme.TONES[marks[-1].tone]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ground))
        painter.drawRoundedRect(QRectF(place), 5, 5)
        painter.setPen(QColor(colours.ink))
        painter.setFont(theme.font(theme.SMALL, QFont.Weight.Bold))
        words = " ".join(mark.label for mark in marks)
        shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, place.width() - 2)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_rings(self, painter: QPainter, day: date, cell: QRect) -> None:
        ring = QRectF(cell).adjusted(1.5, 1.5, -1.5, -1.5)
        if day == self._today:
            painter.setPen(QPen(QColor(theme.FIELD_LINE), 1))
            painter.drawRoundedRect(ring, 6, 6)
        if day == self._cursor and self.hasFocus():
            painter.setPen(QPen(QColor(theme.ACCENT), theme.FOCUS_WIDTH))
            painter.drawRoundedRect(ring, 6, 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._step(-28 if key == Qt.Key.Key_PageUp else 28)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.day_clicked.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(int(event.position().x()), int(event.position().y()))
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(day)
            self.day_clicked.emit(day)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(event.pos().x(), event.pos().y())
            if day is not None:
                QToolTip.showText(event.globalPos(), tip(self.words_of(day)), self)
            return True
        return super().event(event)

    def _step(self, days: int) -> None:
        day = self._cursor + timedelta(days=days)
        if self._first <= day <= self._last:
            self.go_to(day)
        self.day_reached.emit(day)

    def _say_cursor(self) -> None:
        words = self.words_of(self._cursor)
        self.setAccessibleDescription(words)
        if self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
