"""Changes to a calendar: which doses move when one of them does, and what the nurse should notice about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import msgspec

from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Message, Record, message, plural_message
from ivigdesk.scheduling.calendar import check_date

Reach = Literal["this", "phase", "rest"]

MOST_MOVED_DAYS = 366


class Slot(Record, frozen=True):
    """One dose as a change of the calendar sees it.

    Attributes:
        number: 1 for the first; never changes.
        phase: index of its phase.
        due_on: the date it is planned for.
        is_fixed: given, running, omitted or ceased: it never moves.
        every_days: the phase's interval; None for a list of doses.
        tolerance_days: days by which the phase's interval may be off.
        is_left_out: omitted or ceased: no infusion takes place on its date, so that it stands in nobody's way.
    """

    number: int
    phase: int
    due_on: date
    is_fixed: bool = False
    every_days: int | None = None
    tolerance_days: int = 0
    is_left_out: bool = False


class Moved(Record, frozen=True):
    """One dose that moves.

    Attributes:
        slot: the dose as it stood before.
        due_on: the date it moves to.
        moved_days: days from the old date to the new, negative for earlier.
        notes: what should be noticed: intervals that the move makes shorter or longer than they should be.
    """

    slot: Slot
    due_on: date
    moved_days: int
    notes: tuple[Message, ...] = ()


def postpone(
    slots: Sequence[Slot], *, number: int, to: date, reach: Reach, not_before: date | None = None
) -> tuple[Moved, ...]:
    """Return the doses that move when dose `number` goes to another date, later or earlier, ascending by number.

    With reach `this` it moves alone; with `phase` and `rest` the later doses of its phase, or all later doses,
    move by the same number of days. Fixed doses stay. Number and order of the doses never change.

    Args:
        slots: every dose of the course, ascending by number.
        number: the dose to move.
        to: its new date.
        reach: how far the change reaches.
        not_before: first date that a dose may move to, such as the ward's today.

    Raises:
        UserMistake: for field `to`: the same date, too far, too early, or onto or past a dose that stays.
        KnownError: there is no such dose, or it does not move any more.
    """
    chosen = _chosen(slots, number)
    days = (to - chosen.due_on).days
    _check_target(chosen, to, days, not_before)
    moving = {slot.number for slot in slots if slot is chosen or _follows(slot, chosen, reach)}
    after = {
        slot.number: slot.due_on + timedelta(days=days) if slot.number in moving else slot.due_on for slot in slots
    }
    # SAFETY: two infusions on one day would be a double dose, and dose 5 before dose 4 a wrong record.
    takes_place = [slot for slot in slots if not slot.is_left_out]
    for earlier, later in pairwise(takes_place):
        if (earlier.number in moving) != (later.number in moving) and after[later.number] <= after[earlier.number]:
            raise _in_the_way(earlier, later, moving, after)
    return tuple(
        Moved(
            slot=slot,
            due_on=after[slot.number],
            moved_days=days,
            notes=tuple(_notes(takes_place, slot, after)),
        )
        for slot in slots
        if slot.number in moving
    )


def after_moves(slots: Sequence[Slot], moves: Sequence[Moved]) -> tuple[Slot, ...]:
    """Return the calendar with the moves carried out: the same doses in the same order."""
    due_on = {move.slot.number: move.due_on for move in moves}
    return tuple(msgspec.structs.replace(slot, due_on=due_on.get(slot.number, slot.due_on)) for slot in slots)


def _chosen(slots: Sequence[Slot], number: int) -> Slot:
    if any(later.number <= earlier.number for earlier, later in pairwise(slots)):
        raise ValueError("the doses must be ascending by number")
    for slot in slots:
        if slot.number == number:
            if slot.is_fixed or slot.is_left_out:
                raise KnownError(
                    message(
                        N_("Dose {number} does not move any more: it is given, running, omitted or ceased."),
                        number=number,
                    )
                )
            return slot
    raise KnownError(
        message(N_("This course has no dose {number}. Allowed: {allowed}."), number=number, allowed=_numbers(slots))
    )


def _numbers(slots: Sequence[Slot]) -> Message:
    if not slots:
        return message(N_("none, it has no doses"))
    return message(N_("{first} to {last}"), first=slots[0].number, last=slots[-1].number)


def _follows(slot: Slot, chosen: Slot, reach: Reach) -> bool:
    """Whether an unfixed later dose goes along."""
    if slot.number <= chosen.number or slot.is_fixed or slot.is_left_out:
        return False
    return reach == "rest" or (reach == "phase" and slot.phase == chosen.phase)


def _check_target(chosen: Slot, to: date, days: int, not_before: date | None) -> None:
    check_date("to", to)
    if days == 0:
        raise UserMistake(
            "to",
            message(N_("Dose {number} is already on {date}. Choose another date."), number=chosen.number, date=to),
        )
    if abs(days) > MOST_MOVED_DAYS:
        raise UserMistake(
            "to",
            message(
                N_("{date} is {days} days away from dose {number} on {due_on}. Allowed: up to {most} days."),
                date=to,
                days=abs(days),
                number=chosen.number,
                due_on=chosen.due_on,
                most=MOST_MOVED_DAYS,
            ),
        )
    if not_before is not None and to < not_before:
        raise UserMistake(
            "to",
            message(
                N_("Dose {number} cannot move to {date}. Allowed: {earliest} or later."),
                number=chosen.number,
                date=to,
                earliest=not_before,
            ),
        )


def _in_the_way(earlier: Slot, later: Slot, moving: set[int], after: Mapping[int, date]) -> UserMistake:
    """Return the refusal of a move onto or past a dose that stays."""
    moves, stays = (earlier, later) if earlier.number in moving else (later, earlier)
    text = (
        N_("Dose {number} cannot move to {date}: dose {other} stays on {other_date}. Allowed: a date before it.")
        if moves is earlier
        else N_("Dose {number} cannot move to {date}: dose {other} stays on {other_date}. Allowed: a date after it.")
    )
    return UserMistake(
        "to",
        message(
            text,
            number=moves.number,
            date=after[moves.number],
            other=stays.number,
            other_date=stays.due_on,
        ),
    )


def _notes(slots: Sequence[Slot], slot: Slot, after: Mapping[int, date]) -> Iterator[Message]:
    """Yield a note on each interval beside `slot` that the move makes wrong.

    Args:
        slots: the doses that take place, ascending by number.
        slot: a dose that moves.
        after: the dates after the move, by number.
    """
    index = slots.index(slot)
    if index > 0:
        yield from _interval_notes(slots[index - 1], slot, after, is_before=False)
    following = slots[index + 1] if index + 1 < len(slots) else None
    if following is not None and after[following.number] == following.due_on:
        yield from _interval_notes(slot, following, after, is_before=True)


def _interval_notes(earlier: Slot, later: Slot, after: Mapping[int, date], *, is_before: bool) -> Iterator[Message]:
    """Yield a note when the interval between two neighbours changes to one outside its tolerance.

    Within a phase its interval is expected; between phases and in a list of doses, the interval as it was.
    """
    was = (later.due_on - earlier.due_on).days
    gap = (after[later.number] - after[earlier.number]).days
    if gap == was:
        return
    expected, tolerance = was, 0
    if later.every_days is not None and earlier.phase == later.phase:
        expected, tolerance = later.every_days, later.tolerance_days
    if abs(gap - expected) <= tolerance:
        return
    yield _note(gap, expected, before=later.number if is_before else None, after=earlier.number)


def _note(gap: int, expected: int, *, before: int | None, after: int) -> Message:
    """Return the note on an interval, seen from the dose that moves."""
    if before is not None and gap < expected:
        return plural_message(
            "Only {n} day before dose {other}; {expected} expected.",
            "Only {n} days before dose {other}; {expected} expected.",
            gap,
            other=before,
            expected=expected,
        )
    if before is not None:
        return plural_message(
            "{n} day before dose {other}; {expected} expected.",
            "{n} days before dose {other}; {expected} expected.",
            gap,
            other=before,
            expected=expected,
        )
    if gap < expected:
        return plural_message(
            "Only {n} day after dose {other}; {expected} expected.",
            "Only {n} days after dose {other}; {expected} expected.",
            gap,
            other=after,
            expected=expected,
        )
    return plural_message(
        "{n} day after dose {other}; {expected} expected.",
        "{n} days after dose {other}; {expected} expected.",
        gap,
        other=after,
        expected=expected,
    )
