"""What a side effect means for later doses: one proposal per line, accepted, put off or declined."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import follow_up
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.infusions.follow_up import FollowUp
from ivigdesk.clinical.infusions.following import ProposedFollowUp
from ivigdesk.errors import UserMistake, WordedError
from ivigdesk.ui import theme
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.dose_words import effect_text
from ivigdesk.ui.infusion.dialogs.reaction.proposal_line import ProposalLine
from ivigdesk.ui.widgets.buttons import secondary_button
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.wording import Wording

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDTH = 860


class FollowUpDialog(FormDialog):
    """Decides what side effects of one dose mean for the doses after it. Enter stores what stands marked.

    It may be left: what is not decided stays to be decided.

    Attributes:
        lines: one per proposal.
        decided: what was stored, in the order of the lines.
    """

    def __init__(
        self,
        desk: Desk,
        dose_id: UUID,
        proposed: Sequence[ProposedFollowUp],
        wording: Wording,
        parent: QWidget | None = None,
    ) -> None:
        """Make a dialog about proposals that follow side effects of the dose `dose_id`."""
        _ = wording.gettext
        view, number = course_of_dose(desk, dose_id)
        own = view.view(number).dose
        following = dose_after(view, own)
        text = (
            _("What does it mean for later doses?")
            if following is None
            else _("What does it mean for dose {number}?").format(number=following.dose.number)
        )
        super().__init__(wording, text, _("Store  Enter"), cancel=_("Decide later"), width=_WIDTH, parent=parent)
        self._desk = desk
        self.decided: list[FollowUp] = []
        self._has_typed = False
        self.lines = [
            ProposalLine(one, wording, pump_step=desk.settings.pump_step_ml_per_h, fastest=own.rate_card.max_ml_per_h)
            for one in proposed
        ]
        self.prescriber = LineField("prescriber", _("Prescriber"), hint=_("on whose word"))
        self.named = secondary_button(view.course.prescriber, name=_("Prescriber of the course"))
        self._arrange_content()
        self._connect()
        self._show_needed()

    @classmethod
    def ask(cls, desk: Desk, effect_id: UUID, wording: Wording, parent: QWidget | None = None) -> tuple[FollowUp, ...]:
        """Decide what follows one side effect; return what was stored. Nothing is asked where nothing is proposed.

        Raises:
            KnownError: the side effect is not known.
        """
        found = follow_up.proposals(desk, effect_id)
        return cls._ask(desk, found[0].effect.dose_id, found, wording, parent) if found else ()

    @classmethod
    def ask_dose(
        cls, desk: Desk, dose_id: UUID, wording: Wording, parent: QWidget | None = None
    ) -> tuple[FollowUp, ...]:
        """Decide what follows every side effect of a dose; return what was stored.

        Raises:
            KnownError: the dose is not known.
        """
        found = follow_up.proposals_of_dose(desk, dose_id)
        return cls._ask(desk, dose_id, found, wording, parent) if found else ()

    @classmethod
    def _ask(
        cls,
        desk: Desk,
        dose_id: UUID,
        proposed: Sequence[ProposedFollowUp],
        wording: Wording,
        parent: QWidget | None,
    ) -> tuple[FollowUp, ...]:
        dialog = cls(desk, dose_id, proposed, wording, parent)
        dialog.exec()
        return tuple(dialog.decided)

    def confirm(self) -> None:
        """Store every answer, line by line; stay open at the first one that is refused."""
        for line in self.lines:
            if not line.is_answered():
                continue
            try:
                stored = self._store(line)
            except UserMistake as mistake:
                if mistake.field == self.prescriber.name or not line.show_mistake(mistake):
                    self.show_refusal(mistake)
                self.fit()
                return
            except WordedError as error:
                self.notices.show_notice(Notice(self.wording.say_error(error), "serious"))
                return
            self.decided.append(stored)
            line.show_decided(None if stored.is_withdrawn else stored)
        self.accept()

    def has_unsaved(self) -> bool:
        return self._has_typed and any(line.is_answered() for line in self.lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        is_verb = focused in (self.cancel_button, self.named)
        if event.key() in _ENTER and isinstance(focused, QAbstractButton) and not is_verb:
            self.confirm()
            return
        super().keyPressEvent(event)

    def _store(self, line: ProposalLine) -> FollowUp:
        decided = line.proposed.decided
        form = line.form(self.prescriber.text())
        if line.choice() == "later" and decided is not None:
            return follow_up.take_back(self._desk, decided, prescriber=form.prescriber, reason=form.reason)
        return follow_up.decide(self._desk, form)

    def _note_typed(self) -> None:
        self._has_typed = True
        self._show_needed()

    def _show_needed(self) -> None:
        """Ask for the prescriber once an answer needs one."""
        needed = any(line.needs_prescriber() for line in self.lines)
        self.prescriber.setVisible(needed)
        self.named.setVisible(needed and bool(self.named.text()))
        if self.isVisible():
            self.fit()

    def _connect(self) -> None:
        self.watch((self.prescriber,))
        self.prescriber.edited.connect(self._note_typed)
        self.named.clicked.connect(lambda: self.prescriber.set_text(self.named.text().replace("&&", "&")))
        for line in self.lines:
            line.edited.connect(self._note_typed)
            line.chosen.connect(self._show_needed)

    def _arrange_content(self) -> None:
        words = self.wording
        shown: set[UUID] = set()
        for line in self.lines:
            proposed = line.proposed
            if proposed.effect.id not in shown:
                shown.add(proposed.effect.id)
                name = words.text(proposed.effect.term)
                said = words.gettext("Dose {number}: {what}").format(
                    number=proposed.dose_number, what=effect_text(words, name, proposed.effect)
                )
                self.body.addWidget(PlainLabel(f"!\u2002{said}", "strong", wrap=True))
            self.body.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self.prescriber, 1)
        row.addWidget(self.named, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.body.addStretch()
        if self.lines:
            line = self.lines[0]
            (line.answers.checkedButton() or self.confirm_button).setFocus()


def dose_after(view: CourseView, dose: Dose) -> DoseView | None:
    """Return the first dose after this one by date that is still to be given; None for none."""
    waiting = ("planned", "due", "overdue", "held")
    return next((one for one in view.by_date if dose.comes_before(one.dose) and one.status in waiting), None)
