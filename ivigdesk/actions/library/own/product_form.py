"""What is typed of a product, and the form that would give a product again."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.clinical.products.product import Product, RateLadder
from ivigdesk.messages import Record, Text
from ivigdesk.units import grams, plain

TEXTS = (
    "title", "short_title", "maker", "stabiliser", "storage", "after_opening", "dilution", "flush", "line_filter",
    "risk_cap_note", "note", "to_confirm",
)  # fmt: skip
"""Fields that carry both languages in the file; a form shows that of its reader."""


class VialRow(Record, frozen=True):
    """One container size as typed: both numbers of the label, so that one checks the other.

    Attributes:
        grams, ml: of the label.
        confirmed: False while the size waits for the pharmacist.
    """

    grams: str = ""
    ml: str = ""
    confirmed: bool = True


class LadderRow(Record, frozen=True):
    """One rate ladder as typed.

    Attributes:
        use: `first`, `later` or `any`.
        indication: key of a regimen's indication; `any` for all.
        unit: of the rates.
        rates: slowest first, such as `0.3, 0.6, 1.2`.
        minutes: before each next rate, one fewer than the rates; one number stands for all.
        source: evidence ids or words.
        note: what the source says beside the numbers, in the reader's language.
    """

    use: str = "any"
    indication: str = "any"
    unit: str = "mL/kg/h"
    rates: str = ""
    minutes: str = ""
    source: str = ""
    note: str = ""


class ProductForm(Record, frozen=True):
    """A product as typed. Texts are those of one language; where one is changed, the other language gets it too.

    Attributes:
        id: of the file that is changed or stood in for; empty makes one from the title.
        language: of the texts.
        contraindications: one in each line.
        g_per_l: concentration; 50 is 5 %.
        compared: the nurse has compared every number with the label of the pack.
        base: the product that this is a copy of.
    """

    id: str = ""
    language: str = "en"
    title: str = ""
    short_title: str = ""
    maker: str = ""
    g_per_l: str = ""
    sugar: str = "unknown"
    proline: bool = False
    immunoglobulin: str = "normal"
    iga_max: str = ""
    iga_max_ug_per_ml: str = ""
    units_per_ml: str = ""
    stabiliser: str = ""
    storage: str = ""
    after_opening: str = ""
    dilution: str = ""
    flush: str = ""
    line_filter: str = ""
    contraindications: str = ""
    vials: tuple[VialRow, ...] = (VialRow(),)
    ladders: tuple[LadderRow, ...] = (LadderRow(),)
    risk_cap_mg_per_kg_min: str = ""
    risk_cap_source: str = ""
    risk_cap_note: str = ""
    small_patient_cap_mg_per_kg_min: str = ""
    absolute_cap_ml_per_h: str = ""
    max_mg_per_kg: str = ""
    note: str = ""
    to_confirm: str = ""
    sources: str = ""
    compared: bool = False
    base: Product | None = None


def product_form_of(product: Product, language: str, *, is_own: bool) -> ProductForm:
    """Return the form that would give `product` again; of a shipped one that of a copy, with an id of its own."""

    def said(text: Text | None) -> str:
        return text.in_language(language) if text else ""

    numbers = (
        "g_per_l", "iga_max_ug_per_ml", "units_per_ml", "risk_cap_mg_per_kg_min", "small_patient_cap_mg_per_kg_min",
        "absolute_cap_ml_per_h", "max_mg_per_kg",
    )  # fmt: skip
    return ProductForm(
        id=product.id if is_own else "",
        language=language,
        contraindications="\n".join(said(one) for one in product.contraindications),
        vials=tuple(
            VialRow(grams=plain(grams(vial.mg)), ml=plain(vial.ml), confirmed=vial.confirmed) for vial in product.vials
        ),
        ladders=tuple(_row(ladder, language) for ladder in product.ladders),
        sources="; ".join(product.sources),
        compared=False,
        base=product,
        **{name: said(getattr(product, name)) for name in TEXTS},
        **{name: _number(getattr(product, name)) for name in numbers},
        sugar=product.sugar,
        proline=product.proline,
        immunoglobulin=product.immunoglobulin,
        iga_max=product.iga_max,
        risk_cap_source=product.risk_cap_source,
    )


def _row(ladder: RateLadder, language: str) -> LadderRow:
    return LadderRow(
        use=ladder.use,
        indication=ladder.indication,
        unit=ladder.unit,
        rates=", ".join(plain(step.rate) for step in ladder.steps),
        minutes=", ".join(str(step.minutes) for step in ladder.steps if step.minutes is not None),
        source=ladder.source,
        note=ladder.note.in_language(language) if ladder.note else "",
    )


def _number(number: Decimal | None) -> str:
    return "" if number is None else plain(number)
