"""The rule files that are shipped with the program, read once; what a ward adds is read by `actions`."""

from __future__ import annotations

from functools import cache

from ivigdesk import resources
from ivigdesk.clinical.procedure import Checklist, ObservationRules, parse_checklist, parse_observation_rules
from ivigdesk.clinical.rules import (
    Limits,
    VaccineRules,
    WeightRules,
    parse_limits,
    parse_vaccine_rules,
    parse_weight_rules,
)


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
def checklist() -> Checklist:
    """Return the shipped checklist before an infusion."""
    path = resources.folder("procedure", "checklist.toml")
    return parse_checklist(path.read_bytes(), path.name)
