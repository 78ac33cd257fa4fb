"""Which weight a dose is computed from, and why."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from ivigdesk.clinical import library
from ivigdesk.clinical.doses.dosing import DosingWeight, WeightPolicy
from ivigdesk.clinical.findings import Finding, Severity, TraceStep
from ivigdesk.clinical.patients.patient import Sex
from ivigdesk.clinical.rules import PolicyRule, WeightRules
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Amount, Message, message
from ivigdesk.units import centimetres, kilograms, plain, rounded

_FOR_READING = Decimal("0.001")
_BMI_FOR_READING = Decimal("0.01")


def choose_dosing_weight(
    *,
    policy: WeightPolicy,
    weight_g: int,
    height_mm: int | None,
    sex: Sex,
    age_years: int | None,
    pregnant: bool,
    rules: WeightRules | None = None,
    adjust_from_bmi: Decimal | None = None,
) -> DosingWeight:
    """Return the weight to compute with, exact; it is never above the actual weight.

    Where the policy cannot be applied (something is missing, or the source contradicts itself), the actual weight
    is used and a finding asks.

    Args:
        policy: whose rule.
        weight_g: actual weight, grams.
        height_mm: millimetres; None when unknown.
        sex: for the ideal weight.
        age_years: full years; None when unknown.
        pregnant: whether the patient is pregnant.
        rules: formulas and cut-offs; the shipped ones when None.
        adjust_from_bmi: the ward's own body mass index from which a policy that goes by it adjusts, this number
            included (China: 28); the policy's own when None. Policies that do not go by it stay as they are.

    Raises:
        UserMistake: weight or height that nobody has.
    """
    _refuse_the_impossible(weight_g, height_mm)
    rules = rules or library.weight_rules()
    rule = _with_own_cut_off(rules.policy(policy), adjust_from_bmi)
    choice = _Choice(rules, rule, weight_g, height_mm, sex)
    choice.decide(age_years, pregnant)
    return choice.result()


def _with_own_cut_off(rule: PolicyRule, adjust_from_bmi: Decimal | None) -> PolicyRule:
    """Return the rule with the ward's cut-off instead of its own, where it goes by the body mass index."""
    if adjust_from_bmi is None or (rule.bmi_from is None and rule.bmi_over is None):
        return rule
    return msgspec.structs.replace(rule, bmi_from=adjust_from_bmi, bmi_over=None)


def _refuse_the_impossible(weight_g: int, height_mm: int | None) -> None:
    limits = library.limits()
    checks = [("weight", message(N_("Weight")), kilograms(weight_g), limits.weight_kg, "kg")]
    if height_mm is not None:
        checks.append(("height", message(N_("Height")), centimetres(height_mm), limits.height_cm, "cm"))
    for field, name, value, span, unit in checks:
        if not span.least <= value <= span.most:
            raise UserMistake(
                field,
                message(
                    N_("{name}: {value} cannot be used. Allowed: from {least} to {most}."),
                    name=name,
                    value=Amount(plain(value), unit),
                    least=Amount(plain(span.least), unit),
                    most=Amount(plain(span.most), unit),
                ),
            )


