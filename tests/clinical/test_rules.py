"""The files of weight policies and limits."""

from __future__ import annotations

import pytest

from ivigdesk import resources
from ivigdesk.clinical import library
from ivigdesk.clinical.library_file import ValueSource
from ivigdesk.clinical.rules import Limits, parse_limits, parse_vaccine_rules, parse_weight_rules
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording

WEIGHT = resources.folder("dosing", "weight-policies.toml").read_bytes()
LIMITS = resources.folder("dosing", "limits.toml").read_bytes()


def test_every_policy_and_formula_carries_its_source() -> None:
    rules = library.weight_rules()
    assert all(rule.source and rule.title.zh_CN for rule in rules.policies)
    assert rules.ideal.source
    assert rules.adjusted.source


def test_every_limit_has_its_source_and_only_the_version_stands_alone() -> None:
    sources = library.limit_sources()
    assert set(sources) == set(Limits.__struct_fields__) - {"version"}
    assert sources["weight_valid_days"] == ValueSource(source="program-design", facts="7 SR24")
    assert sources["sorbitol_age_under"].source == "s31"


def refused(old: bytes, new: bytes) -> str:
    assert old in LIMITS
    with pytest.raises(KnownError) as caught:
        parse_limits(LIMITS.replace(old, new, 1), "mine.toml")
    return Wording("en").say_error(caught.value)


def test_a_limit_without_its_source_is_refused_in_words() -> None:
    whole = b'weight_valid_days = { value = 7, source = "program-design", facts = "7 SR24" }'
    key = "mine.toml, key “weight_valid_days”: "
    assert refused(whole, b"weight_valid_days = 7") == f"{key}a table with value and source is needed here."
    beside = f"{key}beside the value only source and facts may stand, as texts; source must."
    assert refused(whole, b"weight_valid_days = { value = 7 }") == beside
    assert refused(whole, b'weight_valid_days = { value = 7, sorce = "s29" }') == beside
    assert refused(whole, b"weight_valid_days = { value = 7, source = 29 }") == beside
    empty = refused(whole, b'weight_valid_days = { value = 7, source = " " }')
    assert empty == "mine.toml, key “weight_valid_days.source”: this text must not be empty."
    assert "a whole number is needed here." in refused(
        whole, b'weight_valid_days = { value = "seven", source = "s29" }'
    )


def test_a_wait_whose_window_has_no_source_is_refused() -> None:
    file = resources.folder("dosing", "vaccines.toml").read_bytes()
    bare = file.replace(b'{ value = 28, source = "program-design, general-knowledge", facts = "7.1" }', b"28")
    assert bare != file
    with pytest.raises(KnownError, match="window_days"):
        parse_vaccine_rules(bare, "mine.toml")
    with pytest.raises(KnownError, match="ascend"):
        parse_vaccine_rules(file.replace(b"= 1000", b"= 400"), "mine.toml")


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
