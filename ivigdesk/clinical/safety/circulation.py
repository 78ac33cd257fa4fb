"""Rules about clots, fluid and protein in the blood."""

from __future__ import annotations

from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.safety.facts import STRONG_G_PER_L, CourseFacts, DoseFacts
from ivigdesk.clinical.safety.risks import RisksOnDay
from ivigdesk.messages import N_, Amount, message
from ivigdesk.units import plain


def acute_clot(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR09: a fresh clot before a dose of this course."""
    days = facts.thresholds.clots.acute_days
    fresh = [
        event
        for event in facts.events("clot")
        if any(0 <= (dose.due_on - event.on).days < days for dose in facts.doses)
    ]
    if not fresh:
        return ()
    what = message(
        N_("A clot on {day}, less than {days} days before a dose. The prescriber decides whether it is given at all."),
        day=fresh[-1].on,
        days=days,
    )
    return noticed("hold", "SR09", what, "FACTS 7 SR09, S33, S41 (4 weeks GK-M)")


def clots(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR09: reasons for clots, each named, since they slow the rate card."""
    reasons = RisksOnDay(facts, facts.last_on).clots
    if not reasons:
        return ()
    what = message(
        N_(
            "Risk of clots ({reasons}): the rate card keeps to the product's slower limit. Smallest dose that works, "
            "enough fluid; watch for signs of a clot."
        ),
        reasons=reasons,
    )
    return noticed("warn", "SR09", what, "FACTS 7 SR09, S33, S41")


def overload(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR17: a heart, a balance or liver veins that bear little fluid."""
    reasons = RisksOnDay(facts, facts.first_on).overload
    if not reasons:
        return ()
    if facts.request.product.g_per_l >= STRONG_G_PER_L:
        what = message(
            N_(
                "Risk of overload ({reasons}): the rate card keeps to the product's slower limit. Watch fluid balance "
                "and breathing; ask whether to split the dose."
            ),
            reasons=reasons,
        )
    else:
        what = message(
            N_(
                "Risk of overload ({reasons}): the rate card keeps to the product's slower limit. Watch fluid balance "
                "and breathing; ask whether to split the dose or use a 10 % product."
            ),
            reasons=reasons,
        )
    return noticed("warn", "SR17", what, "FACTS 7 SR17 (GK-H)")


def volume(facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """SR17: much fluid in a day."""
    if dose.amount.volume_ml <= facts.limits.volume_per_day_ml:
        return ()
    amount = Amount(plain(dose.amount.volume_ml), "mL")
    if facts.request.product.g_per_l >= STRONG_G_PER_L:
        what = message(
            N_(
                "{volume} in a day may overload the circulation. Ask whether to split the dose; watch fluid balance "
                "and breathing."
            ),
            volume=amount,
        )
    else:
        what = message(
            N_(
                "{volume} in a day may overload the circulation. Ask whether to split the dose or use a 10 % "
                "product; watch fluid balance and breathing."
            ),
            volume=amount,
        )
    return noticed("warn", "SR17", what, "FACTS 7 SR17 (GK-H)")


def protein(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR18: much protein in the blood already."""
    rules = facts.thresholds.protein
    value = facts.newest("total-protein", rules.valid_days)
    if value is None or value.value < rules.total_protein_g_per_l:
        return ()
    what = message(
        N_("Total protein was {value} on {day}: reactions are more frequent. Have the viscosity checked first."),
        value=Amount(plain(value.value), value.unit),
        day=value.taken_on,
    )
    return noticed("warn", "SR18", what, "FACTS 7 SR18, S41")
