"""The one door: a calendar and a change in, the new calendar out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from ivigdesk.scheduling.changes.adding import added, replaced
from ivigdesk.scheduling.changes.deciding import decided, looked_at, resumed
from ivigdesk.scheduling.changes.keeping import check_calendar, check_total
from ivigdesk.scheduling.changes.moving import first_day_moved, postponed, realigned
from ivigdesk.scheduling.changes.reaching import in_full
from ivigdesk.scheduling.changes.slots import NO_LIMITS, Asked, Limits, Outcome, Slot, Verb

_OF_THESE_DOSES: Mapping[Verb, Callable[[Sequence[Slot], Asked], Outcome]] = {
    "postpone": postponed,
    "bring-forward": postponed,
    "first-day": first_day_moved,
    "realign": realigned,
    "omit": decided,
    "hold": decided,
    "cease": decided,
    "resume": resumed,
    "product": looked_at,
    "weight": looked_at,
}

_WITH_A_NEW_DOSE: Mapping[Verb, Callable[[Sequence[Slot], Asked, Limits], Outcome]] = {
    "add": added,
    "error": replaced,
}


def change_calendar(slots: Sequence[Slot], asked: Asked, limits: Limits = NO_LIMITS) -> Outcome:
    """Return the calendar after one change; nothing is stored, and `slots` stay as they are.

    Args:
        slots: every dose of the course, ascending by number.
        asked: the change. An undo is no such change: see `undoing`.
        limits: what the calendar may not do.

    Raises:
        UserMistake: for `number`, `to`, `reach` or `grid`: the sentence says what is allowed.
        KnownError: the dose does not change any more, nothing would change, or a hard rule would break.
    """
    if any(later.number <= earlier.number for earlier, later in pairwise(slots)):
        raise ValueError("the doses must be ascending by number")
    outcome = _changed(slots, asked, limits)
    check_calendar(slots, outcome.slots, limits, field="reach" if asked.verb == "realign" else "to")
    check_total(slots, outcome.slots, may_grow_by=1 if asked.verb == "add" else 0)
    return outcome


def _changed(slots: Sequence[Slot], asked: Asked, limits: Limits) -> Outcome:
    if asked.verb == "undo":
        raise ValueError("an undo puts an earlier calendar back: see undoing.restored")
    full = in_full(asked)
    if asked.verb in _WITH_A_NEW_DOSE:
        return _WITH_A_NEW_DOSE[asked.verb](slots, full, limits)
    return _OF_THESE_DOSES[asked.verb](slots, full)
