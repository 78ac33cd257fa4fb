"""When an infusion needs a nurse: the start, each rate, each observation, the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.nurse_work import NurseMinutes, parse_nurse_minutes, planned_acts
from ivigdesk.clinical.products.rates import RateCard, RateRow
from ivigdesk.errors import KnownError
from tests.conftest import SHANGHAI

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
TAKES = NurseMinutes(version="t", source="GK-L", start_min=15, rate_change_min=3, observation_min=5, end_min=10)
CARD = RateCard(
    ladder="any",
    rows=(
        RateRow(from_min=Decimal(0), ml_per_h=Decimal(40), ml_total=Decimal(0)),
        RateRow(from_min=Decimal(30), ml_per_h=Decimal(80), ml_total=Decimal(20)),
        RateRow(from_min=Decimal(75), ml_per_h=Decimal(0), ml_total=Decimal(80)),
    ),
    volume_ml=Decimal(80),
    duration_min=Decimal(75),
    max_ml_per_h=Decimal(80),
)


def test_start_and_rates_are_changes_and_observations_are_not() -> None:
    acts = planned_acts(CARD, NINE, first=False, minutes=TAKES)
    assert [(act.at - NINE, act.minutes) for act in acts if act.is_change] == [
        (timedelta(0), 15),
        (timedelta(minutes=30), 8),  # the rate, and the observation before it
    ]
    assert (timedelta(minutes=15), 5) in [(act.at - NINE, act.minutes) for act in acts if not act.is_change]


def test_the_end_is_an_observation_and_the_line_taken_down() -> None:
    acts = planned_acts(CARD, NINE, first=False, minutes=TAKES)
    assert [act.minutes for act in acts if act.at == NINE + timedelta(minutes=75)] == [15]


def test_a_first_infusion_keeps_a_nurse_longer() -> None:
    last = [planned_acts(CARD, NINE, first=first, minutes=TAKES)[-1].at for first in (False, True)]
    assert last[0] < last[1]


def test_the_shipped_estimate_says_where_it_comes_from() -> None:
    assert "GK" in library.nurse_minutes().source


@pytest.mark.parametrize("line", ["start_min = 0", "start_min = 1.5", 'start_min = "ten"'])
def test_an_estimate_that_is_no_number_of_minutes_is_refused(line: str) -> None:
    rest = 'version = "t"\nsource = "GK-L"\nrate_change_min = 3\nobservation_min = 5\nend_min = 10\n'
    with pytest.raises(KnownError, match="start_min"):
        parse_nurse_minutes(f"{rest}{line}\n".encode(), "nurse-minutes.toml")
