"""Where values and days lie on their axes, and which of them are written there. Labels stay exact decimals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_FROM_ZERO = Decimal("0.4")  # a range whose least value is below this share of the greatest begins at 0
_LEAST_DAYS = 14  # of a date axis
_ROOM = 24  # as this share of its length an axis of days leaves free at either end


class ValueScale(NamedTuple):
    """A range of values from bottom to top.

    Attributes:
        least, most: at the bottom and at the top.
        ticks: values that are written, ascending; the first is `least` and the last `most`.
        is_log: whether equal factors are equally far apart.
    """

    least: Decimal
    most: Decimal
    ticks: tuple[Decimal, ...]
    is_log: bool = False

    def share(self, value: Decimal) -> float:
        """Return how far up the value lies: 0 at the bottom, 1 at the top."""
        if self.is_log:
            held = max(value, self.least)  # “not found” is no power of ten
            return float((held.log10() - self.least.log10()) / (self.most.log10() - self.least.log10()))
        return float((value - self.least) / (self.most - self.least))


def linear(values: Iterable[Decimal], most_ticks: int = 6) -> ValueScale:
    """Return a scale with round ticks that holds all `values`, at least one of them."""
    known = tuple(values)
    least, most = min(known), max(known)
    if least == most:
        least, most = (Decimal(0), most * 2) if most > 0 else (Decimal(0), Decimal(1))
    elif 0 <= least <= most * _FROM_ZERO:
        least = Decimal(0)
    step = _step(most - least, most_ticks)
    bottom = (least / step).to_integral_value(ROUND_FLOOR)
    top = (most / step).to_integral_value(ROUND_CEILING)
    return ValueScale(bottom * step, top * step, tuple(step * n for n in range(int(bottom), int(top) + 1)))


def logarithmic(values: Iterable[Decimal]) -> ValueScale:
    """Return a scale of whole powers of ten that holds all `values`; 0 lies at its bottom."""
    known = tuple(value for value in values if value > 0) or (Decimal(1),)
    bottom = min(known).adjusted()
    top = max(known).adjusted()
    if Decimal(1).scaleb(top) < max(known) or top == bottom:
        top += 1
    ticks = tuple(Decimal(1).scaleb(power) for power in range(bottom, top + 1))
    return ValueScale(ticks[0], ticks[-1], ticks, is_log=True)


class DayScale(NamedTuple):
    """Days from left to right."""

    first: date
    last: date

    def share(self, day: date) -> float:
        """Return how far to the right the day lies: 0 at the left, 1 at the right."""
        return (day - self.first).days / (self.last - self.first).days

    def holds(self, day: date) -> bool:
        """Whether the day lies on the axis."""
        return self.first <= day <= self.last


def days(known: Iterable[date], today: date) -> DayScale:
    """Return an axis with all `known` days, some room at both ends, and two weeks at the least."""
    all_days = tuple(known) or (today,)
    first, last = min(all_days), max(all_days)
    spare = max((last - first).days // _ROOM, 2)
    first, last = first - timedelta(spare), last + timedelta(spare)
    missing = _LEAST_DAYS - (last - first).days
    if missing > 0:
        first, last = first - timedelta(missing // 2), last + timedelta(missing - missing // 2)
    return DayScale(first, last)


class DayTicks(NamedTuple):
    """Days that may be written on an axis: `by_month` when they are first days of months."""

    days: tuple[date, ...]
    by_month: bool


def day_ticks(scale: DayScale) -> tuple[DayTicks, ...]:
    """Return the ways in which an axis can be divided, the finest first."""
    ways = [DayTicks(_every_days(scale, step), by_month=False) for step in (1, 2, 7, 14)]
    ways.extend(DayTicks(_every_months(scale, step), by_month=True) for step in (1, 2, 3, 6, 12, 24, 60, 120))
    return tuple(way for way in ways if way.days)


TRANSPLANT_DAYS = (0, 100, 30, 180, 365, 730, 14, 60, 270, 1095, 1825, 21, 7, -7)
"""Days since transplant worth a mark on the axis, those that matter most first. Source: +30 and +100 are the usual
reviews after a transplant; coverage rules change at +100 (FACTS 2.1)."""


def transplant_days(scale: DayScale, transplant_on: date) -> Sequence[tuple[int, date]]:
    """Return the transplant days that lie on the axis, those that matter most first."""
    found = ((number, transplant_on + timedelta(number)) for number in TRANSPLANT_DAYS)
    return tuple((number, day) for number, day in found if scale.holds(day))


def _step(span: Decimal, most_ticks: int) -> Decimal:
    """Return the smallest round step that divides `span` into at most `most_ticks` parts."""
    power = (span / most_ticks).adjusted()
    for step in _STEPS:
        wide = step.scaleb(power)
        if wide * most_ticks >= span:
            return wide
    return Decimal(1).scaleb(power + 1)


def _every_days(scale: DayScale, step: int) -> tuple[date, ...]:
    """Return every so many days; weeks begin on Monday."""
    start = scale.first
    if step % 7 == 0:
        start += timedelta(-start.weekday() % 7)
    return tuple(start + timedelta(n) for n in range(0, (scale.last - start).days + 1, step))


def _every_months(scale: DayScale, step: int) -> tuple[date, ...]:
    found = []
    for month in range(scale.first.year * 12 + scale.first.month - 1, scale.last.year * 12 + scale.last.month):
        first = date(month // 12, month % 12 + 1, 1)
        if month % step == 0 and scale.holds(first):
            found.append(first)
    return tuple(found)
