"""The bedside record as it is shown: which dose, what is recorded beside it, and the clock that moves it on."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from uuid import uuid4

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ivigdesk.actions.desk import Desk, nurses
from ivigdesk.actions.infusions import give_infusion
from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.actions.infusions.medicate import due_before_start
from ivigdesk.actions.infusions.moment import moment_of_entry
from ivigdesk.actions.infusions.prepare_infusion import checklist_of
from ivigdesk.actions.infusions.preparing import prepared
from ivigdesk.actions.look_up import tasks_of
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.infusions.remaining import RemainingCard
from ivigdesk.clinical.tasks.standing import standings
from ivigdesk.messages import Message
from ivigdesk.ui import theme
from ivigdesk.ui.infusion.bedside_view import BedsideView
from ivigdesk.ui.infusion.due_watch import DueWatch
from ivigdesk.ui.infusion.scan_catcher import ScanCatcher
from ivigdesk.ui.infusion.showing import Moment, dose_in_banner, show_moment, show_passing
from ivigdesk.ui.infusion.steps import goes_on
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import InfusionPlace, Place
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.wording import Wording

EVERY_SECOND_MS = 1000
_CARDS_EVERY = 15


class BedsidePage(Page):
    """One dose as it stands now, with its clock running; what a nurse does with it is added by `InfusionPage`.

    Attributes:
        cards: what is on the page.
        scanner: hears a scanner wherever the cursor is on the page.
    """

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        self._catalogue = desk.library.side_effects()
        self._here: Bedside | None = None
        self._known: Moment | None = None
        self._infusion_id = uuid4()
        self._ticks = 0
        self._told: Message | None = None
        self.cards = BedsideView(self._catalogue, wording)
        self.scanner = ScanCatcher(self, desk.clock.monotonic)
        self._due = DueWatch(wording)
        self._second = QTimer(self)
        self.fill_scrolling(self.cards)
        self._second.timeout.connect(self._tick)
        self.scanner.cursor_moved.connect(self._follow_cursor)

    @property
    def here(self) -> Bedside | None:
        """The dose as it was read last."""
        return self._here

    def show_place(self, place: Place) -> None:
        if not isinstance(place, InfusionPlace):
            raise TypeError(f"{place!r} is not shown here")
        here = give_infusion.bedside(self.desk, place.dose_id)
        self._infusion_id = uuid4()  # made when the page opens: starting twice makes one infusion
        self._told = None
        self._due.forget()
        self.cards.start.at.set_text("")
        for card in (self.cards.vials, self.cards.observations, self.cards.medications):
            card.clear_entry()
        self.cards.checklist.question.close_question()
        self._show(here)
        area = self.findChild(QScrollArea)
        if area is not None:
            # Lines of another dose that went took the cursor, and the page with it.
            area.verticalScrollBar().setValue(0)

    def first_control(self) -> QWidget | None:
        cards = self.cards
        if self._infusion is None:
            return cards.checklist.first_open() or cards.vials.scan.line
        return cards.observations.edits["temperature_c"] if self._infusion.is_running else cards.effects.late

    def has_unsaved(self) -> bool:
        cards = self.cards
        has_typed = any(
            card.has_typed() for card in (cards.vials, cards.observations, cards.medications, cards.checklist.question)
        )
        return has_typed or bool(cards.start.at.text().strip())

    def help_text(self) -> str:
        return self.wording.gettext(
            "Before the start: Space ticks a check and goes on to the next; scan the vials wherever the cursor is, or "
            "press F6 and type; start. While it runs: Enter goes through the observation line and saves it; touch a "
            "side effect when there is one; F9 finishes and signs. Every entry is saved when it is made."
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scanner.watch(on=True)
        self._run_clock()

    def hideEvent(self, event: QHideEvent) -> None:
        self._second.stop()
        self.scanner.watch(on=False)
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.cards.fit_width(event.size().width())
        super().resizeEvent(event)

    @property
    def _infusion(self) -> Infusion | None:
        return self._here.infusion if self._here is not None else None

    @property
    def _moment(self) -> Moment | None:
        """The dose as it was read last, seen from now."""
        here, known = self._here, self._known
        if here is None or known is None:
            return None
        now = self._now()
        return dataclasses.replace(known, now=now, remains=self._goes_on(here, now))

    def _now(self) -> datetime:
        """Return the moment by which the infusion runs: a clock that was set back takes no volume away.

        The nurse is told of such a clock once.
        """
        infusion = self._infusion
        if infusion is None or not infusion.is_running:
            return self.desk.clock.now()
        now, notice = moment_of_entry(self.desk, infusion)
        if notice is not None and self._told is None:
            self._tell([self.wording.say(notice)])
        self._told = notice
        return now

    def _goes_on(self, here: Bedside, now: datetime) -> RemainingCard | None:
        if here.infusion is None:
            return None
        return goes_on(here.dose, here.infusion, now, self.desk.settings.pump_step_ml_per_h)

    def _show(self, here: Bedside) -> None:
        self._here = here
        now = self._now()
        self._known = Moment(
            here,
            now,
            checklist_of(self.desk, here),
            prepared(self.desk, here.dose.id),
            due_before_start(self.desk, here.dose.id),
            self._goes_on(here, now),
            self.desk.settings.pump_step_ml_per_h,
            tuple(nurse.name for nurse in nurses(self.desk)),
            standings(here.view, tasks_of(self.desk, here.view), here.view.day),
        )
        if here.infusion is None:
            self.cards.start.weight.show_view(self.desk, here.view)
        show_moment(self.cards, self._known, self._catalogue)
        self._look_for_due(self._known, is_new=False)
        self.show_banner(here.view.patient, dose_in_banner(here, self.wording))
        self._run_clock()

    def _tick(self) -> None:
        moment = self._moment
        if moment is None or moment.infusion is None or moment.remains is None:
            return
        self._ticks += 1
        if not moment.infusion.is_running:
            self.cards.after.show_moment(moment.now)
            return
        self.cards.running.show_moment(moment.remains, moment.now)
        self.cards.observations.show_due(moment.coming, moment.now)
        if self._look_for_due(moment, is_new=True) or self._ticks % _CARDS_EVERY == 0:
            show_passing(self.cards, moment)

    def _look_for_due(self, moment: Moment, *, is_new: bool) -> bool:
        """Announce what became due since the last time; return whether something did."""
        infusion, remains = moment.infusion, moment.remains
        if infusion is None or remains is None or not infusion.is_running:
            return False
        due = self._due.newly_due(infusion, remains, moment.coming, moment.now)
        if is_new and due:
            self._tell(due)
            if self.desk.settings.sounds:
                QApplication.beep()
        return bool(due)

    def _tell(self, sentences: list[str] | tuple[str, ...]) -> None:
        self.noticed.emit(Notice(" ".join(sentences), "attention"))

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a part of the page, also one that was shown a moment ago."""
        area = self.findChild(QScrollArea)
        if area is not None:
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # until then it has no place
            area.ensureWidgetVisible(widget, 0, theme.SPACE_32)

    def _follow_cursor(self, control: object) -> None:
        """Scroll to the control that has the cursor, except while a finger or a mouse is on it."""
        if isinstance(control, QWidget) and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.bring_into_view(control)

    def _run_clock(self) -> None:
        infusion = self._infusion
        if infusion is not None and self.isVisible():
            self._second.start(EVERY_SECOND_MS)
        else:
            self._second.stop()
