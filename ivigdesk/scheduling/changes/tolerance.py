"""Where else a dose could stand without anything having to be noticed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from ivigdesk.errors import WordedError
from ivigdesk.scheduling.changes.keeping import check_calendar
from ivigdesk.scheduling.changes.noticing import differences
from ivigdesk.scheduling.changes.reaching import find
from ivigdesk.scheduling.changes.slots import NO_LIMITS, Limits, Slot


def within_tolerance(slots: Sequence[Slot], number: int, limits: Limits = NO_LIMITS) -> tuple[date, ...]:
    """Return the other days on which a waiting dose could stand alone, nearest first, of two as near the earlier.

    They lie within the tolerance of its phase, break no interval and no hard rule. A dose that does not wait has none.

    Raises:
        UserMistake: for `number`: there is no such dose.
    """
    dose = find(slots, number)
    if not dose.may_move:
        return ()
    offsets = (offset for days in range(1, dose.tolerance_days + 1) for offset in (-days, days))
    days = (dose.due_on + timedelta(days=offset) for offset in offsets)
    return tuple(day for day in days if _is_quiet(slots, dose, day, limits))


def _is_quiet(slots: Sequence[Slot], dose: Slot, day: date, limits: Limits) -> bool:
    if limits.not_before is not None and day < limits.not_before:
        return False  # Not even for a dose that is overdue.
    after = tuple(msgspec.structs.replace(slot, due_on=day) if slot is dose else slot for slot in slots)
    try:
        check_calendar(slots, after, limits)
    except WordedError:
        return False
    return not any(row.notes for row in differences(slots, after))
