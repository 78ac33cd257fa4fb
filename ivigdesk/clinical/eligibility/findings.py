"""What criteria come to, as findings: each rule that is not simply met, and one remark on the whole."""

from __future__ import annotations

from collections.abc import Iterator

from ivigdesk.clinical.eligibility.criteria import Criteria, RuleResult, outcome_words, profile_title
from ivigdesk.clinical.findings import Finding
from ivigdesk.messages import N_, Message, message

_SOURCE = "FACTS 2"


def criteria_findings(criteria: Criteria) -> tuple[Finding, ...]:
    """Return the findings of one dose: an `info` for each rule that is not met, and SR26 where the whole is not.

    SR26 asks for a reason where criteria are not met or need justification. Where they cannot be checked it says so,
    and the rules say what is missing. A payment rule never stops a dose: it asks for the reason, and that is all.
    """
    rules = tuple(_rule(rule) for rule in criteria.rules if rule.outcome != "met")
    return rules if criteria.outcome == "met" else (*rules, _whole(criteria))


def _rule(rule: RuleResult) -> Finding:
    return Finding(severity="info", code=rule.code, message=_rule_words(rule), source=rule.source)


def _rule_words(rule: RuleResult) -> Message:
    if rule.outcome == "cannot_be_checked" and rule.missing:
        text = N_("{rule} This cannot be checked without: {missing}.")
        said = message(text, rule=rule.title, missing=rule.missing)
    else:
        said = message(N_("{rule} Result: {outcome}."), rule=rule.title, outcome=outcome_words(rule.outcome))
    return message(N_("Who pays: {sentence}"), sentence=said) if rule.is_payment else said


def _whole(criteria: Criteria) -> Finding:
    facts = {
        "profile": profile_title(criteria.profile),
        "outcome": outcome_words(criteria.outcome),
        "rules": tuple(_deciding(criteria)) or message(N_("no rule speaks of this use")),
    }
    if criteria.is_payment:
        text = N_(
            "On the day of this dose, {profile}: {outcome} ({rules}). It is a rule about who pays, not about what is "
            "right for the patient."
        )
    else:
        text = N_("On the day of this dose, {profile}: {outcome} ({rules}).")
    return Finding(
        severity="warn",
        code="SR26",
        message=message(text, **facts),
        source=_SOURCE,
        needs_reason=criteria.outcome != "cannot_be_checked",
    )


def _deciding(criteria: Criteria) -> Iterator[str]:
    """Give the codes of the rules that the outcome rests on, each once."""
    codes = (rule.code for rule in criteria.rules if rule.outcome == criteria.outcome and _counts(criteria, rule))
    return iter(dict.fromkeys(codes))


def _counts(criteria: Criteria, rule: RuleResult) -> bool:
    return criteria.is_payment or not rule.is_payment
