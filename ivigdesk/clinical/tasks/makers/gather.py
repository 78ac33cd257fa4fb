"""Every task of a course, by its first day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.clinical.tasks.makers import bedside, laboratory, review
from ivigdesk.clinical.tasks.task import DoseBasis, Task


def all_tasks(facts: CourseFacts, bases: Sequence[DoseBasis]) -> tuple[Task, ...]:
    """Return the tasks of a course, by first day.

    Args:
        facts: of the doses that are not left out.
        bases: weight and product of each dose, one per dose.
    """
    made = (
        *laboratory.baseline(facts),
        *laboratory.haemolysis(facts),
        *laboratory.creatinine(facts),
        *laboratory.igg(facts),
        *laboratory.cmv_pcr(facts),
        *laboratory.platelets(facts),
        *bedside.samples(facts),
        *bedside.meter(facts, bases),
        *bedside.weight(facts, bases),
        *bedside.late_check(facts),
        *bedside.vaccine(facts),
        *review.review(facts),
    )
    done = (msgspec.structs.replace(task, is_done=_is_done(task, facts.known)) for task in made)
    return tuple(sorted(done, key=lambda task: (task.due_from, task.due_to or date.max, task.dose_number or 0)))


def _is_done(task: Task, known: KnownFacts) -> bool:
    until = task.due_to or date.max
    return task.test is not None and any(
        value.test == task.test and task.due_from <= value.taken_on <= until for value in known.labs
    )
