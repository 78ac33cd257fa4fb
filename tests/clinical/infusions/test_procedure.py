"""The checklist, the clock times of a card and the observations."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.procedure import (
    clock_rows,
    observation_times,
    parse_checklist,
    parse_observation_rules,
)
from ivigdesk.clinical.products.rate_cards import rate_card
from ivigdesk.clinical.products.rates import RateCard
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording
from tests.clinical.samples import product, shipped_products

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def card(product_id: str, ml: int, *, first: bool = False) -> RateCard:
    return rate_card(product(product_id), indication="cmv", weight_g=70_000, volume_ml=Decimal(ml), first=first)


def minutes(of: RateCard, *, first: bool) -> list[Decimal]:
    return [due.from_min for due in observation_times(of, first=first)]


def test_the_card_has_clock_times() -> None:
    times = [(f"{at:%H:%M:%S}", row.ml_per_h) for at, row in clock_rows(card("cn-ph4-5", 200), TEN)]
    assert times == [("10:00:00", 60), ("10:15:00", 180), ("11:16:42", 0)]


def test_the_example_of_the_fact_base_is_observed_when_it_says() -> None:
    due = observation_times(card("cn-ph4-5", 200), first=False)
    assert [item.from_min for item in due] == [-10, 15, 75, Decimal("76.7"), Decimal("96.7")]
    said = [Wording("en").say(item.reason) for item in due]
    assert said == [
        "before the start",
        "before the rate goes up",
        "at the steady rate",
        "at the end",
        "20 minutes after the end",
    ]


def test_a_first_infusion_is_watched_more_often_and_an_hour_longer() -> None:
    assert minutes(card("cn-ph4-5", 200), first=True) == [-10, 15, 45, 75, Decimal("76.7"), Decimal("136.7")]


def test_while_the_rate_goes_up_it_is_every_fifteen_minutes() -> None:
    during = minutes(card("octagam-10", 700), first=False)
    assert during == [-10, 15, 30, 45, 60, 75, 90, 105, 120, Decimal("165.8"), Decimal("185.8")]


def test_a_card_of_one_rate_is_checked_after_fifteen_minutes_and_then_hourly() -> None:
    slow = rate_card(
        product("cn-ph4-5"), indication="cmv", weight_g=70_000, volume_ml=Decimal(200), first=False,
        tolerated_ml_per_h=Decimal(60),
    )  # fmt: skip
    assert minutes(slow, first=False) == [-10, 15, 75, 135, 195, 200, 220]


def test_a_patient_at_risk_is_observed_every_half_hour() -> None:
    slow = rate_card(
        product("cn-ph4-5"), indication="cmv", weight_g=70_000, volume_ml=Decimal(200), first=False, risk=True
    )
    assert minutes(slow, first=False) == [-10, 15, 45, 75, 105, 135, 165, 195, 200, 220]


def test_no_observation_shares_the_minute_of_the_end() -> None:
    short = rate_card(product("gammagard-10"), indication="cmv", weight_g=300_000, volume_ml=Decimal(529), first=False)
    during = minutes(short, first=False)
    assert short.duration_min == Decimal("90.2")
    assert during[-3:] == [75, Decimal("90.2"), Decimal("110.2")]


def test_a_very_short_infusion_has_no_check_after_its_end_but_the_last() -> None:
    assert minutes(card("cn-ph4-5", 10), first=False) == [-10, 10, 30]


@given(st.integers(5, 800), st.booleans(), st.sampled_from([brand.id for brand in shipped_products()]))
def test_times_ascend_no_step_is_unobserved_and_no_gap_is_longer_than_an_hour(
    ml: int, first: bool, product_id: str
) -> None:
    of = rate_card(product(product_id), indication="cmv", weight_g=Fraction(70_000), volume_ml=Decimal(ml), first=first)
    times = minutes(of, first=first)
    assert times == sorted(set(times))
    assert {row.from_min for row in of.rows[1:-1] if row.from_min <= of.duration_min - 1} <= set(times)
    assert of.duration_min in times
    during = [at for at in times if at <= of.duration_min]
    assert all(after - before <= 60 for before, after in pairwise(during))


def test_the_checklist_has_every_line_of_the_fact_base_once() -> None:
    items = library.checklist().items
    assert len(items) == 15
    assert len({item.code for item in items}) == 15
    assert "two-identifiers" in {item.code for item in items if item.is_critical}
    assert all(item.text.en and item.text.zh_CN and item.source for item in items)
    # The bedside sheet prints them in two columns: longer lines make its print tight.
    assert all(len(item.text.en) <= 64 and len(item.text.zh_CN) <= 34 for item in items)


def test_a_checklist_with_a_code_twice_is_refused() -> None:
    line = '[[items]]\ncode = "consent"\ntext = { en = "x", zh_CN = "x" }\nsource = "x"\n'
    with pytest.raises(KnownError) as caught:
        parse_checklist(f'version = "2026-11"\n{line}{line}'.encode(), "mine.toml")
    assert Wording("en").say_error(caught.value) == "mine.toml, key “items”: “consent” is there twice."


def test_an_observation_interval_of_nothing_is_refused() -> None:
    shipped = library.observation_rules()
    text = "\n".join(
        f"{key} = {0 if key == 'stable_every_min' else getattr(shipped, key)!r}" for key in shipped.__struct_fields__
    )
    with pytest.raises(KnownError, match=r"stable_every_min|from 1 up"):
        parse_observation_rules(text.replace("'", '"').encode(), "mine.toml")
