"""A course as it is stored, made from a plan without any store."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from ivigdesk.clinical.courses.course import Course, Revision, dose_of
from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clinical.courses.planning import PlanRequest
from ivigdesk.scheduling.choices import choose
from ivigdesk.scheduling.closures import WardDays
from tests.clinical.samples import request

PLANNED_AT = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)


def a_course(
    of: PlanRequest | None = None,
    *,
    ward_days: WardDays | None = None,
    approved_mg: int | None = None,
    override_reason: str = "",
    override_by: str = "",
    policy_reason: str = "",
) -> Course:
    """The course that the plan of a request becomes; the article's for 70 kg when none is given."""
    asked = of or request()
    plan = plan_course(asked, ward_days=ward_days or WardDays())
    course_id = UUID(int=7)
    revision = Revision(
        id=UUID(int=8),
        course_id=course_id,
        number=1,
        doses=tuple(dose_of(infusion, UUID(int=1000 + place)) for place, infusion in enumerate(plan.infusions)),
        reason="",
        nurse="A. Wong",
        at=PLANNED_AT,
    )
    return Course(
        id=course_id,
        patient_id=UUID(int=1),
        regimen=choose(asked.regimen, asked.choices),
        product=asked.product,
        first_on=plan.infusions[0].calendar.due_on,
        transplant_on=asked.transplant_on,
        first_days=(),
        weight_g=asked.weight_g,
        weighed_on=asked.weighed_on,
        height_mm=asked.height_mm,
        dosing_weight=plan.dosing_weight,
        weight_policy=asked.policy,
        rounding=asked.rounding,
        antiviral=asked.antiviral,
        prescriber="Dr S. Kim",
        override_reason=override_reason,
        override_by=override_by,
        policy_reason=policy_reason,
        approved_mg=approved_mg,
        findings=plan.findings,
        nurse="A. Wong",
        at=PLANNED_AT,
        revision=revision,
    )
