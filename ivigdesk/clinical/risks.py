"""What several safety rules share: the patient's risks on a day, the dose as prescribed, and the most allowed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ivigdesk.clinical.patient import age_on
from ivigdesk.clinical.planning import PlanRequest
from ivigdesk.clinical.rules import Limits
from ivigdesk.messages import Amount
from ivigdesk.scheduling.calendar import CalendarDose
from ivigdesk.units import plain

STRONG_G_PER_L = 100
"""10 %: there is no stronger product for the vein to change to."""


class RisksOnDay:
    """Which risks a patient has on a day, from what was recorded, from the age and from the antiviral beside it.

    Source: FACTS 7 SR05, SR09, SR17.
    """

    def __init__(self, request: PlanRequest, limits: Limits, day: date) -> None:
        age = None if request.birth_on is None else age_on(request.birth_on, day)
        recorded = request.risks
        self.age = age
        antiviral = request.antiviral.casefold()
        self.harmful_antiviral = any(name in antiviral for name in limits.nephrotoxic_antivirals)
        self.weak_kidneys = (
            "renal" in recorded or "diabetes" in recorded or (age is not None and age > limits.renal_age_over)
        )
        self.renal = self.weak_kidneys or self.harmful_antiviral
        self.clots = "thrombosis" in recorded or (age is not None and age > limits.clot_age_over)
        self.overload = "cardiac" in recorded

    @property
    def any(self) -> bool:
        """Whether the product's risk cap applies."""
        return self.renal or self.clots or self.overload


def most_per_infusion(request: PlanRequest) -> Decimal | None:
    """Return the most mg/kg that product and regimen allow per infusion; None when neither says."""
    stated = [most for most in (request.product.max_mg_per_kg, request.regimen.max_mg_per_kg) if most is not None]
    return min(stated, default=None)


def prescribed(request: PlanRequest, dose: CalendarDose) -> Decimal:
    """Return the dose per kilogram: the regimen's, else the prescriber's, else 0 (refused before)."""
    if dose.mg_per_kg is not None:
        return dose.mg_per_kg
    return request.mg_per_kg or Decimal(0)


def needs_weighing(request: PlanRequest, doses: Sequence[CalendarDose], dose: CalendarDose, limits: Limits) -> bool:
    """Whether the plan's weight is too old on the day of a later dose; the first dose has its own finding."""
    weighed_on = request.weighed_on or doses[0].due_on
    return dose is not doses[0] and (dose.due_on - weighed_on).days > limits.weight_valid_days


def per_kg(mg: Decimal) -> Amount:
    """Return a dose per kilogram as it is printed."""
    return Amount(plain(mg), "mg/kg")
