"""A timeline under construction: how far down it has come, and which marks can be pointed at."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from ivigdesk.sheets.trend.plot import Plot
from ivigdesk.sheets.trend.room import Box, Room
from ivigdesk.sheets.trend.shapes import Point, Shapes
from ivigdesk.wording import Wording


class Spot(NamedTuple):
    """A mark that can be pointed at.

    Attributes:
        box: its place.
        on: its day.
        words: all that is known of it.
        course_id, dose_number: what it belongs to; None where it is no dose and no side effect of one.
    """

    box: Box
    on: date
    words: str
    course_id: UUID | None = None
    dose_number: int | None = None


class Drawing(NamedTuple):
    """A finished timeline; `spots` from left to right."""

    shapes: Shapes
    height: float
    spots: tuple[Spot, ...]


class Site:
    """Where the next lane goes.

    Attributes:
        room: takes the shapes.
        plot: the field of the lanes, from left to right.
        wording: of the reader.
        y: the bottom of the last lane.
        spots: so far.
    """

    def __init__(self, room: Room, plot: Plot, wording: Wording, y: float) -> None:
        self.room = room
        self.plot = plot
        self.wording = wording
        self.y = y
        self.spots: list[Spot] = []

    @property
    def size(self) -> float:
        """Of the usual letters."""
        return self.room.size

    def name(self, words: str, baseline: float) -> None:
        """Write a lane's name beside it."""
        shown = self.room.cut(words, self.plot.box.left - self.size * 0.8)
        self.room.write(shown, (0, baseline), role="second")

    def point_at(
        self, at: Point, radius: float, on: date, words: str, course_id: UUID | None = None, number: int | None = None
    ) -> None:
        """Make a mark that can be pointed at."""
        x, y = at
        far = max(radius, self.size * 0.4)
        self.spots.append(Spot(Box(x - far, y - far, x + far, y + far), on, words, course_id, number))
