"""What lies beside the values: events above the plot, doses below it."""

from __future__ import annotations

from typing import NamedTuple

from ivigdesk.sheets.trend.plot import Plot
from ivigdesk.sheets.trend.room import Room, first_last_and_between
from ivigdesk.sheets.trend.shapes import Anchor, Line, Mark
from ivigdesk.sheets.trend.values import Trend, TrendEvent
from ivigdesk.wording import Wording

LANE = 2.0  # of the size: an event's words above its bar
_WIDEST = 0.55  # of the plot: longer words are shortened
_RADIUS = 0.42


class PlacedEvent(NamedTuple):
    """An event with its lane.

    Attributes:
        of: the event itself.
        words: as they fit.
        lane: 0 at the top.
        x, to_x: first and last day in the drawing.
        has_begin, has_end: whether the first and the last day lie on the axis; what lasts has no end.
        words_at, anchor: where its words stand.
    """

    of: TrendEvent
    words: str
    lane: int
    x: float
    to_x: float
    has_begin: bool
    has_end: bool
    words_at: float
    anchor: Anchor


class EventLanes(NamedTuple):
    """Events in so many lanes; `left_out` counts those for which there was none."""

    events: tuple[PlacedEvent, ...]
    lanes: int
    left_out: int


def event_lanes(trend: Trend, plot: Plot, room: Room, most: int) -> EventLanes:
    """Return the events of a trend in as few lanes as keep their words apart, the newest first.

    Beyond `most` lanes the oldest are left out.
    """
    taken: list[list[tuple[float, float]]] = []
    placed: list[PlacedEvent] = []
    left_out = 0
    for event in sorted(trend.events, key=lambda event: event.on, reverse=True):
        if not _is_seen(event, trend, plot):
            continue
        found = _place(event, trend, plot, room)
        begin, end = _extent(found, room)
        lane = next((number for number, spans in enumerate(taken) if _is_free(begin, end, spans)), len(taken))
        if lane >= most:
            left_out += 1
            continue
        if lane == len(taken):
            taken.append([])
        taken[lane].append((begin, end))
        placed.append(found._replace(lane=lane))
    return EventLanes(tuple(placed), len(taken), left_out)


def draw_events(room: Room, plot: Plot, lanes: EventLanes, top: float, *, is_followed: bool = True) -> None:
    """Draw the events from `top` downwards: words, a flag on the first day, a bar for what lasts.

    A first day is followed down through the plot where `is_followed`.
    """
    size = room.size
    for event in lanes.events:
        upper = top + event.lane * LANE * size
        bar = upper + size * 1.55
        room.write(event.words, (event.words_at, upper + size * 0.95), event.anchor, "event")
        if event.to_x > event.x:
            room.draw(Line((event.x, bar), (event.to_x, bar), "event", size * 0.16))
            if event.has_end:
                room.draw(Line((event.to_x, bar - size * 0.3), (event.to_x, bar + size * 0.3), "event", 1.0))
        if event.has_begin and is_followed:
            room.draw(Line((event.x, plot.box.top), (event.x, plot.box.bottom), "event", 0.5, (2.0, 2.0)))
        if event.has_begin:
            room.mark(Mark((event.x, bar), "flag", size * 0.34, "event"), keeps_words_off=False)


def draw_doses(room: Room, plot: Plot, trend: Trend) -> None:
    """Draw a triangle for each dose below the plot, with its number where there is room."""
    doses = [dose for dose in trend.doses if plot.days.holds(dose.on)]
    radius = _RADIUS * room.size
    if doses:
        apart = (plot.box.right - plot.box.left) / len(doses)
        radius = max(min(radius, apart * 0.4), 0.18 * room.size)
    middle = plot.box.bottom + room.size * 0.9
    for dose in doses:
        at = (plot.x(dose.on), middle)
        room.mark(Mark(at, "triangle", radius, "dose", dose.is_given), keeps_words_off=False)
    baseline = middle + room.size * 1.25
    for index in first_last_and_between(len(doses)):
        room.write(str(doses[index].number), (plot.x(doses[index].on), baseline), "middle", "dose", small=True)


def left_out_words(lanes: EventLanes, wording: Wording) -> str:
    """Return how many events found no lane; empty when all did."""
    if not lanes.left_out:
        return ""
    n = lanes.left_out
    return wording.ngettext("{n} more event is in the list", "{n} more events are in the list", n).format(n=n)


def _is_free(begin: float, end: float, spans: list[tuple[float, float]]) -> bool:
    return all(end <= one or other <= begin for one, other in spans)


def _is_seen(event: TrendEvent, trend: Trend, plot: Plot) -> bool:
    until = event.until or max(event.on, trend.today)
    return event.on <= plot.days.last and until >= plot.days.first


def _place(event: TrendEvent, trend: Trend, plot: Plot, room: Room) -> PlacedEvent:
    until = event.until or max(event.on, trend.today)
    x = plot.x(max(event.on, plot.days.first))
    to_x = plot.x(min(until, plot.days.last))
    widest = (plot.box.right - plot.box.left) * _WIDEST
    words = room.cut(event.label, widest)
    wide = room.width(words)
    anchor: Anchor = "start" if x + wide <= plot.box.right else "end"
    words_at = x if anchor == "start" else max(x, plot.box.left + wide)
    has_end = event.until is not None and event.until <= plot.days.last
    return PlacedEvent(event, words, 0, x, to_x, event.on >= plot.days.first, has_end, words_at, anchor)


def _extent(event: PlacedEvent, room: Room) -> tuple[float, float]:
    wide = room.width(event.words)
    begin = event.words_at - (wide if event.anchor == "end" else 0)
    return min(begin, event.x), max(begin + wide, event.to_x) + room.size
