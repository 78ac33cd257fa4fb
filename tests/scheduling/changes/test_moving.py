"""Doses that move: tables of dates for each verb, reach and grid.

A calendar is one line: the dates by number, with a sign for what is not planned: = given, - omitted, ? held.
"""

from __future__ import annotations

import pytest

from ivigdesk.errors import UserMistake
from ivigdesk.scheduling.changes.slots import Slot

from .build import change, cmv, given, listed, monthly, replaced, table, with_state

FOUR_ON_TIME = given(cmv(), 1, 2, 3)
FOUR_LATE = given(FOUR_ON_TIME, 4, late=1)
FOUR_ON_THE_DAY_OF_FIVE = given(FOUR_ON_TIME, 4, late=2)
FOUR_EARLY = given(FOUR_ON_TIME, 4, late=-1)
SEVEN_LATE = given(given(cmv(), 1, 2, 3, 4, 5, 6), 7, late=1)
CEASED_AFTER_9 = with_state(cmv(), "ceased", 10, 11)

POSTPONED_BY_A_DAY = [
    # Alternate days, 1 day late: nothing else moves, dose 5 is only a day away.
    ("this", "", "03-02 03-04 03-06 03-09 03-10 03-12 03-14 03-16 03-23 03-30 04-06"),
    # The alternate days go on from the new day; the weekly doses stay.
    ("phase", "", "03-02 03-04 03-06 03-09 03-11 03-13 03-15 03-16 03-23 03-30 04-06"),
    ("phase", "re-anchor", "03-02 03-04 03-06 03-09 03-11 03-13 03-15 03-16 03-23 03-30 04-06"),
    # Each later dose still lies after the one before it, so that it keeps its day.
    ("phase", "keep", "03-02 03-04 03-06 03-09 03-10 03-12 03-14 03-16 03-23 03-30 04-06"),
    # Everything after it goes along, and the course ends a day later.
    ("rest", "", "03-02 03-04 03-06 03-09 03-11 03-13 03-15 03-17 03-24 03-31 04-07"),
    ("rest", "keep", "03-02 03-04 03-06 03-09 03-10 03-12 03-14 03-16 03-23 03-30 04-06"),
    # The 9th lies within the phase, whose last date is the 14th: dose 7 would be on the 15th and is left out.
    ("keep-end", "", "03-02 03-04 03-06 03-09 03-11 03-13 03-14- 03-16 03-23 03-30 04-06"),
    # With its days kept the phase ends in time: nothing is left out.
    ("keep-end", "keep", "03-02 03-04 03-06 03-09 03-10 03-12 03-14 03-16 03-23 03-30 04-06"),
]


@pytest.mark.parametrize(("reach", "grid", "dates"), POSTPONED_BY_A_DAY)
def test_an_alternate_day_dose_is_postponed_by_a_day(reach: str, grid: str, dates: str) -> None:
    assert table(change(cmv(), "postpone", 4, "03-09", reach=reach, grid=grid).slots) == dates


POSTPONED_BY_NINE_DAYS = [
    # Past the phase's last date: everything goes along by 9 days.
    ("rest", "", "03-02 03-04 03-06 03-17 03-19 03-21 03-23 03-25 04-01 04-08 04-15"),
    # The even days of March go on: 18, 20, 22; the first Monday after the 22nd is the 23rd.
    ("rest", "keep", "03-02 03-04 03-06 03-17 03-18 03-20 03-22 03-23 03-30 04-06 04-13"),
    # The course's last date is 6 April: doses 10 and 11 would be on the 8th and 15th.
    ("keep-end", "", "03-02 03-04 03-06 03-17 03-19 03-21 03-23 03-25 04-01 03-30- 04-06-"),
    # With the Mondays kept only dose 11 would be later than 6 April.
    ("keep-end", "keep", "03-02 03-04 03-06 03-17 03-18 03-20 03-22 03-23 03-30 04-06 04-06-"),
]


@pytest.mark.parametrize(("reach", "grid", "dates"), POSTPONED_BY_NINE_DAYS)
def test_an_alternate_day_dose_is_postponed_past_the_end_of_its_phase(reach: str, grid: str, dates: str) -> None:
    assert table(change(cmv(), "postpone", 4, "03-17", reach=reach, grid=grid).slots) == dates


