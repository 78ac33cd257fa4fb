"""The regimen engine against the recurrence rules of dateutil."""

from __future__ import annotations

from datetime import date, datetime

from dateutil.rrule import DAILY, WEEKLY, rrule

from ivigdesk.actions.library.files import Library
from ivigdesk.scheduling.calendar import expand

REGIMEN = Library().regimen("cmv-pneumonia-fred-hutch")
FIRST = date(2026, 3, 2)


def expand_the_cmv_regimen() -> object:
    """Expand the article's regimen, with phases, days and doses."""
    return expand(REGIMEN, first_on=FIRST, transplant_on=None)


def the_same_dates_by_rrule() -> object:
    """Make the same eleven dates, and nothing else."""
    start = datetime(2026, 3, 2)  # noqa: DTZ001 - plain dates
    weekly = datetime(2026, 3, 16)  # noqa: DTZ001
    return [*rrule(DAILY, interval=2, count=7, dtstart=start), *rrule(WEEKLY, count=4, dtstart=weekly)]
