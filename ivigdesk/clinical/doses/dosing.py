"""From a patient's size to the milligrams of a dose: the dosing weight, the vials, and the trace behind them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ivigdesk.clinical.findings import Finding, TraceStep
from ivigdesk.messages import Record

WeightPolicy = Literal["actual", "ontario", "nba-2026", "nhs-england"]
Rounding = Literal["nearest", "down", "up", "partial"]


class DosingWeight(Record, frozen=True):
    """The weight that a dose is computed from.

    Attributes:
        weight_g: the weight in grams, exact as a fraction `[numerator, denominator]`; see `kg`.
        policy: the policy that chose it.
        kind: which weight won.
        trace: each step with its inputs.
        findings: a conflict that must be asked, an exclusion that was applied.
    """

    exact_kg: tuple[int, int]
    policy: WeightPolicy
    kind: Literal["actual", "ideal", "adjusted"]
    trace: tuple[TraceStep, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def kg(self) -> Fraction:
        """The dosing weight in kilograms, exact."""
        return Fraction(*self.exact_kg)


class VialCount(Record, frozen=True):
    """So many vials of one size.

    Attributes:
        mg: immunoglobulin per vial, milligrams.
        ml: millilitres per vial.
        count: number of vials, 1 or more.
    """

    mg: int
    ml: Decimal
    count: int


class RoundedDose(Record, frozen=True):
    """A dose as it can be drawn from the product's vials.

    Attributes:
        exact_mg: dose per kg times dosing weight, exact, as text of a decimal rounded to 0.001 mg for reading.
        dose_mg: what is to be given, whole milligrams.
        discard_mg: what stays in the last vial; 0 for whole vials.
        deviation_percent: of `dose_mg` from the exact dose, to 0.01.
        volume_ml: volume of the dose.
        vials: sizes used, largest first.
        rounding: how it was rounded.
        neighbours_mg: nearest whole-vial amounts below (0 when there is none) and above.
        trace, findings: steps; ±10 % rule and others.
    """

    exact_mg: Decimal
    dose_mg: int
    discard_mg: int
    deviation_percent: Decimal
    volume_ml: Decimal
    vials: tuple[VialCount, ...]
    rounding: Rounding
    neighbours_mg: tuple[int, int]
    trace: tuple[TraceStep, ...] = ()
    findings: tuple[Finding, ...] = ()
