"""What is noticed about a change: intervals that become shorter or longer than they should be."""

from __future__ import annotations

import pytest

from ivigdesk.scheduling.changes import differences
from ivigdesk.scheduling.changes.slots import Slot

from .build import change, cmv, given, listed, monthly, notes_of, on, replaced, with_state

Notes = dict[int, list[str]]


def noticed(slots: tuple[Slot, ...], *what: object, **more: str) -> Notes:
    return notes_of(slots, change(slots, *what, **more).slots)  # type: ignore[arg-type]


def test_every_dose_is_shown_by_its_new_date_changed_or_not() -> None:
    slots = change(monthly(), "add", None, "03-16").slots
    rows = differences(slots, change(slots, "postpone", 7, "04-01").slots)
    assert [(row.after or row.before).number for row in rows] == [1, 2, 7, 3, 4, 5, 6]  # type: ignore[union-attr]
    assert [row.is_changed for row in rows] == [False, False, True, False, False, False, False]
    assert [row.moved_days for row in rows] == [0, 0, 16, 0, 0, 0, 0]


def test_a_dose_is_shown_where_it_is_added_and_where_it_disappears() -> None:
    slots = change(monthly(), "add", None, "03-16").slots
    there = differences(monthly(), slots)[1]
    assert (there.before, there.after, there.is_changed, there.moved_days) == (None, slots[-1], True, 0)
    gone = differences(slots, monthly())[1]
    assert (gone.before, gone.after, gone.is_changed, gone.moved_days) == (slots[-1], None, True, 0)


def test_doses_are_in_the_order_of_the_days_that_count() -> None:
    slots = given(cmv(), 4, late=3)
    assert [row.after.number for row in differences(slots, slots) if row.after][3:6] == [5, 4, 6]


ALTERNATE_DAYS = [
    # Both sides of a dose that moves alone.
    (("postpone", 3, "03-07"), "", {3: ["3 days after dose 2; 2 expected.", "Only 1 day before dose 4; 2 expected."]}),
    (
        ("bring-forward", 3, "03-05"),
        "",
        {3: ["Only 1 day after dose 2; 2 expected.", "3 days before dose 4; 2 expected."]},
    ),
    # What moves together keeps its intervals; the gap to the next phase is the one that was.
    (
        ("postpone", 3, "03-07"),
        "phase",
        {3: ["3 days after dose 2; 2 expected."], 7: ["Only 1 day before dose 8; 2 expected."]},
    ),
    (("postpone", 3, "03-07"), "rest", {3: ["3 days after dose 2; 2 expected."]}),
    # The first dose has none before it.
    (("postpone", 1, "03-06"), "rest", {}),
    (("postpone", 1, "03-03"), "", {1: ["Only 1 day before dose 2; 2 expected."]}),
    # Between the phases the gap as it was is expected, on either side.
    (
        ("bring-forward", 8, "03-15"),
        "",
        {8: ["Only 1 day after dose 7; 2 expected."]},
    ),
    (("postpone", 8, "03-18"), "phase", {8: ["4 days after dose 7; 2 expected."]}),
]


@pytest.mark.parametrize(("what", "reach", "notes"), ALTERNATE_DAYS)
def test_intervals_beside_what_moves(what: tuple[object, ...], reach: str, notes: Notes) -> None:
    assert noticed(cmv(), *what, reach=reach) == notes


def test_a_weekly_dose_may_be_a_day_off_without_notice() -> None:
    assert noticed(cmv(), "postpone", 10, "03-31") == {}
    assert noticed(cmv(), "bring-forward", 10, "03-29") == {}
    assert noticed(cmv(), "postpone", 10, "04-01") == {
        10: ["9 days after dose 9; 7 expected.", "Only 5 days before dose 11; 7 expected."]
    }


def test_a_replacement_may_be_four_days_off_without_notice() -> None:
    assert noticed(monthly(), "postpone", 3, "05-01") == {}
    assert noticed(monthly(), "postpone", 3, "05-02") == {
        3: ["33 days after dose 2; 28 expected.", "Only 23 days before dose 4; 28 expected."]
    }


