"""When the day's infusions start and end: as they were given, as somebody planned them, or as they are proposed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID, uuid4

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.may_start import must_wait
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.actions.ward.day_list import DayList, DayRow
from ivigdesk.actions.words import read_clock
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.infusions.nurse_work import NurseAct, planned_acts, recorded_acts, running_acts
from ivigdesk.clinical.infusions.preparation import DoseTime
from ivigdesk.clinical.infusions.procedure import clock_time
from ivigdesk.clinical.infusions.remaining import remaining_card
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Record, message

SpanKind = Literal["planned", "proposed", "running", "given"]

STEP = 5
"""Proposed times stand on the clock's five minutes."""

_SEARCHED = 14 * 60
_HOUR = 60
_MINUTES = 48 * _HOUR


class DoseSpan(Record, frozen=True):
    """From when to when one infusion lasts.

    Attributes:
        dose_id: the dose.
        kind: how it is known.
        starts_at: the start, past or to come.
        ends_at: the end; for a running one as computed; None while its pump stands still.
        acts: when it needs a nurse, by time.
    """

    dose_id: UUID
    kind: SpanKind
    starts_at: datetime
    ends_at: datetime | None
    acts: tuple[NurseAct, ...] = ()


def plan_start(desk: Desk, dose_id: UUID, text: str) -> str:
    """Store the clock time at which a dose is planned to start on its day, and return it as `09:30`.

    An empty text takes the time back. The same time again stores nothing.

    Raises:
        UserMistake: not a clock time of 24 hours.
        KnownError: the dose is overdue, or does not wait any more.
    """
    nurse = desk.must_have_nurse()
    must_be_plannable(desk, dose_id)
    clock = read_clock(text, field="starts_at", name=message(N_("Planned start"))) if text.strip() else ""
    before = desk.ward.dose_times([dose_id]).get(dose_id)
    if clock == ("" if before is None else before.starts_at):
        return clock
    now = desk.clock.now()
    time_planned = DoseTime(
        id=uuid4(),
        dose_id=dose_id,
        starts_at=clock,
        nurse=nurse,
        at=now,
        replaces=None if before is None else before.id,
    )
    with desk.ward.changing(nurse=nurse, at=now, action="start planned" if clock else "start taken back") as change:
        change.add(time_planned)
    return clock


def must_be_plannable(desk: Desk, dose_id: UUID) -> None:
    """Accept a dose whose start may be planned: one that waits for today or a later day.

    Raises:
        KnownError: it may not; the sentence says why and what to do.
    """
    view, number = course_of_dose(desk, dose_id)
    one = view.view(number)
    if one.status == "overdue":
        raise KnownError(
            message(
                N_("Dose {number} was due on {day}. Move it to another day first, then plan its time."),
                number=number,
                day=one.dose.due_on,
            )
        )
    if one.status != "planned":
        must_wait(one)


def known_spans(desk: Desk, shown: DayList) -> dict[UUID, DoseSpan]:
    """Return from when to when the day's infusions last, by dose, where it is recorded or planned."""
    now = desk.clock.now()
    step = desk.settings.pump_step_ml_per_h
    spans = (_known(row, shown, now, step) for row in shown.rows)
    return {span.dose_id: span for span in spans if span is not None}


def day_spans(desk: Desk, shown: DayList) -> dict[UUID, DoseSpan]:
    """Return the spans of the day's infusions, by dose; those that can be given and have no time get one proposed.

    Proposed are times from the ward's usual start on, not before now, in the order of the list, so that no more
    pumps are started or set at the same moment than nurses are on duty, and no hour asks for more minutes than
    they have.
    """
    spans = known_spans(desk, shown)
    now = desk.clock.now()
    if shown.day < now.date():
        return spans
    settings = desk.settings
    load = _Load(shown.day, now)
    for span in spans.values():
        load.add(span.acts)
    first = max(clock_on(shown.day, settings.usual_start, now), _next_step(now))
    for row in shown.in_group("due"):
        if row.dose.id not in spans and shown.stands_before(row) is None:
            span = _proposed(row.dose, first, load, settings.nurses_on_duty)
            spans[row.dose.id] = span
            load.add(span.acts)
    return spans


