"""Courses in which anything happens: changes, undos and infusions, as hypothesis draws them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import get_args

import msgspec
from hypothesis import strategies as st

from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.scheduling.changes import change_calendar, restored, undone
from ivigdesk.scheduling.changes.reaching import REACHES
from ivigdesk.scheduling.changes.slots import Asked, Grid, Limits, Outcome, Reach, Slot, SlotState, Verb

from .build import MONDAY, cmv, given, listed, monthly

VERBS: tuple[Verb, ...] = tuple(verb for verb in get_args(Verb) if verb != "undo")
ANY_REACH: tuple[Reach | None, ...] = (None, *get_args(Reach))
ANY_GRID: tuple[Grid | None, ...] = (None, *get_args(Grid))
FITTING: dict[Verb, tuple[SlotState, ...]] = {"resume": ("held",), "realign": ("given",), "error": ("given",)}
SIGN = {"postpone": 1, "bring-forward": -1}

Step = tuple[str, int, int, Reach | None, Grid | None]
"""What is done (a verb, `undo`, or `give`), to which dose counted from the first, how many days off, how far."""


@st.composite
def phased(draw: st.DrawFn) -> tuple[Slot, ...]:
    """Return a calendar of one to three phases, every dose planned."""
    slots: list[Slot] = []
    day = MONDAY
    for phase in range(draw(st.integers(1, 3))):
        every, tolerance = draw(st.integers(1, 10)), draw(st.integers(0, 3))
        for _ in range(draw(st.integers(1, 5))):
            slots.append(
                Slot(
                    number=len(slots) + 1,
                    phase=phase,
                    due_on=day,
                    mg_per_kg=Decimal(100 + phase),
                    every_days=every,
                    tolerance_days=tolerance,
                )
            )
            day += timedelta(days=every)
        day += timedelta(days=draw(st.integers(1, 4)) - every)
        day = max(day, slots[-1].due_on + timedelta(days=1))
    return tuple(slots)


CALENDARS = st.one_of(st.sampled_from((cmv(), monthly(), listed(1, 2, 7, 14, 21))), phased())


def steps(*, with_infusions: bool) -> st.SearchStrategy[list[Step]]:
    """Return up to 30 steps; with infusions, every fourth or so is one."""
    kinds = [*VERBS, "postpone", "bring-forward", "resume", "undo", "undo"]
    if with_infusions:
        kinds += ["give"] * 5
    one = st.tuples(
        st.sampled_from(kinds),
        st.integers(0, 14),
        st.integers(0, 12),
        st.sampled_from(ANY_REACH),
        st.sampled_from(ANY_GRID),
    )
    return st.one_of(st.lists(one, max_size=30), st.lists(one, min_size=15, max_size=30))


def begun(slots: tuple[Slot, ...], late: Iterable[int]) -> tuple[Slot, ...]:
    """Return the calendar with its first doses given, each so many days late, never two on one day."""
    for index, days in enumerate(late):
        if index < len(slots) - 1:
            is_free = slots[index].due_on + timedelta(days=days) < slots[index + 1].due_on
            slots = given(slots, slots[index].number, late=days if is_free else 0)
    return slots


class History:
    """A course with all its revisions, as actions keep it.

    Attributes:
        calendars: of each revision, from the first.
        restores: of each revision, the number of the one that it put back; None for a change.
        slots: the calendar in force, with what was given since it was made.
        day: today, from which no dose moves back.
    """

    def __init__(self, slots: tuple[Slot, ...]) -> None:
        self.calendars = [slots]
        self.restores: list[int | None] = [None]
        self.slots = slots
        self.day = MONDAY

    def take(self, step: Step) -> Outcome | None:
        """Do one step; return what a change made, None for an undo, an infusion or a refusal."""
        what, index, days, reach, grid = step
        if what == "give":
            self._give(days % 3)
        elif what == "undo":
            self.undo()
        else:
            return self._change(what, index, days, reach, grid)  # type: ignore[arg-type]
        return None

    def undo(self) -> bool:
        """Undo the newest change that stands; return whether that could be done."""
        number = undone(self.restores)
        if number is None:
            return False
        records = {slot.number: slot for slot in self.slots if slot.is_on_record and slot.state != "error"}
        earlier = tuple(self._with_record(slot, records) for slot in self.calendars[number - 1])
        try:
            self._keep(restored(self.slots, earlier), number)
        except KnownError:
            return False
        return True

    def limits(self) -> Limits:
        return Limits(
            not_before=self.day, highest_number=max(slot.number for slots in self.calendars for slot in slots)
        )

    def _change(self, verb: Verb, index: int, days: int, reach: Reach | None, grid: Grid | None) -> Outcome | None:
        # Mostly a dose for which the verb makes sense, so that much is accepted; else any, so that much is refused.
        fitting = [slot for slot in self.slots if slot.state in FITTING.get(verb, ("planned", "held"))]
        dose = fitting[index % len(fitting)] if fitting and index < 12 else self.slots[index % len(self.slots)]
        asked = Asked(
            verb=verb,
            number=None if days == 11 else dose.number,
            to=None if days == 12 else dose.due_on + timedelta(days=days * SIGN.get(verb, 1 if index % 3 else -1)),
            reach=reach if reach in REACHES[verb] or index > 9 else None,
            grid=grid,
        )
        try:
            outcome = change_calendar(self.slots, asked, self.limits())
        except (UserMistake, KnownError):
            return None
        self._keep(outcome.slots, None)
        return outcome

    def _give(self, late: int) -> None:
        """Give the next planned dose, late by so many days unless another was given on that day."""
        waiting = [slot for slot in self.slots if slot.state == "planned"]
        dose = min(waiting, key=lambda slot: slot.place, default=None)
        if dose is None:
            return
        day = max(dose.due_on + timedelta(days=late), self.day)
        while any(slot.state == "given" and slot.on == day for slot in self.slots):
            day += timedelta(days=1)
        self.day = day
        record = msgspec.structs.replace(dose, state="given", given_on=day)
        self.slots = tuple(record if slot.number == dose.number else slot for slot in self.slots)

    @staticmethod
    def _with_record(slot: Slot, records: dict[int, Slot]) -> Slot:
        """Return a dose of an earlier calendar with the record that it has now."""
        record = records.get(slot.number)
        return slot if record is None or slot.state == "error" else record

    def _keep(self, slots: tuple[Slot, ...], restores: int | None) -> None:
        self.slots = slots
        self.calendars.append(slots)
        self.restores.append(restores)
