"""From the rate card and what was really set: the next step, the clock times, and the end. Pure; no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal, get_args

from ivigdesk.clinical.infusions.grading import holds_course, proposed_action
from ivigdesk.clinical.infusions.infusion import Infusion, RateChange, SideEffect
from ivigdesk.clinical.infusions.procedure import ObservationDue
from ivigdesk.clinical.infusions.side_effects import Action, SideEffectCatalogue
from ivigdesk.clinical.products.rate_cards import volume_given
from ivigdesk.clinical.products.rates import RateCard, RateRow

_SECONDS_PER_H = 3600
_EARLY = timedelta(minutes=5)

LineState = Literal["done", "now", "next", "later", "end"]


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next rung: its rate, and when the rate may go up to it."""

    ml_per_h: Decimal
    due_at: datetime


@dataclass(frozen=True, slots=True)
class CardLine:
    """One row of the rate card as it went, or as it will go.

    Attributes:
        at: when it was set, or will be; None when that depends on what the nurse does.
        ml_per_h: 0 in the last line, the end.
        ml_total: volume given when it begins; None where it was not reached as planned.
        state: `now` is the rung that runs.
        nurse: who set it; empty for what is still to come.
    """

    at: datetime | None
    ml_per_h: Decimal
    ml_total: Decimal | None
    state: LineState
    nurse: str = ""


def given_ml(infusion: Infusion, now: datetime, volume_ml: Decimal) -> Fraction:
    """Return the millilitres that went in by `now`, exactly, by the pump's settings."""
    changes = tuple((change.at, change.ml_per_h) for change in infusion.rate_changes)
    return volume_given(changes, now, volume_ml)


def next_step(card: RateCard, changes: Sequence[RateChange], hold_min: int) -> NextStep | None:
    """Return the next higher rung; None at the fastest one and while the pump stands still.

    Args:
        hold_min: minutes to wait on a rate that is no rung of the card, e.g. after slowing down.
    """
    if not changes or changes[-1].ml_per_h == 0:
        return None
    current = changes[-1].ml_per_h
    rungs = card.rows[:-1]
    higher = [row for row in rungs if row.ml_per_h > current]
    if not higher:
        return None
    return NextStep(higher[0].ml_per_h, changes[-1].at + _minutes(_wait(rungs, current, hold_min)))


def ends_at(
    card: RateCard, changes: Sequence[RateChange], now: datetime, volume_ml: Decimal, hold_min: int
) -> datetime | None:
    """Return when the volume will be in if every step is taken in time; None while the pump stands still."""
    if not changes or changes[-1].ml_per_h == 0:
        return None
    left = Fraction(volume_ml) - volume_given(tuple((one.at, one.ml_per_h) for one in changes), now, volume_ml)
    rate = Fraction(changes[-1].ml_per_h)
    at = now
    for step_at, step_rate in _coming(card, changes, now, hold_min):
        seconds = Fraction(int((step_at - at).total_seconds()))
        runs = rate * seconds / _SECONDS_PER_H
        if runs >= left:
            break
        left, rate, at = left - runs, Fraction(step_rate), step_at
    return at + timedelta(seconds=int(left * _SECONDS_PER_H / rate))


def card_lines(
    card: RateCard, infusion: Infusion, now: datetime, volume_ml: Decimal, hold_min: int
) -> tuple[CardLine, ...]:
    """Return what was set, then the rungs that are still to come, then the end."""
    changes = infusion.rate_changes
    lines = []
    for index, change in enumerate(changes):
        is_last = index == len(changes) - 1 and infusion.end is None
        earlier = tuple((one.at, one.ml_per_h) for one in changes[:index])
        total = volume_given(earlier, change.at, volume_ml) if earlier else Fraction(0)
        lines.append(CardLine(change.at, change.ml_per_h, _tenth(total), "now" if is_last else "done", change.nurse))
    if infusion.end is None:
        for index, (at, rate) in enumerate(_coming(card, changes, now, hold_min)):
            lines.append(CardLine(at, rate, None, "next" if index == 0 else "later"))
        lines.append(CardLine(ends_at(card, changes, now, volume_ml, hold_min), Decimal(0), volume_ml, "end"))
    return tuple(lines)


