"""Puts a regimen, a patient's size and a product together: the whole course, computed and looked at."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec

from ivigdesk.clinical import library
from ivigdesk.clinical.dose_safety import dose_findings
from ivigdesk.clinical.dosing import DosingWeight, RoundedDose
from ivigdesk.clinical.findings import Finding, TraceStep
from ivigdesk.clinical.patient import age_on
from ivigdesk.clinical.planning import CoursePlan, PlannedInfusion, PlanRequest
from ivigdesk.clinical.rate_cards import rate_card
from ivigdesk.clinical.rates import RateCard
from ivigdesk.clinical.risks import RisksOnDay, most_per_infusion, prescribed
from ivigdesk.clinical.safety import course_findings
from ivigdesk.clinical.vials import round_dose
from ivigdesk.clinical.weight import choose_dosing_weight
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Amount, message
from ivigdesk.scheduling.calendar import CalendarDose, expand
from ivigdesk.scheduling.closures import WardDays
from ivigdesk.units import plain, rounded

_READING = Decimal("0.001")
_G_PER_KG = 1000

_OPEN_EVERY_DAY = WardDays()

_ONCE = ("RATE-SMALL", "RATE-PUMP")


def plan_course(
    request: PlanRequest,
    *,
    ward_days: WardDays = _OPEN_EVERY_DAY,
    pump_step_ml_per_h: Decimal = Decimal("0.1"),
) -> CoursePlan:
    """Return the whole course with its findings; nothing is stored.

    Args:
        request: what the course is computed from.
        ward_days: opening days, closures and what happens on closed days.
        pump_step_ml_per_h: rates are rounded down to it.

    Raises:
        UserMistake: a value that cannot be taken: dates, weight, height, a missing dose per kilogram.
        KnownError: the product has no confirmed vial, no ladder, or the pump is too coarse.
    """
    doses = expand(
        request.regimen,
        first_on=request.first_on,
        transplant_on=request.transplant_on,
        first_days=dict(request.first_days),
        ward_days=ward_days,
        include_optional=request.include_optional,
    )
    _refuse_what_cannot_be(request, doses)
    first_on = doses[0].due_on
    weight = choose_dosing_weight(
        policy=request.policy,
        weight_g=request.weight_g,
        height_mm=request.height_mm,
        sex=request.sex,
        age_years=None if request.birth_on is None else age_on(request.birth_on, first_on),
        pregnant=request.pregnant,
    )
    infusions = _Infusions(request, doses, weight, pump_step_ml_per_h).all()
    shared, infusions = _said_once(infusions)
    findings = weight.findings + course_findings(request, doses, library.limits()) + shared
    return CoursePlan(request=request, dosing_weight=weight, infusions=infusions, findings=findings)


def _said_once(
    infusions: tuple[PlannedInfusion, ...],
) -> tuple[tuple[Finding, ...], tuple[PlannedInfusion, ...]]:
    """Return the remarks about the rate that hold for every dose alike, and the doses without them.

    Each dose's card still names what kept its rates down.
    """
    shared = tuple(
        finding
        for finding in infusions[0].findings
        if finding.code in _ONCE and all(finding in infusion.findings for infusion in infusions)
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


def _refuse_what_cannot_be(request: PlanRequest, doses: tuple[CalendarDose, ...]) -> None:
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
    if request.mg_per_kg is None and any(dose.mg_per_kg is None for dose in doses):
        raise UserMistake(
            "mg_per_kg",
            message(N_("The source of this regimen states no dose. Enter the prescriber's dose in mg per kg.")),
        )


class _Infusions:
    """The doses of one course; what is equal for several of them is computed once."""

    def __init__(
        self,
        request: PlanRequest,
        doses: tuple[CalendarDose, ...],
        weight: DosingWeight,
        pump_step_ml_per_h: Decimal,
    ) -> None:
        self.request = request
        self.doses = doses
        self.kg = weight.kg
        self.pump_step = pump_step_ml_per_h
        self.limits = library.limits()
        self.mg_per_kg = tuple(prescribed(request, dose) for dose in doses)
        self.amounts: dict[Decimal, RoundedDose] = {}
        self.cards: dict[tuple[Decimal, bool, bool], RateCard] = {}

    def all(self) -> tuple[PlannedInfusion, ...]:
        return tuple(self._infusion(index) for index in range(len(self.doses)))

    def _infusion(self, index: int) -> PlannedInfusion:
        amount = self._amount(self.mg_per_kg[index])
        is_first = self._is_first(index)
        card = self._card(amount.volume_ml, is_first, self._is_at_risk(index))
        noticed = dose_findings(
            self.request, self.doses, index, self.mg_per_kg, amount, card, self.kg, self.limits, is_first=is_first
        )
        return PlannedInfusion(
            calendar=self.doses[index],
            mg_per_kg=self.mg_per_kg[index],
            amount=amount,
            rate_card=card,
            is_first_infusion=is_first,
            findings=amount.findings + noticed,
        )

    def _amount(self, mg_per_kg: Decimal) -> RoundedDose:
        if mg_per_kg not in self.amounts:
            request = self.request
            most = most_per_infusion(request)
            exact_mg = Fraction(mg_per_kg) * self.kg
            amount = round_dose(
                request.product,
                exact_mg,
                rounding=request.rounding,
                rounding_chosen=request.rounding_chosen,
                standing=request.regimen.standing,
                most_mg=None if most is None else Fraction(most) * self.kg,
            )
            multiplied = TraceStep(
                rule=message(
                    N_("{mg_per_kg} × {kg} = {mg}"),
                    mg_per_kg=Amount(plain(mg_per_kg), "mg/kg"),
                    kg=Amount(plain(rounded(self.kg, _READING)), "kg"),
                    mg=Amount(plain(amount.exact_mg), "mg"),
                ),
                source=", ".join(request.regimen.sources),
            )
            self.amounts[mg_per_kg] = msgspec.structs.replace(amount, trace=(multiplied, *amount.trace))
        return self.amounts[mg_per_kg]

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

    def _is_first(self, index: int) -> bool:
        if index == 0:
            return self.request.first_infusion
        gap = self.doses[index].due_on - self.doses[index - 1].due_on
        return gap.days > self.limits.restart_after_days

    def _is_at_risk(self, index: int) -> bool:
        return RisksOnDay(self.request, self.limits, self.doses[index].due_on).any
