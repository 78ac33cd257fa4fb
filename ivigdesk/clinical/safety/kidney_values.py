"""What creatinine, eGFR and dialysis say: whether the kidneys are too weak to go on without a specialist."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.conditions import condition_words
from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.messages import N_, Amount, Message, message
from ivigdesk.units import plain


def kidney_failure(facts: CourseFacts) -> tuple[Message, ...]:
    """Return why a specialist decides first; empty when nothing says so.

    Source: resources/safety/thresholds.toml, [kidneys] (FACTS 7 SR04, 8).
    """
    reasons: list[Message] = []
    if facts.known.has("dialysis"):
        reasons.append(condition_words("dialysis"))
    rules = facts.thresholds.kidneys
    egfr = facts.newest("egfr", rules.valid_days)
    if egfr is not None and egfr.value < rules.egfr_below:
        reasons.append(message(N_("eGFR {value} on {day}"), value=_amount(egfr, egfr.value), day=egfr.taken_on))
    creatinine = facts.newest("creatinine", rules.valid_days)
    if creatinine is not None:
        reasons += _risen(facts, creatinine)
    return tuple(reasons)


def _risen(facts: CourseFacts, newest: LabValue) -> list[Message]:
    rules = facts.thresholds.kidneys
    window = timedelta(days=rules.baseline_days)
    before = [
        value
        for value in facts.known.labs
        if value.test == "creatinine" and value.id != newest.id and newest.taken_on - window <= value.taken_on
        if value.taken_on <= newest.taken_on
    ]
    if not before:
        return []
    baseline = min(value.value for value in before)
    lately = [value.value for value in before if (newest.taken_on - value.taken_on).days <= rules.creatinine_rise_days]
    rose = newest.value - min(lately, default=newest.value)
    if newest.value < rules.creatinine_ratio * baseline and rose < rules.creatinine_rise_umol_per_l:
        return []
    return [
        message(
            N_("creatinine {value} on {day}, lowest before {baseline}"),
            value=_amount(newest, newest.value),
            day=newest.taken_on,
            baseline=_amount(newest, baseline),
        )
    ]


def _amount(like: LabValue, value: Decimal) -> Amount:
    return Amount(plain(value), like.unit)
