"""Where everything of a trend lies: one drawing for the screen and for paper, as shapes."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

from ivigdesk.sheets.trend.axes import draw_days, draw_transplant_days, draw_values, widest_value
from ivigdesk.sheets.trend.lanes import LANE, draw_doses, draw_events, event_lanes, left_out_words
from ivigdesk.sheets.trend.legend import LegendItem, draw_legend, legend_items, legend_rows
from ivigdesk.sheets.trend.plot import Plot
from ivigdesk.sheets.trend.room import Box, Measure, Room
from ivigdesk.sheets.trend.scales import DayScale, ValueScale, days, linear, logarithmic, transplant_days
from ivigdesk.sheets.trend.series import draw_lines, draw_points, write_lines, write_numbers
from ivigdesk.sheets.trend.shapes import Shapes
from ivigdesk.sheets.trend.values import Trend
from ivigdesk.wording import Wording

_ROW = 1.6  # of the size: a row of words
_DOSES = 2.6  # a triangle with its number
_GAP = 0.7
_LEAST_PLOT = 9.0
_MOST_LANES = 4


def lay_out(trend: Trend, width: float, height: float, measure: Measure, wording: Wording, size: float) -> Shapes:
    """Return the drawing of a trend; no words lie on others.

    Args:
        trend: what is shown.
        width, height: of the drawing, in points or pixels.
        measure: how wide words are.
        wording: of the reader.
        size: of the letters; every distance follows from it.
    """
    room = Room(width, height, size, measure)
    parts = _parts(trend, room, width, wording)
    spare = height / size - parts.above - parts.below - _LEAST_PLOT
    lanes = event_lanes(trend, parts.plot, room, max(min(int(spare / LANE), _MOST_LANES), 1))
    top = size * (parts.above + lanes.lanes * LANE)
    bottom = max(height - parts.below * size, top + size)
    plot = parts.plot._replace(box=parts.plot.box._replace(top=top, bottom=bottom))
    room.write(trend.title, (0, size), role="text", is_bold=True)
    notes = wording.gettext("; ").join(note for note in (trend.note, left_out_words(lanes, wording)) if note)
    room.write(notes, (width, size), "end", "second")
    draw_values(room, plot, wording)
    draw_events(room, plot, lanes, size * _ROW)
    _draw_below(room, plot, trend, parts, wording)
    draw_lines(room, plot, trend)
    if trend.points:
        draw_points(room, plot, trend)
        write_lines(room, plot, trend)
        write_numbers(room, plot, trend, wording)
    else:
        middle = ((plot.box.left + plot.box.right) / 2, (top + bottom) / 2)
        room.write(wording.gettext("No value has been recorded."), middle, "middle", "second")
    return room.shapes


def height_for(
    trend: Trend, width: float, plot_height: float, measure: Measure, wording: Wording, size: float
) -> float:
    """Return how high a drawing is whose plot is `plot_height` high, with all its events."""
    room = Room(width, 0, size, measure)
    parts = _parts(trend, room, width, wording)
    lanes = event_lanes(trend, parts.plot, room, _MOST_LANES)
    return plot_height + size * (parts.above + lanes.lanes * LANE + parts.below)


class _Parts(NamedTuple):
    """What stands around the plot.

    Attributes:
        plot: its width and scales; its height is not known yet.
        above, below: room for title and axes, in letters of the size.
        legend: rows of what the marks mean.
        has_transplant: whether days since transplant are written.
    """

    plot: Plot
    above: float
    below: float
    legend: tuple[tuple[LegendItem, ...], ...]
    has_transplant: bool


def _parts(trend: Trend, room: Room, width: float, wording: Wording) -> _Parts:
    plot = Plot(Box(0, 0, width, 0), _days(trend), _values(trend))
    left = widest_value(plot.values, room, wording) + room.size
    plot = plot._replace(box=Box(left, 0, width - room.size * 1.6, 0))
    legend = legend_rows(legend_items(trend, wording), width, room)
    has_transplant = trend.transplant_on is not None and bool(transplant_days(plot.days, trend.transplant_on))
    below = _under_plot(trend) + _ROW * (1 + has_transplant + len(legend)) + 0.3
    return _Parts(plot, _ROW + _GAP, below, legend, has_transplant)


def _under_plot(trend: Trend) -> float:
    return _DOSES if trend.doses else _GAP


def _draw_below(room: Room, plot: Plot, trend: Trend, parts: _Parts, wording: Wording) -> None:
    size = room.size
    y = plot.box.bottom + size * (_under_plot(trend) + 1)
    draw_doses(room, plot, trend)
    draw_days(room, plot, y, wording)
    if trend.transplant_on is not None and parts.has_transplant:
        y += _ROW * size
        draw_transplant_days(room, plot, trend.transplant_on, y, wording)
    draw_legend(room, parts.legend, 0, y + _ROW * size, _ROW * size)


def _days(trend: Trend) -> DayScale:
    """Return the axis of days: values and doses decide; an event of long ago does not squeeze them together."""
    known = [point.on for point in trend.points]
    known.extend(dose.on for dose in trend.doses)
    if not known:
        known = list(chain.from_iterable((event.on, event.until or event.on) for event in trend.events))
    return days(known, trend.today)


def _values(trend: Trend) -> ValueScale | None:
    if not trend.points:
        return None
    known = [*(point.value for point in trend.points), *(line.value for line in trend.lines)]
    return logarithmic(known) if trend.is_log else linear(known)
