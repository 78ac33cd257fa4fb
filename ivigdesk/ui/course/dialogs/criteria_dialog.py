"""What each rule of the criteria says of one dose, with its source."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ivigdesk.actions.library.evidence import source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.eligibility.criteria import Criteria, RuleResult, profile_title
from ivigdesk.errors import KnownError
from ivigdesk.ui.library.parts.criteria import payment_state
from ivigdesk.ui.outcome_words import outcome_state
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.dialogs import AskDialog
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.states import State, StateChip
from ivigdesk.wording import Wording


class CriteriaDialog(AskDialog):
    """The rules that apply on the day of a dose, and those that cannot be checked."""

    def __init__(
        self, dose: Dose, criteria: Criteria, library: Library, wording: Wording, parent: QWidget | None = None
    ) -> None:
        _ = wording.gettext
        super().__init__(
            wording,
            _("Criteria on the day of dose {number}, {day}").format(number=dose.number, day=wording.date(dose.due_on)),
            _("Close"),
            size=QSize(760, 600),
            parent=parent,
        )
        self._library = library
        self.cancel_button.hide()
        self._add_whole(criteria)
        for rule in criteria.rules:
            self._add_rule(rule, is_payment=rule.is_payment or criteria.is_payment)
        self.body.addStretch()
        self.confirm_button.setFocus()

    @classmethod
    def show_dose(cls, dose: Dose, library: Library, wording: Wording, parent: QWidget | None = None) -> None:
        """Show the rules until the nurse closes them; nothing for a dose without criteria."""
        if dose.criteria is not None:
            cls(dose, dose.criteria, library, wording, parent).exec()

    def _add_whole(self, criteria: Criteria) -> None:
        words = self.wording
        card = Card(self._title(criteria))
        card.body.addWidget(StateChip(outcome_state(criteria.outcome, words)))
        if criteria.is_payment:
            said = words.gettext("This says who pays. It says nothing about what is right for the patient.")
            card.body.addWidget(PlainLabel(f"!\u2002{said}", "caution", wrap=True))
        if not criteria.rules:
            card.body.addWidget(PlainLabel(words.gettext("No rule of these criteria speaks of this use."), wrap=True))
        self.body.addWidget(card)

    def _title(self, criteria: Criteria) -> str:
        """Return whose criteria they are; in few words where their file is refused today."""
        try:
            return self.wording.text(self._library.profile(criteria.profile).title)
        except KnownError:
            return self.wording.say(profile_title(criteria.profile))

    def _add_rule(self, rule: RuleResult, *, is_payment: bool) -> None:
        words = self.wording
        card = Card()
        chips = QWidget()
        flow = FlowLayout(chips)
        state = outcome_state(rule.outcome, words)
        for one in (State(state.sign, f"{rule.code}: {state.word}", state.tone), *(_payment(is_payment, words))):
            flow.addWidget(StateChip(one))
        card.body.addWidget(chips)
        card.body.addWidget(PlainLabel(words.text(rule.title), wrap=True))
        if rule.missing:
            missing = words.gettext(", ").join(words.say(one) for one in rule.missing)
            said = words.gettext("Cannot be checked without: {missing}").format(missing=missing)
            card.body.addWidget(PlainLabel(f"?\u2002{said}", "caution", wrap=True))
        titles = words.gettext("; ").join(source_titles(self._library, (rule.source,), words))
        card.body.addWidget(PlainLabel(words.gettext("Source: {title}").format(title=titles), "small", wrap=True))
        self.body.addWidget(card)


def _payment(is_payment: bool, wording: Wording) -> tuple[State, ...]:
    return (payment_state(wording),) if is_payment else ()
