"""What remains of a rate card once the pump was really set: clock times, volumes and the end, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ivigdesk.clinical.infusions.infusion import RateChange
from ivigdesk.clinical.products.rate_cards import seconds_of, volume_given
from ivigdesk.clinical.products.rates import RateCard
from ivigdesk.messages import Record
from ivigdesk.units import rounded_down

_SECONDS_PER_H = 3600
_SECONDS_PER_MINUTE = 60


class RemainingRow(Record, frozen=True):
    """One line of what is still to come.

    Attributes:
        at: when this rate began or may begin; the end is on the second by which the whole volume is in.
        ml_per_h: 0 in the last row, the end.
        ml_total: millilitres given when the row begins, exactly.
    """

    at: datetime
    ml_per_h: Decimal
    ml_total: Fraction


class RemainingCard(Record, frozen=True):
    """A rate card as it goes on from the pump's settings.

    Attributes:
        rows: the present rate since it began, the rungs that may follow, the end; ascending. Empty while the pump
            stands still: then no clock time can be told.
        ends_at: when the volume will be in if every step is taken in time; None while the pump stands still.
        given_ml: given so far, exactly.
        volume_ml: of the whole dose.
        is_paused: whether the pump stands still although something remains.
        step_due_at: since when the card's next rung is due, or will be; None where no rung follows. `rows` has it at
            `now` when it was not taken in time.
    """

    rows: tuple[RemainingRow, ...]
    ends_at: datetime | None
    given_ml: Fraction
    volume_ml: Decimal
    is_paused: bool
    step_due_at: datetime | None = None

    @property
    def left_ml(self) -> Fraction:
        """What still hangs."""
        return Fraction(self.volume_ml) - self.given_ml

    @property
    def next_step(self) -> RemainingRow | None:
        """The next higher rung; None at the fastest one, while the pump stands still, and when the end comes first."""
        return self.rows[1] if len(self.rows) > 2 else None


def remaining_card(
    card: RateCard,
    changes: Sequence[RateChange],
    now: datetime,
    *,
    volume_ml: Decimal,
    pump_step: Decimal,
    most_ml_per_h: Decimal,
    hold_min: int | None = None,
) -> RemainingCard:
    """Return how the card goes on from what was really set.

    The present rate is kept for the length of its rung, counted from when it began, and then the card's next rung
    follows. A step that was not taken in time is due now, and all that follows shifts with it. After slowing down the
    plan goes up again rung by rung, never above the rate that was slowed from until that is reached again.

    Args:
        card: as planned.
        changes: the pump's settings, ascending; empty when nothing was started.
        now: seen from here; settings after it do not count yet.
        volume_ml: of the whole dose.
        pump_step: smallest step of the pump.
        most_ml_per_h: never faster than this.
        hold_min: minutes on a rate for which the card has no length; the ward's interval while the rate goes up when
            None.

    Source: FACTS 5.4, 5.5.
    """
    done = [change for change in changes if change.at <= now]
    given = volume_given(settings_of(done), now, volume_ml)
    rate = done[-1].ml_per_h if done else Decimal(0)
    if rate == 0:
        is_paused = given < volume_ml
        return RemainingCard(rows=(), ends_at=None, given_ml=given, volume_ml=volume_ml, is_paused=is_paused)
    if hold_min is None:
        from ivigdesk.clinical import library  # late: library reads the records of this room

        hold_min = library.observation_rules().titration_every_min
    most = min((most_ml_per_h, *_slowed_from(done)))
    rungs = _rungs_above(card, rate, most, pump_step)
    began = _began_at(done)
    planned = _planned(
        card, rate, rungs, began, now, hold_min, given_at_start=volume_given(settings_of(done), began, volume_ml)
    )
    rows = _until_full(planned, Fraction(volume_ml))
    return RemainingCard(
        rows=rows,
        ends_at=rows[-1].at,
        given_ml=given,
        volume_ml=volume_ml,
        is_paused=False,
        step_due_at=began + _minutes(rung_minutes(card, rate, hold_min)) if rungs else None,
    )


def settings_of(changes: Iterable[RateChange]) -> tuple[tuple[datetime, Decimal], ...]:
    """Return moment and rate of each setting, as `volume_given` takes them."""
    return tuple((change.at, change.ml_per_h) for change in changes)


def rung_minutes(card: RateCard, rate: Decimal, hold_min: int) -> Decimal:
    """Return how long a rate is kept before the next rung.

    A rate between two rungs is kept as long as the lower one; below the first, as long as that.
    """
    rungs = card.rows[:-1]
    lengths = [(row.ml_per_h, following.from_min - row.from_min) for row, following in pairwise(rungs)]
    at_or_below = [length for rung, length in lengths if rung <= rate]
    if at_or_below:
        return at_or_below[-1]
    return lengths[0][1] if lengths else Decimal(hold_min)


def _slowed_from(changes: Sequence[RateChange]) -> tuple[Decimal, ...]:
    """Return the rates that the pump was slowed from and that it has not reached again.

    SAFETY: what was not tolerated is not gone beyond by the clock alone.
    """
    caps: list[Decimal] = []
    before = Decimal(0)
    for change in changes:
        rate = change.ml_per_h
        if rate == 0:
            continue
        caps = [cap for cap in caps if rate < cap]
        if rate < before:
            caps.append(before)
        before = rate
    return tuple(caps)


def _rungs_above(card: RateCard, rate: Decimal, most: Decimal, pump_step: Decimal) -> list[Decimal]:
    allowed = {rounded_down(min(row.ml_per_h, most), pump_step) for row in card.rows[:-1]}
    return sorted(rung for rung in allowed if rung > rate)


def _began_at(changes: Sequence[RateChange]) -> datetime:
    """Return since when the pump has been running at its present rate without a break."""
    began = changes[-1]
    for change in reversed(changes):
        if change.ml_per_h != began.ml_per_h:
            break
        began = change
    return began.at


def _planned(
    card: RateCard,
    rate: Decimal,
    rungs: Sequence[Decimal],
    began: datetime,
    now: datetime,
    hold_min: int,
    *,
    given_at_start: Fraction,
) -> list[RemainingRow]:
    """Return the present rate and the rungs after it, as if the bag had no end."""
    rows = [RemainingRow(at=began, ml_per_h=rate, ml_total=given_at_start)]
    for rung in rungs:
        last = rows[-1]
        at = max(last.at + _minutes(rung_minutes(card, last.ml_per_h, hold_min)), now)
        rows.append(RemainingRow(at=at, ml_per_h=rung, ml_total=last.ml_total + _runs(last, at)))
    return rows


def _until_full(rows: Sequence[RemainingRow], volume: Fraction) -> tuple[RemainingRow, ...]:
    """Return the rows up to the moment at which the volume is in, and the end."""
    reached = [row for row in rows if row.ml_total < volume] or [rows[0]]
    last = reached[-1]
    left = max(volume - last.ml_total, Fraction(0))
    seconds = -(-left * _SECONDS_PER_H // Fraction(last.ml_per_h))  # the second by which it is in
    end = RemainingRow(at=last.at + timedelta(seconds=int(seconds)), ml_per_h=Decimal(0), ml_total=volume)
    return (*reached, end)


def _runs(row: RemainingRow, until: datetime) -> Fraction:
    return Fraction(row.ml_per_h) * seconds_of(until - row.at) / _SECONDS_PER_H


def _minutes(minutes: Decimal) -> timedelta:
    return timedelta(seconds=int(minutes * _SECONDS_PER_MINUTE))