def test_an_interval_that_was_broken_before_is_not_noticed_again() -> None:
    slots = change(monthly(), "postpone", 3, "05-10").slots
    assert noticed(slots, "postpone", 6, "07-21") == {}
    assert noticed(slots, "postpone", 3, "05-26", reach="rest") == {3: ["57 days after dose 2; 28 expected."]}


def test_in_a_list_the_interval_as_it_was_is_expected() -> None:
    slots = listed(1, 2, 7, 14)
    assert noticed(slots, "postpone", 3, "03-09", reach="rest") == {3: ["6 days after dose 2; 5 expected."]}
    assert noticed(slots, "omit", 2) == {3: ["6 days after dose 1; 5 expected."]}


def test_with_two_doses_a_week_the_gap_as_it_was_is_expected() -> None:
    slots = listed(1, 4, 8, 11, 15)
    for slot in slots:
        slots = replaced(slots, slot.number, every_days=7, tolerance_days=1, is_uneven=True)
    assert noticed(slots, "postpone", 2, "03-06", reach="rest") == {2: ["4 days after dose 1; 3 expected."]}
    assert noticed(slots, "postpone", 3, "03-10") == {
        3: ["5 days after dose 2; 4 expected.", "Only 2 days before dose 4; 3 expected."]
    }
    assert noticed(slots, "add", 3, "03-18") == {}


def test_a_dose_left_out_is_noticed_at_the_one_that_follows() -> None:
    assert noticed(cmv(), "omit", 5) == {6: ["4 days after dose 4; 2 expected."]}
    assert noticed(cmv(), "omit", 7) == {8: ["4 days after dose 6; 2 expected."]}
    assert noticed(cmv(), "omit", 9) == {10: ["14 days after dose 8; 7 expected."]}
    assert noticed(cmv(), "omit", 11) == {}
    assert noticed(cmv(), "omit", 1) == {}
    assert noticed(cmv(), "cease", 8) == {}


def test_a_dose_on_hold_still_holds_its_day() -> None:
    assert noticed(cmv(), "hold", 5, reach="rest") == {}


def test_a_dose_left_out_to_keep_the_end_is_noticed_at_the_one_that_moved_before_it() -> None:
    assert noticed(cmv(), "postpone", 4, "03-09", reach="keep-end") == {
        4: ["3 days after dose 3; 2 expected."],
        6: ["3 days before dose 8; 2 expected."],
    }


def test_an_added_dose_is_held_against_the_interval_of_its_phase() -> None:
    assert noticed(cmv(), "add", None, "03-18") == {
        12: ["Only 2 days after dose 8; 7 expected.", "Only 5 days before dose 9; 7 expected."]
    }
    assert noticed(cmv(), "add", None, "04-13") == {}
    assert noticed(cmv(), "add", None, "04-12") == {}
    assert noticed(cmv(), "add", 8, "02-26") == {}
    assert noticed(cmv(), "add", 7, "03-15") == {
        12: ["Only 1 day after dose 7; 2 expected.", "Only 1 day before dose 8; 2 expected."]
    }
    # Alternate days between two weekly doses: right after the one, too near the other.
    assert noticed(cmv(), "add", 7, "03-18") == {12: ["Only 5 days before dose 9; 7 expected."]}
    # Six days before a weekly dose are within its tolerance.
    assert noticed(cmv(), "add", 7, "03-17") == {12: ["Only 1 day after dose 8; 2 expected."]}


def test_an_added_dose_of_a_list_has_no_interval_of_its_own() -> None:
    assert noticed(listed(1, 2, 7, 14), "add", None, "02-27") == {}
    assert noticed(listed(1, 2, 7, 14), "add", None, "03-10") == {5: ["Only 5 days before dose 4; 7 expected."]}


def test_what_stands_beside_an_added_dose_is_not_noticed_when_something_else_changes() -> None:
    slots = change(cmv(), "add", 7, "03-15").slots
    assert noticed(slots, "postpone", 11, "04-07") == {}


def test_when_an_added_dose_disappears_the_interval_is_the_regimens_again() -> None:
    for to in ("03-15", "03-18"):
        assert notes_of(change(cmv(), "add", 7, to).slots, cmv()) == {}
    slots = listed(1, 2, 7, 14)
    assert notes_of(change(slots, "add", None, "03-10").slots, slots) == {}


