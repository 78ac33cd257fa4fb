"""Tests and checks in words: what, when, and where they stand; shared by Today, the course and the bedside.

It stands apart from their pages, so that Today opens without them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ivigdesk.clinical import library
from ivigdesk.messages import N_
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets.states import State
from ivigdesk.wording import Wording

if TYPE_CHECKING:
    from ivigdesk.clinical.tasks.standing import TaskStanding
    from ivigdesk.clinical.tasks.task import Task

_STANDINGS: dict[TaskStanding, tuple[str, str, Tone]] = {
    "overdue": ("!", N_("Overdue"), "serious"),
    "open": ("◎", N_("Due now"), "accent"),
    "to come": ("○", N_("To come"), "plain"),
    "done": ("✓", N_("Done"), "given"),
    "not recorded": ("×", N_("Not recorded"), "attention"),
    "over": ("−", N_("Days are over"), "plain"),
}
_SHORT = {
    "LAB-ABO": N_("Blood groups"),
    "LATE": N_("Late effects"),
    "SR16": N_("Glucose-specific meter"),
    "SR24": N_("Weight"),
    "SR13": N_("Live vaccines"),
    "REVIEW": N_("Review with the prescriber"),
}


def standing_state(standing: TaskStanding, wording: Wording) -> State:
    """Return where a task stands, as a chip."""
    sign, word, tone = _STANDINGS[standing]
    return State(sign, wording.gettext(word), tone)


def when_text(task: Task, wording: Wording) -> str:
    """Return `Mon 02 Mar`, `Mon 02 Mar to Wed 04 Mar`, or `from 02 Mar 2027`: what is far off carries its year."""
    _ = wording.gettext
    if task.due_to is None:
        return _("from {day}").format(day=wording.date_plain(task.due_from))
    if task.due_to == task.due_from:
        return wording.date_short(task.due_from)
    return _("{first} to {last}").format(first=wording.date_short(task.due_from), last=wording.date_short(task.due_to))


def until_text(task: Task, day: date, wording: Wording) -> str:
    """Return by when it is to be done, seen from `day`: `until today`, `until Wed 04 Mar`, `since Mon 02 Mar`."""
    _ = wording.gettext
    if task.due_to is None:
        return when_text(task, wording)
    if task.due_to == day:
        return _("until today")
    if task.due_to < day:
        return _("was due until {day}").format(day=wording.date_short(task.due_to))
    return _("until {day}").format(day=wording.date_short(task.due_to))


def task_in_short(task: Task, wording: Wording) -> str:
    """Return what is done in a word or two: `Creatinine`, `Galactomannan`, `Late effects`."""
    if task.code in _SHORT:
        return wording.gettext(_SHORT[task.code])
    if task.test is not None:
        return wording.text(library.lab_rules().test(task.test).title)
    if task.kind == "sample":
        # The serology belongs to the course and names no dose; galactomannan is drawn before each.
        return wording.gettext("Galactomannan") if "number" in task.what.facts else wording.gettext("Serology")
    return wording.say(task.what)


def tasks_in_short(tasks: Iterable[Task], wording: Wording) -> str:
    """Return several tasks in short, each once: `Creatinine, Galactomannan`."""
    said = dict.fromkeys(task_in_short(task, wording) for task in tasks)
    return wording.gettext(", ").join(said)
