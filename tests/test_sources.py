"""Every clinical number and record of the library says what it rests on, and that stands in the evidence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ivigdesk import resources
from ivigdesk.clinical import library
from ivigdesk.clinical.evidence import EvidenceList, parse_evidence, source_ids
from tests.clinical.test_evidence import FORBIDDEN

EVIDENCE = "evidence.toml"
TEXTS = (".toml", ".po", ".pot", ".json", ".md", ".txt", ".svg", ".csv", ".py")


def clinical_files() -> list[Path]:
    """Every library file, in whatever folder, but the evidence itself."""
    return sorted(path for path in resources.folder().rglob("*.toml") if path.name != EVIDENCE)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def is_source_key(key: str) -> bool:
    return key in ("source", "sources") or key.endswith("_source")


def named_sources(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each place that names a source, and the text that stands there."""
    if isinstance(value, dict):
        for key, inner in value.items():
            where = f"{path}.{key}".lstrip(".")
            if is_source_key(key):
                yield from ((where, str(text)) for text in (inner if isinstance(inner, list) else [inner]))
            else:
                yield from named_sources(inner, where)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from named_sources(inner, f"{path}[{index}]")


def unsourced(value: Any, path: str = "", *, has_source: bool = False) -> Iterator[str]:
    """Yield each number, and each record of a list, that no source stands beside or above."""
    if isinstance(value, dict):
        has_source = has_source or any(value.get(key) for key in ("source", "sources"))
        if re.search(r"\]$", path) and not has_source:
            yield path
        for key, inner in value.items():
            if not is_source_key(key):
                yield from unsourced(inner, f"{path}.{key}".lstrip("."), has_source=has_source)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from unsourced(inner, f"{path}[{index}]", has_source=has_source)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool) and not has_source:
        yield path


def unknown(value: Any, evidence: EvidenceList) -> list[tuple[str, str]]:
    """Return each place whose source names nothing, or something that is not in the evidence."""
    return [
        (where, text)
        for where, text in named_sources(value)
        if not source_ids(text) or any(one not in evidence for one in source_ids(text))
    ]


def wrong_sentences(*roots: Path) -> list[str]:
    """Return where a sentence of FACTS 0.2 stands in a text file below the folders."""
    found = []
    for path in (path for root in roots for path in sorted(root.rglob("*")) if path.suffix in TEXTS):
        text = path.read_text(encoding="utf-8")
        found += [
            f"{path.name}: {match.group()}"
            for pattern in FORBIDDEN.values()
            for match in re.finditer(pattern, text, re.IGNORECASE)
        ]
    return found


@pytest.fixture(scope="module")
def evidence() -> EvidenceList:
    path = resources.folder(EVIDENCE)
    return parse_evidence(path.read_bytes(), path.name)


@pytest.mark.parametrize("path", clinical_files(), ids=lambda path: path.name)
def test_every_number_and_record_of_the_library_has_a_source(path: Path) -> None:
    assert list(unsourced(read(path))) == []


@pytest.mark.parametrize("path", clinical_files(), ids=lambda path: path.name)
def test_every_source_that_is_named_stands_in_the_evidence(path: Path, evidence: EvidenceList) -> None:
    assert unknown(read(path), evidence) == []


def test_the_files_that_carry_clinical_numbers_are_all_walked() -> None:
    folders = {path.parent.name for path in clinical_files()}
    assert folders >= {"regimens", "products", "dosing", "procedure"}
    assert "side_effects.toml" in {path.name for path in clinical_files()}
    assert sum(1 for path in clinical_files() for _ in named_sources(read(path))) > 200


def test_every_limit_rests_on_an_entry_of_the_evidence(evidence: EvidenceList) -> None:
    for key, source in library.limit_sources().items():
        assert source_ids(source.source), key
        assert all(one in evidence for one in source_ids(source.source)), key


def test_every_number_of_the_shipped_weight_policies_is_sourced_where_it_stands() -> None:
    rules = read(resources.folder("dosing", "weight-policies.toml"))
    assert [name for name in ("ideal", "adjusted") if "source" not in rules[name]] == []
    assert [one["id"] for one in rules["policies"] if "source" not in one] == []


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ("dose_mg = 5\n", ["dose_mg"]),
        ("[limit]\nvalue = 0.5\n", ["limit.value"]),
        ('[[rules]]\ncode = "X"\n', ["rules[0]"]),
        ('[[rules]]\nsource = "s2"\nage = 2\n[[rules]]\nage = 3\n', ["rules[1]", "rules[1].age"]),
        ("sources = []\nage = 3\n", ["age"]),
        ('sources = ["s2"]\nage = 3\n', []),
        ('version = "2026-11"\nis_first = true\n', []),
    ],
)
def test_the_walk_finds_a_number_without_a_source(content: str, places: list[str]) -> None:
    assert list(unsourced(tomllib.loads(content, parse_float=Decimal))) == places


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ('sources = ["s2", "s999"]\n', ["s999"]),
        ('[[ladders]]\nsource = "a-label-nobody-knows"\n', ["a-label-nobody-knows"]),
        ('risk_cap_source = "the pharmacist said so"\n', ["the pharmacist said so"]),
        ('[limit]\nsource = ""\n', [""]),
        ('source = "FACTS 3.1, S5, GK-M"\n', []),
    ],
)
def test_the_walk_finds_a_source_that_is_not_in_the_evidence(
    content: str, texts: list[str], evidence: EvidenceList
) -> None:
    assert [text for _, text in unknown(tomllib.loads(content), evidence)] == texts


def test_t27_the_articles_wrong_sentences_stand_in_no_file_of_program_or_library() -> None:
    assert wrong_sentences(resources.folder(), Path(resources.__file__).parent) == []


def test_t27_they_would_be_found_in_a_folder_that_does_not_exist_yet(tmp_path: Path) -> None:
    (tmp_path / "advice" / "new").mkdir(parents=True)
    file = tmp_path / "advice" / "new" / "mine.toml"
    file.write_text(
        'en = "IVIG has a success rate of 60 to 80 %"\nzh_CN = "CMS 不建议 20 岁以下使用"\n', encoding="utf-8"
    )
    assert len(wrong_sentences(tmp_path)) == 3