class _Choice:
    """One run through a policy: what is known, and what was decided so far."""

    def __init__(self, rules: WeightRules, rule: PolicyRule, weight_g: int, height_mm: int | None, sex: Sex) -> None:
        self.rules = rules
        self.rule = rule
        self.actual = Fraction(weight_g, 1000)
        self.height_cm = None if height_mm is None else Fraction(height_mm, 10)
        self.sex = sex
        self.has_own_cut_off = rule != rules.policy(rule.id)
        self.chosen = self.actual
        self.kind: Literal["actual", "adjusted"] = "actual"
        self.trace: list[TraceStep] = []
        self.findings: list[Finding] = []
        self._step(message(N_("actual weight {kg}"), kg=_kg(self.actual)))

    def result(self) -> DosingWeight:
        self._step(message(N_("dosing weight {kg}"), kg=_kg(self.chosen)), self.rule.source)
        return DosingWeight(
            exact_kg=(self.chosen.numerator, self.chosen.denominator),
            policy=self.rule.id,
            kind=self.kind,
            trace=tuple(self.trace),
            findings=tuple(self.findings),
        )

    def decide(self, age_years: int | None, pregnant: bool) -> None:
        rule = self.rule
        self._step(message(N_("policy: {policy}"), policy=rule.title), rule.source)
        if self.has_own_cut_off and rule.bmi_from is not None:
            self._step(message(N_("this ward adjusts from a body mass index of {bmi}"), bmi=rule.bmi_from))
        if not rule.may_adjust or self._is_excluded(age_years, pregnant):
            return
        missing = self._missing(age_years)
        if missing:
            self._find(
                "hold",
                "WEIGHT-DATA",
                message(
                    N_(
                        "The adjusted weight cannot be computed: {missing} not recorded. The actual weight is used "
                        "meanwhile. Record it, or choose the actual weight."
                    ),
                    missing=tuple(missing),
                ),
            )
            return
        if rule.age_ask_under is not None and age_years is not None and age_years < rule.age_ask_under:
            self._find(
                "warn",
                "WEIGHT-CHILD",
                message(
                    N_(
                        "The policy says nothing about patients under {age} years. The actual weight is used. Ask the "
                        "pharmacist."
                    ),
                    age=rule.age_ask_under,
                ),
            )
            return
        if self._policy_adjusts():
            self._adjust()

    def _is_excluded(self, age_years: int | None, pregnant: bool) -> bool:
        rule = self.rule
        why: Message | None = None
        if rule.age_under is not None and age_years is not None and age_years < rule.age_under:
            why = message(N_("younger than {age} years: actual weight"), age=rule.age_under)
        elif pregnant and rule.pregnancy == "actual":
            why = message(N_("pregnant: actual weight"))
        elif rule.height_under_cm is not None and self.height_cm is not None and self.height_cm < rule.height_under_cm:
            why = message(N_("shorter than {height}: actual weight"), height=Amount(plain(rule.height_under_cm), "cm"))
        elif pregnant and rule.pregnancy == "ask":
            self._find(
                "hold",
                "WEIGHT-PREG",
                message(
                    N_(
                        "The policy asks for the weight from before the pregnancy. The weight as given is used "
                        "meanwhile. Ask the prescriber which weight counts."
                    ),
                ),
            )
            return True
        if why is not None:
            self._step(why, rule.source)
        return why is not None

    def _missing(self, age_years: int | None) -> list[Message]:
        missing = []
        if self.height_cm is None:
            missing.append(message(N_("height")))
        if self.sex == "unknown":
            missing.append(message(N_("sex")))
        if age_years is None and (self.rule.age_under is not None or self.rule.age_ask_under is not None):
            missing.append(message(N_("birth date")))
        return missing

    def _policy_adjusts(self) -> bool:
        rule, height = self.rule, self._height()
        bmi = self.actual / (height / 100) ** 2
        ideal = self._ideal()
        self._step(message(N_("body mass index {bmi}"), bmi=_reading(bmi, _BMI_FOR_READING)))
        self._step(message(N_("ideal weight {kg}"), kg=_kg(ideal)), self.rules.ideal.source)
        is_heavy = (rule.bmi_over is not None and bmi > rule.bmi_over) or (
            rule.bmi_from is not None and bmi >= rule.bmi_from
        )
        if is_heavy and rule.size is not None and height < rule.size.height_from_cm:
            self._find(
                "hold",
                "WEIGHT-ASK",
                message(
                    N_(
                        "The policy contradicts itself here: the body mass index {bmi} says adjust (limit {limit}), "
                        "the height below {height} says do not. The actual weight is used meanwhile. Ask the "
                        "prescriber."
                    ),
                    bmi=_reading(bmi, _BMI_FOR_READING),
                    limit=rule.bmi_over if rule.bmi_from is None else rule.bmi_from,
                    height=Amount(plain(rule.size.height_from_cm), "cm"),
                ),
            )
            return False
        adjusts = (
            rule.everyone
            or is_heavy
            or (rule.ratio_over is not None and self.actual > Fraction(rule.ratio_over) * ideal)
            or self._is_of_size()
        )
        if not adjusts:
            self._step(message(N_("within the policy's limits: actual weight")), rule.source)
        return adjusts

    def _is_of_size(self) -> bool:
        size = self.rule.size
        if size is None:
            return False
        over = size.male_over_kg if self.sex == "male" else size.female_over_kg
        return self._height() >= size.height_from_cm and self.actual > over

    def _adjust(self) -> None:
        ideal, share = self._ideal(), Fraction(self.rules.adjusted.share)
        adjusted = ideal + share * (self.actual - ideal)
        self._step(
            message(
                N_("adjusted weight {ideal} + {share} × ({actual} − {ideal}) = {kg}"),
                ideal=_kg(ideal),
                share=self.rules.adjusted.share,
                actual=_kg(self.actual),
                kg=_kg(adjusted),
            ),
            self.rules.adjusted.source,
        )
        if adjusted >= self.actual:
            # SAFETY: a thin patient is never dosed by more than the actual weight.
            self._step(message(N_("never above the actual weight")), "FACTS 3.2, S30, S31")
            return
        lowest = Fraction(self.rules.ideal.base_inches * self.rules.ideal.cm_per_inch)
        if ideal <= 0:
            self._below_the_formula("hold", lowest, used=self.actual)
            return
        self.chosen, self.kind = adjusted, "adjusted"
        if self._height() < lowest:
            # A policy with its own height rule has decided; one without it has not thought of the case.
            self._below_the_formula("warn" if self.rule.height_under_cm is not None else "hold", lowest, used=adjusted)

    def _below_the_formula(self, severity: Severity, lowest: Fraction, *, used: Fraction) -> None:
        self._find(
            severity,
            "WEIGHT-DEVINE",
            message(
                N_(
                    "The formula for the ideal weight is not defined below {height}. Computed with {kg}; the actual "
                    "weight is {actual}. Ask the prescriber which weight counts."
                ),
                height=Amount(plain(lowest), "cm"),
                kg=_kg(used),
                actual=_kg(self.actual),
            ),
        )

    def _ideal(self) -> Fraction:
        formula = self.rules.ideal
        base = formula.male_base_kg if self.sex == "male" else formula.female_base_kg
        inches = self._height() / Fraction(formula.cm_per_inch)
        return Fraction(base) + Fraction(formula.kg_per_inch) * (inches - Fraction(formula.base_inches))

    def _height(self) -> Fraction:
        if self.height_cm is None:
            raise ValueError("the height was not checked first")
        return self.height_cm

    def _step(self, rule: Message, source: str = "") -> None:
        self.trace.append(TraceStep(rule=rule, source=source))

    def _find(self, severity: Severity, code: str, what: Message) -> None:
        self.findings.append(Finding(severity=severity, code=code, message=what, source=self.rule.source))


def _reading(number: Fraction, step: Decimal) -> Decimal:
    return rounded(number, step).normalize()


def _kg(weight: Fraction) -> Amount:
    return Amount(plain(rounded(weight, _FOR_READING)), "kg")