POSTPONED_PAST_THE_NEXT = [
    # 9 days late: the next Monday after 1 April is the 6th, and so dose 10 and 11 slide by whole weeks.
    ("phase", "keep", "03-02 03-04 03-06 03-08 03-10 03-12 03-14 03-16 04-01 04-06 04-13"),
    # Wednesdays from now on.
    ("phase", "re-anchor", "03-02 03-04 03-06 03-08 03-10 03-12 03-14 03-16 04-01 04-08 04-15"),
    ("rest", "keep", "03-02 03-04 03-06 03-08 03-10 03-12 03-14 03-16 04-01 04-06 04-13"),
    ("rest", "re-anchor", "03-02 03-04 03-06 03-08 03-10 03-12 03-14 03-16 04-01 04-08 04-15"),
    ("keep-end", "keep", "03-02 03-04 03-06 03-08 03-10 03-12 03-14 03-16 04-01 04-06 04-06-"),
    ("keep-end", "re-anchor", "03-02 03-04 03-06 03-08 03-10 03-12 03-14 03-16 04-01 03-30- 04-06-"),
]


@pytest.mark.parametrize(("reach", "grid", "dates"), POSTPONED_PAST_THE_NEXT)
def test_a_weekly_dose_is_postponed_past_the_next_one(reach: str, grid: str, dates: str) -> None:
    assert table(change(cmv(), "postpone", 9, "04-01", reach=reach, grid=grid).slots) == dates


def test_a_day_of_the_rhythm_that_is_reached_exactly_is_not_free_any_more() -> None:
    # Dose 9 takes the Monday of dose 10, which takes that of dose 11, which takes the next one.
    after = change(cmv(), "postpone", 9, "03-30", reach="rest", grid="keep").slots
    assert table(after[8:]) == "03-30 04-06 04-13"


MONTHLY = [
    ("postpone", "04-10", "this", "", "03-02 04-10 04-27 05-25 06-22 07-20"),
    ("postpone", "04-10", "rest", "re-anchor", "03-02 04-10 05-08 06-05 07-03 07-31"),
    # 17 days before the next one: the days are kept all the same, and it is noticed.
    ("postpone", "04-10", "rest", "keep", "03-02 04-10 04-27 05-25 06-22 07-20"),
    ("postpone", "04-10", "keep-end", "re-anchor", "03-02 04-10 05-08 06-05 07-03 07-20-"),
    # More than a whole interval late: the others slide by one interval.
    ("postpone", "05-01", "rest", "keep", "03-02 05-01 05-25 06-22 07-20 08-17"),
    ("postpone", "05-01", "phase", "re-anchor", "03-02 05-01 05-29 06-26 07-24 08-21"),
    ("postpone", "05-01", "keep-end", "keep", "03-02 05-01 05-25 06-22 07-20 07-20-"),
    ("postpone", "05-01", "keep-end", "re-anchor", "03-02 05-01 05-29 06-26 06-22- 07-20-"),
    ("bring-forward", "03-27", "this", "", "03-02 03-27 04-27 05-25 06-22 07-20"),
    ("bring-forward", "03-27", "rest", "re-anchor", "03-02 03-27 04-24 05-22 06-19 07-17"),
    ("bring-forward", "03-27", "rest", "keep", "03-02 03-27 04-27 05-25 06-22 07-20"),
]


@pytest.mark.parametrize(("verb", "to", "reach", "grid", "dates"), MONTHLY)
def test_the_second_dose_of_a_replacement_moves(verb: str, to: str, reach: str, grid: str, dates: str) -> None:
    assert table(change(monthly(), verb, 2, to, reach=reach, grid=grid).slots) == dates


LIST = [
    ("this", "", "03-06", "03-02 03-06 03-08 03-15"),
    ("rest", "re-anchor", "03-08", "03-02 03-08 03-13 03-20"),
    ("phase", "re-anchor", "03-08", "03-02 03-08 03-13 03-20"),
    ("keep-end", "re-anchor", "03-08", "03-02 03-08 03-13 03-15-"),
    # Every later dose still lies after the one before it.
    ("rest", "keep", "03-06", "03-02 03-06 03-08 03-15"),
]


