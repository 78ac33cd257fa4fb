"""The lanes of the small plot as shapes: pure, no widget. Times run from left to right, each lane on its own scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from ivigdesk.clinical.infusions.infusion import Observation, RateChange
from ivigdesk.sheets.trend.shapes import Form, Line, Mark, Polyline, Role, Shape, Text
from ivigdesk.ui import theme
from ivigdesk.wording import Wording

_NAMES = 76.0  # pixels for the name of a lane
_VALUES = 46.0  # and for its last value
_INSET = 6.0
_FOOT = 14.0
_TICKS_MIN = (15, 30, 60, 120, 240, 480)
_LEAST_TICK = 60.0

Value = Decimal | int


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the plot.

    Attributes:
        name: what it shows.
        spoken: the same with its values, for a screen reader.
        points: time and value, by time.
        form: mark of a measured value; None for the rate, which is drawn as steps.
        role: its ink.
    """

    name: str
    spoken: str
    points: tuple[tuple[datetime, Value], ...]
    form: Form | None
    role: Role


def lanes_of(
    observations: Sequence[Observation], changes: Sequence[RateChange], until: datetime, wording: Wording
) -> tuple[Lane, ...]:
    """Return a lane for each sign that was measured, and one for the rate."""
    _ = wording.gettext
    signs: tuple[tuple[str, Form, Role, Callable[[Observation], Value | None]], ...] = (
        (_("Temp °C"), "circle", "overdue", lambda one: one.temperature_c),
        (_("Pulse"), "square", "series", lambda one: one.pulse_per_min),
        (_("BP sys"), "triangle", "held", lambda one: one.systolic_mmhg),
    )
    lanes = []
    for name, form, role, read in signs:
        points = tuple((one.at, value) for one in observations if (value := read(one)) is not None)
        if points:
            said = ", ".join(f"{wording.time(at)} {wording.number(value)}" for at, value in points)
            lanes.append(Lane(name, f"{name}: {said}", tuple(sorted(points)), form, role))
    if changes:
        steps = tuple((change.at, change.ml_per_h) for change in changes)
        said = ", ".join(f"{wording.time(at)} {wording.number(rate)}" for at, rate in steps)
        last = (until, changes[-1].ml_per_h)
        lanes.append(Lane("mL/h", f"{_('Rate')}: {said} mL/h", (*steps, last), None, "running"))
    return tuple(lanes)


def shapes_of(
    lanes: Sequence[Lane], since: datetime, until: datetime, width: float, height: float, wording: Wording
) -> tuple[Shape, ...]:
    """Return everything that is painted on `width` pixels, with `height` for each lane and the hours below."""
    span = max((until - since).total_seconds(), 60.0)
    room = max(width - _NAMES - _VALUES, 20.0)

    def across(at: datetime) -> float:
        return _NAMES + room * (at - since).total_seconds() / span

    shapes: list[Shape] = []
    bottom = height * len(lanes)
    for tick in _ticks(since, until, room, span):
        shapes.append(Line((across(tick), 0.0), (across(tick), bottom), "grid"))
        shapes.append(Text((across(tick), bottom + _FOOT), wording.time(tick), theme.SMALL - 1, "second", "middle"))
    for place, lane in enumerate(lanes):
        shapes += _lane(lane, place * height, height, width, across, wording)
    return tuple(shapes)


def _lane(
    lane: Lane, top: float, height: float, width: float, across: Callable[[datetime], float], wording: Wording
) -> list[Shape]:
    values = [value for _, value in lane.points]
    least, most = min(values), max(values)
    span = float(most - least) or 1.0
    room = height - 2 * _INSET

    def down(value: Value) -> float:
        share = 0.5 if most == least else float(value - least) / span
        return top + _INSET + room * (1 - share)

    middle = top + height / 2 + 4
    shapes: list[Shape] = [
        Line((_NAMES, top + height), (width - _VALUES, top + height), "grid"),
        Text((_INSET + 14, middle), lane.name, theme.SMALL - 1, "second"),
        Text((width - _VALUES + _INSET, middle), wording.number(values[-1]), theme.SMALL, "text", "start", True),
    ]
    if lane.form is None:
        corners: list[tuple[float, float]] = []
        for (at, value), (following, _) in zip(lane.points, lane.points[1:], strict=False):
            corners += [(across(at), down(value)), (across(following), down(value))]
        shapes.append(Polyline(tuple(corners), lane.role, 1.4))
        return shapes
    shapes.append(Mark((_INSET + 3, middle - 4), lane.form, 4.0, lane.role))
    if len(lane.points) > 1:
        shapes.append(Polyline(tuple((across(at), down(value)) for at, value in lane.points), lane.role, 1.0))
    shapes += [Mark((across(at), down(value)), lane.form, 3.5, lane.role) for at, value in lane.points]
    return shapes


def _ticks(since: datetime, until: datetime, room: float, span: float) -> list[datetime]:
    """Return round clock times, as many as stand beside each other."""
    step = next((minutes for minutes in _TICKS_MIN if room * minutes * 60 / span >= _LEAST_TICK), _TICKS_MIN[-1])
    midnight = since.replace(hour=0, minute=0, second=0, microsecond=0)
    passed = -(-int((since - midnight).total_seconds()) // (step * 60))
    ticks = []
    at = midnight + timedelta(minutes=step * passed)
    while at <= until:
        ticks.append(at)
        at += timedelta(minutes=step)
    return ticks
