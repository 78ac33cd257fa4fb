"""Where a task stands on a day: a value that is missing is never taken as done, nor one that came too late as due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from ivigdesk.clinical.courses.status import LEFT_OUT, CourseView, DoseStatus, DoseView
from ivigdesk.clinical.infusions.preparation import PreparedCheck
from ivigdesk.clinical.tasks.task import Task

TaskStanding = Literal["overdue", "open", "to come", "done", "not recorded", "over"]

_BEGAN: tuple[DoseStatus, ...] = ("running", "given", "partly given")
_NOT_GIVEN: tuple[DoseStatus, ...] = ("not given", *LEFT_OUT)


def is_before_dose(task: Task, due_on: date) -> bool:
    """Whether a task of the dose due on this day is done before it begins; a check is when it began to wait earlier."""
    if task.due_to is None or task.due_to > due_on:
        return False
    return task.kind != "check" or task.due_from < due_on


def with_ticks(view: CourseView, tasks: Sequence[Task], checks: Iterable[PreparedCheck]) -> tuple[Task, ...]:
    """Return the tasks of a course, those that a nurse ticked off at their dose as done.

    A tick belongs to the dose, and moves with it.
    """
    numbers = {one.dose.id: one.dose.number for one in view.doses}
    ticked = {(numbers.get(check.dose_id), check.item) for check in checks if not check.is_withdrawn}
    return tuple(
        msgspec.structs.replace(task, is_done=True)
        if task.item and not task.is_done and (task.dose_number, task.item) in ticked
        else task
        for task in tasks
    )


def standings(view: CourseView, tasks: Sequence[Task], day: date) -> tuple[tuple[Task, TaskStanding], ...]:
    """Return the tasks of a course with where they stand on `day`, in their order.

    A task whose dose was not given, or was entered in error, falls away. `not recorded` is a value that can no longer
    be had: its dose has begun, its week is over, or the next value of the same test is due. `over` is a check or
    sample whose days have passed and that nobody ticks, or that the next one of its kind settles as well.
    """
    doses = {one.dose.number: one for one in view.doses}
    found = []
    for task in tasks:
        dose = None if task.dose_number is None else doses.get(task.dose_number)
        standing = _standing(task, day, dose)
        if standing == "overdue":
            standing = _late(task, dose, [one for one in tasks if _may_settle(one, doses)], day)
        if standing is not None:
            found.append((task, standing))
    return tuple(found)


def _standing(task: Task, day: date, dose: DoseView | None) -> TaskStanding | None:
    if task.is_done:
        return "done"
    if dose is not None:
        if dose.status in _NOT_GIVEN:
            return None
        has_begun = dose.status in _BEGAN
        if is_before_dose(task, dose.dose.due_on):
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
    return "overdue" if dose is not None and (task.test is not None or task.item) else _gone(task)


def _late(task: Task, dose: DoseView | None, tasks: Sequence[Task], day: date) -> TaskStanding:
    """Return where a value or check stands that did not come in its days: a later one of its kind may settle it."""
    later = [
        other
        for other in tasks
        if (other.test, other.item) == (task.test, task.item) and task.due_from < other.due_from <= day
    ]
    if dose is not None and is_before_dose(task, dose.dose.due_on):
        # SAFETY: a dose that waits still needs its value, until there is a newer one.
        return "done" if any(other.is_done for other in later) else "overdue"
    return _gone(task) if later else "overdue"


def _may_settle(task: Task, doses: Mapping[int, DoseView]) -> bool:
    """Whether a later task can settle an earlier one: nobody is asked about a dose that has not begun."""
    dose = None if task.dose_number is None else doses.get(task.dose_number)
    return not task.item or (dose is not None and dose.status in _BEGAN)


def _gone(task: Task) -> TaskStanding:
    return "over" if task.test is None else "not recorded"
