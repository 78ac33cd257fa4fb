"""After the end: how long the patient is watched, the second signature, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.errors import UserMistake
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.infusion.words import clock_text, countdown
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.fields.text import ChoiceField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.states import State, StateChip
from ivigdesk.wording import Wording


class AfterCard(Card):
    """What is left to do for a dose that has ended.

    Signals:
        signed(str): the nurse of this name signs second.
        next_requested(): the next dose is to be looked at.
    """

    signed = Signal(object)
    next_requested = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording.gettext("Afterwards"), parent=parent)
        _ = wording.gettext
        self._wording = wording
        self._until: datetime | None = None
        self._infusion: Infusion | None = None
        self.watch = StateChip()
        self.unsigned = PlainLabel("", "caution", wrap=True)
        self.second = ChoiceField("second_nurse", _("Second signature"))
        self.sign = Button(_("Sign as the second nurse"), bedside=True)
        self.next_dose = PlainLabel("", "strong", wrap=True)
        self.open_next = Button(_("Open the course"), bedside=True)
        for widget in (self.watch, self.unsigned, self.second, self.sign, self.next_dose, self.open_next):
            self.body.addWidget(widget)
        self.sign.clicked.connect(self._sign)
        self.open_next.clicked.connect(self.next_requested)

    def show_bedside(self, here: Bedside, until: datetime | None, names: Sequence[str], now: datetime) -> None:
        """Show what is left after the end of the dose.

        Args:
            until: the patient is observed so long; None where nothing was given.
            names: nurses who may sign second.
        """
        _ = self._wording.gettext
        infusion = self._infusion = here.infusion
        self._until = until
        end = infusion.end if infusion is not None else None
        is_unsigned = end is not None and end.outcome != "not given" and not end.second_nurse
        self.unsigned.setText(_("! Signed once. A second nurse signs here."))
        for widget in (self.unsigned, self.second, self.sign):
            widget.setVisible(is_unsigned)
        others = [name for name in names if end is None or name != end.nurse]
        self.second.set_choices([("", _("Choose…")), *((name, name) for name in others)])
        following = here.view.next_dose
        if following is None:
            self.next_dose.setText(_("No dose of this course is left to give."))
        else:
            text = _("Next: dose {number}, {day}, {amount}")
            self.next_dose.setText(
                text.format(
                    number=following.dose.number,
                    day=self._wording.date(following.dose.due_on),
                    amount=dose_grams(self._wording, following.dose.planned_dose_mg),
                )
            )
        self.show_moment(now)

    def show_moment(self, now: datetime) -> None:
        """Count down how long the patient is still observed."""
        until = self._until
        if until is None:
            self.watch.show_state(None)
            return
        _ = self._wording.gettext
        time = clock_text(self._wording, until, self._infusion)
        if now < until:
            text = _("Observe until {time}, {left} left")
            left = countdown(int((until - now).total_seconds()))
            self.watch.show_state(State("◎", text.format(time=time, left=left), "attention"))
        else:
            self.watch.show_state(State("✓", _("Observed until {time}").format(time=time), "plain"))

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Put the sentence under the signature; False when it is about something else."""
        if mistake.field != self.second.name or self.second.isHidden():
            return False
        self.second.show_error(self._wording.say_error(mistake))
        self.second.focus()
        return True

    def _sign(self) -> None:
        name = self.second.value()
        if not name:
            self.second.show_error(self._wording.gettext("Choose who signs second."))
            self.second.focus()
            return
        self.signed.emit(name)
