"""The shipped laboratory tests are whole and sourced; a file with a slip is refused with its key."""

from __future__ import annotations

import pytest

from ivigdesk import resources
from ivigdesk.clinical import library
from ivigdesk.clinical.evidence import parse_evidence
from ivigdesk.clinical.laboratory.rules_file import LabRules, parse_lab_rules
from ivigdesk.clinical.laboratory.values import LAB_TESTS
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording

SHIPPED = resources.folder("laboratory", "tests.toml").read_text(encoding="utf-8")


def parsed(text: str) -> LabRules:
    return parse_lab_rules(text.encode(), "tests.toml", library.limits())


def test_every_test_is_described_once_in_both_languages() -> None:
    rules = library.lab_rules()
    assert tuple(rule.id for rule in rules.tests) == LAB_TESTS
    assert all(rule.title.en.isascii() and rule.title.zh_CN != rule.title.en for rule in rules.tests)


def test_every_number_has_a_source_that_exists() -> None:
    path = resources.folder("evidence.toml")
    known = {entry.id for entry in parse_evidence(path.read_bytes(), path.name).entries}
    rules = library.lab_rules()
    named = [rule.source for rule in rules.tests]
    named += [other.source for rule in rules.tests for other in rule.other_units]
    named += [source.source for source in rules.trough_sources.values()]
    assert set(rules.trough_sources) == set(type(rules.troughs).__struct_fields__)
    assert {part.strip() for text in named for part in text.split(",")} <= known


def test_a_span_that_doses_keep_to_is_written_once() -> None:
    rules, limits = library.lab_rules(), library.limits()
    assert rules.test("weight").span == limits.weight_kg
    assert rules.test("height").span == limits.height_cm
    assert rules.test("igg").span == limits.igg_g_per_l


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "igg"', 'id = "igm"', "id"),
        ('id = "egfr"', 'id = "igg"', "“igg” must stand here once"),
        ("factor = [1, 100]", "factor = [1, 0]", "igg.factor"),
        ("factor = [1, 100]", "factor = [1, 3]", "igg.factor"),
        ("factor = [1, 100]", "factor = [-1, 100]", "igg.factor"),
        ("least = 8, most = 2500", "least = 2500, most = 8", "creatinine.plausible"),
        ("least = 8, most = 2500", "least = -1, most = 8", "creatinine.plausible"),
        ('limit = "weight_kg"', "", "weight.plausible"),
        ('limit = "weight_kg"', 'limit = "weight_kg"\nplausible = { least = 1, most = 2 }', "weight.plausible"),
        ('own_units = ["copies/mL"]', 'own_units = ["IU/mL"]', "cmv-pcr.unit"),
        ('own_units = ["copies/mL"]', 'own_units = [" "]', "cmv-pcr.unit"),
        ("decimals = 2", "decimals = 3", "decimals"),
        ("value = 14, source", "value = -14, source", "troughs.not_within_days"),
        ('value = 14, source = "fact-base"', "value = 14", "not_within_days"),
        ('source = "general-knowledge"', 'source = " "', "source"),
        ('source = "program-design"', 'source = ""', "source"),
        ('unit = "mg/dL"', 'unti = "mg/dL"', "unti"),
        ("least = 8", "least = nan", "number"),
    ],
)
def test_a_slip_is_refused_with_file_key_and_reason(old: str, new: str, said: str) -> None:
    assert old in SHIPPED
    with pytest.raises(KnownError) as refused:
        parsed(SHIPPED.replace(old, new, 1))
    sentence = Wording("en").say_error(refused.value)
    assert "tests.toml" in sentence
    assert said in sentence
