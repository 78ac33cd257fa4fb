"""Amounts, doses and findings of a course as words of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ivigdesk.clinical.dosing import Rounding, VialCount, WeightPolicy
from ivigdesk.clinical.findings import SEVERITIES, Finding
from ivigdesk.clinical.infusion import SideEffect
from ivigdesk.clinical.product import Product
from ivigdesk.messages import N_
from ivigdesk.scheduling.regimen import Standing
from ivigdesk.units import grams, rounded
from ivigdesk.wording import NO_BREAK, Wording

_READING = Decimal("0.01")

STANDINGS: dict[Standing, str] = {
    "treatment": N_("treatment"),
    "replacement": N_("replacement"),
    "not-routine": N_("not recommended routinely"),
    "historical": N_("historical"),
    "label": N_("from the product's label"),
}

POLICIES: dict[WeightPolicy, str] = {
    "actual": N_("Actual weight"),
    "ontario": N_("Ontario (adjusted)"),
    "nba-2026": N_("Australia 2026 (adjusted)"),
    "nhs-england": N_("NHS England (adjusted)"),
}

ROUNDINGS: dict[Rounding, str] = {
    "nearest": N_("Nearest whole vials"),
    "down": N_("Down to whole vials"),
    "up": N_("Up to whole vials"),
    "partial": N_("Exact: part of a vial, the rest is discarded"),
}


def dose_grams(wording: Wording, mg: int) -> str:
    """Return `12.5 g`."""
    return wording.amount(grams(mg), "g")


def vials_text(wording: Wording, vials: Sequence[VialCount]) -> str:
    """Return `2 × 10 g + 1 × 2.5 g`."""
    return " + ".join(f"{vial.count}{NO_BREAK}×{NO_BREAK}{dose_grams(wording, vial.mg)}" for vial in vials)


def vials_in_short(wording: Wording, vials: Sequence[VialCount]) -> str:
    """Return `4 × 2.5 g` or `30 + 20 + 3 × 1 g`, for a narrow column."""
    parts = [
        f"{vial.count}{NO_BREAK}×{NO_BREAK}{wording.number(grams(vial.mg))}"
        if vial.count > 1 or len(vials) == 1
        else wording.number(grams(vial.mg))
        for vial in vials
    ]
    return f"{' + '.join(parts)}{NO_BREAK}g"


def taken_from(wording: Wording, volume_ml: Decimal, vials: Sequence[VialCount], *, short: bool = False) -> str:
    """Return what a dose of `volume_ml` is taken from: `5 × 2.5 g`, or `from 1 × 2.5 g (discard 31.4 mL)`.

    SAFETY: part of a vial never reads as if it were the whole of it.
    """
    text = (vials_in_short if short else vials_text)(wording, vials)
    rest = sum((vial.ml * vial.count for vial in vials), Decimal(0)) - volume_ml
    if rest <= 0:
        return text
    return wording.gettext("from {vials} (discard {rest})").format(vials=text, rest=volume_text(wording, rest))


def made_of(wording: Wording, volume_ml: Decimal, vials: Sequence[VialCount]) -> str:
    """Return `250 mL = 5 × 2.5 g`, or `18.6 mL from 1 × 2.5 g (discard 31.4 mL)`."""
    is_whole = sum(vial.ml * vial.count for vial in vials) <= volume_ml
    between = " = " if is_whole else " "
    return f"{volume_text(wording, volume_ml)}{between}{taken_from(wording, volume_ml, vials)}"


def dose_made_of(wording: Wording, mg: int, volume_ml: Decimal, vials: Sequence[VialCount]) -> str:
    """Return `12.5 g = 250 mL = 5 × 2.5 g`, or `0.93 g = 18.6 mL from 1 × 2.5 g (discard 31.4 mL)`."""
    return f"{dose_grams(wording, mg)} = {made_of(wording, volume_ml, vials)}"


def product_title(wording: Wording, product: Product) -> str:
    """Return the product's full title; its percentage never breaks over two lines."""
    return wording.text(product.title).replace(" %", f"{NO_BREAK}%")


def volume_text(wording: Wording, volume_ml: Decimal) -> str:
    """Return `250 mL`."""
    return wording.amount(volume_ml, "mL")


def kilograms_text(wording: Wording, kg: Fraction) -> str:
    """Return a weight to 10 g: `70.2 kg`."""
    return wording.amount(rounded(kg, _READING), "kg")


def arithmetic(wording: Wording, mg_per_kg: Decimal, kg: Fraction, exact_mg: Decimal, deviation: Decimal) -> str:
    """Return `150 mg/kg × 84.6 kg = 12.69 g, rounded −1.5 %`."""
    product = wording.gettext("{per_kg} × {weight} = {exact}").format(
        per_kg=wording.amount(mg_per_kg, "mg/kg"),
        weight=kilograms_text(wording, kg),
        exact=wording.amount(rounded(exact_mg / 1000, Decimal("0.001")), "g"),
    )
    if deviation == 0:
        return product
    return wording.gettext("{exact}, rounded {percent}").format(exact=product, percent=wording.percent(deviation))


def product_caution(wording: Wording, product: Product) -> str:
    """Return what the nurse must know of a product at once; empty for nothing."""
    _ = wording.gettext
    if product.sugar == "maltose":
        return _("Contains maltose: glucose-specific meter only")
    if product.sugar == "sucrose":
        return _("Contains sucrose: a danger to the kidneys")
    if product.sugar == "sorbitol":
        return _("Contains sorbitol: not in fructose intolerance")
    return ""


def reason_text(wording: Wording, reason: str, effects: Iterable[SideEffect]) -> str:
    """Return the reason of a hold as its reader says it.

    The hold that a side effect makes is stored with the term in both languages; the reader wants one.
    """
    for effect in effects:
        if reason.startswith(f"{effect.term.en} / {effect.term.zh_CN},"):
            return effect_in_short(wording, wording.text(effect.term), effect)
    return reason


def effect_in_short(wording: Wording, name: str, effect: SideEffect) -> str:
    """Return `Headache, grade 1`."""
    return wording.gettext("{name}, grade {grade}").format(name=name, grade=effect.grade)


def by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, gravest first, each sentence once."""
    once = {(finding.code, repr(finding.message)): finding for finding in findings}
    return tuple(sorted(once.values(), key=lambda finding: -SEVERITIES.index(finding.severity)))


def span_of_months(wording: Wording, first: date, last: date) -> str:
    """Return `Mar 2026`, or `Mar 2026 – Apr 2026`."""

    def month(day: date) -> str:
        return wording.gettext("{month} {year}").format(month=wording.month(day.month), year=day.year)

    return month(first) if month(first) == month(last) else f"{month(first)} – {month(last)}"
