"""A course in words: its facts, what holds it, which revision is shown, and its days in the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ivigdesk.actions.printing.print_sheets import course_sentence
from ivigdesk.clinical.courses.course import Revision
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.tasks.standing import TaskStanding, standings
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.ui.course.ripple.verbs import past_word
from ivigdesk.ui.course.words import kilograms_text
from ivigdesk.ui.dose_words import dose_grams, reason_text
from ivigdesk.ui.task_words import standing_state, tasks_in_short
from ivigdesk.ui.widgets.month import DayMark
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.ui.widgets.states import status_state
from ivigdesk.wording import Wording

_WAITING: tuple[TaskStanding, ...] = ("overdue", "open", "to come")


def facts_line(view: CourseView, wording: Wording) -> str:
    """Return product, dosing weight, grams, antiviral and prescriber in one line.

    Product and weight are those of the next dose: it may have been switched or computed anew.
    """
    _ = wording.gettext
    course = view.course
    following = view.next_dose
    weight = course.dosing_weight if following is None else course.weight_of(following.dose).dosing_weight
    parts = (
        wording.text((course.product if following is None else course.product_of(following.dose)).short_title),
        _("dosing weight {weight}").format(weight=kilograms_text(wording, weight.kg)),
        _("in all {amount}").format(amount=dose_grams(wording, course.total_mg)),
        course.antiviral and _("with {antiviral}").format(antiviral=course.antiviral),
        course.prescriber and _("prescribed by {name}").format(name=course.prescriber),
    )
    return " · ".join(part for part in parts if part)


def calendar_sentence(view: CourseView, wording: Wording) -> str:
    """Return the calendar as a sentence; the regimen's title where no dose is left in it."""
    if any(dose.state in ("planned", "held") for dose in view.course.doses):
        return course_sentence(view, wording)
    return wording.text(view.course.regimen.title)


def side_effects_of(view: CourseView | None) -> tuple[SideEffect, ...]:
    """Return the side effects of every dose."""
    return tuple(effect for one in view.doses for effect in one.side_effects) if view is not None else ()


def held_reason(view: CourseView, wording: Wording) -> str:
    """Return why doses are on hold, worded from the side effect where there is one."""
    reason = next((one.dose.reason for one in view.doses if one.status == "held"), "")
    return reason_text(wording, reason, side_effects_of(view))


def day_marks(view: CourseView, wording: Wording) -> tuple[DayMark, ...]:
    """Return each dose as a mark on its day: its number with the sign of its state."""
    marks = []
    for one in view.by_date:
        state = status_state(one.status, wording)
        number = str(one.dose.number)
        words = wording.gettext("dose {number}").format(number=number)
        marks.append(DayMark(one.dose.due_on, f"{state.sign}{number}", state.tone, f"{words}, {state.word}"))
    return tuple(marks)


def test_marks(view: CourseView, tasks: Sequence[Task], wording: Wording) -> tuple[DayMark, ...]:
    """Return the last day of each test or check that still waits, as a sign without a number.

    A day with a dose keeps the dose's mark alone: what belongs to it stands in its row.
    """
    days_of_doses = {dose.due_on for dose in view.course.doses}
    waiting: dict[date, list[tuple[TaskStanding, Task]]] = {}
    for task, standing in standings(view, tasks, view.day):
        if standing in _WAITING and task.due_to is not None and task.due_to not in days_of_doses:
            waiting.setdefault(task.due_to, []).append((standing, task))
    marks = []
    for day, found in sorted(waiting.items()):
        state = standing_state(min((standing for standing, _task in found), key=_WAITING.index), wording)
        words = tasks_in_short([task for _standing, task in found], wording)
        marks.append(DayMark(day, state.sign, state.tone, f"{words}, {state.word}"))
    return tuple(marks)


def revision_text(revision: Revision, view: CourseView, wording: Wording) -> str:
    """Return `2: Mon 02 Mar · A. Wong · postponed · fever`."""
    said = [
        wording.gettext("{number}: {day}").format(number=revision.number, day=wording.date_short(revision.at.date())),
        revision.nurse,
        past_word(revision.verb, wording) if revision.number > 1 else "",
        reason_text(wording, revision.reason, side_effects_of(view)),
        revision.approved_by and wording.gettext("approved by {name}").format(name=revision.approved_by),
    ]
    return " · ".join(part for part in said if part)


def standing_notice(view: CourseView, wording: Wording) -> Notice | None:
    """Return what is true of the whole course: it is superseded, or doses are on hold; None for nothing."""
    if view.is_superseded:
        text = wording.gettext("Revision {old} is superseded by revision {new}. It can be read, not changed.")
        return Notice(text.format(old=view.course.revision.number, new=view.newest_revision), "attention")
    held = [one for one in view.doses if one.status == "held"]
    if not held:
        return None
    said = wording.ngettext("{n} dose is on hold: {reason}", "{n} doses are on hold: {reason}", len(held))
    return Notice(said.format(n=len(held), reason=held_reason(view, wording)), "hold")
