"""Where a task stands on a day: a value that is missing is never taken as done, nor one that came too late as due."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ivigdesk.clinical.status import CourseView, DoseStatus, DoseView
from ivigdesk.clinical.tasks import Task

TaskStanding = Literal["overdue", "open", "to come", "done", "not recorded", "over"]

_BEGAN: tuple[DoseStatus, ...] = ("running", "given", "partly given")
_NOT_GIVEN: tuple[DoseStatus, ...] = ("not given", "omitted", "ceased")


def is_before_dose(task: Task, dose: DoseView) -> bool:
    """Whether a task of this dose is to be done before it begins."""
    is_guidance = task.kind in ("check", "vaccine")
    return not is_guidance and task.due_to is not None and task.due_to <= dose.dose.due_on


def standing_of(task: Task, day: date, dose: DoseView | None) -> TaskStanding | None:
    """Return where a task stands on `day`; None for one that fell away because its dose was not given.

    `not recorded` is a value that can no longer be had: its dose has begun, or its week is over. `over` is a check or
    sample whose days have passed; nobody records it here.

    Args:
        dose: the dose that the task belongs to; None for a task of the whole course.
    """
    if task.is_done:
        return "done"
    if dose is not None:
        if dose.status in _NOT_GIVEN:
            return None
        has_begun = dose.status in _BEGAN
        if is_before_dose(task, dose):
            if has_begun:
                return _gone(task)
            if task.test is None and task.due_from <= day:
                return "open"  # whatever the day, it is drawn before the dose begins
        elif not has_begun and task.due_from <= day:
            return "to come"  # what follows a dose waits for it
    if day < task.due_from:
        return "to come"
    if task.due_to is None or day <= task.due_to:
        return "open"
    if task.test is None or dose is None:
        return _gone(task)
    return "overdue"


def standings(view: CourseView, tasks: tuple[Task, ...]) -> tuple[tuple[Task, TaskStanding], ...]:
    """Return the tasks of a course with where they stand, in their order; those that fell away are left out."""
    doses = {one.dose.number: one for one in view.doses}
    found = []
    for task in tasks:
        dose = doses.get(task.dose_number) if task.dose_number is not None else None
        standing = standing_of(task, view.day, dose)
        if standing is not None:
            found.append((task, standing))
    return tuple(found)


def _gone(task: Task) -> TaskStanding:
    return "over" if task.test is None else "not recorded"
