"""The cards of the bedside and where they stand: before the start, while it runs, and afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.side_effects import SideEffectCatalogue
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.infusion.cards.checklist_card import ChecklistCard
from ivigdesk.ui.infusion.cards.observations_card import ObservationsCard
from ivigdesk.ui.infusion.cards.rate_card_table import RateCardTable
from ivigdesk.ui.infusion.cards.remember_card import RememberCard
from ivigdesk.ui.infusion.cards.running_card import RunningCard
from ivigdesk.ui.infusion.cards.side_effects_card import SideEffectsCard
from ivigdesk.ui.infusion.cards.start_card import StartCard
from ivigdesk.ui.infusion.cards.vials_card import VialsCard
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.wording import Wording

Stage = Literal["before", "running", "after"]

_LEFT = 420
_RIGHT = 262
_WIDE_ENOUGH = 1180
_NO_LIMIT = 16_777_215  # QWIDGETSIZE_MAX


class BedsideView(QWidget):
    """Three columns of cards, two on a narrow screen."""

    def __init__(
        self, catalogue: SideEffectCatalogue, wording: Wording, hold_min: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self.start = StartCard(wording)
        self.running = RunningCard(wording, hold_min)
        self.card = RateCardTable(wording, hold_min)
        self.checklist = ChecklistCard(wording)
        self.vials = VialsCard(wording)
        self.observations = ObservationsCard(wording)
        self.effects = SideEffectsCard(catalogue, wording)
        self.remember = RememberCard(wording)
        self.finish = Button(_("Finish and sign…  F9"), bedside=True, name=_("Finish and sign"))
        self._stage: Stage | None = None
        self._is_wide = True
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
        before = stage == "before"
        middle: Sequence[QWidget] = (self.checklist,) if before else (self.observations, self.effects)
        right: Sequence[QWidget] = (
            (self.vials, self.remember) if before else (self.finish, self.vials, self.checklist, self.remember)
        )
        for index, widgets in enumerate(((self.start, self.running, self.effects.recorded, self.card), middle, right)):
            for place, widget in enumerate(widgets):
                # WORKAROUND: a layout item taken out and kept by Python leaves stale heights behind; removeWidget
                # lets Qt delete it.
                for layout in self._layouts:
                    layout.removeWidget(widget)
                self._layouts[index].insertWidget(place, widget)
        self.start.setVisible(before)
        self.running.setVisible(not before)
        self.observations.setVisible(not before)
        self.effects.setVisible(not before)
        self.finish.setVisible(stage == "running")
        for widget in (self.checklist, self.vials, self.remember, self.card):
            widget.show()

    def fit_width(self, width: int) -> None:
        """Stand in three columns, or in two where `width` is too narrow."""
        is_wide = width >= _WIDE_ENOUGH
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._place_columns()

    def _place_columns(self) -> None:
        left, middle, right = self._columns
        for column in self._columns:
            self._grid.removeWidget(column)
        if self._is_wide:
            self._grid.addWidget(left, 0, 0)
            self._grid.addWidget(middle, 0, 1)
            self._grid.addWidget(right, 0, 2)
            right.setMinimumWidth(_RIGHT)
            right.setMaximumWidth(_RIGHT)
        else:
            self._grid.addWidget(left, 0, 0)
            self._grid.addWidget(right, 0, 1)
            self._grid.addWidget(middle, 1, 0, 1, 2)
            right.setMinimumWidth(0)
            right.setMaximumWidth(_NO_LIMIT)
