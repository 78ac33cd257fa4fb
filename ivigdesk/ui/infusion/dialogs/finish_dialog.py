"""End an infusion: how it ended, what went in and what was thrown away, who signs, and what comes next."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ivigdesk.actions.desk import Desk, nurses
from ivigdesk.actions.infusions.finish_infusion import typed_amount
from ivigdesk.actions.infusions.give_infusion import Bedside, EndForm, bedside, finish_infusion
from ivigdesk.actions.infusions.moment import moment_of_entry
from ivigdesk.actions.words import read_clock_time
from ivigdesk.clinical.infusions.infusion import Infusion, Outcome
from ivigdesk.clinical.library import observation_rules
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.ui import theme
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.course.layout import pair
from ivigdesk.ui.dose_words import dose_grams, volume_text
from ivigdesk.ui.infusion.dialogs.ending.quick_reasons import QuickReasons
from ivigdesk.ui.infusion.dialogs.ending.words import missing_pieces, next_dose_words, undecided
from ivigdesk.ui.infusion.dialogs.follow_up_dialog import FollowUpDialog
from ivigdesk.ui.infusion.dialogs.not_given_dialog import NotGivenDialog as NotGivenDialog  # asked for beside it
from ivigdesk.ui.infusion.words import clock_text
from ivigdesk.ui.widgets.buttons import Button, secondary_button
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_WHOLE_PERCENT = 98
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

_CHOICES: tuple[tuple[Outcome, str], ...] = (
    ("completed", N_("Completed: whole dose given")),
    ("partly given", N_("Partly given")),
    ("not given", N_("Not given: nothing went in")),
)

_WHY_STOPPED = (
    N_("side effect"),
    N_("patient refused to go on"),
    N_("line lost or blocked"),
    N_("pump fault"),
    N_("doctor's order"),
)


class FinishDialog(FormDialog):
    """The end of a started infusion; Enter signs it. Partly given is proposed when the pump did not reach the volume.

    Attributes:
        infusion: as it was signed; None while it goes on.
        missing: sentences for what the record still lacks.
    """

    def __init__(self, desk: Desk, here: Bedside, wording: Wording, parent: QWidget | None = None) -> None:
        _ = wording.gettext
        verb = _("Sign as {nurse}  Enter").format(nurse=desk.nurse)
        super().__init__(wording, _("Finish and sign"), verb, width=840, parent=parent)
        self._desk = desk
        self._here = here
        self._form_id = EndForm(outcome="completed").id
        self.infusion: Infusion | None = None
        self.outcome = QButtonGroup(self)
        self.at = LineField("at", _("Ended at"), hint=_("empty is now"), example="10:34")
        self.given = LineField("given_ml", _("Volume given"), unit="mL")
        self.reason = LineField("reason", _("Why not the whole dose"), required=True)
        self.quick = QuickReasons(self.reason, _WHY_STOPPED, wording)
        others = [nurse.name for nurse in nurses(desk) if nurse.name != desk.nurse]
        self.second = ChoiceField(
            "second_nurse",
            _("Second signature"),
            [("", _("Later")), *((name, name) for name in others)],
        )
        self.amount = PlainLabel("", "strong", wrap=True)
        self.missing = PlainLabel("", "", wrap=True)
        self.watch_until = PlainLabel("", "", wrap=True)
        self.next_dose = PlainLabel("", "", wrap=True)
        self.decide = secondary_button(_("Decide for the next dose…"))
        self._arrange_content()
        self._connect()
        self._propose()

    @classmethod
    def ask(cls, desk: Desk, here: Bedside, wording: Wording, parent: QWidget | None = None) -> Infusion | None:
        """Return the ended infusion, or None when it goes on."""
        dialog = cls(desk, here, wording, parent)
        dialog.exec()
        return dialog.infusion

    def chosen_outcome(self) -> Outcome:
        """Return how it ended, as chosen."""
        return _CHOICES[max(self.outcome.checkedId(), 0)][0]

    def submit(self) -> None:
        infusion = self._here.infusion
        if infusion is None:
            raise UserMistake("outcome", message(N_("This infusion was not started.")))
        self.infusion = finish_infusion(self._desk, infusion.id, self._form())

    def has_unsaved(self) -> bool:
        return self.infusion is None and bool(self.reason.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.focusWidget() in self.outcome.buttons():
            self.confirm()
            return
        super().keyPressEvent(event)

    def _form(self) -> EndForm:
        outcome = self.chosen_outcome()
        return EndForm(
            outcome=outcome,
            at=self.at.text(),
            given_ml=self.given.text() if outcome == "partly given" else "",
            reason=self.reason.text() if outcome != "completed" else "",
            second_nurse=str(self.second.value() or ""),
            id=self._form_id,
        )

    def _ended_at(self) -> datetime | None:
        """Return the end as typed; None while it cannot be read."""
        infusion = self._here.infusion
        if infusion is None:
            return None
        now, _notice = moment_of_entry(self._desk, infusion)
        if not self.at.text().strip():
            return now
        try:
            return read_clock_time(self.at.text(), field="at", name=message(N_("End")), now=now)
        except UserMistake:
            return None

    def _propose(self) -> None:
        whole = self._here.given_ml * 100 >= self._here.dose.volume_ml * _WHOLE_PERCENT
        self.outcome.button(0 if whole else 1).setChecked(True)
        self.given.set_text(self.wording.number(self._here.given_ml))
        self._show_outcome()
        self.outcome.button(0 if whole else 1).setFocus()

    def _show_outcome(self) -> None:
        outcome = self.chosen_outcome()
        self.given.setVisible(outcome == "partly given")
        self.reason.setVisible(outcome != "completed")
        self.quick.setVisible(outcome != "completed")
        self._show_meaning()

    def _show_meaning(self) -> None:
        """Say what the answers mean: grams, what is thrown away, what is missing, how long to watch."""
        here, infusion, ended_at = self._here, self._here.infusion, self._ended_at()
        if infusion is None:
            return
        try:
            _given_ml, given_mg = typed_amount(here.dose, self._form())
        except UserMistake:
            given_mg = None
        self.amount.setText("" if given_mg is None else self._amount_words(infusion, given_mg))
        self.amount.setVisible(given_mg is not None)
        now, _notice = moment_of_entry(self._desk, infusion)
        pieces = missing_pieces(self._desk, here, given_mg or 0, now, self.wording)
        self.missing.setText("\n".join(f"!\u2002{piece}" for piece in pieces))
        self.missing.setVisible(bool(pieces))
        self.watch_until.setText("" if ended_at is None else self._watch_words(infusion, ended_at))
        self.watch_until.setVisible(ended_at is not None and self.chosen_outcome() != "not given")
        if self.isVisible():
            self.fit()

    def _amount_words(self, infusion: Infusion, given_mg: int) -> str:
        _, words = self.wording.gettext, self.wording
        discarded = max(sum(vial.mg for vial in infusion.vials) - given_mg, 0)
        given = _("Given: {amount} of {planned}.").format(
            amount=dose_grams(words, given_mg), planned=dose_grams(words, self._here.dose.planned_dose_mg)
        )
        if not discarded:
            return given
        return given + " " + _("To discard: {amount}.").format(amount=dose_grams(words, discarded))

    def _watch_words(self, infusion: Infusion, ended_at: datetime) -> str:
        rules = observation_rules()
        minutes = rules.after_end_first_min if self._here.dose.is_first_infusion else rules.after_end_min
        until = clock_text(self.wording, ended_at + timedelta(minutes=minutes), infusion)
        text = self.wording.gettext("Observe the patient for {time}, until {until}.")
        return text.format(time=self.wording.duration(minutes), until=until)

    def _show_next(self) -> None:
        self.next_dose.setText(next_dose_words(self._desk, self._here, self.wording))
        waiting = undecided(self._desk, self._here)
        self.decide.setVisible(waiting > 0)
        text = self.wording.ngettext(
            "Decide {n} proposal for later doses…", "Decide {n} proposals for later doses…", waiting
        )
        self.decide.show_text(text.format(n=waiting))

    def _decide(self) -> None:
        FollowUpDialog.ask_dose(self._desk, self._here.dose.id, self.wording, self)
        self._here = bedside(self._desk, self._here.dose.id)
        self._show_next()
        self._show_meaning()

    def _connect(self) -> None:
        self.watch((self.at, self.given, self.reason, self.second))
        self.outcome.idClicked.connect(self._choose)
        self.decide.clicked.connect(self._decide)
        for field in (self.at, self.given):
            field.edited.connect(self._show_meaning)

    def _choose(self) -> None:
        self._show_outcome()
        if self.chosen_outcome() != "completed":
            self.reason.focus()

    def _arrange_content(self) -> None:
        _ = self.wording.gettext
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        for index, (_outcome, word) in enumerate(_CHOICES):
            button: QPushButton = Button(_(word), bedside=True)
            button.setCheckable(True)
            self.outcome.addButton(button, index)
            row.addWidget(button, 1)
        said = _("By the pump's settings {given} of {volume} went in.").format(
            given=volume_text(self.wording, self._here.given_ml),
            volume=volume_text(self.wording, self._here.dose.volume_ml),
        )
        self.missing.show_ink("serious")
        self.body.addWidget(self.missing)
        self.body.addWidget(PlainLabel(said, wrap=True))
        self.body.addLayout(row)
        self.body.addLayout(pair(self.given, self.at))
        self.body.addWidget(self.amount)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.quick)
        self.body.addWidget(self.second)
        for label in (self.watch_until, self.next_dose):
            self.body.addWidget(label)
        self.body.addWidget(self.decide, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch()
        self._show_next()
