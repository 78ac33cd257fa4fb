"""The lanes of a timeline: courses with phases and doses, side effects, laboratory values, events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from ivigdesk.sheets.timeline.marks import GRAVE, dose_sign, effect_sign, tail
from ivigdesk.sheets.timeline.site import Site, Spot
from ivigdesk.sheets.timeline.values import (
    Timeline,
    TimelineCourse,
    TimelineDose,
    TimelineEffect,
    TimelineEvent,
    TimelinePhase,
    TimelineTest,
)
from ivigdesk.sheets.trend.lanes import LANE, draw_events, event_lanes, left_out_words
from ivigdesk.sheets.trend.room import Box, first_last_and_between
from ivigdesk.sheets.trend.scales import linear, logarithmic
from ivigdesk.sheets.trend.series import point_words
from ivigdesk.sheets.trend.shapes import Area, Line, Mark, Point, Polyline
from ivigdesk.sheets.trend.values import Trend

_RADIUS = 0.6  # of the size
_LEAST_RADIUS = 0.2
_TAIL_LEVELS = 3
_EFFECT_LANES = 6
_EVENT_LANES = 5
_LEAST_NAME = 3  # letters of a phase's name that are still worth writing
_SETTLED_WORTH = ("overdue", "due", "running", "held")


def draw_course(site: Site, course: TimelineCourse, radius: float) -> None:
    """Draw a course: its name across, its phases as bars, its doses as marks."""
    size = site.size
    site.y += size * 0.5
    site.room.draw(Line((0, site.y), (site.room.right, site.y), "grid", 0.8))
    baseline = site.y + size * 1.35
    title = site.room.cut(course.title, site.room.right * 0.6)
    site.room.write(title, (0, baseline), is_bold=True)
    end = site.room.width(title, is_bold=True) + size * 0.8
    site.room.write(site.room.cut(course.note, site.room.right - end), (end, baseline), role="second")
    site.y = baseline + size * 0.5
    if course.phases:
        _draw_phases(site, course.phases)
    _draw_doses(site, course, radius)


def dose_radius(timeline: Timeline, site: Site) -> float:
    """Return how large doses are drawn, so that those of one course stand beside each other."""
    radius = _RADIUS * site.size
    for course in timeline.courses:
        days = sorted({dose.on for dose in course.doses})
        apart = min((site.plot.x(after) - site.plot.x(before) for before, after in pairwise(days)), default=radius * 3)
        radius = min(radius, max(apart * 0.46, _LEAST_RADIUS * site.size))
    return radius


def _draw_phases(site: Site, phases: Sequence[TimelinePhase]) -> None:
    size, plot = site.size, site.plot
    half = (plot.x(plot.days.first + timedelta(1)) - plot.box.left) / 2
    top, bottom = site.y + size * 0.15, site.y + size * 1.6
    site.name(site.wording.gettext("Phases"), top + size * 1.05)
    for phase in phases:
        left, right = plot.x(phase.first) - half, plot.x(phase.last) + half
        left, right = max(left, plot.box.left), max(min(right, plot.box.right), left + size * 0.3)
        site.room.draw(Area(left, top, right, bottom, "band", "frame"))
        words = site.room.cut(phase.name, right - left - size * 0.5)
        if len(words) >= min(_LEAST_NAME, len(phase.name)):
            site.room.write(words, ((left + right) / 2, top + size * 1.05), "middle")
        site.spots.append(Spot(Box(left, top, right, bottom), phase.first, phase.words))
    site.y = bottom + size * 0.2


def _draw_doses(site: Site, course: TimelineCourse, radius: float) -> None:
    size, plot = site.size, site.plot
    levels = _tails(course.doses, site)
    tops = max(levels.values(), default=-1) + 1
    middle = site.y + size * (0.35 + 0.4 * tops) + radius
    site.name(site.wording.gettext("Doses"), middle + size * 0.34)
    rows: dict[date, int] = {}
    for dose in course.doses:
        row = rows[dose.on] = rows.get(dose.on, -1) + 1
        at = (plot.x(dose.on), middle + row * (2 * radius + size * 0.25))
        if dose.moved_from is not None:
            level = site.y + size * (0.3 + 0.4 * levels[dose.number])
            site.room.draw(*tail((plot.x(dose.moved_from), middle), (at[0], at[1] - radius), level))
        site.room.draw(*dose_sign(dose.status, at, radius))
        site.point_at(at, radius, dose.on, dose.words, course.course_id, dose.number)
    lowest = middle + max(rows.values(), default=0) * (2 * radius + size * 0.25) + radius
    baseline = lowest + size * 1.05
    for dose in _worth_a_number(course.doses):
        site.room.write(str(dose.number), (plot.x(dose.on), baseline), "middle", small=True, apart=size * 0.25)
    site.y = baseline + size * 0.35


def _tails(doses: Sequence[TimelineDose], site: Site) -> dict[int, int]:
    """Return the level of each moved dose's tail, so that tails beside each other do not run into one."""
    ends: list[float] = []
    levels: dict[int, int] = {}
    for dose in doses:
        if dose.moved_from is None:
            continue
        begin, end = sorted((site.plot.x(dose.moved_from), site.plot.x(dose.on)))
        free = next((level for level, taken in enumerate(ends) if taken + site.size * 0.2 <= begin), len(ends))
        free = min(free, _TAIL_LEVELS - 1)
        if free == len(ends):
            ends.append(end)
        ends[free] = max(ends[free], end)
        levels[dose.number] = free
    return levels


