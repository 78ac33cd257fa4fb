"""The shapes of the rule files: which weight a policy takes, and the limits that findings and cards keep to."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.clinical.doses.dosing import WeightPolicy
from ivigdesk.clinical.library_file import ValueSource, as_record, read_record, read_tables, refusal, split_sources
from ivigdesk.messages import N_, Record, Text, message


class SizeRule(Record, frozen=True):
    """A policy that adjusts everybody from a certain size on.

    Attributes:
        height_from_cm: smallest height, included.
        male_over_kg, female_over_kg: weight that must be exceeded.
    """

    height_from_cm: Decimal
    male_over_kg: Decimal
    female_over_kg: Decimal


class PolicyRule(Record, frozen=True):
    """When one policy takes the adjusted weight. Any of its reasons is enough; any exclusion wins over them.

    Attributes:
        id, title, source: which policy.
        everyone: True when everybody is adjusted who is not excluded.
        bmi_over: adjust when the BMI is above this.
        bmi_from: adjust when the BMI is at or above this.
        ratio_over: adjust when actual weight / ideal weight is above this.
        size: adjust from this size on. Where `bmi_over` says adjust and the height is below the size rule's, the
            source contradicts itself and a person is asked.
        age_under: below this age the actual weight is used.
        age_ask_under: below this age the source leaves the choice to the ward; the actual weight is used.
        height_under_cm: below this height the actual weight is used.
        pregnancy: `actual` uses the actual weight, `ask` wants the weight from before the pregnancy.
    """

    id: WeightPolicy
    title: Text
    source: str
    everyone: bool = False
    bmi_over: Decimal | None = None
    bmi_from: Decimal | None = None
    ratio_over: Decimal | None = None
    size: SizeRule | None = None
    age_under: int | None = None
    age_ask_under: int | None = None
    height_under_cm: Decimal | None = None
    pregnancy: str = ""

    @property
    def may_adjust(self) -> bool:
        """Whether this policy ever takes another weight than the actual one."""
        return self.everyone or any(
            reason is not None for reason in (self.bmi_over, self.bmi_from, self.ratio_over, self.size)
        )


class IdealWeight(Record, frozen=True):
    """Devine's formula: base + per inch × (height in inches − base inches).

    Attributes:
        male_base_kg, female_base_kg: ideal weight at the base height.
        kg_per_inch: for each inch above it.
        base_inches: base height; below it the formula is not defined.
        cm_per_inch: exact.
        source: evidence ids.
    """

    male_base_kg: Decimal
    female_base_kg: Decimal
    kg_per_inch: Decimal
    base_inches: Decimal
    cm_per_inch: Decimal
    source: str


class AdjustedWeight(Record, frozen=True):
    """Ideal weight plus a share of what is above it.

    Attributes:
        share: 0.4 of (actual − ideal).
        source: evidence ids.
    """

    share: Decimal
    source: str


class WeightRules(Record, frozen=True):
    """The file of weight policies.

    Attributes:
        version: year and month of the last check.
        ideal, adjusted: the formulas.
        policies: one per policy of the program.
    """

    version: str
    ideal: IdealWeight
    adjusted: AdjustedWeight
    policies: tuple[PolicyRule, ...]

    def policy(self, policy: WeightPolicy) -> PolicyRule:
        """Return the rule of `policy`.

        Raises:
            KeyError: the file has no such policy.
        """
        for rule in self.policies:
            if rule.id == policy:
                return rule
        raise KeyError(policy)


class Span(Record, frozen=True):
    """What can be true of a measurement, both ends included.

    Attributes:
        least, most: in the unit of the key.
    """

    least: Decimal
    most: Decimal


class VaccineInterval(Record, frozen=True):
    """Up to so much immunoglobulin, so long a wait.

    Attributes:
        up_to_mg_per_kg: cumulative dose of the window, included.
        months: after the last dose.
        source: evidence ids.
    """

    up_to_mg_per_kg: Decimal
    months: int
    source: str = ""


class Months(Record, frozen=True):
    """A wait in calendar months.

    Attributes:
        months: how many.
        source: evidence ids.
    """

    months: int
    source: str = ""


class VaccineRules(Record, frozen=True):
    """How long live vaccines wait.

    Attributes:
        version, sources: of the rule.
        window_days: the largest cumulative dose of any so many days decides.
        intervals: ascending by dose.
        longest: for more than the last of them.
        after_transplant: and not before so long after the transplant.
    """

    version: str
    sources: tuple[str, ...]
    window_days: int
    intervals: tuple[VaccineInterval, ...]
    longest: Months
    after_transplant: Months


class Limits(Record, frozen=True):
    """Numbers that roundings, cards and findings keep to; `parse_limit_sources` says what each rests on.

    Attributes:
        version: year and month of the last check.
        weight_kg, height_cm, igg_g_per_l: what a measurement can be.
        bmi_cut_off: what a ward's own cut-off for adjusting the weight can be.
        temperature_c, pulse_per_min, systolic_mmhg, diastolic_mmhg, breaths_per_min, spo2_percent: what a vital
            sign can be.
        deviation_percent: rounding further than this from the exact dose needs a person.
        part_vial_step_ml: step in which part of a vial is drawn up.
        weight_valid_days: a weight older than this at the dose is measured again.
        weight_change_percent: a weight that changed by so much needs a new plan.
        restart_after_days: a longer gap between two doses starts at the initial rate again.
        volume_per_day_ml: a larger volume in a day needs a plan against overload.
        dose_mg_per_kg, course_mg_per_kg: larger doses and courses are to be justified.
        dose_g: a single dose of more grams is to be looked at again, whatever the weight.
        severe_igg_g_per_l: below this level IgG is severely low.
        haemolysis_window_days: so many days before a course count to its cumulative dose.
        haemolysis_mg_per_kg: cumulative dose from which red cells are watched where the blood group is not O.
        renal_age_over, clot_age_over: above these ages the risk cap applies.
        sorbitol_age_under: below this age a sorbitol product is contraindicated.
        vod_mg_per_kg, vod_last_day: a larger dose up to this transplant day is named.
        vod_month_mg_per_kg, vod_month_days: so much within so many days up to that transplant day is named too.
        infusion_hours: a longer infusion is named.
        maltose_warning_hours: so long a maltose product disturbs glucose meters.
    """

    version: str
    weight_kg: Span
    height_cm: Span
    igg_g_per_l: Span
    bmi_cut_off: Span
    temperature_c: Span
    pulse_per_min: Span
    systolic_mmhg: Span
    diastolic_mmhg: Span
    breaths_per_min: Span
    spo2_percent: Span
    deviation_percent: Decimal
    part_vial_step_ml: Decimal
    weight_valid_days: int
    weight_change_percent: Decimal
    restart_after_days: int
    volume_per_day_ml: Decimal
    dose_mg_per_kg: Decimal
    dose_g: Decimal
    course_mg_per_kg: Decimal
    severe_igg_g_per_l: Decimal
    haemolysis_window_days: int
    haemolysis_mg_per_kg: Decimal
    renal_age_over: int
    clot_age_over: int
    sorbitol_age_under: int
    vod_mg_per_kg: Decimal
    vod_last_day: int
    vod_month_mg_per_kg: Decimal
    vod_month_days: int
    infusion_hours: int
    maltose_warning_hours: int


def parse_weight_rules(content: bytes, name: str) -> WeightRules:
    """Return the weight policies of a file.

    Raises:
        KnownError: the file does not fit, or a policy is there twice.
    """
    rules = read_record(content, name, WeightRules)
    ids = [rule.id for rule in rules.policies]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise refusal(name, "policies", message(N_("“{value}” is there twice."), value=rule_id))
    return rules


def parse_limits(content: bytes, name: str) -> Limits:
    """Return the limits of a file, in which every value stands with its source: `{ value = 7, source = "s29" }`.

    Raises:
        KnownError: the file does not fit, or a value stands without its source.
    """
    values, _ = split_sources(read_tables(content, name), name)
    return as_record(values, name, Limits)


def parse_limit_sources(content: bytes, name: str) -> dict[str, ValueSource]:
    """Return what each limit of a file rests on, by the limit's name.

    Raises:
        KnownError: a value stands without its source.
    """
    return split_sources(read_tables(content, name), name)[1]


def parse_vaccine_rules(content: bytes, name: str) -> VaccineRules:
    """Return how long live vaccines wait, of a file.

    Raises:
        KnownError: the file does not fit, or the intervals do not ascend.
    """
    tables = read_tables(content, name)
    window, _ = split_sources({key: value for key, value in tables.items() if key == "window_days"}, name)
    rules = as_record({**tables, **window}, name, VaccineRules)
    doses = [interval.up_to_mg_per_kg for interval in rules.intervals]
    if doses != sorted(set(doses)):
        raise refusal(name, "intervals", message(N_("the doses must ascend.")))
    return rules
