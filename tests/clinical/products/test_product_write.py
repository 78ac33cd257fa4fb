"""A product that is written is read back as it was."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical.products.product import Product, RateLadder, RateStep, Vial
from ivigdesk.clinical.products.product_file import parse_product
from ivigdesk.clinical.products.product_write import write_product
from ivigdesk.messages import Text
from tests.clinical.samples import every_product, product


@pytest.mark.parametrize("brand", every_product(), ids=lambda brand: brand.id)
def test_every_shipped_product_reads_back_equal(brand: Product) -> None:
    assert parse_product(write_product(brand), "mine.toml") == brand


def test_a_wards_own_product_keeps_who_wrote_it_and_when() -> None:
    own = msgspec.structs.replace(
        product("cn-ph4-5"),
        version="2026-12",
        checked_by="王药师",
        author="王药师",
        written_on=date(2026, 12, 1),
        note=Text(en='Says "5 %"\\ on the pack\nand more', zh_CN="包装标示“5%”\t备注"),
    )
    again = parse_product(write_product(own), "mine.toml")
    assert again == own
    assert (again.author, again.written_on) == ("王药师", date(2026, 12, 1))


def test_a_whole_number_is_written_without_a_point() -> None:
    text = write_product(product("cn-ph4-5")).decode()
    assert "g_per_l = 50\n" in text
    assert "rate = 3 }" in text


def test_a_product_without_ladders_says_so() -> None:
    assert tomllib.loads(write_product(product("cn-chromatography-10")).decode())["ladders"] == []


def test_what_has_no_place_in_a_file_is_a_slip_of_the_caller() -> None:
    with pytest.raises(TypeError, match="float"):
        write_product(msgspec.structs.replace(product("cn-ph4-5"), g_per_l=50.0))


amounts = st.decimals(Decimal("0.001"), Decimal(500), places=3)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: text.strip() != "")


@given(
    st.lists(amounts, min_size=1, max_size=6, unique=True).map(sorted),
    amounts,
    st.none() | amounts,
    texts,
    st.integers(1, 500),
)
def test_any_amounts_and_any_words_read_back_equal(
    rates: list[Decimal], g_per_l: Decimal, cap: Decimal | None, words: str, minutes: int
) -> None:
    steps = [RateStep(rate=rate, minutes=minutes) for rate in rates[:-1]] + [RateStep(rate=rates[-1])]
    own = msgspec.structs.replace(
        product("privigen-10"),
        g_per_l=g_per_l,
        vials=(Vial(mg=int(g_per_l * 1000), ml=Decimal(1000), confirmed=False),),
        ladders=(RateLadder(use="any", unit="mL/kg/h", steps=tuple(steps), source=words),),
        absolute_cap_ml_per_h=cap,
        title=Text(en=words, zh_CN=words),
    )
    assert parse_product(write_product(own), "mine.toml") == own
