"""What a trend shows: points, doses, events and lines to compare with, already chosen and worded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ivigdesk.messages import Record
from ivigdesk.sheets.trend.shapes import Form


class TrendPoint(Record, frozen=True):
    """One value.

    Attributes:
        on: date of the sample.
        value: in the unit of the trend.
        is_below: True for “below the limit of detection”, which is `value`: drawn as an open mark, with `<`.
        kind: what the value is called, worded, e.g. `trough on treatment`; empty for a plain one.
        form: the shape of its kind: kinds differ in shape, not in colour alone.
    """

    on: date
    value: Decimal
    is_below: bool = False
    kind: str = ""
    form: Form = "circle"


class TrendDose(Record, frozen=True):
    """One dose: filled when given, open when planned."""

    on: date
    number: int
    is_given: bool


class TrendEvent(Record, frozen=True):
    """Something that happened: a span with its last day, or a flag on one day.

    Attributes:
        on: first day.
        until: last day; the same as `on` for a flag; None while it lasts.
        label: worded.
    """

    on: date
    until: date | None
    label: str


class TrendLine(Record, frozen=True):
    """A number to compare with, e.g. `4 g/L: severely low`."""

    value: Decimal
    label: str


class Trend(Record, frozen=True):
    """Everything that one drawing shows.

    Attributes:
        title: name of the test and its unit, worded: `IgG, g/L`.
        points, doses, events: by date.
        lines: ascending.
        today: to which an event that lasts is drawn.
        transplant_on: day 0 of the second date axis; None leaves it out.
        is_log: True for a logarithmic scale.
        note: what is not drawn, worded; may be empty.
    """

    title: str
    points: tuple[TrendPoint, ...]
    today: date
    doses: tuple[TrendDose, ...] = ()
    events: tuple[TrendEvent, ...] = ()
    lines: tuple[TrendLine, ...] = ()
    transplant_on: date | None = None
    is_log: bool = False
    note: str = ""
