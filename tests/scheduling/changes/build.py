"""Calendars for tests of changes, and one line of text for a whole calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from ivigdesk.errors import WordedError
from ivigdesk.messages import Message
from ivigdesk.scheduling.calendar import expand
from ivigdesk.scheduling.changes import change_calendar, differences
from ivigdesk.scheduling.changes.slots import NO_LIMITS, Asked, Limits, Outcome, Slot, SlotState
from ivigdesk.wording import NO_BREAK, Wording

from ..build import shipped

MONDAY = date(2026, 3, 2)

SIGNS: dict[SlotState, str] = {
    "planned": "",
    "held": "?",
    "running": ">",
    "given": "=",
    "not given": "~",
    "omitted": "-",
    "ceased": "x",
    "error": "!",
}


def on(text: str) -> date:
    """Return a date of 2026 from month and day, as "03-16"; of another year with the year before it."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def slots_of(row: str, first_on: date = MONDAY) -> tuple[Slot, ...]:
    """Return the calendar of a shipped regimen."""
    regimen = shipped(row)
    return tuple(
        Slot(
            number=dose.number,
            phase=dose.phase,
            due_on=dose.due_on,
            mg_per_kg=dose.mg_per_kg or Decimal(400),
            every_days=regimen.phases[dose.phase].every_days if regimen.phases else None,
            tolerance_days=regimen.phases[dose.phase].tolerance_days if regimen.phases else 0,
        )
        for dose in expand(regimen, first_on=first_on, transplant_on=None)
    )


def cmv() -> tuple[Slot, ...]:
    """The CMV course from Monday 2 March 2026: doses 1-7 alternate days, 8-11 weekly."""
    return slots_of("R01")


def monthly() -> tuple[Slot, ...]:
    """Replacement every 28 days, give or take 4, from Monday 2 March 2026."""
    return slots_of("R12")


def listed(*days: int) -> tuple[Slot, ...]:
    """A list of doses on these days, counted from Monday 2 March 2026 as day 1."""
    return tuple(
        Slot(number=number, phase=0, due_on=MONDAY + timedelta(days=day - 1), mg_per_kg=Decimal(400))
        for number, day in enumerate(days, start=1)
    )


def replaced(slots: Sequence[Slot], number: int, **facts: object) -> tuple[Slot, ...]:
    """Return the calendar with other facts for one dose."""
    return tuple(msgspec.structs.replace(slot, **facts) if slot.number == number else slot for slot in slots)


def given(slots: Sequence[Slot], *numbers: int, late: int = 0) -> tuple[Slot, ...]:
    """Return the calendar with these doses given, so many days after the day they were planned for."""
    for slot in slots:
        if slot.number in numbers:
            slots = replaced(slots, slot.number, state="given", given_on=slot.due_on + timedelta(days=late))
    return tuple(slots)


def with_state(slots: Sequence[Slot], state: SlotState, *numbers: int) -> tuple[Slot, ...]:
    """Return the calendar with these doses in this state."""
    for number in numbers:
        slots = replaced(slots, number, state=state)
    return tuple(slots)


def asked(verb: str, number: int | None = None, to: str | date | None = None, reach: str = "", grid: str = "") -> Asked:
    """Return a change; the date as month and day."""
    return Asked(
        verb=verb,  # type: ignore[arg-type]
        number=number,
        to=on(to) if isinstance(to, str) else to,
        reach=reach or None,  # type: ignore[arg-type]
        grid=grid or None,  # type: ignore[arg-type]
    )


def change(slots: Sequence[Slot], verb: str, *what: object, limits: Limits = NO_LIMITS, **more: str) -> Outcome:
    """Return what a change makes of a calendar."""
    return change_calendar(slots, asked(verb, *what, **more), limits)  # type: ignore[arg-type]


def table(slots: Sequence[Slot]) -> str:
    """Return the dates of a calendar by number, each with the sign of its state."""
    return " ".join(f"{slot.due_on:%m-%d}{SIGNS[slot.state]}" for slot in slots)


def notes_of(before: Sequence[Slot], after: Sequence[Slot]) -> dict[int, list[str]]:
    """Return what is noticed about each dose, in English."""
    return {
        (row.after or row.before).number: [said(note) for note in row.notes]  # type: ignore[union-attr]
        for row in differences(before, after)
        if row.notes
    }


def said(sentence: Message | WordedError) -> str:
    """Return a sentence in English, with plain spaces."""
    message = sentence.message if isinstance(sentence, WordedError) else sentence
    return Wording("en").say(message).replace(NO_BREAK, " ")
