"""Rules about the course as a whole: other courses, its sum, and how old its weight is."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.clinical import library
from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.safety.facts import CourseFacts, DoseFacts, per_kg
from ivigdesk.messages import N_, Amount, message
from ivigdesk.units import plain


def overlapping(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR20: another course of the patient runs at the same time."""
    codes = tuple(code for code in facts.known.overlapping if _overlaps(facts, code))
    if not codes:
        return ()
    what = message(
        N_(
            "{courses}: this patient has another course at the same time. Ask the prescriber to merge them; both count "
            "together."
        ),
        courses=codes,
    )
    return noticed("hold", "SR20", what, "FACTS 7 SR20")


def _overlaps(facts: CourseFacts, code: str) -> bool:
    days = [dose.on for dose in facts.known.earlier if dose.course_code == code]
    # A course whose days are not known may lie anywhere.
    return not days or (min(days) <= facts.last_on and facts.first_on <= max(days))


def total(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR19: the sum of the course, together with the patient's other doses near it."""
    limit = facts.limits.course_mg_per_kg
    together = sum((given.mg_per_kg for given in facts.timeline), Decimal(0))
    if together <= limit:
        return ()
    if together > facts.total_mg_per_kg:
        what = message(
            N_(
                "The course adds up to {total}, with the patient's other courses around it to {together}: more than "
                "{limit}. The prescriber justifies it."
            ),
            total=per_kg(facts.total_mg_per_kg),
            together=per_kg(together),
            limit=per_kg(limit),
        )
    else:
        what = message(
            N_("The course adds up to {total}, more than {limit}. The prescriber justifies it."),
            total=per_kg(together),
            limit=per_kg(limit),
        )
    return noticed("warn", "SR19", what, "FACTS 7 SR19, Traps T32")


def weight_age(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR24: the weight is too old at the first dose."""
    weighed_on = facts.request.weighed_on
    if weighed_on is None:
        return ()
    days = (facts.first_on - weighed_on).days
    if days <= facts.limits.weight_valid_days:
        return ()
    what = message(
        N_(
            "The weight is of {weighed_on}: {days} days old at the first dose. "
            "Weigh again and plan with the new weight."
        ),
        weighed_on=weighed_on,
        days=days,
    )
    return noticed("hold", "SR24", what, "FACTS 7 SR24")


def height_missing(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR24: the weight policy needs a height and there is none."""
    is_needed = any(finding.code == "WEIGHT-DATA" for finding in facts.weight_findings)
    if facts.request.height_mm is not None or not is_needed:
        return ()
    policy = library.weight_rules().policy(facts.request.policy)
    what = message(
        N_("No height is recorded, and the weight policy ({policy}) needs it. Measure and record it."),
        policy=policy.title,
    )
    return noticed("hold", "SR24", what, "FACTS 7 SR24")


def weigh_again(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR24: say once what the remark on each later dose asks for."""
    if not any(_needs_weighing(facts, index) for index in range(len(facts.doses))):
        return ()
    what = message(
        N_(
            "A weight holds for {days} days: weigh again before later doses. After a change of {percent} or more the "
            "remaining doses are computed and approved anew."
        ),
        days=facts.limits.weight_valid_days,
        percent=Amount(plain(facts.limits.weight_change_percent), "%"),
    )
    return noticed("info", "SR24", what, "FACTS 7 SR24 (10 % GK-M)")


def weigh_before_dose(facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """SR24: the plan's weight is too old on the day of this dose."""
    if not _needs_weighing(facts, dose.index):
        return ()
    return noticed("info", "SR24", message(N_("Weigh again before this dose.")), "FACTS 7 SR24")


def _needs_weighing(facts: CourseFacts, index: int) -> bool:
    """Whether the plan's weight is too old on the day of a later dose; the first dose has its own finding."""
    weighed_on = facts.request.weighed_on or facts.first_on
    return index > 0 and (facts.doses[index].due_on - weighed_on).days > facts.limits.weight_valid_days
