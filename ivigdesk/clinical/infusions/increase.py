"""Whether the pump may go up a step now: what speaks against it, in words; the nurse decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from ivigdesk.clinical.infusions.day_rules import VitalLimits
from ivigdesk.clinical.infusions.infusion import Infusion, Observation, SideEffect
from ivigdesk.clinical.infusions.remarks import first_values, remarks_on
from ivigdesk.messages import N_, Amount, Message, message
from ivigdesk.units import plain

_SAME_MINUTE = timedelta(minutes=1)
"""Clocks are typed to the minute: an observation of 09:15 belongs to a pump that was set at 09:15:30."""


def may_increase(
    infusion: Infusion,
    now: datetime,
    *,
    to_ml_per_h: Decimal,
    due_at: datetime,
    most_ml_per_h: Decimal,
    rules: VitalLimits,
    baseline: Observation | None = None,
    is_adult: bool = True,
) -> tuple[Message, ...]:
    """Return what speaks against raising the rate now, the weightiest last word of the patient included.

    Args:
        infusion: running.
        to_ml_per_h: the rate that is proposed.
        due_at: when the card raises the rate, as `remaining_card` says.
        most_ml_per_h: the card's cap, or what was tolerated before.
        rules: the limits of vital signs.
        baseline: the first values; those of this infusion when None.
        is_adult: see `remarks_on`.

    Returns:
        Nothing when the step may be taken; else one sentence for each reason: a cap, the time, a side effect, a
        missing observation, values outside the limits.

    Source: FACTS 5.4.
    """
    against: list[Message] = []
    if to_ml_per_h > most_ml_per_h:
        text = N_("Not faster than {most} for this patient and product.")
        against.append(message(text, most=Amount(plain(most_ml_per_h), "mL/h")))
    if now < due_at:
        against.append(message(N_("The card raises the rate at {time}, not before."), time=f"{due_at:%H:%M}"))
    since = infusion.rate_changes[-1].at
    newest = _newest_since(infusion, since)
    if newest is None:
        against.append(message(N_("No observation was recorded on the present rate.")))
    reactions = speaking_against(infusion, since)
    if reactions:
        effect = reactions[-1]
        text = N_("Side effect on this infusion: {name}, grade {grade}. Stay at this rate until it settles.")
        against.append(message(text, name=effect.term, grade=effect.grade))
    if newest is not None:
        compared = baseline or first_values(infusion.observations)
        for remark in remarks_on(newest, compared, rules, is_adult=is_adult):
            text = N_("Observed at {time}: {remark}.")
            against.append(message(text, time=f"{newest.at:%H:%M}", remark=remark.message))
    return tuple(against)


def speaking_against(infusion: Infusion, since: datetime) -> tuple[SideEffect, ...]:
    """Return the side effects that last, and those that began since the pump was set, by onset."""
    return tuple(effect for effect in infusion.side_effects if effect.outcome == "ongoing" or effect.onset_at >= since)


def _newest_since(infusion: Infusion, since: datetime) -> Observation | None:
    seen = [one for one in infusion.observations if one.at > since - _SAME_MINUTE]
    return max(seen, key=lambda one: one.at, default=None)
