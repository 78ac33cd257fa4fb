"""One consequence that is proposed for later doses, with what somebody decides about it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal
from uuid import UUID, uuid4

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.infusions.follow_up import FollowUpForm
from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.follow_up import FollowUp
from ivigdesk.clinical.infusions.following import ProposedFollowUp
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.dose_words import rate_text
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.fields.number import NumberField
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

Choice = Literal["accepted", "later", "declined"]

_CHOICES: tuple[tuple[Choice, str], ...] = (
    ("accepted", N_("Accept")),
    ("later", N_("Not now")),
    ("declined", N_("Decline")),
)
_WITHOUT_DETAIL = ("SLOW", "HOLD", "DISC")


class ProposalLine(QFrame):
    """A proposal with its three answers; what an answer needs stands below it.

    Attributes:
        proposed: the proposal, with what was decided about it already.
        rate, detail, reason: fields that an answer may need.

    Signals:
        edited(): something was typed.
        chosen(): another answer was chosen.
    """

    edited = Signal()
    chosen = Signal()

    def __init__(
        self,
        proposed: ProposedFollowUp,
        wording: Wording,
        *,
        pump_step: Decimal,
        fastest: Decimal,
        parent: QWidget | None = None,
    ) -> None:
        """Make a line; a rate may be from `pump_step` to `fastest`, the card's own."""
        super().__init__(parent)
        _ = wording.gettext
        self.proposed = proposed
        self._wording = wording
        self._form_id: UUID = uuid4()
        self.answers = QButtonGroup(self)
        self.standing = PlainLabel("", "strong", wrap=True)
        self.rate = NumberField(
            "ml_per_h", message(N_("Fastest rate")), wording, unit="mL/h", least=pump_step, most=fastest
        )
        self.detail = LineField("detail", _("What exactly"))
        self.reason = LineField("reason", _("Reason"), required=True)
        theme.set_look(self, "card")
        self._lay_out()
        self._prefill()
        self.show_decided(proposed.decided)
        for field in (self.rate, self.detail, self.reason):
            field.edited.connect(self.edited)
        self.answers.idClicked.connect(self._choose)

    def choice(self) -> Choice:
        """Return the answer as chosen."""
        return _CHOICES[max(self.answers.checkedId(), 0)][0]

    def needs_prescriber(self) -> bool:
        """Whether the answer holds on a prescriber's word only, as far as it can be said before it is stored."""
        if not self.is_answered():
            return False
        decided = self.proposed.decided
        gives_up = decided is not None and decided.decision == "accepted" and self.choice() != "accepted"
        if gives_up:
            return True
        if self.choice() != "accepted":
            return False
        most = self.proposed.ml_per_h
        if self.proposed.needs_prescriber or most is None:
            return self.proposed.needs_prescriber
        try:
            rate = self.rate.value()
        except UserMistake:
            return False
        return rate is not None and rate > most

    def is_answered(self) -> bool:
        """Whether there is something new to store."""
        decided = self.proposed.decided
        if self.proposed.is_made and decided is None:
            return False
        if decided is None:
            return self.choice() != "later"
        if self.choice() != decided.decision:
            return True
        return self.choice() == "accepted" and self._written() != self._written_before

    def form(self, prescriber: str) -> FollowUpForm:
        """Return the answer as typed."""
        decided = self.proposed.decided
        return FollowUpForm(
            effect_id=self.proposed.effect.id,
            consequence=self.proposed.consequence,
            decision=self.choice(),
            ml_per_h=self.rate.text(),
            detail=self.detail.text(),
            prescriber=prescriber if self.needs_prescriber() else "",
            reason=self.reason.text() if self._asks_reason() else "",
            id=self._form_id,
            replaces=None if decided is None else decided.id,
        )

    def show_decided(self, decided: FollowUp | None) -> None:
        """Show what was decided, or that nothing was; the next answer corrects it."""
        self._form_id = uuid4()
        self.proposed = msgspec.structs.replace(self.proposed, decided=decided)
        self.standing.setText(self._standing_words())
        self.standing.setVisible(bool(self.standing.text()))
        if decided is not None:
            self._fill(decided)
        for number, (choice, word) in enumerate(_CHOICES):
            button = self.answers.button(number)
            # What was decided is not put off any more; it can be taken back.
            text = N_("Take back") if choice == "later" and decided is not None else word
            if isinstance(button, Button):
                button.show_text(self._wording.gettext(text))
                name = self._wording.gettext("{choice}: {what}")
                what = self._wording.text(self.proposed.name)
                button.setAccessibleName(name.format(choice=self._wording.gettext(text), what=what))
        self._written_before = self._written()
        self.reason.set_text("")
        self.answers.button(self._marked()).setChecked(True)
        self._show_needed()

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Show a mistake under its field; return whether the field is one of this line."""
        for field in (self.rate, self.detail, self.reason):
            if field.name == mistake.field:
                field.show()
                field.show_error(self._wording.say_error(mistake))
                field.focus()
                return True
        return False

    def _marked(self) -> int:
        """Return which answer stands chosen: what was decided; slower without asking anybody; else not now."""
        decided = self.proposed.decided
        if decided is not None:
            return 0 if decided.decision == "accepted" else 2
        may_be_marked = self.proposed.consequence == "SLOW" and not self.proposed.needs_prescriber
        return 0 if may_be_marked and self.proposed.ml_per_h is not None else 1

    def _asks_reason(self) -> bool:
        return self.is_answered() and (self.choice() == "declined" or self.proposed.decided is not None)

    def _written(self) -> tuple[str, str]:
        return self.rate.text().strip(), self.detail.text().strip()

    def _choose(self) -> None:
        self._show_needed()
        if self.choice() == "accepted" and self.proposed.consequence == "SLOW":
            self.rate.focus()
        elif self._asks_reason():
            self.reason.focus()
        self.chosen.emit()

    def _show_needed(self) -> None:
        accepts = self.choice() == "accepted"
        self._answers_area.setVisible(not (self.proposed.is_made and self.proposed.decided is None))
        self.rate.setVisible(accepts and self.proposed.consequence == "SLOW")
        self.detail.setVisible(accepts and self.proposed.consequence not in _WITHOUT_DETAIL)
        self.reason.setVisible(self._asks_reason())

    def _prefill(self) -> None:
        proposed, words = self.proposed, self._wording
        self.rate.set_value(proposed.ml_per_h)
        if proposed.ml_per_h is not None:
            self.rate.show_hint(words.gettext("the last rate that was tolerated; a faster one needs a prescriber"))
        if proposed.test is not None:
            self.detail.set_text(words.text(library.lab_rules().test(proposed.test).title))
        elif proposed.detail is not None:
            self.detail.set_text(words.text(proposed.detail))

    def _fill(self, decided: FollowUp) -> None:
        if decided.decision != "accepted":
            return
        self.rate.set_value(decided.ml_per_h)
        if decided.detail and decided.detail != self.proposed.test:
            self.detail.set_text(decided.detail)

    def _standing_words(self) -> str:
        _, words, decided = self._wording.gettext, self._wording, self.proposed.decided
        if decided is None:
            return _("✓ This is so already.") if self.proposed.is_made else ""
        text = _("✓ Accepted: {nurse}, {at}.") if decided.decision == "accepted" else _("× Declined: {nurse}, {at}.")
        said = text.format(nurse=decided.nurse, at=words.moment(decided.at))
        if decided.ml_per_h is not None:
            said += " " + _("At most {rate}.").format(rate=rate_text(words, decided.ml_per_h))
        return said

    def _lay_out(self) -> None:
        words = self._wording
        said = bare(QVBoxLayout(), theme.SPACE_4)
        said.addWidget(PlainLabel(words.text(self.proposed.name), "heading"))
        said.addWidget(PlainLabel(words.text(self.proposed.words), wrap=True))
        said.addWidget(self.standing)
        self._answers_area = QWidget()
        answers = QHBoxLayout(self._answers_area)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(theme.SPACE_4)
        for number, (_choice, word) in enumerate(_CHOICES):
            button = Button(words.gettext(word))
            button.setCheckable(True)
            self.answers.addButton(button, number)
            answers.addWidget(button)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_16)
        top.addLayout(said, 1)
        top.addWidget(self._answers_area, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_16, theme.SPACE_12, theme.SPACE_12, theme.SPACE_12)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(top)
        for field in (self.rate, self.detail, self.reason):
            column.addWidget(field)
