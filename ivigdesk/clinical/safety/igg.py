"""Rules about IgG: the level before replacement, and troughs that ask whether it is still needed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.laboratory.troughs import stop_rule_reached, troughs
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.messages import N_, Amount, Message, message
from ivigdesk.scheduling.regimen import StopRule
from ivigdesk.units import plain


def level(facts: CourseFacts) -> tuple[Finding, ...]:
    """LAB-1 and GEN-4: the level at which replacement is usually begun; what is missing is never met."""
    regimen = facts.request.regimen
    if "replacement" not in (regimen.standing, regimen.indication):
        return ()
    newest = facts.known.latest("igg", facts.first_on)
    value = facts.request.igg_g_per_l if newest is None else newest.value
    if value is None:
        what = message(N_("No IgG level is on record, so the reason for replacement cannot be checked."))
        return () if _is_asked_by_criteria(facts) else noticed("info", "LAB-1", what, "FACTS 2.1 LAB-1")
    return (*_age(facts, newest), *_not_low(facts, value))


def _is_asked_by_criteria(facts: CourseFacts) -> bool:
    """Whether the chosen criteria say the same on the date of every dose."""
    profile = facts.request.profile
    return profile is not None and any(rule.code == "LAB-1" for rule in profile.rules)


def _age(facts: CourseFacts, newest: LabValue | None) -> tuple[Finding, ...]:
    if newest is None or _is_asked_by_criteria(facts):
        return ()
    days = (facts.first_on - newest.taken_on).days
    if days > facts.thresholds.igg.baseline_valid_days:
        what = message(
            N_("The IgG level is of {day}, {days} days before the first dose: draw a new one."),
            day=newest.taken_on,
            days=days,
        )
        return noticed("info", "LAB-1", what, "FACTS 2.1 LAB-1")
    return ()


def _not_low(facts: CourseFacts, value: Decimal) -> tuple[Finding, ...]:
    severe = facts.limits.severe_igg_g_per_l
    if value < severe:
        return ()
    what = message(
        N_("IgG is {value} g/L, not below {severe} g/L. Write down why it is replaced."), value=value, severe=severe
    )
    return noticed("warn", "IGG-NOT-LOW", what, "FACTS 1.4, S10, S12, S13")


def stop_rule(facts: CourseFacts) -> tuple[Finding, ...]:
    """Ask for a review when so many troughs in a row have reached the regimen's stop rule.

    Source: the regimen's own `stop_rule` (FACTS 1.4).
    """
    rule, reached = facts.request.regimen.stop_rule, troughs_that_ask(facts)
    return noticed("warn", "REVIEW", review_words(rule, reached), rule.source) if rule and reached else ()


def troughs_that_ask(facts: CourseFacts) -> tuple[LabValue, ...]:
    """Return the last troughs on treatment, by date, when they have reached the regimen's stop rule; else nothing."""
    rule = facts.request.regimen.stop_rule
    days = (*(dose.on for dose in facts.known.earlier), *(dose.due_on for dose in facts.doses))
    found = troughs(facts.known.labs, days)
    return found[-rule.troughs :] if rule is not None and stop_rule_reached(rule, found) else ()


def review_words(rule: StopRule, reached: Sequence[LabValue]) -> Message:
    """Return why a review is due: the troughs, the level, and what the source says."""
    return message(
        N_(
            "The last IgG troughs ({values}) have reached {limit}: ask the prescriber to review whether it goes on. "
            "A trough on treatment is partly infused IgG. The source says: {rule}"
        ),
        values=tuple(Amount(plain(value.value), value.unit) for value in reached),
        limit=Amount(plain(rule.igg_trough_g_per_l or Decimal(0)), "g/L"),
        rule=rule.text,
    )