@pytest.mark.parametrize(("reach", "grid", "to", "dates"), LIST)
def test_a_dose_of_a_list_of_days_is_postponed(reach: str, grid: str, to: str, dates: str) -> None:
    assert table(change(listed(1, 2, 7, 14), "postpone", 2, to, reach=reach, grid=grid).slots) == dates


def test_a_dose_of_a_list_takes_the_old_day_of_the_next_one() -> None:
    # Dose 4 was omitted, so that its day is there to be taken.
    slots = with_state(listed(1, 2, 7, 14), "omitted", 4)
    assert table(change(slots, "postpone", 2, "03-08", reach="rest", grid="keep").slots) == "03-02 03-08 03-15 03-15-"


BROUGHT_FORWARD = [
    ("this", "", "03-02 03-04 03-06 03-07 03-10 03-12 03-14 03-16 03-23 03-30 04-06"),
    ("phase", "", "03-02 03-04 03-06 03-07 03-09 03-11 03-13 03-16 03-23 03-30 04-06"),
    ("phase", "keep", "03-02 03-04 03-06 03-07 03-10 03-12 03-14 03-16 03-23 03-30 04-06"),
    ("rest", "", "03-02 03-04 03-06 03-07 03-09 03-11 03-13 03-15 03-22 03-29 04-05"),
    ("rest", "keep", "03-02 03-04 03-06 03-07 03-10 03-12 03-14 03-16 03-23 03-30 04-06"),
    # Nothing comes to stand after the end: nothing is left out.
    ("keep-end", "", "03-02 03-04 03-06 03-07 03-09 03-11 03-13 03-16 03-23 03-30 04-06"),
]


@pytest.mark.parametrize(("reach", "grid", "dates"), BROUGHT_FORWARD)
def test_an_alternate_day_dose_is_brought_forward_by_a_day(reach: str, grid: str, dates: str) -> None:
    assert table(change(cmv(), "bring-forward", 4, "03-07", reach=reach, grid=grid).slots) == dates


FIRST_WEEKLY_DAY = [
    ("03-21", "phase", "", "03-21 03-28 04-04 04-11"),  # day 20
    ("03-22", "phase", "", "03-22 03-29 04-05 04-12"),  # day 21
    ("03-21", "rest", "", "03-21 03-28 04-04 04-11"),
    ("03-21", "keep-end", "", "03-21 03-28 04-04 04-06-"),
    ("03-15", "", "", "03-15 03-22 03-29 04-05"),  # earlier
    ("03-21", "phase", "keep", "03-21 03-23 03-30 04-06"),
]


@pytest.mark.parametrize("number", [8, 9, 11])
@pytest.mark.parametrize(("to", "reach", "grid", "weekly"), FIRST_WEEKLY_DAY)
def test_the_weekly_phase_begins_on_another_day_whichever_of_its_doses_is_named(
    number: int, to: str, reach: str, grid: str, weekly: str
) -> None:
    slots = given(cmv(), 1, 2)
    alternate = "03-02= 03-04= 03-06 03-08 03-10 03-12 03-14"
    after = change(slots, "first-day", number, to, reach=reach, grid=grid).slots
    assert table(after) == f"{alternate} {weekly}"


def test_a_first_day_left_out_leaves_the_next_one_to_be_the_first() -> None:
    slots = with_state(cmv(), "omitted", 8)
    assert table(change(slots, "first-day", 9, "03-25").slots[7:]) == "03-16- 03-25 04-01 04-08"


