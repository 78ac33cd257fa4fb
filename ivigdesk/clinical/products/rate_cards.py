"""From a product's ladder to pump rates in mL/h for one patient and one volume, and what was really given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from ivigdesk.clinical.findings import TraceStep
from ivigdesk.clinical.products.product import Product, RateLadder, RateUnit
from ivigdesk.clinical.products.rates import RateCard, RateRow
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Amount, message
from ivigdesk.units import plain, rounded, rounded_down

CappedBy = Literal["", "risk", "small patient", "absolute", "tolerated"]

_MINUTE_STEP = Decimal("0.1")
_ML_STEP = Decimal("0.1")
_READING = Decimal("0.01")
_G_PER_KG = 1000
_MIN_PER_H = 60
_SECONDS_PER_H = 3600
_SECONDS_PER_DAY = 86_400


def rate_card(
    product: Product,
    *,
    indication: str,
    weight_g: Fraction | int,
    volume_ml: Decimal,
    first: bool,
    risk: bool = False,
    pump_step_ml_per_h: Decimal = Decimal("0.1"),
    tolerated_ml_per_h: Decimal | None = None,
) -> RateCard:
    """Return the rungs of the ladder that fits, worked out for this patient and this volume.

    Rates are rounded down to the pump's step, equal rungs become one, and the card ends when the volume is in.

    Args:
        product: whose ladders and caps.
        indication: the regimen's; a ladder made for it goes before the one for any.
        weight_g: grams; give the smaller of actual and dosing weight.
        volume_ml: of the whole dose, above 0.
        first: True for a first infusion, another product or a long gap.
        risk: True for a patient at risk of kidney injury, clots or overload: the product's risk cap, or its first
            rung throughout where the label asks for the minimum and gives no number.
        pump_step_ml_per_h: smallest step of the pump.
        tolerated_ml_per_h: never faster than this, after a reaction; None without one.

    Raises:
        KnownError: the product has no ladder for this use, or the pump cannot run as slowly as this patient needs.
        ValueError: the volume is not above 0.
    """
    if volume_ml <= 0:
        raise ValueError(f"{volume_ml} mL is no volume")
    ladder = choose_ladder(product, indication=indication, first=first)
    kg = Fraction(weight_g) / _G_PER_KG
    rungs = [ml_per_h(step.rate, ladder.unit, kg, product.g_per_l) for step in ladder.steps]
    caps = _caps(product, ladder, rungs, kg, risk=risk, tolerated=tolerated_ml_per_h)
    fastest = min((cap for cap, _ in caps), default=rungs[-1])
    fastest = min(fastest, rungs[-1])

    paced = _pace(product, rungs, caps, fastest, pump_step_ml_per_h)
    rows = _rows(paced, [step.minutes for step in ladder.steps], Fraction(volume_ml), volume_ml)
    return RateCard(
        ladder=ladder.use,
        rows=rows,
        volume_ml=volume_ml,
        duration_min=rows[-1].from_min,
        max_ml_per_h=paced[-1][0],
        trace=_trace(product, ladder, kg, rungs, caps),
    )


def initial_ml_per_h(product: Product, *, indication: str, weight_g: Fraction | int, first: bool) -> Fraction:
    """Return the label's first rate for this patient, exactly, before any pump; arguments as for `rate_card`.

    Raises:
        KnownError: the product has no ladder for this use.
    """
    ladder = choose_ladder(product, indication=indication, first=first)
    kg = Fraction(weight_g) / _G_PER_KG
    return ml_per_h(ladder.steps[0].rate, ladder.unit, kg, product.g_per_l)


def choose_ladder(product: Product, *, indication: str, first: bool) -> RateLadder:
    """Return the ladder for this use: one made for the indication goes before one for any.

    Raises:
        KnownError: the product has none.
    """
    use = "first" if first else "later"
    for wanted in (indication, "any"):
        fitting = [ladder for ladder in product.ladders if ladder.indication == wanted]
        for ladder in fitting:
            if ladder.use == use:
                return ladder
        for ladder in fitting:
            if ladder.use == "any":
                return ladder
    raise KnownError(
        message(
            N_("{product} has no infusion rates for this use. Choose another product, or add them to its file."),
            product=product.title,
        )
    )


def ml_per_h(rate: Decimal, unit: RateUnit, kg: Fraction, g_per_l: Decimal) -> Fraction:
    """Return a label's rate as millilitres per hour, exactly; g/L is the same number as mg/mL."""
    exact, concentration = Fraction(rate), Fraction(g_per_l)
    match unit:
        case "mg/kg/min":
            return exact * kg * _MIN_PER_H / concentration
        case "mg/kg/h":
            return exact * kg / concentration
        case "mL/kg/h":
            return exact * kg
        case "mL/kg/min":
            return exact * kg * _MIN_PER_H
        case "mL/min":
            return exact * _MIN_PER_H


def volume_given(
    changes: Sequence[tuple[datetime, Decimal]], until: datetime, limit_ml: Decimal | Fraction
) -> Fraction:
    """Return the millilitres that went in, exactly, from the rates that were really set.

    Args:
        changes: moment and rate in mL/h from then on, ascending; a pause is rate 0.
        until: counted up to this moment; later changes count nothing.
        limit_ml: what hangs; never more than this was given.
    """
    total = Fraction(0)
    for index, (at, rate) in enumerate(changes):
        end = changes[index + 1][0] if index + 1 < len(changes) else until
        span = min(end, until) - at
        if span.total_seconds() > 0:
            total += Fraction(rate) * seconds_of(span) / _SECONDS_PER_H
    return min(total, Fraction(limit_ml))


