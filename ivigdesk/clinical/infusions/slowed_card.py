"""A rate card kept below the rate that was tolerated, after a reaction."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import msgspec

from ivigdesk.clinical.findings import TraceStep
from ivigdesk.clinical.products.rates import RateCard, RateRow
from ivigdesk.messages import N_, Amount, Message, message
from ivigdesk.units import plain, rounded, rounded_down

_STEP = Decimal("0.1")  # minutes and millilitres of a card are written to this step
_MIN_PER_H = 60


def slowed_card(card: RateCard, most_ml_per_h: Decimal, *, pump_step_ml_per_h: Decimal, why: Message) -> RateCard:
    """Return the card with no rate above `most_ml_per_h`; the same card where it has none.

    Rungs below the cap keep their minutes, and the card ends when the volume is in, as if the ladder itself had been
    worked out with this cap.

    Args:
        card: as it was planned; a card that is capped already stays so.
        most_ml_per_h: rounded down to the pump's step, but never to nothing.
        pump_step_ml_per_h: smallest step of the pump.
        why: whose reaction it was, for the trace.

    Source: FACTS 5.4, 5.5.
    """
    cap = max(rounded_down(most_ml_per_h, pump_step_ml_per_h), pump_step_ml_per_h)
    if cap >= card.max_ml_per_h:
        return card
    rows = _slowed_rows(card, cap)
    step = TraceStep(
        rule=message(N_("not faster than {rate}: {why}"), rate=Amount(plain(cap), "mL/h"), why=why),
        source="FACTS 5.4, 5.5",
    )
    return msgspec.structs.replace(
        card, rows=rows, duration_min=rows[-1].from_min, max_ml_per_h=cap, trace=(*card.trace, step)
    )


def _slowed_rows(card: RateCard, cap: Decimal) -> tuple[RateRow, ...]:
    volume = Fraction(card.volume_ml)
    rows: list[RateRow] = []
    at, given = Fraction(0), Fraction(0)
    for row, following in pairwise(card.rows):
        is_slowed = row.ml_per_h > cap
        rate = min(row.ml_per_h, cap)
        if not rows or rows[-1].ml_per_h != rate:
            rows.append(
                RateRow(
                    from_min=rounded(at, _STEP),
                    ml_per_h=rate,
                    ml_total=rounded(given, _STEP),
                    capped_by="tolerated" if is_slowed else row.capped_by,
                )
            )
        elif is_slowed and not rows[-1].capped_by:
            rows[-1] = msgspec.structs.replace(rows[-1], capped_by="tolerated")
        per_min = Fraction(rate) / _MIN_PER_H
        minutes = Fraction(following.from_min) - Fraction(row.from_min)
        if following is card.rows[-1] or given + per_min * minutes >= volume:
            at += (volume - given) / per_min
            break
        at += minutes
        given += per_min * minutes
    end = rounded(at, _STEP)
    while len(rows) > 1 and rows[-1].from_min >= end:
        rows.pop()  # a rate that would be set for less than one step of the clock
    end = max(end, rows[-1].from_min + _STEP)
    return (*rows, RateRow(from_min=end, ml_per_h=Decimal(0), ml_total=card.volume_ml))