REALIGNED = [
    # Given a day late: the alternate days count from the day it was given.
    (FOUR_LATE, "phase", "", "03-11 03-13 03-15 03-16 03-23 03-30 04-06"),
    (FOUR_LATE, "", "", "03-11 03-13 03-15 03-16 03-23 03-30 04-06"),
    (FOUR_LATE, "rest", "", "03-11 03-13 03-15 03-17 03-24 03-31 04-07"),
    (FOUR_LATE, "keep-end", "", "03-11 03-13 03-14- 03-16 03-23 03-30 04-06"),
    # Given a day early: the rest goes along, earlier.
    (FOUR_EARLY, "phase", "", "03-09 03-11 03-13 03-16 03-23 03-30 04-06"),
    (FOUR_EARLY, "rest", "", "03-09 03-11 03-13 03-15 03-22 03-29 04-05"),
    (FOUR_EARLY, "keep-end", "", "03-09 03-11 03-13 03-16 03-23 03-30 04-06"),
    # Given on the day of dose 5, which cannot stay there even when the days are kept.
    (FOUR_ON_THE_DAY_OF_FIVE, "rest", "", "03-12 03-14 03-16 03-18 03-25 04-01 04-08"),
    (FOUR_ON_THE_DAY_OF_FIVE, "rest", "keep", "03-12 03-14 03-16 03-23 03-30 04-06 04-13"),
    (FOUR_ON_THE_DAY_OF_FIVE, "keep-end", "", "03-12 03-14 03-14- 03-16 03-23 03-30 04-06"),
]


@pytest.mark.parametrize(("slots", "reach", "grid", "later"), REALIGNED)
def test_later_doses_follow_one_given_on_another_day(
    slots: tuple[Slot, ...], reach: str, grid: str, later: str
) -> None:
    outcome = change(slots, "realign", 4, reach=reach, grid=grid)
    assert table(outcome.slots) == f"03-02= 03-04= 03-06= 03-08= {later}"
    assert 4 not in outcome.reached


def test_the_end_of_the_phase_is_the_one_that_was_planned_not_the_late_day_itself() -> None:
    # Dose 7 closed its phase on the 14th and was given on the 15th: so the course's end is the one to keep.
    after = change(SEVEN_LATE, "realign", 7, reach="keep-end").slots
    assert table(after[6:]) == "03-14= 03-17 03-24 03-31 04-06-"


def test_a_dose_given_after_the_end_that_is_kept_leaves_out_what_follows() -> None:
    slots = given(given(cmv(), 1, 2, 3, 4, 5, 6, 7, 8, 9), 10, late=8)
    assert table(change(slots, "realign", 10, reach="keep-end").slots[9:]) == "03-30= 04-06-"


def test_a_move_that_keeps_the_end_says_which_end_and_what_it_leaves_out() -> None:
    by_phase = change(cmv(), "postpone", 4, "03-09", reach="keep-end")
    assert (f"{by_phase.kept_end:%m-%d}", by_phase.left_out) == ("03-14", (7,))
    by_course = change(cmv(), "postpone", 4, "03-17", reach="keep-end")
    assert (f"{by_course.kept_end:%m-%d}", by_course.left_out) == ("04-06", (10, 11))
    plain = change(cmv(), "postpone", 4, "03-17", reach="rest")
    assert (plain.kept_end, plain.left_out) == (None, ())


def test_a_dose_on_the_very_end_that_is_kept_still_takes_place() -> None:
    # Two days late: dose 6 comes to stand on the 14th, the phase's last date.
    assert table(change(cmv(), "postpone", 4, "03-10", reach="keep-end").slots[3:7]) == "03-10 03-12 03-14 03-14-"
    # Six days late, on the last date itself: all others of the phase are left out.
    assert table(change(cmv(), "postpone", 4, "03-14", reach="keep-end").slots[3:8]) == (
        "03-14 03-10- 03-12- 03-14- 03-16"
    )


def test_a_dose_that_takes_the_very_end_of_the_course_is_the_last_one_left() -> None:
    after = change(cmv(), "postpone", 4, "04-06", reach="keep-end").slots
    assert table(after[3:]) == "04-06 03-10- 03-12- 03-14- 03-16- 03-23- 03-30- 04-06-"


def test_the_end_that_is_kept_is_that_of_the_doses_that_take_place() -> None:
    assert change(CEASED_AFTER_9, "postpone", 8, "03-17", reach="keep-end").left_out == (9,)
    slots = with_state(cmv(), "omitted", 7)
    assert change(slots, "postpone", 4, "03-09", reach="keep-end").left_out == (6,)


