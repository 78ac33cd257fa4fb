"""What is done at the bedside before the pump starts, and beside it afterwards: checks, vials, the start itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QApplication

from ivigdesk.actions.infusions import give_infusion, preparing
from ivigdesk.actions.infusions.medicate import MedicationForm, record_medication, withdraw_medication
from ivigdesk.actions.infusions.preparing import Prepared
from ivigdesk.actions.infusions.ready_to_start import open_lines
from ivigdesk.actions.infusions.scan_vial import learn_code, scan
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.preparation import Medication
from ivigdesk.clinical.library import observation_rules
from ivigdesk.errors import UserMistake, WordedError
from ivigdesk.ui.infusion.bedside_page import BedsidePage
from ivigdesk.ui.infusion.dialogs.not_given_dialog import NotGivenDialog
from ivigdesk.ui.infusion.showing import show_prepared
from ivigdesk.ui.infusion.words import lot_and_expiry


class PreparingPage(BedsidePage):
    """The bedside with its steps before the start; each entry is stored when it is made."""

    _asked_about = ""

    def act(self, act: Callable[[], object], refused: Callable[[UserMistake], bool] | None = None) -> bool:
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

    def prepare(self, act: Callable[[], Prepared], refused: Callable[[UserMistake], bool] | None = None) -> bool:
        """Carry out an entry beside the dose, as `act` does; before the start only what was entered is shown anew."""
        if self._infusion is not None or self._known is None:
            return self.act(act, refused)
        try:
            ready = act()
        except WordedError as error:
            if not (isinstance(error, UserMistake) and refused is not None and refused(error)):
                self.say_refused(error)
            return False
        self.noticed.emit(None)
        self._known = dataclasses.replace(self._known, ready=ready)
        show_prepared(self.cards, self._known)
        return True

    def _tick_item(self, code: object) -> None:
        here, item = self._here, str(code)
        if here is not None and not self.prepare(lambda: preparing.tick(self.desk, here.dose.id, item)):
            self._show_again()

    def _untick_item(self, code: object) -> None:
        here, item = self._here, str(code)
        if here is not None and not self.prepare(lambda: preparing.untick(self.desk, here.dose.id, item)):
            self._show_again()

    def _go_on_from_checks(self) -> None:
        """Put the cursor where the next thing is done: the vials, and once they are recorded the start."""
        cards = self.cards
        if cards.start.is_ready():
            cards.start.start.setFocus()
        elif self._infusion is None:
            cards.vials.start_scan()

    def _enter_vials(self, forms: object) -> None:
        here = self._here
        if here is None or not isinstance(forms, tuple):
            return
        if self.prepare(lambda: preparing.add_vials(self.desk, here.dose.id, forms), self.cards.vials.show_mistake):
            self.cards.vials.clear_entry()
            if self.cards.start.is_ready() and self._infusion is None:
                self.cards.start.start.setFocus()

    def _take_scan(self, text: object) -> None:
        """Record the vial whose code was scanned; say in words why one is not taken."""
        here, card = self._here, self.cards.vials
        if here is None or not isinstance(text, str) or not card.is_open:
            return
        typed = lot_and_expiry(text)
        if typed is not None:
            card.lot.set_text(typed[0])
            card.expires.set_text(typed[1])
            card.scan.set_text("")
            card.add.click()
            return
        try:
            scanned = scan(self.desk, here.dose.id, text)
        except WordedError as error:
            self._refuse_scan(error)
            return
        if scanned.form is None:
            if scanned.code is not None:
                self._asked_about = text
                card.question.ask(scanned.code.gtin, here.product, self.desk.library.products())
                self.bring_into_view(card.question)
            return
        warnings = [self.wording.say(warning) for warning in scanned.warnings]
        form, had_cursor = scanned.form, card.scan.line.hasFocus()
        if not scanned.is_whole:
            card.show_scanned(form, warnings)
            self.bring_into_view(card.said)
            return
        if self.prepare(lambda: preparing.add_vial(self.desk, here.dose.id, form), card.show_mistake):
            card.show_scanned(None, ())
            # Said above the page: the card may be out of view where the scanner is used.
            self.say_saved(
                self.wording.gettext("Vial recorded: lot {lot}. {sum}").format(lot=form.lot, sum=card.sum.text())
            )
            if had_cursor and self.cards.start.is_ready() and self._infusion is None:
                self.cards.start.start.setFocus()

    def _refuse_scan(self, error: WordedError) -> None:
        """Say why, where the vials stand; nothing was recorded."""
        self.noticed.emit(None)
        self.cards.vials.show_refused(self.wording.say_error(error))
        self.bring_into_view(self.cards.vials.said)
        if self.desk.settings.sounds:
            QApplication.beep()

    def _learn_code(self, gtin: object, product_id: object, mg: object) -> None:
        if not isinstance(mg, int):
            return
        try:
            learn_code(self.desk, str(gtin), str(product_id), mg)
        except WordedError as error:
            self._refuse_scan(error)
            return
        self.cards.vials.question.hide()
        self.cards.vials.start_scan()  # ready for the next vial
        self._take_scan(self._asked_about)

    def _give_drug(self, form: object) -> None:
        here, card = self._here, self.cards.medications
        if here is None or not isinstance(form, MedicationForm):
            return
        if self.act(lambda: record_medication(self.desk, here.dose.id, form), card.show_mistake):
            card.clear_entry()

    def _take_back_drug(self, medication: object, reason: str) -> None:
        here, card = self._here, self.cards.medications
        if here is None or not isinstance(medication, Medication):
            return
        if self.act(lambda: withdraw_medication(self.desk, here.dose.id, medication.id, reason), card.show_mistake):
            card.question.close_question()

    def _show_again(self) -> None:
        """Show the dose as it is stored: a box that was touched in vain is as it was."""
        if self._known is not None:
            show_prepared(self.cards, self._known)

    def _take_back_vials(self, ids: object) -> None:
        here = self._here
        if here is None or not isinstance(ids, tuple):
            return

        def take_back() -> Prepared:
            for vial_id in ids:
                if isinstance(vial_id, UUID):
                    preparing.take_back_vial(self.desk, vial_id, here.dose.id)
            return preparing.prepared(self.desk, here.dose.id)

        self.prepare(take_back)

    def _start(self) -> None:
        here, start = self._here, self.cards.start
        if here is None:
            return

        def show_mistake(mistake: UserMistake) -> bool:
            if mistake.field == start.at.name:
                start.at.show_error(self.wording.say_error(mistake))
                return True
            return self.cards.vials.show_mistake(mistake)

        def begin() -> None:
            give_infusion.start_infusion(self.desk, here.dose.id, infusion_id=self._infusion_id, at=start.at.text())
            start.at.set_text("")

        if self.act(begin, show_mistake):
            minutes = observation_rules().first_check_min
            self.say_saved(self.wording.gettext("Started. Observe again in {n} minutes.").format(n=minutes))
            self.cards.observations.edits["temperature_c"].setFocus()
        elif start.weight.finding is not None:
            start.weight.button.setFocus()  # what refuses the start is solved here
        else:
            self._ask_why_open()

    def _ask_why_open(self) -> None:
        """Ask why the first critical line is left open, where one is."""
        moment = self._moment
        missing = open_lines(moment.items, moment.ready.checks) if moment is not None else ()
        if missing:
            self.cards.checklist.ask_why(missing[0].code)

    def _leave_open(self, item: str, reason: str) -> None:
        here, checklist = self._here, self.cards.checklist
        if here is None:
            return
        if self.prepare(lambda: preparing.tick(self.desk, here.dose.id, item, reason), checklist.show_mistake):
            checklist.question.close_question()

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
        self.act(lambda: None)
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
        if NotGivenDialog.ask(self.desk, here, self._infusion_id, self.wording, self):
            self.act(lambda: None)
            self.say_saved(self.wording.gettext("Recorded as not given."))
