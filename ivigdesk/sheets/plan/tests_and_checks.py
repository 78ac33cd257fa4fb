"""Tests and checks that the doses bring with them: what, on which days, and room for the result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ivigdesk.clinical.tasks.groups import TaskGroup, grouped
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.sheets.paper.blocks import Block, paragraph
from ivigdesk.sheets.paper.table import Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.sections import tick
from ivigdesk.sheets.style import CELL, CELL_PAD, CELL_STRONG, MM, WIDTH
from ivigdesk.wording import Wording

_WHAT = 92 * MM
_WHEN = 52 * MM
_DONE = WIDTH - _WHAT - _WHEN
_ROW = 9 * MM  # written in by hand
_MOST_DAYS = 2


def task_table(tasks: Sequence[Task], wording: Wording) -> Table:
    """Return one row for each thing to do; what is to be done around several doses is said once, with their numbers."""
    _ = wording.gettext
    columns = (
        Column(_("What"), _WHAT),
        Column(_("When"), _WHEN),
        Column(_("Done: result, initials"), _DONE),
    )
    return table(columns, [_row(group, wording) for group in grouped(tasks)])


def _row(group: TaskGroup, wording: Wording) -> Row:
    text = wording.say(group.what(wording.ranges(group.numbers)))
    done = sum(task.is_done for task in group.tasks)
    mark = Block(0.0)
    if done == len(group.tasks):
        mark = tick(wording.gettext("done"), _DONE - 2 * CELL_PAD, is_ticked=True)
    elif done:
        said = wording.gettext("{n} of {count} done").format(n=done, count=len(group.tasks))
        mark = paragraph(said, _DONE - 2 * CELL_PAD, CELL)
    return Row((text, (Run(_days(group, wording), CELL_STRONG),), mark), _ROW)


def _days(group: TaskGroup, wording: Wording) -> str:
    """Return the days of one or two tasks; of more, the span that they lie in and how many they are."""
    _ = wording.gettext
    if len(group.tasks) <= _MOST_DAYS:
        return _("; ").join(dict.fromkeys(when(task, wording) for task in group.tasks))
    first, last = group.tasks[0], group.tasks[-1]
    return wording.ngettext("{n} time, {first} to {last}", "{n} times, {first} to {last}", len(group.tasks)).format(
        n=len(group.tasks), first=_day(first.due_from, wording), last=_day(last.due_to or last.due_from, wording)
    )


def when(task: Task, wording: Wording) -> str:
    """Return `02 Mar`, `02 Mar to 04 Mar`, or `from 02 Mar 2027`: a day that is far off carries its year."""
    _ = wording.gettext
    if task.due_to is None:
        return _("from {day}").format(day=wording.date_plain(task.due_from))
    if task.due_to == task.due_from:
        return _day(task.due_from, wording)
    return _("{first} to {last}").format(first=_day(task.due_from, wording), last=_day(task.due_to, wording))


def _day(day: date, wording: Wording) -> str:
    return wording.date_short(day)
