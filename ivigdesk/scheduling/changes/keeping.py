"""The hard rules of every calendar: what no change may do, whatever was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import combinations

import msgspec

from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.calendar import check_date
from ivigdesk.scheduling.changes.reaching import state_words
from ivigdesk.scheduling.changes.slots import NO_LIMITS, Limits, Slot

MOST_MOVED_DAYS = 366

_CORRECTED = {("given", "error"), ("not given", "error"), ("error", "given"), ("error", "not given")}
_LEFT_OUT = ("omitted", "ceased", "error")


def check_calendar(
    before: Sequence[Slot], after: Sequence[Slot], limits: Limits = NO_LIMITS, *, field: str = "to"
) -> None:
    """Refuse a calendar that breaks a hard rule which the one before it kept.

    What happened is no fault of the change: a dose given late, on the day of the next one, is let stand.

    Args:
        before: every dose as it stands.
        after: every dose as it would stand.
        limits: first dates that are allowed.
        field: what a date that cannot be taken belongs to.

    Raises:
        UserMistake: for `field`: a date is taken, out of order, too early or too far away.
        KnownError: a dose would appear, disappear, or not stay what it is.
    """
    was = {slot.number: slot for slot in before}
    now = {slot.number: slot for slot in after}
    for number, slot in was.items():
        _check_same_dose(slot, now.get(number))
    _check_replacements(now)
    for slot in after:
        if slot.number not in was:
            _check_new_dose(slot, was)
        _check_date(slot, was, limits, field)
    _check_days_and_order(was, after, field)


def check_total(before: Sequence[Slot], after: Sequence[Slot], *, may_grow_by: int) -> None:
    """Refuse a calendar with more doses that count than before.

    SAFETY: the planned number and the sum of the doses never grow without a prescriber's approval. No dose changes
    its amount, so that the sum can only grow with the number.

    Raises:
        KnownError: it would have more than `may_grow_by` doses more.
    """
    grown = sum(slot.state not in _LEFT_OUT for slot in after) - sum(slot.state not in _LEFT_OUT for slot in before)
    if grown > may_grow_by:
        raise _too_many()


def _check_same_dose(old: Slot, new: Slot | None) -> None:
    """SAFETY: what is on record, and what a dose is, never changes; only an added dose can disappear again."""
    if new is None:
        if old.is_own or old.is_on_record:
            raise KnownError(
                message(
                    N_("Dose {number} is {state} and stays in the calendar. Nothing was changed."),
                    number=old.number,
                    state=state_words(old),
                )
            )
        return
    if (old.is_on_record or new.is_on_record) and old != new:
        is_only_corrected = (old.state, new.state) in _CORRECTED
        if not is_only_corrected or msgspec.structs.replace(new, state=old.state) != old:
            raise KnownError(
                message(
                    N_("Dose {number} is {state} and stays as it is. Nothing was changed."),
                    number=old.number,
                    state=state_words(old),
                )
            )
    if msgspec.structs.replace(new, due_on=old.due_on, state=old.state) != old:
        raise KnownError(
            message(N_("Dose {number} keeps its amount and its phase. Nothing was changed."), number=old.number)
        )


def _check_replacements(now: Mapping[int, Slot]) -> None:
    """SAFETY: a dose takes the place only of a wrong entry, and only one does."""
    taken: set[int] = set()
    for slot in now.values():
        if slot.replaces is None:
            continue
        wrong = now.get(slot.replaces)
        if wrong is None or wrong.state != "error" or slot.replaces in taken:
            raise _too_many()
        taken.add(slot.replaces)


def _check_new_dose(new: Slot, was: Mapping[int, Slot]) -> None:
    """SAFETY: a new dose waits, and is like one that was prescribed."""
    if new.is_own or new.state != "planned":
        raise _too_many()
    models = was.values() if new.replaces is None else (was[new.replaces],)
    if not any((slot.phase, slot.mg_per_kg) == (new.phase, new.mg_per_kg) for slot in models):
        raise KnownError(
            message(N_("Dose {number} has another amount than was prescribed. Nothing was changed."), number=new.number)
        )


def _too_many() -> KnownError:
    return KnownError(message(N_("The course would have more doses than were approved. Nothing was changed.")))


def _check_date(slot: Slot, was: Mapping[int, Slot], limits: Limits, field: str) -> None:
    """Check the date of a dose that is new or moves."""
    old = was.get(slot.number)
    if old is not None and old.due_on == slot.due_on:
        return
    check_date(field, slot.due_on)
    most = timedelta(days=MOST_MOVED_DAYS)
    for other in _measured_from(slot, old, was):
        if abs(slot.due_on - other.due_on) > most:
            raise _too_far(other, slot, field)
    if old is None and slot.replaces is not None and slot.due_on == was[slot.replaces].due_on:
        return  # It takes the place of a wrong entry, which may lie behind.
    earliest = limits.not_before
    if earliest is not None and slot.due_on < earliest and (old is None or old.due_on >= earliest):
        raise UserMistake(
            field,
            message(
                N_("The new dose cannot stand on {date}. Allowed: {earliest} or later.")
                if old is None
                else N_("Dose {number} cannot move to {date}. Allowed: {earliest} or later."),
                number=slot.number,
                date=slot.due_on,
                earliest=earliest,
            ),
        )
    if limits.earliest_on is not None and slot.due_on < limits.earliest_on:
        raise _before_the_regimen(slot, limits, field)


def _measured_from(slot: Slot, old: Slot | None, was: Mapping[int, Slot]) -> Iterator[Slot]:
    """Yield the doses from which a date may not be too far away: its old self, or the course's end that it passes."""
    if old is not None:
        yield old
        return
    first = min(was.values(), key=lambda one: one.place)
    last = max(was.values(), key=lambda one: one.place)
    if slot.due_on < first.due_on:
        yield first
    if slot.due_on > last.due_on:
        yield last


