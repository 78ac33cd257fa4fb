"""The evidence names what it rests on, and the article's three wrong sentences stand nowhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from ivigdesk import resources
from ivigdesk.actions.library.evidence import _KINDS
from ivigdesk.clinical.evidence import EvidenceKind, EvidenceList, parse_evidence, source_ids
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording

SHIPPED = resources.folder("evidence.toml").read_text(encoding="utf-8")

FORBIDDEN = {
    "the success rate of 60 to 80 %": r"60\s*%?\s*(?:[-–—~～至到]|to)\s*80\s*[%％]|success rate|成功率",
    "lowering antibody levels": r"(?:lower|reduc)\w*\s+(?:the\s+)?(?:patient.s\s+)?antibody level|降低[^。]{0,12}抗体",
    "CMS does not recommend": r"(?:CMS|Medicare)[^.。]{0,40}not\s+recommend|(?:CMS|Medicare)[^。]{0,20}不(?:建议|推荐)",
}


@pytest.fixture(scope="module")
def evidence() -> EvidenceList:
    return parse_evidence(SHIPPED.encode(), "evidence.toml")


def refused(content: str) -> str:
    with pytest.raises(KnownError) as caught:
        parse_evidence(content.encode(), "ours.toml")
    return Wording("en").say_error(caught.value)


def test_the_eight_references_and_four_further_studies_carry_statement_and_citation(evidence: EvidenceList) -> None:
    further = ("ahn-2018", "erard-2015", "pmid-22081487", "ruutu-1997")
    for evidence_id in (*(f"article-ref-{number}" for number in range(1, 9)), *further):
        entry = evidence.entry(evidence_id)
        assert entry.statement is not None
        assert entry.statement.en
        assert re.search("[\u4e00-\u9fff]", entry.statement.zh_CN)
        assert entry.citation


def test_exactly_the_protocols_are_marked_as_having_no_results(evidence: EvidenceList) -> None:
    # s26 is the page on which reference 6 was read.
    protocols = ["article-ref-5", "article-ref-6", "s26"]
    assert [entry.id for entry in evidence.entries if not entry.has_results] == protocols
    assert [entry.id for entry in evidence.entries if entry.kind == "protocol"] == protocols


@pytest.mark.parametrize(
    ("evidence_id", "page"),
    [
        ("article-ref-2", "s24"),
        ("article-ref-6", "s26"),
        ("article-ref-7", "s14"),
        ("article-ref-8", "s22"),
        ("ahn-2018", "s25"),
        ("erard-2015", "s18"),
        ("pmid-22081487", "s23"),
        ("ruutu-1997", "s19"),
    ],
)
def test_a_study_is_of_the_same_kind_wherever_it_is_named(evidence_id: str, page: str, evidence: EvidenceList) -> None:
    assert page in evidence.entry(evidence_id).basis
    assert evidence.entry(page).kind == evidence.entry(evidence_id).kind


def test_the_payment_rule_is_called_one(evidence: EvidenceList) -> None:
    rule = evidence.entry("article-ref-7")

    assert rule.kind == "payment rule"
    assert rule.statement is not None
    assert "not clinical contraindication" in rule.statement.en


def test_every_page_of_the_fact_base_can_be_named(evidence: EvidenceList) -> None:
    assert all(f"s{number}" in evidence for number in range(2, 59))
    assert "s1" not in evidence


def test_an_id_is_found_in_capitals_and_small_letters(evidence: EvidenceList) -> None:
    assert evidence.entry("S28") == evidence.entry("s28")
    assert "S28" in evidence
    assert 28 not in evidence


def test_what_is_no_page_can_be_named_and_says_so(evidence: EvidenceList) -> None:
    for evidence_id in ("general-knowledge", "program-design"):
        entry = evidence.entry(evidence_id)
        assert entry.statement is not None
        assert (entry.address, entry.citation, entry.confidence) == ("", "", None)
    assert "must be confirmed" in str(evidence.entry("general-knowledge").statement)
    assert evidence.entry("fact-base").kind == "fact base"


def test_the_fact_bases_own_ways_of_writing_name_the_same_entries(evidence: EvidenceList) -> None:
    assert evidence.entry("GK-M") == evidence.entry("GK") == evidence.entry("general knowledge")
    assert evidence.entry("GK-M").id == "general-knowledge"
    assert evidence.entry("FACTS 4.2").id == "fact-base"
    assert evidence.entry("design").id == "program-design"
    assert "GK-X" not in evidence


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        ("S29", ("s29",)),
        ("s29, s33", ("s29", "s33")),
        ("FACTS 3.1, S5, S7", ("fact-base", "s5", "s7")),
        ("FACTS 4.2 (design; S34 by analogy)", ("fact-base", "program-design", "s34")),
        ("FACTS 6.1 AE40: s41 (pseudohyponatraemia); other cells GK", ("fact-base", "s41", "general-knowledge")),
        ("article-ref-4, GK-L", ("article-ref-4", "general-knowledge")),
        ("program-design, general-knowledge", ("program-design", "general-knowledge")),
        ("s29, S29", ("s29",)),
        ("nonsense", ("nonsense",)),
        ("my-own-label", ("my-own-label",)),
        ("somebody said so", ()),
        ("", ()),
    ],
)
def test_the_ids_that_a_source_names(source: str, ids: tuple[str, ...]) -> None:
    assert source_ids(source) == ids


def test_every_kind_of_evidence_has_its_word() -> None:
    assert set(_KINDS) == set(get_args(EvidenceKind))


def test_every_source_of_a_shipped_regimen_or_product_stands_in_the_evidence(evidence: EvidenceList) -> None:
    for path in (*resources.files("regimens", ".toml"), *resources.files("products", ".toml")):
        for source in tomllib.loads(path.read_text(encoding="utf-8"))["sources"]:
            assert source in evidence, (path.name, source)


def test_what_an_entry_rests_on_stands_in_the_evidence(evidence: EvidenceList) -> None:
    for entry in evidence.entries:
        for page in re.findall(r"\bs[0-9]+\b", entry.basis):
            assert page in evidence, (entry.id, page)


@pytest.mark.parametrize("name", ["evidence.toml", "side_effects.toml"])
def test_every_character_can_be_drawn_with_the_font_of_screen_and_sheet(name: str) -> None:
    font = TTFontFile(str(resources.folder("fonts", "NotoSansSC-Regular.ttf")))
    letters = set(resources.folder(name).read_text(encoding="utf-8")) - {"\n"}

    assert {letter for letter in letters if ord(letter) not in font.charToGlyph} == set()


def test_an_unknown_id_is_refused(evidence: EvidenceList) -> None:
    with pytest.raises(KeyError):
        evidence.entry("s999")


def test_the_search_for_wrong_sentences_would_find_the_articles_own() -> None:
    article = (
        "IVIG 成功率范围从 60% 到 80%",
        "可以通过降低患者体内的抗体水平来帮助患者",
        "CMS 不建议 20 岁以下人士和接受自体移植的患者使用 IVIG",
        "The success rate ranges from 60 % to 80 %",
        "works by lowering antibody levels in the patient",
        "CMS does not recommend IVIG under 20 y",
    )
    for sentence in article:
        assert any(re.search(pattern, sentence, re.IGNORECASE) for pattern in FORBIDDEN.values()), sentence


@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_wrong_sentence_of_the_article_stands_in_no_file_of_the_library(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)

    assert _library_files()
    for path in _library_files():
        found = pattern.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name}: {found}"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "protocol"\n', 'kind = "cohort"\n', "only for one"),
        ("has_results = false\n", "", "false is needed for a protocol"),
        ('id = "article-ref-2"', 'id = "article-ref-1"', "twice"),
        ('kind = "chapter"', 'kind = "book"', "systematic review"),
        ('id = "s2"', 'id = " "', "empty"),
        ('id = "s2"', 'id = "S2"', "small letters"),
        ('kind = "fact base"', 'kind = "page"', "address"),
        ('kind = "design"', 'kind = "chapter"', "empty"),
        ('citation = "PMID 22081487."\n', "", "citation"),
    ],
)
def test_a_slip_is_refused_in_words(old: str, new: str, words: str) -> None:
    assert old in SHIPPED
    sentence = refused(SHIPPED.replace(old, new, 1))

    assert "ours.toml" in sentence
    assert words in sentence


def _library_files() -> list[Path]:
    return [path for ending in ("toml", "po", "pot", "json") for path in resources.folder().rglob(f"*.{ending}")]
