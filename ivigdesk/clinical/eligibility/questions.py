"""What criteria ask of the prescriber: which facts, whether a plan needs them, and how an answer is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ivigdesk.clinical.eligibility.asked import STATED, fact_name, question
from ivigdesk.clinical.eligibility.criteria import Criteria
from ivigdesk.clinical.eligibility.profile import Clause, Profile
from ivigdesk.clinical.patients.known import Stated
from ivigdesk.messages import N_, Message, message


def asked_in(profile: Profile | None) -> tuple[str, ...]:
    """Return the facts of `STATED` that the rules of a profile name, in the order of `STATED`."""
    named = set() if profile is None else {clause.fact for clause in _clauses(profile)}
    return tuple(fact for fact in STATED if fact in named)


def missing_in(criteria: Iterable[Criteria | None]) -> tuple[str, ...]:
    """Return the facts of `STATED` without which a rule cannot be checked for at least one dose, in their order."""
    missing = {name.text for one in criteria if one is not None for rule in one.rules for name in rule.missing}
    return tuple(fact for fact in STATED if fact_name(fact).text in missing)


def answers_in_words(stated: Sequence[Stated]) -> tuple[Message, ...]:
    """Return each answer with its question, in the order of `STATED`: `Was …? Yes`."""
    return tuple(
        message(
            N_("{question} {answer}"),
            question=question(one.fact),
            answer=message(N_("Yes") if one.is_so else N_("No")),
        )
        for fact in STATED
        for one in stated
        if one.fact == fact
    )


def _clauses(profile: Profile) -> Iterator[Clause]:
    for rule in profile.rules:
        yield from rule.when
        yield from rule.any_of
        for way in rule.ways:
            yield from way
