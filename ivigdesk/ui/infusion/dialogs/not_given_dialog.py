"""A dose that is not given at all: only the reason is needed, no lot."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import Bedside, record_not_given
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.messages import N_
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.infusion.dialogs.ending.quick_reasons import QuickReasons
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

WHY_NOT = (
    N_("patient refused"),
    N_("fever or infection"),
    N_("laboratory value outside its limit"),
    N_("no venous access"),
    N_("product not available"),
    N_("patient away from the ward"),
    N_("order changed"),
)


class NotGivenDialog(FormDialog):
    """A dose that is not given at all; only a reason is needed."""

    def __init__(
        self, desk: Desk, here: Bedside, infusion_id: UUID, wording: Wording, parent: QWidget | None = None
    ) -> None:
        _ = wording.gettext
        super().__init__(
            wording,
            _("Dose {number} is not given").format(number=here.dose.number),
            _("Record as not given"),
            weight="danger",
            parent=parent,
        )
        self._desk = desk
        self._here = here
        self._infusion_id = infusion_id
        self.infusion: Infusion | None = None
        self.reason = LineField("reason", _("Reason"), required=True)
        self.quick = QuickReasons(self.reason, WHY_NOT, wording)
        self.body.addWidget(
            PlainLabel(
                _("To give it on another day, postpone it instead. A dose recorded as not given stays so."), wrap=True
            )
        )
        self.body.addWidget(self.reason)
        self.body.addWidget(self.quick)
        self.body.addStretch()
        self.watch((self.reason,))
        self.reason.focus()

    @classmethod
    def ask(
        cls, desk: Desk, here: Bedside, infusion_id: UUID, wording: Wording, parent: QWidget | None = None
    ) -> Infusion | None:
        """Return the record, or None when nothing was recorded."""
        dialog = cls(desk, here, infusion_id, wording, parent)
        dialog.exec()
        return dialog.infusion

    def submit(self) -> None:
        self.infusion = record_not_given(
            self._desk, self._here.dose.id, self.reason.text(), infusion_id=self._infusion_id
        )

    def has_unsaved(self) -> bool:
        return self.infusion is None and bool(self.reason.text().strip())
