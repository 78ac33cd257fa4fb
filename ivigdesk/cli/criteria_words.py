"""Criteria as data with stable keys, and as lines for a terminal: said once when every dose has the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ivigdesk.cli.context import Context, plain_spaces
from ivigdesk.clinical.eligibility.criteria import Criteria, RuleResult, outcome_words, profile_title


def criteria_as_data(context: Context, criteria: Criteria | None) -> dict[str, Any] | None:
    """Return what a profile says of one dose; None without a profile."""
    if criteria is None:
        return None
    return {
        "profile": criteria.profile,
        "outcome": criteria.outcome,
        "is_payment": criteria.is_payment,
        "rules": [
            {
                "code": rule.code,
                "outcome": rule.outcome,
                "source": rule.source,
                "title": context.words.text(rule.title),
                "is_payment": rule.is_payment,
                "missing": [context.say(one) for one in rule.missing],
            }
            for rule in criteria.rules
        ],
    }


def criteria_lines(context: Context, criteria: Sequence[Criteria | None]) -> list[str]:
    """Return whose criteria were looked at, the outcome when it is the same for every dose, and each rule once."""
    _ = context.words.gettext
    found = [one for one in criteria if one is not None]
    if not found:
        return []
    facts = {"profile": context.say(profile_title(found[0].profile))}
    if len({one.outcome for one in found}) == 1:
        facts["outcome"] = context.say(outcome_words(found[0].outcome))
        lines = [_("Criteria ({profile}): {outcome} for every dose.").format(**facts)]
    else:
        lines = [_("Criteria ({profile}): see each dose.").format(**facts)]
    if found[0].is_payment:
        lines.append(_("This is a rule about who pays, not about what is right for the patient."))
    rules = {(rule.code, rule.outcome): rule for one in found for rule in one.rules}
    return lines + [f"  {_rule(context, rule)}" for rule in rules.values()]


def criteria_column(context: Context, criteria: Sequence[Criteria | None]) -> list[str]:
    """Return one cell for each dose: its outcome and rules; empty where every dose has the same outcome."""
    outcomes = {None if one is None else one.outcome for one in criteria}
    if len(outcomes) == 1:
        return []
    return ["" if one is None else _cell(context, one) for one in criteria]


def _cell(context: Context, criteria: Criteria) -> str:
    codes = ", ".join(dict.fromkeys(rule.code for rule in criteria.rules if rule.outcome == criteria.outcome))
    outcome = context.say(outcome_words(criteria.outcome))
    return context.words.gettext("{outcome} ({codes})").format(outcome=outcome, codes=codes) if codes else outcome


def _rule(context: Context, rule: RuleResult) -> str:
    _ = context.words.gettext
    text = _("{code}: {rule} {outcome}. Source: {source}").format(
        code=rule.code,
        rule=context.words.text(rule.title),
        outcome=_sentence_case(context.say(outcome_words(rule.outcome))),
        source=rule.source,
    )
    if rule.missing:
        missing = _(", ").join(context.say(one) for one in rule.missing)
        text = _("{sentence} Missing: {missing}.").format(sentence=f"{text}.", missing=missing)
    return plain_spaces(text)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
