"""Where everything of a timeline lies: one drawing for the screen and for paper, as shapes."""

from __future__ import annotations

from ivigdesk.clinical.courses.status import DoseStatus
from ivigdesk.sheets.timeline.axis import draw_axis, milestones, scale_of
from ivigdesk.sheets.timeline.lanes import dose_radius, draw_course, draw_effects, draw_events_lane, draw_test
from ivigdesk.sheets.timeline.marks import GRAVE, DoseSign, EffectSign, TailSign
from ivigdesk.sheets.timeline.site import Drawing, Site
from ivigdesk.sheets.timeline.values import Timeline
from ivigdesk.sheets.trend.legend import Explained, LegendItem, draw_legend, legend_rows
from ivigdesk.sheets.trend.plot import Plot
from ivigdesk.sheets.trend.room import Box, Measure, Room
from ivigdesk.sheets.trend.shapes import Area, Line, Shapes, Text
from ivigdesk.wording import Wording

_HIGH = 100_000.0  # nothing stops the lanes; the drawing is as high as they come
_WIDEST_NAMES = 0.2  # of the width
_ORDER: tuple[DoseStatus, ...] = (
    "given", "partly given", "running", "due", "overdue", "planned", "held", "not given", "omitted", "ceased",
    "entered in error",
)  # fmt: skip


def lay_out(timeline: Timeline, width: float, measure: Measure, wording: Wording, size: float) -> Drawing:
    """Return the drawing of a timeline, as high as it needs; no words lie on others.

    Args:
        timeline: what is shown.
        width: of the drawing, in points or pixels.
        measure: how wide words are.
        wording: of the reader.
        size: of the letters; every distance follows from it.
    """
    room = Room(width, _HIGH, size, measure)
    left = min(max(room.width(name) for name in _names(timeline, wording)), width * _WIDEST_NAMES) + size * 0.9
    plot = Plot(Box(left, 0, width - size * 1.6, _HIGH), scale_of(timeline), None)
    top = size * (3.0 if timeline.transplant_on else 1.7)
    site = Site(room, plot, wording, top)
    _draw_heads(site, timeline)
    radius = dose_radius(timeline, site)
    for course in timeline.courses:
        draw_course(site, course, radius)
    outside = _draw_below(site, timeline)
    bottom = site.y + size * 0.6
    draw_axis(room, plot._replace(box=plot.box._replace(bottom=bottom)), timeline, wording)
    _name_axis(site, timeline, bottom)
    baseline = bottom + size * (4.3 if timeline.first_on or timeline.transplant_on else 3.0)
    if outside:
        words = wording.ngettext(
            "{n} value lies outside these days", "{n} values lie outside these days", outside
        ).format(n=outside)
        room.write(words, (0, baseline), role="second")
        baseline += size * 1.5
    rows = legend_rows(_legend(timeline, wording), width - size * 0.15, room)
    draw_legend(room, rows, size * 0.15, baseline, size * 1.6)
    height = baseline + size * (1.6 * (len(rows) - 1) + 0.5)
    spots = sorted(site.spots, key=lambda spot: (spot.on, spot.box.top, spot.box.left))
    lines = _across(plot, timeline, top, bottom)
    return Drawing((*lines, *_halos(room, lines), *room.shapes), height, tuple(spots))


def _halos(room: Room, lines: tuple[Line, ...]) -> Shapes:
    """Return white behind all words that a line across the lanes would run through."""
    boxes = (room.box_of(shape) for shape in room.shapes if isinstance(shape, Text))
    return tuple(Area(*box, "ground") for box in boxes if any(box.is_crossed(line.start, line.end) for line in lines))


def _names(timeline: Timeline, wording: Wording) -> list[str]:
    """Return what may stand beside the lanes and the axis."""
    _ = wording.gettext
    names = [_("Doses"), _("Phases"), _axis_name(timeline, wording), _("Date")]
    names.extend(test.title for test in timeline.tests)
    names.extend([_("Side effects")] if timeline.effects else [])
    return [*names, *([_("Events")] if timeline.events else [])]


