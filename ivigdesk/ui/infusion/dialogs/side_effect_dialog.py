"""One side effect: what to do first, the grade with its definition, when it began, what was done, how it ended."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.clinical.infusions.grading import holds_course, proposed_action
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.infusions.side_effects import Action, GradeWords, SideEffectTerm
from ivigdesk.clock import today
from ivigdesk.errors import UserMistake, WordedError
from ivigdesk.messages import N_, Text, message
from ivigdesk.ui import theme
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.course.layout import bare, pair
from ivigdesk.ui.dose_words import rate_text
from ivigdesk.ui.infusion.words import ACTIONS, EFFECT_OUTCOMES
from ivigdesk.ui.widgets.fields.date import DateField
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording


class SideEffectDialog(FormDialog):
    """Records a side effect of one dose, or corrects one. Keys 1 to 5 choose the grade."""

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
            _("Save side effect"),
            width=720,
            parent=parent,
        )
        self._desk = desk
        self._here = here
        self._term = term
        self._corrects = corrects
        self._form_id: UUID = SideEffectForm(code=term.code, grade="").id
        self.effect: SideEffect | None = None
        self.grades = QButtonGroup(self)
        self.first = _ActionBox()
        self.grade_error = PlainLabel("", "error", wrap=True)
        self.hold = PlainLabel("", "", wrap=True)
        self.onset_on = DateField("onset_on", message(N_("Onset, date")), wording, lambda: today(desk.clock))
        self.onset_at = LineField("onset_at", _("Onset, clock time"), example="09:35")
        self.action = LineField("action", _("What was done"), hint=_("drugs, doctor called, rate"))
        self.outcome = ChoiceField(
            "outcome", _("Outcome so far"), [(key, _(word)) for key, word in EFFECT_OUTCOMES.items()]
        )
        self.notes = LineField("notes", _("Notes"))
        self._arrange_content()
        self._fill()
        self._show_action()
        self.grades.buttons()[0].setFocus()

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
        """Return the stored side effect, or None when nothing was recorded."""
        dialog = cls(desk, here, term, wording, corrects=corrects, parent=parent)
        dialog.exec()
        return dialog.effect

    def chosen_grade(self) -> int:
        """Return the chosen grade; 0 while none is."""
        return max(self.grades.checkedId(), 0)

    def submit(self) -> None:
        grade = self.chosen_grade()
        if not grade:
            raise UserMistake("grade", message(N_("Grade: choose the line that fits.")))
        form = SideEffectForm(
            code=self._term.code,
            grade=str(grade),
            onset_on=self.onset_on.text(),
            onset_at=self.onset_at.text(),
            action=self.action.text(),
            outcome=str(self.outcome.value()),
            notes=self.notes.text(),
            replaces=self._corrects.id if self._corrects else None,
            id=self._form_id,
        )
        self.effect = record_side_effect(self._desk, self._here.dose.id, form)

    def show_refusal(self, error: WordedError) -> None:
        if isinstance(error, UserMistake) and error.field == "grade":
            self.grade_error.setText(self.wording.say_error(error))
            self.grade_error.show()
            self.grades.buttons()[0].setFocus()
            return
        super().show_refusal(error)

    def has_unsaved(self) -> bool:
        return self.effect is None and bool(self.action.text().strip() or self.notes.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        button = self.grades.button(number) if 1 <= number <= 5 else None
        if button is not None and not isinstance(self.focusWidget(), QLineEdit):
            button.click()
            button.setFocus()
            return
        super().keyPressEvent(event)

    def _arrange_content(self) -> None:
        self.body.addWidget(self.first)
        grades = bare(QVBoxLayout(), theme.SPACE_4)
        grades.addWidget(PlainLabel(self.wording.gettext("Grade"), "label"))
        for words in self._term.grades:
            grades.addWidget(self._grade_line(words))
        grades.addWidget(self.grade_error)
        self.grade_error.hide()
        grades.addWidget(self.hold)
        self.body.addLayout(grades)
        self.body.addLayout(pair(self.onset_on, self.onset_at))
        self.body.addLayout(pair(self.action, self.outcome))
        self.body.addWidget(self.notes)
        self.watch((self.onset_on, self.onset_at, self.action, self.outcome, self.notes))
        self.grades.idClicked.connect(self._show_action)

    def _grade_line(self, words: GradeWords) -> QWidget:
        text = f"{words.grade}\u2002{self.wording.text(words.words)}"
        button = QRadioButton(text.replace("&", "&&"))
        button.setAccessibleName(
            self.wording.gettext("Grade {grade}: {words}").format(
                grade=words.grade, words=self.wording.text(words.words)
            )
        )
        self.grades.addButton(button, words.grade)
        return button

    def _fill(self) -> None:
        now = self._desk.clock.now()
        onset = self._corrects.onset_at if self._corrects else now
        self.onset_on.set_value(onset.date())
        self.onset_at.set_text(self.wording.time(onset))
        self._show_rate()
        if self._corrects is None:
            return
        button = self.grades.button(self._corrects.grade)
        if button is not None:
            button.setChecked(True)
        self.action.set_text(self._corrects.action)
        self.notes.set_text(self._corrects.notes)
        self.outcome.set_value(self._corrects.outcome)

    def _show_rate(self) -> None:
        infusion = self._here.infusion
        if infusion is None or not infusion.is_running or self._corrects is not None:
            return
        _ = self.wording.gettext
        rate = rate_text(self.wording, infusion.rate_ml_per_h)
        minutes = int((self._desk.clock.now() - infusion.started_at).total_seconds() // 60)
        self.onset_at.show_hint(
            _("now: {time} after the start, at {rate}").format(time=self.wording.duration(minutes), rate=rate)
        )

    def _show_action(self) -> None:
        grade = self.chosen_grade()
        self.grade_error.hide()
        if grade:
            found = proposed_action(self._term, grade)
            self.first.show_action(self.wording, found.action, found.grade_words, found.term_words)
        else:
            self.first.show_action(self.wording, self._term.action, None, self._term.action_words)
        waiting = grade and holds_course(grade)
        self.hold.setText(
            self.wording.gettext(
                "Saving puts every remaining dose of this course on hold until a prescriber releases it."
            )
            if waiting
            else ""
        )
        self.hold.setVisible(bool(waiting))
        self.hold.show_ink("hold")
        if self.isVisible():
            self.fit()


class _ActionBox(QFrame):
    """What to do now, first and large."""

    def __init__(self) -> None:
        super().__init__()
        self.verb = PlainLabel("", "title", wrap=True)
        self.of_grade = PlainLabel("", "", wrap=True)
        self.of_term = PlainLabel("", "", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_16, theme.SPACE_12, theme.SPACE_16, theme.SPACE_12)
        column.setSpacing(theme.SPACE_4)
        for label in (self.verb, self.of_term, self.of_grade):
            column.addWidget(label)

    def show_action(self, wording: Wording, action: Action, of_grade: Text | None, of_term: Text) -> None:
        """Show the verb, the words of the term and, once a grade is chosen, the words of the grade."""
        word, tone = ACTIONS[action]
        theme.set_look(self, f"notice-{tone}")
        self.verb.setText(wording.gettext(word))
        self.of_term.setText(wording.text(of_term))
        self.of_grade.setText(wording.text(of_grade) if of_grade is not None else "")
        self.of_grade.setVisible(of_grade is not None)
