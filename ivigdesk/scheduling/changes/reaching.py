"""How far a change reaches: what each verb allows, which dose it is about, and which doses go along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Message, message
from ivigdesk.scheduling.changes.slots import Asked, Reach, Slot, SlotState, Verb

REACHES: Mapping[Verb, tuple[Reach, ...]] = {
    "postpone": ("this", "phase", "rest", "keep-end"),
    "bring-forward": ("this", "phase", "rest", "keep-end"),
    "omit": ("this", "phase", "rest"),
    "hold": ("this", "phase", "rest"),
    "resume": ("this", "phase", "rest", "keep-end"),
    "cease": ("rest", "this", "phase"),
    "add": ("this",),
    "first-day": ("phase", "rest", "keep-end"),
    "realign": ("phase", "rest", "keep-end"),
    "error": ("this",),
    "product": ("rest", "this", "phase"),
    "weight": ("rest", "this", "phase"),
}
"""The reaches of each verb; the first is its own where none is asked for."""

ABOUT_ALL: tuple[Verb, ...] = ("resume", "cease", "product", "weight")
"""Verbs that may do without a number: they are then about all doses that remain."""

MOVING: tuple[Verb, ...] = ("postpone", "bring-forward", "resume", "first-day", "realign")
"""Verbs that move doses, so that later ones can keep their rhythm or count from the new date."""

_REACH_WORDS: Mapping[Reach, str] = {
    "this": N_("this dose only"),
    "phase": N_("the rest of its phase"),
    "rest": N_("everything after it"),
    "keep-end": N_("keep the end date"),
}

_STATE_WORDS: Mapping[SlotState, str] = {
    "planned": N_("planned"),
    "held": N_("on hold"),
    "running": N_("running"),
    "given": N_("given"),
    "not given": N_("not given"),
    "omitted": N_("omitted"),
    "ceased": N_("ceased"),
    "error": N_("entered in error"),
}


def in_full(asked: Asked) -> Asked:
    """Return the change with reach and grid as they are taken; the grid is None where nothing can go along.

    Raises:
        UserMistake: for `reach`: the verb does not reach so far.
    """
    allowed = REACHES[asked.verb]
    own: Reach = "rest" if asked.verb == "resume" and asked.number is None else allowed[0]
    reach = asked.reach or own
    if reach not in allowed:
        text = (
            N_("This change moves no dose, so that there is no end to keep. Allowed: {allowed}.")
            if reach == "keep-end"  # what moves doses can keep the end
            else N_("This change cannot reach “{reach}”. Allowed: {allowed}.")
        )
        words = tuple(message(_REACH_WORDS[one]) for one in allowed)
        raise UserMistake("reach", message(text, reach=message(_REACH_WORDS[reach]), allowed=words))
    grid = (asked.grid or "re-anchor") if asked.verb in MOVING and reach != "this" else None
    return msgspec.structs.replace(asked, reach=reach, grid=grid)


def find(slots: Sequence[Slot], number: int | None) -> Slot:
    """Return dose `number`.

    Raises:
        UserMistake: for `number`: none is given, or there is no such dose.
    """
    if number is None:
        raise UserMistake("number", message(N_("Say which dose. Allowed: {allowed}."), allowed=_numbers(slots)))
    for slot in slots:
        if slot.number == number:
            return slot
    raise UserMistake(
        "number",
        message(N_("This course has no dose {number}. Allowed: {allowed}."), number=number, allowed=_numbers(slots)),
    )


def waiting_dose(slots: Sequence[Slot], asked: Asked) -> Slot:
    """Return the waiting dose that the change is about; for a verb about all that remain, the first of them by date.

    Raises:
        UserMistake: for `number`: none is given, or there is no such dose.
        KnownError: the dose does not wait any more, or none does.
    """
    if asked.number is None and asked.verb in ABOUT_ALL:
        waiting = [slot for slot in slots if _is_open_to(asked.verb, slot)]
        if not waiting:
            raise KnownError(
                message(N_("No dose of this course is on hold: there is nothing to resume."))
                if asked.verb == "resume"
                else message(N_("No dose of this course is planned or on hold any more: nothing would change."))
            )
        return min(waiting, key=lambda slot: slot.place)
    slot = find(slots, asked.number)
    if not slot.may_move:
        raise KnownError(
            message(
                N_(
                    "Dose {number} does not change any more: it is {state}. Allowed: a dose that is planned or on hold."
                ),
                number=slot.number,
                state=state_words(slot),
            )
        )
    if not _is_open_to(asked.verb, slot):
        raise KnownError(
            message(
                N_("Dose {number} is {state}. Only a dose that is on hold can be resumed."),
                number=slot.number,
                state=state_words(slot),
            )
        )
    return slot


def later_doses(slots: Sequence[Slot], first: Slot, reach: Reach | None) -> tuple[Slot, ...]:
    """Return the waiting doses that go along with `first`, ascending by date."""
    if reach == "this":
        return ()
    later = (slot for slot in slots if slot.may_move and slot.place > first.place)
    return tuple(
        sorted(
            (slot for slot in later if reach != "phase" or slot.phase == first.phase),
            key=lambda slot: slot.place,
        )
    )


def must_not_run(slots: Sequence[Slot]) -> None:
    """Refuse while an infusion of one of these doses runs.

    Raises:
        KnownError: it names the dose.
    """
    for slot in slots:
        if slot.state == "running":
            raise KnownError(
                message(
                    N_("Dose {number} is running. Stop the infusion and record its end first; nothing was changed."),
                    number=slot.number,
                )
            )


def state_words(slot: Slot) -> Message:
    """Return where a dose stands, in a word or two."""
    return message(_STATE_WORDS[slot.state])


def _is_open_to(verb: Verb, slot: Slot) -> bool:
    return slot.state == "held" if verb == "resume" else slot.may_move


def _numbers(slots: Sequence[Slot]) -> Message:
    if not slots:
        return message(N_("none, it has no doses"))
    return message(N_("{first} to {last}"), first=slots[0].number, last=slots[-1].number)
