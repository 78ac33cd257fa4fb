"""The values themselves: line, marks and numbers, and the lines to compare them with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ivigdesk.sheets.trend.axes import value_words
from ivigdesk.sheets.trend.plot import Plot
from ivigdesk.sheets.trend.room import Box, Room, first_last_and_between
from ivigdesk.sheets.trend.shapes import Anchor, Form, Line, Mark, Point, Polyline
from ivigdesk.sheets.trend.values import Trend, TrendPoint
from ivigdesk.wording import Wording

_MANY = 60  # from so many points on, only the ends and the extremes are written
_SURE = 4  # both ends, the highest and the lowest
_SHARES = (1.0, 0.0, 0.75, 0.5, 0.25)  # along a line to compare with, where its words may end


def forms_of(trend: Trend) -> dict[str, Form]:
    """Return the shape of each kind of value, in order of appearance."""
    return {point.kind: point.form for point in trend.points}


def draw_lines(room: Room, plot: Plot, trend: Trend) -> None:
    """Draw the lines to compare with, dashed."""
    if plot.values is None:
        return
    for line in trend.lines:
        y = plot.y(line.value)
        room.draw(Line((plot.box.left, y), (plot.box.right, y), "line", 0.9, (5.0, 2.5)))


def draw_points(room: Room, plot: Plot, trend: Trend) -> None:
    """Draw the line through the values, and a mark for each."""
    places = _places(plot, trend)
    is_few = len(places) <= _MANY
    room.draw(Polyline(places, "series", 1.1 if is_few else 0.7))
    radius = _radius(room, plot, trend)
    for place, point in zip(places, trend.points, strict=True):
        mark = Mark(place, point.form, radius, "series", not point.is_below)
        room.mark(mark, keeps_words_off=is_few)


def write_lines(room: Room, plot: Plot, trend: Trend) -> None:
    """Write what the lines to compare with mean, each on its line, where there is room."""
    box, gap = plot.box, room.size * 0.3
    segments = _segments(plot, trend)
    for line in trend.lines:
        y, wide = plot.y(line.value), room.width(line.label)
        spots = [
            (box.left + gap + wide + (box.right - box.left - wide - gap) * share, at)
            for share in _SHARES
            for at in (y - room.size * 0.4, y + room.size * 1.05)
        ]
        for off in (segments, ()):
            if any(room.write(line.label, spot, "end", "line", inside=box, off=off) for spot in spots):
                break


def write_numbers(room: Room, plot: Plot, trend: Trend, wording: Wording) -> None:
    """Write values beside their marks: the ends and the extremes in any case, others where there is room.

    Of very many only the last is written, where it is clear of the others.
    """
    box, points = plot.box, trend.points
    inside = Box(box.left, box.top - room.size * 0.4, box.right + room.size * 1.4, box.bottom)
    places, radius = _places(plot, trend), _radius(room, plot, trend)
    segments = tuple(pairwise(places))
    is_few = len(points) <= _MANY
    drawn = _drawn_lines(plot, trend)
    for rank, index in enumerate(_worth(points) if is_few else (len(points) - 1,)):
        words = point_words(points[index], wording)
        near = segments[max(index - 3, 0) : index + 3]
        for off in ((*near, *drawn), near, ()) if is_few and rank < _SURE else (near,):
            spots = _spots(places[index], radius, room.small)
            if any(room.write(words, at, anchor, small=True, inside=inside, off=off) for at, anchor in spots):
                break


def point_words(point: TrendPoint, wording: Wording) -> str:
    """Return a value as it is written beside its mark: `4.6`, or `< 50`."""
    text = value_words(point.value, wording)
    return f"<\u00a0{text}" if point.is_below else text


def _places(plot: Plot, trend: Trend) -> tuple[Point, ...]:
    return tuple((plot.x(point.on), plot.y(point.value)) for point in trend.points)


def _drawn_lines(plot: Plot, trend: Trend) -> tuple[tuple[Point, Point], ...]:
    """Return the lines to compare with and those of the events, which numbers keep off where they can."""
    box = plot.box
    across = [((box.left, plot.y(line.value)), (box.right, plot.y(line.value))) for line in trend.lines]
    begun = [plot.x(event.on) for event in trend.events if plot.days.holds(event.on)]
    return (*across, *(((x, box.top), (x, box.bottom)) for x in begun))


def _segments(plot: Plot, trend: Trend) -> tuple[tuple[Point, Point], ...]:
    """Return the parts of the line that words keep off; none where there are too many."""
    return tuple(pairwise(_places(plot, trend))) if len(trend.points) <= _MANY else ()


def _radius(room: Room, plot: Plot, trend: Trend) -> float:
    apart = (plot.box.right - plot.box.left) / len(trend.points)
    return max(min(0.4 * room.size, apart * 0.35), 0.12 * room.size)


def _worth(points: Sequence[TrendPoint]) -> list[int]:
    """Return the positions of the values in the order in which they are worth a number."""
    values = range(len(points))
    highest = max(values, key=lambda index: points[index].value)
    lowest = min(values, key=lambda index: points[index].value)
    first_ones = first_last_and_between(len(points))
    return list(dict.fromkeys((*first_ones[:2], highest, lowest, *first_ones[2:])))


def _spots(place: Point, radius: float, size: float) -> tuple[tuple[Point, Anchor], ...]:
    x, y = place
    gap = radius + size * 0.3
    return (
        ((x, y - gap), "middle"),
        ((x, y + gap + size * 0.85), "middle"),
        ((x + gap, y + size * 0.32), "start"),
        ((x - gap, y + size * 0.32), "end"),
        ((x + gap * 0.8, y - gap * 0.8), "start"),
        ((x - gap * 0.8, y - gap * 0.8), "end"),
        ((x + gap * 0.8, y + gap * 0.8 + size * 0.8), "start"),
        ((x - gap * 0.8, y + gap * 0.8 + size * 0.8), "end"),
    )
