"""How a month lies on the board: weeks below each other, a few doses for each day."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter, QRegion

from ivigdesk.actions.ward.ward_calendar import CalendarDose
from ivigdesk.ui import theme
from ivigdesk.ui.calendar import painting
from ivigdesk.ui.calendar.look import Look
from ivigdesk.ui.calendar.painting import BAR, CHIP, DATE, LINE, PAD
from ivigdesk.ui.calendar.scene import Scene
from ivigdesk.ui.calendar.words import CalendarWords

_GAP = 2
_LOW = DATE + BAR + PAD  # of a cell, above its first dose, where the load stands beside the date
_HIGH = _LOW + LINE + PAD  # the same where the load has a line of its own
_ROOMY = _HIGH + 3 * (CHIP + _GAP)  # height of a cell from which it has


class MonthLook(Look):
    """As many doses of a day as fit, then how many more there are."""

    head = 26

    def __init__(self, words: CalendarWords, scene: Scene) -> None:
        super().__init__(words, scene)
        self._first_seen: tuple[date, int] = (date.min, 0)  # of the day whose doses are walked through

    def least_height(self) -> int:
        return self.head + self.scene.weeks * (_LOW + 2 * (CHIP + _GAP))

    def cell(self, day: date) -> QRect:
        row, column = divmod((day - self.scene.first).days, 7)
        left, width = self.column(column)
        height, weeks = self.room.height() - self.head, self.scene.weeks
        top, bottom = height * row // weeks, height * (row + 1) // weeks
        return QRect(left, self.room.top() + self.head + top, width, bottom - top)

    def places(self, day: date) -> tuple[tuple[CalendarDose, QRect], ...]:
        cell = self.cell(day)
        first, count = self._seen(cell, day)
        doses = self.scene.doses(day)[first : first + count]
        return tuple((dose, self._line(cell, day, line)) for line, dose in enumerate(doses))

    def more(self, day: date) -> tuple[int, QRect]:
        cell = self.cell(day)
        _first, count = self._seen(cell, day)
        return len(self.scene.doses(day)) - count, self._line(cell, day, count)

    def extent(self, dose: CalendarDose) -> tuple[int, int]:
        place = self._line(self.cell(dose.day), dose.day, self.line_of(dose))
        return place.top(), place.bottom()

    def paint(self, painter: QPainter, clip: QRegion) -> None:
        self._paint_weekdays(painter)
        for day in self.scene.all_days():
            cell = self.cell(day)
            if clip.intersects(cell):
                self._paint_day(painter, day, cell)
        painting.paint_frame(painter, self.room.adjusted(0, self.head, -1, -1))

    def _seen(self, cell: QRect, day: date) -> tuple[int, int]:
        """Return which dose of a day is the first that is seen, and how many are; the chosen one is among them.

        What is seen moves no further than it must: a second click has to meet what the first one met.
        """
        doses = self.scene.doses(day)
        lines = max((cell.height() - self._top(cell, day)) // (CHIP + _GAP), 0)
        if len(doses) <= lines:
            return 0, len(doses)
        count = max(lines - 1, 0)
        chosen = self.scene.chosen
        if not count or chosen is None or chosen.day != day:
            return 0, count
        line = self.line_of(chosen)
        before = self._first_seen[1] if self._first_seen[0] == day else 0
        first = max(min(before, line), line - count + 1)
        self._first_seen = (day, first)
        return first, count

    def _top(self, cell: QRect, day: date) -> int:
        """Return how much of a cell its date, what kind of day it is and its load take."""
        if cell.height() >= _ROOMY:
            return _HIGH
        return _LOW + (LINE if self.words.mark(self.scene.day(day)) is not None else 0)

    def _line(self, cell: QRect, day: date, line: int) -> QRect:
        top = cell.top() + self._top(cell, day) + line * (CHIP + _GAP)
        return QRect(cell.left() + PAD, top, cell.width() - 2 * PAD + 1, CHIP)

    def _paint_weekdays(self, painter: QPainter) -> None:
        for number in range(7):
            left, width = self.column(number)
            name = self.words.wording.weekday(self.scene.first + timedelta(days=number))
            place = QRect(left + 2 * PAD, self.room.top(), width - 2 * PAD, self.head)
            painting.write(painter, place, name, theme.SECOND_INK, painting.small(QFont.Weight.Medium))

    def _paint_day(self, painter: QPainter, day: date, cell: QRect) -> None:
        painting.paint_ground(painter, cell, self.scene, day)
        self._paint_top(painter, day, cell)
        for dose, place in self.places(day):
            painting.paint_chip(painter, place, dose, self.words, chosen=self.is_chosen(dose))
        self._paint_more(painter, day)
        if day == self.scene.cursor:
            painting.paint_ring(painter, cell, focused=self.scene.has_focus)

    def _paint_top(self, painter: QPainter, day: date, cell: QRect) -> None:
        known, mark = self.scene.day(day), self.words.mark(self.scene.day(day))
        text = self.words.wording.day_month(day) if day.day == 1 else str(day.day)
        first = QRect(cell.left() + PAD, cell.top() + 2, cell.width() - 2 * PAD, DATE)
        width = painting.paint_date(painter, first, text, self.scene, day) + PAD
        beside, below = (
            first.adjusted(width, 0, -1, 0),
            first.translated(PAD, DATE).adjusted(0, 0, -2 * PAD, LINE - DATE),
        )
        if cell.height() >= _ROOMY:
            painting.paint_load(painter, below, known, self.words)
            if mark is not None:
                painting.paint_mark(painter, beside, mark, right=True)
            painting.paint_share(
                painter, QRect(below.left(), below.bottom() + 2, below.width(), BAR), known, self.words
            )
        else:
            painting.paint_load(painter, beside, known, self.words, right=True)
            painting.paint_share(painter, QRect(below.left(), below.top() + 1, below.width(), BAR), known, self.words)
            if mark is not None:
                painting.paint_mark(painter, below.translated(0, BAR + 1), mark)

    def _paint_more(self, painter: QPainter, day: date) -> None:
        count, place = self.more(day)
        if not count:
            return
        wording = self.words.wording
        is_all = count == len(self.scene.doses(day))
        text = wording.ngettext("{n} dose", "{n} doses", count) if is_all else wording.gettext("+{n} more")
        font = painting.small(QFont.Weight.Medium)
        painting.write(painter, place.adjusted(PAD, 0, 0, 0), text.format(n=count), theme.ACCENT, font)
