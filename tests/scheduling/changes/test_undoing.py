"""Undo: which calendar comes back, and what it looks like with what was recorded in the meantime."""

from __future__ import annotations

import pytest

from ivigdesk.errors import KnownError
from ivigdesk.scheduling.changes import newest_change, restored, undone
from ivigdesk.scheduling.changes.slots import Limits

from .build import change, cmv, given, monthly, on, replaced, said, table, with_state

# What each revision puts back (None for a change), what the next undo puts back, and which change it takes back.
CHAINS = [
    ((), None, None),
    ((None,), None, None),
    ((None, None), 1, 2),
    ((None, None, None), 2, 3),
    # One undo: the change before it is next; the first calendar then stands alone.
    ((None, None, 1), None, None),
    ((None, None, None, 2), 1, 2),
    ((None, None, None, 2, 1), None, None),
    # A change after an undo is undone first, and then what stood before the undo.
    ((None, None, None, 2, None), 2, 5),
    ((None, None, None, 2, None, 2), 1, 2),
    ((None, None, None, 2, None, 2, 1), None, None),
    ((None, None, 1, None), 1, 4),
    ((None, None, 1, None, None, 4), 1, 4),
    ((None, None, 1, None, None, 4, 1), None, None),
    # Revisions that an undo left behind are never put back.
    ((None, None, None, None, 3, 2, None, None), 7, 8),
]


@pytest.mark.parametrize(("restores", "puts_back", "takes_back"), CHAINS)
def test_several_undos_walk_further_back(
    restores: tuple[int | None, ...], puts_back: int | None, takes_back: int | None
) -> None:
    assert undone(restores) == puts_back
    assert newest_change(restores) == takes_back


@pytest.mark.parametrize(
    ("verb", "number", "to", "reach", "grid"),
    [
        ("postpone", 4, "03-09", "rest", "re-anchor"),
        ("postpone", 9, "04-01", "rest", "keep"),
        ("postpone", 4, "03-17", "keep-end", "re-anchor"),
        ("bring-forward", 4, "03-07", "phase", "re-anchor"),
        ("omit", 5, None, "this", ""),
        ("hold", 5, None, "rest", ""),
        ("cease", None, None, "", ""),
        ("add", None, "03-18", "", ""),
        ("first-day", 8, "03-22", "phase", ""),
    ],
)
def test_a_change_that_is_undone_leaves_nothing_behind(
    verb: str, number: int | None, to: str | None, reach: str, grid: str
) -> None:
    assert restored(change(cmv(), verb, number, to, reach=reach, grid=grid).slots, cmv()) == cmv()


def test_a_dose_given_in_the_meantime_stays_as_it_is() -> None:
    slots = change(cmv(), "postpone", 9, "03-24", reach="rest").slots
    after = restored(given(slots, 1, 8, late=0), given(cmv(), 1, 8))
    assert table(after[7:]) == "03-16= 03-23 03-30 04-06"
    slots = given(change(cmv(), "postpone", 8, "03-17", reach="rest").slots, 8)
    assert table(restored(slots, given(cmv(), 8))[7:]) == "03-17= 03-23 03-30 04-06"


@pytest.mark.parametrize("state", ["given", "running", "not given"])
def test_what_is_on_record_stays_though_the_earlier_calendar_does_not_know(state: str) -> None:
    slots = replaced(change(cmv(), "postpone", 8, "03-17").slots, 8, state=state, given_on=on("03-17"))
    assert restored(slots, cmv())[7] == slots[7]


def test_an_added_dose_that_has_a_record_since_stays_and_so_does_the_change() -> None:
    slots = change(cmv(), "add", None, "03-18").slots
    for state in ("given", "running", "not given", "error"):
        with pytest.raises(KnownError) as error:
            restored(with_state(slots, state, 12), cmv())  # type: ignore[arg-type]
        assert said(error.value) == (
            "Dose 12 was added by this change and has a record since. The change cannot be undone."
        )
    assert restored(with_state(slots, "held", 12), cmv()) == cmv()


def test_a_dose_marked_as_a_wrong_entry_counts_again() -> None:
    before = given(monthly(), 1)
    assert restored(change(before, "error", 1).slots, before) == before


def test_a_wrong_entry_stays_marked_when_a_later_change_is_undone() -> None:
    wrong = change(given(monthly(), 1), "error", 1).slots
    assert restored(change(wrong, "postpone", 3, "04-28").slots, wrong) == wrong


def test_a_hard_rule_that_would_break_keeps_the_change() -> None:
    # Dose 8 was given on its new day, after the old day of dose 9.
    slots = given(change(cmv(), "postpone", 8, "03-25", reach="rest").slots, 8)
    with pytest.raises(KnownError) as error:
        restored(slots, cmv())
    assert said(error.value) == (
        "The change cannot be undone. Dose 9 cannot move to Mon 23 Mar 2026: dose 8 stays on Wed 25 Mar 2026. Allowed: "
        "a date after it."
    )


def test_a_date_in_the_past_comes_back_but_none_before_the_regimen_gives_one() -> None:
    slots = change(cmv(), "postpone", 4, "03-09").slots
    assert restored(slots, cmv(), Limits(not_before=on("03-09"))) == cmv()
    with pytest.raises(KnownError, match="The change cannot be undone"):
        restored(slots, cmv(), Limits(earliest_on=on("03-09")))
