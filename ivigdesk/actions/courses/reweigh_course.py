"""Compute the remaining doses anew when the patient's weight has changed: first a proposal, then the approval."""

from __future__ import annotations

from uuid import UUID, uuid4

from ivigdesk.actions.courses.changing.accept import ACTIONS, signed, store_revision
from ivigdesk.actions.courses.changing.new_weight import weighed
from ivigdesk.actions.courses.weight_standing import WeightStanding, weight_standing
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.patients.known_facts import newest_measurements
from ivigdesk.actions.words import one_line
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.course import Course, Dose, DoseWeight, Revision
from ivigdesk.clinical.courses.status import CourseView, DoseStatus, DoseView
from ivigdesk.clinical.findings import Finding
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Record, message

_WAITING: tuple[DoseStatus, ...] = ("planned", "due", "overdue", "held")


class ReweighedDose(Record, frozen=True):
    """One remaining dose before and after; date, number and dose per kilogram are the same."""

    before: Dose
    after: Dose


class Reweighed(Record, frozen=True):
    """What the new weight would make of the remaining doses; nothing is stored.

    Attributes:
        view: the course as it stands, at the revision that this was computed from.
        weight: the old and the new weight.
        dosing_weight: made from the new weight by the course's policy, with its trace.
        rows: remaining doses, ascending by number; given ones are not among them.
        findings: what the rules noticed about the weight and the remaining doses.
    """

    view: CourseView
    weight: WeightStanding
    dosing_weight: DoseWeight
    rows: tuple[ReweighedDose, ...]
    findings: tuple[Finding, ...]

    @property
    def course(self) -> Course:
        """The course as it stands."""
        return self.view.course

    @property
    def before_mg(self) -> int:
        """Milligrams of the remaining doses as they are planned."""
        return sum(row.before.planned_dose_mg for row in self.rows)

    @property
    def after_mg(self) -> int:
        """Milligrams of the remaining doses with the new weight."""
        return sum(row.after.planned_dose_mg for row in self.rows)


def needs_reweigh(desk: Desk, view: CourseView) -> Finding | None:
    """Return what the weight asks for before the next dose; None when the weight is recent and near.

    Source: FACTS 7 SR24, 3.2.
    """
    waiting = _waiting(view)
    if not waiting:
        return None
    limits = library.limits()
    one = min(waiting, key=lambda other: (other.dose.due_on, other.dose.number))
    standing = weight_standing(view.course, one.dose, newest_measurements(desk, view.patient))
    is_now = one.dose.due_on <= view.day
    if standing.has_changed:
        what = message(
            N_(
                "The weight changed from {before} to {now} ({change}). Compute the remaining doses anew and have them "
                "approved."
            ),
            before=standing.before,
            now=standing.now,
            change=standing.change,
        )
        return Finding(severity="hold", code="SR24", message=what, source="FACTS 7 SR24", needs_reason=True)
    day = max(one.dose.due_on, view.day)
    age_days = (day - standing.weighed_on).days
    if age_days <= limits.weight_valid_days:
        return None
    return Finding(
        severity="hold" if is_now else "warn",
        code="SR24",
        message=message(
            N_("Weigh the patient before dose {number} on {date}: the weight is then {n} days old."),
            number=one.dose.number,
            date=day,
            n=age_days,
        ),
        source="FACTS 7 SR24",
    )


def proposal(desk: Desk, course_id: UUID) -> Reweighed:
    """Compute the remaining doses of a course with the patient's newest weight; nothing is stored.

    Number, dates and doses per kilogram stay, so that the course's dose per kilogram never grows.

    Raises:
        UserMistake: a weight that nobody has.
        KnownError: the course is not known, has no dose left, or the weight is the one it was computed from.
    """
    view = look_up_course(desk, course_id)
    waiting = sorted((one.dose for one in _waiting(view)), key=lambda dose: dose.place)
    if not waiting:
        raise KnownError(message(N_("No dose of this course is left to be computed anew.")))
    computed, standing = weighed(desk, view, waiting)
    after = {dose.id: dose for dose in computed.doses}
    rows = [ReweighedDose(before=dose, after=after[dose.id]) for dose in waiting]
    return Reweighed(
        view=view,
        weight=standing,
        dosing_weight=view.course.weight_of(after[waiting[0].id]),
        rows=tuple(sorted(rows, key=lambda row: row.before.number)),
        findings=(*computed.weight_findings, *computed.dose_findings),
    )


def confirm(desk: Desk, reweighed: Reweighed, reason: str, by: str) -> Course:
    """Approve the remaining doses as computed anew: revision n+1. Given doses stay as they are.

    Args:
        by: the prescriber who approves.

    Raises:
        UserMistake: reason or name is missing.
        KnownError: somebody changed the course in the meantime; nothing was saved.
    """
    why = one_line(reason, field="reason", name=message(N_("Reason")), most=400, required=True)
    who = one_line(by, field="by", name=message(N_("Prescriber who approves it")), most=100, required=True)
    after = {row.after.id: row.after for row in reweighed.rows}
    course = reweighed.course
    revision = Revision(
        id=uuid4(),
        course_id=course.id,
        number=course.revision.number + 1,
        doses=tuple(after.get(dose.id, dose) for dose in course.doses),
        reason=why,
        nurse=desk.must_have_nurse(),
        at=desk.clock.now(),
        verb="weight",
        approved_by=who,
    )
    return store_revision(desk, reweighed.view, signed(revision, course.doses), action=ACTIONS["weight"])


def _waiting(view: CourseView) -> tuple[DoseView, ...]:
    return tuple(one for one in view.doses if one.status in _WAITING)
