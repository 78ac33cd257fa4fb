"""Doses that are new: one added to the regimen's own, and one in the place of a wrong entry."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ivigdesk.scheduling.changes.slots import Limits

from .build import change, cmv, given, listed, monthly, on, replaced, table, with_state

ADDED = [
    # In the middle: like the nearest earlier dose.
    ("03-18", None, 1, 8),
    ("03-15", None, 0, 7),
    ("03-15", 8, 1, 8),
    # At the end and before the first.
    ("04-13", None, 1, 11),
    ("02-28", None, 0, 1),
    # Like the one that is named, wherever that is.
    ("04-13", 1, 0, 1),
]


@pytest.mark.parametrize(("to", "number", "phase", "like"), ADDED)
def test_an_added_dose_is_like_another_and_comes_last_by_number(
    to: str, number: int | None, phase: int, like: int
) -> None:
    slots = replaced(cmv(), like, mg_per_kg=Decimal(175))
    outcome = change(slots, "add", number, to)
    extra = outcome.slots[-1]
    assert outcome.slots[:-1] == slots
    assert (extra.number, extra.due_on, extra.state, extra.given_on) == (12, on(to), "planned", None)
    assert (extra.phase, extra.mg_per_kg, extra.is_extra, extra.replaces) == (phase, Decimal(175), True, None)
    assert (extra.every_days, extra.tolerance_days) == (slots[like - 1].every_days, slots[like - 1].tolerance_days)
    assert (outcome.reached, outcome.grows, outcome.asked.reach) == ((12,), True, "this")


def test_an_added_dose_is_planned_though_its_model_was_given_or_left_out() -> None:
    assert table(change(given(monthly(), 1), "add", None, "03-16").slots) == (
        "03-02= 03-30 04-27 05-25 06-22 07-20 03-16"
    )
    slots = with_state(monthly(), "omitted", 2)
    assert table(change(slots, "add", 2, "03-30").slots) == "03-02 03-30- 04-27 05-25 06-22 07-20 03-30"


def test_the_nearest_dose_is_that_of_the_day_it_was_given() -> None:
    slots = given(given(listed(1, 8), 1), 2, late=3)
    slots = replaced(slots, 2, mg_per_kg=Decimal(500))
    assert change(slots, "add", None, "03-11").slots[-1].mg_per_kg == Decimal(400)
    assert change(slots, "add", None, "03-13").slots[-1].mg_per_kg == Decimal(500)


def test_a_wrong_entry_is_no_model() -> None:
    slots = replaced(with_state(listed(1, 8), "error", 2), 2, mg_per_kg=Decimal(500))
    assert change(slots, "add", None, "03-13").slots[-1].mg_per_kg == Decimal(400)


def test_a_number_that_an_undo_took_away_is_not_used_again() -> None:
    assert change(cmv(), "add", None, "03-18", limits=Limits(highest_number=12)).slots[-1].number == 13
    assert change(cmv(), "add", None, "03-18", limits=Limits(highest_number=3)).slots[-1].number == 12


REPLACED = [
    # The old day is free, because the wrong entry does not count any more.
    ("given", None, "03-02= 03-04= 03-06! 03-08 03-10 03-12 03-14 03-16 03-23 03-30 04-06 03-06"),
    ("not given", None, "03-02= 03-04= 03-06! 03-08 03-10 03-12 03-14 03-16 03-23 03-30 04-06 03-06"),
    ("given", "03-09", "03-02= 03-04= 03-06! 03-08 03-10 03-12 03-14 03-16 03-23 03-30 04-06 03-09"),
    ("given", "03-06", "03-02= 03-04= 03-06! 03-08 03-10 03-12 03-14 03-16 03-23 03-30 04-06 03-06"),
]


@pytest.mark.parametrize(("state", "to", "dates"), REPLACED)
def test_a_wrong_entry_is_marked_and_another_dose_takes_its_place(state: str, to: str | None, dates: str) -> None:
    slots = replaced(given(cmv(), 1, 2), 3, state=state, given_on=on("03-07"))
    outcome = change(slots, "error", 3, to)
    wrong, new = outcome.slots[2], outcome.slots[-1]
    assert table(outcome.slots) == dates
    assert (wrong.given_on, new.given_on) == (on("03-07"), None)
    assert (new.number, new.replaces, new.is_extra) == (12, 3, False)
    assert (new.phase, new.mg_per_kg, new.every_days) == (wrong.phase, wrong.mg_per_kg, wrong.every_days)
    assert (outcome.reached, outcome.grows) == ((3, 12), False)


def test_the_dose_in_the_place_of_a_wrong_entry_can_be_wrong_itself() -> None:
    first = change(given(monthly(), 1), "error", 1).slots
    second = change(given(first, 7), "error", 7).slots
    assert table(second) == "03-02! 03-30 04-27 05-25 06-22 07-20 03-02! 03-02"
    assert [slot.replaces for slot in second[-2:]] == [1, 7]


def test_a_wrong_entry_of_an_added_dose_is_replaced_by_an_added_dose() -> None:
    slots = given(change(monthly(), "add", None, "03-16").slots, 7)
    assert [slot.is_extra for slot in change(slots, "error", 7).slots[-2:]] == [True, True]


def test_the_place_of_a_wrong_entry_may_lie_behind_but_no_new_date_may() -> None:
    slots = given(cmv(), 1, 2)
    limits = Limits(not_before=on("03-07"))
    assert table(change(slots, "error", 2, limits=limits).slots[-1:]) == "03-04"
    assert table(change(slots, "error", 2, "03-07", limits=limits).slots[-1:]) == "03-07"
