"""Which changes a dose or a course allows as it stands: what the menus offer, each with its letter."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ivigdesk.clinical.courses.status import SETTLED, CourseView, DoseStatus, DoseView
from ivigdesk.scheduling.changes.slots import Verb
from ivigdesk.wording import Wording

_WAITING: tuple[DoseStatus, ...] = ("planned", "due", "overdue", "held")
_RECORDED: tuple[DoseStatus, ...] = ("given", "partly given", "not given")


class Entry(msgspec.Struct, frozen=True):
    """One change that a menu offers.

    Attributes:
        text: worded, with an ampersand before its letter.
        verb: what it asks for.
        number: of the dose; None for the whole course.
        reach: how far it goes at first; empty for the verb's own.
        keys: that do the same without the menu; may be empty.
    """

    text: str
    verb: Verb
    number: int | None = None
    reach: str = ""
    keys: str = ""


def dose_entries(view: CourseView, one: DoseView, wording: Wording) -> tuple[Entry, ...]:
    """Return what may be done to a dose as it stands; nothing in a revision that is only read."""
    _ = wording.gettext
    number = one.dose.number
    if view.is_superseded:
        return ()
    found = []
    if one.status in _WAITING:
        found.append(Entry(_("&Postpone or bring forward…"), "postpone", number))
        found.append(Entry(_("&Omit…"), "omit", number))
        if one.status == "held":
            found.append(Entry(_("&Resume…"), "resume", number))
        else:
            found.append(Entry(_("&Hold…"), "hold", number))
    if one.status in _RECORDED:
        found.append(Entry(_("&Entered in error…"), "error", number))
    if one.status in ("given", "partly given") and _was_given_off_day(one) and _waiting(view):
        found.append(Entry(_("&Move later doses along…"), "realign", number))
    return tuple(found)


def course_entries(view: CourseView, wording: Wording, *, can_undo: bool) -> tuple[Entry, ...]:
    """Return what may be done to a course as it stands; nothing in a revision that is only read."""
    _ = wording.gettext
    if view.is_superseded:
        return ()
    found = [Entry(_("&Add a dose…"), "add")]
    for one in _unbegun_phases(view):
        phase = wording.text(one.dose.phase_name) if one.dose.phase_name is not None else str(one.dose.phase + 1)
        text = _("Change the &first day of “{phase}”…").format(phase=phase.replace("&", "&&"))
        found.append(Entry(text, "first-day", one.dose.number))
    waiting = _waiting(view)
    if waiting:
        found.append(Entry(_("&Switch product…"), "product"))
        found.append(Entry(_("Compute with new &weight…"), "weight"))
    planned = [one for one in waiting if one.status != "held"]
    if planned:
        found.append(Entry(_("&Hold all that remain…"), "hold", planned[0].dose.number, reach="rest"))
    if any(one.status == "held" for one in waiting):
        found.append(Entry(_("&Resume all that are on hold…"), "resume"))
    if waiting:
        found.append(Entry(_("&Cease the course…"), "cease"))
    if can_undo:
        found.append(Entry(_("&Undo the last change…"), "undo", keys="Ctrl+Z"))
    return tuple(found)


class ChangeMenu(QMenu):
    """The changes as a menu; the last entry of a course, undo, stands apart."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.entries: tuple[Entry, ...] = ()

    def offer(self, entries: Sequence[Entry]) -> None:
        """Offer these changes."""
        self.clear()
        self.entries = tuple(entries)
        for entry in self.entries:
            if entry.verb == "undo" and self.actions():
                self.addSeparator()
            action = QAction(f"{entry.text}\u2002{entry.keys}" if entry.keys else entry.text, self)
            action.setData(entry)
            self.addAction(action)


def _waiting(view: CourseView) -> list[DoseView]:
    """Return the doses that wait, by date."""
    return [one for one in view.by_date if one.status not in (*SETTLED, "running")]


def _unbegun_phases(view: CourseView) -> list[DoseView]:
    """Return the first waiting dose of each later phase of which nothing was given yet, in order of the phases."""
    found = []
    for phase in sorted({one.dose.phase for one in view.doses} - {0}):
        own = [one for one in view.by_date if one.dose.phase == phase and one.status != "entered in error"]
        waiting = [one for one in own if one.status in _WAITING]
        if waiting and not any(one.infusion is not None for one in own):
            found.append(waiting[0])
    return found


def _was_given_off_day(one: DoseView) -> bool:
    return one.infusion is not None and one.infusion.started_at.date() != one.dose.due_on