@pytest.mark.parametrize("number", [1, 5, 7, 8, 9, 11])
def test_a_dose_that_takes_place_again_where_it_stood_is_not_noticed(number: int) -> None:
    assert notes_of(with_state(cmv(), "omitted", number), cmv()) == {}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_dose_of_a_list_that_takes_place_again_where_it_stood_is_not_noticed(number: int) -> None:
    slots = listed(1, 2, 7, 14)
    assert notes_of(with_state(slots, "omitted", number), slots) == {}


def test_a_dose_that_takes_place_again_is_noticed_where_its_interval_is_wrong() -> None:
    slots = replaced(cmv(), 6, due_on=on("03-11"))
    assert notes_of(with_state(slots, "omitted", 6), slots) == {
        6: ["Only 1 day after dose 5; 2 expected.", "3 days before dose 7; 2 expected."],
    }


def test_one_in_the_place_of_another_on_its_day_is_not_noticed() -> None:
    slots = given(cmv(), 1, 2, 3)
    assert noticed(slots, "error", 3) == {}
    assert noticed(slots, "error", 3, "03-07") == {
        12: ["3 days after dose 2; 2 expected.", "Only 1 day before dose 4; 2 expected."]
    }
    assert noticed(given(listed(1, 2, 7, 14), 2), "error", 2, "03-04") == {
        5: ["2 days after dose 1; 1 expected.", "Only 4 days before dose 3; 5 expected."]
    }


def test_one_in_the_place_of_another_moves_like_any_dose() -> None:
    slots = change(given(cmv(), 1, 2, 3), "error", 3).slots
    assert noticed(slots, "postpone", 12, "03-07") == {
        12: ["3 days after dose 2; 2 expected.", "Only 1 day before dose 4; 2 expected."]
    }


def test_one_in_the_place_of_a_late_wrong_entry_is_held_against_the_planned_interval() -> None:
    slots = given(listed(1, 2, 7, 14), 2, late=1)
    assert noticed(slots, "error", 2, "03-05") == {
        5: ["3 days after dose 1; 1 expected.", "Only 3 days before dose 3; 5 expected."]
    }


def test_one_in_the_place_of_another_is_held_against_its_own_interval_once_it_stands() -> None:
    slots = change(given(listed(1, 2, 7, 14), 2), "error", 2, "03-05").slots
    assert noticed(slots, "postpone", 5, "03-06") == {
        5: ["4 days after dose 1; 3 expected.", "Only 2 days before dose 3; 3 expected."]
    }


def test_later_doses_that_follow_a_late_one_are_not_noticed() -> None:
    slots = given(cmv(), 4, late=1)
    assert noticed(slots, "realign", 4, reach="rest") == {}
    assert noticed(slots, "realign", 4) == {7: ["Only 1 day before dose 8; 2 expected."]}


def test_between_phases_the_planned_interval_is_expected_though_a_dose_was_given_late() -> None:
    slots = given(cmv(), 7, late=1)
    assert noticed(slots, "realign", 7, reach="rest") == {}
    assert noticed(slots, "postpone", 8, "03-17") == {}
    assert noticed(slots, "postpone", 8, "03-18", reach="rest") == {8: ["3 days after dose 7; 2 expected."]}


def test_the_gap_since_a_dose_that_was_given_late_counts_from_the_day_it_was_given() -> None:
    slots = given(cmv(), 4, late=1)
    assert noticed(slots, "omit", 5) == {6: ["3 days after dose 4; 2 expected."]}
    assert noticed(slots, "omit", 3) == {4: ["5 days after dose 2; 2 expected."]}
    # Given after the day of dose 5: it is the one that stands before dose 6.
    assert noticed(given(cmv(), 4, late=3), "omit", 6) == {7: ["3 days after dose 4; 2 expected."]}


def test_a_dose_that_was_given_late_is_not_noticed_when_something_else_changes() -> None:
    for late in (-1, 1, 3):
        assert noticed(given(cmv(), 4, late=late), "postpone", 11, "04-07") == {}


def test_doses_that_slide_by_whole_intervals_are_noticed_where_they_begin_again() -> None:
    assert noticed(cmv(), "postpone", 9, "04-01", reach="rest", grid="keep") == {
        9: ["16 days after dose 8; 7 expected."],
        10: ["Only 5 days after dose 9; 7 expected."],
    }
