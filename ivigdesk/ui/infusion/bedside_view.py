"""The cards of the bedside and where they stand: before the start, while it runs, and afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.infusions.side_effects import SideEffectCatalogue
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.infusion.cards.after_card import AfterCard
from ivigdesk.ui.infusion.cards.checklist_card import ChecklistCard
from ivigdesk.ui.infusion.cards.medications_card import MedicationsCard
from ivigdesk.ui.infusion.cards.observations_card import ObservationsCard
from ivigdesk.ui.infusion.cards.rate_card_table import RateCardTable
from ivigdesk.ui.infusion.cards.remember_card import RememberCard
from ivigdesk.ui.infusion.cards.running_card import RunningCard
from ivigdesk.ui.infusion.cards.side_effects_card import SideEffectsCard
from ivigdesk.ui.infusion.cards.start_card import StartCard
from ivigdesk.ui.infusion.cards.vials_card import VialsCard
from ivigdesk.ui.infusion.cards.vital_plot import VitalPlot
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.wording import Wording

Stage = Literal["before", "running", "after"]

Columns = Literal[3, 2, 1]

_LEFT = 420
_RIGHT = 288
_MIDDLE = 528  # the observations with their symptoms
_AROUND = 4 * theme.SPACE_24
_NO_LIMIT = 16_777_215  # QWIDGETSIZE_MAX


class BedsideView(QWidget):
    """Three columns of cards, two on a narrow screen, the middle one below the others on a very narrow one."""

    def __init__(self, catalogue: SideEffectCatalogue, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self.wording = wording
        self.start = StartCard(wording)
        self.running = RunningCard(wording)
        self.card = RateCardTable(wording)
        self.checklist = ChecklistCard(wording)
        self.vials = VialsCard(wording)
        self.medications = MedicationsCard(wording)
        self.observations = ObservationsCard(wording)
        self.after = AfterCard(wording)
        self.course = Card(wording.gettext("So far"))
        self.plot = VitalPlot(wording)
        self.course.body.addWidget(self.plot)
        self.effects = SideEffectsCard(catalogue, wording)
        self.remember = RememberCard(wording)
        self.finish = Button(_("Finish and sign…  F9"), bedside=True, name=_("Finish and sign"))
        self._stage: Stage | None = None
        self._shape: Columns = 3
        self._columns = (QWidget(), QWidget(), QWidget())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.SPACE_12)
        self._layouts = tuple(bare(QVBoxLayout(column)) for column in self._columns)
        for layout in self._layouts:
            layout.addStretch(1)
        self._columns[0].setFixedWidth(_LEFT)
        self._grid.setColumnStretch(1, 1)
        self._place_columns()

    def show_stage(self, stage: Stage) -> None:
        """Put the cards where this stage needs them."""
        if stage == self._stage:
            return
        self._stage = stage
        self._place_cards()
        before, running, after = (stage == one for one in ("before", "running", "after"))
        for widget, is_needed in (
            (self.start, before),
            (self.running, not before),
            (self.finish, running),
            (self.after, after),
            (self.observations, not before),
            (self.effects, not before),
            (self.course, False),
        ):
            widget.setVisible(is_needed)
        for widget in (self.checklist, self.vials, self.medications, self.remember, self.card):
            widget.show()

    def _order(self) -> tuple[Sequence[QWidget], Sequence[QWidget], Sequence[QWidget]]:
        """Return what stands in the left, the middle and the right column, from above."""
        beside = (self.vials, self.medications, self.checklist, self.remember)
        pump = (self.running, self.finish, self.after)
        match self._stage, self._shape:
            case "before", 2:
                return (self.start, self.vials, self.medications), (self.checklist,), (self.card, self.remember)
            case "before", _:
                return (self.start, self.card), (self.checklist,), (self.vials, self.medications, self.remember)
            case _, 1:
                # The middle stands below both others: what cannot wait stands beside the pump.
                return pump, (self.observations, self.card, self.course, *beside), (self.effects, self.effects.recorded)
            case _:
                left = (*pump, self.effects.recorded, self.card, self.course)
                return left, (self.observations, self.effects), beside

    def _place_cards(self) -> None:
        """Put each card into its column: what is done first stands where it needs no scrolling."""
        for index, widgets in enumerate(self._order()):
            for place, widget in enumerate(widgets):
                # WORKAROUND: a layout item taken out and kept by Python leaves stale heights behind; removeWidget
                # lets Qt delete it.
                for layout in self._layouts:
                    layout.removeWidget(widget)
                self._layouts[index].insertWidget(place, widget)

    def fit_width(self, width: int) -> None:
        """Stand in as many columns as `width` has room for."""
        two = _LEFT + _MIDDLE + _AROUND
        shape: Columns = 3 if width >= two + _RIGHT else 2 if width >= two else 1
        if shape != self._shape:
            self._shape = shape
            self._place_columns()
            if self._stage is not None:
                self._place_cards()

    def _place_columns(self) -> None:
        left, middle, right = self._columns
        for column in self._columns:
            self._grid.removeWidget(column)
        right.setMinimumWidth(_RIGHT if self._shape == 3 else 0)
        right.setMaximumWidth(_RIGHT if self._shape == 3 else _NO_LIMIT)
        self._grid.setRowStretch(1, 1 if self._shape == 2 else 0)
        match self._shape:
            case 3:
                for place, column in enumerate((left, middle, right)):
                    self._grid.addWidget(column, 0, place)
            case 2:
                self._grid.addWidget(left, 0, 0, 2, 1)
                self._grid.addWidget(middle, 0, 1)
                self._grid.addWidget(right, 1, 1)
            case 1:
                self._grid.addWidget(left, 0, 0)
                self._grid.addWidget(right, 0, 1)
                self._grid.addWidget(middle, 1, 0, 1, 2)
