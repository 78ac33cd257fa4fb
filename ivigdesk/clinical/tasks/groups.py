"""The same thing to do around several doses, told once."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from ivigdesk.clinical.tasks.task import Task
from ivigdesk.messages import Message, Record

_NUMBER = "number"


class TaskGroup(Record, frozen=True):
    """Tasks that say the same of different doses or days.

    Attributes:
        tasks: one or more, by date.
        numbers: of the doses that their words name, ascending; empty where they name none.
    """

    tasks: tuple[Task, ...]
    numbers: tuple[int, ...]

    def what(self, numbers: str) -> Message:
        """Return what is to be done, with `numbers` for those of several doses: `Creatinine before doses 2–11`."""
        first = self.tasks[0]
        if len(self.numbers) < 2 or first.each is None:
            return first.what
        return msgspec.structs.replace(first.each, facts={**first.each.facts, "numbers": numbers})


def grouped(tasks: Iterable[Task]) -> tuple[TaskGroup, ...]:
    """Return the tasks in groups, by the first day of each; only the number of the dose may differ within one."""
    alike: dict[tuple[str, str, str], list[Task]] = {}
    for task in tasks:
        rest = {name: fact for name, fact in task.what.facts.items() if name != _NUMBER}
        alike.setdefault((task.code, task.what.text, repr(rest)), []).append(task)
    groups = [
        TaskGroup(
            tasks=tuple(sorted(group, key=lambda task: task.due_from)),
            numbers=tuple(sorted(n for task in group if isinstance(n := task.what.facts.get(_NUMBER), int))),
        )
        for group in alike.values()
    ]
    return tuple(sorted(groups, key=lambda group: group.tasks[0].due_from))
