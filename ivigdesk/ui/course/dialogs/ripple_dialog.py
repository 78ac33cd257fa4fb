"""Change a calendar: what would become of every dose, side by side, before anything is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ivigdesk.actions import look_up
from ivigdesk.actions.courses.changing.accept import accept
from ivigdesk.actions.courses.changing.form import ChangeForm
from ivigdesk.actions.courses.changing.ripple import ripple
from ivigdesk.actions.courses.changing.rows import CourseChangedMeanwhile, Ripple
from ivigdesk.actions.courses.changing.undo import undoable
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course, Revision
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake, WordedError
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.changes.slots import Verb
from ivigdesk.ui import theme
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.course.ripple.parts import RippleParts
from ivigdesk.ui.course.ripple.verbs import MOVING, VERBS, question
from ivigdesk.ui.widgets import Notice, PlainLabel
from ivigdesk.ui.widgets.screen import room_on_screen
from ivigdesk.wording import Wording

PREVIEW_AFTER_MS = 150
_WIDTH, _HEIGHT = 1240, 800
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_REASON = 500


class RippleDialog(FormDialog):
    """Asks for what a change needs, how far it reaches, and why.

    Up and down choose the reach, left and right what later doses count from; Enter confirms, Esc leaves.

    Attributes:
        parts: fields, choices and table.
        course: with its new revision, once it is stored.
    """

    def __init__(
        self, desk: Desk, view: CourseView, form: ChangeForm, wording: Wording, parent: QWidget | None = None
    ) -> None:
        super().__init__(wording, "…", "…", cancel=wording.gettext("Leave it  Esc"), width=_WIDTH, parent=parent)
        self._desk = desk
        self._view = view
        self._form = form
        self._verb = _verb_of(form)
        self._undone: Revision | None = None
        self._ripple: Ripple | None = None
        self._told = ""
        self._fault: WordedError | None = None
        self.course: Course | None = None
        self.parts = RippleParts(desk, self._verb, form.number, wording)
        self.footer = PlainLabel("", "small", wrap=True)
        self.body.addWidget(self.parts)
        self.buttons.insertWidget(0, self.footer, 1)
        self._soon = _single_shot(self, self.compute)
        self._later = _single_shot(self, self._count_left_out)
        self._connect()
        self._propose()
        self._show_view()
        self.compute()
        (self.parts.fields.first() or self.parts.reason).focus()

    @classmethod
    def ask(
        cls, desk: Desk, view: CourseView, form: ChangeForm, wording: Wording, parent: QWidget | None = None
    ) -> Course | None:
        """Return the course with its new revision, or None when nothing was changed."""
        dialog = cls(desk, view, form, wording, parent)
        dialog.exec()
        return dialog.course

    @property
    def ripple(self) -> Ripple | None:
        """What would be stored; None while something is missing or does not fit."""
        return self._ripple

    def compute(self) -> None:
        """Bring the two columns up to date with the fields, now."""
        self._soon.stop()
        self._later.stop()
        self._ripple = self._fault = None
        try:
            self._compute()
        except CourseChangedMeanwhile as error:
            self._read_again(error)
            return
        except WordedError as error:
            self._fault = error
            self._show_mistake(error)
        else:
            self._show_ripple()
        self.confirm_button.setEnabled(self._ripple is not None)

    def submit(self) -> None:
        shown = self._view.course.revision.number
        self.compute()
        if self._view.course.revision.number != shown:
            # SAFETY: what somebody else changed is seen before anything is stored on top of it.
            raise CourseChangedMeanwhile(self._view.course.revision.number)
        if self._ripple is None:
            raise self._fault or KnownError(message(N_("Nothing was changed: something is missing, or does not fit.")))
        by = self.parts.fields.by.text() if self._ripple.needs_prescriber else ""
        try:
            self.course = accept(self._desk, self._ripple, self.parts.reason.text(), by)
        except CourseChangedMeanwhile as error:
            self._read_again(error)
            raise

    def confirm(self) -> None:
        if self._soon.isActive():
            self.compute()
        super().confirm()

    def has_unsaved(self) -> bool:
        written = self.parts.reason.text().strip() not in ("", self._proposed_reason())
        return self.course is None and (written or bool(self.parts.fields.by.text().strip()))

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        self._later.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, focus = Qt.Key(event.key()), self.focusWidget()
        picked = next((button for button in self.parts.reason.picks if button is focus), None)
        if self.parts.take_key(event):
            return
        if key in _ENTER and focus is self.cancel_button:
            self.reject()
        elif key in _ENTER and picked is not None:
            picked.click()
        elif key in _ENTER:
            self.confirm()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.parts.fit_to(event.size().width())

    def fit(self) -> None:
        """Take the room that the screen has, up to what the eye can follow."""
        room = room_on_screen(self)
        self.resize(min(_WIDTH, room.width() - theme.SPACE_16), min(_HEIGHT, room.height() - theme.SPACE_32))

    def _compute(self) -> None:
        is_complete = self.parts.fields.is_complete()
        day = self.parts.fields.day() if is_complete else None
        self._show_words(day)
        if is_complete:
            self._ripple = ripple(self._desk, self._asked(day))

    def _asked(self, day: date | None) -> ChangeForm:
        """Return the change as it is chosen now."""
        fields, reach = self.parts.fields, self.parts.reach
        return msgspec.structs.replace(
            self._form,
            verb=self._chosen_verb(day),
            to="" if day is None else day.isoformat(),
            reach=reach.reach() or self._form.reach,
            grid=reach.grid() or "",
            product_id=fields.product_id(),
            first_day=fields.chosen_first_day(),
            revision=self._view.course.revision.number,
        )

    def _chosen_verb(self, day: date | None) -> Verb:
        """Return the verb; where a dose goes to another day, the direction decides it."""
        if self._verb not in MOVING or self._form.number is None or day is None:
            return self._verb
        return "bring-forward" if day < self._view.course.dose(self._form.number).due_on else "postpone"

    def _propose(self) -> None:
        to = self._form.to
        if not to and self._verb in MOVING and self._form.number is not None:
            to = _proposed_day(self._view, self._form.number, today(self._desk.clock)).isoformat()
        self.parts.fields.propose(to, self._form.product_id)

    def _proposed_reason(self) -> str:
        """Return what an undo says when nobody writes anything else."""
        if self._undone is None:
            return ""
        return self.wording.gettext("Undone: {reason}").format(reason=self._undone.reason)[:_MOST_REASON]

    def _show_view(self) -> None:
        """Offer what the course leaves open as it stands; what was typed and chosen stays."""
        written = self.parts.reason.text().strip()
        is_own = written not in ("", self._proposed_reason())
        self._undone = undoable(self._desk, self._view.course.id) if self._verb == "undo" else None
        if not is_own:
            self.parts.reason.set_text(self._proposed_reason())
        self.parts.show_view(self._view, self._form)

    def _read_again(self, error: CourseChangedMeanwhile) -> None:
        """Show the course as it stands now; what was typed stays."""
        self._view = look_up.course(self._desk, self._view.course.id)
        self._told = self.wording.say_error(error)
        self._show_view()
        self.compute()

    def _show_words(self, day: date | None) -> None:
        _ = self.wording.gettext
        verb = self._chosen_verb(day)
        text = question(
            self._view, verb, self._form.number, day, self.wording, reach=self.parts.reach.reach(), undone=self._undone
        )
        self.heading.setText(text)
        self.setWindowTitle(text)
        self.parts.meaning.setText(_(VERBS[verb].meaning))
        self.confirm_button.show_text(_("{verb}  Enter").format(verb=_(VERBS[verb].button)))

    def _show_mistake(self, error: WordedError) -> None:
        """Show why it cannot be done where it was asked, without taking the cursor away from there."""
        self.parts.show_unchanged(self._view, self.wording.gettext("Nothing can be changed like this."))
        self.footer.setText("")
        sentence = self.wording.say_error(error)
        placed = isinstance(error, UserMistake) and self.parts.show_error(error.field, sentence)
        told = [one for one in (self._told, "" if placed else sentence) if one]
        self.notices.show_notice(Notice("\n".join(told), "attention" if placed else "serious") if told else None)

    def _show_ripple(self) -> None:
        self.parts.clear_errors()
        self.notices.show_notice(Notice(self._told, "attention") if self._told else None)
        if self._ripple is None:
            self.parts.show_unchanged(self._view, self.wording.gettext("Nothing changes yet."))
            self.footer.setText("")
            return
        self.parts.show_ripple(self._ripple)
        _ = self.wording.gettext
        text = _("This becomes revision {new}; prints of revision {old} are then superseded. Ctrl+Z undoes.")
        if self._verb == "undo":  # Ctrl+Z then goes one change further back
            text = _("This becomes revision {new}; prints of revision {old} are then superseded.")
        now = self._ripple.view.course.revision.number
        self.footer.setText(text.format(new=self._ripple.next_number, old=now))
        self._later.start()

    def _count_left_out(self) -> None:
        """Say beside “keep the end date” how many doses it would leave out."""
        if self._ripple is None or not self.parts.reach.offers("keep-end"):
            return
        try:
            kept = ripple(self._desk, msgspec.structs.replace(self._ripple.form, reach="keep-end"))
        except WordedError:
            self.parts.reach.show_left_out(None)
        else:
            self.parts.reach.show_left_out(len(kept.left_out))

    def _note_edit(self) -> None:
        self._told = ""
        self._ripple = None
        self.confirm_button.setEnabled(False)
        self._soon.start()

    def _choose_reach(self) -> None:
        self._told = ""
        self.compute()

    def _connect(self) -> None:
        self.watch(self.parts.watched())
        self.parts.fields.edited.connect(self._note_edit)
        self.parts.reach.changed.connect(self._choose_reach)
        self.parts.table.opened.connect(self.confirm)


def _single_shot(parent: RippleDialog, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(PREVIEW_AFTER_MS)
    timer.timeout.connect(act)
    return timer


def _verb_of(form: ChangeForm) -> Verb:
    """Return the verb of a form.

    Raises:
        ValueError: it names none.
    """
    for verb in VERBS:
        if verb == form.verb:
            return verb
    raise ValueError(f"{form.verb} is no verb")


def _proposed_day(view: CourseView, number: int, day: date) -> date:
    """Return where the dose would go first: the day after, or today for one that is overdue."""
    due = view.course.dose(number).due_on
    return day if due < day else due + timedelta(days=1)
