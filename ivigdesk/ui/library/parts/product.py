"""What the file of a product says."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.actions.library.evidence import said_in_words, source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.products.product import Product
from ivigdesk.messages import Text
from ivigdesk.ui.library.detail import Part, pair
from ivigdesk.ui.library.parts.common import file_parts, other_language, source_parts, whose_state
from ivigdesk.ui.library.words import IMMUNOGLOBULINS, concentration, ladder_lines, ladder_title, sugar
from ivigdesk.ui.widgets import State
from ivigdesk.units import grams
from ivigdesk.wording import Wording


def product_parts(product: Product, library: Library, wording: Wording) -> tuple[Part, ...]:
    """Return every part, from what is read first to how it is filed."""
    _ = wording.gettext
    checked = (
        State("✓", _("Compared with the label"), "given")
        if product.checked_by
        else State("!", _("Not compared with a label"), "attention")
    )
    return (
        Part("heading", wording.text(product.title)),
        *other_language(product.title, wording),
        Part("chips", states=(whose_state(library, "products", product.id, wording), checked)),
        *([Part("warning", wording.text(product.to_confirm))] if product.to_confirm else []),
        *(Part("warning", wording.text(one)) for one in product.contraindications),
        *_identity_parts(product, wording),
        *_handling_parts(product, wording),
        *_ladder_parts(product, library, wording),
        *_cap_parts(product, library, wording),
        *([pair(_("Note"), wording.text(product.note))] if product.note else []),
        *source_parts(library, product.sources, wording),
        pair(_("Numbers"), checked_words(product, wording)),
        *file_parts(product, wording),
    )


def checked_words(product: Product, wording: Wording) -> str:
    """Return who compared the numbers with the label; where nobody has, that they are those of the fact base."""
    _ = wording.gettext
    on = wording.date_plain(product.checked_on)
    if product.checked_by:
        return _("compared with the label {date}, by {who}").format(date=on, who=product.checked_by)
    if product.author:
        return _("as written {date}, not compared with a label").format(date=on)
    return _("taken from the fact base {date}, not compared with a label").format(date=on)


def _identity_parts(product: Product, wording: Wording) -> list[Part]:
    _ = wording.gettext
    vials = "\n".join(
        f"{wording.amount(grams(vial.mg), 'g')} / {wording.amount(vial.ml, 'mL')}"
        + ("" if vial.confirmed else _(" (not confirmed: ask the pharmacist)"))
        for vial in product.vials
    )
    parts = [
        pair(_("Maker"), wording.text(product.maker)),
        pair(_("Concentration"), concentration(product, wording)),
        pair(_("Vials"), vials),
        pair(_("Kind of immunoglobulin"), _(IMMUNOGLOBULINS[product.immunoglobulin])),
        pair(_("Stabiliser"), wording.text(product.stabiliser)),
        pair(_("Sugar"), sugar(product, wording)),
    ]
    if product.proline:
        parts.append(pair(_("L-proline"), _("yes: not in hyperprolinaemia")))
    if product.iga_max:
        parts.append(pair(_("IgA"), said_in_words(product.iga_max, wording)))
    if product.units_per_ml is not None:
        parts.append(pair(_("Activity"), wording.amount(product.units_per_ml, "U/mL")))
    return parts


def _handling_parts(product: Product, wording: Wording) -> list[Part]:
    _ = wording.gettext
    texts: tuple[tuple[Text | None, str], ...] = (
        (product.storage, _("Storage")),
        (product.after_opening, _("After opening")),
        (product.dilution, _("Dilution")),
        (product.flush, _("Flush")),
        (product.line_filter, _("Filter")),
    )
    return [pair(label, wording.text(text)) for text, label in texts if text]


def _ladder_parts(product: Product, library: Library, wording: Wording) -> list[Part]:
    _ = wording.gettext
    parts = []
    for ladder in product.ladders:
        lines = [*ladder_lines(ladder, wording)]
        if ladder.note:
            lines.append(wording.text(ladder.note))
        lines += [
            _("Source: {title}").format(title=title) for title in source_titles(library, [ladder.source], wording)
        ]
        parts.append(pair(_("Rates: {use}").format(use=ladder_title(ladder, wording)), "\n".join(lines)))
    return parts


def _cap_parts(product: Product, library: Library, wording: Wording) -> list[Part]:
    """Return the limits, each with where it is from."""
    _ = wording.gettext
    at_risk = (
        wording.amount(product.risk_cap_mg_per_kg_min, "mg/kg/min")
        if product.risk_cap_mg_per_kg_min is not None
        else _("the first rate throughout: the label asks for the minimum and gives no number")
    )
    lines = [at_risk]
    if product.risk_cap_note:
        lines.append(wording.text(product.risk_cap_note))
    if product.risk_cap_source:
        titles = source_titles(library, [product.risk_cap_source], wording)
        lines += [_("Source: {title}").format(title=title) for title in titles]
    parts = [pair(_("At risk of kidney injury, clots or overload: at most"), "\n".join(lines))]
    limits: tuple[tuple[Decimal | None, str, str], ...] = (
        (product.small_patient_cap_mg_per_kg_min, "mg/kg/min", _("Small patient: at most")),
        (product.absolute_cap_ml_per_h, "mL/h", _("Anybody: at most")),
        (product.max_mg_per_kg, "mg/kg", _("Most per infusion")),
    )
    parts += [pair(label, wording.amount(limit, unit)) for limit, unit, label in limits if limit is not None]
    return parts
