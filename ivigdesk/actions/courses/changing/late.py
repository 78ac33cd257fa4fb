"""A dose that was given on another day than planned, and the question whether the later ones follow it."""

from __future__ import annotations

from datetime import date

from ivigdesk.clinical.courses.status import CourseView, DoseView


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


def _given_on(one: DoseView) -> date:
    return one.dose.due_on if one.infusion is None else one.infusion.started_at.date()


def _is_in_rhythm(view: CourseView, given: DoseView, following: DoseView) -> bool:
    """Whether the next dose of the same phase stands one interval after the day on which this one was given."""
    phases = view.course.regimen.phases
    if given.dose.phase != following.dose.phase or given.dose.phase >= len(phases):
        return False
    phase = phases[given.dose.phase]
    return not phase.also_after_days and (following.dose.due_on - _given_on(given)).days == phase.every_days
