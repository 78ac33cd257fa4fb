"""What the marks mean, in rows below the drawing."""

from __future__ import annotations

from typing import NamedTuple

from ivigdesk.sheets.trend.room import Room
from ivigdesk.sheets.trend.series import forms_of
from ivigdesk.sheets.trend.shapes import Form, Mark, Role
from ivigdesk.sheets.trend.values import Trend
from ivigdesk.wording import Wording

_BETWEEN = 1.6  # of the size
_MARK = 1.2


class LegendItem(NamedTuple):
    """A mark and what it means."""

    form: Form
    role: Role
    is_filled: bool
    words: str


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


def legend_rows(items: tuple[LegendItem, ...], width: float, room: Room) -> tuple[tuple[LegendItem, ...], ...]:
    """Return the items in rows that are not wider than `width`."""
    rows: list[list[LegendItem]] = []
    used = width
    for item in items:
        wide = room.size * (_MARK + _BETWEEN) + room.width(item.words)
        if used + wide > width + room.size * _BETWEEN or not rows:
            rows.append([])
            used = 0.0
        rows[-1].append(item)
        used += wide
    return tuple(map(tuple, rows))


def draw_legend(room: Room, rows: tuple[tuple[LegendItem, ...], ...], left: float, y: float, row: float) -> None:
    """Draw the rows, the first on the baseline `y`, one every `row`."""
    for number, items in enumerate(rows):
        x, baseline = left, y + number * row
        for item in items:
            at = (x + room.size * 0.45, baseline - room.size * 0.32)
            room.mark(Mark(at, item.form, room.size * 0.38, item.role, item.is_filled), keeps_words_off=False)
            x += room.size * _MARK
            room.write(item.words, (x, baseline), "start", "second")
            x += room.width(item.words) + room.size * _BETWEEN
