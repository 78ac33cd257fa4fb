"""A profile looked at with the facts of one day, in three values: it holds, it does not, it is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from ivigdesk.clinical.eligibility.asked import EligibilityFacts, fact_name
from ivigdesk.clinical.eligibility.criteria import Criteria, Outcome, RuleResult
from ivigdesk.clinical.eligibility.profile import Clause, Part, Profile, Rule
from ivigdesk.messages import Message

_WORST_FIRST: tuple[Outcome, ...] = ("not_met", "needs_justification", "cannot_be_checked")


class _Judged(msgspec.Struct, frozen=True):
    """One rule with what it came to: True it applies, False it does not, None it cannot be said."""

    rule: Rule
    applies: bool | None


def evaluate(profile: Profile, facts: EligibilityFacts) -> Criteria:
    """Return what the profile says of one dose.

    SAFETY: what is not known is never taken for met. A bar that applies decides; else a caution; else a bar or a
    caution that cannot be checked; only then a grant; where none applies, an `otherwise`, and last the profile's own.

    Args:
        profile: checked criteria, as `parse_profile` returns them.
        facts: of the day of the dose.
    """
    judged = tuple(_Judged(rule, applies(rule, facts)) for rule in profile.rules)
    counted = tuple(one for one in judged if profile.is_payment or not one.rule.is_payment)
    return Criteria(
        profile=profile.id,
        outcome=_outcome(profile, counted),
        rules=tuple(_results(profile, judged, facts)),
        is_payment=profile.is_payment,
    )


def applies(rule: Rule, facts: EligibilityFacts) -> bool | None:
    """Return whether a rule applies: None when what is not known decides it."""
    parts = [holds(clause, facts) for clause in rule.when]
    if rule.any_of:
        parts.append(_one(holds(clause, facts) for clause in rule.any_of))
    if rule.ways:
        parts.append(_one(_all(holds(clause, facts) for clause in way) for way in rule.ways))
    return _all(parts)


def holds(clause: Clause, facts: EligibilityFacts) -> bool | None:
    """Return whether a condition holds; None when its fact is not known."""
    value = getattr(facts, clause.fact)
    if value is None:
        return None
    if clause.one_of:
        return value in clause.one_of
    if clause.none_of:
        return value not in clause.none_of
    if clause.is_true is not None:
        return bool(value) == clause.is_true
    return _within(clause, Decimal(value))


def _within(clause: Clause, value: Decimal) -> bool:
    return (
        (clause.at_least is None or value >= clause.at_least)
        and (clause.at_most is None or value <= clause.at_most)
        and (clause.above is None or value > clause.above)
        and (clause.below is None or value < clause.below)
    )


def _all(values: Iterable[bool | None]) -> bool | None:
    seen = list(values)
    return False if False in seen else None if None in seen else True


def _one(values: Iterable[bool | None]) -> bool | None:
    seen = list(values)
    return True if True in seen else None if None in seen else False


def _outcome(profile: Profile, judged: tuple[_Judged, ...]) -> Outcome:
    is_open = False
    parts: tuple[Part, ...] = ("bar", "caution")
    for part in parts:
        said = [_said(one) for one in judged if one.rule.part == part and one.applies is not False]
        decided = _worst(outcome for outcome in said if outcome != "cannot_be_checked")
        if decided is not None:
            return decided
        is_open = is_open or bool(said)
    if is_open:
        return "cannot_be_checked"
    granted = _granted(judged)
    if granted is not False:
        return "met" if granted else "cannot_be_checked"
    rest = _worst(_said(one) for one in judged if one.rule.part == "otherwise" and one.applies is not False)
    return rest if rest is not None else profile.otherwise


def _said(one: _Judged) -> Outcome:
    return one.rule.outcome if one.applies else "cannot_be_checked"


def _worst(outcomes: Iterable[Outcome]) -> Outcome | None:
    return min(outcomes, key=_WORST_FIRST.index, default=None)


def _granted(judged: tuple[_Judged, ...]) -> bool | None:
    return _one(one.applies for one in judged if one.rule.part == "grant")


def _results(profile: Profile, judged: tuple[_Judged, ...], facts: EligibilityFacts) -> Iterator[RuleResult]:
    """Give the rules that say something.

    Where a grant applies, one that cannot be checked would change nothing, and no `otherwise` counts. Where a grant
    cannot be checked, it is not known whether an `otherwise` counts; the grant says what is missing.
    """
    granted = _granted(judged)
    for one in judged:
        rule = one.rule
        if one.applies is False or (rule.part == "otherwise" and granted is not False):
            continue
        if rule.part == "grant" and one.applies is None and granted:
            continue
        yield RuleResult(
            code=rule.code,
            outcome=_said(one),
            title=rule.title,
            source=rule.source,
            is_payment=profile.is_payment or rule.is_payment,
            missing=() if one.applies else _missing(rule, facts),
        )


def _missing(rule: Rule, facts: EligibilityFacts) -> tuple[Message, ...]:
    """Return what would have to be known to decide the rule, each once, in the order of its conditions."""
    ways = [way for way in rule.ways if _all(holds(clause, facts) for clause in way) is None]
    clauses = [*rule.when, *rule.any_of, *(clause for way in ways for clause in way)]
    names = {fact_name(clause.fact).text: fact_name(clause.fact) for clause in clauses if holds(clause, facts) is None}
    return tuple(names.values())
