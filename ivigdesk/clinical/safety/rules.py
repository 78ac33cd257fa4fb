"""Every safety rule by its code, and what they notice together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ivigdesk.clinical.findings import SEVERITIES, Finding
from ivigdesk.clinical.safety import (
    circulation,
    course,
    dose,
    igg,
    kidneys,
    patient,
    product,
    red_cells,
    regimen,
    vaccines_and_samples,
)
from ivigdesk.clinical.safety.facts import CourseFacts, DoseFacts

OfCourse = Callable[[CourseFacts], tuple[Finding, ...]]
OfDose = Callable[[CourseFacts, DoseFacts], tuple[Finding, ...]]


class Rule(NamedTuple):
    """One rule of the fact base: the functions that look at a course, and those that look at each of its doses.

    Attributes:
        code: stable code of the findings, e.g. `SR10`.
        of_course, of_dose: functions, each silent where it has nothing to say.
    """

    code: str
    of_course: tuple[OfCourse, ...] = ()
    of_dose: tuple[OfDose, ...] = ()


SAFETY_RULES: tuple[Rule, ...] = (
    Rule("SR01", (patient.iga_antibodies,)),
    Rule("SR02", (patient.iga_deficiency,)),
    Rule("SR03", (patient.anaphylaxis,)),
    Rule("SR04", (kidneys.failure,)),
    Rule("SR05", (kidneys.at_risk, kidneys.renally_dosed)),
    Rule("SR06", (product.sucrose,)),
    Rule("SR07", (product.fructose_intolerance,)),
    Rule("SR08", (product.proline,)),
    Rule("SR09", (circulation.acute_clot, circulation.clots)),
    Rule("SR10", of_dose=(red_cells.haemolysis,)),
    Rule("SR11", (red_cells.mismatch,)),
    Rule("SR12", of_dose=(dose.large_after_transplant, dose.large_month_after_transplant)),
    Rule("SR13", (vaccines_and_samples.live_vaccine,)),
    Rule("SR14", (vaccines_and_samples.fresh_vaccine,)),
    Rule("SR15", (vaccines_and_samples.samples_first,)),
    Rule("SR16", (product.maltose,)),
    Rule("SR17", (circulation.overload,), (circulation.volume,)),
    Rule("SR18", (circulation.protein,)),
    Rule("SR19", (course.total,), (dose.large,)),
    Rule("SR20", (course.overlapping,)),
    Rule("SR21", of_dose=(dose.gap,)),
    Rule("SR22", (regimen.antiviral,)),
    Rule("SR23", (patient.pregnancy,)),
    Rule("SR24", (course.height_missing, course.weight_age, course.weigh_again), (course.weigh_before_dose,)),
    Rule("SR25", (patient.holding_reaction,)),
    Rule("SR26", of_dose=(dose.criteria,)),
    Rule("SR27", (kidneys.loop_diuretic,)),
    Rule("SR28", (product.sorbitol_in_small_children,)),
    Rule("SR29", (product.changed,)),
    Rule("SR30", (patient.headache,)),
)
"""The table of the fact base, section 7, in its order."""

FURTHER_RULES: tuple[Rule, ...] = (
    Rule("GEN-1", (regimen.standing,)),
    Rule("REG-CHOICE", (regimen.choices,)),
    Rule("REG-CAUTION", (regimen.caution,)),
    Rule("PRODUCT-KIND", (product.kind,)),
    Rule("EXPOSURE", (regimen.exposure,)),
    Rule("TX-WINDOW", (regimen.window,)),
    Rule("WEIGHT-POLICY", (regimen.weight_policy,)),
    Rule("LAB-1", (igg.level,)),
    Rule("REVIEW", (igg.stop_rule,)),
    Rule("FIRST", (product.first_infusion,)),
    Rule("MAX-KG", of_dose=(dose.too_much_at_once,)),
    Rule("DOSE-G", of_dose=(dose.many_grams,)),
    Rule("LONG", of_dose=(dose.long,)),
    Rule("RATE-SMALL", of_dose=(dose.slowed_for_small,)),
    Rule("RATE-PUMP", of_dose=(dose.coarse_pump,)),
)
"""What is noticed beside that table: the regimen's source, laboratory values, rates."""

_ALL = (*SAFETY_RULES, *FURTHER_RULES)


def course_findings(facts: CourseFacts) -> tuple[Finding, ...]:
    """Return what is to be known about the whole course, in the order of the rules."""
    return tuple(finding for rule in _ALL for look in rule.of_course for finding in look(facts))


def dose_findings(facts: CourseFacts, of: DoseFacts) -> tuple[Finding, ...]:
    """Return what is to be known about one dose, in the order of the rules."""
    return tuple(finding for rule in _ALL for look in rule.of_dose for finding in look(facts, of))


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with the gravest first; equally grave ones keep their order."""
    return tuple(sorted(findings, key=lambda finding: -SEVERITIES.index(finding.severity)))
