"""From a ladder to pump rates, and what was really given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from ivigdesk.clinical.products.rate_cards import choose_ladder, ml_per_h, rate_card, volume_given
from ivigdesk.clinical.products.rates import RateCard
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording
from tests.clinical.samples import product, shipped_products

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def card(product_id: str, kg: str, ml: str, *, first: bool = True, risk: bool = False, **more: object) -> RateCard:
    return rate_card(
        product(product_id),
        indication=str(more.pop("indication", "cmv")),
        weight_g=Fraction(kg) * 1000,
        volume_ml=Decimal(ml),
        first=first,
        risk=risk,
        **more,  # type: ignore[arg-type]
    )


def rows(of: RateCard) -> list[tuple[str, str, str]]:
    return [(f"{row.from_min.normalize():f}", f"{row.ml_per_h.normalize():f}", f"{row.ml_total:f}") for row in of.rows]


def test_d1_a_ten_percent_product_climbs_its_whole_ladder() -> None:
    d1 = card("octagam-10", "70", "700")
    assert d1.duration_min == Decimal("165.8")
    assert rows(d1) == [
        ("0", "42", "0.0"),
        ("30", "84", "21.0"),
        ("60", "168", "63.0"),
        ("90", "336", "147.0"),
        ("120", "504", "315.0"),
        ("165.8", "0", "700"),
    ]


def test_d2_the_risk_cap_holds_the_rate_down() -> None:
    d2 = card("octagam-10", "70", "700", risk=True)
    assert d2.duration_min == Decimal("335.8")
    assert d2.max_ml_per_h == Decimal("138.6")
    assert [row.capped_by for row in d2.rows] == ["", "", "risk", ""]


@pytest.mark.parametrize(("ml", "minutes"), [("200", "76.7"), ("700", "243.3")])
def test_d3_and_d4_the_chinese_label_counts_per_minute(ml: str, minutes: str) -> None:
    card_of = card("cn-ph4-5", "70", ml)
    assert card_of.duration_min == Decimal(minutes)
    assert [row.ml_per_h for row in card_of.rows] == [60, 180, 0]


def test_d5_cytogam_is_slower_the_first_time_and_capped_for_anybody() -> None:
    first, later = card("cytogam", "70", "210"), card("cytogam", "70", "210", first=False)
    assert (first.duration_min, later.duration_min) == (Decimal("202.8"), Decimal("185.4"))
    assert (first.ladder, later.ladder) == ("first", "later")
    assert [row.ml_per_h for row in first.rows] == [21, 42, 75, 0]
    assert first.rows[2].capped_by == "absolute"


@pytest.mark.parametrize(
    ("product_id", "kg", "ml", "options", "minutes"),
    [
        ("octagam-10", "70", "700", {}, "165.8"),  # D1
        ("octagam-10", "70", "700", {"risk": True}, "335.8"),  # D2
        ("cn-ph4-5", "70", "200", {}, "76.7"),  # D3
        ("cn-ph4-5", "70", "700", {}, "243.3"),  # D4
        ("cytogam", "70", "210", {}, "202.8"),  # D5
        ("cytogam", "70", "210", {"first": False}, "185.4"),  # D5, a later dose
    ],
)
@pytest.mark.parametrize("indication", ["cmv", "replacement", "prophylaxis", "itp", "general"])
def test_the_times_of_the_fact_base_hold_whatever_the_regimen_is_for(
    product_id: str, kg: str, ml: str, options: dict[str, Any], minutes: str, indication: str
) -> None:
    made = card(product_id, kg, ml, indication=indication, **options)
    assert made.duration_min == Decimal(minutes)
    assert made.rows[-1].from_min == made.duration_min


def test_t20_panzyga_is_fastest_where_its_label_says_so() -> None:
    fastest = {
        indication: card("panzyga-10", "70", "700", indication=indication).max_ml_per_h
        for indication in ("itp", "cidp", "primary-immunodeficiency", "replacement")
    }
    assert fastest == {"itp": 336, "cidp": 504, "primary-immunodeficiency": 588, "replacement": 336}


def test_t18_a_child_is_never_infused_at_the_adult_rate_per_minute() -> None:
    child = card("cn-ph4-5", "20", "60")
    assert child.max_ml_per_h == Decimal("79.2")
    assert {row.capped_by for row in child.rows[:-1]} == {"small patient"}
    # The first rung keeps its third of the fastest: a child does not start at its own maximum.
    assert child.rows[0].ml_per_h == Decimal("26.4")


def test_t18_the_cap_stops_binding_from_about_forty_five_kilograms() -> None:
    assert card("cn-ph4-5", "45.4", "200").max_ml_per_h < 180
    assert [row.ml_per_h for row in card("cn-ph4-5", "45.5", "200").rows] == [60, 180, 0]


def test_t19_the_absolute_cap_binds_only_above_its_weight() -> None:
    assert card("cytogam", "62.5", "180").max_ml_per_h == 75
    assert card("cytogam", "62", "180").max_ml_per_h == Decimal("74.4")
    assert card("cytogam", "100", "300").max_ml_per_h == 75


def test_t20_the_fastest_rate_depends_on_the_indication() -> None:
    assert card("privigen-10", "70", "700", indication="itp").max_ml_per_h == 168  # 4 mg/kg/min
    assert card("privigen-10", "70", "700", indication="cmv").max_ml_per_h == 336  # 8 mg/kg/min


def test_t17_the_same_rate_per_kilogram_is_twice_the_volume_at_half_the_strength() -> None:
    for unit in ("mg/kg/min", "mg/kg/h"):
        five, ten = (ml_per_h(Decimal(1), unit, Fraction(70), Decimal(g)) for g in (50, 100))  # type: ignore[arg-type]
        assert five == 2 * ten
    for unit in ("mL/kg/h", "mL/kg/min", "mL/min"):
        five, ten = (ml_per_h(Decimal(1), unit, Fraction(70), Decimal(g)) for g in (50, 100))  # type: ignore[arg-type]
        assert five == ten


def test_a_risk_without_a_number_on_the_label_stays_at_the_first_rung() -> None:
    slow = card("cn-ph4-5", "70", "200", risk=True)
    assert [row.ml_per_h for row in slow.rows] == [60, 0]
    assert slow.duration_min == 200


def test_equal_rungs_after_capping_become_one() -> None:
    assert len(card("octagam-10", "70", "700", tolerated_ml_per_h=Decimal("84")).rows) == 3


def test_a_tolerated_rate_is_not_exceeded() -> None:
    tolerated = card("octagam-10", "70", "700", tolerated_ml_per_h=Decimal("100"))
    assert tolerated.max_ml_per_h == 100
    assert tolerated.rows[-2].capped_by == "tolerated"


def test_a_small_volume_ends_within_its_rung() -> None:
    assert rows(card("octagam-10", "70", "10.5")) == [("0", "42", "0.0"), ("15", "0", "10.5")]
    assert rows(card("octagam-10", "70", "21")) == [("0", "42", "0.0"), ("30", "0", "21")]


def test_a_rate_for_less_than_a_step_of_the_clock_is_no_row() -> None:
    short = card("octagam-10", "70", "21.05")  # 21 mL in 30 minutes, the rest in two seconds
    assert rows(short) == [("0", "42", "0.0"), ("30", "0", "21.05")]
    drop = card("octagam-10", "300", "0.1")
    assert [row.from_min for row in drop.rows] == [0, Decimal("0.1")]


def test_a_risk_cap_that_is_the_first_rung_is_named_on_its_row() -> None:
    slow = card("cn-ph4-5", "70", "200", risk=True)
    assert [(row.ml_per_h, row.capped_by) for row in slow.rows] == [(60, "risk"), (0, "")]


def test_a_cap_that_no_label_states_does_not_name_the_label() -> None:
    def sources(product_id: str, kg: str, **changes: Any) -> list[str]:
        return [step.source for step in card(product_id, kg, "60", **changes).trace]

    assert sources("cn-ph4-5", "20") == ["S38", "FACTS 4.2 (design, GK-M)"]
    assert sources("privigen-10", "20", risk=True) == ["S29", "FACTS 4.2 (design; S34 by analogy)"]
    assert sources("octagam-10", "20", risk=True) == ["S32", "S32"]
    assert sources("octagam-10", "20", tolerated_ml_per_h=Decimal(20)) == ["S32", "FACTS 5.5"]


def test_a_label_that_says_below_is_kept_below() -> None:
    for brand, limit in (("octagam-5", "3.3"), ("gammagard-10", "3.3"), ("bivigam-10", "2")):
        cap = product(brand).risk_cap_mg_per_kg_min
        assert cap is not None
        assert cap < Decimal(limit)


def test_rates_are_rounded_down_to_the_pumps_step() -> None:
    coarse = card("privigen-10", "3.3", "10", pump_step_ml_per_h=Decimal(1))
    assert [row.ml_per_h for row in coarse.rows][:2] == [1, 3]


def test_a_first_rung_below_the_pumps_step_runs_at_the_step_if_the_ladder_allows_it() -> None:
    baby = card("privigen-10", "0.3", "5")
    assert baby.rows[0].ml_per_h == Decimal("0.1")  # 0.3 mL/kg/h × 0.3 kg = 0.09 mL/h


def test_a_pump_that_cannot_run_slowly_enough_is_refused_in_words() -> None:
    with pytest.raises(KnownError) as caught:
        card("privigen-10", "0.3", "5", tolerated_ml_per_h=Decimal("0.05"))
    assert "cannot run slowly enough" in Wording("en").say_error(caught.value)


def test_a_product_without_a_ladder_for_the_use_is_refused_in_words() -> None:
    cytogam = product("cytogam")
    only_later = msgspec.structs.replace(cytogam, ladders=cytogam.ladders[1:])
    with pytest.raises(KnownError, match="no infusion rates"):
        choose_ladder(only_later, indication="cmv", first=True)


def test_no_volume_is_a_slip_of_the_caller() -> None:
    with pytest.raises(ValueError, match="is no volume"):
        card("octagam-10", "70", "0")


def test_the_trace_names_the_ladder_and_only_the_caps_that_slow_this_patient() -> None:
    adult = [Wording("en").say(step.rule) for step in card("cn-ph4-5", "70", "200").trace]
    child = [Wording("en").say(step.rule) for step in card("cn-ph4-5", "20", "60").trace]
    assert len(adult) == 1
    assert "rungs 1, 3 mL/min, that is 60, 180 mL/h" in adult[0]
    assert child[1] == "small patient: at most 79.2\u00a0mL/h"


product_ids = st.sampled_from([brand.id for brand in shipped_products()])


@given(
    product_ids,
    st.integers(500, 200_000),
    st.decimals(Decimal("0.1"), Decimal(2000), places=1),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["cmv", "itp", "replacement"]),
    st.sampled_from([Decimal("0.1"), Decimal(1)]),
)
def test_every_card_ends_at_its_volume_and_keeps_below_every_cap(
    product_id: str, weight_g: int, ml: Decimal, first: bool, risk: bool, indication: str, step: Decimal
) -> None:
    brand = product(product_id)
    ladder = choose_ladder(brand, indication=indication, first=first)
    kg = Fraction(weight_g, 1000)
    try:
        made = rate_card(
            brand,
            indication=indication,
            weight_g=weight_g,
            volume_ml=ml,
            first=first,
            risk=risk,
            pump_step_ml_per_h=step,
        )
    except KnownError:
        reject()
    label = ml_per_h(ladder.steps[-1].rate, ladder.unit, kg, brand.g_per_l)
    caps = [label]
    if brand.absolute_cap_ml_per_h is not None:
        caps.append(Fraction(brand.absolute_cap_ml_per_h))
    if risk and brand.risk_cap_mg_per_kg_min is not None:
        caps.append(ml_per_h(brand.risk_cap_mg_per_kg_min, "mg/kg/min", kg, brand.g_per_l))
    if ladder.unit == "mL/min":
        caps.append(ml_per_h(Decimal("3.3"), "mg/kg/min", kg, brand.g_per_l))
    rates = [row.ml_per_h for row in made.rows[:-1]]
    assert all(0 < rate <= min(caps) for rate in rates)
    assert all(rate % step == 0 for rate in rates)
    assert rates == sorted(set(rates)), "rates rise, and equal rungs are one"
    assert max(rates) <= made.max_ml_per_h
    assert (made.rows[-1].ml_per_h, made.rows[-1].ml_total) == (0, ml)
    times = [row.from_min for row in made.rows]
    assert times[0] == 0
    assert times == sorted(times)
    assert made.duration_min == times[-1]
    given_ml = volume_given(
        [(START + timedelta(minutes=float(row.from_min)), row.ml_per_h) for row in made.rows[:-1]],
        START + timedelta(minutes=float(made.duration_min)),
        ml,
    )
    # The end is rounded to a tenth of a minute: at most that much of the last rate is missing.
    assert Fraction(ml) - given_ml <= Fraction(rates[-1]) / 600


def test_what_was_given_follows_the_rates_that_were_set() -> None:
    changes = [
        (START, Decimal(60)),
        (START + timedelta(minutes=15), Decimal(180)),
        (START + timedelta(minutes=25), Decimal(0)),
        (START + timedelta(minutes=45), Decimal(90)),
    ]
    assert volume_given(changes, START + timedelta(minutes=65), Decimal(200)) == 15 + 30 + 0 + 30
    assert volume_given(changes, START + timedelta(minutes=20), Decimal(200)) == 15 + 15
    assert volume_given(changes, START + timedelta(hours=9), Decimal(200)) == 200
    assert volume_given(changes, START - timedelta(hours=1), Decimal(200)) == 0
    assert volume_given([], START, Decimal(200)) == 0


moments = st.lists(
    st.tuples(st.integers(0, 36_000), st.decimals(0, 300, places=1)), min_size=1, max_size=8, unique_by=lambda at: at[0]
).map(sorted)


@given(moments, st.integers(0, 40_000), st.integers(0, 40_000), st.decimals(0, 500, places=1))
def test_more_time_never_gives_less_and_never_more_than_hangs(
    steps: list[tuple[int, Decimal]], one: int, other: int, hangs: Decimal
) -> None:
    changes = [(START + timedelta(seconds=second), rate) for second, rate in steps]
    earlier, later = sorted((one, other))
    before = volume_given(changes, START + timedelta(seconds=earlier), hangs)
    after = volume_given(changes, START + timedelta(seconds=later), hangs)
    assert 0 <= before <= after <= hangs


@given(moments, st.integers(1, 600))
def test_a_pause_adds_nothing(steps: list[tuple[int, Decimal]], pause_s: int) -> None:
    changes = [(START + timedelta(seconds=second), rate) for second, rate in steps]
    end = changes[-1][0] + timedelta(minutes=10)
    paused = [*changes, (end, Decimal(0))]
    endless = Decimal(100_000)
    assert volume_given(paused, end + timedelta(seconds=pause_s), endless) == volume_given(changes, end, endless)
