"""The axes: values at the left, dates below, days since transplant below the dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from ivigdesk.sheets.trend.plot import Plot
from ivigdesk.sheets.trend.room import Room
from ivigdesk.sheets.trend.scales import DayTicks, ValueScale, day_ticks, transplant_days
from ivigdesk.sheets.trend.shapes import Line
from ivigdesk.wording import NO_BREAK, Wording

_Labels = tuple[tuple[date, str], ...]

_GROUP = 3  # digits between the spaces of a long number
_TICK = 0.35  # of the size
_LINES_DOWN = (0, 30, 100)  # transplant days that are followed up through the plot


def value_words(value: Decimal, wording: Wording) -> str:
    """Return a number as an axis writes it, the digits of a long one in groups: `10 000`."""
    text = wording.number(value)
    if not text.isdigit() or len(text) <= _GROUP + 1:
        return text
    head = len(text) % _GROUP
    groups = [text[:head]] if head else []
    groups.extend(text[at : at + _GROUP] for at in range(head, len(text), _GROUP))
    return NO_BREAK.join(groups)


def widest_value(scale: ValueScale | None, room: Room, wording: Wording) -> float:
    """Return the width of the widest number beside the axis; 0 without a scale."""
    if scale is None:
        return 0.0
    return max(room.width(value_words(tick, wording)) for tick in scale.ticks)


def draw_values(room: Room, plot: Plot, wording: Wording) -> None:
    """Draw the plot's edges, and the value axis with a thin line for each number."""
    box = plot.box
    ticks = plot.values.ticks if plot.values else ()
    for tick in ticks:
        y = plot.y(tick)
        room.draw(Line((box.left, y), (box.right, y), "grid", 0.4))
        room.write(value_words(tick, wording), (box.left - room.size * 0.5, y + room.size * 0.32), "end", "second")
    room.draw(
        Line((box.left, box.top), (box.left, box.bottom), "frame", 0.7),
        Line((box.left, box.bottom), (box.right, box.bottom), "frame", 0.7),
    )


def draw_days(room: Room, plot: Plot, y: float, wording: Wording) -> None:
    """Write dates on the baseline `y`, as many as stand beside each other, and draw their ticks on the plot."""
    ways = [_inside(way, room, plot, wording) for way in day_ticks(plot.days)]
    chosen = next((labels for labels in ways if labels and _stand_apart(labels, room, plot)), ())
    for day, words in chosen:
        x = plot.x(day)
        _tick(room, plot, x)
        room.write(words, (x, y), "middle", "second")


def draw_transplant_days(room: Room, plot: Plot, transplant_on: date, y: float, wording: Wording) -> None:
    """Write days since transplant on the baseline `y`, those that matter most first, each where it has room."""
    for number, day in transplant_days(plot.days, transplant_on):
        x = plot.x(day)
        if not room.write(wording.transplant_day(number), (x, y), "middle", "second", apart=room.size):
            continue
        _tick(room, plot, x)
        if number in _LINES_DOWN:
            room.draw(Line((x, plot.box.top), (x, plot.box.bottom), "grid", 0.8, (1.0, 2.0)))


def _tick(room: Room, plot: Plot, x: float) -> None:
    bottom = plot.box.bottom
    room.draw(Line((x, bottom), (x, bottom + room.size * _TICK), "frame", 0.7))


def _inside(way: DayTicks, room: Room, plot: Plot, wording: Wording) -> _Labels:
    """Return the days of a way with their words, without those whose words would leave the drawing."""
    days = list(way.days)
    while days:
        labels = date_words(days, wording, by_month=way.by_month)
        (first, first_words), (last, last_words) = labels[0], labels[-1]
        if plot.x(first) - room.width(first_words) / 2 < 0:
            days.pop(0)
        elif plot.x(last) + room.width(last_words) / 2 > room.right:
            days.pop()
        else:
            return labels
    return ()


def _stand_apart(labels: _Labels, room: Room, plot: Plot) -> bool:
    """Whether there is white between each label and the next."""
    edges = [(plot.x(day), room.width(words) / 2) for day, words in labels]
    return all(x + half + room.size <= next_x - next_half for (x, half), (next_x, next_half) in pairwise(edges))


def date_words(days: Sequence[date], wording: Wording, *, by_month: bool = False) -> tuple[tuple[date, str], ...]:
    """Return the days with their words; the year is said at the first, and when it changes."""
    labels = []
    year = 0
    for day in days:
        is_new, year = day.year != year, day.year
        if not by_month:
            labels.append((day, wording.date_plain(day) if is_new else wording.day_month(day)))
        elif is_new:
            text = wording.gettext("{month} {year}").format(month=wording.month(day.month), year=day.year)
            labels.append((day, text))
        else:
            labels.append((day, wording.month(day.month)))
    return tuple(labels)
