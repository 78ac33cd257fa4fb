"""Doses of a stored course computed anew: each keeps its dose per kilogram, its date and its identity."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ivigdesk.actions.courses.plan_request import request_of_course
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.known_facts import is_first_infusion, known_facts, treatment_of, with_own_doses
from ivigdesk.clinical.courses.course import Course, Dose, DoseWeight
from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clinical.courses.planning import CoursePlan, PlannedInfusion
from ivigdesk.clinical.patients.known import EarlierDose, KnownFacts
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.products.product import Product
from ivigdesk.scheduling.regimen import ListedDose, Regimen


def computed_anew(
    desk: Desk,
    course: Course,
    patient: Patient,
    doses: Sequence[Dose],
    weight: DoseWeight,
    height_mm: int | None,
    *,
    product: Product | None = None,
    beside: Sequence[Dose] = (),
) -> CoursePlan:
    """Return the plan of these doses alone, with regimen, policy and rounding of the course.

    Args:
        course: with its doses as they stand, or as they would stand.
        doses: ascending by date; the plan's infusions stand in the same order.
        weight: to compute with; its dosing weight is not used, the policy makes a new one.
        height_mm: of the patient; None when unknown.
        product: what they are given from; None for what the first of them is given from.
        beside: other doses of the course that are still to come: one of another product before a dose makes that
            dose begin at the initial rate.

    Raises:
        UserMistake: a weight or height that nobody has.
        KnownError: the rules refuse; the product cannot be planned with.
    """
    treatment = treatment_of(desk, patient)
    as_asked = tuple(course if one.id == course.id else one for one in treatment.courses)
    treatment = msgspec.structs.replace(treatment, courses=as_asked)
    given_from = product or course.product_of(doses[0])
    first_on = doses[0].due_on
    known = known_facts(desk, patient, besides=course.id, treatment=treatment)
    known = with_own_doses(known, course, tuple(treatment.infusions.values()))
    request = msgspec.structs.replace(
        request_of_course(desk, course, patient, _with(known, course, beside)),
        regimen=_of_doses(course.regimen, doses),
        product=given_from,
        first_on=first_on,
        weight_g=weight.weight_g,
        weighed_on=weight.weighed_on,
        height_mm=height_mm,
        first_infusion=is_first_infusion(desk, patient, given_from.id, first_on, treatment),
    )
    return plan_course(request, pump_step_ml_per_h=desk.settings.pump_step_ml_per_h)


def with_amount(dose: Dose, infusion: PlannedInfusion) -> Dose:
    """Return the dose with all that was computed anew for it; what it is, when, and what the ward decided stay."""
    amount = infusion.amount
    return msgspec.structs.replace(
        dose,
        exact_mg=amount.exact_mg,
        planned_dose_mg=amount.dose_mg,
        discard_mg=amount.discard_mg,
        deviation_percent=amount.deviation_percent,
        volume_ml=amount.volume_ml,
        vials=amount.vials,
        rate_card=infusion.rate_card,
        is_first_infusion=infusion.is_first_infusion,
        findings=infusion.findings,
        criteria=infusion.criteria,
    )


def _with(known: KnownFacts, course: Course, beside: Sequence[Dose]) -> KnownFacts:
    planned = (
        EarlierDose(
            on=dose.due_on,
            mg_per_kg=dose.mg_per_kg,
            product_id=course.product_of(dose).id,
            course_code=course.code,
            is_given=False,
        )
        for dose in beside
    )
    return msgspec.structs.replace(known, earlier=tuple(sorted((*known.earlier, *planned), key=lambda one: one.on)))


def _of_doses(regimen: Regimen, doses: Sequence[Dose]) -> Regimen:
    """Return the regimen as a list of these doses: what is left of a course is a course of its own."""
    first_on = doses[0].due_on
    return msgspec.structs.replace(
        regimen,
        anchor="first-dose",
        phases=(),
        doses=tuple(ListedDose(day=(dose.due_on - first_on).days + 1, mg_per_kg=dose.mg_per_kg) for dose in doses),
        first_dose_window=None,
        review_after_doses=None,
        stop_rule=None,
    )
