"""What to do now, first and large, with the buttons that do it at once."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.infusions.side_effects import Action
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.messages import N_, Text
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.dose_words import rate_text
from ivigdesk.ui.infusion.words import ACTIONS, clock_text
from ivigdesk.ui.widgets.buttons import Button, Weight
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.units import rounded_down
from ivigdesk.wording import Wording

_SIGNS: dict[Action, str] = {"watch": "○", "slow": "!", "stop": "■", "emergency": "■!"}

_AFTERWARDS: dict[Action, str] = {
    "watch": N_("Watch"),
    "slow": N_("Watch, and tell the doctor"),
    "stop": N_("Call the doctor"),
    "emergency": N_("Emergency call"),
}
"""The verbs once nothing runs any more that could be slowed or stopped."""

_BUTTONS_WIDTH = 232


def half_rate(rate: Decimal, pump_step_ml_per_h: Decimal) -> Decimal:
    """Return half of a rate as the pump can be set, never 0. Source: FACTS 5.5 (half rate: GK-M)."""
    return max(rounded_down(rate / 2, pump_step_ml_per_h), pump_step_ml_per_h)


class FirstAction(QFrame):
    """The verb of the gravest thing that term and grade ask for, and the pump's buttons while it runs.

    Signals:
        stop_requested(), pause_requested(): the pump is to stand still, now.
        slow_requested(Decimal): it is to be set to this rate, now.
    """

    stop_requested = Signal()
    pause_requested = Signal()
    slow_requested = Signal(object)

    def __init__(self, wording: Wording, settings: WardSettings, parent: QWidget | None = None) -> None:
        """Make a box for the pumps and the emergency number of a ward."""
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._pump_step = settings.pump_step_ml_per_h
        self._phone = settings.emergency_phone
        self._action: Action = "watch"
        self._infusion: Infusion | None = None
        self._half = Decimal(0)
        self.verb = PlainLabel("", "title", wrap=True)
        self.call = PlainLabel("", "strong", wrap=True)
        self.of_term = PlainLabel("", "", wrap=True)
        self.of_grade = PlainLabel("", "", wrap=True)
        self.pump = PlainLabel("", "strong", wrap=True)
        self.stop = Button(_("Stop the pump now"), "danger", bedside=True)
        self.slow = Button("", bedside=True)
        self.pause = Button(_("Pause it now"))
        self._buttons = QWidget()
        self._lay_out()
        self.stop.clicked.connect(self.stop_requested)
        self.pause.clicked.connect(self.pause_requested)
        self.slow.clicked.connect(lambda: self.slow_requested.emit(self._half))

    def show_infusion(self, infusion: Infusion | None) -> None:
        """Show how the pump is set; None, or one that has ended, leaves nothing to set."""
        _ = self._wording.gettext
        self._infusion = infusion if infusion is not None and infusion.is_running else None
        rate = Decimal(0) if self._infusion is None else self._infusion.rate_ml_per_h
        self._buttons.setVisible(rate > 0)
        said = ""
        if rate > 0:
            self._half = half_rate(rate, self._pump_step)
            self.slow.show_text(_("Slow it to {rate} now").format(rate=rate_text(self._wording, self._half)))
            self.slow.setVisible(self._half < rate)
        if self._infusion is not None and len(self._infusion.rate_changes) > 1:
            last = self._infusion.rate_changes[-1]
            at = clock_text(self._wording, last.at, self._infusion)
            if last.ml_per_h == 0:
                said = _("✓ The pump stands still since {time}.").format(time=at)
            elif last.action == "slow":
                said = _("✓ Slowed to {rate} at {time}.").format(rate=rate_text(self._wording, last.ml_per_h), time=at)
        self.pump.setText(said)
        self.pump.setVisible(bool(said))
        self._weigh()

    def show_action(self, action: Action, of_grade: Text | None, of_term: Text) -> None:
        """Show the verb, the words of the term and, once a grade is chosen, the words of the grade."""
        wording = self._wording
        self._action = action
        word, tone = ACTIONS[action]
        verb = word if self._infusion is not None else _AFTERWARDS[action]
        theme.set_look(self, f"notice-{tone}")
        self.verb.setText(f"{_SIGNS[action]}\u2002{wording.gettext(verb)}")
        self.of_term.setText(wording.text(of_term))
        # Once it has ended, what a grade says of the pump is no longer to be done.
        is_said = of_grade is not None and self._infusion is not None
        self.of_grade.setText(wording.text(of_grade) if of_grade is not None and is_said else "")
        self.of_grade.setVisible(is_said)
        self.call.setText(wording.gettext("Emergency call: {phone}").format(phone=self._phone))
        self.call.setVisible(action == "emergency" and bool(self._phone))
        for label in (self.verb, self.call, self.of_term, self.of_grade, self.pump):
            theme.polish_again(label)
        self._weigh()

    def _weigh(self) -> None:
        """Fill the button that is asked for."""
        grave = self._action in ("stop", "emergency")
        stop: Weight = "danger-filled" if grave else "danger"
        self.stop.show_weight(stop)
        self.slow.show_weight("primary" if self._action == "slow" else "secondary")

    def _lay_out(self) -> None:
        words = bare(QVBoxLayout(), theme.SPACE_4)
        for label in (self.verb, self.call, self.of_term, self.of_grade, self.pump):
            words.addWidget(label)
        words.addStretch()
        buttons = bare(QVBoxLayout(self._buttons), theme.SPACE_4)
        for button in (self.stop, self.slow, self.pause):
            buttons.addWidget(button)
        self._buttons.setFixedWidth(_BUTTONS_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_16, theme.SPACE_12, theme.SPACE_12, theme.SPACE_12)
        row.setSpacing(theme.SPACE_16)
        row.addLayout(words, 1)
        row.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignTop)
