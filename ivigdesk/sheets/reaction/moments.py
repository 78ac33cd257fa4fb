"""When a side effect began and ended, in words: a time that nobody knows is never printed as one."""

from __future__ import annotations

from datetime import datetime, timedelta

from ivigdesk.clinical.infusions.infusion import (
    END_TIME_NOT_KNOWN,
    ONSET_TIME_NOT_KNOWN,
    Infusion,
    SideEffect,
)
from ivigdesk.sheets import words
from ivigdesk.wording import Wording

_MINUTES_OF_DAYS = 48 * 60
"""From here on a length is told in days and hours."""


def not_recorded(wording: Wording) -> str:
    """Return what stands where the record holds nothing: never a blank that could be read as no."""
    return wording.gettext("not recorded")


def onset(effect: SideEffect, wording: Wording) -> str:
    """Return date and clock time of the onset."""
    if effect.onset_time_known:
        return wording.moment(effect.onset_at)
    return wording.gettext("{day}, time not known").format(day=wording.date(effect.onset_at.date()))


def resolved(effect: SideEffect, wording: Wording) -> str:
    """Return when it was over."""
    if effect.resolved_at is None:
        over = effect.outcome in ("resolved", "resolved with sequelae")
        return not_recorded(wording) if over else wording.gettext("not over when last recorded")
    if effect.end_time_known:
        return wording.moment(effect.resolved_at)
    return wording.gettext("{day}, time not known").format(day=wording.date(effect.resolved_at.date()))


def lasted(effect: SideEffect, wording: Wording) -> str:
    """Return how long it lasted; empty where a time is missing."""
    if effect.resolved_at is None or not (effect.onset_time_known and effect.end_time_known):
        return ""
    passed = (effect.resolved_at - effect.onset_at) // timedelta(minutes=1)
    return wording.gettext("lasted {length}").format(length=length(passed, wording))


def from_start(effect: SideEffect, wording: Wording) -> str:
    """Return the minutes from the start of the infusion to the onset, also as hours or days."""
    minutes = effect.minutes_from_start
    if minutes is None:
        return not_recorded(wording)
    counted = wording.amount(minutes, wording.gettext("min"))
    if minutes < 60:
        return counted
    both = wording.gettext("{minutes} ({length})")
    return both.format(minutes=counted, length=length(minutes, wording))


def after_end(effect: SideEffect, infusion: Infusion | None, wording: Wording) -> str:
    """Return how long after the end of the infusion it began; empty for one that began before."""
    if infusion is None or infusion.end is None or infusion.end.outcome == "not given":
        return ""
    if not effect.onset_time_known or effect.onset_at <= infusion.end.ended_at:
        return ""
    passed = (effect.onset_at - infusion.end.ended_at) // timedelta(minutes=1)
    return wording.gettext("{length} after the end").format(length=length(passed, wording))


def rate_at_onset(effect: SideEffect, wording: Wording) -> str:
    """Return the pump's rate when it began."""
    if effect.ml_per_h is None:
        return not_recorded(wording) if not effect.onset_time_known else wording.gettext("no infusion running")
    return words.rate(effect.ml_per_h, wording)


def length(minutes: int, wording: Wording) -> str:
    """Return `1 h 17 min`, or `3 days 4 h` for what lasts days."""
    if minutes < _MINUTES_OF_DAYS:
        return wording.duration(minutes)
    days, rest = divmod(minutes, 24 * 60)
    told = wording.ngettext("{n} day", "{n} days", days).format(n=days)
    hours = rest // 60
    return f"{told} {wording.duration(hours * 60)}" if hours else told


def clock(at: datetime, beside: datetime, wording: Wording) -> str:
    """Return the clock time, with its date where that differs from the one of `beside`."""
    if at.date() == beside.date():
        return wording.time(at)
    return f"{wording.date_short(at.date())} {wording.time(at)}"


def plain_notes(effect: SideEffect) -> str:
    """Return the notes without the marks for times that nobody knows: the report says those at the times."""
    notes = effect.notes
    for mark in (ONSET_TIME_NOT_KNOWN, END_TIME_NOT_KNOWN):
        notes = notes.replace(mark, "")
    return notes.strip(" ;.")
