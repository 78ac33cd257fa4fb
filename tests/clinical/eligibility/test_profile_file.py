"""A file of criteria is read strictly; one slip and it is refused with file, key and reason."""

from __future__ import annotations

import pytest

from ivigdesk import resources
from ivigdesk.clinical import library
from ivigdesk.clinical.eligibility.asked import FACT_NAMES, STATED, WORDS, EligibilityFacts, fact_name, kind_of
from ivigdesk.clinical.eligibility.criteria import PROFILE_IDS
from ivigdesk.clinical.eligibility.profile_file import parse_profile
from ivigdesk.clinical.eligibility.terms import parse_term_sources, parse_terms
from ivigdesk.clinical.evidence import parse_evidence
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording
from tests.clinical.eligibility.build import every_profile

CMS = resources.folder("criteria", "cms.toml").read_text(encoding="utf-8")
TERMS = resources.folder("criteria", "terms", "history.toml")


def refused(content: str) -> str:
    with pytest.raises(KnownError) as caught:
        parse_profile(content.encode(), "ours.toml")
    return Wording("en").say_error(caught.value)


def test_there_is_one_file_for_each_profile_called_by_its_id() -> None:
    assert {path.stem for path in resources.files("criteria", ".toml")} == set(PROFILE_IDS)
    assert [profile.id for profile in every_profile()] == list(PROFILE_IDS)


def test_only_the_payers_profile_is_one_about_paying() -> None:
    assert [profile.id for profile in every_profile() if profile.is_payment] == ["cms"]


def test_every_source_stands_in_the_evidence() -> None:
    evidence = parse_evidence(resources.folder("evidence.toml").read_bytes(), "evidence.toml")
    named = [source for profile in every_profile() for source in profile.sources]
    named += [source for profile in every_profile() for rule in profile.rules for source in rule.source.split(", ")]
    named += [
        source
        for value in parse_term_sources(TERMS.read_bytes(), TERMS.name).values()
        for source in value.source.split(", ")
    ]
    assert len(named) > 50
    assert [source for source in named if source not in evidence] == []


def test_every_text_is_there_in_both_languages() -> None:
    for profile in every_profile():
        for text in (profile.title, *(rule.title for rule in profile.rules), *([profile.note] if profile.note else [])):
            assert text.en != text.zh_CN
            assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh_CN)


def test_every_fact_has_a_name_and_a_kind() -> None:
    for fact in FACT_NAMES:
        assert fact_name(fact).text
        assert kind_of(fact) in ("number", "word", "yes-no")
    assert set(WORDS) | set(STATED) <= set(EligibilityFacts.__struct_fields__)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('fact = "age", below = 20', 'fact = "agee", below = 20', ("rules[2].when[0].fact", "agee", "transplant_day")),
        ('fact = "age", below = 20', 'fact = "age", below = 20, above = 3', ("rules[2].when[0]", "exactly one")),
        ('fact = "age", below = 20', 'fact = "age"', ("rules[2].when[0]", "at_least")),
        ('fact = "age", below = 20', 'fact = "age", is_true = true', ("rules[2].when[0]", "at_least")),
        ('fact = "age", below = 20', 'fact = "age", under = 20', ("under", "not known")),
        ('fact = "age", below = 20', 'fact = "age", below = "20 years"', ("rules[2].when[0]", "a number")),
        ('one_of = ["autologous"]', 'one_of = ["auto"]', ("rules[1].when[0].one_of", "auto", "syngeneic")),
        ('outcome = "needs_justification"', 'outcome = "perhaps"', ("outcome", "cannot_be_checked")),
        ('outcome = "not_met"', 'outcome = "met"', ("rules[1].outcome", "a grant says met")),
        ('outcome = "met"', 'outcome = "not_met"', ("rules[0].outcome", "a grant says met")),
        ('code = "CMS-2"', 'code = "CMS-1"', ("rules[1].code", "CMS-1", "twice")),
        ('part = "bar"', 'part = "gate"', ("part", "caution")),
        ('otherwise = "needs_justification"', 'otherwise = "met"', ("otherwise", "never met")),
        ('id = "cms"', 'id = "medicare"', ("id", "eu-label")),
        ('version = "2026-11"\n', "", ("version", "missing")),
        ('source = "s14, s15, article-ref-7"', 'source = " "', ("rules[0].source", "empty")),
        ('sources = ["s14", "s15", "article-ref-7"]', "sources = []", ("sources", "at least one")),
        ('when = [{ fact = "age", below = 20 }]', "when = []", ("rules[2].when", "at least one")),
        ('when = [{ fact = "age", below = 20 }]', "ways = [[]]", ("rules[2].ways[0]", "at least one")),
        ('en = "CMS, the coverage rule of US Medicare (L39314)"', 'en = ""', ("title.en", "empty")),
    ],
)
def test_a_slip_is_refused_in_words(old: str, new: str, says: tuple[str, ...]) -> None:
    assert old in CMS
    sentence = refused(CMS.replace(old, new, 1))
    for part in ("ours.toml", *says):
        assert part in sentence


def test_a_profile_without_rules_is_refused() -> None:
    assert "rules" in refused(CMS.split("[[rules]]")[0] + "\n[[rules]]\n")
    assert "at least one rule" in refused(CMS.split("[title]")[0] + "rules = []\n[title]\nen = 'a'\nzh_CN = '文'\n")


def test_the_terms_are_counted_in_whole_numbers_above_0() -> None:
    assert library.criteria_terms().baseline_free_days == 14
    content = TERMS.read_bytes()
    with pytest.raises(KnownError) as caught:
        parse_terms(content.replace(b"value = 14", b"value = 0"), "terms.toml")
    assert "baseline_free_days" in Wording("en").say_error(caught.value)
    with pytest.raises(KnownError):
        parse_terms(content.replace(b"baseline_free_days", b"baseline"), "terms.toml")
