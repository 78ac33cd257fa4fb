"""What a profile of criteria says: every rule with its outcome, and which of them are about who pays."""

from __future__ import annotations

from ivigdesk.actions.library.evidence import source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.eligibility.criteria import outcome_words
from ivigdesk.clinical.eligibility.profile import Profile, Rule
from ivigdesk.ui.library.detail import Part, pair
from ivigdesk.ui.library.parts.common import file_parts, other_language, source_parts, whose_state
from ivigdesk.ui.outcome_words import outcome_state
from ivigdesk.ui.widgets import State
from ivigdesk.wording import Wording


def payment_state(wording: Wording) -> State:
    """Return the chip of a rule that says who pays."""
    return State("§", wording.gettext("payment rule"), "attention")


def criteria_parts(profile: Profile, library: Library, wording: Wording) -> tuple[Part, ...]:
    """Return every part, from what is read first to how it is filed."""
    _ = wording.gettext
    payment = [payment_state(wording)] if profile.is_payment else []
    about_payment = _("This says who pays. It says nothing about what is right for the patient.")
    rules = [part for rule in profile.rules for part in _rule_parts(rule, profile, library, wording)]
    otherwise = wording.say(outcome_words(profile.otherwise))
    return (
        Part("heading", wording.text(profile.title)),
        *other_language(profile.title, wording),
        Part("chips", states=(whose_state(library, "criteria", profile.id, wording), *payment)),
        *([Part("warning", about_payment)] if profile.is_payment else []),
        *([pair(_("Note"), wording.text(profile.note))] if profile.note else []),
        *rules,
        pair(_("Where no rule applies"), otherwise),
        *source_parts(library, profile.sources, wording),
        *file_parts(profile, wording),
    )


def _rule_parts(rule: Rule, profile: Profile, library: Library, wording: Wording) -> list[Part]:
    payment = [payment_state(wording)] if rule.is_payment or profile.is_payment else []
    outcome = outcome_state(rule.outcome, wording)
    titles = source_titles(library, (rule.source,), wording)
    return [
        pair(rule.code, wording.text(rule.title)),
        Part("chips", states=(outcome, *payment)),
        Part("line", wording.gettext("Source: {title}").format(title=wording.gettext("; ").join(titles))),
    ]
