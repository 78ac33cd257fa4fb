"""Tick off a task of a dose that no laboratory value settles: the late check, a sample that was drawn."""

from __future__ import annotations

from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course_of_dose, tasks_of
from ivigdesk.actions.words import one_line
from ivigdesk.clinical.courses.status import LEFT_OUT, DoseView
from ivigdesk.clinical.infusions.preparation import PreparedCheck
from ivigdesk.clinical.tasks.standing import is_before_dose
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.clock import today
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message


def tick_task(desk: Desk, dose_id: UUID, item: str, finding: str = "") -> PreparedCheck:
    """Record that a task of a dose was done; ticking it again changes nothing.

    A side effect that was found is recorded as one (`record_side_effect`, at the same dose); the tick says only that
    somebody asked.

    Args:
        item: `Task.item`.
        finding: what was found, in words; empty for nothing.

    Raises:
        UserMistake: the finding is too long.
        KnownError: the dose brings no such task, was not given, or the days of the task have not come.
    """
    view, number = course_of_dose(desk, dose_id)
    done = _ticked(desk, dose_id, item)
    if done is not None:
        return done
    task = next((one for one in tasks_of(desk, view) if one.item == item and one.dose_number == number), None)
    if task is None or not item:
        raise KnownError(message(N_("Dose {number} brings no such task; nothing was ticked."), number=number))
    _must_be_time(desk, view.view(number), task)
    words = one_line(finding, field="finding", name=message(N_("Finding")), most=300)
    nurse, now = desk.must_have_nurse(), desk.clock.now()
    check = PreparedCheck(id=uuid4(), dose_id=dose_id, item=item, nurse=nurse, at=now, reason=words)
    with desk.ward.changing(nurse=nurse, at=now, action="task ticked", reason=words) as change:
        change.add(check)
    return check


def untick_task(desk: Desk, dose_id: UUID, item: str) -> None:
    """Take a tick back; one that is not there changes nothing."""
    done = _ticked(desk, dose_id, item)
    if done is None:
        return
    nurse, now = desk.must_have_nurse(), desk.clock.now()
    withdrawn = msgspec.structs.replace(
        done, id=uuid4(), nurse=nurse, at=now, reason="", replaces=done.id, is_withdrawn=True
    )
    with desk.ward.changing(nurse=nurse, at=now, action="task tick taken back") as change:
        change.add(withdrawn)


def _ticked(desk: Desk, dose_id: UUID, item: str) -> PreparedCheck | None:
    return next((check for check in desk.ward.prepared_checks([dose_id]) if check.item == item), None)


def _must_be_time(desk: Desk, one: DoseView, task: Task) -> None:
    if one.status in ("not given", *LEFT_OUT):
        raise KnownError(message(N_("Dose {number} was not given; nothing was ticked."), number=one.dose.number))
    if is_before_dose(task, one.dose.due_on):
        return
    if one.infusion is None or one.infusion.end is None:
        raise KnownError(
            message(
                N_("Dose {number} is not finished yet. Late effects are asked for afterwards."), number=one.dose.number
            )
        )
    if today(desk.clock) < task.due_from:
        raise KnownError(
            message(
                N_("Too early: this is asked for from {day} on. A side effect can be recorded at any time."),
                day=task.due_from,
            )
        )
