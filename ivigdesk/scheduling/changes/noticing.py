"""What a change does to each dose, and the intervals that it makes shorter or longer than they should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ivigdesk.messages import Message, plural_message
from ivigdesk.scheduling.changes.slots import Difference, Slot


def differences(before: Sequence[Slot], after: Sequence[Slot]) -> tuple[Difference, ...]:
    """Return every dose before and after, ascending by its date after, or before where there is none after.

    Each interval that changed to one outside its tolerance is noted once: at the dose that moved, else at the later.
    """
    was = {slot.number: slot for slot in before}
    now = {slot.number: slot for slot in after}
    notes = _notes(before, after)
    shown = {**was, **now}
    return tuple(
        Difference(before=was.get(number), after=now.get(number), notes=tuple(notes.get(number, ())))
        for number in sorted(shown, key=lambda number: (shown[number].on, number))
    )


def _notes(before: Sequence[Slot], after: Sequence[Slot]) -> Mapping[int, list[Message]]:
    """Return the notes of each dose by number; the one on the interval before it comes first."""
    was = {slot.number: slot for slot in before}
    notes: dict[int, list[Message]] = {}
    for earlier, later in pairwise(_by_day(after)):
        expected = _expected(earlier, later, before, was)
        gap = (later.on - earlier.on).days
        if expected is None or abs(gap - expected[0]) <= expected[1]:
            continue
        if _is_moved(later, was) or not _is_moved(earlier, was):
            notes.setdefault(later.number, []).append(_note_after(gap, expected[0], earlier.number))
        else:
            notes.setdefault(earlier.number, []).append(_note_before(gap, expected[0], later.number))
    return notes


def _expected(earlier: Slot, later: Slot, before: Sequence[Slot], was: Mapping[int, Slot]) -> tuple[int, int] | None:
    """Return the interval that two neighbours should have, and its tolerance; None where nothing is to be noticed.

    Within a phase its interval is expected; between phases, in a list of doses and in a phase with several doses in
    each interval, the gap as it was planned.
    """
    stood = was.get(later.number)
    if stood is None and later.replaces is not None:
        stood = was.get(later.replaces)
    if stood is not None and not _is_back(later, was):
        neighbour = _dose_before(stood, before)
        if neighbour is not None and stood.on - neighbour.on == later.on - earlier.on:
            return None
    # An added dose stands between two others, whose interval is still the regimen's.
    own = [slot for slot in before if not slot.is_extra]
    previous = was.get(earlier.number) if _is_back(earlier, was) else stood and _dose_before(stood, own)
    is_by_rule = stood is None or any(slot is not None and slot.phase == later.phase for slot in (earlier, previous))
    if later.every_days is not None and is_by_rule and not later.is_uneven:
        return later.every_days, later.tolerance_days
    return None if stood is None or previous is None else ((stood.due_on - previous.due_on).days, 0)


def _by_day(slots: Sequence[Slot]) -> list[Slot]:
    return sorted((slot for slot in slots if slot.takes_place), key=lambda slot: (slot.on, slot.number))


def _dose_before(slot: Slot, slots: Sequence[Slot]) -> Slot | None:
    """Return the dose that took place last before this one."""
    earlier = [one for one in _by_day(slots) if (one.on, one.number) < (slot.on, slot.number)]
    return earlier[-1] if earlier else None


def _is_back(slot: Slot, was: Mapping[int, Slot]) -> bool:
    """Whether it takes place again, after an undo."""
    old = was.get(slot.number)
    return old is not None and not old.takes_place


def _is_moved(slot: Slot, was: Mapping[int, Slot]) -> bool:
    old = was.get(slot.number)
    return old is None or not old.takes_place or old.on != slot.on


def _note_before(gap: int, expected: int, other: int) -> Message:
    """Return the note on the interval to the dose that follows."""
    if gap < expected:
        return plural_message(
            "Only {n} day before dose {other}; {expected} expected.",
            "Only {n} days before dose {other}; {expected} expected.",
            gap,
            other=other,
            expected=expected,
        )
    return plural_message(
        "{n} day before dose {other}; {expected} expected.",
        "{n} days before dose {other}; {expected} expected.",
        gap,
        other=other,
        expected=expected,
    )


def _note_after(gap: int, expected: int, other: int) -> Message:
    """Return the note on the interval since the dose before."""
    if gap < expected:
        return plural_message(
            "Only {n} day after dose {other}; {expected} expected.",
            "Only {n} days after dose {other}; {expected} expected.",
            gap,
            other=other,
            expected=expected,
        )
    return plural_message(
        "{n} day after dose {other}; {expected} expected.",
        "{n} days after dose {other}; {expected} expected.",
        gap,
        other=other,
        expected=expected,
    )
