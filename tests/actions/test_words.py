"""Typed words and dates are read strictly."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.actions.words import one_line, read_clock_time, read_date, within_minute
from ivigdesk.errors import UserMistake
from ivigdesk.messages import message
from tests.conftest import FIRST_MORNING

NAME = message("Bed")
DAY = date(2026, 3, 2)


def line(text: str, **more: object) -> str:
    return one_line(text, field="bed", name=NAME, **more)  # type: ignore[arg-type]


def day(text: str, base: date | None = DAY) -> date:
    return read_date(text, field="day", name=NAME, base=base)


def at(text: str, now: datetime = FIRST_MORNING) -> datetime:
    return read_clock_time(text, field="at", name=NAME, now=now)


def test_a_line_loses_the_space_around_it_and_loose_accents() -> None:
    assert line("  e\u0301 07  ") == "é 07"
    assert line("  ") == ""


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "\u202eanna", "a\u200bb", "a\x00", "a\u2028b", "\ud800", "\ue000"])
def test_a_character_that_nobody_sees_is_refused_by_its_number(text: str) -> None:
    with pytest.raises(UserMistake, match=r"Bed: the character U\+[0-9A-F]{4} cannot be seen"):
        line(text)


def test_too_much_and_nothing_are_refused_with_what_is_allowed() -> None:
    assert line("x" * 20, most=20) == "x" * 20
    with pytest.raises(UserMistake, match=r"21 characters were entered\. Allowed: at most 20"):
        line("x" * 21, most=20)
    with pytest.raises(UserMistake, match="nothing was entered"):
        line(" ", required=True)


@given(st.text(max_size=40))
def test_a_line_that_is_taken_can_be_read_by_everybody(text: str) -> None:
    try:
        taken = line(text)
    except UserMistake:
        return
    assert taken == taken.strip() == unicodedata.normalize("NFC", taken)
    assert not any(unicodedata.category(character).startswith("C") for character in taken)
    assert line(taken) == taken


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-10-06", "2026-10-06"),
        (" 2026-1-6 ", "2026-01-06"),
        ("t", "2026-03-02"),
        ("T", "2026-03-02"),
        ("+3", "2026-03-05"),
        ("+3d", "2026-03-05"),
        ("-1", "2026-03-01"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_date_is_year_month_day_or_counted_from_a_day(text: str, read: str) -> None:
    assert day(text).isoformat() == read


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing was entered"),
        ("2026-02-30", "does not exist in the calendar"),
        ("2025-02-29", "does not exist in the calendar"),
        ("0000-01-01", "does not exist in the calendar"),
        ("03/04/2026", "is not read as a date"),
        ("3.4.2026", "is not read as a date"),
        ("26-04-03", "is not read as a date"),
        ("٢٠٢٦-٠١-٠١", "is not read as a date"),
        ("tomorrow", "is not read as a date"),
        ("1899-12-31", "cannot be used as a date here"),
        ("9999-12-31", "cannot be used as a date here"),
    ],
)
def test_a_date_that_two_people_read_differently_or_that_nobody_has_is_refused(text: str, says: str) -> None:
    with pytest.raises(UserMistake, match=says) as refused:
        day(text)
    assert refused.value.field == "day"


def test_without_a_day_to_count_from_nothing_is_counted() -> None:
    for text in ("t", "+3", "-1"):
        with pytest.raises(UserMistake):
            day(text, base=None)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_date_reads_as_itself(read: date) -> None:
    assert day(read.isoformat(), base=None) == read


def test_a_clock_time_is_todays_or_yesterdays_because_it_has_happened() -> None:
    assert at("9:05") == FIRST_MORNING
    assert at("00:00") == FIRST_MORNING.replace(hour=0, minute=0)
    assert at("23:50") == FIRST_MORNING.replace(hour=23, minute=50) - timedelta(days=1)


@pytest.mark.parametrize("text", ["09:06", "09:10", "12:00", "21:05"])
def test_a_time_that_is_still_to_come_is_refused_and_not_taken_as_yesterday(text: str) -> None:
    with pytest.raises(UserMistake, match=f"{text} is still to come; it is 09:05 now"):
        at(text)


@pytest.mark.parametrize("text", ["", "24:00", "9:60", "9.05", "905", "9:5", "٩:٠٥", "9:05 pm"])
def test_a_time_that_no_clock_of_24_hours_shows_is_refused(text: str) -> None:
    with pytest.raises(UserMistake, match="00:00 to 23:59"):
        at(text)


def test_a_typed_minute_holds_the_seconds_that_the_program_noted() -> None:
    noted = FIRST_MORNING.replace(second=30)
    assert within_minute(FIRST_MORNING, noted) == noted
    assert within_minute(noted + timedelta(seconds=10), noted) == noted + timedelta(seconds=10)
    earlier = FIRST_MORNING - timedelta(minutes=1)
    assert within_minute(earlier, noted) == earlier
