"""Move a dose to another day: first the ripple, then the confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.courses.plan_request import request_of_course
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import known_course
from ivigdesk.actions.patients.known_facts import known_facts, with_own_doses
from ivigdesk.actions.words import one_line
from ivigdesk.clinical.courses.course import Course, Dose, Revision
from ivigdesk.clinical.courses.planning import PlanRequest
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.eligibility.criteria import Criteria, outcome_words, profile_title
from ivigdesk.clinical.eligibility.facts import criteria_on
from ivigdesk.clinical.eligibility.findings import criteria_findings
from ivigdesk.clinical.findings import Finding
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clock import today
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.scheduling.changes import Moved, Reach, Slot, postpone


class RippleRow(Record, frozen=True):
    """One dose before and after the change.

    Attributes:
        before: as it stands now.
        due_on, course_day, transplant_day: after the change.
        notes: what the move does to its neighbours' gaps, and to the criteria, in words.
        criteria: what the course's criteria say of the new date; None without criteria.
    """

    before: DoseView
    due_on: date
    course_day: int
    transplant_day: int | None
    notes: tuple[Message, ...] = ()
    criteria: Criteria | None = None

    @property
    def is_moved(self) -> bool:
        """Whether the change gives it another date."""
        return self.due_on != self.before.dose.due_on


class Ripple(Record, frozen=True):
    """What a move would do; nothing is stored.

    Attributes:
        view: the course as it stands, at the revision that the ripple was computed from.
        number: the dose that is moved.
        to: its new date.
        reach: how far the move goes.
        rows: every dose, ascending by number.
    """

    view: CourseView
    number: int
    to: date
    reach: Reach
    rows: tuple[RippleRow, ...]


def ripple(desk: Desk, course_id: UUID, *, number: int, to: date, reach: Reach) -> Ripple:
    """Return what moving dose `number` to `to` would do.

    Raises:
        UserMistake: the date cannot be taken; the sentence says why.
        KnownError: the course or dose is not known, or the dose never moves (given, running, omitted, ceased).
    """
    view = look_up_course(desk, course_id)
    slots = tuple(_slot(view, one) for one in view.doses)
    now = today(desk.clock)
    # A dose that lies ahead never moves into the past; one that lies behind may be put where it belonged.
    lies_ahead = any(slot.number == number and slot.due_on >= now for slot in slots)
    moved = postpone(slots, number=number, to=to, reach=reach, not_before=now if lies_ahead else None)
    of_number = {move.slot.number: move for move in moved}
    after = [of_number[slot.number].due_on if slot.number in of_number else slot.due_on for slot in slots]
    request = request_of_course(desk, view.course, view.patient, _known(desk, view))
    rows = tuple(
        _row(view, one, due_on, after, of_number.get(one.dose.number), request)
        for one, due_on in zip(view.doses, after, strict=True)
    )
    return Ripple(view=view, number=number, to=to, reach=reach, rows=rows)


def postpone_dose(desk: Desk, change: Ripple, reason: str) -> Course:
    """Accept a ripple: revision n+1.

    Raises:
        UserMistake: no reason is given.
        KnownError: somebody changed the course in the meantime; nothing was saved.
    """
    written = one_line(reason, field="reason", name=message(N_("Reason")), most=500, required=True)
    course = change.view.course
    revision = Revision(
        id=uuid4(),
        course_id=course.id,
        number=course.revision.number + 1,
        doses=tuple(_moved_dose(row, written) for row in change.rows),
        reason=written,
        nurse=desk.must_have_nurse(),
        at=desk.clock.now(),
    )
    if known_course(desk, course.id).revision.number != course.revision.number:
        raise KnownError(
            message(N_("The course was changed by somebody else in the meantime. Nothing was saved; look at it again."))
        )
    with desk.ward.changing(nurse=revision.nurse, at=revision.at, action="dose postponed", reason=written) as journal:
        journal.add(revision)
    return msgspec.structs.replace(course, revision=revision)


def _slot(view: CourseView, one: DoseView) -> Slot:
    phases = view.course.regimen.phases
    phase = phases[one.dose.phase] if one.dose.phase < len(phases) else None
    return Slot(
        number=one.dose.number,
        phase=one.dose.phase,
        due_on=one.dose.due_on,
        is_fixed=one.status in ("given", "partly given", "not given", "running"),
        every_days=phase.every_days if phase else None,
        tolerance_days=phase.tolerance_days if phase else 0,
        is_left_out=one.status in ("omitted", "ceased"),
    )


def _known(desk: Desk, view: CourseView) -> KnownFacts:
    known = known_facts(desk, view.patient, besides=view.course.id)
    return with_own_doses(known, view.course, desk.ward.infusions_of_course(view.course.id))


def _row(
    view: CourseView, one: DoseView, due_on: date, after: Sequence[date], move: Moved | None, request: PlanRequest
) -> RippleRow:
    transplant_on = view.course.transplant_on
    before = one.dose.criteria
    criteria = before if move is None else criteria_on(request, due_on, dose_days=sorted(after))
    return RippleRow(
        before=one,
        due_on=due_on,
        course_day=(due_on - min(after)).days + 1,
        transplant_day=None if transplant_on is None else (due_on - transplant_on).days,
        notes=(*(move.notes if move else ()), *_change_of_criteria(before, criteria)),
        criteria=criteria,
    )


def _change_of_criteria(before: Criteria | None, after: Criteria | None) -> tuple[Message, ...]:
    """Say where the new date changes what the criteria say. Source: FACTS 2.2, Traps T25."""
    if before is None or after is None or before.outcome == after.outcome:
        return ()
    return (
        message(
            N_("Criteria: {profile}: {before} until now, {after} on the new date."),
            profile=profile_title(after.profile),
            before=outcome_words(before.outcome),
            after=outcome_words(after.outcome),
        ),
    )


def _moved_dose(row: RippleRow, reason: str) -> Dose:
    dose = row.before.dose
    if not row.is_moved:
        return msgspec.structs.replace(dose, course_day=row.course_day, transplant_day=row.transplant_day)
    return msgspec.structs.replace(
        dose,
        due_on=row.due_on,
        course_day=row.course_day,
        transplant_day=row.transplant_day,
        reason=reason,
        findings=_findings(dose, row.criteria),
        criteria=row.criteria,
    )


def _findings(dose: Dose, criteria: Criteria | None) -> tuple[Finding, ...]:
    """Return what was noticed about a dose, with what the criteria say of its new date in place of the old."""
    said_before = set() if dose.criteria is None else {finding.code for finding in criteria_findings(dose.criteria)}
    kept = tuple(finding for finding in dose.findings if finding.code not in said_before)
    return kept if criteria is None else (*kept, *criteria_findings(criteria))