def observation_due(
    dues: Sequence[ObservationDue], infusion: Infusion, now: datetime
) -> tuple[ObservationDue | None, datetime | None]:
    """Return the observation that is due and not yet made, and the time of the next one after now.

    An observation counts for a time when it was made at most five minutes before it, or later.
    """
    start = infusion.started_at
    times = [(start + _minutes(due.from_min), due) for due in dues]
    past = [(at, due) for at, due in times if at <= now]
    coming = [at for at, _ in times if at > now]
    missing = None
    if past:
        at, due = past[-1]
        if not any(observation.at >= at - _EARLY for observation in infusion.observations):
            missing = due
    return missing, coming[0] if coming else None


def why_not_yet(step: NextStep, infusion: Infusion, now: datetime) -> tuple[bool, bool, bool]:
    """Return what speaks against the step now: too early, no observation on this rate, a side effect since.

    Source: FACTS 5.4.
    """
    since = infusion.rate_changes[-1].at
    too_early = now < step.due_at
    unobserved = not any(observation.at > since - timedelta(minutes=1) for observation in infusion.observations)
    reacted = any(effect.outcome == "ongoing" or effect.onset_at >= since for effect in infusion.side_effects)
    return too_early, unobserved, reacted


def asked_of_pump(infusion: Infusion, catalogue: SideEffectCatalogue) -> Action | None:
    """Return what the side effects since the pump was touched last ask for, the gravest; None for nothing."""
    if not infusion.is_running or infusion.rate_ml_per_h == 0:
        return None
    since = infusion.rate_changes[-1].at
    asked = [
        proposed_action(catalogue.term(effect.code), effect.grade).action
        for effect in infusion.side_effects
        if effect.outcome == "ongoing" and effect.at >= since and _is_known(catalogue, effect)
    ]
    return max(asked, key=get_args(Action).index, default=None)


def must_end(infusion: Infusion) -> bool:
    """Return whether the record says that it should not go on: it was stopped, or a reaction of grade 3 or above.

    Source: FACTS 5.5, 6.2.
    """
    changes = infusion.rate_changes
    was_stopped = bool(changes) and changes[-1].action == "stop"
    return was_stopped or any(holds_course(effect.grade) for effect in infusion.side_effects)


def _coming(
    card: RateCard, changes: Sequence[RateChange], now: datetime, hold_min: int
) -> list[tuple[datetime, Decimal]]:
    step = next_step(card, changes, hold_min)
    if step is None:
        return []
    rungs = card.rows[:-1]
    steps = []
    at = max(step.due_at, now)
    for row in rungs:
        if row.ml_per_h < step.ml_per_h:
            continue
        steps.append((at, row.ml_per_h))
        at += _minutes(_wait(rungs, row.ml_per_h, hold_min))
    return steps


def _wait(rungs: Sequence[RateRow], rate: Decimal, hold_min: int) -> Decimal:
    """Return the minutes on a rung before the next one."""
    for row, following in pairwise(rungs):
        if row.ml_per_h == rate:
            return following.from_min - row.from_min
    return Decimal(hold_min)


def _is_known(catalogue: SideEffectCatalogue, effect: SideEffect) -> bool:
    """Return whether the catalogue of today still has the term with this grade."""
    return any(
        term.code == effect.code and any(words.grade == effect.grade for words in term.grades)
        for term in catalogue.terms
    )


def _tenth(volume: Fraction) -> Decimal:
    return Decimal(int(volume * 10 + Fraction(1, 2))) / 10


def _minutes(minutes: Decimal) -> timedelta:
    return timedelta(seconds=int(minutes * 60))
