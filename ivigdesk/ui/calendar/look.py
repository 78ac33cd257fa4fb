"""One way to lay the days out: what the board asks of a month and of a week."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QRegion

from ivigdesk.actions.ward.ward_calendar import CalendarDose
from ivigdesk.ui.calendar.scene import Scene
from ivigdesk.ui.calendar.words import CalendarWords

LEAST_WIDTH = 7 * 84
"""Below it a dose of the month shows no name."""


class Look:
    """Knows where days and doses are, and paints them.

    Attributes:
        words: what is written, and how full a day is.
        scene: what is shown.
        room: the pixels that it has.
        head: height of what stands above the days and does not scroll.
        offset: how far the doses are scrolled, in pixels.
    """

    head = 0

    def __init__(self, words: CalendarWords, scene: Scene) -> None:
        self.words = words
        self.scene = scene
        self.room = QRect()
        self.offset = 0

    def least_height(self) -> int:
        """Return the height below which too little of a day could be seen."""
        raise NotImplementedError

    def content_height(self) -> int:
        """Return the height of everything, for the scroll bar; 0 when nothing scrolls."""
        return 0

    def cell(self, day: date) -> QRect:
        """Return where a day is."""
        raise NotImplementedError

    def places(self, day: date) -> tuple[tuple[CalendarDose, QRect], ...]:
        """Return where the doses of a day are that can be seen."""
        raise NotImplementedError

    def more(self, day: date) -> tuple[int, QRect]:
        """Return how many doses of a day have no room, and where that is written."""
        raise NotImplementedError

    def extent(self, dose: CalendarDose) -> tuple[int, int]:
        """Return top and bottom of a dose within what scrolls."""
        raise NotImplementedError

    def paint(self, painter: QPainter, clip: QRegion) -> None:
        """Paint every day that touches `clip`."""
        raise NotImplementedError

    def day_at(self, at: QPoint) -> date | None:
        """Return the day under a point; None for none."""
        for day in self.scene.all_days():
            if self.cell(day).contains(at):
                return day
        return None

    def dose_at(self, at: QPoint) -> CalendarDose | None:
        """Return the dose under a point; None for none."""
        day = self.day_at(at)
        if day is None or at.y() < self.room.top() + self.head:
            return None
        for dose, place in self.places(day):
            if place.contains(at):
                return dose
        return None

    def column(self, number: int) -> tuple[int, int]:
        """Return left edge and width of one of the seven columns."""
        left = self.room.left() + self.room.width() * number // 7
        return left, self.room.left() + self.room.width() * (number + 1) // 7 - left

    def line_of(self, dose: CalendarDose) -> int:
        """Return which dose of its day it is, 0 for the first."""
        doses = self.scene.doses(dose.day)
        return next((line for line, one in enumerate(doses) if one.dose_id == dose.dose_id), 0)

    def is_chosen(self, dose: CalendarDose) -> bool:
        """Whether it is the one that is chosen."""
        return self.scene.chosen is not None and self.scene.chosen.dose_id == dose.dose_id
