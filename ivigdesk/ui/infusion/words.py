"""The bedside in words: rates, times, vials, side effects and how an infusion ended."""

from __future__ import annotations

import re
from datetime import datetime

from ivigdesk.clinical.infusions.infusion import Infusion, Outcome, SideEffectOutcome
from ivigdesk.clinical.infusions.side_effects import Action, SideEffectCatalogue
from ivigdesk.messages import N_
from ivigdesk.ui.theme import Tone
from ivigdesk.wording import Wording

_LOT_AND_EXPIRY = re.compile(r"(\S.*?)\s+(\d{4}-\d{1,2}(?:-\d{1,2})?)")

OUTCOMES: dict[Outcome, str] = {
    "completed": N_("Completed: the whole dose was given"),
    "partly given": N_("Partly given: it was stopped before the end"),
    "not given": N_("Not given"),
}

EFFECT_OUTCOMES: dict[SideEffectOutcome, str] = {
    "ongoing": N_("Still there"),
    "resolved": N_("Over, no trace left"),
    "resolved with sequelae": N_("Over, something remained"),
    "fatal": N_("Death"),
    "unknown": N_("Not known"),
}

ACTIONS: dict[Action, tuple[str, Tone]] = {
    "watch": (N_("Watch"), "attention"),
    "slow": (N_("Slow the infusion"), "attention"),
    "stop": (N_("Stop the infusion"), "serious"),
    "emergency": (N_("Stop at once. Emergency call"), "serious"),
}


def countdown(seconds: int) -> str:
    """Return `04:32`, or `1:04:32` from an hour up."""
    minutes, rest = divmod(max(seconds, 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def term_name(catalogue: SideEffectCatalogue, code: str, wording: Wording) -> str:
    """Return what the nurse calls a side effect; its code when the catalogue no longer has it."""
    try:
        return wording.text(catalogue.term(code).name)
    except KeyError:
        return code


def clock_text(wording: Wording, at: datetime, infusion: Infusion | None) -> str:
    """Return the clock time; with the date when it is not the day of the start."""
    if infusion is not None and at.date() != infusion.started_at.date():
        return f"{wording.date_short(at.date())} {wording.time(at)}"
    return wording.time(at)


def end_text(wording: Wording, infusion: Infusion) -> str:
    """Return how an infusion ended, in one sentence."""
    end = infusion.end
    if end is None:
        return ""
    _ = wording.gettext
    if end.outcome == "not given":
        return _("Not given: {reason}").format(reason=end.reason)
    said = _("Ended at {time}: {volume} given.").format(
        time=wording.time(end.ended_at), volume=wording.amount(end.given_ml, "mL")
    )
    signed = _("Signed by {nurse}.").format(nurse=end.nurse)
    if end.second_nurse:
        signed = _("Signed by {nurse} and {second}.").format(nurse=end.nurse, second=end.second_nurse)
    why = _("Reason: {reason}.").format(reason=end.reason.rstrip(".")) if end.reason else ""
    return " ".join(part for part in (said, why, signed) if part)


def initials(name: str) -> str:
    """Return `AW` for A. Wong; a short name as it is."""
    parts = name.replace(".", " ").split()
    return name if len(parts) < 2 else "".join(part[0].upper() for part in parts)


def lot_and_expiry(text: str) -> tuple[str, str] | None:
    """Return lot and expiry of a line that is typed as `P1004 71881 2027-09`; None for anything else."""
    match = _LOT_AND_EXPIRY.fullmatch(text.strip())
    return None if match is None else (match[1], match[2])
