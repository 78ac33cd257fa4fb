"""Outcomes of criteria as chips, wherever they are shown: a sign and a word, never colour alone."""

from __future__ import annotations

from ivigdesk.clinical.eligibility.criteria import Outcome, outcome_words
from ivigdesk.messages import N_
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets.states import State
from ivigdesk.wording import Wording

_LOOKS: dict[Outcome, tuple[str, Tone]] = {
    "met": ("✓", "given"),
    "not_met": ("×", "serious"),
    "needs_justification": ("!", "attention"),
    "cannot_be_checked": ("?", "plain"),
}
_SHORT: dict[Outcome, str] = {
    "met": N_("met"),
    "not_met": N_("not met"),
    "needs_justification": N_("needs justification"),
    "cannot_be_checked": N_("cannot be checked"),
}


def outcome_state(outcome: Outcome, wording: Wording, *, short: bool = False) -> State:
    """Return an outcome as a chip; `short` under a heading that says that it is of criteria."""
    sign, tone = _LOOKS[outcome]
    return State(sign, wording.gettext(_SHORT[outcome]) if short else wording.say(outcome_words(outcome)), tone)
