"""The day as a line: every infusion from its start to its end, and how much it asks of the nurses in each hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.day_list import DayList, DayRow, by_bed
from ivigdesk.actions.ward.planned_times import DoseSpan, clock_on
from ivigdesk.clinical.infusions.nurse_work import NurseAct
from ivigdesk.messages import Record

HOUR = timedelta(hours=1)

_MINUTES = 60
_LEAST_HOURS = 8
_MOST_HOURS = 36  # an infusion that runs longer is cut off at the edge of the line


class DayBar(Record, frozen=True):
    """One infusion on the line.

    Attributes:
        row: its dose on the day's list.
        span: from when to when.
        until: where the bar ends on the line: its end, or now while its pump stands still.
        filled_until: up to where it has been given; None for one that has not begun.
    """

    row: DayRow
    span: DoseSpan
    until: datetime
    filled_until: datetime | None = None


class HourLoad(Record, frozen=True):
    """What one hour asks of the nurses.

    Attributes:
        starts_at: the full hour.
        infusions: how many need a nurse in it: start, rate change, observation, end.
        at_once: most pumps that are started or set at the same moment of it.
        minutes: nurse-minutes in it.
        nurses: on duty; None where the ward has not said how many.
        is_over: whether it is still to come, or runs, and asks for more than they can do: more pumps at once than
            nurses, or more minutes than they have.
    """

    starts_at: datetime
    infusions: int
    at_once: int
    minutes: int
    nurses: int | None = None
    is_over: bool = False

    @property
    def ends_at(self) -> datetime:
        """The next full hour."""
        return self.starts_at + HOUR


class DayLine(Record, frozen=True):
    """The line of one day.

    Attributes:
        now: the moment it is seen from.
        is_today: whether now is on it.
        first_at, last_at: full hours between which it is drawn.
        bars: by bed, then name.
        hours: every hour of the line, in order.
    """

    now: datetime
    is_today: bool
    first_at: datetime
    last_at: datetime
    bars: tuple[DayBar, ...]
    hours: tuple[HourLoad, ...]

    @property
    def over(self) -> tuple[HourLoad, ...]:
        """The hours that ask for more nurses than are on duty."""
        return tuple(hour for hour in self.hours if hour.is_over)


def day_line(desk: Desk, shown: DayList, spans: Mapping[UUID, DoseSpan]) -> DayLine:
    """Return the line of a day.

    Args:
        shown: its list.
        spans: as `day_spans` returned them for this list.
    """
    now = desk.clock.now()
    settings = desk.settings
    rows = sorted(shown.rows, key=by_bed)
    bars = tuple(_bar(row, spans[row.dose.id], now) for row in rows if row.dose.id in spans)
    first_at, last_at = _edges(shown, bars, clock_on(shown.day, settings.usual_start, now), now)
    acts = [(bar.row.dose.id, act) for bar in bars for act in bar.span.acts]
    hours = []
    at = first_at
    while at < last_at:
        hours.append(_load(at, acts, settings.nurses_on_duty, now))
        at += HOUR
    return DayLine(now=now, is_today=shown.is_today, first_at=first_at, last_at=last_at, bars=bars, hours=tuple(hours))


def _bar(row: DayRow, span: DoseSpan, now: datetime) -> DayBar:
    until = span.ends_at or max(now, span.starts_at)
    filled = {"running": min(now, until), "given": until}.get(span.kind)
    return DayBar(row=row, span=span, until=until, filled_until=filled)


def _edges(shown: DayList, bars: tuple[DayBar, ...], usual_start: datetime, now: datetime) -> tuple[datetime, datetime]:
    """Return the full hours between which everything lies: the usual start always, now where it is today."""
    begins = [usual_start, *(bar.span.starts_at for bar in bars), *([now] if shown.is_today else [])]
    ends = [*(bar.until for bar in bars), *([now] if shown.is_today else [])]
    midnight = clock_on(shown.day, "00:00", now)
    first_at = _full_hour(max(min(begins), midnight))
    least = first_at + timedelta(hours=_LEAST_HOURS)
    last = _full_hour(max([least, *ends]) + HOUR - timedelta(seconds=1))
    return first_at, min(last, first_at + timedelta(hours=_MOST_HOURS))


def _load(at: datetime, acts: Sequence[tuple[UUID, NurseAct]], nurses: int | None, now: datetime) -> HourLoad:
    until = at + HOUR
    asking: set[UUID] = set()
    seconds = 0
    for dose_id, act in acts:
        overlap = min(act.until, until) - max(act.at, at)
        if overlap > timedelta(0):
            asking.add(dose_id)
            seconds += overlap // timedelta(seconds=1)
    minutes = -(-seconds // 60)
    at_once = _at_once([(dose, act) for dose, act in acts if act.is_change and act.at < until and at < act.until])
    is_too_much = nurses is not None and (at_once > nurses or minutes > nurses * _MINUTES)
    return HourLoad(
        starts_at=at,
        infusions=len(asking),
        at_once=at_once,
        minutes=minutes,
        nurses=nurses,
        is_over=is_too_much and until > now,
    )


def _at_once(changes: Sequence[tuple[UUID, NurseAct]]) -> int:
    """Return of how many infusions these acts fall together at most."""
    together = (len({dose for dose, other in changes if other.at <= act.at < other.until}) for _dose, act in changes)
    return max(together, default=0)


def _full_hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
