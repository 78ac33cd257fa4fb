"""Undo: the calendar before the newest change that is not undone, as one more revision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from ivigdesk.actions.courses.changing.rows import is_touched
from ivigdesk.actions.courses.changing.slots_of import seen_with, slots_of
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import patient_row
from ivigdesk.clinical.courses.course import Dose, Revision
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.infusions.grading import holds_course
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Record, message
from ivigdesk.scheduling.changes.slots import Limits
from ivigdesk.scheduling.changes.undoing import newest_change, undone
from ivigdesk.scheduling.changes.undoing import restored as slots_put_back


class Restored(Record, frozen=True):
    """A calendar that an undo puts back.

    Attributes:
        change: the revision that is undone.
        number: of the revision whose calendar is put back.
        doses: of the course afterwards, ascending by number.
    """

    change: Revision
    number: int
    doses: tuple[Dose, ...]


def undoable(desk: Desk, course_id: UUID) -> Revision | None:
    """Return the change that an undo would take back next, or refuse in words to take back; None when there is none.

    Raises:
        KnownError: the course is not known.
    """
    found = _newest_change(look_up_course(desk, course_id), desk.ward.revisions_of(course_id))
    return None if found is None else found.change


def restored(view: CourseView, revisions: Sequence[Revision], limits: Limits) -> Restored:
    """Return the calendar before the newest change that is not undone, with what happened since left as it is.

    SAFETY: a dose with a record stays as it is, whatever the older calendar says of it.

    Args:
        view: the course as it stands.
        revisions: all of the course's, oldest first.
        limits: what no change of the course's calendar may do.

    Raises:
        KnownError: there is nothing to undo, or the older calendar cannot be put back.
    """
    found = _newest_change(view, revisions)
    if found is None:
        raise KnownError(message(N_("Nothing in this course can be undone.")))
    if _is_hold_after_reaction(revisions[found.change.number - 2], found.change):
        raise KnownError(
            message(
                N_(
                    "The newest change put doses on hold after a grave reaction. It is not undone: a prescriber "
                    "releases the hold."
                )
            )
        )
    earlier = seen_with(view, revisions[found.number - 1].doses)
    slots_put_back(slots_of(view), slots_of(earlier), limits)
    for one in view.doses:
        _must_not_go_back(one.dose, found, view.day)
    return found


def has_reacted_since(desk: Desk, view: CourseView, at: datetime) -> bool:
    """Return whether the patient had a grave reaction, in this course or another, that was recorded at `at` or later.

    SAFETY: what was omitted or ceased then was not put on hold. It does not come back without a prescriber's word.
    """
    return any(
        effect.at >= at and holds_course(effect.grade)
        for course in patient_row(desk, view.patient).courses
        for one in course.doses
        for effect in one.side_effects
    )


def standing_changes(revisions: Sequence[Revision]) -> Iterator[Revision]:
    """Yield the changes that are in force, newest first; those undone, and their undos, are left out."""
    restores = [revision.restores for revision in revisions]
    while (number := undone(restores)) is not None and (change := newest_change(restores)) is not None:
        yield revisions[change - 1]
        restores.append(number)


def _newest_change(view: CourseView, revisions: Sequence[Revision]) -> Restored | None:
    """Return the newest change that undoing would show; one that touched only what was given since is passed over."""
    restores = [revision.restores for revision in revisions]
    while (number := undone(restores)) is not None and (change := newest_change(restores)) is not None:
        older = revisions[number - 1].doses
        doses = _put_back(view, older)
        if _differ(view, doses) or _has_added_on_record(view, older):
            return Restored(change=revisions[change - 1], number=number, doses=doses)
        restores.append(number)
    return None


def _put_back(view: CourseView, older: Sequence[Dose]) -> tuple[Dose, ...]:
    """Return the doses of an older calendar; those with a record as they are, but for a mark as entered in error."""
    was = {dose.id: dose for dose in older}
    doses = []
    for one in view.doses:
        old = was.get(one.dose.id)
        if one.infusion is not None:
            doses.append(one.dose if old is None else _marked_as(one.dose, old))
        elif old is not None:
            doses.append(old)
    return tuple(doses)


def _marked_as(dose: Dose, old: Dose) -> Dose:
    if dose.is_error == old.is_error:
        return dose
    return msgspec.structs.replace(
        dose, is_error=old.is_error, reason=old.reason, changed_by=old.changed_by, changed_at=old.changed_at
    )


def _differ(view: CourseView, doses: Sequence[Dose]) -> bool:
    after = {dose.id: dose for dose in doses}
    return any(one.dose.id not in after or is_touched(one.dose, after[one.dose.id]) for one in view.doses)


def _has_added_on_record(view: CourseView, older: Sequence[Dose]) -> bool:
    """Whether a dose that the older calendar does not have was given or written off since."""
    was = {dose.id for dose in older}
    return any(one.infusion is not None and one.dose.id not in was for one in view.doses)


def _is_hold_after_reaction(before: Revision, change: Revision) -> bool:
    """Whether the change held doses after a grave reaction; earlier programs held them for nothing else."""
    if change.verb:
        return change.verb == "reaction"
    was = {dose.id: dose.state for dose in before.doses}
    return any(dose.state == "held" and was.get(dose.id) != "held" for dose in change.doses)


def _must_not_go_back(dose: Dose, found: Restored, now: date) -> None:
    """Refuse to put a dose that lies ahead back to a day that has passed since it was moved.

    One that was overdue already when it was moved may stand there again: it was overdue then, and is now.

    Raises:
        KnownError: it names the dose and the day.
    """
    old = next((one for one in found.doses if one.id == dose.id), dose)
    changed_on = found.change.at.date()
    if old.counts and changed_on <= old.due_on < now <= dose.due_on:
        raise KnownError(
            message(
                N_(
                    "The change cannot be undone. Dose {number} would go back to {date}, and that day is over. "
                    "Allowed: move it to another date."
                ),
                number=dose.number,
                date=old.due_on,
            )
        )