def test_a_move_says_which_doses_it_is_about_and_how_it_was_taken() -> None:
    alone = change(cmv(), "postpone", 9, "03-24")
    assert (alone.asked.reach, alone.asked.grid, alone.reached) == ("this", None, (9,))
    phase = change(cmv(), "postpone", 6, "03-13", reach="phase")
    assert (phase.asked.reach, phase.asked.grid, phase.reached) == ("phase", "re-anchor", (6, 7))
    rest = change(cmv(), "postpone", 9, "03-24", reach="rest", grid="keep")
    assert (rest.asked.reach, rest.asked.grid, rest.reached) == ("rest", "keep", (9, 10, 11))
    assert change(FOUR_LATE, "realign", 4).reached == (5, 6, 7)
    assert change(cmv(), "first-day", 8, "03-21").asked.reach == "phase"
    assert not rest.grows


def test_a_grid_that_nothing_can_follow_is_not_taken() -> None:
    assert change(cmv(), "postpone", 9, "03-24", reach="this", grid="keep").asked.grid is None
    assert change(cmv(), "omit", 9, reach="rest", grid="keep").asked.grid is None


def test_held_doses_go_along_and_stay_on_hold() -> None:
    slots = with_state(cmv(), "held", 9, 10)
    assert table(change(slots, "postpone", 9, "03-24", reach="rest").slots[8:]) == "03-24? 03-31? 04-07"


def test_doses_that_are_settled_do_not_go_along() -> None:
    slots = with_state(with_state(given(cmv(), 1), "omitted", 9), "not given", 2)
    after = change(slots, "postpone", 8, "03-17", reach="rest").slots
    assert table(after) == "03-02= 03-04~ 03-06 03-08 03-10 03-12 03-14 03-17 03-23- 03-31 04-07"


def test_an_omitted_dose_stands_in_nobodys_way() -> None:
    slots = with_state(cmv(), "omitted", 9)
    assert table(change(slots, "postpone", 8, "03-24").slots[7:9]) == "03-24 03-23-"
    assert table(change(slots, "postpone", 8, "03-23").slots[7:9]) == "03-23 03-23-"
    with pytest.raises(UserMistake, match="dose 10 stands there"):
        change(slots, "postpone", 8, "03-30")


def test_an_added_dose_goes_along_by_its_date_and_not_by_its_number() -> None:
    slots = change(cmv(), "add", 9, "03-26").slots
    # It stands between dose 9 and 10: it goes along with 9, and stays when 10 moves.
    assert table(change(slots, "postpone", 9, "03-24", reach="phase").slots[8:]) == "03-24 03-31 04-07 03-27"
    assert table(change(slots, "postpone", 10, "03-31", reach="rest").slots[8:]) == "03-23 03-31 04-07 03-26"


def test_an_added_dose_is_no_day_of_the_rhythm() -> None:
    slots = change(cmv(), "add", 9, "04-02").slots
    after = change(slots, "postpone", 10, "04-01", reach="rest", grid="keep").slots
    # It keeps its own day after 1 April; dose 11 keeps its Monday.
    assert table(after[9:]) == "04-01 04-06 04-02"
    after = change(slots, "postpone", 9, "04-07", reach="rest", grid="keep").slots
    assert table(after[8:]) == "04-07 04-13 04-27 04-20"


def test_a_dose_may_pass_an_added_one() -> None:
    slots = change(cmv(), "add", 9, "03-26").slots
    assert table(change(slots, "postpone", 9, "03-27").slots[8:]) == "03-27 03-30 04-06 03-26"


def test_two_doses_a_week_keep_both_their_days() -> None:
    # Mondays and Thursdays; the last round goes on with both.
    weekly = listed(1, 4, 8, 11)
    for slot in weekly:
        weekly = replaced(weekly, slot.number, every_days=7, is_uneven=True)
    assert table(change(weekly, "postpone", 2, "03-12", reach="rest", grid="keep").slots) == "03-02 03-12 03-16 03-19"


def test_the_calendar_that_was_handed_in_stays_as_it_was() -> None:
    slots = cmv()
    change(slots, "postpone", 4, "03-09", reach="rest")
    assert slots == cmv()
