"""The rhythm of a phase: its old days, continued by its interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.changes.slots import Slot


def kept_days(slots: Sequence[Slot], going: Iterable[Slot], after: date) -> dict[int, date]:
    """Return the days of doses that keep their rhythm while a dose before them comes to stand on `after`, by number.

    Each stays on its day where that lies after the dose before it; else it takes the next day of its phase's rhythm.

    Args:
        slots: every dose of the course, as it stands.
        going: the later doses, ascending by date.
        after: new date of the dose before them.

    Raises:
        UserMistake: for `grid`: a list of doses has no day left that one of them could take.
    """
    days: dict[int, date] = {}
    for slot in going:
        after = _next_day(slots, slot, after) if slot.due_on <= after else slot.due_on
        days[slot.number] = after
    return days


def _next_day(slots: Sequence[Slot], slot: Slot, after: date) -> date:
    """Return the first day after `after` in the rhythm of the dose's phase."""
    own = sorted({one.due_on for one in slots if one.phase == slot.phase and one.is_own})
    for day in own:
        if day > after:
            return day
    if slot.every_days is None:
        raise UserMistake(
            "grid",
            message(
                N_(
                    "Dose {number} has no day of its own left after {date}: a list of doses has no interval to go on "
                    "with. Allowed: let the later doses move by the same number of days."
                ),
                number=slot.number,
                date=after,
            ),
        )
    interval = slot.every_days
    # Twice weekly has two days in each interval, and both go on. Elsewhere two days within one interval stand there
    # only because one of them moved, such as off a closed day: going on with both would double the rhythm.
    last_round = [day for day in own if (own[-1] - day).days < interval] if slot.is_uneven else own[-1:]
    return min(day + timedelta(days=((after - day).days // interval + 1) * interval) for day in last_round)
