"""No text of the program or its library holds an abbreviation that was misread at a bedside before."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from ivigdesk import resources

# Joint Commission's and ISMP's lists, for what stands on screens and sheets.
RULES = {
    "abbreviation": re.compile(
        r"(?<![\w.])(?:q\.?o\.?d|q\.?d|q\.?i\.?d|t\.?i\.?w|b\.?t|h\.?s|d/c|cc|IU|i\.u\.|U|u|[µμ]g|ug|MS|MSO4|MgSO4|ss|SC|SQ)\b",
        re.IGNORECASE,
    ),
    "trailing zero": re.compile(r"\d\.0+(?!\d)[\s\u00a0]?(?:mg|g|mL|kg|h)\b"),
    "naked point": re.compile(r"(?<![\w.)”])[.,]\d"),
    "glued unit": re.compile(r"\d(?:mg|g|mL|kg|h|min)\b"),
    "unit with a full stop": re.compile(r"\b(?:mg|mL)\.(?=\s*[a-z0-9])"),
    "sign before a figure": re.compile(r"[<>@]\s?\d"),
    "date in figures": re.compile(r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"),
}

# What is allowed, and why: pieces of texts, as they stand there.
ALLOWED = {
    "CMV PCR (IU/mL)": "the unit in which the laboratory reports it; no dose is written in it",
    "CMV PCR(IU/mL)": "the same",
    "IU/mL": "the same",
    "U+{code}": "how Unicode numbers its characters",
    "P < 0.001": "how a study states its probability; no dose",
    "P<0.001": "the same",
    "µg/mL": "the IgA that a label states; nothing is ever measured out or given in it",
}

# Keys of library files whose values are names of others' works, not words of ours.
QUOTED = {"id", "title", "citation", "address", "sources", "source", "basis", "checked_by", "facts", "version"}


def texts_of_the_program() -> Iterator[tuple[str, str]]:
    """Yield every text that is marked for translation, and every translation."""
    with resources.folder("locale", "ivigdesk.pot").open("rb") as file:
        for entry in read_po(file):
            for text in (entry.id,) if isinstance(entry.id, str) else entry.id:
                yield "text", text
    with resources.folder("locale", "zh_CN", "LC_MESSAGES", "ivigdesk.po").open("rb") as file:
        for entry in read_po(file):
            if entry.id:
                for text in (entry.string,) if isinstance(entry.string, str) else entry.string:
                    yield "translation", text


def texts_of_the_library() -> Iterator[tuple[str, str]]:
    """Yield every sentence of every library file, in both languages."""
    root = resources.folder()
    for path in sorted(root.rglob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for text in _sentences(content, ""):
            yield str(path.relative_to(root)), text


def _sentences(value: Any, key: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in QUOTED or (name == "title" and isinstance(inner, dict)):
                yield from _sentences(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _sentences(inner, key)
    elif isinstance(value, str):
        yield value


def offences(texts: Iterator[tuple[str, str]]) -> list[str]:
    found = []
    for place, text in texts:
        for rule, pattern in RULES.items():
            found += [
                f"{place}: {rule} “{match.group()}” in “{text[:160]}”"
                for match in pattern.finditer(text)
                if not any(_holds(text, piece, match) for piece in ALLOWED)
            ]
    return found


def _holds(text: str, piece: str, match: re.Match[str]) -> bool:
    """Whether the match lies within, or touches, a piece of text that is allowed."""
    return any(
        found.start() < match.end() and match.start() < found.end() for found in re.finditer(re.escape(piece), text)
    )


def test_no_text_or_translation_holds_a_dangerous_abbreviation() -> None:
    assert offences(texts_of_the_program()) == []


def test_no_library_file_holds_a_dangerous_abbreviation() -> None:
    assert offences(texts_of_the_library()) == []


def test_each_exception_is_still_needed() -> None:
    known = "\n".join(text for _, text in (*texts_of_the_program(), *texts_of_the_library()))
    assert [piece for piece in ALLOWED if piece not in known] == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("150 mg/kg QOD", "abbreviation"),
        ("give q.d.", "abbreviation"),
        ("10 IU", "abbreviation"),
        ("5 µg", "abbreviation"),
        ("1.0 mg", "trailing zero"),
        ("give .5 mL", "naked point"),
        ("50mg", "glued unit"),
        ("5 mL. then", "unit with a full stop"),
        (">5 days", "sign before a figure"),
        ("on 03/04/2026", "date in figures"),
    ],
)
def test_the_rules_catch_what_they_are_for(text: str, rule: str) -> None:
    assert RULES[rule].search(text)


@pytest.mark.parametrize(
    "text",
    ["every other day", "1.5 mL/h", "0.5 mg", "2026-10-06", "Dose 3 of 11.", "up to 10 mL.", "MDS", "us", "20 g."],
)
def test_plain_words_are_let_through(text: str) -> None:
    assert offences(iter([("", text)])) == []


def test_the_library_has_texts_to_look_at() -> None:
    assert len(list(texts_of_the_library())) > 500
    assert len(list(texts_of_the_program())) > 1000
    assert {Path(place).parts[0] for place, _ in texts_of_the_library()} >= {"regimens", "products"}
