"""The field in which values lie, with its two scales."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ivigdesk.sheets.trend.room import Box
from ivigdesk.sheets.trend.scales import DayScale, ValueScale


class Plot(NamedTuple):
    """Where values lie.

    Attributes:
        box: its place in the drawing.
        days: from left to right.
        values: from bottom to top; None when there is no value.
    """

    box: Box
    days: DayScale
    values: ValueScale | None

    def x(self, day: date) -> float:
        """Return where a day lies."""
        return self.box.left + (self.box.right - self.box.left) * self.days.share(day)

    def y(self, value: Decimal) -> float:
        """Return where a value lies; the middle when there is no scale."""
        share = 0.5 if self.values is None else self.values.share(value)
        return self.box.bottom - (self.box.bottom - self.box.top) * share
