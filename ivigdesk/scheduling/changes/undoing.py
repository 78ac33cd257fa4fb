"""Undo: which calendar comes back next, and what it looks like with what was recorded in the meantime."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ivigdesk.errors import KnownError, WordedError
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.changes.keeping import check_calendar
from ivigdesk.scheduling.changes.slots import NO_LIMITS, Limits, Slot


def undone(restores: Sequence[int | None]) -> int | None:
    """Return the number of the revision whose calendar the next undo puts back; None when nothing is left to undo.

    Several undos walk further back; a change after an undo is undone first, and then what stood before the undo.

    Args:
        restores: for each revision, from the first, the number of the one that it put back; None for a change.
    """
    standing = _standing(restores)
    return standing[-2] if len(standing) > 1 else None


def newest_change(restores: Sequence[int | None]) -> int | None:
    """Return the number of the revision that the next undo takes back; None when nothing is left to undo.

    Args:
        restores: as for `undone`.
    """
    standing = _standing(restores)
    return standing[-1] if len(standing) > 1 else None


def restored(slots: Sequence[Slot], earlier: Sequence[Slot], limits: Limits = NO_LIMITS) -> tuple[Slot, ...]:
    """Return the calendar after an undo.

    Doses on record stay as they are; one marked as entered in error counts again, and an added dose disappears.

    Args:
        slots: the calendar as it stands.
        earlier: the calendar that comes back, each dose with the record that it has now.
        limits: a date in the past may come back where it stood: `not_before` does not count.

    Raises:
        KnownError: an added dose is on record, or a hard rule would break.
    """
    then = {slot.number: slot for slot in earlier}
    after = []
    for slot in slots:
        old = then.get(slot.number)
        if old is None and slot.is_on_record:
            raise KnownError(
                message(
                    N_("Dose {number} was added by this change and has a record since. The change cannot be undone."),
                    number=slot.number,
                )
            )
        if slot.is_on_record and slot.state != "error":
            after.append(slot)
        elif old is not None:
            after.append(old)
    try:
        check_calendar(slots, after, msgspec.structs.replace(limits, not_before=None))
    except WordedError as error:
        raise KnownError(message(N_("The change cannot be undone. {why}"), why=error.message)) from error
    return tuple(after)


def _standing(restores: Sequence[int | None]) -> list[int]:
    """Return the numbers of the revisions that lead to the calendar in force, ascending; those undone are left out."""
    standing: list[int] = []
    for number, earlier in enumerate(restores, start=1):
        if earlier in standing:
            standing = standing[: standing.index(earlier) + 1]
        else:
            standing.append(number)
    return standing
