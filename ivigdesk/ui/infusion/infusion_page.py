"""The bedside record: start, watch, note and finish one infusion; every entry is stored when it is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion
from ivigdesk.actions.infusions.give_infusion import Bedside, ObservationForm
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.infusions.side_effects import SideEffectTerm
from ivigdesk.clinical.library import observation_rules
from ivigdesk.errors import UserMistake, WordedError
from ivigdesk.ui.infusion import pump
from ivigdesk.ui.infusion.bedside_page import BedsidePage
from ivigdesk.ui.infusion.dialogs.finish_dialog import FinishDialog, NotGivenDialog
from ivigdesk.ui.infusion.dialogs.side_effect_dialog import SideEffectDialog
from ivigdesk.ui.infusion.dialogs.term_dialog import TermDialog
from ivigdesk.ui.infusion.prepared import Prepared
from ivigdesk.ui.infusion.showing import (
    show_prepared,
    show_readiness,
)
from ivigdesk.ui.infusion.steps import NextStep
from ivigdesk.ui.infusion.words import clock_text
from ivigdesk.ui.places import PrintDosePlace
from ivigdesk.wording import Wording


class InfusionPage(BedsidePage):
    """One dose at the bedside, and what is done with it.

    Before the start, checklist and vials are kept on the page and stored together with the start. From then on
    each entry is stored at once.
    """

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        self._connect()

    def _do(self, act: Callable[[], object], refused: Callable[[UserMistake], bool] | None = None) -> bool:
        """Carry out `act` and show the dose afresh; say why when it is refused. Return whether it was done."""
        here = self._here
        if here is None:
            return False
        try:
            act()
        except WordedError as error:
            if not (isinstance(error, UserMistake) and refused is not None and refused(error)):
                self.say_refused(error)
            return False
        self.noticed.emit(None)
        self._show(give_infusion.bedside(self.desk, here.dose.id))
        return True

    def _tick_item(self, code: object) -> None:
        item, infusion = str(code), self._infusion
        if infusion is not None:
            self._do(lambda: give_infusion.tick_check(self.desk, infusion.id, item))
            return
        self._prepared.tick(self.desk, item)
        self._show_readiness()

    def _untick_item(self, code: object) -> None:
        self._prepared.untick(str(code))
        self._show_readiness()

    def _show_readiness(self) -> None:
        moment = self._moment
        if moment is not None:
            show_readiness(self.cards, moment)

    def _enter_vials(self, forms: object) -> None:
        here, infusion = self._here, self._infusion
        if here is None or not isinstance(forms, tuple):
            return

        def hang() -> None:
            if infusion is not None:
                for form in forms:
                    give_infusion.hang_vial(self.desk, infusion.id, form)
                return
            self._prepared.add_vials(self.desk, here, forms)

        if self._do(hang, self.cards.vials.show_mistake):
            self.cards.vials.clear_entry()

    def _remove_vials(self, forms: object) -> None:
        if isinstance(forms, tuple):
            self._prepared.take_back(forms)
            moment = self._moment
            if moment is not None:
                show_prepared(self.cards, moment)

    def _start(self) -> None:
        here = self._here
        if here is None:
            return
        start, prepared = self.cards.start, self._prepared

        def show_mistake(mistake: UserMistake) -> bool:
            if mistake.field == start.at.name:
                start.at.show_error(self.wording.say_error(mistake))
                return True
            return self.cards.vials.show_mistake(mistake)

        def act() -> None:
            give_infusion.start_infusion(
                self.desk,
                here.dose.id,
                infusion_id=prepared.infusion_id,
                at=start.at.text(),
                prepared=prepared.preparation(),
            )
            self._prepared = Prepared()
            start.at.set_text("")

        if self._do(act, show_mistake):
            self.say_saved(
                self.wording.gettext("Started. Observe again in {n} minutes.").format(
                    n=observation_rules().first_check_min
                )
            )
            self.cards.observations.edits["temperature_c"].setFocus()
        elif start.weight.finding is not None:
            start.weight.button.setFocus()  # what refuses the start is solved here

    def _settle_weight(self) -> None:
        here = self._here
        if here is None:
            return
        notice = self.cards.start.weight
        try:
            done = notice.settle(self.desk, here.view, self)
        except WordedError as error:
            self.say_refused(error)
            return
        if not done:
            return
        self._do(lambda: None)
        _ = self.wording.gettext
        if isinstance(done, Course):
            text = _("The remaining doses are computed anew: revision {revision}. Print the plan again.")
            self.say_saved(text.format(revision=done.revision.number))
        else:
            self.say_saved(_("Weight saved."))

    def _not_given(self) -> None:
        here = self._here
        if here is None:
            return
        if NotGivenDialog.ask(self.desk, here, self._prepared.infusion_id, self.wording, self):
            self._prepared = Prepared()
            self._do(lambda: None)
            self.say_saved(self.wording.gettext("Recorded as not given."))

    def _touch_pump(self, act: Callable[[Bedside], object]) -> bool:
        here = self._here
        return here is not None and self._do(lambda: act(here))

    def _step_up(self, step: object) -> None:
        if isinstance(step, NextStep):
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
        if self._do(lambda: give_infusion.observe(self.desk, infusion.id, form), card.show_mistake):
            card.clear_entry()
            card.edits["temperature_c"].setFocus()

    def _choose_term(self) -> None:
        term = TermDialog.ask(self._catalogue, self.wording, self)
        if term is not None:
            self._record_effect(term)

    def _take_term(self, code: object) -> None:
        self._record_effect(self._catalogue.term(str(code)))

    def _correct(self, effect: object) -> None:
        if isinstance(effect, SideEffect):
            self._record_effect(self._catalogue.term(effect.code), effect)

    def _record_effect(self, term: SideEffectTerm, corrects: SideEffect | None = None) -> None:
        if self._here is None:
            return
        effect = SideEffectDialog.ask(self.desk, self._here, term, self.wording, corrects=corrects, parent=self)
        if effect is not None:
            self._do(lambda: None)

    def _finish(self) -> None:
        here = self._here
        if here is None or here.infusion is None or not here.infusion.is_running:
            return
        now = give_infusion.bedside(self.desk, here.dose.id)
        ended = FinishDialog.ask(self.desk, now, self.wording, self)
        if ended is None or ended.end is None:
            return
        self._do(lambda: None)
        rules = observation_rules()
        minutes = rules.after_end_first_min if here.dose.is_first_infusion else rules.after_end_min
        until = clock_text(self.wording, ended.end.ended_at + timedelta(minutes=minutes), ended)
        self.say_saved(
            self.wording.gettext("Dose {number} is signed. Observe the patient until {time}.").format(
                number=here.dose.number, time=until
            )
        )

    def _print(self) -> None:
        if self._here is not None:
            self.place_requested.emit(PrintDosePlace(self._here.course.id, self._here.dose.number))

    def _connect(self) -> None:
        cards = self.cards
        cards.checklist.ticked.connect(self._tick_item)
        cards.checklist.unticked.connect(self._untick_item)
        cards.vials.vials_entered.connect(self._enter_vials)
        cards.vials.vials_removed.connect(self._remove_vials)
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
        cards.effects.correction_requested.connect(self._correct)
        cards.card.print_requested.connect(self._print)
        cards.finish.clicked.connect(self._finish)
        shortcut = QShortcut(QKeySequence("F9"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._finish)
