"""Asks for the reason with which findings that stand in the way are accepted, or a hold is released."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.words import one_line
from ivigdesk.clinical.findings import Finding
from ivigdesk.messages import N_, message
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.course.words import by_weight
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.notices import FindingLine
from ivigdesk.wording import Wording


class ReasonDialog(FormDialog):
    """The prescriber's reason for going on in spite of findings."""

    def __init__(self, findings: Sequence[Finding], wording: Wording, parent: QWidget | None = None) -> None:
        _ = wording.gettext
        super().__init__(
            wording, _("The prescriber's reason is needed"), _("Confirm with this reason"), width=680, parent=parent
        )
        self.reason = LineField("reason", _("Reason"), required=True)
        self.value = ""
        for finding in by_weight(findings):
            self.body.addWidget(FindingLine(finding, wording))
        self.body.addWidget(
            PlainLabel(_("Ask the prescriber, and write down what was said. It is printed on the plan."), wrap=True)
        )
        self.body.addWidget(self.reason)
        self.watch((self.reason,))
        self.reason.focus()

    @classmethod
    def ask(cls, findings: Sequence[Finding], wording: Wording, parent: QWidget | None = None) -> str | None:
        """Return the reason, or None when the nurse gave it up."""
        dialog = cls(findings, wording, parent)
        return dialog.value if dialog.exec() else None

    def submit(self) -> None:
        self.value = one_line(self.reason.text(), field="reason", name=message(N_("Reason")), most=500, required=True)

    def has_unsaved(self) -> bool:
        return bool(self.reason.text().strip())
