"""A card that is kept down after a reaction is the one that the ladder itself gives with that cap."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical.infusions.slowed_card import slowed_card
from ivigdesk.clinical.products.product import Product
from ivigdesk.clinical.products.product_file import parse_product
from ivigdesk.clinical.products.rate_cards import rate_card
from ivigdesk.clinical.products.rates import RateCard
from ivigdesk.errors import KnownError
from ivigdesk.messages import message
from ivigdesk.resources import folder
from ivigdesk.units import rounded_down

PRODUCTS = tuple(parse_product(path.read_bytes(), path.name) for path in sorted(folder("products").glob("*.toml")))
WHY = message("dose 3: Headache, grade 2")
TENTH = Decimal("0.1")


def card(product: Product, kg: int, ml: int, *, cap: Decimal | None = None, step: Decimal = TENTH) -> RateCard:
    return rate_card(
        product,
        indication="any",
        weight_g=kg * 1000,
        volume_ml=Decimal(ml),
        first=False,
        pump_step_ml_per_h=step,
        tolerated_ml_per_h=cap,
    )


@given(
    product=st.sampled_from(PRODUCTS),
    kg=st.integers(3, 130),
    ml=st.integers(20, 1200),
    cap=st.decimals(Decimal("0.3"), Decimal(700), places=1),
    step=st.sampled_from([TENTH, Decimal(1)]),
)
def test_it_is_the_card_that_the_ladder_gives_with_this_cap(
    product: Product, kg: int, ml: int, cap: Decimal, step: Decimal
) -> None:
    try:
        planned = card(product, kg, ml, step=step)
        expected = card(product, kg, ml, cap=max(rounded_down(cap, step), step), step=step)
    except KnownError:
        return  # no pump runs as slowly as this patient needs, or the product has no such ladder
    slowed = slowed_card(planned, cap, pump_step_ml_per_h=step, why=WHY)
    if slowed is planned:
        assert cap >= planned.max_ml_per_h
        return
    assert [(row.from_min, row.ml_per_h, row.ml_total) for row in slowed.rows] == [
        (row.from_min, row.ml_per_h, row.ml_total) for row in expected.rows
    ]
    assert (slowed.duration_min, slowed.max_ml_per_h) == (expected.duration_min, expected.max_ml_per_h)
    assert slowed.rows[-1].ml_total == planned.volume_ml
    assert slowed.duration_min >= planned.duration_min
    reaches = max(row.ml_per_h for row in planned.rows) > cap
    assert any(row.capped_by == "tolerated" for row in slowed.rows) == reaches, "a small volume is in before the cap"


def test_a_cap_that_changes_nothing_leaves_the_card_as_it_is() -> None:
    planned = card(PRODUCTS[0], 70, 200)
    assert slowed_card(planned, planned.max_ml_per_h, pump_step_ml_per_h=TENTH, why=WHY) is planned


def test_the_reaction_stands_in_the_trace() -> None:
    planned = card(PRODUCTS[0], 70, 200)
    slowed = slowed_card(planned, planned.max_ml_per_h / 2, pump_step_ml_per_h=TENTH, why=WHY)
    assert slowed.trace[:-1] == planned.trace
    assert slowed.trace[-1].rule.facts["why"] == WHY
