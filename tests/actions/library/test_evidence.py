"""What is known of a regimen is shown with its kind, in the order of its file."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from ivigdesk.actions.library.checks import named_sources
from ivigdesk.actions.library.evidence import _KINDS, evidence_lines, source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.evidence import EvidenceKind
from ivigdesk.wording import Wording


def test_every_kind_of_evidence_has_a_word() -> None:
    assert set(_KINDS) == set(get_args(EvidenceKind))


def test_the_articles_reference_is_shown_by_its_number_in_both_languages(english: Wording, chinese: Wording) -> None:
    library = Library()
    regimen = library.regimen("cmv-pneumonia-fred-hutch")
    lines = evidence_lines(library, regimen, english)
    assert lines[0].reference == "[4]"
    in_chinese = evidence_lines(library, regimen, chinese)
    assert [line.reference for line in in_chinese] == [line.reference for line in lines]
    assert not in_chinese[0].kind.zh_CN.isascii()


def test_every_regimen_shows_what_its_sources_state_and_no_source_twice(english: Wording) -> None:
    library = Library()
    evidence = library.evidence()
    for regimen in library.regimens():
        lines = evidence_lines(library, regimen, english)
        stated = [one for one in regimen.sources if one in evidence and evidence.entry(one).statement is not None]
        assert len(lines) == len(stated), regimen.id
        assert len({line.reference for line in lines}) == len(lines), regimen.id


@pytest.mark.parametrize(
    ("source", "titles"),
    [
        ("S16", ("Reed 1988, ganciclovir + CMV-Ig for CMV pneumonia (abstract) (conference abstract, S16)",)),
        ("s10, general-knowledge", (None, "general knowledge")),
        ("FACTS 4.2 (design; S34 by analogy)", ("fact base, section 4.2 (design; S34 by analogy)", None)),
        ("FACTS 7 SR22, Traps T29, S2", ("fact base, section 7 SR22", None)),
        ("FACTS 2.1 GEN-1, article-ref-3", ("fact base, section 2.1 GEN-1", None)),
        ("FACTS 5.5, GK-M", ("fact base, section 5.5", "general knowledge, medium confidence")),
        ("Dr S. Kim, ward protocol 12, 2026", ("Dr S. Kim, ward protocol 12, 2026",)),
    ],
)
def test_a_source_is_named_by_its_title(source: str, titles: tuple[str | None, ...]) -> None:
    named = source_titles(Library(), (source,), Wording("en"))
    assert len(named) == len(titles)
    for said, title in zip(named, titles, strict=True):
        assert title is None or said == title


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_bare_id_stands_where_a_title_belongs(language: str) -> None:
    library, words = Library(), Wording(language)
    for record in (*library.regimens(), *library.products(), *library.profiles()):
        for _, source in named_sources(record):
            for title in source_titles(library, (source,), words):
                assert title not in {entry.id for entry in library.evidence().entries}, (record.id, title)
                assert not re.search(r"\bGK\b|\bFACTS\b", title), (record.id, title)
