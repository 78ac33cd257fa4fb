"""Changes that bring a new dose: one added to the regimen's own, and one in the place of a wrong entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.changes.moving import must_have_date
from ivigdesk.scheduling.changes.reaching import find, must_not_run, state_words
from ivigdesk.scheduling.changes.slots import Asked, Limits, Outcome, Slot


def added(slots: Sequence[Slot], asked: Asked, limits: Limits) -> Outcome:
    """Return the calendar with one more dose, like the one asked for, else the nearest earlier one, else the first.

    Raises:
        UserMistake: for `number` or `to`.
        KnownError: the course has no dose that it could be like.
    """
    to = must_have_date(asked)
    like = _nearest(slots, to) if asked.number is None else find(slots, asked.number)
    extra = msgspec.structs.replace(
        like,
        number=_next_number(slots, limits),
        due_on=to,
        state="planned",
        given_on=None,
        is_extra=True,
        replaces=None,
    )
    return Outcome(asked=asked, slots=(*slots, extra), reached=(extra.number,), grows=True)


def replaced(slots: Sequence[Slot], asked: Asked, limits: Limits) -> Outcome:
    """Return the calendar after a wrong entry is marked as such, with a new dose in its place.

    Raises:
        UserMistake: for `number`; for `to` where the old date is taken.
        KnownError: the dose has no record, or its infusion runs.
    """
    wrong = find(slots, asked.number)
    must_not_run((wrong,))
    if wrong.state not in ("given", "not given"):
        raise KnownError(
            message(
                N_("Dose {number} is {state}: there is no entry to correct. Allowed: a dose given or not given."),
                number=wrong.number,
                state=state_words(wrong),
            )
        )
    others = {slot.on: slot for slot in slots if slot.takes_place and slot is not wrong}
    if asked.to is None and wrong.due_on in others:
        raise UserMistake(
            "to",
            message(
                N_("On {date} dose {other} stands. Give another date for the dose that replaces dose {number}."),
                date=wrong.due_on,
                other=others[wrong.due_on].number,
                number=wrong.number,
            ),
        )
    new = msgspec.structs.replace(
        wrong,
        number=_next_number(slots, limits),
        due_on=wrong.due_on if asked.to is None else must_have_date(asked),
        state="planned",
        given_on=None,
        replaces=wrong.number,
    )
    marked = (msgspec.structs.replace(slot, state="error") if slot is wrong else slot for slot in slots)
    return Outcome(asked=asked, slots=(*marked, new), reached=(wrong.number, new.number))


def _nearest(slots: Sequence[Slot], to: date) -> Slot:
    """Return the dose that one on `to` is like: the last before it, else the first of all."""
    right = sorted((slot for slot in slots if slot.state != "error"), key=lambda slot: (slot.on, slot.number))
    if not right:
        raise KnownError(message(N_("This course has no dose that another could be like: none can be added.")))
    return max((slot for slot in right if slot.on < to), key=lambda slot: (slot.on, slot.number), default=right[0])


def _next_number(slots: Sequence[Slot], limits: Limits) -> int:
    return max(limits.highest_number, *(slot.number for slot in slots)) + 1