def seconds_of(span: timedelta) -> Fraction:
    """Return the seconds of a time span, exactly."""
    return Fraction(span.days * _SECONDS_PER_DAY + span.seconds) + Fraction(span.microseconds, 1_000_000)


def _caps(
    product: Product, ladder: RateLadder, rungs: list[Fraction], kg: Fraction, *, risk: bool, tolerated: Decimal | None
) -> list[tuple[Fraction, CappedBy]]:
    caps: list[tuple[Fraction, CappedBy]] = []
    if risk:
        per_kg = product.risk_cap_mg_per_kg_min
        # SAFETY: a label that says “minimum practicable” without a number means its first rung here.
        cap = rungs[0] if per_kg is None else ml_per_h(per_kg, "mg/kg/min", kg, product.g_per_l)
        caps.append((cap, "risk"))
    small = product.small_patient_cap_mg_per_kg_min
    if small is not None and ladder.unit == "mL/min":
        caps.append((ml_per_h(small, "mg/kg/min", kg, product.g_per_l), "small patient"))
    if product.absolute_cap_ml_per_h is not None:
        caps.append((Fraction(product.absolute_cap_ml_per_h), "absolute"))
    if tolerated is not None:
        caps.append((Fraction(tolerated), "tolerated"))
    return caps


def _pace(
    product: Product,
    rungs: list[Fraction],
    caps: list[tuple[Fraction, CappedBy]],
    fastest: Fraction,
    pump_step: Decimal,
) -> list[tuple[Decimal, CappedBy]]:
    """Return each rung as the pump can run it, with what kept it down."""
    if fastest < pump_step:
        raise KnownError(
            message(
                N_(
                    "The pump cannot run slowly enough: {product} may run at {rate} at most for this patient, "
                    "the pump's smallest step is {step}. Use a pump with finer steps."
                ),
                product=product.title,
                rate=Amount(plain(rounded_down(fastest, Decimal("0.001"))), "mL/h"),
                step=Amount(plain(pump_step), "mL/h"),
            )
        )
    paced: list[tuple[Decimal, CappedBy]] = []
    for rung in rungs:
        rate = rung
        why: CappedBy = ""
        for cap, name in caps:
            # SAFETY: where the label counts per minute, a small patient's first rungs shrink with the cap;
            # otherwise the infusion would start at the fastest rate.
            allowed = cap * rung / rungs[-1] if name == "small patient" else cap
            if allowed < rate:
                rate, why = allowed, name
        # Rounded down to nothing, the smallest step is taken: `fastest` was seen to allow it.
        paced.append((max(rounded_down(rate, pump_step), pump_step), why))
    return paced


def _rows(
    paced: list[tuple[Decimal, CappedBy]], minutes: list[int | None], volume: Fraction, volume_ml: Decimal
) -> tuple[RateRow, ...]:
    rows: list[RateRow] = []
    at, given = Fraction(0), Fraction(0)
    for (rate, why), length in zip(paced, minutes, strict=True):
        if not rows or rows[-1].ml_per_h != rate:
            rows.append(
                RateRow(
                    from_min=rounded(at, _MINUTE_STEP),
                    ml_per_h=rate,
                    ml_total=rounded(given, _ML_STEP),
                    capped_by=why,
                )
            )
        elif why and not rows[-1].capped_by:
            # The cap is this very rate: it is what keeps the card from going up.
            rows[-1] = msgspec.structs.replace(rows[-1], capped_by=why)
        per_min = Fraction(rate) / _MIN_PER_H
        if length is None or given + per_min * length >= volume:
            at += (volume - given) / per_min
            break
        at += length
        given += per_min * length
    end = rounded(at, _MINUTE_STEP)
    while len(rows) > 1 and rows[-1].from_min >= end:
        rows.pop()  # a rate that would be set for less than one step of the clock
    end = max(end, rows[-1].from_min + _MINUTE_STEP)
    rows.append(RateRow(from_min=end, ml_per_h=Decimal(0), ml_total=volume_ml))
    return tuple(rows)


def _trace(
    product: Product,
    ladder: RateLadder,
    kg: Fraction,
    rungs: list[Fraction],
    caps: list[tuple[Fraction, CappedBy]],
) -> tuple[TraceStep, ...]:
    steps = [
        TraceStep(
            rule=message(
                N_("{product}, {g_per_l}, for {kg}: rungs {rungs} {unit}, that is {rates} mL/h"),
                product=product.title,
                g_per_l=Amount(plain(product.g_per_l), "g/L"),
                kg=Amount(plain(rounded(kg, Decimal("0.001"))), "kg"),
                rungs=tuple(plain(step.rate) for step in ladder.steps),
                unit=ladder.unit,
                rates=tuple(plain(rounded(rung, _READING)) for rung in rungs),
            ),
            source=ladder.source,
        )
    ]
    reasons = {
        "risk": N_("at risk of kidney injury, clots or overload: at most {rate}"),
        "small patient": N_("small patient: at most {rate}"),
        "absolute": N_("nobody faster than {rate}"),
        "tolerated": N_("not faster than tolerated before: {rate}"),
    }
    sources = {
        "risk": product.risk_cap_source or ladder.source,
        "small patient": "FACTS 4.2 (design, GK-M)",
        "absolute": ladder.source,
        "tolerated": "FACTS 5.5",
    }
    for cap, name in caps:
        if cap >= rungs[-1]:
            continue  # it does not slow this patient down
        rate = Amount(plain(rounded_down(cap, _READING)), "mL/h")
        steps.append(TraceStep(rule=message(reasons[name], rate=rate), source=sources[name]))
    return tuple(steps)
