"""The bedside record as it is shown: which dose, what was prepared, and the clock that moves it on."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion
from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.actions.infusions.prepare_infusion import checklist_for
from ivigdesk.actions.look_up import tasks_of
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.library import observation_rules
from ivigdesk.clinical.tasks.standing import TaskStanding, standings
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.ui.infusion.bedside_view import BedsideView
from ivigdesk.ui.infusion.prepared import Prepared
from ivigdesk.ui.infusion.showing import (
    Moment,
    dose_in_banner,
    show_moment,
    show_passing,
)
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import InfusionPlace, Place
from ivigdesk.wording import Wording

EVERY_SECOND_MS = 1000
_CARDS_EVERY = 15


class BedsidePage(Page):
    """One dose as it stands now, with its clock running; what a nurse does with it is added by `InfusionPage`.

    Attributes:
        cards: what is on the page.
    """

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        self._catalogue = desk.library.side_effects()
        self._here: Bedside | None = None
        self._prepared = Prepared()
        self._tasks: tuple[tuple[Task, TaskStanding], ...] = ()
        self._ticks = 0
        self.cards = BedsideView(self._catalogue, wording, observation_rules().titration_every_min)
        self._second = QTimer(self)
        self.fill_scrolling(self.cards)
        self._second.timeout.connect(self._tick)

    @property
    def here(self) -> Bedside | None:
        """The dose as it was read last."""
        return self._here

    def show_place(self, place: Place) -> None:
        if not isinstance(place, InfusionPlace):
            raise TypeError(f"{place!r} is not shown here")
        here = give_infusion.bedside(self.desk, place.dose_id)
        self._prepared = Prepared()
        self.cards.start.at.set_text("")
        self.cards.vials.clear_entry()
        self.cards.observations.clear_entry()
        self._show(here)
        area = self.findChild(QScrollArea)
        if area is not None:
            area.verticalScrollBar().setValue(
                0
            )  # lines of another dose that went took the cursor, and the page with it

    def first_control(self) -> QWidget | None:
        cards = self.cards
        if self._infusion is None:
            return next(iter(cards.checklist.boxes.values()), None)
        return cards.observations.edits["temperature_c"] if self._infusion.is_running else cards.effects.late

    def has_unsaved(self) -> bool:
        cards = self.cards
        is_typed = cards.vials.has_typed() or cards.observations.has_typed() or bool(cards.start.at.text().strip())
        return not self._prepared.is_empty or is_typed

    def unsaved_words(self) -> str:
        if self._prepared.is_empty:
            return ""
        return self.wording.gettext(
            "The infusion is not started. The checks that you ticked and the vials that you recorded are stored with "
            "the start; if you leave now, they are lost."
        )

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

    @property
    def _infusion(self) -> Infusion | None:
        return self._here.infusion if self._here is not None else None

    @property
    def _moment(self) -> Moment | None:
        here = self._here
        if here is None:
            return None
        items = checklist_for(self.desk, here.product)
        return Moment(here, self.desk.clock.now(), items, self._prepared.ticked, self._prepared.vials, self._tasks)

    def _show(self, here: Bedside) -> None:
        self._here = here
        self._tasks = standings(here.view, tasks_of(self.desk, here.view), here.view.day)
        if here.infusion is None:
            self.cards.start.weight.show_view(self.desk, here.view)
        moment = self._moment
        if moment is not None:
            show_moment(self.cards, moment, self._catalogue)
        self.show_banner(here.view.patient, dose_in_banner(here, self.wording))
        self._run_clock()

    def _tick(self) -> None:
        self.cards.running.show_moment(self.desk.clock.now())
        self._ticks += 1
        moment = self._moment if self._ticks % _CARDS_EVERY == 0 else None
        if moment is not None:
            self.cards.card.show_bedside(moment.here, moment.now)
            show_passing(self.cards, moment)

    def _run_clock(self) -> None:
        infusion = self._infusion
        if infusion is not None and infusion.is_running and self.isVisible():
            self._second.start(EVERY_SECOND_MS)
        else:
            self._second.stop()
