"""Until when live vaccines wait."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ivigdesk.clinical.vaccines import add_months, months_without_live_vaccine, no_live_vaccine_before
from tests.sheets.conftest import a_course, replace


def test_the_articles_regimen_waits_eleven_months() -> None:
    assert months_without_live_vaccine(a_course().doses) == 11


@pytest.mark.parametrize(("mg_per_kg", "months"), [(400, 8), (401, 10), (1000, 10), (1001, 11)])
def test_the_wait_follows_the_dose(mg_per_kg: int, months: int) -> None:
    dose = replace(a_course().doses[0], mg_per_kg=Decimal(mg_per_kg))
    assert months_without_live_vaccine((dose,)) == months


def test_the_wait_counts_from_the_last_dose() -> None:
    assert no_live_vaccine_before(a_course().doses, None) == date(2027, 3, 6)


def test_the_transplant_rule_wins_when_it_is_later() -> None:
    assert no_live_vaccine_before(a_course().doses, date(2025, 12, 20)) == date(2027, 12, 20)


def test_without_a_planned_dose_there_is_no_date() -> None:
    doses = tuple(replace(dose, state="ceased") for dose in a_course().doses)
    assert no_live_vaccine_before(doses, None) is None


def test_a_month_that_is_too_short_rolls_over() -> None:
    assert add_months(date(2026, 3, 31), 11) == date(2027, 3, 1)
    assert add_months(date(2027, 3, 31), 11) == date(2028, 3, 1)
    assert add_months(date(2026, 1, 15), 12) == date(2027, 1, 15)
