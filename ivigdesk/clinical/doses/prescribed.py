"""The dose per kilogram of every dose: the regimen's, the prescriber's, or millilitres times the product's strength."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ivigdesk.clinical.courses.planning import PlanRequest
from ivigdesk.clinical.doses.dosing import RoundedDose
from ivigdesk.clinical.findings import TraceStep
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Amount, message
from ivigdesk.scheduling.calendar import CalendarDose
from ivigdesk.units import plain, rounded

_KG_READING = Decimal("0.001")


def prescribed(request: PlanRequest, dose: CalendarDose) -> Decimal:
    """Return mg/kg of a dose.

    A dose in millilitres follows from the product, which must be CMV immunoglobulin: labels that count in millilitres
    count units of antibody in them.

    Raises:
        UserMistake: the source states no dose and the prescriber none, or millilitres of another kind of product.

    Source: FACTS 1.1 R24, Traps T15.
    """
    if dose.mg_per_kg is not None:
        return dose.mg_per_kg
    if dose.ml_per_kg is not None:
        if request.product.immunoglobulin != "cmv":
            raise UserMistake(
                "product",
                message(
                    N_(
                        "The source gives {ml_per_kg} of CMV immunoglobulin; {product} is not one. Choose a CMV "
                        "immunoglobulin: millilitres of another product are another dose."
                    ),
                    ml_per_kg=Amount(plain(dose.ml_per_kg), "mL/kg"),
                    product=request.product.short_title,
                ),
            )
        return dose.ml_per_kg * request.product.g_per_l
    if request.mg_per_kg is None:
        raise UserMistake(
            "mg_per_kg",
            message(N_("The source of this regimen states no dose. Enter the prescriber's dose in mg per kg.")),
        )
    return request.mg_per_kg


def multiplied(
    request: PlanRequest, dose: CalendarDose, mg_per_kg: Decimal, kg: Fraction, amount: RoundedDose
) -> tuple[TraceStep, ...]:
    """Return the steps from the dose per kilogram to the exact dose."""
    source = ", ".join(request.regimen.sources)
    steps = [
        TraceStep(
            rule=message(
                N_("{mg_per_kg} × {kg} = {mg}"),
                mg_per_kg=Amount(plain(mg_per_kg), "mg/kg"),
                kg=Amount(plain(rounded(kg, _KG_READING)), "kg"),
                mg=Amount(plain(amount.exact_mg), "mg"),
            ),
            source=source,
        )
    ]
    if dose.mg_per_kg is None and dose.ml_per_kg is not None:
        strength = TraceStep(
            rule=message(
                N_("the source counts in millilitres: {ml_per_kg} × {strength} = {mg_per_kg}"),
                ml_per_kg=Amount(plain(dose.ml_per_kg), "mL/kg"),
                strength=Amount(plain(request.product.g_per_l), "mg/mL"),
                mg_per_kg=Amount(plain(mg_per_kg), "mg/kg"),
            ),
            source=source,
        )
        steps.insert(0, strength)
    return tuple(steps)