def _too_far(stood: Slot, slot: Slot, field: str) -> UserMistake:
    return UserMistake(
        field,
        message(
            N_("{date} is {days} days away from dose {number} on {due_on}. Allowed: up to {most} days."),
            date=slot.due_on,
            days=abs((slot.due_on - stood.due_on).days),
            number=stood.number,
            due_on=stood.due_on,
            most=MOST_MOVED_DAYS,
        ),
    )


def _before_the_regimen(slot: Slot, limits: Limits, field: str) -> UserMistake:
    facts = {"number": slot.number, "date": slot.due_on, "earliest": limits.earliest_on, "day": limits.earliest_day}
    text = (
        N_(
            "Dose {number} cannot move to {date}: the regimen gives no dose before {earliest}. Allowed: "
            "{earliest} or later."
        )
        if limits.earliest_day is None
        else N_(
            "Dose {number} cannot move to {date}: the regimen gives no dose before transplant day {day}. Allowed: "
            "{earliest} or later."
        )
    )
    return UserMistake(field, message(text, **facts))


def _check_days_and_order(was: Mapping[int, Slot], after: Sequence[Slot], field: str) -> None:
    """SAFETY: two infusions on one day would be a double dose, and dose 5 before dose 4 a wrong record."""
    there = [slot for slot in after if slot.takes_place]
    for lower, higher in combinations(there, 2):
        old_lower, old_higher = was.get(lower.number), was.get(higher.number)
        if lower.on == higher.on:
            if not (_stood_there(lower, old_lower) and _stood_there(higher, old_higher)):
                mover, other = _mover_first(lower, higher, old_lower)
                raise _day_is_taken(mover, other, field, is_new=mover.number not in was)
        elif lower.on > higher.on and _must_come_first(lower, higher, was):
            raise _out_of_order(lower, higher, old_lower, field)


def _must_come_first(lower: Slot, higher: Slot, was: Mapping[int, Slot]) -> bool:
    """Whether two doses are the regimen's own, and one of them moves.

    What was out of order before, because a dose was given late, is no fault of the change. Own doses are never new.
    """
    if not (lower.is_own and higher.is_own):
        return False
    return (lower.on, higher.on) != (was[lower.number].on, was[higher.number].on)


def _stood_there(slot: Slot, old: Slot | None) -> bool:
    return old is not None and old.takes_place and old.on == slot.on


def _mover_first(lower: Slot, higher: Slot, old_lower: Slot | None) -> tuple[Slot, Slot]:
    return (higher, lower) if _stood_there(lower, old_lower) else (lower, higher)


def _day_is_taken(mover: Slot, other: Slot, field: str, *, is_new: bool) -> UserMistake:
    return UserMistake(
        field,
        message(
            N_("The new dose cannot stand on {date}: dose {other} stands there. Allowed: another date.")
            if is_new
            else N_(
                "Dose {number} cannot move to {date}: dose {other} stands there. Allowed: another date, or let the "
                "later doses move along."
            ),
            number=mover.number,
            date=mover.on,
            other=other.number,
        ),
    )


def _out_of_order(lower: Slot, higher: Slot, old_lower: Slot | None, field: str) -> UserMistake:
    """Return the refusal of a move past a dose, seen from the dose that moves."""
    moves, stays = _mover_first(lower, higher, old_lower)
    text = (
        N_("Dose {number} cannot move to {date}: dose {other} stays on {other_date}. Allowed: a date before it.")
        if moves is lower
        else N_("Dose {number} cannot move to {date}: dose {other} stays on {other_date}. Allowed: a date after it.")
    )
    return UserMistake(
        field,
        message(text, number=moves.number, date=moves.on, other=stays.number, other_date=stays.on),
    )
