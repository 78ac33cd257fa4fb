"""Asks who accepts what stands in the way of a course, and why."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.courses.plan_course import Proposal
from ivigdesk.actions.library.files import Library
from ivigdesk.actions.words import one_line
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.course.plan.noticed import noticed_of
from ivigdesk.ui.course.plan.noticed_line import NoticedLine
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_NOT_ROUTINE = "GEN-1"


@dataclass(frozen=True, slots=True)
class Accepted:
    """With what words findings were accepted.

    Attributes:
        reason: as written; never empty.
        by: the prescriber; never empty.
    """

    reason: str
    by: str


class ReasonDialog(FormDialog):
    """What stands in the way, with code and source; the prescriber's reason and name, both needed."""

    def __init__(self, proposal: Proposal, library: Library, wording: Wording, parent: QWidget | None = None) -> None:
        """Ask about what stands in the way of `proposal`; its prescriber is proposed as the one who accepts it."""
        _ = wording.gettext
        super().__init__(
            wording, _("The prescriber's reason is needed"), _("Confirm with this reason"), width=720, parent=parent
        )
        barred = [one for one in noticed_of(proposal.plan) if one.stands_in_the_way]
        is_no_routine = any(one.finding.code == _NOT_ROUTINE for one in barred)
        self.reason = LineField("reason", _("Written justification") if is_no_routine else _("Reason"), required=True)
        self.by = LineField("by", _("Prescriber who accepts it"), required=True)
        self.by.set_text(proposal.prescriber)
        self._by_at_first = proposal.prescriber
        self.value: Accepted | None = None
        for one in barred:
            self.body.addWidget(NoticedLine(one, wording, one.source_words(library, wording)))
        self.body.addWidget(
            PlainLabel(_("Ask the prescriber, and write down what was said. It is printed on the plan."), wrap=True)
        )
        self.body.addWidget(self.reason)
        self.body.addWidget(self.by)
        self.body.addStretch()
        self.watch((self.reason, self.by))
        self.reason.focus()

    @classmethod
    def ask(
        cls, proposal: Proposal, library: Library, wording: Wording, parent: QWidget | None = None
    ) -> Accepted | None:
        """Return reason and name, or None when the nurse gave it up."""
        dialog = cls(proposal, library, wording, parent)
        return dialog.value if dialog.exec() else None

    def submit(self) -> None:
        mistakes: list[UserMistake] = []
        reason = self._read(self.reason, "reason", 500, mistakes)
        by = self._read(self.by, "by", 100, mistakes)
        for mistake in reversed(mistakes[1:]):
            self.show_refusal(mistake)
        if mistakes:
            raise mistakes[0]
        self.value = Accepted(reason, by)

    def has_unsaved(self) -> bool:
        return self.value is None and (bool(self.reason.text().strip()) or self.by.text() != self._by_at_first)

    def _read(self, field: LineField, name: str, most: int, mistakes: list[UserMistake]) -> str:
        """Return what was typed; what cannot be taken goes to `mistakes`."""
        label = message(N_("Reason") if name == "reason" else N_("Prescriber who accepts it"))
        try:
            return one_line(field.text(), field=name, name=label, most=most, required=True)
        except UserMistake as mistake:
            mistakes.append(mistake)
            return ""
