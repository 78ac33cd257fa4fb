"""Set the pump to another rate than the card's next step: slower, again after a pause, or higher before its time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import set_rate
from ivigdesk.actions.words import one_line
from ivigdesk.clinical.infusions.infusion import Infusion, RateAction
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.widgets.fields.number import NumberField
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.wording import Wording


class RateDialog(FormDialog):
    """Asks for the rate and, where it is not the card's own step, for the reason."""

    def __init__(
        self,
        desk: Desk,
        infusion: Infusion,
        action: RateAction,
        heading: str,
        verb: str,
        wording: Wording,
        *,
        proposed: Decimal,
        most: Decimal,
        against: Sequence[str] = (),
        advice: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Ask for a rate from above 0 to `most`; `against` are sentences that make a reason necessary."""
        super().__init__(wording, heading, verb, parent=parent)
        _ = wording.gettext
        self._desk = desk
        self._infusion = infusion
        self._action = action
        self._needs_reason = bool(against)
        self.changed: Infusion | None = None
        self.rate = NumberField(
            "ml_per_h",
            message(N_("Rate")),
            wording,
            unit="mL/h",
            least=desk.settings.pump_step_ml_per_h,
            most=most,
            required=True,
        )
        self.reason = LineField("reason", _("Reason"), required=self._needs_reason)
        for sentence in against:
            bar = NoticeBar(wording, closable=False)
            bar.show_notice(Notice(sentence, "attention"))
            self.body.addWidget(bar)
        if advice:
            self.body.addWidget(PlainLabel(advice, wrap=True))
        self.body.addWidget(self.rate)
        self.body.addWidget(self.reason)
        self.body.addStretch()
        self.rate.set_value(proposed)
        self.watch((self.rate, self.reason))
        (self.reason if against else self.rate).focus()

    def submit(self) -> None:
        rate = self.rate.value()
        if rate is None:
            raise UserMistake("ml_per_h", message(N_("Rate: nothing was entered.")))
        name = message(N_("Reason"))
        reason = one_line(self.reason.text(), field="reason", name=name, most=300, required=self._needs_reason)
        self.changed = set_rate(self._desk, self._infusion.id, self._action, rate, reason)

    def has_unsaved(self) -> bool:
        return self.changed is None and bool(self.reason.text().strip())
