"""What the rules of the fact base (section 7) notice about one dose of a planned course."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from ivigdesk.clinical.dosing import RoundedDose
from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.planning import PlanRequest
from ivigdesk.clinical.rate_cards import initial_ml_per_h
from ivigdesk.clinical.rates import RateCard
from ivigdesk.clinical.risks import STRONG_G_PER_L, most_per_infusion, needs_weighing, per_kg
from ivigdesk.clinical.rules import Limits
from ivigdesk.messages import N_, Amount, message
from ivigdesk.scheduling.calendar import CalendarDose
from ivigdesk.units import plain, rounded_down

_NON_O = ("A", "B", "AB")
_MG_PER_G = 1000
_G_PER_KG = 1000
_MIN_PER_H = 60
_RATE_READING = Decimal("0.001")


def dose_findings(
    request: PlanRequest,
    doses: Sequence[CalendarDose],
    index: int,
    mg_per_kg: Sequence[Decimal],
    amount: RoundedDose,
    card: RateCard,
    dosing_kg: Fraction,
    limits: Limits,
    *,
    is_first: bool,
) -> tuple[Finding, ...]:
    """Return what is to be known about one dose.

    Args:
        request: what the course is computed from.
        doses: the calendar, ascending.
        index: which dose, from 0.
        mg_per_kg: prescribed per kilogram, one per dose.
        amount, card: as computed for this dose.
        dosing_kg: dosing weight.
        limits: the numbers.
        is_first: as for the card.
    """
    dose = doses[index]
    return (
        *_per_infusion(request, mg_per_kg[index], amount, dosing_kg),
        *_large_dose(dose, mg_per_kg[index], limits),
        *_large_month(doses, index, mg_per_kg, limits),
        *_haemolysis(request, index, mg_per_kg, limits),
        *_volume(request, amount, limits),
        *_long(card, limits),
        *_weigh_again(request, doses, dose, limits),
        *_capped(card),
        *_coarse_pump(request, card, dosing_kg, is_first=is_first),
    )


def _weigh_again(
    request: PlanRequest, doses: Sequence[CalendarDose], dose: CalendarDose, limits: Limits
) -> tuple[Finding, ...]:
    if not needs_weighing(request, doses, dose, limits):
        return ()
    return noticed("info", "SR24", message(N_("Weigh again before this dose.")), "FACTS 7 SR24")


def _per_infusion(
    request: PlanRequest, mg_per_kg: Decimal, amount: RoundedDose, dosing_kg: Fraction
) -> tuple[Finding, ...]:
    most = most_per_infusion(request)
    if most is None or max(Fraction(mg_per_kg), amount.dose_mg / dosing_kg) <= most:
        return ()
    return noticed(
        "block",
        "MAX-KG",
        message(
            N_("{dose} is more than the {most} that may be given in one infusion. Lower the dose or round down."),
            dose=Amount(plain(Decimal(amount.dose_mg) / _MG_PER_G), "g"),
            most=per_kg(most),
        ),
        "FACTS 3.4, S28",
    )


def _large_dose(dose: CalendarDose, mg_per_kg: Decimal, limits: Limits) -> tuple[Finding, ...]:
    findings: tuple[Finding, ...] = ()
    if mg_per_kg > limits.dose_mg_per_kg:
        findings += noticed(
            "warn",
            "SR19",
            message(
                N_("{dose} is more than {limit} in a day. The prescriber justifies it."),
                dose=per_kg(mg_per_kg),
                limit=per_kg(limits.dose_mg_per_kg),
            ),
            "FACTS 7 SR19",
        )
    day = dose.transplant_day
    if day is not None and 0 <= day <= limits.vod_last_day and mg_per_kg > limits.vod_mg_per_kg:
        findings += noticed(
            "warn",
            "SR12",
            message(N_("Large dose soon after the transplant: watch for veno-occlusive disease (weight, bilirubin).")),
            "FACTS 7 SR12, S24, S25",
        )
    return findings


def _large_month(
    doses: Sequence[CalendarDose], index: int, mg_per_kg: Sequence[Decimal], limits: Limits
) -> tuple[Finding, ...]:
    """Return the finding at the dose that reaches the monthly limit soon after the transplant."""
    dose = doses[index]
    if dose.transplant_day is None or not 0 <= dose.transplant_day <= limits.vod_last_day:
        return ()
    month = timedelta(days=limits.vod_month_days)
    before = sum((mg_per_kg[i] for i in range(index) if dose.due_on - doses[i].due_on < month), Decimal(0))
    if before >= limits.vod_month_mg_per_kg or before + mg_per_kg[index] < limits.vod_month_mg_per_kg:
        return ()
    return noticed(
        "warn",
        "SR12",
        message(
            N_(
                "With this dose {limit} within {days} days is reached, soon after the transplant: watch for "
                "veno-occlusive disease (weight, bilirubin)."
            ),
            limit=per_kg(limits.vod_month_mg_per_kg),
            days=limits.vod_month_days,
        ),
        "FACTS 7 SR12, S24, S25",
    )


def _haemolysis(request: PlanRequest, index: int, mg_per_kg: Sequence[Decimal], limits: Limits) -> tuple[Finding, ...]:
    """Return the finding at the dose that reaches the cumulative limit: this course and what went before it."""
    # SAFETY: counted per patient, not per course.
    before = request.earlier_mg_per_kg + sum(mg_per_kg[:index], Decimal(0))
    is_reached_already = index > 0 and before >= limits.haemolysis_mg_per_kg
    if is_reached_already or before + mg_per_kg[index] < limits.haemolysis_mg_per_kg:
        return ()
    groups = (request.blood_group, request.donor_blood_group)
    source = "FACTS 7 SR10, SR11, S43"
    if any(group in _NON_O for group in groups):
        return noticed(
            "warn",
            "SR10",
            message(
                N_(
                    "With this dose {limit} is reached, and the blood group is not O: red cells may break down. "
                    "Haemoglobin and direct antiglobulin test before it; haemoglobin 36 to 96 hours and again 5 to 10 "
                    "days after the last dose."
                ),
                limit=per_kg(limits.haemolysis_mg_per_kg),
            ),
            source,
        )
    if "unknown" in groups:
        return noticed(
            "info",
            "SR10",
            message(
                N_(
                    "With this dose {limit} is reached, and the blood group of patient or donor is not recorded. "
                    "Record both: if either is not O, haemoglobin is followed for 10 days."
                ),
                limit=per_kg(limits.haemolysis_mg_per_kg),
            ),
            source,
        )
    return ()


def _volume(request: PlanRequest, amount: RoundedDose, limits: Limits) -> tuple[Finding, ...]:
    if amount.volume_ml <= limits.volume_per_day_ml:
        return ()
    volume = Amount(plain(amount.volume_ml), "mL")
    if request.product.g_per_l >= STRONG_G_PER_L:
        what = message(
            N_(
                "{volume} in a day may overload the circulation. Ask whether to split the dose; watch fluid balance "
                "and breathing."
            ),
            volume=volume,
        )
    else:
        what = message(
            N_(
                "{volume} in a day may overload the circulation. Ask whether to split the dose or use a 10 % "
                "product; watch fluid balance and breathing."
            ),
            volume=volume,
        )
    return noticed("warn", "SR17", what, "FACTS 7 SR17 (GK-H)")


def _long(card: RateCard, limits: Limits) -> tuple[Finding, ...]:
    if card.duration_min <= limits.infusion_hours * _MIN_PER_H:
        return ()
    return noticed(
        "warn",
        "LONG",
        message(
            N_(
                "At the rates allowed this infusion takes {duration}, more than {hours} hours. Ask the prescriber "
                "whether to split the dose, and the pharmacist how long an opened vial keeps."
            ),
            duration=timedelta(minutes=int(card.duration_min)),
            hours=limits.infusion_hours,
        ),
        "FACTS 4.1, S28 (12 hours for Cytogam; others: design)",
    )


def _capped(card: RateCard) -> tuple[Finding, ...]:
    if not any(row.capped_by == "small patient" for row in card.rows):
        return ()
    return noticed(
        "info",
        "RATE-SMALL",
        message(
            N_("The label's rate per minute is too fast for this weight: {rate} at most."),
            rate=Amount(plain(card.max_ml_per_h), "mL/h"),
        ),
        "FACTS 4.2 (design, GK-M)",
    )


def _coarse_pump(request: PlanRequest, card: RateCard, dosing_kg: Fraction, *, is_first: bool) -> tuple[Finding, ...]:
    """Return the finding of a start that is faster than the label's because the pump cannot run more slowly."""
    initial = initial_ml_per_h(
        request.product, indication=request.regimen.indication, weight_g=dosing_kg * _G_PER_KG, first=is_first
    )
    if Fraction(card.rows[0].ml_per_h) <= initial:
        return ()
    return noticed(
        "warn",
        "RATE-PUMP",
        message(
            N_(
                "The pump's smallest step, {step}, is faster than the initial rate for this weight, {rate}. Use a "
                "pump with finer steps."
            ),
            step=Amount(plain(card.rows[0].ml_per_h), "mL/h"),
            rate=Amount(plain(rounded_down(initial, _RATE_READING)), "mL/h"),
        ),
        "FACTS 4.2",
    )
