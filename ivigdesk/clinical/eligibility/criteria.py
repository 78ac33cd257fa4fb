"""What a profile of criteria says of one dose: four outcomes, never a guess."""

from __future__ import annotations

from typing import Literal, get_args

from ivigdesk.messages import N_, Message, Record, Text, message

ProfileId = Literal["cms", "ontario", "nhs", "au", "eu-label", "cn-label", "unit"]
PROFILE_IDS: tuple[ProfileId, ...] = get_args(ProfileId)

Outcome = Literal["met", "not_met", "needs_justification", "cannot_be_checked"]

_WORDS: dict[Outcome, str] = {
    "met": N_("criteria met"),
    "not_met": N_("criteria not met"),
    "needs_justification": N_("needs justification"),
    "cannot_be_checked": N_("cannot be checked"),
}


def outcome_words(outcome: Outcome) -> Message:
    """Return how an outcome is said: never “eligible”, for the program informs and the prescriber decides."""
    return message(_WORDS[outcome])


_TITLES: dict[ProfileId, str] = {
    "cms": N_("CMS (US Medicare coverage)"),
    "ontario": N_("Ontario guidelines"),
    "nhs": N_("NHS England criteria"),
    "au": N_("Australian criteria"),
    "eu-label": N_("EU labels"),
    "cn-label": N_("Chinese label"),
    "unit": N_("unit criteria"),
}


def profile_title(profile: ProfileId) -> Message:
    """Return whose criteria they are, in few words; the file carries the full title."""
    return message(_TITLES[profile])


class RuleResult(Record, frozen=True):
    """What one rule says of one dose. Rules that do not apply are left out.

    Attributes:
        code: of the fact base, e.g. `CMS-3`.
        outcome: of this rule alone.
        title: the rule in words.
        source: evidence ids.
        is_payment: True for a rule about who pays, which says nothing about what is right for the patient.
        missing: what would have to be known; empty unless the rule cannot be checked.
    """

    code: str
    outcome: Outcome
    title: Text
    source: str
    is_payment: bool = False
    missing: tuple[Message, ...] = ()


class Criteria(Record, frozen=True):
    """What a profile says of one dose on its own date.

    Attributes:
        profile: id of the profile.
        outcome: of the rules together.
        rules: those that apply or cannot be checked, in the order of the file.
        is_payment: True when the whole profile is a rule about who pays.
    """

    profile: ProfileId
    outcome: Outcome
    rules: tuple[RuleResult, ...]
    is_payment: bool = False
