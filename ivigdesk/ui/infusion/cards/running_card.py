"""The running infusion at a glance: the rate, how much went in, and what to do with the pump."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.infusions.remaining import RemainingCard, RemainingRow
from ivigdesk.clinical.infusions.side_effects import Action
from ivigdesk.ui import theme
from ivigdesk.ui.dose_words import dose_grams, rate_text, volume_text
from ivigdesk.ui.infusion.steps import must_end
from ivigdesk.ui.infusion.words import clock_text, countdown, end_text
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.states import State, StateChip, status_state
from ivigdesk.units import rounded
from ivigdesk.wording import Wording

_THOUSAND = 1000
_SMALL_DOSE = 2000  # mg
_SMALL_VOLUME = 100  # mL; below it a whole millilitre is too coarse


class RunningCard(Card):
    """Rate, volume and the pump's buttons. The page calls `show_moment` each second.

    Signals:
        step_requested(RemainingRow): raise the rate to the next rung.
        slow_requested(), pause_requested(), resume_requested(), stop_requested(): wishes of the nurse.
    """

    step_requested = Signal(object)
    slow_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        _ = wording.gettext
        self._wording = wording
        self._here: Bedside | None = None
        self._step: RemainingRow | None = None
        self._asked: Action | None = None
        self.state = StateChip()
        self.product = PlainLabel("", "small")
        self.rate = PlainLabel("", "rate")
        self.beside = PlainLabel("", "muted", wrap=True)
        self.bar = QProgressBar()
        self.so_far = PlainLabel("", "strong")
        self.grams = PlainLabel("", "small")
        self.ends = PlainLabel("", "small")
        self.step = Button("", "primary", bedside=True)
        self.slow = Button(_("Slow…"), bedside=True, picture="arrow-down")
        self.pause = Button(_("Pause"), bedside=True, picture="pause")
        self.resume = Button(_("Resume…"), bedside=True)
        self.stop = Button(_("Stop"), "danger", bedside=True, picture="stop")
        self.ended = PlainLabel("", wrap=True)
        self._lay_out()
        self._connect()

    def show_bedside(
        self, here: Bedside, remains: RemainingCard | None, now: datetime, asked: Action | None = None
    ) -> None:
        """Show the infusion of `here`; one that has ended shows how.

        Args:
            remains: how it goes on; None before the start.
            asked: what a side effect asks of the pump: its button is then the thing to do next.
        """
        self._here = here
        self._asked = asked
        infusion = here.infusion
        if infusion is None or remains is None:
            return
        self.product.setText(self._wording.text(here.product.short_title))
        self.ended.setText(_ended(here.dose, infusion, self._wording))
        runs = infusion.end is None
        self.ended.setVisible(not runs)
        for widget in (self.rate, self.beside, self.bar, self.so_far, self.grams, self.ends):
            widget.setVisible(runs)
        self.show_moment(remains, now)

    def show_moment(self, remains: RemainingCard, now: datetime) -> None:
        """Bring the countdown, the volume and the end up to `now`, from which `remains` is seen."""
        here = self._here
        if here is None or here.infusion is None:
            return
        infusion = here.infusion
        self._show_state(here.dose, infusion)
        if infusion.end is not None:
            self._show_buttons(runs=False, stands=False)
            return
        self._show_rate(infusion)
        self._show_volume(here, infusion, remains)
        self._show_step(infusion, remains, now)

    def _show_state(self, dose: Dose, infusion: Infusion) -> None:
        _ = self._wording.gettext
        if dose.is_error:
            self._set_state(status_state("entered in error", self._wording))
        elif infusion.end is not None:
            word = {"completed": _("Given"), "partly given": _("Partly given"), "not given": _("Not given")}
            tone = "given" if infusion.end.outcome == "completed" else "attention"
            self._set_state(State("✓" if tone == "given" else "!", word[infusion.end.outcome], tone))  # type: ignore[arg-type]
        elif infusion.rate_ml_per_h == 0:
            last = infusion.rate_changes[-1]
            text = _("Stopped at {time}") if last.action == "stop" else _("Paused at {time}")
            self._set_state(State("■", text.format(time=self._wording.time(last.at)), "attention"))
        else:
            text = _("Running since {time}").format(time=clock_text(self._wording, infusion.started_at, None))
            self._set_state(State("▶", text, "running"))

    def _set_state(self, state: State) -> None:
        if self.state.text() != state.text:
            self.state.show_state(state)

    def _show_rate(self, infusion: Infusion) -> None:
        self.rate.setText(rate_text(self._wording, infusion.rate_ml_per_h))
        self.beside.setText(self._wording.gettext("now"))

    def _show_volume(self, here: Bedside, infusion: Infusion, remains: RemainingCard) -> None:
        _ = self._wording.gettext
        volume = here.dose.volume_ml
        given = remains.given_ml
        shown = rounded(given, Decimal("0.1") if volume < _SMALL_VOLUME else Decimal(1))
        self.bar.setRange(0, _THOUSAND)
        self.bar.setValue(int(given * _THOUSAND / Fraction(volume)))
        self.so_far.setText(
            _("{given} of {volume}").format(
                given=self._wording.number(shown), volume=volume_text(self._wording, volume)
            )
        )
        mg = rounded(given * here.dose.planned_dose_mg / Fraction(volume) / 10, Decimal(1)) * 10
        # Hundredths of a gram only where the whole dose is that small.
        mg = mg if here.dose.planned_dose_mg < _SMALL_DOSE else rounded(mg / 100, Decimal(1)) * 100
        self.grams.setText(
            _("{given} of {dose}").format(
                given=self._wording.number(mg / _THOUSAND), dose=dose_grams(self._wording, here.dose.planned_dose_mg)
            )
        )
        end = remains.ends_at
        if given >= volume:
            self.ends.setText(_("the volume is in: finish and sign"))
        elif end is None:
            self.ends.setText("")
        else:
            self.ends.setText(_("ends about {time}").format(time=clock_text(self._wording, end, infusion)))
        self.bar.setAccessibleName(f"{self.so_far.text()}, {self.ends.text()}")

    def _show_step(self, infusion: Infusion, remains: RemainingCard, now: datetime) -> None:
        _ = self._wording.gettext
        stands = infusion.rate_ml_per_h == 0
        full = remains.left_ml <= 0
        step = None if full else remains.next_step
        self._step = step
        self._show_buttons(runs=not stands and not full, stands=stands and not full)
        self.step.setVisible(not stands and not full)
        if step is None:
            self.step.show_text(_("No faster rate to the end"))
            self.step.setEnabled(False)
            return
        self.step.setEnabled(True)
        left = int((step.at - now).total_seconds())
        rate = rate_text(self._wording, step.ml_per_h)
        if left > 0:
            text = _("To {rate} in {time}").format(rate=rate, time=countdown(left))
        else:
            text = _("Raise to {rate} now").format(rate=rate)
        # Only the step that is due is the thing to do next; before that the button waits in outline.
        self.step.show_weight("primary" if left <= 0 and self._asked in (None, "watch") else "secondary")
        if self.step.text() != text:
            self.step.show_text(text)

    def _show_buttons(self, *, runs: bool, stands: bool) -> None:
        self.step.setVisible(runs)
        self.slow.setVisible(runs)
        self.pause.setVisible(runs)
        self.stop.setVisible(runs)
        self.resume.setVisible(stands)
        # SAFETY: after a stop or a grave reaction going on is not the thing to do next.
        infusion = self._here.infusion if self._here is not None else None
        is_calm = infusion is not None and not must_end(infusion)
        self.resume.show_weight("primary" if is_calm else "secondary")
        self.slow.show_weight("primary" if self._asked == "slow" else "secondary")
        self.stop.show_weight("danger-filled" if self._asked in ("stop", "emergency") else "danger")

    def _ask_step(self) -> None:
        if self._step is not None:
            self.step_requested.emit(self._step)

    def _connect(self) -> None:
        self.step.clicked.connect(self._ask_step)
        self.slow.clicked.connect(self.slow_requested)
        self.pause.clicked.connect(self.pause_requested)
        self.resume.clicked.connect(self.resume_requested)
        self.stop.clicked.connect(self.stop_requested)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.state)
        head.addStretch()
        head.addWidget(self.product)
        figure = QHBoxLayout()
        figure.addWidget(self.rate)
        figure.addWidget(self.beside, 1, Qt.AlignmentFlag.AlignBottom)
        self.bar.setTextVisible(False)
        sums = QHBoxLayout()
        sums.setSpacing(theme.SPACE_8)
        sums.addWidget(self.so_far)
        sums.addWidget(self.grams, 1)
        sums.addWidget(self.ends)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_8)
        for button in (self.slow, self.pause, self.stop):
            buttons.addWidget(button, 1)
        self.body.addLayout(head)
        self.body.addLayout(figure)
        self.body.addWidget(self.bar)
        self.body.addLayout(sums)
        self.body.addWidget(self.ended)
        self.body.addWidget(self.step)
        self.body.addWidget(self.resume)
        self.body.addLayout(buttons)


def _ended(dose: Dose, infusion: Infusion, wording: Wording) -> str:
    """Return how an infusion ended; SAFETY: before it, that a record which was entered in error does not count."""
    said = end_text(wording, infusion)
    if not dose.is_error:
        return said
    why = wording.gettext("This record does not count. Reason: {reason}.").format(reason=dose.reason.rstrip("."))
    return f"{why}\n{said}"
