"""A regimen, a patient's size and a product put together: the whole course, with findings, nothing stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ivigdesk.clinical.doses.dosing import DosingWeight, RoundedDose, Rounding, WeightPolicy
from ivigdesk.clinical.eligibility.criteria import Criteria
from ivigdesk.clinical.eligibility.profile import Profile
from ivigdesk.clinical.findings import Finding
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clinical.patients.patient import BloodGroup, Risk, Sex
from ivigdesk.clinical.products.product import Product
from ivigdesk.clinical.products.rates import RateCard
from ivigdesk.messages import Record
from ivigdesk.scheduling.calendar import CalendarDose
from ivigdesk.scheduling.choices import Choice
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
        choices: what the prescriber picked where the source leaves it open; see `scheduling.choices`.
        rounding: `nearest` unless somebody chose otherwise.
        rounding_chosen: True when a person chose the rounding, so that the ±10 % rule no longer asks.
        first_infusion: True when no infusion of this product within 8 weeks is known.
        antiviral: drug given beside it; may be empty.
        blood_group, donor_blood_group, risks: for findings and rate caps.
        igg_g_per_l: last IgG level; None when unknown.
        igg_on: date of its sample; None: measured on the day of the first dose.
        include_optional: also give the doses that the source calls optional.
        mg_per_kg: the prescriber's dose where the source states none; None otherwise.
        known: what else the ward knows of the patient.
        profile: criteria that every dose is looked at with on its own date; None for none.
        adjust_from_bmi: the ward's own cut-off for a policy that adjusts from a BMI on; None for the policy's.
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
    choices: tuple[Choice, ...] = ()
    rounding: Rounding = "nearest"
    rounding_chosen: bool = False
    first_infusion: bool = True
    antiviral: str = ""
    blood_group: BloodGroup = "unknown"
    donor_blood_group: BloodGroup = "unknown"
    risks: tuple[Risk, ...] = ()
    igg_g_per_l: Decimal | None = None
    igg_on: date | None = None
    include_optional: bool = False
    mg_per_kg: Decimal | None = None
    known: KnownFacts = KnownFacts()
    profile: Profile | None = None
    adjust_from_bmi: Decimal | None = None


class PlannedInfusion(Record, frozen=True):
    """One dose of a plan with everything computed about it.

    Attributes:
        calendar: number, phase, days, date, mg/kg.
        mg_per_kg: prescribed per kilogram (the regimen's, or the prescriber's where the source states none).
        amount: milligrams, vials, volume, deviation.
        rate_card: pump rates.
        is_first_infusion: initial rate and longer observation.
        findings: about this dose.
        criteria: what the profile says on the date of this dose; None without a profile.
    """

    calendar: CalendarDose
    mg_per_kg: Decimal
    amount: RoundedDose
    rate_card: RateCard
    is_first_infusion: bool
    findings: tuple[Finding, ...] = ()
    criteria: Criteria | None = None


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
        """Findings of the course, gravest first, then of its doses by date, each dose's gravest first."""
        return self.findings + tuple(finding for infusion in self.infusions for finding in infusion.findings)
