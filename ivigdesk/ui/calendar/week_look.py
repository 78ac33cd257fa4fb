"""How a week lies on the board: seven columns with every dose as a card."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QRegion

from ivigdesk.actions.ward.ward_calendar import CalendarDose
from ivigdesk.ui import theme
from ivigdesk.ui.calendar import painting
from ivigdesk.ui.calendar.look import Look
from ivigdesk.ui.calendar.painting import BAR, DATE, LINE, PAD

_LINES = 5
_CARD = _LINES * LINE + 3 * PAD
_STEP = _CARD + PAD  # from one card to the next


class WeekLook(Look):
    """The cards scroll below the heads of the days."""

    head = 3 * LINE + DATE + BAR + 4 * PAD

    def least_height(self) -> int:
        return self.head + 2 * _STEP

    def content_height(self) -> int:
        most = max((len(self.scene.doses(day)) for day in self.scene.all_days()), default=0)
        return self.head + most * _STEP + PAD

    def cell(self, day: date) -> QRect:
        left, width = self.column((day - self.scene.first).days % 7)
        return QRect(left, self.room.top(), width, self.room.height())

    def places(self, day: date) -> tuple[tuple[CalendarDose, QRect], ...]:
        cell = self.cell(day)
        begin, left, width = cell.top() + self.head - self.offset, cell.left() + PAD, cell.width() - 2 * PAD + 1
        placed = (
            (dose, QRect(left, begin + PAD + line * _STEP, width, _CARD))
            for line, dose in enumerate(self.scene.doses(day))
        )
        return tuple((dose, place) for dose, place in placed if place.intersects(self.room))

    def more(self, _day: date) -> tuple[int, QRect]:
        return 0, QRect()

    def extent(self, dose: CalendarDose) -> tuple[int, int]:
        top = PAD + self.line_of(dose) * _STEP
        return top, top + _CARD

    def paint(self, painter: QPainter, clip: QRegion) -> None:
        for day in self.scene.all_days():
            cell = self.cell(day)
            if clip.intersects(cell):
                self._paint_column(painter, day, cell)
        painting.paint_frame(painter, self.room.adjusted(0, 0, -1, -1))

    def _paint_column(self, painter: QPainter, day: date, cell: QRect) -> None:
        painting.paint_ground(painter, cell, self.scene, day)
        painter.save()
        painter.setClipRect(cell.adjusted(0, self.head, 0, 0))
        for dose, place in self.places(day):
            self._paint_card(painter, place, dose)
        painter.restore()
        self._paint_head(painter, day, QRect(cell.left(), cell.top(), cell.width(), self.head))
        if day == self.scene.cursor:
            painting.paint_ring(painter, cell, focused=self.scene.has_focus)

    def _paint_head(self, painter: QPainter, day: date, place: QRect) -> None:
        painter.setPen(QPen(QColor(theme.LINE), 1))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        inner = place.adjusted(2 * PAD, 2 * PAD, -2 * PAD, 0)
        first = QRect(inner.left() - PAD, inner.top(), inner.width(), DATE)
        painting.paint_date(painter, first, self.words.wording.date_short(day), self.scene, day)
        second = QRect(inner.left(), inner.top() + DATE, inner.width(), LINE)
        mark = self.words.mark(self.scene.day(day))
        if mark is not None:
            painting.paint_mark(painter, second, mark)
        known, load = self.scene.day(day), second.translated(0, LINE)
        painting.paint_load_in_two(painter, load, known, self.words)
        bar = QRect(load.left(), load.bottom() + LINE + 2, load.width(), BAR)
        painting.paint_share(painter, bar, known, self.words)

    def _paint_card(self, painter: QPainter, place: QRect, dose: CalendarDose) -> None:
        state = self.words.state(dose)
        painting.paint_plate(painter, place, state.tone, chosen=self.is_chosen(dose))
        inner = place.adjusted(2 * PAD, PAD, -2 * PAD, 0)
        bold, plain = painting.small(QFont.Weight.Bold), painting.left_out_font(dose)
        lines = [QRect(inner.left(), inner.top() + line * LINE, inner.width(), LINE) for line in range(_LINES)]
        bed = painting.write(painter, lines[0], self.words.bed(dose), theme.INK, bold, right=True)
        painting.write(painter, lines[0].adjusted(0, 0, -bed - PAD, 0), state.text, theme.TONES[state.tone].ink, bold)
        painting.write(painter, lines[1], dose.patient_name, theme.INK, bold)
        painting.write(painter, lines[2], self.words.number(dose), theme.INK, plain)
        painting.write(painter, lines[3], self.words.grams_and_product(dose), theme.INK, plain)
        painting.write(painter, lines[4], self.words.wording.duration(dose.minutes), theme.SECOND_INK, plain)
