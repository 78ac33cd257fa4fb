"""Plan a course: a proposal that stores nothing, then the confirmation that stores all of it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.courses.approval import (
    above_the_approval,
    after_the_approval,
    read_approved,
    read_approved_until,
)
from ivigdesk.actions.courses.plan_form import PlanForm as PlanForm  # the planning page takes the form from this room
from ivigdesk.actions.courses.plan_request import request_of_form
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import known_patient
from ivigdesk.actions.ward.public_holidays import ward_days
from ivigdesk.actions.words import one_line
from ivigdesk.clinical.courses.course import Course, Revision, dose_of
from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clinical.courses.planning import CoursePlan, PlanRequest
from ivigdesk.clinical.findings import Finding, standing_in_the_way
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.tasks.task import Task, plan_tasks
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Record, message
from ivigdesk.scheduling.calendar import expand
from ivigdesk.scheduling.choices import choose
from ivigdesk.scheduling.closures import MOST_MOVED_DAYS, WardDays


class Proposal(Record, frozen=True):
    """A computed course that nobody has confirmed.

    Attributes:
        course_id: id that the course will have, so that confirming twice makes one course.
        patient: as known when it was computed.
        plan: doses, amounts, findings.
        antiviral, prescriber: words that go with it.
        policy_reason: why another weight policy than the proposed one; may be empty.
        approved_mg: milligrams that somebody approved for the course; None without an approval.
        approved_until: last day that the approval covers; None where it has no end.
    """

    course_id: UUID
    patient: Patient
    plan: CoursePlan
    antiviral: str
    prescriber: str
    policy_reason: str = ""
    approved_mg: int | None = None
    approved_until: date | None = None

    @property
    def in_the_way(self) -> tuple[Finding, ...]:
        """Findings that need a prescriber's name and reason before the course can be confirmed."""
        return standing_in_the_way(self.plan.all_findings)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Dated samples, checks and laboratory values that the course would bring, by date."""
        return plan_tasks(self.plan)


def propose(desk: Desk, form: PlanForm, course_id: UUID | None = None) -> Proposal:
    """Compute a course; nothing is stored.

    Raises:
        UserMistake: a field cannot be taken.
        KnownError: regimen, product, criteria or patient are not known, or the rules refuse.
    """
    patient = known_patient(desk, form.patient_id)
    approved_mg = read_approved(form.approved_g)
    approved_until = read_approved_until(form.approved_until, today(desk.clock))
    plan = _planned(desk, request_of_form(desk, form, patient))
    noticed = above_the_approval(plan, approved_mg) + after_the_approval(plan, approved_until)
    return Proposal(
        course_id=course_id or uuid4(),
        patient=patient,
        plan=msgspec.structs.replace(plan, findings=plan.findings + noticed),
        antiviral=plan.request.antiviral,
        prescriber=one_line(form.prescriber, field="prescriber", name=message(N_("Prescriber")), most=100),
        policy_reason=form.policy_reason.strip(),
        approved_mg=approved_mg,
        approved_until=approved_until,
    )


def confirm(desk: Desk, proposal: Proposal, reason: str = "", by: str = "") -> Course:
    """Store the course, its first revision and the journal entry, all or nothing.

    A payment rule asks for no more than any other finding: a name and a reason (FACTS 2.2 E7, Traps T24).

    Args:
        reason: why findings that stand in the way are accepted; may be empty when there are none.
        by: the prescriber who accepts them; empty for the prescriber of the course.

    Raises:
        UserMistake: a ward's own regimen, or a finding that stands in the way, needs the prescriber's name.
        KnownError: findings stand in the way and no reason is given; or the course could not be stored.
    """
    written = one_line(reason, field="reason", name=message(N_("Reason")), most=500)
    accepted_by = one_line(by, field="by", name=message(N_("Accepted by")), most=100) or proposal.prescriber
    _must_be_accepted(proposal, written, accepted_by)
    nurse = desk.must_have_nurse()
    at = desk.clock.now()
    revision = Revision(
        id=uuid4(),
        course_id=proposal.course_id,
        number=1,
        doses=tuple(dose_of(infusion, uuid4()) for infusion in proposal.plan.infusions),
        reason=written,
        nurse=nurse,
        at=at,
    )
    course = _course(proposal, revision, written, accepted_by)
    with desk.ward.changing(nurse=nurse, at=at, action="course planned", reason=written) as change:
        change.add(course)
        change.add(revision)
    return course


def _planned(desk: Desk, request: PlanRequest) -> CoursePlan:
    settings = desk.settings
    return plan_course(request, ward_days=_ward_days(desk, request), pump_step_ml_per_h=settings.pump_step_ml_per_h)


def _ward_days(desk: Desk, request: PlanRequest) -> WardDays:
    """Return when the ward is open while the course would last, public holidays included where it closes on them."""
    settings = desk.settings
    if not settings.closes_on_holidays:
        return settings.days
    doses = expand(
        choose(request.regimen, request.choices),
        first_on=request.first_on,
        transplant_on=request.transplant_on,
        include_optional=request.include_optional,
    )
    room = timedelta(days=MOST_MOVED_DAYS)
    return ward_days(desk, doses[0].due_on - room, doses[-1].due_on + room)


def must_have_prescriber(proposal: Proposal) -> None:
    """Accept a proposal whose regimen is shipped, or that names its prescriber.

    Raises:
        UserMistake: a ward's own regimen needs the name of who prescribes it.
    """
    if proposal.plan.request.regimen.author and not proposal.prescriber:
        raise UserMistake(
            "prescriber",
            message(
                N_("Prescriber: “{regimen}” is a regimen of the ward's own. Enter who prescribes it."),
                regimen=proposal.plan.request.regimen.title,
            ),
        )


def _must_be_accepted(proposal: Proposal, reason: str, by: str) -> None:
    must_have_prescriber(proposal)
    if not proposal.in_the_way:
        return
    finding = proposal.in_the_way[0].message
    if not reason:
        raise KnownError(
            message(
                N_("The course is not stored: {finding} A prescriber's reason is needed to go on."),
                finding=finding,
            )
        )
    if not by:
        raise UserMistake(
            "by",
            message(
                N_("The course is not stored: {finding} The name of the prescriber who accepts it is needed to go on."),
                finding=finding,
            ),
        )


def _course(proposal: Proposal, revision: Revision, reason: str, accepted_by: str) -> Course:
    plan = proposal.plan
    request = plan.request
    is_accepted = bool(proposal.in_the_way)
    return Course(
        id=proposal.course_id,
        patient_id=proposal.patient.id,
        regimen=choose(request.regimen, request.choices),
        product=request.product,
        first_on=plan.infusions[0].calendar.due_on,
        transplant_on=request.transplant_on,
        first_days=tuple((pick.phase, int(pick.value)) for pick in request.choices if pick.what == "first_day"),
        weight_g=request.weight_g,
        weighed_on=request.weighed_on,
        height_mm=request.height_mm,
        dosing_weight=plan.dosing_weight,
        weight_policy=request.policy,
        rounding=request.rounding,
        antiviral=proposal.antiviral,
        prescriber=proposal.prescriber,
        override_reason=reason if is_accepted else "",
        override_by=accepted_by if is_accepted else "",
        policy_reason=proposal.policy_reason,
        profile=request.profile.id if request.profile else "",
        approved_mg=proposal.approved_mg,
        approved_until=proposal.approved_until,
        stated=request.known.stated,
        findings=plan.findings,
        nurse=revision.nurse,
        at=revision.at,
        revision=revision,
    )
