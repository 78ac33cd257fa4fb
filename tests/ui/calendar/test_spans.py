"""Months and weeks: what is shown, what comes next, what it is called."""

from __future__ import annotations

from datetime import date

import pytest

from ivigdesk.ui.calendar.spans import Kind, bounds, shown, title_of, turned
from ivigdesk.wording import Wording


def test_a_month_is_shown_in_whole_weeks_from_monday_to_sunday() -> None:
    assert bounds("month", date(2026, 3, 14)) == (date(2026, 3, 1), date(2026, 3, 31))
    assert shown("month", date(2026, 3, 14)) == (date(2026, 2, 23), date(2026, 4, 5))
    assert shown("month", date(2027, 2, 10)) == (date(2027, 2, 1), date(2027, 2, 28))


def test_a_week_goes_from_monday_to_sunday() -> None:
    assert bounds("week", date(2026, 3, 8)) == (date(2026, 3, 2), date(2026, 3, 8))
    assert shown("week", date(2026, 3, 2)) == (date(2026, 3, 2), date(2026, 3, 8))


@pytest.mark.parametrize(
    ("kind", "day", "steps", "there"),
    [
        ("month", date(2026, 12, 15), 1, date(2027, 1, 15)),
        ("month", date(2027, 1, 15), -1, date(2026, 12, 15)),
        ("month", date(2026, 1, 31), 1, date(2026, 2, 28)),
        ("month", date(2028, 1, 31), 1, date(2028, 2, 29)),
        ("month", date(2026, 3, 31), -13, date(2025, 2, 28)),
        ("week", date(2026, 12, 28), 1, date(2027, 1, 4)),
    ],
)
def test_a_turn_keeps_the_day_and_passes_the_end_of_a_year(kind: Kind, day: date, steps: int, there: date) -> None:
    assert turned(kind, day, steps) == there


def test_a_span_is_called_by_month_or_by_its_days(english: Wording, chinese: Wording) -> None:
    def plain(kind: Kind, day: date, words: Wording) -> str:
        return title_of(kind, day, words).replace("\u00a0", " ")

    assert plain("month", date(2026, 3, 14), english) == "March 2026"
    assert plain("week", date(2026, 3, 31), english) == "30 Mar – 05 Apr 2026"
    assert plain("week", date(2026, 12, 31), english) == "28 Dec 2026 – 03 Jan 2027"
    assert plain("week", date(2026, 3, 31), chinese) == "2026年3月30日 – 4月5日"
    assert plain("week", date(2026, 12, 31), chinese) == "2026年12月28日 – 2027年1月3日"
