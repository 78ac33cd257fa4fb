"""The shipped catalogue of side effects says what the article and CTCAE say, in both languages."""

from __future__ import annotations

import re

import pytest

from ivigdesk import resources
from ivigdesk.clinical.evidence import parse_evidence
from ivigdesk.clinical.infusions.side_effect_file import parse_catalogue
from ivigdesk.clinical.infusions.side_effects import SideEffectCatalogue, SideEffectTerm
from ivigdesk.messages import Text

ARTICLE_SERIOUS = {"AE01", "AE02", "AE03", "AE04", "AE05", "AE06", "AE07", "AE08"}
ARTICLE_COMMON = {"AE09", "AE10", "AE11", "AE12", "AE13", "AE14", "AE15"}


@pytest.fixture(scope="module")
def catalogue() -> SideEffectCatalogue:
    path = resources.folder("side_effects.toml")
    return parse_catalogue(path.read_bytes(), path.name)


def test_the_catalogue_holds_every_term_of_the_fact_base_once(catalogue: SideEffectCatalogue) -> None:
    assert sorted(term.code for term in catalogue.terms) == [f"AE{number:02d}" for number in range(1, 46)]


def test_exactly_the_articles_side_effects_are_marked_as_its_own(catalogue: SideEffectCatalogue) -> None:
    marked = {term.code: term.kind for term in catalogue.terms if term.in_article}

    assert {code for code, kind in marked.items() if kind == "serious"} == ARTICLE_SERIOUS
    assert {code for code, kind in marked.items() if kind == "common"} == ARTICLE_COMMON


def test_the_articles_fluid_in_the_lungs_is_both_lung_injury_and_overload(catalogue: SideEffectCatalogue) -> None:
    words = [term.plain_name.zh_CN for term in catalogue.terms if term.code in ("AE03", "AE04") and term.plain_name]

    assert words == ["肺部积液", "肺部积液"]


@pytest.mark.parametrize(
    ("ctcae_term", "grades"),
    [
        ("Anaphylaxis", (3, 4, 5)),
        ("Acute kidney injury", (3, 4, 5)),
        ("Meningitis", (3, 4, 5)),
        ("Sepsis", (3, 4, 5)),
        ("Hypoxia", (2, 3, 4, 5)),
        ("Myocardial infarction", (2, 3, 4, 5)),
        ("Sinusoidal obstruction syndrome", (2, 3, 4, 5)),
        ("Chills", (1, 2, 3)),
        ("Headache", (1, 2, 3)),
        ("Urticaria", (1, 2, 3)),
        ("Sinus tachycardia", (1, 2, 3)),
        ("Neutrophil count decreased", (1, 2, 3, 4)),
        ("Creatinine increased", (1, 2, 3, 4)),
        ("Fever", (1, 2, 3, 4, 5)),
        ("Infusion related reaction", (1, 2, 3, 4, 5)),
    ],
)
def test_a_term_has_only_the_grades_that_ctcae_gives_it(
    catalogue: SideEffectCatalogue, ctcae_term: str, grades: tuple[int, ...]
) -> None:
    found = next(grading for grading in catalogue.gradings if grading.ctcae_term == ctcae_term)

    assert tuple(words.grade for words in found.grades) == grades


def test_common_side_effects_are_offered_before_serious_ones(catalogue: SideEffectCatalogue) -> None:
    kinds = [term.kind for term in catalogue.terms]

    assert kinds == sorted(kinds)
    assert catalogue.terms[0].code == "AE14"


def test_one_touch_buttons_and_alarms_name_different_terms(catalogue: SideEffectCatalogue) -> None:
    assert not set(catalogue.quick) & set(catalogue.alarm)
    assert all(catalogue.term(code).kind == "common" for code in catalogue.quick)
    assert all(catalogue.term(code).action in ("stop", "emergency") for code in catalogue.alarm)


def test_the_meningitis_button_says_what_the_nurse_sees(catalogue: SideEffectCatalogue) -> None:
    assert catalogue.term("AE01").button_words == Text(en="Severe headache, stiff neck", zh_CN="剧烈头痛、颈强直")
    assert catalogue.term("AE09").button_words == catalogue.term("AE09").name


def test_every_term_can_be_found_in_both_languages(catalogue: SideEffectCatalogue) -> None:
    for term in catalogue.terms:
        assert any(word.isascii() for word in term.search), term.code
        assert any(not word.isascii() for word in term.search), term.code


def test_every_chinese_text_is_chinese_and_every_english_one_is_not(catalogue: SideEffectCatalogue) -> None:
    for term in catalogue.terms:
        for text in _texts(term):
            assert not re.search("[\u4e00-\u9fff]", text.en), (term.code, text.en)
            assert re.search("[\u4e00-\u9fff]", text.zh_CN) or text.en.startswith("3"), (term.code, text.zh_CN)


def test_sources_of_the_catalogue_stand_in_the_evidence(catalogue: SideEffectCatalogue) -> None:
    path = resources.folder("evidence.toml")
    evidence = parse_evidence(path.read_bytes(), path.name)
    named = {page for term in catalogue.terms for page in re.findall(r"\bs[0-9]+\b", term.source)}

    assert all(source in evidence for source in catalogue.sources)
    assert named <= set(catalogue.sources)


def test_an_unknown_code_or_measure_is_refused(catalogue: SideEffectCatalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.term("AE99")
    with pytest.raises(KeyError):
        catalogue.scale("shoe-size")


def _texts(term: SideEffectTerm) -> tuple[Text, ...]:
    own = (term.name, term.plain_name, term.button, term.onset, term.action_words)
    grades = (words.words for words in term.grades)
    return tuple(text for text in (*own, *grades) if text is not None)
