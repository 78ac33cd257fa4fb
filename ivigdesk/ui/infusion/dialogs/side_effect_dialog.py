"""One side effect: what to do first, the grade with its definition, when it began, what was done, how it ended."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import Bedside, set_rate
from ivigdesk.actions.infusions.grade_by_number import GradedNumber, grade_by_number, measures_of
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.clinical.infusions.grading import proposed_action
from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect
from ivigdesk.clinical.infusions.side_effects import SideEffectTerm
from ivigdesk.clinical.library import observation_rules
from ivigdesk.errors import UserMistake, WordedError
from ivigdesk.messages import N_, message
from ivigdesk.ui import theme
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.infusion.dialogs.follow_up_dialog import FollowUpDialog, dose_after
from ivigdesk.ui.infusion.dialogs.reaction.effect_fields import EffectFields
from ivigdesk.ui.infusion.dialogs.reaction.first_action import FirstAction
from ivigdesk.ui.infusion.dialogs.reaction.grade_buttons import GradeButton, GradeButtons
from ivigdesk.ui.infusion.dialogs.reaction.holding import has_follow_up, hold_words
from ivigdesk.ui.infusion.dialogs.reaction.measured_number import MeasuredNumber
from ivigdesk.ui.infusion.dialogs.reaction.onset_fields import OnsetFields
from ivigdesk.ui.infusion.schedule import watched_until
from ivigdesk.ui.widgets.buttons import secondary_button
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDTH = 1040


class SideEffectDialog(FormDialog):
    """Records a side effect of one dose, or corrects one. Keys 1 to 5 choose the grade, Enter stores.

    The pump's buttons act at once, whether or not anything is recorded afterwards: whoever asks reads the dose anew.
    For a dose whose infusion is over it asks first when the side effect began.

    Attributes:
        effect: what was stored; None while nothing is.
        wants_follow_up: what it means for later doses is to be decided next.
    """

    def __init__(
        self,
        desk: Desk,
        here: Bedside,
        term: SideEffectTerm,
        wording: Wording,
        *,
        corrects: SideEffect | None = None,
        parent: QWidget | None = None,
    ) -> None:
        _ = wording.gettext
        text = wording.text(term.name)
        super().__init__(
            wording,
            _("Correct: {name}").format(name=text) if corrects else text,
            _("Save side effect  Enter"),
            width=_WIDTH,
            parent=parent,
        )
        self._desk, self._here, self._term, self._corrects = desk, here, term, corrects
        self._form_id: UUID = SideEffectForm(code=term.code, grade="").id
        self.effect: SideEffect | None = None
        self.wants_follow_up = False
        self.is_late = here.infusion is not None and not here.infusion.is_running
        self.first = FirstAction(wording, desk.settings)
        self.grading = GradeButtons(term.grades, wording)
        self.grades, self.grade_error = self.grading.group, self.grading.error
        scales = measures_of(desk, term.code)
        self.number = MeasuredNumber(scales, self._grade_number, wording) if scales else None
        self.hold = PlainLabel("", "strong", wrap=True)
        self.onset = OnsetFields(wording, desk.clock, here.infusion, here.dose.number, late=self.is_late)
        self.onset_on, self.onset_at = self.onset.on, self.onset.at
        self.fields = EffectFields(wording, desk.clock)
        self.action, self.outcome, self.notes = self.fields.action, self.fields.outcome, self.fields.notes
        self.decide = secondary_button(self._decide_words())
        self._arrange_content()
        self._fill()
        self._typed_before = self.fields.typed()
        self._connect()
        self._show_action()
        self._put_cursor()

    @classmethod
    def ask(
        cls,
        desk: Desk,
        here: Bedside,
        term: SideEffectTerm,
        wording: Wording,
        *,
        corrects: SideEffect | None = None,
        parent: QWidget | None = None,
    ) -> SideEffect | None:
        """Return the stored side effect, or None when nothing was recorded.

        The pump may have been set even where nothing was recorded: read the dose again either way.
        """
        dialog = cls(desk, here, term, wording, corrects=corrects, parent=parent)
        dialog.exec()
        if dialog.effect is not None and dialog.wants_follow_up:
            FollowUpDialog.ask(desk, dialog.effect.id, wording, parent)
        return dialog.effect

    def chosen_grade(self) -> int:
        """Return the chosen grade; 0 while none is."""
        return self.grading.chosen()

    def submit(self) -> None:
        if self.is_late:
            self.onset_on.value()  # nothing typed must not become today
        grade = self.chosen_grade()
        if not grade:
            raise UserMistake("grade", message(N_("Grade: choose the line that fits.")))
        fields, is_resolved = self.fields, self.fields.is_resolved()
        form = SideEffectForm(
            code=self._term.code,
            grade=str(grade),
            onset_on=self.onset_on.text(),
            onset_at=self.onset_at.text(),
            action=fields.action.text(),
            outcome=str(fields.outcome.value()),
            notes=self._notes(),
            drugs=fields.drugs.text(),
            doctor=fields.doctor.text(),
            doctor_at=fields.doctor_at.text(),
            resolved_on=fields.resolved_on.text() if is_resolved else "",
            resolved_at=fields.resolved_at.text() if is_resolved else "",
            replaces=self._corrects.id if self._corrects else None,
            id=self._form_id,
        )
        self.effect = record_side_effect(self._desk, self._here.dose.id, form)

    def show_refusal(self, error: WordedError) -> None:
        self.wants_follow_up = False
        if isinstance(error, UserMistake) and error.field == "grade":
            self.grading.show_error(self.wording.say_error(error))
            self.grading.focus()
            self.fit()
            return
        super().show_refusal(error)

    def has_unsaved(self) -> bool:
        typed = self.fields.typed() != self._typed_before or (self.number is not None and self.number.has_typed())
        return self.effect is None and typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in _ENTER and isinstance(focused, GradeButton):
            self.confirm()
            return
        number = event.key() - Qt.Key.Key_0
        button = self.grades.button(number) if 1 <= number <= 5 else None
        if button is not None and not isinstance(focused, QLineEdit):
            button.click()
            button.setFocus()
            return
        super().keyPressEvent(event)

    def _notes(self) -> str:
        """Return the notes, with the number that was measured in front."""
        notes = self.notes.text().strip()
        measured = self.number.words() if self.number is not None else ""
        return "; ".join(part for part in (measured, notes) if part)

    def _grade_number(self, value: str, unit: str, upper: str, lower: str) -> GradedNumber:
        return grade_by_number(
            self._desk, self._here.dose.id, self._term.code, value, unit, upper_limit=upper, lower_limit=lower
        )

    def _take_graded(self, grade: object) -> None:
        if isinstance(grade, int) and self.grading.choose(grade):
            self._show_action()

    def _choose(self, grade: int) -> None:
        if self.number is not None:
            self.number.say_mismatch(grade)
        self._show_action()

    def _set_pump(self, act: Callable[[Infusion], Infusion]) -> None:
        infusion = self._here.infusion
        if infusion is None:
            return
        try:
            now = act(infusion)
        except WordedError as error:
            self.show_refusal(error)
            return
        self.first.show_infusion(now)
        self._show_action()
        self.grading.focus()

    def _stop(self) -> None:
        # SAFETY: recorded at the first touch, before anything else is asked.
        self._set_pump(lambda infusion: set_rate(self._desk, infusion.id, "stop", Decimal(0)))

    def _pause(self) -> None:
        self._set_pump(lambda infusion: set_rate(self._desk, infusion.id, "pause", Decimal(0)))

    def _slow(self, rate: object) -> None:
        if isinstance(rate, Decimal):
            self._set_pump(lambda infusion: set_rate(self._desk, infusion.id, "slow", rate))

    def _save_and_decide(self) -> None:
        self.wants_follow_up = True
        self.confirm()

    def _connect(self) -> None:
        self.watch((self.onset_on, self.onset_at, *self.fields.fields()))
        self.grades.idClicked.connect(self._choose)
        self.first.stop_requested.connect(self._stop)
        self.first.pause_requested.connect(self._pause)
        self.first.slow_requested.connect(self._slow)
        self.fields.resized.connect(self._fit_again)
        self.decide.clicked.connect(self._save_and_decide)
        if self.number is not None:
            self.number.graded.connect(self._take_graded)

    def _arrange_content(self) -> None:
        left = bare(QVBoxLayout(), theme.SPACE_12)
        if self.is_late:
            left.addWidget(self.onset)
        if self.number is not None:
            left.addWidget(self.number)
        left.addWidget(self.grading)
        left.addWidget(self.hold)
        if not self.is_late:
            left.addWidget(self.onset)
        left.addStretch()
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_24)
        row.addLayout(left, 1)
        row.addWidget(self.fields, 1)
        self.body.addWidget(self.first)
        self.body.addLayout(row, 1)
        self.buttons.insertWidget(0, self.decide)

    def _fill(self) -> None:
        infusion = self._here.infusion
        self.first.show_infusion(None if self._corrects is not None else infusion)
        if self._corrects is None:
            if not self.is_late or self._is_watched():
                self.onset.set_now()
            return
        self.onset.set_moment(self._corrects.onset_at, is_known=self._corrects.onset_time_known)
        self.grading.choose(self._corrects.grade)
        self.fields.fill(self._corrects)

    def _is_watched(self) -> bool:
        """Whether the patient is still watched after the end: what is recorded then begins now."""
        infusion = self._here.infusion
        until = watched_until(self._here.dose, infusion, observation_rules()) if infusion is not None else None
        return until is not None and self._desk.clock.now() <= until

    def _put_cursor(self) -> None:
        if self.is_late and not self.onset_on.text():
            self.onset_on.focus()
        elif self.number is not None and self._term.scales and self._corrects is None:
            self.number.value.focus()
        else:
            self.grading.focus()

    def _show_action(self) -> None:
        grade, term = self.chosen_grade(), self._term
        self.grading.show_error("")
        if grade:
            found = proposed_action(term, grade)
            self.first.show_action(found.action, found.grade_words, found.term_words)
        else:
            self.first.show_action(term.action, None, term.action_words)
        said = hold_words(self._here.view, grade, self.wording)
        self.hold.setText(said)
        self.hold.setVisible(bool(said))
        self.hold.show_ink("hold")
        self.decide.setVisible(has_follow_up(term, grade))
        self._fit_again()

    def _decide_words(self) -> str:
        _ = self.wording.gettext
        following = dose_after(self._here.view, self._here.dose)
        if following is None:
            return _("Save, then decide for later doses…")
        return _("Save, then decide for dose {number}…").format(number=following.dose.number)

    def _fit_again(self) -> None:
        if self.isVisible():
            self.fit()
