"""Doses of a changed calendar computed anew: another product, another weight, or a dose that is added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from uuid import UUID

import msgspec

from ivigdesk.actions.courses.compute_anew import computed_anew, with_amount
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course, Dose, DoseWeight
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.findings import Finding
from ivigdesk.clinical.products.product import Product
from ivigdesk.clinical.safety.rules import gravest_first
from ivigdesk.messages import Record

_SWITCHED = "SR29"
"""The finding that the dose before was of another product."""


class Computed(Record, frozen=True):
    """Doses of a course computed anew.

    Attributes:
        doses: every dose of the course, ascending by number; those that were not chosen as they were.
        weight_findings: what was noticed about the weight, each once.
        dose_findings: what was noticed about the chosen doses, by product and date.
        findings: what the rules noticed that they had not noticed before, the gravest first.
    """

    doses: tuple[Dose, ...]
    weight_findings: tuple[Finding, ...]
    dose_findings: tuple[Finding, ...]
    findings: tuple[Finding, ...]


def computed(
    desk: Desk,
    view: CourseView,
    doses: Sequence[Dose],
    chosen: Sequence[UUID],
    *,
    weight: DoseWeight | None = None,
    height_mm: int | None = None,
) -> Computed:
    """Return the doses of a course with the chosen ones computed anew, each from its own product.

    Each keeps its identity, date, dose per kilogram and what the ward decided.

    Args:
        desk: where the nurse works.
        view: the course as it is stored.
        doses: of the course after the change, ascending by number.
        chosen: which; none of them has a record.
        weight: a new weight to compute with; the policy makes the dosing weight. None for each dose's own.
        height_mm: of the patient; None for the course's.

    Raises:
        UserMistake: a weight or height that nobody has.
        KnownError: the rules refuse; a product cannot be planned with.
    """
    course = _with_doses(view.course, doses)
    recorded = {one.dose.id for one in view.doses if one.infusion is not None}
    to_come = sorted((dose for dose in doses if dose.counts and dose.id not in recorded), key=lambda dose: dose.place)
    by_id = {dose.id: dose for dose in doses}
    of_plans, of_weights, of_doses = list[Finding](), list[Finding](), list[Finding]()
    for group in _alike(course, [by_id[one] for one in chosen], weight):
        used = weight or course.weight_of(group[0])
        product = course.product_of(group[0])
        # The doses to come before it of the same product: after them, its first one does not begin anew.
        before = [dose for dose in to_come if dose.comes_before(group[0]) and course.product_of(dose).id == product.id]
        line = [*before, *group]
        beside = [dose for dose in to_come if dose not in line]
        plan = computed_anew(
            desk, course, view.patient, line, used, height_mm or course.height_mm, product=product, beside=beside
        )
        of_plans.extend(plan.findings)
        of_weights.extend(plan.dosing_weight.findings)
        has_new_weight = weight is not None or plan.dosing_weight.kg != used.dosing_weight.kg
        used = msgspec.structs.replace(used, dosing_weight=plan.dosing_weight)
        for dose, infusion in zip(group, plan.infusions[len(before) :], strict=True):
            of_doses.extend(infusion.findings)
            fresh = with_amount(dose, infusion)
            by_id[dose.id] = msgspec.structs.replace(fresh, weight=used) if has_new_weight else fresh
    return Computed(
        doses=tuple(by_id[dose.id] for dose in doses),
        weight_findings=_once(of_weights),
        dose_findings=tuple(of_doses),
        findings=_new(view.course, of_plans, of_doses),
    )


def switches(view: CourseView, doses: Sequence[Dose]) -> tuple[UUID, ...]:
    """Return the doses to come before which the product changes now and did not before.

    SAFETY: the dose after the last one of a switched product begins at the initial rate too.
    """
    before = _product_before(view.course, view.course.doses)
    after = _product_before(_with_doses(view.course, doses), doses)
    recorded = {one.dose.id for one in view.doses if one.infusion is not None}
    return tuple(
        dose_id
        for dose_id, product_id in after.items()
        if dose_id not in recorded and dose_id in before and before[dose_id] != product_id
    )


def too_fast(view: CourseView, doses: Sequence[Dose]) -> tuple[UUID, ...]:
    """Return the doses to come that follow one of another product and do not begin at the initial rate."""
    course = _with_doses(view.course, doses)
    before = _product_before(course, doses)
    recorded = {one.dose.id for one in view.doses if one.infusion is not None}
    return tuple(
        dose.id
        for dose in doses
        if dose.id not in recorded
        and not dose.is_first_infusion
        and before.get(dose.id, course.product_of(dose).id) != course.product_of(dose).id
    )


def _product_before(course: Course, doses: Sequence[Dose]) -> Mapping[UUID, str]:
    line = sorted((dose for dose in doses if dose.counts), key=lambda dose: dose.place)
    return {later.id: course.product_of(earlier).id for earlier, later in pairwise(line)}


def _alike(course: Course, doses: Sequence[Dose], weight: DoseWeight | None) -> list[list[Dose]]:
    """Return the doses in groups of one product and one weight, each ascending by date."""
    groups: list[tuple[Product, DoseWeight, list[Dose]]] = []
    for dose in sorted(doses, key=lambda dose: dose.place):
        product, used = course.product_of(dose), weight or course.weight_of(dose)
        for of_product, of_weight, group in groups:
            if (of_product, of_weight) == (product, used):
                group.append(dose)
                break
        else:
            groups.append((product, used, [dose]))
    return [group for _product, _weight, group in groups]


def _new(course: Course, of_plans: Sequence[Finding], of_doses: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return what was not noticed before, each once.

    What is said of the course as a whole is said anew only about a product: its sums were looked at as a whole.
    """
    known = [*course.findings, *(finding for dose in course.doses for finding in dose.findings)]
    codes = {finding.code for finding in known} - {_SWITCHED}
    new: list[Finding] = []
    for finding in of_plans:
        if (finding.code not in codes or "product" in finding.message.facts) and finding not in (*known, *new):
            new.append(finding)
    for finding in of_doses:
        if finding not in (*known, *new):
            new.append(finding)
    return gravest_first(new)


def _once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for place, finding in enumerate(findings) if finding not in findings[:place])


def _with_doses(course: Course, doses: Sequence[Dose]) -> Course:
    return msgspec.structs.replace(course, revision=msgspec.structs.replace(course.revision, doses=tuple(doses)))
