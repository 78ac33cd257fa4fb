"""Where else a dose could stand without anything having to be noticed."""

from __future__ import annotations

import pytest

from ivigdesk.errors import UserMistake
from ivigdesk.scheduling.changes import within_tolerance
from ivigdesk.scheduling.changes.slots import Limits, Slot

from .build import change, cmv, given, listed, monthly, on, with_state


def days(slots: tuple[Slot, ...], number: int, limits: Limits | None = None) -> list[str]:
    return [f"{day:%m-%d}" for day in within_tolerance(slots, number, limits or Limits())]


def test_a_weekly_dose_may_stand_a_day_off_the_earlier_one_first() -> None:
    assert days(cmv(), 9) == ["03-22", "03-24"]
    assert days(cmv(), 11) == ["04-05", "04-07"]


def test_a_replacement_may_stand_up_to_four_days_off_nearest_first() -> None:
    assert days(monthly(), 2) == ["03-29", "03-31", "03-28", "04-01", "03-27", "04-02", "03-26", "04-03"]


def test_an_alternate_day_dose_and_one_of_a_list_have_no_other_day() -> None:
    assert days(cmv(), 4) == []
    assert days(listed(1, 2, 7, 14), 3) == []


def test_the_first_dose_of_a_phase_stays_as_far_from_the_phase_before_it_as_it_was() -> None:
    assert days(cmv(), 8) == []


def test_a_dose_that_is_off_already_may_only_go_where_both_intervals_fit() -> None:
    slots = change(monthly(), "postpone", 2, "04-03").slots  # 32 and 24 days: both at their limit
    assert days(slots, 2) == ["04-02", "04-01", "03-31", "03-30"]
    slots = change(monthly(), "postpone", 2, "04-05").slots  # 34 and 22 days: both too far
    assert days(slots, 2) == ["04-03", "04-02", "04-01"]


def test_a_day_on_which_another_dose_stands_is_none() -> None:
    # The added dose is planned by the doctor four days before dose 2, a distance that was accepted then.
    slots = change(monthly(), "add", None, "03-28").slots
    assert "03-28" not in days(slots, 2)


@pytest.mark.parametrize("state", ["given", "running", "not given", "omitted", "ceased", "error"])
def test_a_dose_that_does_not_wait_has_no_other_day(state: str) -> None:
    assert days(with_state(monthly(), state, 3), 3) == []  # type: ignore[arg-type]


def test_a_dose_on_hold_has_other_days() -> None:
    assert days(with_state(cmv(), "held", 9), 9) == ["03-22", "03-24"]


def test_no_day_before_today_or_before_the_regimen_gives_one() -> None:
    assert days(cmv(), 9, Limits(not_before=on("03-23"))) == ["03-24"]
    assert days(cmv(), 9, Limits(not_before=on("03-22"))) == ["03-22", "03-24"]
    assert days(cmv(), 9, Limits(not_before=on("03-24"))) == ["03-24"]
    assert days(monthly(), 1, Limits(earliest_on=on("03-01"))) == ["03-01", "03-03", "03-04", "03-05", "03-06"]


def test_not_even_an_overdue_dose_is_put_on_a_day_in_the_past() -> None:
    assert days(monthly(), 2, Limits(not_before=on("04-02"))) == ["04-02", "04-03"]


def test_the_day_on_which_the_dose_before_was_really_given_counts() -> None:
    slots = given(monthly(), 1, late=3)
    assert days(slots, 2) == ["03-29", "03-31", "04-01", "04-02", "04-03"]


def test_an_unknown_dose() -> None:
    with pytest.raises(UserMistake, match="no dose 12"):
        days(cmv(), 12)
