"""Asks for changes of the course in view: by the menus of dose and course, by key, from a notice."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ivigdesk.actions import look_up
from ivigdesk.actions.courses.changing.form import ChangeForm
from ivigdesk.actions.courses.changing.undo import undoable
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.scheduling.changes.slots import Verb
from ivigdesk.ui.course.course import head
from ivigdesk.ui.course.course.change_menu import ChangeMenu, Entry, course_entries, dose_entries
from ivigdesk.ui.course.dialogs.release_dialog import ReleaseDialog
from ivigdesk.ui.course.dialogs.ripple_dialog import RippleDialog
from ivigdesk.ui.course.ripple.verbs import past_word
from ivigdesk.ui.widgets.buttons import Button, secondary_button
from ivigdesk.ui.widgets.keys import press_with
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.wording import Wording


class Changing(QObject):
    """Opens the dialogs and says what came of them.

    Attributes:
        dose_menu, course_menu: what may be changed as things stand.
        button: opens the menu of the course.
        release: opens the dialog that releases a hold.

    Signals:
        changed(UUID): the course has another revision in force, by this nurse or by somebody else meanwhile.
        noticed(Notice): what came of it.
    """

    changed = Signal(object)
    noticed = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, page: QWidget) -> None:
        super().__init__(page)
        _ = wording.gettext
        self._desk = desk
        self._wording = wording
        self._page = page
        self._view: CourseView | None = None
        self._dose: DoseView | None = None
        self.dose_menu = ChangeMenu(_("Changes of this dose"), page)
        self.course_menu = ChangeMenu(_("Changes of the course"), page)
        self.button = secondary_button(_("Change the course…"))
        self.release = secondary_button(_("Release hold…"))
        press_with(self.button, "Alt+M")
        QShortcut(QKeySequence("Ctrl+Z"), page).activated.connect(self.undo)
        self.button.clicked.connect(lambda: self.open_course_menu(self.button))
        self.release.clicked.connect(self._release)
        for menu in (self.dose_menu, self.course_menu):
            menu.triggered.connect(self._take)

    def show_view(self, view: CourseView) -> None:
        """Offer what this course allows."""
        self._view = view
        can_undo = not view.is_superseded and undoable(self._desk, view.course.id) is not None
        self.course_menu.offer(course_entries(view, self._wording, can_undo=can_undo))
        self.button.setVisible(bool(self.course_menu.entries))
        self.release.setVisible(not view.is_superseded and any(one.status == "held" for one in view.doses))

    def show_dose(self, one: DoseView | None) -> None:
        """Offer what this dose allows."""
        self._dose = one
        self.dose_menu.offer(
            dose_entries(self._view, one, self._wording) if self._view is not None and one is not None else ()
        )

    def open_dose_menu(self, button: Button) -> None:
        """Show the menu of the dose below a button."""
        _open_below(self.dose_menu, button)

    def open_dose_menu_at(self, place: QPoint) -> None:
        """Show the menu of the dose at a place on the screen."""
        _open_at(self.dose_menu, place)

    def open_course_menu(self, button: Button) -> None:
        """Show the menu of the course below a button."""
        _open_below(self.course_menu, button)

    def move_dose(self) -> None:
        """Ask where the chosen dose goes."""
        if self._dose is not None:
            self.ask("postpone", self._dose.dose.number)

    def add_late_effect(self) -> None:
        """Ask which side effect showed after the chosen dose; a grave one holds the remaining doses."""
        if self._dose is None or self._view is None:
            return
        from ivigdesk.ui.infusion.dialogs.late_effect import ask_late_effect  # late: few visits to a course need it

        effect = ask_late_effect(self._desk, self._dose.dose.id, self._wording, self._page)
        if effect is None:
            return
        self.changed.emit(self._view.course.id)
        name = self._wording.text(effect.term)
        text = self._wording.gettext("{name} is recorded at dose {number}.")
        self.noticed.emit(Notice(text.format(name=name, number=self._dose.dose.number), "given"))

    def undo(self) -> None:
        """Ask whether the last change is to be undone; say so when there is none."""
        if any(entry.verb == "undo" for entry in self.course_menu.entries):
            self.ask("undo")
        elif self._view is not None:
            text = self._wording.gettext("There is no change that can be undone here.")
            self.noticed.emit(Notice(text, "attention"))

    def ask(self, verb: Verb, number: int | None = None, reach: str = "") -> None:
        """Show what a change would do, and store it when it is confirmed."""
        if self._view is None:
            return
        shown = self._view.course.revision.number
        form = ChangeForm(course_id=self._view.course.id, verb=verb, number=number, reach=reach, revision=shown)
        self._tell(RippleDialog.ask(self._desk, self._view, form, self._wording, self._page))

    def _tell(self, course: Course | None) -> None:
        if self._view is None:
            return
        if course is None:
            self._show_what_others_did(self._view)
            return
        self.changed.emit(course.id)
        _ = self._wording.gettext
        text = _("Revision {revision}: {what}. Print the plan again; Ctrl+Z undoes.")
        if course.revision.verb == "undo":
            text = _("Revision {revision}: {what}. Print the plan again.")
        what = past_word(course.revision.verb, self._wording)
        self.noticed.emit(Notice(text.format(revision=course.revision.number, what=what), "given"))

    def _show_what_others_did(self, view: CourseView) -> None:
        course_id: UUID = view.course.id
        if look_up.known_course(self._desk, course_id).revision.number != view.newest_revision:
            self.changed.emit(course_id)

    def _release(self) -> None:
        if self._view is None:
            return
        held = head.held_reason(self._view, self._wording)
        course = ReleaseDialog.ask(self._desk, self._view, held, self._wording, self._page)
        if course is not None:
            self.changed.emit(course.id)
            text = self._wording.gettext("The hold is released: revision {revision}.")
            self.noticed.emit(Notice(text.format(revision=course.revision.number), "given"))

    def _take(self, action: QAction) -> None:
        entry = action.data()
        if isinstance(entry, Entry):
            self.ask(entry.verb, entry.number, entry.reach)


def _open_below(menu: ChangeMenu, button: Button) -> None:
    _open_at(menu, button.mapToGlobal(QPoint(0, button.height())))


def _open_at(menu: ChangeMenu, place: QPoint) -> None:
    if menu.entries:
        menu.popup(place)
        menu.setActiveAction(menu.actions()[0])
