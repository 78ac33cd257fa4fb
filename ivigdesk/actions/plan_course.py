"""Plan a course: a proposal that stores nothing, then the confirmation that stores all of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import known_patient
from ivigdesk.actions.plan_form import (
    read_first_date,
    read_first_days,
    read_policy,
    read_prescribed,
    read_rounding,
)
from ivigdesk.actions.words import one_line, read_date
from ivigdesk.clinical import library
from ivigdesk.clinical.course import Course, Dose, Revision
from ivigdesk.clinical.findings import Finding, standing_in_the_way
from ivigdesk.clinical.measurements import read_height, read_weight
from ivigdesk.clinical.patient import Patient
from ivigdesk.clinical.plan import plan_course
from ivigdesk.clinical.planning import CoursePlan, PlannedInfusion, PlanRequest
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Record, message
from ivigdesk.scheduling.regimen import Regimen


class PlanForm(Record, frozen=True):
    """What is typed on the planning page, as text; empty fields fall back to what is known of the patient.

    Attributes:
        patient_id: whose course.
        regimen_id, product_id: ids of the library.
        first_on: date of the first dose; `t` is today. For a transplant-anchored regimen it leaves out earlier
            doses and may be empty.
        weekly_from: chosen first day of the phase whose source leaves it open; empty for the regimen's own.
        weight: kilograms measured on `weighed_on`; empty for the patient's last weight.
        height: centimetres; empty for the patient's.
        policy: of the dosing weight; empty for the regimen's own.
        rounding: empty for the nearest vials; anything else is a choice that the ±10 % rule accepts.
        mg_per_kg: the prescriber's dose, only where the source states none.
        antiviral, prescriber: words.
        include_optional: also the doses that the source calls optional.
    """

    patient_id: UUID
    regimen_id: str
    product_id: str
    first_on: str = "t"
    weekly_from: str = ""
    weight: str = ""
    weighed_on: str = ""
    height: str = ""
    policy: str = ""
    rounding: str = ""
    mg_per_kg: str = ""
    antiviral: str = ""
    prescriber: str = ""
    include_optional: bool = False


class Proposal(Record, frozen=True):
    """A computed course that nobody has confirmed.

    Attributes:
        course_id: id that the course will have, so that confirming twice makes one course.
        patient: as known when it was computed.
        plan: doses, amounts, findings.
        antiviral, prescriber: words that go with it.
    """

    course_id: UUID
    patient: Patient
    plan: CoursePlan
    antiviral: str
    prescriber: str

    @property
    def in_the_way(self) -> tuple[Finding, ...]:
        """Findings that need a reason before the course can be confirmed."""
        return standing_in_the_way(self.plan.all_findings)


def propose(desk: Desk, form: PlanForm, course_id: UUID | None = None) -> Proposal:
    """Compute a course; nothing is stored.

    Raises:
        UserMistake: a field cannot be taken.
        KnownError: regimen, product or patient is not known, or the rules refuse.
    """
    patient = known_patient(desk, form.patient_id)
    regimen = desk.library.regimen(form.regimen_id)
    request = _request(desk, form, patient, regimen)
    plan = _planned(desk, request)
    earlier = _earlier_mg_per_kg(desk, patient.id, plan.infusions[0].calendar.due_on)
    if earlier:
        plan = _planned(desk, msgspec.structs.replace(request, earlier_mg_per_kg=earlier))
    return Proposal(
        course_id=course_id or uuid4(),
        patient=patient,
        plan=plan,
        antiviral=plan.request.antiviral,
        prescriber=one_line(form.prescriber, field="prescriber", name=message(N_("Prescriber")), most=100),
    )


def confirm(desk: Desk, proposal: Proposal, reason: str = "") -> Course:
    """Store the course, its first revision and the journal entry, all or nothing.

    Args:
        reason: why findings that stand in the way are accepted; may be empty when there are none.

    Raises:
        KnownError: findings stand in the way and no reason is given; or the course could not be stored.
    """
    written = one_line(reason, field="reason", name=message(N_("Reason")), most=500)
    if proposal.in_the_way and not written:
        raise KnownError(
            message(
                N_("The course is not stored: {finding} A prescriber's reason is needed to go on."),
                finding=proposal.in_the_way[0].message,
            )
        )
    nurse = desk.must_have_nurse()
    at = desk.clock.now()
    plan = proposal.plan
    request = plan.request
    revision = Revision(
        id=uuid4(),
        course_id=proposal.course_id,
        number=1,
        doses=tuple(_dose(infusion) for infusion in plan.infusions),
        reason=written,
        nurse=nurse,
        at=at,
    )
    course = Course(
        id=proposal.course_id,
        patient_id=proposal.patient.id,
        regimen=request.regimen,
        product=request.product,
        first_on=plan.infusions[0].calendar.due_on,
        transplant_on=request.transplant_on,
        first_days=request.first_days,
        weight_g=request.weight_g,
        weighed_on=request.weighed_on,
        height_mm=request.height_mm,
        dosing_weight=plan.dosing_weight,
        weight_policy=request.policy,
        rounding=request.rounding,
        antiviral=proposal.antiviral,
        prescriber=proposal.prescriber,
        override_reason=written if proposal.in_the_way else "",
        findings=plan.findings,
        nurse=nurse,
        at=at,
        revision=revision,
    )
    with desk.ward.changing(nurse=nurse, at=at, action="course planned", reason=written) as change:
        change.add(course)
        change.add(revision)
    return course


def _planned(desk: Desk, request: PlanRequest) -> CoursePlan:
    settings = desk.settings
    return plan_course(request, ward_days=settings.days, pump_step_ml_per_h=settings.pump_step_ml_per_h)


def _earlier_mg_per_kg(desk: Desk, patient_id: UUID, first_on: date) -> Decimal:
    """Return what the patient's other courses gave, or plan to give, in the days before: doses count per patient.

    Source: FACTS SR10, T32.
    """
    since = first_on - timedelta(days=library.limits().haemolysis_window_days)
    return sum(
        (
            dose.mg_per_kg
            for course in desk.ward.courses_of(patient_id)
            for dose in course.doses
            if dose.state == "planned" and since <= dose.due_on < first_on
        ),
        Decimal(0),
    )


def _request(desk: Desk, form: PlanForm, patient: Patient, regimen: Regimen) -> PlanRequest:
    now = today(desk.clock)
    weight_g, weighed_on = _weight(form, patient, now)
    rounding, chosen = read_rounding(form.rounding)
    first_on = read_first_date(form.first_on, regimen, now)
    if first_on is not None and first_on < patient.birth_on:
        raise UserMistake(
            "first_on",
            message(
                N_("{name}: {value} is before the birth date {birth}."),
                name=message(N_("First dose")),
                value=first_on,
                birth=patient.birth_on,
            ),
        )
    return PlanRequest(
        regimen=regimen,
        product=desk.library.product(form.product_id),
        first_on=first_on,
        transplant_on=patient.transplant_on,
        weight_g=weight_g,
        weighed_on=weighed_on,
        height_mm=read_height(form.height) if form.height.strip() else patient.height_mm,
        sex=patient.sex,
        birth_on=patient.birth_on,
        pregnant=patient.pregnant,
        policy=read_policy(form.policy, regimen),
        first_days=read_first_days(regimen, form.weekly_from),
        rounding=rounding,
        rounding_chosen=chosen,
        first_infusion=not patient.had_immunoglobulin,
        antiviral=one_line(form.antiviral, field="antiviral", name=message(N_("Antiviral")), most=100),
        blood_group=patient.blood_group,
        donor_blood_group=patient.donor_blood_group,
        risks=patient.risks,
        igg_g_per_l=patient.igg_g_per_l,
        include_optional=form.include_optional,
        mg_per_kg=read_prescribed(form.mg_per_kg),
    )


def _weight(form: PlanForm, patient: Patient, now: date) -> tuple[int, date | None]:
    if form.weight.strip():
        day = read_date(form.weighed_on or "t", field="weighed_on", name=message(N_("Weighed on")), base=now)
        if day > now:
            raise UserMistake(
                "weighed_on",
                message(
                    N_("{name}: {value} is in the future. Allowed: up to today."),
                    name=message(N_("Weighed on")),
                    value=day,
                ),
            )
        return read_weight(form.weight), day
    if patient.weight_g is None:
        raise UserMistake(
            "weight",
            message(N_("Weight: {name} has no weight on record. Weigh the patient first."), name=patient.name),
        )
    return patient.weight_g, patient.weighed_on


def _dose(infusion: PlannedInfusion) -> Dose:
    day = infusion.calendar
    return Dose(
        id=uuid4(),
        number=day.number,
        phase=day.phase,
        phase_name=day.phase_name,
        course_day=day.course_day,
        transplant_day=day.transplant_day,
        due_on=day.due_on,
        planned_on=day.due_on,
        mg_per_kg=infusion.mg_per_kg,
        exact_mg=infusion.amount.exact_mg,
        planned_dose_mg=infusion.amount.dose_mg,
        discard_mg=infusion.amount.discard_mg,
        deviation_percent=infusion.amount.deviation_percent,
        volume_ml=infusion.amount.volume_ml,
        vials=infusion.amount.vials,
        rate_card=infusion.rate_card,
        is_first_infusion=infusion.is_first_infusion,
        findings=infusion.findings,
    )
