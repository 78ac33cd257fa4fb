"""A regimen, a patient's size and a product put together: the whole course, with findings, nothing stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ivigdesk.clinical.dosing import DosingWeight, RoundedDose, Rounding, WeightPolicy
from ivigdesk.clinical.findings import Finding
from ivigdesk.clinical.patient import BloodGroup, Risk, Sex
from ivigdesk.clinical.product import Product
from ivigdesk.clinical.rates import RateCard
from ivigdesk.messages import Record
from ivigdesk.scheduling.calendar import CalendarDose
from ivigdesk.scheduling.regimen import Regimen


class PlanRequest(Record, frozen=True):
    """Everything that a course is computed from.

    Attributes:
        regimen, product: the files.
        first_on: date of the first dose; for a transplant-anchored regimen, doses before it are left out (None:
            none is).
        transplant_on: day 0; needed by a transplant-anchored regimen.
        weight_g, weighed_on: actual weight and its date (None: measured now).
        height_mm, sex, birth_on, pregnant: needed by adjusted-weight policies.
        policy: policy of the dosing weight.
        first_days: chosen first day of a phase whose source leaves it open, as (phase index, day) pairs.
        rounding: `nearest` unless somebody chose otherwise.
        rounding_chosen: True when a person chose the rounding, so that the ±10 % rule no longer asks.
        first_infusion: True when no infusion of this product within 8 weeks is known.
        antiviral: drug given beside it; may be empty.
        blood_group, donor_blood_group, risks: for findings and rate caps.
        earlier_mg_per_kg: cumulative dose per kg in the 14 days before, for the haemolysis rule.
        igg_g_per_l: last IgG level; None when unknown.
        include_optional: also give the doses that the source calls optional.
        mg_per_kg: the prescriber's dose where the source states none; None otherwise.
    """

    regimen: Regimen
    product: Product
    first_on: date | None
    transplant_on: date | None
    weight_g: int
    weighed_on: date | None = None
    height_mm: int | None = None
    sex: Sex = "unknown"
    birth_on: date | None = None
    pregnant: bool = False
    policy: WeightPolicy = "actual"
    first_days: tuple[tuple[int, int], ...] = ()
    rounding: Rounding = "nearest"
    rounding_chosen: bool = False
    first_infusion: bool = True
    antiviral: str = ""
    blood_group: BloodGroup = "unknown"
    donor_blood_group: BloodGroup = "unknown"
    risks: tuple[Risk, ...] = ()
    earlier_mg_per_kg: Decimal = Decimal(0)
    igg_g_per_l: Decimal | None = None
    include_optional: bool = False
    mg_per_kg: Decimal | None = None


class PlannedInfusion(Record, frozen=True):
    """One dose of a plan with everything computed about it.

    Attributes:
        calendar: number, phase, days, date, mg/kg.
        mg_per_kg: prescribed per kilogram (the regimen's, or the prescriber's where the source states none).
        amount: milligrams, vials, volume, deviation.
        rate_card: pump rates.
        is_first_infusion: initial rate and longer observation.
        findings: about this dose.
    """

    calendar: CalendarDose
    mg_per_kg: Decimal
    amount: RoundedDose
    rate_card: RateCard
    is_first_infusion: bool
    findings: tuple[Finding, ...] = ()


class CoursePlan(Record, frozen=True):
    """A computed course.

    Attributes:
        request: what it was computed from.
        dosing_weight: with trace.
        infusions: ascending by date.
        findings: about the whole course.
    """

    request: PlanRequest
    dosing_weight: DosingWeight
    infusions: tuple[PlannedInfusion, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def total_mg(self) -> int:
        """Milligrams of the whole course."""
        return sum(infusion.amount.dose_mg for infusion in self.infusions)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Findings of the course, then of its doses by date."""
        return self.findings + tuple(finding for infusion in self.infusions for finding in infusion.findings)
