"""The files of weight policies and limits."""

from __future__ import annotations

import pytest

from ivigdesk import resources
from ivigdesk.clinical import library
from ivigdesk.clinical.rules import parse_limits, parse_weight_rules
from ivigdesk.errors import KnownError

WEIGHT = resources.folder("dosing", "weight-policies.toml").read_bytes()
LIMITS = resources.folder("dosing", "limits.toml").read_bytes()


def test_every_policy_and_formula_carries_its_source() -> None:
    rules = library.weight_rules()
    assert all(rule.source and rule.title.zh_CN for rule in rules.policies)
    assert rules.ideal.source
    assert rules.adjusted.source


def test_every_limit_has_its_source_beside_it() -> None:
    lines = [line for line in LIMITS.decode().splitlines() if "=" in line.partition("#")[0]]
    assert all("#" in line for line in lines[1:]), "only the version stands alone"


def test_a_policy_that_is_there_twice_is_refused() -> None:
    twice = WEIGHT.replace(b'id = "ontario"', b'id = "actual"')
    with pytest.raises(KnownError, match="policies"):
        parse_weight_rules(twice, "mine.toml")


def test_a_policy_that_the_program_does_not_know_is_refused() -> None:
    with pytest.raises(KnownError, match="policies"):
        parse_weight_rules(WEIGHT.replace(b'id = "ontario"', b'id = "quebec"'), "mine.toml")


def test_a_limit_with_a_typing_mistake_is_refused() -> None:
    with pytest.raises(KnownError, match="weight_valid_day"):
        parse_limits(LIMITS.replace(b"weight_valid_days", b"weight_valid_day"), "mine.toml")
