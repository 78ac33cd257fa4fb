"""Accept a change: one revision and one journal entry, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec

from ivigdesk.actions.courses.changing.rows import CourseChangedMeanwhile, Ripple, is_touched
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import known_course
from ivigdesk.actions.words import one_line
from ivigdesk.clinical.courses.course import Course, Dose, Revision
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.infusions.infusion import Infusion, Outcome
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.changes.slots import Verb

ACTIONS: Mapping[Verb, str] = {
    "postpone": "dose postponed",
    "bring-forward": "dose brought forward",
    "omit": "doses omitted",
    "hold": "doses held",
    "resume": "doses resumed",
    "cease": "course ceased",
    "add": "dose added",
    "first-day": "first day changed",
    "realign": "later doses realigned",
    "error": "dose entered in error",
    "product": "product switched",
    "weight": "doses reweighed",
    "undo": "change undone",
}
"""What the journal says of each verb."""


def accept(desk: Desk, ripple: Ripple, reason: str, by: str = "") -> Course:
    """Store the calendar that a ripple shows, as the course's next revision. Accepting it again changes nothing.

    Every dose that the change touches says why, who and when; one that stays on hold keeps the reason of the hold,
    and an undo puts back what a dose said before.

    Args:
        desk: where the nurse works.
        ripple: the change as it was shown.
        reason: why.
        by: the prescriber who approves it; may be empty where none is needed.

    Raises:
        UserMistake: for `reason` or `by`: missing, or cannot be printed.
        CourseChangedMeanwhile: somebody changed the course since the ripple was made; nothing was saved.
        KnownError: nobody is on duty, or the disk refuses; nothing was saved.
    """
    why = one_line(reason, field="reason", name=message(N_("Reason")), most=500, required=True)
    who = one_line(
        by, field="by", name=message(N_("Prescriber who approves it")), most=100, required=ripple.needs_prescriber
    )
    nurse, at = desk.must_have_nurse(), desk.clock.now()
    course = ripple.view.course
    revision = Revision(
        id=ripple.revision_id,
        course_id=course.id,
        number=ripple.next_number,
        doses=ripple.doses,
        reason=why,
        nurse=nurse,
        at=at,
        verb=ripple.asked.verb,
        approved_by=who,
        restores=ripple.restores,
    )
    if ripple.asked.verb != "undo":
        revision = signed(revision, course.doses)
    return store_revision(desk, ripple.view, revision, action=ACTIONS[ripple.asked.verb])


def signed(revision: Revision, before: Sequence[Dose]) -> Revision:
    """Return the revision with reason, nurse and time written at every dose that it touches.

    A dose that stays on hold keeps the reason of the hold: that is what everybody asks before it is given.

    Args:
        revision: with its doses as they will be.
        before: the doses as they stand.
    """
    was = {dose.id: dose for dose in before}

    def sign(dose: Dose) -> Dose:
        old = was.get(dose.id)
        if old is not None and not is_touched(old, dose):
            return dose
        if dose.state == "held" and (old is None or old.state == "held"):
            return dose
        return msgspec.structs.replace(dose, reason=revision.reason, changed_by=revision.nurse, changed_at=revision.at)

    return msgspec.structs.replace(revision, doses=tuple(sign(dose) for dose in revision.doses))


def store_revision(desk: Desk, view: CourseView, revision: Revision, *, action: str) -> Course:
    """Store a course's next revision with its journal entry, and return the course at the revision in force.

    SAFETY: a dose that was begun, ended or written off since may not be moved by a change that did not know of it.

    Args:
        desk: where the nurse works.
        view: the course as it stood when the new revision was made from it.
        revision: the new one; stored already, nothing is done.
        action: for the journal.

    Raises:
        CourseChangedMeanwhile: another revision is in force, or a dose has another record; nothing was saved.
        KnownError: the disk refuses; nothing was saved.
    """
    stored = known_course(desk, view.course.id)
    if stored.revision.number != view.course.revision.number:
        if any(one.id == revision.id for one in desk.ward.revisions_of(stored.id)):
            return stored
        raise CourseChangedMeanwhile(stored.revision.number)
    known = (one.infusion for one in view.doses if one.infusion is not None)
    if _records(known) != _records(desk.ward.infusions_of_course(stored.id)):
        raise CourseChangedMeanwhile(stored.revision.number)
    who = revision.approved_by
    reason = f"{revision.reason} ({who})" if who else revision.reason
    with desk.ward.changing(nurse=revision.nurse, at=revision.at, action=action, reason=reason) as change:
        change.add(revision)
    return msgspec.structs.replace(view.course, revision=revision)


def _records(infusions: Iterable[Infusion]) -> dict[UUID, Outcome | None]:
    return {one.dose_id: None if one.end is None else one.end.outcome for one in infusions}
