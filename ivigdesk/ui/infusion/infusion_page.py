"""The bedside record: start, watch, note and finish one infusion; every entry is stored when it is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from ivigdesk.actions import give_infusion
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.give_infusion import Bedside, ObservationForm
from ivigdesk.actions.prepare_infusion import Preparation, Ticked, VialForm, checklist_for, read_vials
from ivigdesk.clinical.infusion import Check, Infusion, SideEffect
from ivigdesk.clinical.library import observation_rules
from ivigdesk.clinical.procedure import observation_times
from ivigdesk.clinical.side_effects import SideEffectTerm
from ivigdesk.errors import UserMistake, WordedError
from ivigdesk.ui import theme
from ivigdesk.ui.course.words import dose_grams
from ivigdesk.ui.infusion import pump
from ivigdesk.ui.infusion.bedside_view import BedsideView
from ivigdesk.ui.infusion.cards.vials_card import VialLine
from ivigdesk.ui.infusion.dialogs.finish_dialog import FinishDialog, NotGivenDialog
from ivigdesk.ui.infusion.dialogs.side_effect_dialog import SideEffectDialog
from ivigdesk.ui.infusion.dialogs.term_dialog import TermDialog
from ivigdesk.ui.infusion.steps import NextStep, given_ml, must_end, observation_due
from ivigdesk.ui.infusion.words import clock_text
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import InfusionPlace, Place, PrintDosePlace
from ivigdesk.ui.widgets.cards import scrolling
from ivigdesk.wording import Wording

EVERY_SECOND_MS = 1000
_CARDS_EVERY = 15


class InfusionPage(Page):
    """One dose at the bedside.

    Before the start, checklist and vials are kept on the page and stored together with the start. From then on
    each entry is stored at once.
    """

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        self._catalogue = desk.library.side_effects()
        self._here: Bedside | None = None
        self._infusion_id = uuid4()
        self._ticked: dict[str, Ticked] = {}
        self._vials: list[VialForm] = []
        self._ticks = 0
        self.cards = BedsideView(self._catalogue, wording, observation_rules().titration_every_min)
        self._second = QTimer(self)
        self.body.addWidget(scrolling(self.cards))
        self._connect()

    @property
    def here(self) -> Bedside | None:
        """The dose as it was read last."""
        return self._here

    def show_place(self, place: Place) -> None:
        if not isinstance(place, InfusionPlace):
            raise TypeError(f"{place!r} is not shown here")
        here = give_infusion.bedside(self.desk, place.dose_id)
        self._infusion_id = uuid4()
        self._ticked = {}
        self._vials = []
        self.cards.vials.clear_entry()
        self.cards.observations.clear_entry()
        self._show(here)

    def first_control(self) -> QWidget | None:
        cards = self.cards
        if self._infusion is None:
            return next(iter(cards.checklist.boxes.values()), None)
        return cards.observations.edits["temperature_c"] if self._infusion.is_running else cards.effects.late

    def has_unsaved(self) -> bool:
        cards = self.cards
        return bool(self._ticked or self._vials) or cards.vials.has_typed() or cards.observations.has_typed()

    def help_text(self) -> str:
        return self.wording.gettext(
            "Before the start: tick the checklist, record the vials, start. While it runs: Tab through the "
            "observation line and press Enter; touch a side effect when there is one; F9 finishes and signs."
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run_clock()

    def hideEvent(self, event: QHideEvent) -> None:
        self._second.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.cards.fit_width(event.size().width())
        super().resizeEvent(event)

    # What is shown

    @property
    def _infusion(self) -> Infusion | None:
        return self._here.infusion if self._here is not None else None

    def _show(self, here: Bedside) -> None:
        self._here = here
        cards, infusion, now = self.cards, here.infusion, self.desk.clock.now()
        cards.show_stage("before" if infusion is None else "running" if infusion.is_running else "after")
        cards.start.show_bedside(here)
        cards.running.show_bedside(here, now)
        cards.card.show_bedside(here, now)
        cards.remember.show_bedside(here, self._catalogue)
        self._show_checklist(here)
        self._show_vials(here)
        self._show_finish(infusion)
        was_given = infusion is not None and not (infusion.end is not None and infusion.end.outcome == "not given")
        cards.observations.show_observations(infusion.observations if infusion else (), can_enter=was_given)
        cards.effects.show_effects(
            infusion.side_effects if infusion else (),
            is_running=infusion is not None and infusion.is_running,
            is_started=infusion is not None,
        )
        cards.start.start.setEnabled(here.dose_view.status in ("due", "overdue"))
        self._show_due()
        in_all = sum(1 for one in here.view.doses if one.status not in ("omitted", "ceased"))
        amount = dose_grams(self.wording, here.dose.planned_dose_mg)
        dose = self.wording.gettext("{number} of {n} · {amount}").format(
            number=here.dose.number, n=in_all, amount=amount
        )
        self.show_banner(here.view.patient, dose)
        self._run_clock()

    def _show_finish(self, infusion: Infusion | None) -> None:
        """Fill the finish button when finishing is the thing to do next."""
        here = self._here
        if here is None or infusion is None or not infusion.is_running:
            return
        is_in = given_ml(infusion, self.desk.clock.now(), here.dose.volume_ml) >= here.dose.volume_ml
        theme.set_look(self.cards.finish, "primary" if is_in or must_end(infusion) else "secondary")

    def _show_checklist(self, here: Bedside) -> None:
        ticked: dict[str, Check | None] = dict.fromkeys(self._ticked)
        infusion = here.infusion
        if infusion is not None:
            ticked = {check.item: check for check in infusion.checks}
        items = checklist_for(self.desk, here.course)
        if infusion is not None:
            # After the start only what is open is worth room; what was ticked stands in the record.
            items = tuple(item for item in items if item.code not in ticked)
            self.cards.checklist.setVisible(bool(items) and infusion.is_running)
        self.cards.checklist.show_items(items, ticked, stored=infusion is not None)

    def _show_vials(self, here: Bedside) -> None:
        infusion = here.infusion
        if infusion is None:
            lines = [VialLine(form.mg, form.lot.strip(), form.expires_on.strip(), form) for form in self._vials]
        else:
            lines = [VialLine(vial.mg, vial.lot, vial.expires_on) for vial in infusion.vials]
        is_open = infusion is None or infusion.is_running
        self.cards.vials.show_vials(here.course, here.dose, lines, is_open=is_open)

    def _show_due(self) -> None:
        here, infusion = self._here, self._infusion
        if here is None or infusion is None:
            return
        if infusion.end is not None and infusion.end.outcome == "not given":
            self.cards.observations.show_due("", None)
            return
        dues = observation_times(here.dose.rate_card, first=here.dose.is_first_infusion)
        missing, coming = observation_due(dues, infusion, self.desk.clock.now())
        self.cards.observations.show_due(self.wording.say(missing.reason) if missing else "", coming)

    def _tick(self) -> None:
        now = self.desk.clock.now()
        self.cards.running.show_moment(now)
        self._ticks += 1
        if self._ticks % _CARDS_EVERY == 0 and self._here is not None:
            self.cards.card.show_bedside(self._here, now)
            self._show_due()
            self._show_finish(self._infusion)

    def _run_clock(self) -> None:
        infusion = self._infusion
        if infusion is not None and infusion.is_running and self.isVisible():
            self._second.start(EVERY_SECOND_MS)
        else:
            self._second.stop()

    # What is done

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
        self._ticked[item] = Ticked(item=item, nurse=self.desk.nurse, at=self.desk.clock.now())

    def _untick_item(self, code: object) -> None:
        self._ticked.pop(str(code), None)

    def _enter_vials(self, forms: object) -> None:
        here, infusion = self._here, self._infusion
        if here is None or not isinstance(forms, tuple):
            return

        def hang() -> None:
            if infusion is not None:
                for form in forms:
                    give_infusion.hang_vial(self.desk, infusion.id, form)
                return
            both = (*self._vials, *forms)
            read_vials(
                both, infusion_id=self._infusion_id, course=here.course, dose=here.dose, nurse=self.desk.nurse,
                at=self.desk.clock.now(),
            )  # fmt: skip
            self._vials.extend(forms)

        if self._do(hang, self.cards.vials.show_mistake):
            self.cards.vials.clear_entry()

    def _remove_vials(self, forms: object) -> None:
        if isinstance(forms, tuple) and self._here is not None:
            self._vials = [form for form in self._vials if form not in forms]
            self._show_vials(self._here)

    def _start(self) -> None:
        here = self._here
        if here is None:
            return
        start = self.cards.start
        prepared = Preparation(checks=tuple(self._ticked.values()), vials=tuple(self._vials))

        def show_mistake(mistake: UserMistake) -> bool:
            if mistake.field == start.at.name:
                start.at.show_error(self.wording.say_error(mistake))
                return True
            return self.cards.vials.show_mistake(mistake)

        def act() -> None:
            give_infusion.start_infusion(
                self.desk, here.dose.id, infusion_id=self._infusion_id, at=start.at.text(), prepared=prepared
            )
            self._ticked, self._vials = {}, []
            start.at.set_text("")

        if self._do(act, show_mistake):
            self.say_saved(
                self.wording.gettext("Started. Observe again in {n} minutes.").format(
                    n=observation_rules().first_check_min
                )
            )
            self.cards.observations.edits["temperature_c"].setFocus()

    def _not_given(self) -> None:
        if self._here is not None and NotGivenDialog.ask(self.desk, self._here, self._infusion_id, self.wording, self):
            self._ticked, self._vials = {}, []
            self._do(lambda: None)
            self.say_saved(self.wording.gettext("Recorded as not given."))

    def _step_up(self, step: object) -> None:
        here = self._here
        if here is not None and isinstance(step, NextStep):
            self._do(lambda: pump.raise_rate(self.desk, here, step, self.wording, self))

    def _slow(self) -> None:
        here = self._here
        if here is not None:
            self._do(lambda: pump.slow_down(self.desk, here, self.wording, self))

    def _pause(self) -> None:
        here = self._here
        if here is not None:
            self._do(lambda: pump.stand_still(self.desk, here, stop=False))

    def _stop(self) -> None:
        here = self._here
        if here is not None and self._do(lambda: pump.stand_still(self.desk, here, stop=True)):
            self.say_saved(self.wording.gettext("Stopped. Finish and sign when it does not go on."))

    def _resume(self) -> None:
        here = self._here
        if here is not None:
            self._do(lambda: pump.resume(self.desk, here, self.wording, self))

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
        self._second.timeout.connect(self._tick)
        cards.checklist.ticked.connect(self._tick_item)
        cards.checklist.unticked.connect(self._untick_item)
        cards.vials.vials_entered.connect(self._enter_vials)
        cards.vials.vials_removed.connect(self._remove_vials)
        cards.start.start_requested.connect(self._start)
        cards.start.not_given_requested.connect(self._not_given)
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
