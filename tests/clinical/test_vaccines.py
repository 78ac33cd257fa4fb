"""Until when live vaccines wait."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ivigdesk.clinical.vaccines import Given, add_months, first_day_for_live_vaccine, months_after
from tests.sheets.conftest import a_course

ARTICLE: tuple[Given, ...] = tuple((dose.due_on, dose.mg_per_kg) for dose in a_course().doses)


def test_the_articles_regimen_waits_eleven_months() -> None:
    assert months_after(ARTICLE) == 11


@pytest.mark.parametrize(("mg_per_kg", "months"), [(400, 8), (401, 10), (1000, 10), (1001, 11)])
def test_the_wait_follows_the_dose(mg_per_kg: int, months: int) -> None:
    assert months_after([(date(2026, 3, 2), Decimal(mg_per_kg))]) == months


def test_the_wait_counts_from_the_last_dose() -> None:
    assert first_day_for_live_vaccine(ARTICLE, None) == date(2027, 3, 6)


def test_the_transplant_rule_wins_when_it_is_later() -> None:
    assert first_day_for_live_vaccine(ARTICLE, date(2025, 12, 20)) == date(2027, 12, 20)


def test_a_month_that_is_too_short_rolls_over() -> None:
    assert add_months(date(2026, 3, 31), 11) == date(2027, 3, 1)
    assert add_months(date(2027, 3, 31), 11) == date(2028, 3, 1)
    assert add_months(date(2026, 1, 15), 12) == date(2027, 1, 15)
