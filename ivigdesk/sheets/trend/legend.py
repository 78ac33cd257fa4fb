"""What the marks mean, in rows below the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar

from ivigdesk.sheets.trend.room import Room
from ivigdesk.sheets.trend.series import forms_of
from ivigdesk.sheets.trend.shapes import Form, Mark, Point, Role, Shapes
from ivigdesk.sheets.trend.values import Trend
from ivigdesk.wording import Wording

_BETWEEN = 1.6  # of the size
_MARK = 1.2


class Explained(Protocol):
    """A sign with what it means."""

    @property
    def words(self) -> str: ...

    def sign(self, at: Point, radius: float) -> Shapes:
        """Return the sign around the point `at`."""
        ...


_Item = TypeVar("_Item", bound=Explained)


class LegendItem(NamedTuple):
    """A mark and what it means."""

    form: Form
    role: Role
    is_filled: bool
    words: str

    def sign(self, at: Point, radius: float) -> Shapes:
        """Return the mark."""
        return (Mark(at, self.form, radius, self.role, self.is_filled),)


def legend_items(trend: Trend, wording: Wording) -> tuple[LegendItem, ...]:
    """Return one item for every mark that the drawing may hold."""
    _ = wording.gettext
    forms = forms_of(trend)
    items = [LegendItem(form, "series", True, kind or _("value")) for kind, form in forms.items()]
    if any(point.is_below for point in trend.points):
        items.append(LegendItem("circle", "series", False, _("open: below the limit of detection")))
    if any(dose.is_given for dose in trend.doses):
        items.append(LegendItem("triangle", "dose", True, _("dose given")))
    if any(not dose.is_given for dose in trend.doses):
        items.append(LegendItem("triangle", "dose", False, _("dose planned")))
    return tuple(items)


def legend_rows(items: Sequence[_Item], width: float, room: Room) -> tuple[tuple[_Item, ...], ...]:
    """Return the items in rows that are not wider than `width`."""
    rows: list[list[_Item]] = []
    used = width
    for item in items:
        wide = room.size * (_MARK + _BETWEEN) + room.width(item.words)
        if used + wide > width + room.size * _BETWEEN or not rows:
            rows.append([])
            used = 0.0
        rows[-1].append(item)
        used += wide
    return tuple(map(tuple, rows))


def draw_legend(room: Room, rows: Sequence[Sequence[Explained]], left: float, y: float, row: float) -> None:
    """Draw the rows, the first on the baseline `y`, one every `row`."""
    for number, items in enumerate(rows):
        x, baseline = left, y + number * row
        for item in items:
            at = (x + room.size * 0.45, baseline - room.size * 0.32)
            room.draw(*item.sign(at, room.size * 0.38))
            x += room.size * _MARK
            room.write(item.words, (x, baseline), "start", "second")
            x += room.width(item.words) + room.size * _BETWEEN
