"""What the shipped products state, held against the fact base, and what is open about them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest

from ivigdesk.clinical.evidence import source_ids
from ivigdesk.clinical.products.product import Product
from ivigdesk.clinical.products.rate_cards import choose_ladder, ml_per_h, rate_card
from ivigdesk.clinical.products.vials import round_dose
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording
from tests.clinical.samples import every_product, product, shipped_products

# FACTS 4.1: concentration, vials in g (those of general knowledge marked “?”), sugar, IgA in µg/mL.
IDENTITIES: list[tuple[str, int, str, str, str | None]] = [
    ("privigen-10", 100, "2.5 5 10 20 40", "none", "25"),
    ("gamunex-c-10", 100, "1 2.5 5 10 20 40", "none", "46"),
    ("gammagard-10", 100, "1 2.5 5 10 20 30", "none", "37"),
    ("kiovig-10", 100, "1 2.5 5 10 20 30", "none", "140"),
    ("octagam-5", 50, "1? 2.5 5 10 25", "maltose", "200"),
    ("octagam-10", 100, "2 5 10 20 30", "maltose", "106"),
    ("flebogamma-dif-5", 50, "0.5 2.5 5 10 20", "sorbitol", "50"),
    ("flebogamma-dif-10", 100, "5 10 20", "sorbitol", "100"),
    ("panzyga-10", 100, "1 2.5 5 10 20 30", "none", "100"),
    ("bivigam-10", 100, "5 10", "none", "200"),
    ("intragam-10", 100, "2.5? 10 20?", "none", "25"),
    ("intragam-p-6", 60, "0.6 3 12", "maltose", "25"),
    ("cytogam", 50, "2.5", "sucrose", None),
    ("cytotect-cp", 50, "0.5? 1? 2.5?", "none", "2000"),
    ("cn-ph4-5", 50, "1.25? 2.5 5?", "maltose", None),
    ("cn-ph4-freeze-dried", 50, "2.5?", "unknown", None),
    ("cn-chromatography-10", 100, "5? 10?", "unknown", None),
]

# FACTS 4.2 in mg/kg/min: product, indication, first rung, fastest. 0.3 mL/kg/h of 10 % is 0.5 mg/kg/min.
RATES: list[tuple[str, str, str, str]] = [
    ("privigen-10", "primary-immunodeficiency", "0.5", "8"),
    ("privigen-10", "replacement", "0.5", "8"),
    ("privigen-10", "itp", "0.5", "4"),
    ("gamunex-c-10", "itp", "1", "8"),
    ("gammagard-10", "replacement", "5/6", "25/3"),
    ("kiovig-10", "replacement", "5/6", "10"),
    ("octagam-10", "itp", "1", "12"),
    ("octagam-5", "replacement", "0.5", "3.33"),
    ("flebogamma-dif-5", "itp", "0.5", "5"),
    ("flebogamma-dif-10", "itp", "1", "8"),
    ("panzyga-10", "itp", "1", "8"),
    ("panzyga-10", "cidp", "1", "12"),
    ("panzyga-10", "primary-immunodeficiency", "1", "14"),
    ("panzyga-10", "cmv", "1", "8"),
    ("bivigam-10", "replacement", "0.5", "6"),
    ("cytogam", "cmv", "1/4", "1"),
]

WAITING = {"intragam-10", "cytotect-cp", "cn-ph4-freeze-dried", "cn-chromatography-10"}


def said(error: KnownError) -> str:
    return Wording("en").say_error(error).replace("\u00a0", " ")


def test_every_row_of_the_fact_base_is_a_file() -> None:
    assert {brand.id for brand in every_product()} == {row[0] for row in IDENTITIES}
    assert len({brand.facts[0] for brand in every_product()}) == len(IDENTITIES)
    assert all(brand.facts[0].startswith("4.1 ") for brand in every_product())


@pytest.mark.parametrize(("product_id", "g_per_l", "vials", "sugar", "iga"), IDENTITIES)
def test_strength_vials_sugar_and_iga_are_those_of_the_fact_base(
    product_id: str, g_per_l: int, vials: str, sugar: str, iga: str | None
) -> None:
    brand = product(product_id)
    sizes = [(int(Decimal(size.rstrip("?")) * 1000), not size.endswith("?")) for size in vials.split()]
    assert [(vial.mg, vial.confirmed) for vial in brand.vials] == sizes
    assert brand.g_per_l == g_per_l
    assert brand.sugar == sugar
    assert brand.iga_max_ug_per_ml == (None if iga is None else Decimal(iga))


def test_only_privigen_holds_proline() -> None:
    assert [brand.id for brand in every_product() if brand.proline] == ["privigen-10"]
    assert any("Hyperprolinaemia" in text.en for text in product("privigen-10").contraindications)


def test_cmv_immunoglobulin_is_told_apart_and_counts_units_beside_milligrams() -> None:
    assert {brand.id for brand in every_product() if brand.immunoglobulin == "cmv"} == {"cytogam", "cytotect-cp"}
    assert product("cytotect-cp").units_per_ml == 100
    assert product("cytogam").max_mg_per_kg == 150


@pytest.mark.parametrize(("product_id", "indication", "first", "fastest"), RATES)
def test_first_and_fastest_rate_are_those_of_the_label(
    product_id: str, indication: str, first: str, fastest: str
) -> None:
    brand = product(product_id)
    ladder = choose_ladder(brand, indication=indication, first=True)
    per_kg = [ml_per_h(step.rate, ladder.unit, Fraction(1), brand.g_per_l) * _mg_per_ml(brand) for step in ladder.steps]
    assert (per_kg[0] / 60, per_kg[-1] / 60) == (Fraction(first), Fraction(fastest))


@pytest.mark.parametrize(
    ("product_id", "millilitres_per_minute"),
    [("cn-ph4-5", ["1", "3"]), ("intragam-p-6", ["1", "2", "3"])],
)
def test_a_label_per_minute_is_kept_as_one(product_id: str, millilitres_per_minute: list[str]) -> None:
    ladder = product(product_id).ladders[0]
    assert ladder.unit == "mL/min"
    assert [step.rate for step in ladder.steps] == [Decimal(rate) for rate in millilitres_per_minute]
    assert product(product_id).small_patient_cap_mg_per_kg_min == Decimal("3.3")


@pytest.mark.parametrize(
    ("product_id", "cap"),
    [
        ("octagam-10", "3.3"),
        ("panzyga-10", "3.3"),
        ("octagam-5", "3.2"),  # the label says below 3.3
        ("gammagard-10", "3.2"),
        ("bivigam-10", "1.9"),  # the label says below 2
        ("privigen-10", "2"),
        ("gamunex-c-10", "2"),
        ("kiovig-10", "2"),
        ("flebogamma-dif-5", "2"),
        ("flebogamma-dif-10", "2"),
        ("cytogam", None),
        ("cn-ph4-5", None),
        ("intragam-p-6", None),
        ("intragam-10", None),
        ("cytotect-cp", None),
    ],
)
def test_the_risk_cap_is_the_labels_or_says_whose_it_is(product_id: str, cap: str | None) -> None:
    brand = product(product_id)
    assert brand.risk_cap_mg_per_kg_min == (None if cap is None else Decimal(cap))
    assert brand.risk_cap_note is not None
    if cap in (None, "2"):
        assert "program-design" in source_ids(brand.risk_cap_source)


def test_a_child_of_twenty_kilograms_gets_no_more_than_the_cap_of_a_label_per_minute() -> None:
    # FACTS 4.2: 3 mL/min of 5 % is 7.5 mg/kg/min at 20 kg.
    for kg, fastest in (("20", "79.2"), ("40", "158.4"), ("50", "180"), ("70", "180"), ("100", "180")):
        card = rate_card(
            product("cn-ph4-5"),
            indication="cmv",
            weight_g=Fraction(kg) * 1000,
            volume_ml=Decimal(900),
            first=True,
        )
        assert card.max_ml_per_h == Decimal(fastest), kg


def test_what_waits_for_the_pharmacist_stays_in_the_library_and_is_not_planned_with() -> None:
    assert {brand.id for brand in every_product() if brand.to_confirm} == WAITING
    for product_id in sorted(WAITING):
        brand = product(product_id)
        assert brand.note is not None
        assert "pharmacist must confirm" in brand.note.en
        assert "须由药师确认" in brand.note.zh_CN
        with pytest.raises(KnownError, match="cannot be planned with yet") as caught:
            round_dose(brand, Fraction(10_000))
        assert brand.to_confirm is not None
        assert brand.to_confirm.en in said(caught.value)


def test_a_product_that_the_pharmacist_confirmed_is_planned_with() -> None:
    waiting = product("cytotect-cp")
    confirmed = msgspec.structs.replace(
        waiting,
        to_confirm=None,
        vials=tuple(msgspec.structs.replace(vial, confirmed=True) for vial in waiting.vials),
        author="Ward pharmacist",
    )
    dose = round_dose(confirmed, Fraction(70 * 50))  # 1 mL/kg for 70 kg
    assert (dose.volume_ml, dose.dose_mg) == (Decimal(70), 3500)
    with pytest.raises(KnownError, match="no confirmed vial size"):
        round_dose(msgspec.structs.replace(waiting, to_confirm=None), Fraction(3500))


def test_every_product_that_may_be_planned_with_has_a_confirmed_vial_and_a_ladder_for_any_use() -> None:
    for brand in shipped_products():
        assert any(vial.confirmed for vial in brand.vials), brand.id
        for first in (True, False):
            assert choose_ladder(brand, indication="anything else", first=first).steps


def test_no_file_says_that_a_label_was_compared_when_nobody_did() -> None:
    for brand in every_product():
        assert (brand.checked_by, brand.author, brand.written_on) == ("", "", None), brand.id


def test_general_knowledge_is_named_among_the_sources_of_a_product_that_rests_on_it() -> None:
    for brand in every_product():
        open_vials = any(not vial.confirmed for vial in brand.vials)
        if open_vials or "GK" in brand.iga_max or "GK" in brand.risk_cap_source:
            assert "general-knowledge" in brand.sources, brand.id


def test_what_a_label_says_about_mixing_is_said() -> None:
    # FACTS 4.3, Traps T21.
    glucose_only = ["privigen-10", "gamunex-c-10", "gammagard-10", "kiovig-10"]
    never = ["octagam-5", "octagam-10", "flebogamma-dif-5", "flebogamma-dif-10", "bivigam-10"]
    for product_id in glucose_only:
        dilution = product(product_id).dilution
        assert dilution is not None
        assert "Only with 5 % glucose" in dilution.en
    for product_id in never:
        dilution = product(product_id).dilution
        assert dilution is not None
        assert dilution.en == "Do not dilute."
    chinese = product("cn-ph4-5").dilution
    assert chinese is not None
    assert ("with care in diabetes" in chinese.en, "糖尿病患者慎用" in chinese.zh_CN) == (True, True)


def _mg_per_ml(brand: Product) -> Fraction:
    return Fraction(brand.g_per_l)
