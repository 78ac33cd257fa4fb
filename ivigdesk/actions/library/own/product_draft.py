"""From a product's form to the product, with every mistake in words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, cast, get_args

from ivigdesk.actions.library.files import Library
from ivigdesk.actions.library.own.ladder_draft import read_ladder
from ivigdesk.actions.library.own.product_form import TEXTS, ProductForm
from ivigdesk.actions.library.own.reading import (
    Mistakes,
    free_id,
    id_from,
    needed,
    read_amount,
    read_sources,
    read_words,
)
from ivigdesk.clinical.products.product import Product, RateLadder, Sugar, Vial
from ivigdesk.clinical.products.product_file import parse_product
from ivigdesk.clinical.products.product_write import write_product
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, Text, message
from ivigdesk.scheduling.regimen import Immunoglobulin
from ivigdesk.units import to_thousandths

_VERSION_OF_A_DRAFT = "draft"
_UNNAMED = "draft"
_NO_TEXT = Text(en="?", zh_CN="?")
_NEEDED = ("title", "short_title", "maker", "stabiliser", "storage")
_NAMES: dict[str, str] = {
    "title": N_("Name of the product"),
    "short_title": N_("Short name"),
    "maker": N_("Maker"),
    "stabiliser": N_("Stabiliser"),
    "storage": N_("Storage"),
    "after_opening": N_("After opening"),
    "dilution": N_("Dilution"),
    "flush": N_("Flush"),
    "line_filter": N_("Filter"),
    "risk_cap_note": N_("Where the limit at risk is from"),
    "note": N_("Note"),
    "to_confirm": N_("Waits for the pharmacist"),
}
_NUMBERS: dict[str, tuple[str, str, Decimal]] = {
    "g_per_l": (N_("Concentration"), "g/L", Decimal(300)),
    "iga_max_ug_per_ml": (N_("Most IgA"), "µg/mL", Decimal(9999)),
    "units_per_ml": (N_("Activity"), "U/mL", Decimal(9999)),
    "risk_cap_mg_per_kg_min": (N_("Fastest at risk"), "mg/kg/min", Decimal(20)),
    "small_patient_cap_mg_per_kg_min": (N_("Fastest for a small patient"), "mg/kg/min", Decimal(20)),
    "absolute_cap_ml_per_h": (N_("Fastest for anybody"), "mL/h", Decimal(1000)),
    "max_mg_per_kg": (N_("Most per infusion"), "mg/kg", Decimal(3000)),
}


def draft_product(library: Library, form: ProductForm, *, nurse: str, day: date) -> Product:
    """Return the product that the form says, checked as a file of the library would be; nothing is stored.

    Args:
        nurse, day: who fills the form in, and when: what a ticked comparison with the label is signed with.

    Raises:
        Refused: with every mistake, each for its field: `title`, `vials[0].ml`, `ladders[1].rates`.
    """
    mistakes = Mistakes()
    texts = {name: mistakes.take(partial(_text, form, name), None) for name in TEXTS}
    numbers = {name: mistakes.take(partial(_number, form, name), None) for name in _NUMBERS}
    title = texts["title"]
    product_id = form.id or _UNNAMED
    if not form.id and title is not None:
        product_id = mistakes.take(lambda: free_id(library, "products", id_from(title), "title"), _UNNAMED)
    sources = mistakes.take(lambda: read_sources(form.sources, library), ())
    cap_source = mistakes.take(lambda: _cap_source(form, library), "")
    iga = mistakes.take(lambda: read_words(form.iga_max, "iga_max", message(N_("IgA"))), "")
    vials = tuple(_vials(form, mistakes))
    ladders = tuple(_ladders(form, library, mistakes))
    for field, allowed in (("sugar", get_args(Sugar)), ("immunoglobulin", get_args(Immunoglobulin))):
        if getattr(form, field) not in allowed:
            mistakes.add(
                field,
                message(N_("“{value}” is not known. Allowed: {allowed}."), value=getattr(form, field), allowed=allowed),
            )
    checked_by, checked_on = _checked(form, nurse, day)
    values: dict[str, Any] = {**texts, **numbers, **{name: texts[name] or _NO_TEXT for name in _NEEDED}}
    drafted = Product(
        id=product_id,
        version=_VERSION_OF_A_DRAFT,
        sugar=cast(Sugar, form.sugar),
        immunoglobulin=cast(Immunoglobulin, form.immunoglobulin),
        proline=form.proline,
        iga_max=iga,
        vials=vials,
        ladders=ladders,
        contraindications=_contraindications(form),
        risk_cap_source=cap_source,
        sources=sources or (_UNNAMED,),
        checked_by=checked_by,
        checked_on=checked_on,
        **values,
    )
    # Where the numbers can be read, what is wrong with them is said even while a text is missing.
    can_be_checked = len(vials) == len(form.vials) and len(ladders) == len(form.ladders)
    if can_be_checked and not mistakes.concerns("sugar", "immunoglobulin", *_NUMBERS):
        _check(drafted, mistakes)
    mistakes.refuse()
    return drafted


def _text(form: ProductForm, name: str) -> Text | None:
    """Return a text in both languages.

    SAFETY: where one language was changed, the other gets the same words: old words must not stand beside new ones.
    """
    label = message(_NAMES[name])
    typed = read_words(getattr(form, name), name, label, required=name in _NEEDED)
    before: Text | None = getattr(form.base, name) if form.base else None
    return both_languages(typed, before, form.language)


def both_languages(typed: str, before: Text | None, language: str) -> Text | None:
    """Return `before` when its words in `language` are the typed ones, else the typed words in both languages."""
    if not typed:
        return None
    if before is not None and " ".join(before.in_language(language).split()) == typed:
        return before
    return Text(en=typed, zh_CN=typed)


def _number(form: ProductForm, name: str) -> Decimal | None:
    label, unit, most = _NUMBERS[name]
    number = read_amount(getattr(form, name), name, message(label), unit, most)
    return needed(number, name, message(label)) if name == "g_per_l" else number


def _cap_source(form: ProductForm, library: Library) -> str:
    sources = read_sources(form.risk_cap_source, library, required=False, field="risk_cap_source")
    return "; ".join(sources)


def _vials(form: ProductForm, mistakes: Mistakes) -> list[Vial]:
    vials = []
    for index, row in enumerate(form.vials):
        grams, ml = (
            mistakes.take(partial(_size, text, f"vials[{index}].{part}", message(label), unit), None)
            for part, text, label, unit in (("grams", row.grams, N_("Vial"), "g"), ("ml", row.ml, N_("Volume"), "mL"))
        )
        if grams is not None and ml is not None:
            vials.append(Vial(mg=to_thousandths(grams), ml=ml, confirmed=row.confirmed))
    return sorted(vials, key=lambda vial: vial.mg)


def _size(text: str, field: str, name: Message, unit: str) -> Decimal:
    return needed(read_amount(text, field, name, unit, Decimal(2000)), field, name)


def _ladders(form: ProductForm, library: Library, mistakes: Mistakes) -> list[RateLadder]:
    ladders = []
    for index, row in enumerate(form.ladders):
        before = form.base.ladders[index].note if form.base and index < len(form.base.ladders) else None
        note = both_languages(" ".join(row.note.split()), before, form.language)
        ladder = read_ladder(row, f"ladders[{index}]", note, library, mistakes)
        if ladder is not None:
            ladders.append(ladder)
    return ladders


def _contraindications(form: ProductForm) -> tuple[Text, ...]:
    before = form.base.contraindications if form.base else ()
    known = {" ".join(one.in_language(form.language).split()): one for one in before}
    lines = (" ".join(line.split()) for line in form.contraindications.splitlines())
    return tuple(known.get(line, Text(en=line, zh_CN=line)) for line in lines if line)


def _checked(form: ProductForm, nurse: str, day: date) -> tuple[str, date]:
    """Return who compared the numbers with the label, and when; nobody where the nurse does not say so.

    SAFETY: a comparison that somebody made of the earlier numbers says nothing of these.
    """
    return (nurse, day) if form.compared else ("", day)


def _check(product: Product, mistakes: Mistakes) -> None:
    """Keep what the library itself would refuse the file for."""
    try:
        parse_product(write_product(product), f"{product.id}.toml")
    except KnownError as error:
        key, reason = error.message.facts.get("key"), error.message.facts.get("reason")
        if not isinstance(key, str) or not isinstance(reason, Message):
            raise
        mistakes.add(field_of_key(key), reason)


def field_of_key(key: str) -> str:
    """Return the form's field for a key of the file: `ladders[1].steps` is asked in `ladders[1].rates`."""
    if re.fullmatch(r"vials\[[0-9]+\]", key):
        return f"{key}.ml"
    key = re.sub(r"\.steps.*$", ".rates", key)
    return {"vials": "vials[0].grams", "ladders": "ladders[0].use"}.get(key, key)