def _worth_a_number(doses: Sequence[TimelineDose]) -> list[TimelineDose]:
    """Return the doses in the order in which they are worth a number: both ends, then what waits for somebody."""
    order = [doses[index] for index in first_last_and_between(len(doses))]
    return [*order[:2], *sorted(order[2:], key=lambda dose: dose.status not in _SETTLED_WORTH)]


def draw_effects(site: Site, effects: Sequence[TimelineEffect]) -> None:
    """Draw each side effect as its grade, the gravest first, in as few rows as keep them apart; terms where room is."""
    size, plot = site.size, site.plot
    row = size * 1.9
    top = site.y + size * 0.3
    site.name(site.wording.gettext("Side effects"), top + size * 1.25)
    taken: list[list[tuple[float, float]]] = []
    placed: list[tuple[TimelineEffect, Point, float]] = []
    left_out = 0
    for effect in sorted(effects, key=lambda effect: (-effect.grade, effect.on)):
        radius = size * (0.82 if effect.grade >= GRAVE else 0.6)
        x = plot.x(effect.on)
        begin, end = x - radius - 1, x + radius + 1
        lanes = enumerate(taken)
        lane = next((n for n, spans in lanes if all(end <= one or other <= begin for one, other in spans)), len(taken))
        if lane >= _EFFECT_LANES:
            left_out += 1
            continue
        if lane == len(taken):
            taken.append([])
        taken[lane].append((begin, end))
        placed.append((effect, (x, top + row * lane + row / 2), radius))
    for effect, at, radius in placed:
        site.room.draw(*effect_sign(effect.grade, at, radius, site.room.small))
        site.room.keep_off(at, radius)
        site.point_at(at, radius, effect.on, effect.words, effect.course_id, effect.dose_number)
    for effect, (x, y), radius in placed:
        beside, baseline = radius + size * 0.25, y + size * 0.34
        if not site.room.write(effect.term, (x + beside, baseline), "start", small=True, inside=plot.box):
            site.room.write(effect.term, (x - beside, baseline), "end", small=True, inside=plot.box)
    site.y = top + row * len(taken)
    if left_out:
        text = site.wording.ngettext("{n} milder one is in the list", "{n} milder ones are in the list", left_out)
        site.y += size * 1.1
        site.room.write(text.format(n=left_out), (plot.box.left, site.y - size * 0.1), role="second", small=True)


def draw_test(site: Site, test: TimelineTest) -> int:
    """Draw the values of a test as a small line with numbers above it; return how many lie outside the axis."""
    size, plot = site.size, site.plot
    shown = [value for value in test.values if plot.days.holds(value.point.on)]
    outside = len(test.values) - len(shown)
    if not shown:
        return outside
    top = site.y + size * 0.35
    site.name(test.title, top + size * 1.45)
    numbers = [value.point.value for value in shown]
    scale = logarithmic(numbers) if test.is_log else linear(numbers)
    low, high = top + size * 2.3, top + size * 1.35
    places = [(plot.x(value.point.on), low - (low - high) * scale.share(value.point.value)) for value in shown]
    site.room.draw(Polyline(tuple(places), "series", 0.8))
    for value, place in zip(shown, places, strict=True):
        mark = Mark(place, value.point.form, size * 0.24, "series", not value.point.is_below)
        site.room.draw(mark)
        site.point_at(place, size * 0.24, value.point.on, value.words)
    worth = (numbers.index(max(numbers)), numbers.index(min(numbers)))
    for index in dict.fromkeys((*first_last_and_between(len(shown))[:2], *worth, *range(len(shown)))):
        words = point_words(shown[index].point, site.wording)
        site.room.write(words, (places[index][0], top + size * 0.9), "middle", small=True, apart=size * 0.2)
    site.y = low + size * 0.35
    return outside


def draw_events_lane(site: Site, events: Sequence[TimelineEvent], today: date) -> None:
    """Draw events as spans with their words, the newest in any case."""
    words_of = {event.span: event.words for event in events}
    spans = Trend(title="", points=(), today=today, events=tuple(event.span for event in events))
    lanes = event_lanes(spans, site.plot, site.room, _EVENT_LANES)
    if not lanes.events and not lanes.left_out:
        return
    size = site.size
    top = site.y + size * 0.4
    bottom = top + lanes.lanes * LANE * size
    site.name(site.wording.gettext("Events"), top + size * 0.95)
    draw_events(
        site.room, site.plot._replace(box=site.plot.box._replace(top=top, bottom=bottom)), lanes, top, is_followed=False
    )
    for event in lanes.events:
        upper = top + event.lane * LANE * size
        box = Box(event.x - size * 0.4, upper, max(event.to_x, event.x + size * 0.4), upper + LANE * size)
        site.spots.append(Spot(box, max(event.of.on, site.plot.days.first), words_of[event.of]))
    more = left_out_words(lanes, site.wording)
    if more:
        bottom += size * 1.3
        site.room.write(more, (site.plot.box.left, bottom - size * 0.3), role="second", small=True)
    site.y = bottom + size * 0.2
