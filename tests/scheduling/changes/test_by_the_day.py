"""The engine against a second one that counts days one by one."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.scheduling.changes import change_calendar, differences, within_tolerance
from ivigdesk.scheduling.changes.slots import Asked, Grid, Reach, Slot

from .histories import phased

A_DAY = timedelta(days=1)
STANDS = ("planned", "held", "given")
Calendar = dict[int, tuple[date, str]]


@st.composite
def in_use(draw: st.DrawFn) -> tuple[Slot, ...]:
    """Return a calendar of which the first doses are given, and some later ones held, omitted or given already."""
    slots = draw(phased())
    states = draw(
        st.lists(
            st.sampled_from(("planned", "planned", "planned", "held", "omitted", "given")), min_size=15, max_size=15
        )
    )
    done = draw(st.integers(0, 3))
    return tuple(
        msgspec.structs.replace(
            slot,
            state="given" if slot.number <= done else state,
            given_on=slot.due_on if slot.number <= done or state == "given" else None,
        )
        for slot, state in zip(slots, states, strict=False)
    )


def day_by_day(slots: tuple[Slot, ...], number: int, to: date, reach: Reach, grid: Grid) -> Calendar | None:
    """Return the calendar after a postponement, or None where it is refused: counted by hand, one day at a time."""
    dose = next(slot for slot in slots if slot.number == number)
    if dose.state not in ("planned", "held") or to <= dose.due_on:
        return None
    end: date | None = None
    if reach == "keep-end":
        end = max(slot.due_on for slot in slots if slot.phase == dose.phase and slot.state in STANDS)
        reach = "phase"
        if to > end:
            end = max(slot.due_on for slot in slots if slot.state in STANDS)
            reach = "rest"
        if to > end:
            return None
    after: Calendar = {slot.number: (slot.due_on, slot.state) for slot in slots}
    after[number] = (to, dose.state)
    newest, lateness = to, 0
    while dose.due_on + lateness * A_DAY != to:
        lateness += 1
    for slot in slots:
        goes = slot.number > number and slot.state in ("planned", "held")
        if not goes or reach == "this" or (reach == "phase" and slot.phase != dose.phase):
            continue
        day = slot.due_on
        if grid == "re-anchor":
            for _ in range(lateness):
                day += A_DAY
        elif day <= newest:
            day = newest + A_DAY
            while not is_day_of_the_rhythm(day, slot, slots):
                day += A_DAY
        newest = day
        after[slot.number] = (slot.due_on, "omitted") if end is not None and day > end else (day, slot.state)
    return None if is_broken(after) else after


def is_day_of_the_rhythm(day: date, slot: Slot, slots: tuple[Slot, ...]) -> bool:
    """Whether a phase has a dose on a day, or would have if it went on."""
    days = [one.due_on for one in slots if one.phase == slot.phase]
    while days[-1] < day and slot.every_days:
        days.append(days[-1] + timedelta(days=slot.every_days))
    return day in days


def is_broken(after: Calendar) -> bool:
    days = [day for _, (day, state) in sorted(after.items()) if state in STANDS]
    return days != sorted(set(days))


@settings(max_examples=300)
@drawn(
    in_use(),
    st.integers(1, 15),
    st.integers(-2, 25),
    st.sampled_from(("this", "phase", "rest", "keep-end")),
    st.sampled_from(("keep", "re-anchor")),
)
def test_a_postponement_gives_the_dates_that_counting_days_gives(
    slots: tuple[Slot, ...], number: int, days: int, reach: Reach, grid: Grid
) -> None:
    number = min(number, len(slots))
    to = slots[number - 1].due_on + timedelta(days=days)
    expected = day_by_day(slots, number, to, reach, grid)
    asked = Asked(verb="postpone", number=number, to=to, reach=reach, grid=grid)
    try:
        after = change_calendar(slots, asked).slots
    except (UserMistake, KnownError):
        assert expected is None
    else:
        assert {slot.number: (slot.due_on, slot.state) for slot in after} == expected


@settings(max_examples=40)
@drawn(phased(), st.integers(1, 15), st.integers(1, 40))
def test_a_postponement_of_the_rest_is_taken_back_by_bringing_it_forward(
    slots: tuple[Slot, ...], number: int, days: int
) -> None:
    dose = slots[min(number, len(slots)) - 1]
    there = Asked(verb="postpone", number=dose.number, to=dose.due_on + timedelta(days=days), reach="rest")
    back = Asked(verb="bring-forward", number=dose.number, to=dose.due_on, reach="rest")
    assert change_calendar(change_calendar(slots, there).slots, back).slots == slots


@settings(max_examples=60)
@drawn(in_use())
def test_every_day_within_tolerance_is_found_and_none_is_noticed(slots: tuple[Slot, ...]) -> None:
    for slot in slots:
        found = within_tolerance(slots, slot.number)
        tried = [slot.due_on + days * A_DAY for days in range(-slot.tolerance_days, slot.tolerance_days + 1) if days]
        quiet = [day for day in tried if is_quiet(slots, slot, day)]
        assert list(found) == sorted(quiet, key=lambda day, own=slot.due_on: (abs(day - own), day))  # type: ignore[misc]


def is_quiet(slots: tuple[Slot, ...], slot: Slot, day: date) -> bool:
    """Whether a dose moves there alone without a refusal, and both gaps beside it are what they should be."""
    verb = "postpone" if day > slot.due_on else "bring-forward"
    try:
        after = change_calendar(slots, Asked(verb=verb, number=slot.number, to=day)).slots  # type: ignore[arg-type]
    except (UserMistake, KnownError):
        return False
    quiet = all(gap_is_right(slots, one, slot.number, day) for one in slots)
    assert quiet == (not any(row.notes for row in differences(slots, after)))
    return quiet


def gap_is_right(slots: tuple[Slot, ...], later: Slot, moved: int, day: date) -> bool:
    """Whether the gap before a dose is as it was, or that of its phase; no dose has passed another."""
    there = [one for one in slots if one.state in STANDS]
    if later not in there or there.index(later) == 0:
        return True
    earlier = there[there.index(later) - 1]
    was = (later.due_on - earlier.due_on).days
    now = ((day if later.number == moved else later.due_on) - (day if earlier.number == moved else earlier.due_on)).days
    if now == was:
        return True
    return earlier.phase == later.phase and abs(now - (later.every_days or 0)) <= later.tolerance_days
