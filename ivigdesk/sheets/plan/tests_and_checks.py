"""Tests and checks that the doses bring with them: what, on which days, and room for the result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ivigdesk.clinical.tasks import Task
from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.table import Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.sections import tick
from ivigdesk.sheets.style import CELL, CELL_PAD, CELL_STRONG, MM, WIDTH
from ivigdesk.wording import Wording

_WHAT = 84 * MM
_WHEN = 68 * MM
_DONE = WIDTH - _WHAT - _WHEN
_ROW = 6.4 * MM


def task_table(tasks: Sequence[Task], wording: Wording) -> Table:
    """Return one row for each thing to do, with all its days: what is to be done again is not said again."""
    _ = wording.gettext
    columns = (
        Column(_("What"), _WHAT),
        Column(_("When"), _WHEN),
        Column(_("Done: result, initials"), _DONE),
    )
    alike: dict[str, list[Task]] = {}
    for task in tasks:
        alike.setdefault(wording.say(task.what), []).append(task)
    return table(columns, [_row(text, group, wording) for text, group in alike.items()])


def _row(text: str, group: Sequence[Task], wording: Wording) -> Row:
    room = _WHEN - 2 * CELL_PAD
    days = wording.gettext("; ").join(dict.fromkeys(when(task, wording) for task in group))
    done = sum(task.is_done for task in group)
    mark = Block(0.0)
    if done == len(group):
        mark = tick(wording.gettext("done"), _DONE - 2 * CELL_PAD, is_ticked=True)
    elif done:
        said = wording.gettext("{n} of {count} done").format(n=done, count=len(group))
        mark = paragraph(said, _DONE - 2 * CELL_PAD, CELL)
    return Row((text, stacked([paragraph((Run(days, CELL_STRONG),), room)]), mark), _ROW)


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
