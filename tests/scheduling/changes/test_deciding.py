"""Doses that are omitted, held, resumed or ceased, and those that get another product or weight."""

from __future__ import annotations

import pytest

from .build import change, cmv, given, monthly, table, with_state

DECIDED = [
    ("omit", "this", "03-10- 03-12 03-14 03-16 03-23 03-30 04-06", (5,)),
    ("omit", "", "03-10- 03-12 03-14 03-16 03-23 03-30 04-06", (5,)),
    ("omit", "phase", "03-10- 03-12- 03-14- 03-16 03-23 03-30 04-06", (5, 6, 7)),
    ("omit", "rest", "03-10- 03-12- 03-14- 03-16- 03-23- 03-30- 04-06-", (5, 6, 7, 8, 9, 10, 11)),
    ("hold", "this", "03-10? 03-12 03-14 03-16 03-23 03-30 04-06", (5,)),
    ("hold", "", "03-10? 03-12 03-14 03-16 03-23 03-30 04-06", (5,)),
    ("hold", "phase", "03-10? 03-12? 03-14? 03-16 03-23 03-30 04-06", (5, 6, 7)),
    ("hold", "rest", "03-10? 03-12? 03-14? 03-16? 03-23? 03-30? 04-06?", (5, 6, 7, 8, 9, 10, 11)),
    ("cease", "this", "03-10x 03-12 03-14 03-16 03-23 03-30 04-06", (5,)),
    ("cease", "phase", "03-10x 03-12x 03-14x 03-16 03-23 03-30 04-06", (5, 6, 7)),
    ("cease", "rest", "03-10x 03-12x 03-14x 03-16x 03-23x 03-30x 04-06x", (5, 6, 7, 8, 9, 10, 11)),
    ("cease", "", "03-10x 03-12x 03-14x 03-16x 03-23x 03-30x 04-06x", (5, 6, 7, 8, 9, 10, 11)),
]


@pytest.mark.parametrize(("verb", "reach", "later", "reached"), DECIDED)
def test_doses_are_decided_on_and_none_moves(verb: str, reach: str, later: str, reached: tuple[int, ...]) -> None:
    outcome = change(given(cmv(), 1, 2, 3, 4), verb, 5, reach=reach)
    assert table(outcome.slots) == f"03-02= 03-04= 03-06= 03-08= {later}"
    assert outcome.reached == reached


def test_what_remains_ceases_without_naming_a_dose() -> None:
    slots = with_state(given(monthly(), 1), "held", 2)
    assert table(change(slots, "cease").slots) == "03-02= 03-30x 04-27x 05-25x 06-22x 07-20x"


def test_what_remains_of_the_phase_at_hand_ceases() -> None:
    assert table(change(given(cmv(), 1, 2, 3, 4, 5), "cease", reach="phase").slots[5:]) == (
        "03-12x 03-14x 03-16 03-23 03-30 04-06"
    )


def test_a_held_dose_can_be_omitted_or_ceased() -> None:
    slots = with_state(monthly(), "held", 2)
    assert table(change(slots, "omit", 2).slots[:3]) == "03-02 03-30- 04-27"
    assert table(change(slots, "cease", 2, reach="this").slots[:3]) == "03-02 03-30x 04-27"


def test_doses_that_are_omitted_stay_omitted_when_the_rest_is_held_or_ceases() -> None:
    slots = with_state(monthly(), "omitted", 3)
    assert table(change(slots, "hold", 2, reach="rest").slots) == "03-02 03-30? 04-27- 05-25? 06-22? 07-20?"
    assert table(change(slots, "cease", 2).slots) == "03-02 03-30x 04-27- 05-25x 06-22x 07-20x"


HELD = with_state(given(cmv(), 1, 2, 3, 4), "held", 5, 6, 7, 9)

RESUMED = [
    # Without a number, every dose on hold; without a date, each on its own.
    (None, None, "", "", "03-10 03-12 03-14 03-16 03-23 03-30 04-06", (5, 6, 7, 9)),
    (None, None, "phase", "", "03-10 03-12 03-14 03-16 03-23? 03-30 04-06", (5, 6, 7)),
    (None, None, "this", "", "03-10 03-12? 03-14? 03-16 03-23? 03-30 04-06", (5,)),
    (6, None, "", "", "03-10? 03-12 03-14? 03-16 03-23? 03-30 04-06", (6,)),
    (6, None, "rest", "", "03-10? 03-12 03-14 03-16 03-23 03-30 04-06", (6, 7, 9)),
    # The date that it has is no other date.
    (6, "03-12", "", "", "03-10? 03-12 03-14? 03-16 03-23? 03-30 04-06", (6,)),
    # With a date the first one moves, and later ones follow by reach and grid, held or not.
    (None, "03-13", "", "", "03-13 03-15 03-17 03-19 03-26 04-02 04-09", (5, 6, 7, 8, 9, 10, 11)),
    (None, "03-13", "rest", "keep", "03-13 03-14 03-16 03-23 03-30 04-06 04-13", (5, 6, 7, 8, 9, 10, 11)),
    (None, "03-11", "phase", "", "03-11 03-13 03-15 03-16 03-23? 03-30 04-06", (5, 6, 7)),
    # The 13th lies within the phase: it is left out what passes the 14th; dose 9 resumes where it stands.
    (None, "03-13", "keep-end", "", "03-13 03-12- 03-14- 03-16 03-23 03-30 04-06", (5, 6, 7, 9)),
    (5, "03-11", "this", "", "03-11 03-12? 03-14? 03-16 03-23? 03-30 04-06", (5,)),
    # Earlier is allowed too.
    (5, "03-09", "this", "", "03-09 03-12? 03-14? 03-16 03-23? 03-30 04-06", (5,)),
]


@pytest.mark.parametrize(("number", "to", "reach", "grid", "later", "reached"), RESUMED)
def test_held_doses_are_resumed(
    number: int | None, to: str | None, reach: str, grid: str, later: str, reached: tuple[int, ...]
) -> None:
    outcome = change(HELD, "resume", number, to, reach=reach, grid=grid)
    assert table(outcome.slots) == f"03-02= 03-04= 03-06= 03-08= {later}"
    assert outcome.reached == reached


def test_what_resuming_leaves_out_to_keep_the_end_is_said() -> None:
    outcome = change(HELD, "resume", None, "03-13", reach="keep-end")
    assert (f"{outcome.kept_end:%m-%d}", outcome.left_out) == ("03-14", (6, 7))


def test_the_reach_of_resuming_follows_from_whether_a_dose_is_named() -> None:
    assert change(HELD, "resume").asked.reach == "rest"
    assert change(HELD, "resume", 5).asked.reach == "this"


LOOKED_AT = [
    (5, "", (5, 6, 7, 8, 9, 10, 11)),
    (5, "rest", (5, 6, 7, 8, 9, 10, 11)),
    (5, "phase", (5, 6, 7)),
    (5, "this", (5,)),
    (None, "", (5, 6, 7, 8, 9, 10, 11)),
]


@pytest.mark.parametrize("verb", ["product", "weight"])
@pytest.mark.parametrize(("number", "reach", "reached"), LOOKED_AT)
def test_another_product_or_weight_reaches_waiting_doses_and_moves_none(
    verb: str, number: int | None, reach: str, reached: tuple[int, ...]
) -> None:
    slots = given(cmv(), 1, 2, 3, 4)
    outcome = change(slots, verb, number, reach=reach)
    assert (outcome.slots, outcome.reached, outcome.grows) == (slots, reached, False)
