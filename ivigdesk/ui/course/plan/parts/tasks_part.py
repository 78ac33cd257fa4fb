"""Tests and checks that the doses bring with them: by date, the same thing on several days in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.clinical.tasks.groups import TaskGroup, grouped
from ivigdesk.clinical.tasks.task import Task, plan_tasks
from ivigdesk.ui.course.plan.parts.reading import ReadingPart, line
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import NO_BREAK, Wording

_DATE_WIDTH = 132


@dataclass(frozen=True, slots=True)
class TaskLine:
    """What is done on one or several days.

    Attributes:
        first: first day of the first of them.
        when: its day or span, worded; the first day where there are several.
        what: worded, with the numbers of the doses.
        days: every day or span, worded, where there are several; else empty.
        is_done: whether a value is recorded for all of them.
    """

    first: date
    when: str
    what: str
    days: str
    is_done: bool


class TasksPart(ReadingPart):
    """A compact list, one line for each thing to do."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording.gettext("Tests and checks"), parent)
        self._wording = wording

    def lines_of(self, plan: CoursePlan) -> Sequence[QWidget]:
        return [self._line(one) for one in task_lines(plan_tasks(plan), self._wording)]

    def _line(self, one: TaskLine) -> QWidget:
        said = self._wording.gettext("✓ done: {what}").format(what=one.what) if one.is_done else one.what
        below: list[QWidget] = [PlainLabel(said, wrap=True)]
        if one.days:
            below.append(PlainLabel(one.days, "small", wrap=True))
        return line(PlainLabel(one.when, "strong", wrap=True), *below, width=_DATE_WIDTH)


def task_lines(tasks: Sequence[Task], wording: Wording) -> tuple[TaskLine, ...]:
    """Return one line for each thing to do, by its first day; only the numbers of the doses may differ within one."""
    return tuple(_line_of(group, wording) for group in grouped(tasks))


def number_of_things(tasks: Sequence[Task]) -> int:
    """Return in how many lines the tasks are told."""
    return len(grouped(tasks))


def _line_of(group: TaskGroup, wording: Wording) -> TaskLine:
    first = group.tasks[0]
    spans = list(dict.fromkeys(_span(task, wording) for task in group.tasks))
    is_one_span = len(spans) == 1 and first.due_to != first.due_from
    return TaskLine(
        first=first.due_from,
        when=spans[0] if is_one_span else wording.date_short(first.due_from),
        what=wording.say(group.what(wording.ranges(group.numbers))),
        days=wording.gettext(", ").join(spans) if len(spans) > 1 else "",
        is_done=all(task.is_done for task in group.tasks),
    )


def _span(task: Task, wording: Wording) -> str:
    if task.due_to is None:
        return wording.gettext("from {day}").format(day=wording.date_plain(task.due_from))
    first, last = wording.day_month(task.due_from), wording.day_month(task.due_to)
    return first if first == last else f"{first}{NO_BREAK}–{NO_BREAK}{last}"
