"""The bedside record: start, watch, note and finish one infusion; every entry is stored when it is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion
from ivigdesk.actions.infusions.finish_infusion import sign_second
from ivigdesk.actions.infusions.give_infusion import Bedside, ObservationForm
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.infusions.remaining import RemainingRow
from ivigdesk.clinical.infusions.side_effects import SideEffectTerm
from ivigdesk.clinical.library import observation_rules
from ivigdesk.ui.infusion import pump
from ivigdesk.ui.infusion.dialogs.finish_dialog import FinishDialog
from ivigdesk.ui.infusion.dialogs.late_effect import ask_late_effect
from ivigdesk.ui.infusion.dialogs.side_effect_dialog import SideEffectDialog
from ivigdesk.ui.infusion.dialogs.term_dialog import TermDialog
from ivigdesk.ui.infusion.preparing_page import PreparingPage
from ivigdesk.ui.infusion.words import clock_text
from ivigdesk.ui.places import CoursePlace, PrintDosePlace
from ivigdesk.wording import Wording


class InfusionPage(PreparingPage):
    """One dose at the bedside, and what is done with it; each entry is stored when it is made."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        self._connect()

    def _touch_pump(self, act: Callable[[Bedside], object]) -> bool:
        here = self._here
        return here is not None and self.act(lambda: act(here))

    def _step_up(self, step: object) -> None:
        if isinstance(step, RemainingRow):
            self._touch_pump(lambda here: pump.raise_rate(self.desk, here, step, self.wording, self))

    def _slow(self) -> None:
        self._touch_pump(lambda here: pump.slow_down(self.desk, here, self.wording, self))

    def _pause(self) -> None:
        self._touch_pump(lambda here: pump.stand_still(self.desk, here, stop=False))

    def _stop(self) -> None:
        if self._touch_pump(lambda here: pump.stand_still(self.desk, here, stop=True)):
            self.say_saved(self.wording.gettext("Stopped. Finish and sign when it does not go on."))

    def _resume(self) -> None:
        self._touch_pump(lambda here: pump.resume(self.desk, here, self.wording, self))

    def _observe(self, form: object) -> None:
        infusion, card = self._infusion, self.cards.observations
        if infusion is None or not isinstance(form, ObservationForm):
            return
        if self.act(lambda: give_infusion.observe(self.desk, infusion.id, form), card.show_mistake):
            card.clear_entry()
            card.edits["temperature_c"].setFocus()

    def _choose_term(self) -> None:
        term = TermDialog.ask(self._catalogue, self.wording, self)
        if term is not None:
            self._record_effect(term)

    def _add_late(self) -> None:
        here = self._here
        if here is not None:
            self.act(lambda: ask_late_effect(self.desk, here.dose.id, self.wording, self))

    def _take_term(self, code: object) -> None:
        self._record_effect(self._catalogue.term(str(code)))

    def _correct(self, effect: object) -> None:
        if isinstance(effect, SideEffect):
            self._record_effect(self._catalogue.term(effect.code), effect)

    def _record_effect(self, term: SideEffectTerm, corrects: SideEffect | None = None) -> None:
        if self._here is None:
            return
        SideEffectDialog.ask(self.desk, self._here, term, self.wording, corrects=corrects, parent=self)
        self.act(lambda: None)  # the pump may have been set there even where nothing was recorded

    def _finish(self) -> None:
        here = self._here
        if here is None or here.infusion is None or not here.infusion.is_running:
            return
        now = give_infusion.bedside(self.desk, here.dose.id)
        ended = FinishDialog.ask(self.desk, now, self.wording, self)
        if ended is None or ended.end is None:
            return
        self.act(lambda: None)
        rules = observation_rules()
        minutes = rules.after_end_first_min if here.dose.is_first_infusion else rules.after_end_min
        until = clock_text(self.wording, ended.end.ended_at + timedelta(minutes=minutes), ended)
        self.say_saved(
            self.wording.gettext("Dose {number} is signed. Observe the patient until {time}.").format(
                number=here.dose.number, time=until
            )
        )

    def _sign_second(self, name: object) -> None:
        infusion = self._infusion
        if infusion is None:
            return
        if self.act(lambda: sign_second(self.desk, infusion.id, str(name)), self.cards.after.show_mistake):
            self.say_saved(self.wording.gettext("Signed by {nurse}, too.").format(nurse=name))

    def _open_course(self) -> None:
        if self._here is not None:
            self.place_requested.emit(CoursePlace(self._here.course.id))

    def _print(self) -> None:
        if self._here is not None:
            self.place_requested.emit(PrintDosePlace(self._here.course.id, self._here.dose.number))

    def _connect(self) -> None:
        cards = self.cards
        cards.checklist.ticked.connect(self._tick_item)
        cards.checklist.unticked.connect(self._untick_item)
        cards.checklist.left_open.connect(self._leave_open)
        cards.checklist.all_ticked.connect(self._go_on_from_checks)
        cards.vials.code_scanned.connect(self._take_scan)
        cards.vials.question.answered.connect(self._learn_code)
        cards.medications.given.connect(self._give_drug)
        cards.medications.taken_back.connect(self._take_back_drug)
        cards.after.signed.connect(self._sign_second)
        cards.after.next_requested.connect(self._open_course)
        self.scanner.scanned.connect(self._take_scan)
        cards.vials.vials_entered.connect(self._enter_vials)
        cards.vials.vials_taken_back.connect(self._take_back_vials)
        cards.start.start_requested.connect(self._start)
        cards.start.not_given_requested.connect(self._not_given)
        cards.start.weight.acted.connect(self._settle_weight)
        cards.running.step_requested.connect(self._step_up)
        cards.running.slow_requested.connect(self._slow)
        cards.running.pause_requested.connect(self._pause)
        cards.running.resume_requested.connect(self._resume)
        cards.running.stop_requested.connect(self._stop)
        cards.observations.observation_entered.connect(self._observe)
        cards.effects.term_chosen.connect(self._take_term)
        cards.effects.more_requested.connect(self._choose_term)
        cards.effects.late_requested.connect(self._add_late)
        cards.effects.correction_requested.connect(self._correct)
        cards.card.print_requested.connect(self._print)
        cards.finish.clicked.connect(self._finish)
        for keys, act in (("F9", self._finish), ("F6", cards.vials.start_scan), ("Ctrl+L", cards.vials.start_scan)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