def _axis_name(timeline: Timeline, wording: Wording) -> str:
    _ = wording.gettext
    if timeline.transplant_on is not None:
        return _("Transplant day")
    return _("Course day") if len(timeline.courses) < 2 else _("Day of the first course")


def _name_axis(site: Site, timeline: Timeline, bottom: float) -> None:
    baseline = bottom + site.size * 1.35
    if timeline.transplant_on is not None or timeline.first_on is not None:
        site.name(_axis_name(timeline, site.wording), baseline)
        baseline += site.size * 1.25
    site.name(site.wording.gettext("Date"), baseline)


def _draw_heads(site: Site, timeline: Timeline) -> None:
    """Write above the lanes what the lines through them are: milestones, and today below them."""
    room, plot, wording, size = site.room, site.plot, site.wording, site.size
    _ = wording.gettext
    baseline = size * 1.1
    if timeline.transplant_on is not None:
        if timeline.transplant_on < plot.days.first:
            told = _("← day 0: {day}").format(day=wording.date_plain(timeline.transplant_on))
            room.write(told, (0, baseline), role="second")
        for number, day in milestones(timeline, plot.days):
            room.write(wording.transplant_day(number), (plot.x(day), baseline), "middle", apart=size * 0.4)
        baseline += size * 1.4
    today = _("today, {day}").format(day=wording.date_short(timeline.today))
    if timeline.today > plot.days.last:
        room.write(_("{today} →").format(today=today), (room.right, baseline), "end", is_bold=True)
    elif timeline.today < plot.days.first:
        room.write(_("← {today}").format(today=today), (0, baseline), is_bold=True)
    else:
        x = plot.x(timeline.today)
        half = room.width(today, is_bold=True) / 2
        room.write(today, (min(max(x, half), room.right - half), baseline), "middle", is_bold=True)


def _across(plot: Plot, timeline: Timeline, top: float, bottom: float) -> tuple[Line, ...]:
    """Return the lines behind the lanes: dotted at the milestones, whole and thicker on today."""
    lines = []
    for _number, day in milestones(timeline, plot.days):
        lines.append(Line((plot.x(day), top), (plot.x(day), bottom), "second", 0.8, (1.0, 2.5)))
    if plot.days.holds(timeline.today):
        lines.append(Line((plot.x(timeline.today), top), (plot.x(timeline.today), bottom), "text", 1.5))
    return tuple(lines)


def _draw_below(site: Site, timeline: Timeline) -> int:
    """Draw what lies below the courses; return how many values lie outside the axis."""
    if timeline.effects or timeline.tests or timeline.events:
        site.y += site.size * 0.4
        site.room.draw(Line((0, site.y), (site.room.right, site.y), "grid", 0.8))
    if timeline.effects:
        draw_effects(site, timeline.effects)
    outside = sum([draw_test(site, test) for test in timeline.tests])
    if timeline.events:
        draw_events_lane(site, timeline.events, timeline.today)
    return outside


def _legend(timeline: Timeline, wording: Wording) -> list[Explained]:
    """Return what the marks mean, of those that the drawing holds."""
    _ = wording.gettext
    doses = [dose for course in timeline.courses for dose in course.doses]
    found = {dose.status for dose in doses}
    items: list[Explained] = [DoseSign(status, wording.status(status)) for status in _ORDER if status in found]
    if any(dose.moved_from for dose in doses):
        items.append(TailSign(_("moved from the day first planned")))
    grades = {effect.grade >= GRAVE for effect in timeline.effects}
    if False in grades:
        items.append(EffectSign(1, _("side effect with its grade")))
    if True in grades:
        items.append(EffectSign(GRAVE, _("grade 3 or more")))
    kinds = {value.point.form: value.point.kind for test in timeline.tests for value in test.values}
    items.extend(LegendItem(form, "series", True, kind or _("value")) for form, kind in kinds.items())
    if any(value.point.is_below for test in timeline.tests for value in test.values):
        items.append(LegendItem("circle", "series", False, _("open: below the limit of detection")))
    return items
