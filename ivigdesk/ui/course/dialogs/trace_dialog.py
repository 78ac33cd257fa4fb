"""“Why this amount?”: each step from the weight to the pump rates, with its source."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ivigdesk.clinical.findings import TraceStep
from ivigdesk.clinical.planning import CoursePlan
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.dialogs import AskDialog
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording


class TraceDialog(AskDialog):
    """The steps behind the first dose's numbers: weight, amount, pump rates."""

    def __init__(self, plan: CoursePlan, wording: Wording, parent: QWidget | None = None) -> None:
        first = plan.infusions[0]
        _ = wording.gettext
        super().__init__(
            wording,
            _("Why {amount}?").format(amount=dose_grams(wording, first.amount.dose_mg)),
            _("Close"),
            size=QSize(760, 640),
            parent=parent,
        )
        self.cancel_button.hide()
        self._add(_("Dosing weight"), plan.dosing_weight.trace)
        self._add(_("Dose and vials"), first.amount.trace)
        self._add(_("Pump rates"), first.rate_card.trace)
        self.body.addStretch()
        self.confirm_button.setFocus()

    @classmethod
    def show_plan(cls, plan: CoursePlan, wording: Wording, parent: QWidget | None = None) -> None:
        """Show the steps until the nurse closes them."""
        cls(plan, wording, parent).exec()

    def _add(self, heading: str, steps: Sequence[TraceStep]) -> None:
        if not steps:
            return
        card = Card(heading)
        for number, step in enumerate(steps, start=1):
            card.body.addWidget(PlainLabel(f"{number}. {self.wording.say(step.rule)}", wrap=True))
            if step.source:
                source = self.wording.gettext("Source: {source}").format(source=step.source)
                card.body.addWidget(PlainLabel(source, "small", wrap=True))
        self.body.addWidget(card)