def _known(row: DayRow, shown: DayList, now: datetime, pump_step: Decimal) -> DoseSpan | None:
    infusion = row.view.infusion
    if infusion is not None:
        return _recorded(infusion, row.dose, now, pump_step)
    if row.group != "due" or not row.planned_clock:
        return None
    return _planned("planned", row.dose, clock_on(shown.day, row.planned_clock, now))


def _recorded(infusion: Infusion, dose: Dose, now: datetime, pump_step: Decimal) -> DoseSpan | None:
    started_at = infusion.started_at.astimezone(now.tzinfo)
    if infusion.end is not None:
        if infusion.end.outcome == "not given":
            return None
        ended_at = infusion.end.ended_at.astimezone(now.tzinfo)
        return DoseSpan(
            dose_id=dose.id, kind="given", starts_at=started_at, ends_at=ended_at, acts=recorded_acts(infusion)
        )
    remains = remaining_card(
        dose.rate_card,
        infusion.rate_changes,
        now,
        volume_ml=dose.volume_ml,
        pump_step=pump_step,
        most_ml_per_h=dose.rate_card.max_ml_per_h,
    )
    coming = tuple(row.at for row in remains.rows[1:-1])
    # A bag that is through, and that nobody has written off, ends now at the earliest.
    ends_at = None if remains.ends_at is None else max(remains.ends_at.astimezone(now.tzinfo), now)
    acts = running_acts(infusion, dose.rate_card, coming, ends_at, now, first=dose.is_first_infusion)
    return DoseSpan(dose_id=dose.id, kind="running", starts_at=started_at, ends_at=ends_at, acts=acts)


def _planned(kind: SpanKind, dose: Dose, starts_at: datetime) -> DoseSpan:
    return DoseSpan(
        dose_id=dose.id,
        kind=kind,
        starts_at=starts_at,
        ends_at=clock_time(starts_at, dose.rate_card.duration_min),
        acts=planned_acts(dose.rate_card, starts_at, first=dose.is_first_infusion),
    )


class _Load:
    """What is asked of the nurses already: pumps in each minute, minutes in each hour, of the day and of the next."""

    def __init__(self, day: date, now: datetime) -> None:
        self._from = clock_on(day, "00:00", now)
        self._pumps = [0] * _MINUTES
        self._minutes = [0] * (_MINUTES // _HOUR)

    def add(self, acts: Iterable[NurseAct]) -> None:
        """Count the acts of one infusion."""
        own = set[int]()
        for act in acts:
            for minute in self._span(act):
                self._minutes[minute // _HOUR] += 1
                if act.is_change:
                    own.add(minute)
        for minute in own:  # one infusion keeps one nurse, however close its rates follow each other
            self._pumps[minute] += 1

    def has_room(self, acts: Iterable[NurseAct], later: int, nurses: int) -> bool:
        """Whether the nurses can do these acts beside what they have to do already, were they so much later."""
        more = dict[int, int]()
        for act in acts:
            span = self._span(act, later)
            if act.is_change and max(self._pumps[span.start : span.stop], default=0) >= nurses:
                return False
            for minute in span:
                more[minute // _HOUR] = more.get(minute // _HOUR, 0) + 1
        return all(self._minutes[hour] + minutes <= nurses * _HOUR for hour, minutes in more.items())

    def _span(self, act: NurseAct, later: int = 0) -> range:
        first = int((act.at - self._from).total_seconds()) // 60 + later
        return range(min(max(first, 0), _MINUTES), min(max(first + act.minutes, 0), _MINUTES))


def _proposed(dose: Dose, first: datetime, load: _Load, nurses: int | None) -> DoseSpan:
    """Return the earliest span at which a nurse is free for its start and its rates; the first where none ever is."""
    earliest = _planned("proposed", dose, first)
    if nurses is None:
        return earliest
    for later in range(0, _SEARCHED, STEP):
        if load.has_room(earliest.acts, later, nurses):
            return _planned("proposed", dose, first + timedelta(minutes=later))
    return earliest


def clock_on(day: date, clock: str, now: datetime) -> datetime:
    """Return the moment of a stored clock time on `day`, in the zone of `now`."""
    hour, minute = clock.split(":")
    return datetime.combine(day, time(int(hour), int(minute)), now.tzinfo)


def _next_step(now: datetime) -> datetime:
    """Return the next five minutes of the clock that have not passed."""
    whole = now.replace(minute=now.minute - now.minute % STEP, second=0, microsecond=0)
    return whole if whole == now else whole + timedelta(minutes=STEP)
