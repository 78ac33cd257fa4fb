"""Puts a regimen, a patient's size and a product together: the whole course, computed and looked at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from ivigdesk.clinical import library
from ivigdesk.clinical.courses.planning import CoursePlan, PlannedInfusion, PlanRequest
from ivigdesk.clinical.doses.dosing import DosingWeight, RoundedDose
from ivigdesk.clinical.doses.prescribed import multiplied, prescribed
from ivigdesk.clinical.doses.weight import choose_dosing_weight
from ivigdesk.clinical.eligibility.criteria import Criteria
from ivigdesk.clinical.findings import Finding, TraceStep
from ivigdesk.clinical.patients.patient import age_on
from ivigdesk.clinical.products.rate_cards import rate_card
from ivigdesk.clinical.products.rates import RateCard
from ivigdesk.clinical.products.vials import round_dose
from ivigdesk.clinical.safety.dose import most_per_infusion
from ivigdesk.clinical.safety.facts import CourseFacts, DoseFacts
from ivigdesk.clinical.safety.product import is_first_infusion
from ivigdesk.clinical.safety.risks import RisksOnDay
from ivigdesk.clinical.safety.rules import course_findings, dose_findings, gravest_first
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Amount, message
from ivigdesk.scheduling.calendar import CalendarDose, expand
from ivigdesk.scheduling.choices import choose
from ivigdesk.scheduling.closures import WardDays
from ivigdesk.units import plain

_G_PER_KG = 1000

_OPEN_EVERY_DAY = WardDays()

_ONCE = ("RATE-SMALL", "RATE-PUMP", "SR26")
"""What may hold for every dose alike, beside the rules of a profile."""


def plan_course(
    request: PlanRequest,
    *,
    ward_days: WardDays = _OPEN_EVERY_DAY,
    pump_step_ml_per_h: Decimal = Decimal("0.1"),
) -> CoursePlan:
    """Return the whole course with its findings, the gravest first; nothing is stored.

    The regimen in the plan's request is the one with the prescriber's picks made.

    Args:
        request: what the course is computed from.
        ward_days: opening days, closures and what happens on closed days.
        pump_step_ml_per_h: rates are rounded down to it.

    Raises:
        UserMistake: a value that cannot be taken: a pick, dates, weight, height, a missing dose per kilogram, a
            product that does not fit a dose in millilitres.
        KnownError: the product has no confirmed vial, no ladder, or the pump is too coarse.
    """
    request = msgspec.structs.replace(request, regimen=choose(request.regimen, request.choices))
    doses = expand(
        request.regimen,
        first_on=request.first_on,
        transplant_on=request.transplant_on,
        ward_days=ward_days,
        include_optional=request.include_optional,
    )
    _refuse_what_cannot_be(request, doses)
    weight = choose_dosing_weight(
        policy=request.policy,
        weight_g=request.weight_g,
        height_mm=request.height_mm,
        sex=request.sex,
        age_years=None if request.birth_on is None else age_on(request.birth_on, doses[0].due_on),
        pregnant=request.pregnant,
        adjust_from_bmi=request.adjust_from_bmi,
    )
    facts = CourseFacts(request, doses, [prescribed(request, dose) for dose in doses], weight.findings)
    infusions = _Infusions(facts, weight, pump_step_ml_per_h).all()
    shared, infusions = _said_once(infusions)
    findings = gravest_first((*weight.findings, *course_findings(facts), *shared))
    return CoursePlan(request=request, dosing_weight=weight, infusions=infusions, findings=findings)


def _said_once(
    infusions: tuple[PlannedInfusion, ...],
) -> tuple[tuple[Finding, ...], tuple[PlannedInfusion, ...]]:
    """Return the remarks about rates and criteria that hold for every dose alike, and the doses without them.

    Each dose's card still names what kept its rates down, and each dose keeps its criteria.
    """
    first = infusions[0]
    codes = {*_ONCE, *(rule.code for rule in (first.criteria.rules if first.criteria else ()))}
    shared = tuple(
        finding
        for finding in first.findings
        if finding.code in codes and all(finding in infusion.findings for infusion in infusions)
    )
    if not shared:
        return (), infusions
    rest = tuple(
        msgspec.structs.replace(
            infusion, findings=tuple(finding for finding in infusion.findings if finding not in shared)
        )
        for infusion in infusions
    )
    return shared, rest


def _refuse_what_cannot_be(request: PlanRequest, doses: Sequence[CalendarDose]) -> None:
    if request.birth_on is not None and doses[0].due_on < request.birth_on:
        raise UserMistake(
            "first_on",
            message(
                N_("First dose: {value} is before the birth date {birth_on}."),
                value=doses[0].due_on,
                birth_on=request.birth_on,
            ),
        )
    if request.mg_per_kg is not None and not 0 < request.mg_per_kg <= library.limits().course_mg_per_kg:
        raise UserMistake(
            "mg_per_kg",
            message(
                N_("Dose per kilogram: {value} cannot be used. Allowed: above 0, up to {most}."),
                value=Amount(plain(request.mg_per_kg), "mg/kg"),
                most=Amount(plain(library.limits().course_mg_per_kg), "mg/kg"),
            ),
        )


class _Infusions:
    """The doses of one course; what is equal for several of them is computed once."""

    def __init__(self, facts: CourseFacts, weight: DosingWeight, pump_step_ml_per_h: Decimal) -> None:
        self.facts = facts
        self.request = facts.request
        self.kg = weight.kg
        self.pump_step = pump_step_ml_per_h
        self.amounts: dict[tuple[Decimal, Decimal | None], RoundedDose] = {}
        self.cards: dict[tuple[Decimal, bool, bool], RateCard] = {}

    def all(self) -> tuple[PlannedInfusion, ...]:
        return tuple(self._infusion(index) for index in range(len(self.facts.doses)))

    def _infusion(self, index: int) -> PlannedInfusion:
        facts = self.facts
        dose = facts.doses[index]
        amount = self._amount(dose, facts.mg_per_kg[index])
        is_first = is_first_infusion(facts, index)
        card = self._card(amount.volume_ml, is_first, RisksOnDay(facts, dose.due_on).any)
        criteria = self._criteria(dose)
        of = DoseFacts(facts, index, amount, card, self.kg, is_first=is_first, criteria=criteria)
        return PlannedInfusion(
            calendar=dose,
            mg_per_kg=facts.mg_per_kg[index],
            amount=amount,
            rate_card=card,
            is_first_infusion=is_first,
            findings=gravest_first((*amount.findings, *dose_findings(facts, of))),
            criteria=criteria,
        )

    def _criteria(self, dose: CalendarDose) -> Criteria | None:
        if self.request.profile is None:
            return None
        from ivigdesk.clinical.eligibility.facts import criteria_on  # late: it is not needed without a profile

        days = tuple(other.due_on for other in self.facts.doses)
        return criteria_on(self.request, dose.due_on, dose_days=days)

    def _amount(self, dose: CalendarDose, mg_per_kg: Decimal) -> RoundedDose:
        key = (mg_per_kg, dose.ml_per_kg)
        if key not in self.amounts:
            request = self.request
            most = most_per_infusion(request)
            amount = round_dose(
                request.product,
                Fraction(mg_per_kg) * self.kg,
                rounding=request.rounding,
                rounding_chosen=request.rounding_chosen,
                standing=request.regimen.standing,
                most_mg=None if most is None else Fraction(most) * self.kg,
            )
            trace: tuple[TraceStep, ...] = (*multiplied(request, dose, mg_per_kg, self.kg, amount), *amount.trace)
            self.amounts[key] = msgspec.structs.replace(amount, trace=trace)
        return self.amounts[key]

    def _card(self, volume_ml: Decimal, first: bool, risk: bool) -> RateCard:
        key = (volume_ml, first, risk)
        if key not in self.cards:
            self.cards[key] = rate_card(
                self.request.product,
                indication=self.request.regimen.indication,
                # SAFETY: rates per kg follow the smaller weight; the dosing weight is never above the actual one.
                weight_g=self.kg * _G_PER_KG,
                volume_ml=volume_ml,
                first=first,
                risk=risk,
                pump_step_ml_per_h=self.pump_step,
            )
        return self.cards[key]
