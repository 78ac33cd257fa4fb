"""Why a dose is slower, or asks for more, than it was planned: what was decided after earlier side effects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivigdesk.clinical import library
from ivigdesk.clinical.findings import TraceStep
from ivigdesk.clinical.infusions.following import FollowUpInForce, awaited_test
from ivigdesk.clinical.infusions.side_effects import Consequence
from ivigdesk.messages import N_, Amount, Message, message
from ivigdesk.units import plain

_WORDS: dict[Consequence, str] = {
    "CONT": N_("as planned"),
    "SLOW": N_("slower"),
    "PREMED": N_("premedication"),
    "HYDR": N_("hydration"),
    "SPLIT": N_("spread over more days"),
    "SWITCH": N_("another product"),
    "LAB": N_("wait for a laboratory value"),
    "HOLD": N_("hold"),
    "DISC": N_("discontinue"),
}


def follow_up_steps(follow_ups: Sequence[FollowUpInForce]) -> Iterator[TraceStep]:
    """Yield one step for each decision: what it asks for, after which side effect, and on whose word."""
    for one in follow_ups:
        yield TraceStep(rule=_step(one), source="FACTS 6, 6.1")


def _step(one: FollowUpInForce) -> Message:
    follow_up = one.follow_up
    facts = {
        "reaction": one.reaction,
        "what": _what(one),
        "by": follow_up.prescriber or follow_up.nurse,
        "at": follow_up.at,
    }
    if one.was_corrected:
        return message(N_("{reaction}: {what} ({by}, {at}); the side effect was corrected since"), **facts)
    return message(N_("{reaction}: {what} ({by}, {at})"), **facts)


def _what(one: FollowUpInForce) -> Message:
    follow_up = one.follow_up
    words = message(_WORDS[follow_up.consequence])
    if follow_up.ml_per_h is not None:
        return message(N_("not faster than {rate}"), rate=Amount(plain(follow_up.ml_per_h), "mL/h"))
    if not follow_up.detail:
        return words
    test = awaited_test(follow_up)
    if test is None:
        return message(N_("{what}: {detail}"), what=words, detail=follow_up.detail)
    return message(N_("{what}: {detail}"), what=words, detail=library.lab_rules().test(test).title)
