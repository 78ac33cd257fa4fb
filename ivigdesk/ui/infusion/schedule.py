"""When the patient of a running infusion is observed: the schedule, moved with what was really set. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import msgspec

from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.infusions.procedure import ObservationRules, clock_time, observation_times
from ivigdesk.clinical.infusions.remaining import RemainingCard
from ivigdesk.clinical.products.rates import RateRow
from ivigdesk.messages import N_, Message, message
from ivigdesk.ui.infusion.steps import goes_on
from ivigdesk.units import rounded

_EARLY = timedelta(minutes=5)
_SECONDS_PER_H = 3600
_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class ObservationLine:
    """One set of vital signs that is still to be taken.

    Attributes:
        at: when it is due.
        reason: why then.
        is_due: its time has come.
    """

    at: datetime
    reason: Message
    is_due: bool = False


def still_to_observe(
    dose: Dose, infusion: Infusion, remains: RemainingCard, now: datetime, rules: ObservationRules, pump_step: Decimal
) -> tuple[ObservationLine, ...]:
    """Return the observations that are due or still to come, by time; at most one is due: the newest.

    The times move with the pump: a late step, a pause or a slower rate moves the steps and the end, and with them what
    is measured there; what was due before the pump was set stays as it was. An observation counts for a time when it
    was made at most five minutes before it, or later. Nothing is due any more once the time after the end has passed
    twice.

    Args:
        remains: how it goes on, seen from `now`.
        pump_step: smallest step of the pump.
    """
    until = watched_until(dose, infusion, rules)
    if until is not None and infusion.end is not None and now > until + (until - infusion.end.ended_at):
        return ()  # what was not observed so long ago is not observed any more
    times = [
        line
        for line in _times(dose, infusion, remains, now, rules, pump_step)
        if not any(observation.at >= line.at - _EARLY for observation in infusion.observations)
    ]
    coming = [line for line in times if line.at > now]
    past = [line for line in times if line.at <= now]
    return (*(ObservationLine(line.at, line.reason, is_due=True) for line in past[-1:]), *coming)


def watched_until(dose: Dose, infusion: Infusion, rules: ObservationRules) -> datetime | None:
    """Return until when the patient is observed after the end; None while it runs, and where nothing was given."""
    end = infusion.end
    if end is None or end.outcome == "not given":
        return None
    minutes = rules.after_end_first_min if dose.is_first_infusion else rules.after_end_min
    return end.ended_at + timedelta(minutes=minutes)


def _times(
    dose: Dose, infusion: Infusion, remains: RemainingCard, now: datetime, rules: ObservationRules, pump_step: Decimal
) -> list[ObservationLine]:
    """Return every time, ascending: between two settings of the pump those of the plan as it stood then."""
    changes = infusion.rate_changes
    lines: list[ObservationLine] = []
    for number, change in enumerate(changes, start=1):
        is_last = number == len(changes)
        then = msgspec.structs.replace(infusion, rate_changes=changes[:number], end=infusion.end if is_last else None)
        # Seen from the setting: a step that is not taken in time stays due when it was.
        plan = goes_on(dose, then, change.at, pump_step)
        ends_at = _ends_at(then, remains if is_last else plan, now if is_last else change.at)
        if infusion.end is None and plan.is_paused:
            own = _while_it_stands(change.at, now, rules)
        else:
            own = _of_plan(dose, then, plan, ends_at, rules)
        since = None if number == 1 else change.at
        until = None if is_last else changes[number].at
        lines += [line for line in own if (since is None or line.at > since) and (until is None or line.at <= until)]
    return sorted(lines, key=lambda line: line.at)


def _of_plan(
    dose: Dose, infusion: Infusion, plan: RemainingCard, ends_at: datetime, rules: ObservationRules
) -> list[ObservationLine]:
    """Return the schedule of a card that goes up when the rate went up or will, and ends then."""
    start, last = infusion.started_at, ends_at - timedelta(minutes=1)
    steps = sorted({at for at in (*_raised(infusion), *(row.at for row in plan.rows[1:-1])) if start < at < last})
    is_at_risk = any(row.capped_by == "risk" for row in dose.rate_card.rows)
    rows = [
        RateRow(
            from_min=_minutes(at - start),
            ml_per_h=Decimal(1),  # observations ask when the rate goes up, not how far
            ml_total=Decimal(0),
            capped_by="risk" if is_at_risk else "",
        )
        for at in (start, *steps)
    ]
    end = RateRow(from_min=_minutes(ends_at - start), ml_per_h=Decimal(0), ml_total=dose.volume_ml)
    card = msgspec.structs.replace(dose.rate_card, rows=(*rows, end))
    return [
        ObservationLine(clock_time(start, due.from_min), due.reason)
        for due in observation_times(card, first=dose.is_first_infusion, rules=rules)
    ]


def _raised(infusion: Infusion) -> list[datetime]:
    """Return when the rate went up."""
    raised, before = [], Decimal(0)
    for change in infusion.rate_changes:
        if change.ml_per_h > before > 0:
            raised.append(change.at)
        before = change.ml_per_h or before
    return raised


def _ends_at(infusion: Infusion, plan: RemainingCard, now: datetime) -> datetime:
    """Return when it ended or will; while it stands still, as if it went on now at the rate before."""
    if infusion.end is not None:
        return max(infusion.end.ended_at, infusion.started_at)
    if plan.ends_at is not None:
        return max(plan.ends_at, infusion.started_at)
    rates = [change.ml_per_h for change in infusion.rate_changes if change.ml_per_h]
    return now + timedelta(seconds=int(plan.left_ml * _SECONDS_PER_H / Fraction(rates[-1] if rates else 1)))


def _while_it_stands(since: datetime, now: datetime, rules: ObservationRules) -> list[ObservationLine]:
    """Return the times at which a patient is looked at whose pump stands still, up to the next one."""
    every = timedelta(minutes=rules.titration_every_min)
    passed = max(int((now - since) / every), 0)
    reason = message(N_("while the pump stands still"))
    return [ObservationLine(since + every * number, reason) for number in range(1, passed + 2)]


def _minutes(span: timedelta) -> Decimal:
    return rounded(Fraction(int(span.total_seconds()), 60), _THOUSANDTH)
