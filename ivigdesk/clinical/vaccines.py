"""Until when live vaccines wait after the plan's last dose."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from ivigdesk.clinical import library
from ivigdesk.clinical.course import Dose


def months_without_live_vaccine(doses: Sequence[Dose]) -> int:
    """Return the months to wait after the last dose: by the largest cumulative dose of any window of days.

    Source: resources/dosing/vaccines.toml (FACTS 7.1).
    """
    rules = library.vaccine_rules()
    window = timedelta(days=rules.window_days - 1)  # both ends included
    largest = max(
        sum((other.mg_per_kg for other in doses if dose.due_on <= other.due_on <= dose.due_on + window), Decimal(0))
        for dose in doses
    )
    fitting = (interval.months for interval in rules.intervals if largest <= interval.up_to_mg_per_kg)
    return next(fitting, rules.longest.months)


def no_live_vaccine_before(doses: Sequence[Dose], transplant_on: date | None) -> date | None:
    """Return the first day on which a live vaccine may be thought of; None when no dose is planned.

    A transplant counts too. Source: resources/dosing/vaccines.toml (FACTS 7.1).
    """
    counted = [dose for dose in doses if dose.state in ("planned", "held")]
    if not counted:
        return None
    last = max(dose.due_on for dose in counted)
    allowed = add_months(last, months_without_live_vaccine(counted))
    if transplant_on is not None:
        allowed = max(allowed, add_months(transplant_on, library.vaccine_rules().after_transplant.months))
    return allowed


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later; the first of the next month where that month is too short."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if day.day > monthrange(year, month + 1)[1]:
        index += 1
        return date(index // 12, index % 12 + 1, 1)
    return date(year, month + 1, day.day)
