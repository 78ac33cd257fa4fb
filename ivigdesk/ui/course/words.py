"""Amounts, doses and findings of a course as words of the screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ivigdesk.clinical.doses.dosing import Rounding, WeightPolicy
from ivigdesk.clinical.findings import SEVERITIES, Finding
from ivigdesk.clinical.products.product import Product
from ivigdesk.messages import N_
from ivigdesk.scheduling.regimen import Standing
from ivigdesk.units import rounded
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


def product_title(wording: Wording, product: Product) -> str:
    """Return the product's full title; its percentage never breaks over two lines."""
    return wording.text(product.title).replace(" %", f"{NO_BREAK}%")


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


def by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, gravest first, each sentence once."""
    once = {(finding.code, repr(finding.message)): finding for finding in findings}
    return tuple(sorted(once.values(), key=lambda finding: -SEVERITIES.index(finding.severity)))


def span_of_months(wording: Wording, first: date, last: date) -> str:
    """Return `Mar 2026`, or `Mar 2026 – Apr 2026`."""

    def month(day: date) -> str:
        return wording.gettext("{month} {year}").format(month=wording.month(day.month), year=day.year)

    return month(first) if month(first) == month(last) else f"{month(first)} – {month(last)}"
