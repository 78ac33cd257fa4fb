"""Public holidays without a network, and the days on which the ward is open because of them."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from ivigdesk.actions.courses.plan_course import propose
from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.ward.public_holidays import (
    Holiday,
    countries,
    holidays_between,
    is_known,
    subdivisions,
    ward_days,
)
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.scheduling.closures import WardDays
from tests.conftest import cmv_plan


def kept(country: str, first: date, last: date, language: str = "en", subdivision: str = "") -> dict[date, Holiday]:
    ward = WardSettings(name="w", country=country, subdivision=subdivision)
    return {holiday.day: holiday for holiday in holidays_between(ward, first, last, language)}


def of_year(country: str, year: int = 2026, language: str = "en", subdivision: str = "") -> dict[date, Holiday]:
    return kept(country, date(year, 1, 1), date(year, 12, 31), language, subdivision)


def test_the_spring_festival_is_named_in_the_readers_language() -> None:
    day = date(2026, 2, 17)
    assert of_year("CN", language="zh_CN")[day].name == "春节"
    assert of_year("CN", language="en")[day].name == "Chinese New Year (Spring Festival)"


def test_weekend_days_that_china_works_in_place_of_holidays_are_working_days() -> None:
    """Of the State Council's notice for 2026: six days of weekends are worked."""
    worked = [day for day, holiday in of_year("CN").items() if holiday.is_working]
    assert worked == [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]
    assert all(day.weekday() >= 5 for day in worked)
    assert of_year("CN")[date(2026, 2, 14)].name == "working day in place of a holiday"


def test_the_day_off_that_was_swapped_says_for_which_as_the_reader_writes_dates() -> None:
    day = date(2026, 2, 20)
    assert "14\u00a0Feb\u00a02026" in of_year("CN", language="en")[day].name
    assert "2026年2月14日" in of_year("CN", language="zh_CN")[day].name
    assert not of_year("CN")[day].is_working


def test_a_day_of_december_that_is_worked_for_one_of_january_is_known_in_december() -> None:
    assert kept("CN", date(2006, 12, 30), date(2006, 12, 31)).keys() == {date(2006, 12, 30), date(2006, 12, 31)}


def test_a_year_without_the_governments_notice_has_the_holidays_of_the_law_and_no_swaps() -> None:
    holidays = of_year("CN", 2099)
    assert date(2099, 10, 1) in holidays
    assert not any(holiday.is_working for holiday in holidays.values())


def test_a_state_keeps_its_own_day() -> None:
    cup = date(2026, 3, 9)
    assert of_year("AU", subdivision="SA")[cup].name.startswith("Adelaide Cup")
    assert cup not in of_year("AU")
    assert cup not in of_year("AU", subdivision="NSW")


@pytest.mark.parametrize("country", ["HU", "TW", "VN"])
def test_other_countries_that_swap_days_are_read_the_same_way(country: str) -> None:
    holidays = kept(country, date(2024, 1, 1), date(2026, 12, 31))
    assert any(holiday.is_working for holiday in holidays.values())
    assert not any("\x1f" in holiday.name for holiday in holidays.values())


@pytest.mark.parametrize(("country", "subdivision"), [("", ""), ("XX", ""), ("cn", ""), ("XX", "SA"), ("../", "")])
def test_a_country_that_is_not_known_has_no_holidays(country: str, subdivision: str) -> None:
    assert of_year(country, subdivision=subdivision) == {}


def test_a_state_that_is_not_known_has_the_holidays_of_the_country() -> None:
    assert of_year("AU", subdivision="ZZ") == of_year("AU")


def test_both_ends_are_included_and_days_ascend_over_the_turn_of_the_year() -> None:
    days = list(kept("GB", date(2025, 12, 26), date(2026, 1, 1)))
    assert days == [date(2025, 12, 26), date(2026, 1, 1)]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_country_is_named_once_in_the_readers_language(language: str) -> None:
    found = countries(language)
    assert len({code for code, _ in found}) == len(found) > 200
    assert all(is_known(code) for code, _ in found)
    names = dict(found)
    assert names["CN"] == {"en": "China", "zh_CN": "中国"}[language]


def test_the_list_begins_where_the_language_is_spoken_and_goes_on_by_name() -> None:
    chinese, english = countries("zh_CN"), countries("en")
    assert chinese[0][0] == "CN"
    assert {"AU", "GB", "US"} < {code for code, _ in english[:6]}
    assert [name for _, name in english[6:10]] == ["Afghanistan", "Åland Islands", "Albania", "Algeria"]
    by_pinyin = [name for _, name in chinese[4:]]
    assert by_pinyin.index("阿根廷") < by_pinyin.index("德国") < by_pinyin.index("法国") < by_pinyin.index("英国")


def test_states_have_names() -> None:
    assert ("SA", "South Australia (SA)") in subdivisions("AU")
    assert subdivisions("CN") == ()
    assert subdivisions("XX") == ()


def closing(desk: Desk, **more: object) -> None:
    set_ward(desk, msgspec.structs.replace(desk.settings, country="CN", closes_on_holidays=True, **more))


def test_a_ward_that_stays_open_has_its_own_days_only(desk: Desk) -> None:
    set_ward(desk, msgspec.structs.replace(desk.settings, country="CN"))
    assert ward_days(desk, date(2026, 1, 1), date(2026, 12, 31)) == desk.settings.days


def test_a_ward_that_closes_on_holidays_is_open_on_the_days_worked_in_their_place(desk: Desk) -> None:
    closing(desk, days=WardDays(open_weekdays=(0, 1, 2, 3, 4)))
    days = ward_days(desk, date(2026, 2, 1), date(2026, 2, 28))
    assert not days.is_open(date(2026, 2, 17))  # a Tuesday
    assert days.is_open(date(2026, 2, 14))  # a Saturday
    assert not days.is_open(date(2026, 2, 21))  # a Saturday like any other


def test_what_the_ward_says_of_a_date_goes_before_what_the_country_says(desk: Desk) -> None:
    own = WardDays(closed_on=(date(2026, 2, 14),), also_open_on=(date(2026, 2, 17),))
    closing(desk, days=own)
    days = ward_days(desk, date(2026, 2, 1), date(2026, 2, 28))
    assert days.is_open(date(2026, 2, 17))
    assert not days.is_open(date(2026, 2, 14))
    assert not days.is_open(date(2026, 2, 18))


def test_a_course_is_planned_around_public_holidays(desk: Desk, patient: Patient) -> None:
    """The fourth of the weekly doses from 16 March falls on Easter Monday, 6 April 2026."""
    plain = [dose.calendar.due_on for dose in propose(desk, cmv_plan(patient)).plan.infusions]
    assert date(2026, 4, 6) in plain
    later = WardDays(policy="later")
    set_ward(desk, msgspec.structs.replace(desk.settings, country="GB", closes_on_holidays=True, days=later))
    set_ward(desk, msgspec.structs.replace(desk.settings, subdivision="ENG"))
    moved = [dose.calendar.due_on for dose in propose(desk, cmv_plan(patient)).plan.infusions]
    assert [day for day in moved if day not in plain] == [date(2026, 4, 7)]
    assert [day for day in plain if day not in moved] == [date(2026, 4, 6)]
