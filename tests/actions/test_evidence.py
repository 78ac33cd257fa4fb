"""What is known of a regimen is shown with its kind, in the order of its file."""

from __future__ import annotations

from typing import get_args

from ivigdesk.actions.evidence import _KINDS, evidence_lines
from ivigdesk.actions.library import Library
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
