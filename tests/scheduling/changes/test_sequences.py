"""Any sequence of changes: what always holds, and that undoing all of them restores the first calendar."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from ivigdesk.scheduling.changes.slots import Slot

from .histories import CALENDARS, VERBS, History, Step, begun, steps

HAPPENED = ("given", "running", "not given", "error")
DOES_NOT_COUNT = ("omitted", "ceased", "error")
STANDS = ("planned", "held", "running", "given")


def broken_rules(before: tuple[Slot, ...], after: tuple[Slot, ...], verb: str, today: date) -> list[str]:
    """Return which invariants a step broke. Written apart from the engine, day by day and dose by dose."""
    old = {slot.number: slot for slot in before}
    new = {slot.number: slot for slot in after}
    broken = []
    if [slot.number for slot in after] != sorted(new):
        broken.append("numbers ascend, and none is there twice")
    for number, dose in old.items():
        if number not in new:
            if verb != "undo" or not (dose.is_extra or dose.replaces) or dose.state in HAPPENED:
                broken.append(f"dose {number} stays")
            continue
        now = new[number]
        if (dose.phase, dose.mg_per_kg, dose.is_extra, dose.replaces, dose.given_on) != (
            now.phase, now.mg_per_kg, now.is_extra, now.replaces, now.given_on,
        ):  # fmt: skip
            broken.append(f"dose {number} keeps what it is")
        if dose.state in HAPPENED and dose.due_on != now.due_on:
            broken.append(f"dose {number} is on record and does not move")
        if dose.state in HAPPENED and dose.state != now.state and verb not in ("error", "undo"):
            broken.append(f"dose {number} is on record and keeps its state")
        if abs((now.due_on - dose.due_on).days) > 366:
            broken.append(f"dose {number} moves at most 366 days")
        if verb != "undo" and dose.due_on >= today > now.due_on:
            broken.append(f"dose {number} lies ahead and does not move into the past")
    for slot in (slot for number, slot in new.items() if number not in old):
        if verb not in ("add", "error") or not any(slot.mg_per_kg == one.mg_per_kg for one in before):
            broken.append(f"dose {slot.number} is allowed to appear, and prescribed")
    if verb != "undo":
        counted = sum(slot.state not in DOES_NOT_COUNT for slot in after)
        counted_before = sum(slot.state not in DOES_NOT_COUNT for slot in before)
        if counted > counted_before + (verb == "add"):
            broken.append("the number of doses does not grow")
        amount = sum(slot.mg_per_kg for slot in after if slot.state not in DOES_NOT_COUNT)
        amount_before = sum(slot.mg_per_kg for slot in before if slot.state not in DOES_NOT_COUNT)
        if verb != "add" and amount > amount_before:
            broken.append("the sum of the doses does not grow")
    return broken + broken_days(old, after)


def broken_days(old: dict[int, Slot], after: tuple[Slot, ...]) -> list[str]:
    """Return where two doses stand on one day, or in the wrong order, and did not before."""
    broken = []
    for one in after:
        for other in after:
            if one.number >= other.number or one.state not in STANDS or other.state not in STANDS:
                continue
            first, second = one.given_on or one.due_on, other.given_on or other.due_on
            was = [
                (slot.given_on or slot.due_on) if slot else None
                for slot in (old.get(one.number), old.get(other.number))
            ]
            if first == second and was != [first, second]:
                broken.append(f"doses {one.number} and {other.number} stand on {first}")
            is_regimens = not (one.is_extra or one.replaces or other.is_extra or other.replaces)
            if is_regimens and first > second and was[0] is not None and was[1] is not None and was[0] < was[1]:
                broken.append(f"dose {other.number} comes before dose {one.number}")
    return broken


def test_whatever_is_asked_for_every_calendar_keeps_the_rules() -> None:
    accepted: Counter[str] = Counter()

    @settings(max_examples=200)
    @drawn(CALENDARS, steps(with_infusions=True))
    def play(slots: tuple[Slot, ...], course: list[Step]) -> None:
        history = History(slots)
        for step in course:
            before, revisions = history.slots, len(history.calendars)
            outcome = history.take(step)
            if len(history.calendars) == revisions:
                # Refused, or an infusion: a refusal leaves everything as it was.
                assert step[0] == "give" or history.slots == before
                continue
            accepted[step[0]] += 1
            assert broken_rules(before, history.slots, step[0], history.day) == []
            if outcome is not None:
                assert_says_what_it_did(outcome.reached, outcome.left_out, before, history.slots)

    play()
    # Else nothing would have been shown.
    assert {verb for verb in (*VERBS, "undo") if accepted[verb] < 5} == set()


def assert_says_what_it_did(
    reached: tuple[int, ...], left_out: tuple[int, ...], before: tuple[Slot, ...], after: tuple[Slot, ...]
) -> None:
    old = {slot.number: slot for slot in before}
    changed = {slot.number for slot in after if old.get(slot.number) != slot}
    assert changed <= set(reached)
    assert set(left_out) <= {slot.number for slot in after if slot.state == "omitted"}


@settings(max_examples=80)
@drawn(CALENDARS, st.lists(st.integers(0, 2), max_size=3), steps(with_infusions=False))
def test_undoing_everything_restores_the_first_calendar(
    slots: tuple[Slot, ...], late: list[int], course: list[Step]
) -> None:
    first = begun(slots, late)
    history = History(first)
    for step in course:
        history.take(step)
    steps_back = 0
    while history.undo():
        steps_back += 1
        assert steps_back <= len(course)
    assert history.slots == first


@settings(max_examples=60)
@drawn(CALENDARS, steps(with_infusions=False))
def test_an_undo_puts_back_exactly_what_stood_before_the_newest_change(
    slots: tuple[Slot, ...], course: list[Step]
) -> None:
    history = History(slots)
    standing = [slots]  # the calendars that an undo can still walk back to, kept apart from the engine
    for step in course:
        revisions = len(history.calendars)
        history.take(step)
        if len(history.calendars) == revisions:
            continue
        if step[0] == "undo":
            standing.pop()
            assert history.slots == standing[-1]
        else:
            standing.append(history.slots)


@settings(max_examples=60)
@drawn(CALENDARS, steps(with_infusions=True))
def test_undoing_everything_leaves_what_was_given_as_it_is(slots: tuple[Slot, ...], course: list[Step]) -> None:
    history = History(slots)
    for step in course:
        history.take(step)
    happened = [slot for slot in history.slots if slot.state == "given"]
    while history.undo():
        pass
    assert [slot for slot in history.slots if slot.state == "given" and slot in happened] == happened
