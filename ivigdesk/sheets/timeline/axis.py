"""The axis of days: since the transplant, or of the course, with dates below, and what is marked across the lanes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import chain, pairwise
from typing import NamedTuple

from ivigdesk.sheets.timeline.values import Timeline
from ivigdesk.sheets.trend.axes import date_words
from ivigdesk.sheets.trend.plot import Plot
from ivigdesk.sheets.trend.room import Room
from ivigdesk.sheets.trend.scales import DayScale, days
from ivigdesk.sheets.trend.shapes import Line
from ivigdesk.wording import Wording

MILESTONES = (0, 30, 100, 180, 365)
"""Days since transplant at which the ward reviews a patient. Source: FACTS 2.1, as in the trends."""

_REVIEWS = (30, 100)
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_COURSE_STEPS = (1, 7, 14, 28, 56, 112, 364, 728, 1820)
_LEAST_SPAN = 21  # days
_FARTHEST = 3  # times the doses' own span: what lies farther off would squeeze them together
_NEAR = 28  # days
_NARROWEST = 3  # of the size: no date is narrower


class DayLabel(NamedTuple):
    """One tick of the axis: its day as a number and as a date."""

    on: date
    number: str
    date: str


def scale_of(timeline: Timeline) -> DayScale:
    """Return the days that are shown: every dose and side effect, and what else does not squeeze them together.

    Day 0 and today are taken in up to three times the doses' own span, +30 and +100 up to once, values and events that
    begin within four weeks.
    """
    known = set(_doses_and_effects(timeline)) or set(_beside(timeline)) or {timeline.today}
    first, last = min(known), max(known)
    span = max((last - first).days, _LEAST_SPAN)
    wished = [(timeline.today, span * _FARTHEST)]
    if timeline.transplant_on is not None:
        wished.append((timeline.transplant_on, span * _FARTHEST))
        wished.extend((timeline.transplant_on + timedelta(number), span) for number in _REVIEWS)
    wished.extend((day, _NEAR) for day in _beside(timeline))
    for day, most in sorted(wished, key=lambda wish: min(abs((wish[0] - first).days), abs((wish[0] - last).days))):
        if (first - day).days <= most and (day - last).days <= most:
            known.add(day)
    return days(known, timeline.today)


def milestones(timeline: Timeline, scale: DayScale) -> list[tuple[int, date]]:
    """Return the days since transplant that are followed through the lanes."""
    on = timeline.transplant_on
    if on is None:
        return []
    marked = ((number, on + timedelta(number)) for number in MILESTONES)
    return [(number, day) for number, day in marked if scale.holds(day)]


def draw_axis(room: Room, plot: Plot, timeline: Timeline, wording: Wording) -> None:
    """Draw the axis along the plot's bottom: ticks, numbers of days, and below them their dates."""
    box, size = plot.box, room.size
    room.draw(Line((box.left, box.bottom), (box.right, box.bottom), "frame", 0.8))
    for label in day_labels(room, plot, timeline, wording):
        x = plot.x(label.on)
        room.draw(Line((x, box.bottom), (x, box.bottom + size * 0.35), "frame", 0.8))
        if label.number:
            room.write(label.number, (x, box.bottom + size * 1.35), "middle", "text")
        room.write(label.date, (x, box.bottom + size * (2.6 if label.number else 1.35)), "middle", "second")


def day_labels(room: Room, plot: Plot, timeline: Timeline, wording: Wording) -> tuple[DayLabel, ...]:
    """Return the finest row of ticks whose words stand beside each other."""
    zero = timeline.transplant_on or timeline.first_on or plot.days.first
    steps, first = (_STEPS, 0) if timeline.transplant_on else (_COURSE_STEPS, 1)
    most = (plot.box.right - plot.box.left) / (room.size * _NARROWEST)
    labels: tuple[DayLabel, ...] = ()
    for step in steps:
        if (plot.days.last - plot.days.first).days > most * step:
            continue
        begin = (plot.days.first - zero).days
        begin += -begin % step
        ticks = [zero + timedelta(n) for n in range(begin, (plot.days.last - zero).days + 1, step)]
        numbers = {day: _number(timeline, (day - zero).days + first, wording) for day in ticks}
        while True:  # the first one left says the year, and is wider for it
            labels = tuple(DayLabel(day, numbers[day], words) for day, words in date_words(ticks, wording))
            ticks = [label.on for label in labels if _is_inside(label, room, plot)]
            if len(ticks) == len(labels):
                break
        if _stand_apart(labels, room, plot):
            return labels
    return labels[:1]


def _number(timeline: Timeline, number: int, wording: Wording) -> str:
    """Return a day's number; courses have no day 0, and none before their first day."""
    if timeline.transplant_on is not None:
        return wording.signed(number)
    return str(number) if timeline.first_on is not None and number > 0 else ""


def _half(label: DayLabel, room: Room) -> float:
    return max(room.width(label.number), room.width(label.date)) / 2


def _is_inside(label: DayLabel, room: Room, plot: Plot) -> bool:
    x, half = plot.x(label.on), _half(label, room)
    return x - half >= plot.box.left - room.size and x + half <= room.right


def _stand_apart(labels: Iterable[DayLabel], room: Room, plot: Plot) -> bool:
    edges = [(plot.x(label.on), _half(label, room)) for label in labels]
    return all(x + half + room.size <= to_x - to_half for (x, half), (to_x, to_half) in pairwise(edges))


def _doses_and_effects(timeline: Timeline) -> Iterable[date]:
    doses = chain.from_iterable(course.doses for course in timeline.courses)
    for dose in doses:
        yield dose.on
        if dose.moved_from is not None:
            yield dose.moved_from
    for effect in timeline.effects:
        yield effect.on


def _beside(timeline: Timeline) -> Iterable[date]:
    for test in timeline.tests:
        yield from (value.point.on for value in test.values)
    for event in timeline.events:
        yield event.span.on
        yield event.span.until or event.span.on
