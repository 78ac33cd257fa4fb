"""Expanding a regimen: independent oracle, anchors, choices, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, pairwise
from typing import Any

import pytest
from dateutil.rrule import DAILY, rrule, rruleset
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.errors import UserMistake
from ivigdesk.scheduling.calendar import EARLIEST, LATEST, CalendarDose, check_date, course_days, expand
from ivigdesk.scheduling.regimen import Phase, Regimen
from ivigdesk.scheduling.regimen_check import check_regimen
from ivigdesk.wording import Wording

from .build import listed, phase, regimen, shipped

MONDAY = date(2026, 3, 2)
ANCHORS = st.dates(date(1901, 1, 1), date(2150, 12, 31))
ANY_START = st.one_of(ANCHORS, st.sampled_from([1904, 2000, 2024, 2028, 2096]).map(lambda y: date(y, 2, 26)))


@st.composite
def phased(draw: st.DrawFn) -> Regimen:
    """A checked regimen of one to four phases with either anchor and every form of end."""
    anchor = draw(st.sampled_from(["first-dose", "transplant"]))
    day = 1 if anchor == "first-dose" else draw(st.integers(-30, 30))
    phases: list[Phase] = []
    for _ in range(draw(st.integers(1, 4))):
        every = draw(st.integers(1, 30))
        form = draw(st.sampled_from(["for_days", "doses", "last_day"]))
        length = draw(st.integers(1, 60)) if form != "doses" else draw(st.integers(1, 12))
        end = day + length if form == "last_day" else length
        also = tuple(draw(st.lists(st.integers(1, max(1, every - 1)), max_size=3, unique=True).map(sorted)))
        phases.append(phase(day, every, also_after_days=also if every > 1 else (), **{form: end}))
        last = {"for_days": day + length, "doses": day + every * length, "last_day": day + length}[form]
        day = last + draw(st.integers(1, 10))
    made = regimen(*phases, anchor=anchor)
    check_regimen(made, "made here")
    return made


def by_rrule(made: Regimen, start: date) -> list[date]:
    """The same dates from an independent implementation of recurring dates."""
    zero = start - timedelta(days=1) if made.anchor == "first-dose" else start
    dates: list[date] = []
    for stretch in made.phases:
        first = zero + timedelta(days=stretch.first_day)
        rule: dict[str, Any] = {"count": stretch.doses}
        if stretch.for_days is not None:
            rule = {"until": first + timedelta(days=stretch.for_days - 1)}
        elif stretch.last_day is not None:
            rule = {"until": zero + timedelta(days=stretch.last_day)}
        days = rruleset()
        for step in (0, *stretch.also_after_days):
            days.rrule(rrule(DAILY, interval=stretch.every_days, dtstart=first + timedelta(days=step), **rule))
        dates += [moment.date() for moment in islice(days, stretch.doses)]
    return dates


def calendar(made: Regimen, start: date) -> tuple[CalendarDose, ...]:
    if made.anchor == "first-dose":
        return expand(made, first_on=start, transplant_on=None)
    return expand(made, first_on=None, transplant_on=start)


@given(phased(), ANY_START)
def test_a_calendar_has_the_dates_of_an_independent_oracle(made: Regimen, start: date) -> None:
    doses = calendar(made, start)
    dates = [dose.due_on for dose in doses]
    assert dates == by_rrule(made, start)
    assert all(earlier < later for earlier, later in pairwise(dates))
    assert len(set(dates)) == len(dates)
    assert [dose.number for dose in doses] == list(range(1, len(doses) + 1))


@given(phased(), ANY_START, st.integers(-400, 400))
def test_a_shifted_anchor_shifts_every_date_and_nothing_else(made: Regimen, start: date, days: int) -> None:
    before = calendar(made, start)
    after = calendar(made, start + timedelta(days=days))
    assert [dose.due_on + timedelta(days=days) for dose in before] == [dose.due_on for dose in after]
    assert [dose.course_day for dose in before] == [dose.course_day for dose in after]
    assert [dose.transplant_day for dose in before] == [dose.transplant_day for dose in after]


@given(phased(), ANY_START)
def test_day_numbers_agree_with_dates(made: Regimen, start: date) -> None:
    doses = calendar(made, start)
    assert doses[0].course_day == 1
    for dose in doses:
        assert (dose.due_on - doses[0].due_on).days == dose.course_day - 1
        assert dose.phase_name == made.phases[dose.phase].name
        assert dose.moved_days == 0
    if made.anchor == "transplant":
        assert tuple(dose.transplant_day for dose in doses) == course_days(made)
    else:
        assert tuple(dose.course_day for dose in doses) == course_days(made)
        assert all(dose.transplant_day is None for dose in doses)


@given(st.lists(st.integers(-60, 400), min_size=1, max_size=20, unique=True).map(sorted), ANY_START)
def test_a_list_of_days_is_kept_as_it_is(days: list[int], start: date) -> None:
    doses = calendar(regimen(anchor="transplant", doses=listed(*days)), start)
    assert [(dose.due_on - start).days for dose in doses] == days
    assert all(dose.phase == 0 and dose.phase_name is None for dose in doses)


@given(phased(), ANY_START, st.integers(-100, 400))
def test_a_transplant_regimen_begun_late_leaves_out_what_is_past(made: Regimen, day_0: date, late: int) -> None:
    if made.anchor == "first-dose":
        return
    first_on = day_0 + timedelta(days=late)
    expected = [due_on for due_on in by_rrule(made, day_0) if due_on >= first_on]
    if not expected:
        with pytest.raises(UserMistake) as refused:
            expand(made, first_on=first_on, transplant_on=day_0)
        assert refused.value.field == "first_on"
        return
    doses = expand(made, first_on=first_on, transplant_on=day_0)
    assert [dose.due_on for dose in doses] == expected
    assert (doses[0].number, doses[0].course_day) == (1, 1)


@pytest.mark.parametrize(
    ("form", "days"),
    [
        ({"for_days": 14}, (1, 3, 5, 7, 9, 11, 13)),
        ({"for_days": 15}, (1, 3, 5, 7, 9, 11, 13, 15)),
        ({"for_days": 1}, (1,)),
        ({"doses": 3}, (1, 3, 5)),
        ({"last_day": 5}, (1, 3, 5)),
        ({"last_day": 6}, (1, 3, 5)),
        ({"last_day": 1}, (1,)),
    ],
)
def test_each_end_of_a_phase_counts_its_last_day_in(form: dict[str, int], days: tuple[int, ...]) -> None:
    assert course_days(regimen(phase(1, 2, **form))) == days


def test_an_open_regimen_is_planned_to_its_review_counted_from_its_first_dose() -> None:
    made = regimen(phase(1, 1, doses=2), phase(8, 7), review_after_doses=5)
    assert course_days(made) == (1, 2, 8, 15, 22)


@pytest.mark.parametrize(
    ("form", "days"),
    [
        ({"doses": 5}, (1, 4, 8, 11, 15)),
        ({"for_days": 10}, (1, 4, 8)),
        ({"for_days": 11}, (1, 4, 8, 11)),
        ({"last_day": 3}, (1,)),
        ({"last_day": 4}, (1, 4)),
    ],
)
def test_twice_weekly_is_every_7_days_and_again_after_3(form: dict[str, int], days: tuple[int, ...]) -> None:
    assert course_days(regimen(phase(1, 7, also_after_days=(3,), **form))) == days


def test_an_open_twice_weekly_regimen_is_planned_to_its_review() -> None:
    assert course_days(regimen(phase(1, 7, also_after_days=(2, 4)), review_after_doses=5)) == (1, 3, 5, 8, 10)


def test_a_divided_amount_is_shared_out_exactly() -> None:
    made = regimen(phase(1, 1, None, divided_mg_per_kg=Decimal(2000), doses=5))
    doses = expand(made, first_on=MONDAY, transplant_on=None)
    assert [dose.mg_per_kg for dose in doses] == [Decimal(400)] * 5


def test_a_label_in_millilitres_gives_no_milligrams() -> None:
    doses = expand(shipped("R24"), first_on=None, transplant_on=MONDAY)
    assert {(dose.ml_per_kg, dose.mg_per_kg) for dose in doses} == {(Decimal(1), None)}
    assert all(dose.ml_per_kg is None for dose in expand(shipped("R01"), first_on=MONDAY, transplant_on=None))


def test_a_first_dose_regimen_needs_its_first_day() -> None:
    with pytest.raises(UserMistake, match="Give the first day") as refused:
        expand(shipped("R01"), first_on=None, transplant_on=MONDAY)
    assert refused.value.field == "first_on"


def test_a_transplant_regimen_needs_day_0() -> None:
    with pytest.raises(UserMistake, match="stem-cell infusion") as refused:
        expand(shipped("R06"), first_on=MONDAY, transplant_on=None)
    assert refused.value.field == "transplant_on"


def test_nothing_left_of_a_regimen_is_refused_with_its_last_day() -> None:
    with pytest.raises(UserMistake) as refused:
        expand(shipped("R06"), first_on=MONDAY + timedelta(days=99), transplant_on=MONDAY)
    assert refused.value.field == "first_on"
    assert Wording("en").say_error(refused.value) == (
        "The regimen's last dose is on transplant day 98; from day 99 on, none is left."
    )


@pytest.mark.parametrize(("late", "days"), [(-2, 0), (0, 0), (2, 2), (3, 3)])
def test_a_first_dose_with_a_window_is_given_late_within_it_not_left_out(late: int, days: int) -> None:
    doses = expand(shipped("R20"), first_on=MONDAY + timedelta(days=late), transplant_on=MONDAY)
    assert [dose.transplant_day for dose in doses] == [days, 14, 28, 42, 56, 84, 112]
    assert doses[0].mg_per_kg == Decimal(150)


def test_after_its_window_the_first_dose_is_left_out() -> None:
    doses = expand(shipped("R20"), first_on=MONDAY + timedelta(days=4), transplant_on=MONDAY)
    assert [dose.transplant_day for dose in doses] == [14, 28, 42, 56, 84, 112]


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2200, 1, 1), date.max])
@pytest.mark.parametrize("field", ["first_on", "transplant_on"])
def test_a_date_that_no_course_can_have_is_refused_for_its_field(day: date, field: str) -> None:
    dates: dict[str, Any] = {"first_on": MONDAY, "transplant_on": MONDAY, field: day}
    with pytest.raises(UserMistake) as refused:
        expand(shipped("R01"), **dates)
    assert refused.value.field == field
    assert "Allowed: from" in Wording("en").say_error(refused.value)


@pytest.mark.parametrize(("facts", "day"), [("R01", LATEST), ("R08", EARLIEST), ("R08", LATEST)])
def test_a_calendar_that_would_leave_the_years_of_this_program_is_refused(facts: str, day: date) -> None:
    made = shipped(facts)
    first_on = day if made.anchor == "first-dose" else None
    with pytest.raises(UserMistake, match="Choose another") as refused:
        expand(made, first_on=first_on, transplant_on=None if first_on else day)
    assert refused.value.field == ("first_on" if first_on else "transplant_on")


def test_the_first_and_last_date_of_this_program_can_be_used() -> None:
    check_date("to", EARLIEST)
    check_date("to", LATEST)
    assert expand(regimen(phase(doses=1)), first_on=EARLIEST, transplant_on=None)[0].due_on == EARLIEST
