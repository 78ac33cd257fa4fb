"""Which days a month or a week shows, which one comes before and after it, and what it is called."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from ivigdesk.messages import N_
from ivigdesk.wording import Wording

Kind = Literal["month", "week"]

_WEEK = timedelta(days=7)
_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


def monday_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def bounds(kind: Kind, day: date) -> tuple[date, date]:
    """Return the first and the last day of the month or week of `day`, without the days beside a month."""
    if kind == "week":
        monday = monday_of(day)
        return monday, monday + timedelta(days=6)
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def shown(kind: Kind, day: date) -> tuple[date, date]:
    """Return the first and the last day on the page: whole weeks, Monday to Sunday."""
    first, last = bounds(kind, day)
    return monday_of(first), monday_of(last) + timedelta(days=6)


def turned(kind: Kind, day: date, steps: int) -> date:
    """Return the day that stands like `day` in the month or week `steps` later; a 31st becomes a month's last day."""
    if kind == "week":
        return day + steps * _WEEK
    months = day.year * 12 + day.month - 1 + steps
    first = date(months // 12, months % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), bounds("month", first)[1])


def title_of(kind: Kind, day: date, wording: Wording) -> str:
    """Return `March 2026` and `2026年3月`, or `30 Mar – 05 Apr 2026` and `2026年3月30日 – 4月5日`."""
    _ = wording.gettext
    first, last = bounds(kind, day)
    if kind == "month":
        return _("{month} {year}").format(month=_(_MONTHS[day.month - 1]), year=day.year)
    is_one_year = first.year == last.year
    if wording.language == "zh_CN":
        begin, end = wording.date_plain(first), wording.day_month(last) if is_one_year else wording.date_plain(last)
    else:
        begin, end = wording.day_month(first) if is_one_year else wording.date_plain(first), wording.date_plain(last)
    return f"{begin} – {end}"
