"""Until when live vaccines wait after the last dose."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from ivigdesk.clinical import library

Given = tuple[date, Decimal]
"""Day of a dose, and its mg/kg."""


def months_after(given: Sequence[Given]) -> int:
    """Return the months to wait after the last dose: by the largest cumulative dose of any window of days.

    Source: resources/dosing/vaccines.toml (FACTS 7.1).
    """
    rules = library.vaccine_rules()
    window = timedelta(days=rules.window_days - 1)  # both ends included
    largest = max(
        (sum((mg for on, mg in given if day <= on <= day + window), Decimal(0)) for day, _ in given),
        default=Decimal(0),
    )
    fitting = (interval.months for interval in rules.intervals if largest <= interval.up_to_mg_per_kg)
    return next(fitting, rules.longest.months)


def first_day_for_live_vaccine(given: Sequence[Given], transplant_on: date | None) -> date:
    """Return the first day on which a live vaccine may be thought of: the later of both waits.

    Args:
        given: at least one dose, in any order.
        transplant_on: day 0 of the latest transplant; None without one.

    Source: resources/dosing/vaccines.toml (FACTS 7.1, Traps T37).
    """
    allowed = add_months(max(day for day, _ in given), months_after(given))
    return allowed if transplant_on is None else max(allowed, after_transplant(transplant_on))


def after_transplant(transplant_on: date) -> date:
    """Return the first day after a transplant on which a live vaccine may be thought of."""
    return add_months(transplant_on, library.vaccine_rules().after_transplant.months)


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later; the first of the next month where that month is too short."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if day.day > monthrange(year, month + 1)[1]:
        index += 1
        return date(index // 12, index % 12 + 1, 1)
    return date(year, month + 1, day.day)
