"""What was done to one dose after it was planned: each change with its revision, reason, nurse and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from uuid import UUID

from ivigdesk.clinical.courses.course import Course, Dose, DoseState, Revision
from ivigdesk.clinical.findings import TraceStep
from ivigdesk.messages import N_, Amount, Message, message
from ivigdesk.units import kilograms, plain

_INTO: dict[DoseState, str] = {
    "planned": N_("put back on the calendar"),
    "held": N_("put on hold"),
    "omitted": N_("omitted"),
    "ceased": N_("ceased"),
}


def dose_in(revision: Revision, dose_id: UUID) -> Dose | None:
    """Return a dose as a revision has it; None where it has no such dose."""
    return next((one for one in revision.doses if one.id == dose_id), None)


def change_steps(course: Course, dose: Dose, revisions: Sequence[Revision]) -> Iterator[TraceStep]:
    """Yield one step for each revision that changed the dose.

    Args:
        course: whose dose it is.
        dose: as it stands now.
        revisions: of the course, oldest first.
    """
    for earlier, later in pairwise(revisions):
        after = dose_in(later, dose.id)
        if after is None:
            continue
        before = dose_in(earlier, dose.id)
        done = _added(course, after) if before is None else _changes(course, before, after)
        if done:
            yield TraceStep(rule=_told(later, done))


def _told(revision: Revision, done: tuple[Message, ...]) -> Message:
    what: object = done
    if revision.restores is not None:
        what = message(N_("undone, as in revision {number} again: {what}"), number=revision.restores, what=done)
    facts = {
        "number": revision.number,
        "what": what,
        "reason": revision.reason,
        "nurse": revision.nurse,
        "at": revision.at,
    }
    if not revision.approved_by:
        return message(N_("revision {number}: {what}. Reason: {reason} ({nurse}, {at})"), **facts)
    return message(
        N_("revision {number}: {what}. Approved by {name}. Reason: {reason} ({nurse}, {at})"),
        name=revision.approved_by,
        **facts,
    )


def _added(course: Course, dose: Dose) -> tuple[Message, ...]:
    if dose.replaces is None:
        return (message(N_("added for {date}"), date=dose.due_on),)
    wrong = next((one for one in course.doses if one.id == dose.replaces), None)
    if wrong is None:
        return (message(N_("added for {date} in place of a dose entered in error"), date=dose.due_on),)
    return (
        message(
            N_("added for {date}; takes the place of dose {number}, which was entered in error"),
            date=dose.due_on,
            number=wrong.number,
        ),
    )


def _changes(course: Course, before: Dose, after: Dose) -> tuple[Message, ...]:
    """Return in words what differs; empty where only findings or days that follow from the date do."""
    done = []
    if before.due_on != after.due_on:
        done.append(message(N_("moved from {before} to {after}"), before=before.due_on, after=after.due_on))
    if before.state != after.state:
        done.append(message(_INTO[after.state]))
    if after.is_error and not before.is_error:
        done.append(message(N_("entered in error")))
    if before.is_error and not after.is_error:
        done.append(message(N_("no longer marked as entered in error")))
    if after.awaits_release and not before.awaits_release:
        done.append(message(N_("a prescriber must release it")))
    if course.product_of(before).id != course.product_of(after).id:
        done.append(
            message(
                N_("product switched from {before} to {after}"),
                before=course.product_of(before).short_title,
                after=course.product_of(after).short_title,
            )
        )
    if before.weight != after.weight:
        kg = Amount(plain(kilograms(course.weight_of(after).weight_g)), "kg")
        done.append(message(N_("computed anew with {kg}"), kg=kg))
    if after.is_first_infusion and not before.is_first_infusion:
        done.append(message(N_("begins at the initial rate")))
    return tuple(done)
