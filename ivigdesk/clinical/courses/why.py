"""Why this dose: every number of one dose with its rule, inputs and source, so that a second person can check it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from ivigdesk.clinical.courses.course import Course, Dose, DoseWeight, Revision, dose_of
from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.courses.why_changed import dose_in
from ivigdesk.clinical.courses.why_date import date_steps, dated
from ivigdesk.clinical.courses.why_follow_ups import follow_up_steps
from ivigdesk.clinical.doses.dosing import Rounding
from ivigdesk.clinical.eligibility.criteria import outcome_words, profile_title
from ivigdesk.clinical.eligibility.questions import answers_in_words
from ivigdesk.clinical.findings import Finding, TraceStep
from ivigdesk.clinical.infusions.following import FollowUpInForce
from ivigdesk.clinical.patients.known import Stated
from ivigdesk.clinical.patients.patient import age_on
from ivigdesk.clinical.products.product import Product
from ivigdesk.clinical.products.rates import RateCard
from ivigdesk.messages import N_, Amount, Message, Record, Text, message
from ivigdesk.scheduling.choices import choose
from ivigdesk.units import grams, kilograms, plain, rounded

_KG_READING = Decimal("0.001")

_ROUNDINGS: dict[Rounding, str] = {
    "nearest": N_("rounded to the nearest vials"),
    "down": N_("rounded down to whole vials"),
    "up": N_("rounded up to whole vials"),
    "partial": N_("drawn up exactly; the rest of the last vial is discarded"),
}


class WhyPart(Record, frozen=True):
    """One question about a dose with its answer.

    Attributes:
        title: the question in words.
        steps: in the order in which they are checked.
    """

    title: Message
    steps: tuple[TraceStep, ...]


def why_dose(
    view: CourseView, number: int, revisions: Sequence[Revision], follow_ups: Sequence[FollowUpInForce] = ()
) -> tuple[WhyPart, ...]:
    """Return why dose `number` of a course is as it is, from the records; nothing is computed anew.

    Args:
        revisions: of the course, oldest first; those after the one shown are left out.
        follow_ups: decisions after earlier side effects that hold for the dose; its card in `view` keeps to them.

    Raises:
        KeyError: the course has no such dose.
    """
    one = view.view(number)
    course, dose = view.course, one.dose
    shown = tuple(revision for revision in revisions if revision.number <= course.revision.number)
    return _parts(
        (N_("Why this date"), dated(course, dose, shown)),
        (N_("Why this weight"), _weight_steps(course.weight_of(dose), course.policy_reason, dose, shown)),
        (N_("Why this amount"), _amount_steps(course, dose)),
        (N_("Why these rates"), _rate_steps(dose.rate_card, dose.is_first_infusion)),
        (N_("After earlier side effects"), follow_up_steps(follow_ups)),
        (N_("Criteria on this date"), _criteria_steps(dose, view.patient.birth_on, course.stated)),
        (N_("What the rules noticed"), _finding_steps((*dose.findings, *course.findings))),
        (N_("Who and when"), _signature_steps(course, dose, shown)),
    )


def why_planned(plan: CoursePlan, index: int) -> tuple[WhyPart, ...]:
    """Return why a dose of a plan that nobody has confirmed is as it is.

    Args:
        index: of the dose, from 0.
    """
    request = plan.request
    infusion = plan.infusions[index]
    doses = tuple(dose_of(one, UUID(int=place)) for place, one in enumerate(plan.infusions))
    dose = doses[index]
    regimen = choose(request.regimen, request.choices)
    weight = DoseWeight(weight_g=request.weight_g, weighed_on=request.weighed_on, dosing_weight=plan.dosing_weight)
    amount = (*infusion.amount.trace, *_volume_steps(request.product, dose))
    return _parts(
        (N_("Why this date"), date_steps(regimen, doses, dose, request.transplant_on)),
        (N_("Why this weight"), _weight_steps(weight, "", dose, ())),
        (N_("Why this amount"), iter(amount)),
        (N_("Why these rates"), _rate_steps(infusion.rate_card, infusion.is_first_infusion)),
        (N_("Criteria on this date"), _criteria_steps(dose, request.birth_on, request.known.stated)),
        (N_("What the rules noticed"), _finding_steps((*infusion.findings, *plan.findings))),
    )


def _parts(*parts: tuple[str, Iterator[TraceStep]]) -> tuple[WhyPart, ...]:
    found = ((title, tuple(steps)) for title, steps in parts)
    return tuple(WhyPart(title=message(title), steps=steps) for title, steps in found if steps)


def _weight_steps(
    weight: DoseWeight, policy_reason: str, dose: Dose, revisions: Sequence[Revision]
) -> Iterator[TraceStep]:
    kg = Amount(plain(kilograms(weight.weight_g)), "kg")
    if weight.weighed_on is None:
        yield TraceStep(rule=message(N_("weighed: {kg}, the day is not recorded"), kg=kg))
    else:
        yield TraceStep(rule=message(N_("weighed: {kg} on {date}"), kg=kg, date=weight.weighed_on))
    yield from weight.dosing_weight.trace
    if policy_reason:
        yield TraceStep(rule=message(N_("why this policy: {reason}"), reason=policy_reason))
    for earlier, later in pairwise(revisions):
        before, after = dose_in(earlier, dose.id), dose_in(later, dose.id)
        if before is not None and after is not None and before.weight != after.weight:
            yield TraceStep(
                rule=message(
                    N_("revision {number}: computed anew with this weight. Reason: {reason} ({nurse}, {at})"),
                    number=later.number,
                    reason=later.reason,
                    nurse=later.nurse,
                    at=later.at,
                ),
                source="FACTS 7 SR24",
            )


def _amount_steps(course: Course, dose: Dose) -> Iterator[TraceStep]:
    kg = course.weight_of(dose).dosing_weight.kg
    exact = Amount(plain(dose.exact_mg), "mg")
    yield TraceStep(
        rule=message(
            N_("{mg_per_kg} × {kg} = {mg}"),
            mg_per_kg=Amount(plain(dose.mg_per_kg), "mg/kg"),
            kg=Amount(plain(rounded(kg, _KG_READING)), "kg"),
            mg=exact,
        ),
        source=", ".join(course.regimen.sources),
    )
    rounding: Rounding = "partial" if dose.discard_mg else course.rounding
    opened_mg = dose.planned_dose_mg + dose.discard_mg
    yield TraceStep(
        rule=message(
            N_("{rounding}: {vials} = {opened}"),
            rounding=message(_ROUNDINGS[rounding]),
            vials=tuple(message(N_("{n} × {size}"), n=vial.count, size=_g(vial.mg)) for vial in dose.vials),
            opened=_g(opened_mg),
        ),
        source="FACTS 3.4",
    )
    percent = plain(dose.deviation_percent)
    yield TraceStep(
        rule=message(
            N_("({dose} − {exact}) ÷ {exact} × 100 = {deviation}"),
            dose=Amount(plain(Decimal(dose.planned_dose_mg)), "mg"),
            exact=exact,
            deviation=Amount(f"+{percent}" if dose.deviation_percent > 0 else percent, "%"),
        ),
        source="FACTS 3.4",
    )
    yield from _volume_steps(course.product_of(dose), dose)


def _volume_steps(product: Product, dose: Dose) -> Iterator[TraceStep]:
    if dose.discard_mg:
        yield TraceStep(
            rule=message(
                N_("{opened} opened − {dose} given = {discard} discarded"),
                opened=_g(dose.planned_dose_mg + dose.discard_mg),
                dose=_g(dose.planned_dose_mg),
                discard=_g(dose.discard_mg),
            )
        )
    yield TraceStep(
        rule=message(
            N_("{dose} of {product} ({g_per_l}) = {volume}"),
            dose=_g(dose.planned_dose_mg),
            product=product.title,
            g_per_l=Amount(plain(product.g_per_l), "g/L"),
            volume=Amount(plain(dose.volume_ml), "mL"),
        ),
        source=", ".join(product.sources),
    )


def _rate_steps(card: RateCard, is_first: bool) -> Iterator[TraceStep]:
    if is_first:
        yield TraceStep(
            rule=message(N_("first infusion, another product, or more than 8 weeks since the last: initial rates")),
            source="FACTS 4.2, S35, S54",
        )
    yield from card.trace
    for row, following in pairwise(card.rows):
        minutes = following.from_min - row.from_min
        yield TraceStep(
            rule=message(
                N_("from minute {from_min}: {rate}; in {minutes} min that is {ml}, {total} in all"),
                from_min=row.from_min,
                rate=Amount(plain(row.ml_per_h), "mL/h"),
                minutes=minutes,
                ml=Amount(plain(following.ml_total - row.ml_total), "mL"),
                total=Amount(plain(following.ml_total), "mL"),
            )
        )
    yield TraceStep(
        rule=message(
            N_("{volume} are in after {minutes} min"),
            volume=Amount(plain(card.volume_ml), "mL"),
            minutes=card.duration_min,
        )
    )


def _criteria_steps(dose: Dose, birth_on: date | None, stated: Sequence[Stated]) -> Iterator[TraceStep]:
    criteria, day, transplant_day = dose.criteria, dose.due_on, dose.transplant_day
    if criteria is None:
        return
    if birth_on is not None:
        yield TraceStep(rule=message(N_("age on {date}: {years} years"), date=day, years=age_on(birth_on, day)))
    if transplant_day is None:
        yield TraceStep(rule=message(N_("transplant day on {date}: not known"), date=day))
    else:
        yield TraceStep(rule=message(N_("transplant day on {date}: {day}"), date=day, day=transplant_day))
    for answer in answers_in_words(stated):
        yield TraceStep(rule=message(N_("stated by the prescriber: {answer}"), answer=answer))
    for rule in criteria.rules:
        said = message(
            N_("{code}, {title}: {outcome}"),
            code=rule.code,
            title=_bare(rule.title),
            outcome=outcome_words(rule.outcome),
        )
        if rule.missing:
            said = message(N_("{said}; missing: {missing}"), said=said, missing=rule.missing)
        if rule.is_payment:
            said = message(N_("{said} (who pays, not what is right for the patient)"), said=said)
        yield TraceStep(rule=said, source=rule.source)
    yield TraceStep(
        rule=message(
            N_("all together, {profile}: {outcome}"),
            profile=profile_title(criteria.profile),
            outcome=outcome_words(criteria.outcome),
        )
    )


def _finding_steps(findings: Sequence[Finding]) -> Iterator[TraceStep]:
    for finding in findings:
        rule = message(N_("{code}: {what}"), code=finding.code, what=finding.message)
        yield TraceStep(rule=rule, source=finding.source)


def _signature_steps(course: Course, dose: Dose, revisions: Sequence[Revision]) -> Iterator[TraceStep]:
    yield TraceStep(rule=message(N_("planned by {nurse}, {at}"), nurse=course.nurse, at=course.at))
    if course.prescriber:
        yield TraceStep(rule=message(N_("prescribed by {name}"), name=course.prescriber))
    if course.override_reason:
        yield TraceStep(
            rule=message(
                N_("findings that stood in the way were accepted by {name}: {reason}"),
                name=course.override_by or course.prescriber or course.nurse,
                reason=course.override_reason,
            )
        )
    for earlier, later in pairwise(revisions):
        before, after = dose_in(earlier, dose.id), dose_in(later, dose.id)
        if before != after:
            yield TraceStep(rule=_signed(later))


def _signed(revision: Revision) -> Message:
    facts = {"number": revision.number, "nurse": revision.nurse, "at": revision.at, "reason": revision.reason}
    if not revision.approved_by:
        return message(N_("revision {number}: {nurse}, {at}. Reason: {reason}"), **facts)
    return message(
        N_("revision {number}: {nurse}, {at}; approved by {name}. Reason: {reason}"),
        name=revision.approved_by,
        **facts,
    )


def _bare(title: Text) -> Text:
    """Return a sentence without its full stop, to be gone on with."""
    return Text(en=title.en.rstrip("."), zh_CN=title.zh_CN.rstrip("。"))


def _g(mg: int) -> Amount:
    return Amount(plain(grams(mg)), "g")
