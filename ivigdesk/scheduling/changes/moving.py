"""Changes that move doses: postpone, bring forward, another first day, and counting from the day really given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.calendar import check_date
from ivigdesk.scheduling.changes.reaching import find, later_doses, state_words, waiting_dose
from ivigdesk.scheduling.changes.rhythm import kept_days
from ivigdesk.scheduling.changes.slots import Asked, Outcome, Reach, Slot


def postponed(slots: Sequence[Slot], asked: Asked) -> Outcome:
    """Return the calendar after a dose goes to a later date, or for `bring-forward` to an earlier one.

    Raises:
        UserMistake: for `number`, `to` or `grid`.
        KnownError: the dose does not move any more.
    """
    dose = waiting_dose(slots, asked)
    to = must_have_date(asked)
    if asked.verb == "postpone" and to < dose.due_on:
        raise UserMistake(
            "to",
            message(
                N_("{date} is before dose {number} on {due_on}. Allowed: a later date; or bring the dose forward."),
                date=to,
                number=dose.number,
                due_on=dose.due_on,
            ),
        )
    if asked.verb == "bring-forward" and to > dose.due_on:
        raise UserMistake(
            "to",
            message(
                N_("{date} is after dose {number} on {due_on}. Allowed: an earlier date; or postpone the dose."),
                date=to,
                number=dose.number,
                due_on=dose.due_on,
            ),
        )
    return moved(slots, dose, to, asked)


def first_day_moved(slots: Sequence[Slot], asked: Asked) -> Outcome:
    """Return the calendar after the first waiting dose of a phase goes to another date, earlier or later.

    Raises:
        UserMistake: for `number`, `to` or `grid`.
        KnownError: a dose of the phase was begun, or none waits.
    """
    named = find(slots, asked.number)
    of_phase = [slot for slot in slots if slot.phase == named.phase]
    for slot in of_phase:
        if slot.state in ("given", "running"):
            raise KnownError(
                message(
                    N_(
                        "The first day of this phase does not change any more: its dose {number} is {state}. Allowed: "
                        "a phase of which no dose was given."
                    ),
                    number=slot.number,
                    state=state_words(slot),
                )
            )
    waiting = [slot for slot in of_phase if slot.may_move]
    if not waiting:
        raise KnownError(message(N_("No dose of this phase is planned or on hold any more: nothing would change.")))
    return moved(slots, min(waiting, key=lambda slot: slot.place), must_have_date(asked), asked)


def realigned(slots: Sequence[Slot], asked: Asked) -> Outcome:
    """Return the calendar after the later doses follow a dose that was given on another day than planned.

    Raises:
        UserMistake: for `number` or `grid`.
        KnownError: the dose was not given, or given on its day, or nothing would move.
    """
    dose = find(slots, asked.number)
    if dose.state != "given":
        raise KnownError(
            message(
                N_("Dose {number} is {state}. Later doses can follow only a dose that is given."),
                number=dose.number,
                state=state_words(dose),
            )
        )
    if dose.on == dose.due_on:
        raise KnownError(
            message(
                N_("Dose {number} was given on its day, {date}: nothing would change."),
                number=dose.number,
                date=dose.due_on,
            )
        )
    outcome = moved(slots, dose, dose.on, asked)
    if not outcome.reached:
        raise KnownError(
            message(N_("No later dose would follow dose {number}: nothing would change."), number=dose.number)
        )
    if outcome.slots == tuple(slots):
        raise UserMistake(
            "grid",
            message(
                N_(
                    "The doses after dose {number} keep their days already: nothing would change. Allowed: let them "
                    "count from {date}, the day on which it was given."
                ),
                number=dose.number,
                date=dose.on,
            ),
        )
    return outcome


def moved(slots: Sequence[Slot], pivot: Slot, to: date, asked: Asked) -> Outcome:
    """Return the calendar after `pivot` goes to `to` and later doses follow by reach and grid.

    Args:
        slots: every dose of the course.
        pivot: the dose that moves; or one already given on `to`, which stays as it is.
        to: its new date, or the day on which it was given.
        asked: with reach and grid.

    Raises:
        UserMistake: for `to` or `grid`.
    """
    _check_is_another_day(pivot, to)
    reach, kept_end = asked.reach, None
    if asked.reach == "keep-end":
        reach, kept_end = _end_to_keep(slots, pivot, to)
    going = later_doses(slots, pivot, reach)
    if asked.grid == "keep":
        days = kept_days(slots, going, to)
    else:
        days = {slot.number: slot.due_on + (to - pivot.due_on) for slot in going}
    left_out = {number for number, day in days.items() if kept_end is not None and day > kept_end}
    if pivot.may_move:
        days[pivot.number] = to
    return Outcome(
        asked=asked,
        slots=tuple(_after(slot, days.get(slot.number), slot.number in left_out) for slot in slots),
        reached=tuple(sorted(days)),
        kept_end=kept_end,
        left_out=tuple(sorted(left_out)),
    )


def must_have_date(asked: Asked) -> date:
    """Return the date that was asked for.

    Raises:
        UserMistake: for `to`: there is none, or no course can have it.
    """
    if asked.to is None:
        raise UserMistake("to", message(N_("Give the new date.")))
    check_date("to", asked.to)
    return asked.to


def _after(slot: Slot, day: date | None, is_left_out: bool) -> Slot:
    if is_left_out:
        # It keeps the date that it had: the day on which no infusion took place.
        return msgspec.structs.replace(slot, state="omitted")
    return slot if day is None else msgspec.structs.replace(slot, due_on=day)


def _end_to_keep(slots: Sequence[Slot], pivot: Slot, to: date) -> tuple[Reach, date]:
    """Return how far the move reaches so that an end is kept, and that end: the phase's, or else the course's."""
    there = [slot for slot in slots if slot.takes_place]
    phase_end = max(slot.due_on for slot in there if slot.phase == pivot.phase)
    if to <= phase_end:
        return "phase", phase_end
    course_end = max(slot.due_on for slot in there)
    if pivot.may_move and to > course_end:
        raise UserMistake(
            "to",
            message(
                N_("Dose {number} cannot move to {date} and keep the end date, {end}. Allowed: {end} or earlier."),
                number=pivot.number,
                date=to,
                end=course_end,
            ),
        )
    return "rest", course_end


def _check_is_another_day(pivot: Slot, to: date) -> None:
    if to == pivot.due_on:
        raise UserMistake(
            "to",
            message(N_("Dose {number} is already on {date}. Choose another date."), number=pivot.number, date=to),
        )
