"""Doses of a stored course computed anew: each keeps its dose per kilogram, its date and its identity."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ivigdesk.actions.courses.plan_request import request_of_course
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.known_facts import is_first_infusion, known_facts, with_own_doses
from ivigdesk.clinical.courses.course import Course, Dose, DoseWeight
from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.scheduling.regimen import ListedDose, Regimen


def computed_anew(
    desk: Desk, course: Course, patient: Patient, doses: Sequence[Dose], weight: DoseWeight, height_mm: int | None
) -> CoursePlan:
    """Return the plan of these doses alone, with regimen, product, policy and rounding of the course.

    Args:
        doses: ascending by date; the plan's infusions stand in the same order.
        weight: to compute with; its dosing weight is not used, the policy makes a new one.
        height_mm: of the patient; None when unknown.

    Raises:
        UserMistake: a weight or height that nobody has.
        KnownError: the rules refuse.
    """
    known = with_own_doses(
        known_facts(desk, patient, besides=course.id), course, desk.ward.infusions_of_course(course.id)
    )
    first_on = doses[0].due_on
    request = msgspec.structs.replace(
        request_of_course(desk, course, patient, known),
        regimen=_of_doses(course.regimen, doses),
        first_on=first_on,
        weight_g=weight.weight_g,
        weighed_on=weight.weighed_on,
        height_mm=height_mm,
        first_infusion=is_first_infusion(desk, patient, course.product.id, first_on),
    )
    return plan_course(request, pump_step_ml_per_h=desk.settings.pump_step_ml_per_h)


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
