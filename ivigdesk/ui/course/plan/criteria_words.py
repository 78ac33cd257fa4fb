"""Outcomes of criteria as chips and sentences: never “eligible”, and a payment rule always says that it is one."""

from __future__ import annotations

from collections.abc import Sequence

from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.clinical.eligibility.criteria import Criteria, Outcome, ProfileId, outcome_words, profile_title
from ivigdesk.messages import N_
from ivigdesk.wording import Wording

_COVERAGE: dict[Outcome, str] = {
    "met": N_("Meets the {name} coverage criterion (payment rule)"),
    "not_met": N_("Does not meet the {name} coverage criterion (payment rule)"),
    "needs_justification": N_("Needs justification by the {name} coverage criterion (payment rule)"),
    "cannot_be_checked": N_("The {name} coverage criterion (payment rule) cannot be checked"),
}
_SHORT: dict[ProfileId, str] = {"cms": "CMS"}
OUTCOMES: tuple[Outcome, ...] = ("not_met", "needs_justification", "cannot_be_checked", "met")
"""From what asks most of the prescriber to what asks nothing."""


def criteria_words(criteria: Criteria, wording: Wording) -> str:
    """Return what the criteria come to: `Does not meet the CMS coverage criterion (payment rule)`."""
    if not criteria.is_payment:
        said = wording.say(outcome_words(criteria.outcome))
        return said[:1].upper() + said[1:]
    name = _SHORT.get(criteria.profile) or wording.say(profile_title(criteria.profile))
    return wording.gettext(_COVERAGE[criteria.outcome]).format(name=name)


def by_outcome(plan: CoursePlan) -> tuple[tuple[Criteria, tuple[int, ...]], ...]:
    """Return one criteria for each outcome with the numbers of its doses, what asks most first."""
    found: dict[Outcome, tuple[Criteria, list[int]]] = {}
    for infusion in plan.infusions:
        if infusion.criteria is not None:
            found.setdefault(infusion.criteria.outcome, (infusion.criteria, []))[1].append(infusion.calendar.number)
    return tuple((found[outcome][0], tuple(found[outcome][1])) for outcome in OUTCOMES if outcome in found)


def is_same_for_all(plan: CoursePlan) -> bool:
    """Whether the criteria come to the same for every dose, or there are none."""
    return len({infusion.criteria and infusion.criteria.outcome for infusion in plan.infusions}) <= 1


def doses_words(numbers: Sequence[int], wording: Wording) -> str:
    """Return `dose 3` or `doses 1, 3–5`."""
    said = wording.ngettext("dose {numbers}", "doses {numbers}", len(numbers))
    return said.format(numbers=wording.ranges(numbers))
