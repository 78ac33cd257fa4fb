"""Closed days: doses move by the ward's policy, never onto each other and never past each other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.errors import KnownError
from ivigdesk.scheduling.calendar import expand
from ivigdesk.scheduling.closures import EVERY_DAY, MOST_MOVED_DAYS, ClosedDayPolicy, WardDays, move_off_closed_days
from ivigdesk.wording import Wording

from .build import listed, phase, regimen, shipped

MONDAY = date(2026, 3, 2)
SATURDAY = date(2026, 3, 7)
SUNDAY = date(2026, 3, 8)
WEEKDAYS = (0, 1, 2, 3, 4)


def moved(day: date, ward_days: WardDays) -> date:
    return move_off_closed_days([day], ward_days)[0]


@pytest.mark.parametrize(
    ("policy", "saturday_to", "sunday_to"),
    [("keep", 0, 0), ("earlier", -1, -2), ("later", 2, 1), ("nearest", -1, 1)],
)
def test_a_dose_on_a_closed_weekend_moves_by_the_policy(
    policy: ClosedDayPolicy, saturday_to: int, sunday_to: int
) -> None:
    ward_days = WardDays(open_weekdays=WEEKDAYS, policy=policy)
    assert (moved(SATURDAY, ward_days) - SATURDAY).days == saturday_to
    assert (moved(SUNDAY, ward_days) - SUNDAY).days == sunday_to


def test_nearest_goes_later_when_both_sides_are_equally_near() -> None:
    assert moved(MONDAY, WardDays(closed_on=(MONDAY,), policy="nearest")) == MONDAY + timedelta(days=1)


def test_a_moved_dose_says_by_how_many_days_and_its_day_numbers_follow_its_date() -> None:
    closed = MONDAY + timedelta(days=2)
    doses = expand(
        shipped("R12"),
        first_on=MONDAY,
        transplant_on=MONDAY - timedelta(days=100),
        ward_days=WardDays(closed_on=(MONDAY + timedelta(days=28), closed), policy="later"),
    )
    assert [dose.moved_days for dose in doses] == [0, 1, 0, 0, 0, 0]
    assert [dose.course_day for dose in doses] == [1, 30, 57, 85, 113, 141]
    assert doses[1].transplant_day == 129


def test_course_days_count_from_where_a_moved_first_dose_comes_to_stand() -> None:
    made = regimen(phase(1, 7, doses=3))
    doses = expand(
        made, first_on=SUNDAY, transplant_on=None, ward_days=WardDays(open_weekdays=WEEKDAYS, policy="earlier")
    )
    assert [dose.course_day for dose in doses] == [1, 8, 15]
    assert [dose.moved_days for dose in doses] == [-2, -2, -2]


def test_a_transplant_regimen_never_moves_a_dose_before_the_first_day_asked_for() -> None:
    ward_days = WardDays(open_weekdays=WEEKDAYS, policy="earlier")
    made = regimen(anchor="transplant", doses=listed(6, 13))
    doses = expand(made, first_on=SUNDAY, transplant_on=MONDAY, ward_days=ward_days)
    assert [dose.due_on for dose in doses] == [date(2026, 3, 9), date(2026, 3, 13)]
    nearest = move_off_closed_days([SATURDAY], WardDays(open_weekdays=WEEKDAYS, policy="nearest"), not_before=SATURDAY)
    assert nearest == (date(2026, 3, 9),)


def test_two_doses_that_would_meet_are_refused_in_words() -> None:
    ward_days = WardDays(open_weekdays=WEEKDAYS, policy="later")
    with pytest.raises(KnownError) as refused:
        expand(shipped("R19"), first_on=date(2026, 3, 5), transplant_on=None, ward_days=ward_days)
    sentence = Wording("en").say_error(refused.value).replace("\u00a0", " ")
    assert sentence == (
        "The ward is closed on a planned day, and dose 4 cannot be moved to Mon 09 Mar 2026 without meeting dose 3 on "
        "Mon 09 Mar 2026. Choose another first day, or keep doses on closed days."
    )


@pytest.mark.parametrize("weekdays", [(), (7, -1)])
def test_a_ward_without_an_open_weekday_is_refused_in_words(weekdays: tuple[int, ...]) -> None:
    with pytest.raises(KnownError, match="no open weekday"):
        moved(MONDAY, WardDays(open_weekdays=weekdays, policy="nearest"))


def test_a_ward_that_keeps_doses_needs_no_open_weekday() -> None:
    assert moved(MONDAY, WardDays(open_weekdays=())) == MONDAY


@pytest.mark.parametrize("policy", ["earlier", "later", "nearest"])
def test_a_long_closure_is_refused_and_never_bridged(policy: ClosedDayPolicy) -> None:
    closed = tuple(MONDAY + timedelta(days=step) for step in range(-MOST_MOVED_DAYS, MOST_MOVED_DAYS + 1))
    with pytest.raises(KnownError, match="no open day within"):
        moved(MONDAY, WardDays(closed_on=closed, policy=policy))


WARDS = st.builds(
    WardDays,
    open_weekdays=st.sets(st.sampled_from(EVERY_DAY), min_size=1).map(lambda days: tuple(sorted(days))),
    closed_on=st.lists(st.integers(-5, 60).map(lambda step: MONDAY + timedelta(days=step)), max_size=8).map(tuple),
    policy=st.sampled_from(["keep", "earlier", "later", "nearest"]),
)
DATES = st.lists(st.integers(0, 60), min_size=1, max_size=8, unique=True).map(
    lambda steps: [MONDAY + timedelta(days=step) for step in sorted(steps)]
)


@given(DATES, WARDS, st.booleans())
def test_moved_doses_are_on_open_days_in_order_and_by_the_policy(
    dates: list[date], ward_days: WardDays, has_floor: bool
) -> None:
    floor = dates[0] if has_floor else None
    try:
        after = move_off_closed_days(dates, ward_days, not_before=floor)
    except KnownError:
        assert ward_days.policy != "keep"
        return
    assert len(after) == len(dates)
    assert all(earlier < later for earlier, later in pairwise(after))
    for before, now in zip(dates, after, strict=True):
        if ward_days.policy == "keep" or ward_days.is_open(before):
            assert now == before
            continue
        assert ward_days.is_open(now)
        assert floor is None or now >= floor
        if ward_days.policy == "later":
            assert now > before
        if ward_days.policy == "earlier" and floor is None:
            assert now < before
        if ward_days.policy == "nearest" and floor is None:
            distance = abs((now - before).days)
            between = range(1 - distance, distance)
            assert not any(ward_days.is_open(before + timedelta(days=step)) for step in between)
