"""Where a task lies in time: up to the day of a dose, or so many days after it."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from ivigdesk.clinical.laboratory.values import LabTest
from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.messages import Message

HOURS_PER_DAY = 24


def whole_days(from_hours: int, to_hours: int) -> tuple[int, int]:
    """Return the first and last whole day inside a span of hours after a dose whose clock time is not known."""
    return -(-from_hours // HOURS_PER_DAY), to_hours // HOURS_PER_DAY


def value_before(
    facts: CourseFacts, index: int, code: str, what: Message, test: LabTest, days_before: int, source: str
) -> Task:
    """Return a laboratory value that is due up to the day of a dose."""
    return msgspec.structs.replace(
        sample_before(facts, index, code, what, days_before, source), kind="laboratory", test=test
    )


def sample_before(facts: CourseFacts, index: int, code: str, what: Message, days_before: int, source: str) -> Task:
    """Return a sample that is due up to the day of a dose."""
    dose = facts.doses[index]
    return Task(
        code=code,
        kind="sample",
        what=what,
        due_from=dose.due_on - timedelta(days=days_before),
        due_to=dose.due_on,
        source=source,
        dose_number=dose.number,
    )


def value_after(
    facts: CourseFacts,
    index: int,
    code: str,
    what: Message,
    test: LabTest,
    first_day: int,
    last_day: int,
    source: str,
) -> Task:
    """Return a laboratory value that is due so many days after a dose."""
    dose = facts.doses[index]
    return Task(
        code=code,
        kind="laboratory",
        what=what,
        due_from=dose.due_on + timedelta(days=first_day),
        due_to=dose.due_on + timedelta(days=last_day),
        source=source,
        dose_number=dose.number,
        test=test,
    )


def told_once(task: Task, each: Message) -> Task:
    """Return a task of one dose with the words that tell it of several."""
    return msgspec.structs.replace(task, each=each)


def ticked_as(task: Task, item: str) -> Task:
    """Return a task that a nurse ticks off at its dose under this name."""
    return msgspec.structs.replace(task, item=item)
