"""The rule files that are shipped with the program, read once; what a ward adds is read by `actions`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ivigdesk import resources
from ivigdesk.clinical.eligibility.terms import Terms, parse_terms
from ivigdesk.clinical.infusions.day_rules import InfusionDayRules, parse_infusion_day_rules
from ivigdesk.clinical.infusions.procedure import Checklist, ObservationRules, parse_checklist, parse_observation_rules
from ivigdesk.clinical.infusions.reaction_signs import ReactionSigns, parse_reaction_signs
from ivigdesk.clinical.laboratory.rules_file import LabRules, parse_lab_rules
from ivigdesk.clinical.library_file import ValueSource
from ivigdesk.clinical.rules import (
    Limits,
    VaccineRules,
    WeightRules,
    parse_limit_sources,
    parse_limits,
    parse_vaccine_rules,
    parse_weight_rules,
)
from ivigdesk.clinical.safety.task_rules import TaskRules, parse_task_rules
from ivigdesk.clinical.safety.thresholds import MedicineList, SafetyThresholds, parse_medicines, parse_thresholds

if TYPE_CHECKING:
    from ivigdesk.clinical.infusions.nurse_work import NurseMinutes


@cache
def weight_rules() -> WeightRules:
    """Return the shipped weight policies."""
    path = resources.folder("dosing", "weight-policies.toml")
    return parse_weight_rules(path.read_bytes(), path.name)


@cache
def limits() -> Limits:
    """Return the shipped limits."""
    path = resources.folder("dosing", "limits.toml")
    return parse_limits(path.read_bytes(), path.name)


@cache
def limit_sources() -> dict[str, ValueSource]:
    """Return what each shipped limit rests on, by the limit's name."""
    path = resources.folder("dosing", "limits.toml")
    return parse_limit_sources(path.read_bytes(), path.name)


@cache
def vaccine_rules() -> VaccineRules:
    """Return how long live vaccines wait."""
    path = resources.folder("dosing", "vaccines.toml")
    return parse_vaccine_rules(path.read_bytes(), path.name)


@cache
def observation_rules() -> ObservationRules:
    """Return the shipped rule of when a patient is observed."""
    path = resources.folder("procedure", "observations.toml")
    return parse_observation_rules(path.read_bytes(), path.name)


@cache
def nurse_minutes() -> NurseMinutes:
    """Return how long a nurse is taken to be busy with each act at an infusion."""
    from ivigdesk.clinical.infusions.nurse_work import parse_nurse_minutes  # late: only the day line needs it

    path = resources.folder("procedure", "nurse-minutes.toml")
    return parse_nurse_minutes(path.read_bytes(), path.name)


@cache
def checklist() -> Checklist:
    """Return the shipped checklist before an infusion."""
    path = resources.folder("procedure", "checklist.toml")
    return parse_checklist(path.read_bytes(), path.name)


@cache
def infusion_day_rules() -> InfusionDayRules:
    """Return what holds on the day of an infusion beside its checklist and its observations."""
    path = resources.folder("procedure", "infusion-day.toml")
    return parse_infusion_day_rules(path.read_bytes(), path.name)


@cache
def reaction_signs() -> ReactionSigns:
    """Return the signs that a report of a reaction asks for."""
    path = resources.folder("procedure", "reaction-signs.toml")
    return parse_reaction_signs(path.read_bytes(), path.name)


@cache
def lab_rules() -> LabRules:
    """Return the shipped laboratory tests."""
    path = resources.folder("laboratory", "tests.toml")
    return parse_lab_rules(path.read_bytes(), path.name, limits())


@cache
def criteria_terms() -> Terms:
    """Return what the words of the criteria are counted as."""
    path = resources.folder("criteria", "terms", "history.toml")
    return parse_terms(path.read_bytes(), path.name)


@cache
def safety_thresholds() -> SafetyThresholds:
    """Return the numbers that safety rules compare with."""
    path = resources.folder("safety", "thresholds.toml")
    return parse_thresholds(path.read_bytes(), path.name)


@cache
def medicines() -> MedicineList:
    """Return the medicines that are looked for beside a course."""
    path = resources.folder("safety", "medicines.toml")
    return parse_medicines(path.read_bytes(), path.name)


@cache
def task_rules() -> TaskRules:
    """Return when samples, laboratory values and checks are due."""
    path = resources.folder("procedure", "tasks.toml")
    return parse_task_rules(path.read_bytes(), path.name)
