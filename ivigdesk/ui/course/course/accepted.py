"""How a course was accepted: who prescribed and confirmed it, what was picked, and what was accepted with a reason."""

from __future__ import annotations

from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.eligibility.criteria import Outcome, outcome_words, profile_title
from ivigdesk.clinical.findings import standing_in_the_way
from ivigdesk.sheets.plan.choices import picked
from ivigdesk.ui.course.words import POLICIES, ROUNDINGS, by_weight, kilograms_text
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.library.detail import Part, pair
from ivigdesk.ui.library.parts.criteria import payment_state
from ivigdesk.ui.library.words import standing_state, standing_warning
from ivigdesk.wording import Wording


def accepted_parts(course: Course, wording: Wording) -> tuple[Part, ...]:
    """Return every part, the weightiest first."""
    _ = wording.gettext
    warning = standing_warning(course.regimen.standing, wording)
    confirmed = _("{nurse}, {moment}").format(nurse=course.nurse, moment=wording.moment(course.at))
    return (
        Part("heading", _("How the course was accepted")),
        Part("chips", states=(standing_state(course.regimen.standing, wording),)),
        *((Part("warning", warning),) if warning else ()),
        pair(_("Prescriber"), course.prescriber or _("not recorded")),
        pair(_("Confirmed by"), confirmed),
        *_override(course, wording),
        *_picks(course, wording),
        *_weight(course, wording),
        pair(_("Rounding"), _(ROUNDINGS[course.rounding])),
        *_criteria(course, wording),
        *((pair(_("Given beside it"), course.antiviral),) if course.antiviral else ()),
        pair(_("Approved amount"), _approved(course, wording)),
    )


def _override(course: Course, wording: Wording) -> tuple[Part, ...]:
    _ = wording.gettext
    findings = (*course.findings, *(finding for dose in course.doses for finding in dose.findings))
    barred = by_weight(standing_in_the_way(findings))
    if not course.override_reason:
        return () if barred else (pair(_("Accepted in spite of findings"), _("no: nothing stood in the way")),)
    name = course.override_by or course.prescriber or _("name not recorded")
    said = _("{name}: {reason}").format(name=name, reason=course.override_reason)
    parts = [pair(_("Accepted in spite of findings"), said)]
    if barred:
        parts.append(pair(_("What was accepted"), "\n".join(f"•\u2002{wording.say(one.message)}" for one in barred)))
    return tuple(parts)


def _picks(course: Course, wording: Wording) -> tuple[Part, ...]:
    picks = picked(course, wording)
    return (pair(wording.gettext("What the prescriber chose"), "\n".join(picks)),) if picks else ()


def _weight(course: Course, wording: Wording) -> tuple[Part, ...]:
    _ = wording.gettext
    policy = _("{policy}: {weight}").format(
        policy=_(POLICIES[course.weight_policy]), weight=kilograms_text(wording, course.dosing_weight.kg)
    )
    parts = [pair(_("Dosing weight"), policy)]
    if course.policy_reason:
        parts.append(pair(_("Why this weight policy"), course.policy_reason))
    return tuple(parts)


def _criteria(course: Course, wording: Wording) -> tuple[Part, ...]:
    _ = wording.gettext
    judged = [(dose.number, dose.criteria) for dose in course.doses if dose.criteria is not None]
    if not judged:
        return (pair(_("Criteria"), _("none were looked at")),)
    by_outcome: dict[Outcome, list[int]] = {}
    for number, criteria in judged:
        by_outcome.setdefault(criteria.outcome, []).append(number)
    lines = [wording.say(profile_title(judged[-1][1].profile))]
    for outcome, numbers in by_outcome.items():
        doses = wording.ngettext("dose {numbers}", "doses {numbers}", len(numbers))
        lines.append(
            _("{outcome}: {doses}").format(
                outcome=wording.say(outcome_words(outcome)), doses=doses.format(numbers=wording.ranges(numbers))
            )
        )
    parts = [pair(_("Criteria"), "\n".join(lines))]
    if any(criteria.is_payment for _number, criteria in judged):
        parts.append(Part("chips", states=(payment_state(wording),)))
        parts.append(Part("line", _("This says who pays. It says nothing about what is right for the patient.")))
    return tuple(parts)


def _approved(course: Course, wording: Wording) -> str:
    if course.approved_mg is None:
        return wording.gettext("not recorded")
    return dose_grams(wording, course.approved_mg)
