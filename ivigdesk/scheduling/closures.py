"""Days on which the ward is open, and what happens to a dose that falls on a closed one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Record, message

ClosedDayPolicy = Literal["keep", "earlier", "later", "nearest"]

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)

MOST_MOVED_DAYS = 14
"""A dose is never moved further than this by a closure: beyond it the plan, not the day, has to change."""


class WardDays(Record, frozen=True):
    """Opening days and closures.

    Attributes:
        open_weekdays: weekdays on which doses are given, 0 = Monday.
        closed_on: single closed dates.
        policy: what happens to a dose on a closed day; `keep` leaves it where the regimen put it.
        also_open_on: single dates on which doses are given though their weekday is closed, such as a weekend day
            worked in place of a holiday.
    """

    open_weekdays: tuple[int, ...] = EVERY_DAY
    closed_on: tuple[date, ...] = ()
    policy: ClosedDayPolicy = "keep"
    also_open_on: tuple[date, ...] = ()

    def is_open(self, day: date) -> bool:
        """Whether the ward gives doses on `day`."""
        return (day.weekday() in self.open_weekdays or day in self.also_open_on) and day not in self.closed_on


def move_off_closed_days(
    dates: Sequence[date], ward_days: WardDays, *, not_before: date | None = None
) -> tuple[date, ...]:
    """Return the dates with each one that the ward is closed on moved to an open day by the ward's policy.

    A tie of `nearest` goes to the later day. The order never changes and no date stands twice.

    Args:
        dates: due dates, strictly ascending.
        ward_days: opening days, closures and policy.
        not_before: no dose moves before this day; one that would goes later instead.

    Raises:
        KnownError: no open day is near, or two doses would meet on one day or change places.
    """
    if ward_days.policy == "keep":
        return tuple(dates)
    if not any(weekday in EVERY_DAY for weekday in ward_days.open_weekdays):
        raise KnownError(message(N_("The ward has no open weekday for a dose to move to. Open one in the settings.")))
    moved = tuple(_open_day(day, ward_days, not_before) for day in dates)
    for number, (earlier, later) in enumerate(pairwise(moved), start=2):
        if later <= earlier:
            raise KnownError(
                message(
                    N_(
                        "The ward is closed on a planned day, and dose {number} cannot be moved to {date} without "
                        "meeting dose {other} on {other_date}. Choose another first day, or keep doses on closed days."
                    ),
                    number=number,
                    date=later,
                    other=number - 1,
                    other_date=earlier,
                )
            )
    return moved


def _open_day(day: date, ward_days: WardDays, not_before: date | None) -> date:
    if ward_days.is_open(day):
        return day
    for candidate in _candidates(day, ward_days.policy, not_before):
        if ward_days.is_open(candidate):
            return candidate
    raise KnownError(
        message(
            N_("The ward is closed on {date} and has no open day within {days} days of it for the dose to move to."),
            date=day,
            days=MOST_MOVED_DAYS,
        )
    )


def _candidates(day: date, policy: ClosedDayPolicy, not_before: date | None) -> Iterator[date]:
    """Yield the days that a dose may move to, best first."""
    later = [day + timedelta(days=step) for step in range(1, MOST_MOVED_DAYS + 1)]
    earlier = [day - timedelta(days=step) for step in range(1, MOST_MOVED_DAYS + 1)]
    if not_before is not None:
        earlier = [candidate for candidate in earlier if candidate >= not_before]
    if policy == "later":
        yield from later
    elif policy == "earlier":
        yield from earlier
        if len(earlier) < MOST_MOVED_DAYS:
            # A dose that may not go earlier goes later: leaving one out is never the rule's decision.
            yield from later
    else:
        allowed = set(earlier)
        for step, candidate in enumerate(later, start=1):
            yield candidate
            if (mirrored := day - timedelta(days=step)) in allowed:
                yield mirrored
