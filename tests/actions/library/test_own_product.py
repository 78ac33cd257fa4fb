"""A ward's own product: copied from a label, checked like a shipped one, signed by whoever compared it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from ivigdesk import resources
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.library.files import Library
from ivigdesk.actions.library.own import (
    LadderRow,
    ProductForm,
    VialRow,
    draft_product,
    hand_over,
    product_form_of,
    save_product,
    take_in,
)
from ivigdesk.actions.library.own.ladder_draft import example_rates
from ivigdesk.actions.patients.patient_form import Refused
from ivigdesk.clinical.products.product import Product
from ivigdesk.errors import KnownError
from ivigdesk.messages import Text
from ivigdesk.wording import Wording

MONDAY = date(2026, 3, 2)


def form(**more: object) -> ProductForm:
    """A 5 % product with two vial sizes and one ladder."""
    typed = {
        "title": "Ward brand 5 %",
        "short_title": "Ward brand",
        "maker": "A maker",
        "g_per_l": "50",
        "sugar": "none",
        "stabiliser": "Glycine",
        "storage": "2 to 8 °C",
        "sources": "Label of the pack, 2026",
        "vials": (VialRow(grams="5", ml="100"), VialRow(grams="2.5", ml="50")),
        "ladders": (LadderRow(rates="0.5, 1, 2", minutes="30", source="Label of the pack, 2026"),),
    } | more
    return ProductForm(**typed)  # type: ignore[arg-type]


def draft(of: ProductForm) -> Product:
    return draft_product(Library(), of, nurse="A. Wong", day=MONDAY)


def mistakes(of: ProductForm) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        draft(of)
    return {one.field: Wording("en").say_error(one) for one in refused.value.mistakes}


def test_a_form_becomes_the_product_that_it_says() -> None:
    product = draft(form())
    assert product.id == "ward-brand-5"
    assert [(vial.mg, vial.ml) for vial in product.vials] == [(2500, 50), (5000, 100)], "smallest first"
    (ladder,) = product.ladders
    assert [(step.rate, step.minutes) for step in ladder.steps] == [(Decimal("0.5"), 30), (1, 30), (2, None)]
    assert (product.checked_by, product.checked_on) == ("", MONDAY), "nobody has compared it yet"
    assert draft(form(compared=True)).checked_by == "A. Wong"


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"title": ""}, "title", "needed"),
        ({"title": "Privigen 10"}, "title", "has “privigen-10” already"),
        ({"g_per_l": "5%"}, "g_per_l", "“5%” cannot be used"),
        ({"g_per_l": "100"}, "vials[0].ml", "is not 100 g/L"),
        ({"vials": (VialRow(grams="x", ml=""),)}, "vials[0].grams", "“x” cannot be used"),
        ({"vials": (VialRow(grams="x", ml=""),)}, "vials[0].ml", "needed"),
        ({"vials": ()}, "vials[0].grams", "at least one vial size"),
        ({"ladders": (LadderRow(rates="2, 1", minutes="30", source="s29"),)}, "ladders[0].rates", "go up"),
        ({"ladders": (LadderRow(rates="", minutes="", source="s29"),)}, "ladders[0].rates", "needed"),
        (
            {"ladders": (LadderRow(rates="1, 2, 3", minutes="30, 30, 30", source="s29"),)},
            "ladders[0].minutes",
            "3 numb",
        ),
        ({"ladders": (LadderRow(rates="1, 2", minutes="", source="s29"),)}, "ladders[0].minutes", "needed"),
        ({"ladders": (LadderRow(rates="1, 2", minutes="30", source=""),)}, "ladders[0].source", "needed"),
        ({"ladders": (LadderRow(rates="1", source="s999"),)}, "ladders[0].source", "“s999” is not in the evidence"),
        ({"ladders": (LadderRow(unit="mL/min", rates="1", source="s29"),)}, "small_patient_cap_mg_per_kg_min", "child"),
        ({"risk_cap_mg_per_kg_min": "0"}, "risk_cap_mg_per_kg_min", "cannot be used"),
        ({"sugar": "sweet"}, "sugar", "“sweet” is not known"),
        ({"sugar": "unknown"}, "sugar", "pharmacist"),
        ({"sources": ""}, "sources", "needed"),
    ],
)
def test_a_mistake_is_said_under_its_field(typed: dict[str, object], field: str, words: str) -> None:
    assert words in mistakes(form(**typed))[field]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", [path.stem for path in resources.files("products", ".toml")])
def test_a_copy_of_every_shipped_product_has_the_same_numbers_and_both_languages(name: str, language: str) -> None:
    shipped = Library().product(name)
    copied = draft(product_form_of(shipped, language, is_own=True))
    same = ("version", "facts", "checked_by", "checked_on", "risk_cap_source")
    kept = {field: getattr(shipped, field) for field in same}
    assert msgspec.structs.replace(copied, **kept) == shipped


def test_a_changed_text_replaces_that_of_the_other_language_too() -> None:
    copy = product_form_of(Library().product("privigen-10"), "en", is_own=True)
    changed = draft(msgspec.structs.replace(copy, storage="In the ward's fridge"))
    assert changed.storage == Text(en="In the ward's fridge", zh_CN="In the ward's fridge")
    assert changed.stabiliser == Library().product("privigen-10").stabiliser


def test_changed_numbers_lose_the_comparison_with_the_label(desk: Desk) -> None:
    first = save_product(desk, form(compared=True))
    assert first.checked_by == "A. Wong"
    again = product_form_of(first, "en", is_own=True)
    assert save_product(desk, again) == first, "unchanged, it stays compared"
    second = save_product(desk, msgspec.structs.replace(again, max_mg_per_kg="1000"))
    assert second.checked_by == ""


def test_a_saved_product_says_who_wrote_it_and_rises_its_version(desk: Desk, folder: Path) -> None:
    first = save_product(desk, form())
    assert (first.author, first.written_on, first.version) == ("A. Wong", MONDAY, "2026-03")
    assert desk.library.product("ward-brand-5") == first
    assert save_product(desk, form(id=first.id)) == first, "nothing was changed"
    second = save_product(desk, form(id=first.id, maker="Another maker"))
    assert second.version == "2026-03.2"
    assert (folder / "library" / "products" / "earlier" / "ward-brand-5-2026-03.toml").exists()


def test_a_shipped_product_is_replaced_only_when_its_id_is_asked_for(desk: Desk) -> None:
    shipped = desk.library.product("privigen-10")
    with pytest.raises(Refused, match="already"):
        save_product(desk, product_form_of(shipped, "en", is_own=False))
    instead = save_product(desk, product_form_of(shipped, "en", is_own=True))
    assert desk.library.is_own("products", "privigen-10")
    assert instead.version == "2026-11.2"


def test_a_product_handed_over_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    out = hand_over(desk, "products", "privigen-10", tmp_path / "out.toml")
    assert take_in(desk, out).kind == "products"
    assert not desk.library.is_own("products", "privigen-10"), "the library has it already"
    text = out.read_text(encoding="utf-8").replace('id = "privigen-10"', 'id = "../../ward"')
    out.write_text(text, encoding="utf-8")
    with pytest.raises(KnownError, match="cannot be used"):
        take_in(desk, out)
    assert not list((tmp_path / "ward").glob("library/**/*.toml"))


@pytest.mark.parametrize(
    ("unit", "rates", "shown"),
    [
        ("mL/kg/h", "0.3, 4.8", (21, 336)),
        ("mL/kg/min", "0.01", (42,)),
        ("mg/kg/min", "0.5", (21,)),
        ("mg/kg/h", "30", (21,)),
        ("mL/min", "1", (60,)),
        ("mL/min", "1, x", ()),
        ("drops", "1", ()),
    ],
)
def test_rates_are_shown_for_an_example_of_70_kg(unit: str, rates: str, shown: tuple[int, ...]) -> None:
    assert example_rates(LadderRow(unit=unit, rates=rates), Decimal(70), Decimal(100)) == shown


def test_without_a_concentration_no_rate_is_shown() -> None:
    assert example_rates(LadderRow(rates="1"), Decimal(70), None) == ()
