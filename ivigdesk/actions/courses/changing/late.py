"""A dose that was given on another day than planned, and the question whether the later ones follow it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ivigdesk.actions.courses.changing.undo import standing_changes
from ivigdesk.clinical.courses.course import Revision
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message


def given_off_day(view: CourseView) -> DoseView | None:
    """Return the dose given last, where that was on another day than planned and later doses still wait unanswered.

    It is answered when the dose that comes next was changed since, or already stands as far from the day of giving
    as its rhythm asks.

    Source: FACTS 1.5.
    """
    given = [one for one in view.doses if one.status in ("given", "partly given")]
    if not given:
        return None
    newest = max(given, key=lambda one: (_given_on(one), one.dose.number))
    following = next(
        (
            one
            for one in view.by_date
            if one.status in ("planned", "due", "overdue", "held") and newest.dose.comes_before(one.dose)
        ),
        None,
    )
    infusion = newest.infusion
    if infusion is None or following is None or _given_on(newest) == newest.dose.due_on:
        return None
    changed_at = following.dose.changed_at
    is_changed_since = changed_at is not None and changed_at > infusion.at
    return None if is_changed_since or _is_in_rhythm(view, newest, following) else newest


def must_not_follow_twice(view: CourseView, revisions: Sequence[Revision], number: int | None) -> None:
    """Refuse to let the later doses follow a given one when they did so already since it was given.

    SAFETY: following it once more would move them by the same days again.

    Args:
        view: the course as it stands.
        revisions: all of the course's, oldest first.
        number: of the dose that they are to follow.

    Raises:
        KnownError: it names the revision in which they did.
    """
    end = next((one.infusion.end for one in view.doses if one.dose.number == number and one.infusion is not None), None)
    if end is None:
        return
    for change in standing_changes(revisions):
        if change.verb == "realign" and change.at >= end.at:
            raise KnownError(
                message(
                    N_(
                        "The later doses follow the day of giving since revision {revision}. Doing it again after dose "
                        "{number} would move them twice. Allowed: postpone the next dose or bring it forward."
                    ),
                    revision=change.number,
                    number=number,
                )
            )


def _given_on(one: DoseView) -> date:
    return one.dose.due_on if one.infusion is None else one.infusion.started_at.date()


def _is_in_rhythm(view: CourseView, given: DoseView, following: DoseView) -> bool:
    """Whether the next dose of the same phase stands one interval after the day on which this one was given."""
    phases = view.course.regimen.phases
    if given.dose.phase != following.dose.phase or given.dose.phase >= len(phases):
        return False
    phase = phases[given.dose.phase]
    return not phase.also_after_days and (following.dose.due_on - _given_on(given)).days == phase.every_days
