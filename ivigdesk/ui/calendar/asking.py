"""Asks for a change of a course from the calendar, through the dialog that shows what it would do to every dose."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.courses.changing.form import ChangeForm
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.ui.calendar.scene import Wish
from ivigdesk.wording import Wording


class Changes:
    """The changes that were made from the calendar since it was opened, newest last."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget) -> None:
        self._desk = desk
        self._wording = wording
        self._parent = parent
        self._made: list[UUID] = []

    @property
    def newest(self) -> UUID | None:
        """The course that was changed last from here and not undone since; None for none."""
        return self._made[-1] if self._made else None

    def forget(self) -> None:
        """Forget what was changed: the nurse has left the calendar."""
        self._made.clear()

    def move(self, wish: Wish) -> str:
        """Ask to move a dose; return what was done, empty when nothing was.

        Raises:
            KnownError: the course cannot be read.
        """
        view = look_up_course(self._desk, wish.dose.course_id)
        is_earlier = wish.to is not None and wish.to < wish.dose.due_on
        form = ChangeForm(
            course_id=wish.dose.course_id,
            verb="bring-forward" if is_earlier else "postpone",
            number=wish.dose.number,
            to=wish.to.isoformat() if wish.to is not None else "",
            reach=wish.reach,
            revision=view.course.revision.number,
        )
        course = self._ask(view, form)
        if course is None:
            return ""
        self._made.append(course.id)
        _ = self._wording.gettext
        facts = {"number": wish.dose.number, "patient": view.patient.name, "revision": course.revision.number}
        now_on = course.dose(wish.dose.number).due_on
        if now_on == wish.dose.due_on:
            return _("The calendar of {patient} was changed: revision {revision}. Ctrl+Z undoes it.").format(**facts)
        sentence = _("Dose {number} of {patient} is now planned for {date}: revision {revision}. Ctrl+Z undoes it.")
        return sentence.format(**facts, date=self._wording.date(now_on))

    def undo(self, course_id: UUID) -> str:
        """Ask to undo the newest change of a course; return what was done, empty when nothing was.

        Raises:
            KnownError: the course cannot be read, or there is nothing to undo.
        """
        view = look_up_course(self._desk, course_id)
        course = self._ask(view, ChangeForm(course_id=course_id, verb="undo", revision=view.course.revision.number))
        if course is None:
            return ""
        if course_id in self._made:
            del self._made[len(self._made) - 1 - self._made[::-1].index(course_id)]
        sentence = self._wording.gettext("The newest change for {patient} is undone: revision {revision}.")
        return sentence.format(patient=view.patient.name, revision=course.revision.number)

    def _ask(self, view: CourseView, form: ChangeForm) -> Course | None:
        from ivigdesk.ui.course.dialogs.ripple_dialog import RippleDialog  # late: the rules take long to load

        return RippleDialog.ask(self._desk, view, form, self._wording, self._parent)
