"""A catalogue file with a slip is refused in one sentence that names file, key and what is allowed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk import resources
from ivigdesk.clinical.infusions.side_effect_file import parse_catalogue
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording

SHIPPED = resources.folder("side_effects.toml").read_text(encoding="utf-8")
ENGLISH = Wording("en")


def refused(content: str | bytes) -> str:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(KnownError) as caught:
        parse_catalogue(raw, "ours.toml")
    return ENGLISH.say_error(caught.value)


def changed(old: str, new: str) -> str:
    assert old in SHIPPED
    return SHIPPED.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ('kind = "common"', 'kind = "rare"', "terms[0].kind", "serious"),
        ('action = "slow"', 'action = "wait"', "grade_actions[0].action", "emergency"),
        ('consequences = ["HOLD"]', 'consequences = ["PAUSE"]', "grade_actions[2].consequences", "SPLIT"),
        ('code = "AE11"', 'code = "AE14"', "terms[1].code", "AE14"),
        ('ctcae_term = "Headache"\nonset', 'ctcae_term = "Headaches"\nonset', "terms[0].ctcae_term", "Headache"),
        ('quick = ["AE14"', 'quick = ["AE77"', "quick[0]", "AE45"),
        ('alarm = ["AE29"', 'alarm = ["AE77"', "alarm[0]", "AE77"),
        ('zh_CN = "头痛"', 'zh_CN = " "', "terms[0].name.zh_CN", "empty"),
        (', zh_CN = "头痛"', "", "terms[0].name.zh_CN", "missing"),
        ('code = "AE14"', 'code = "AE14"\ncolour = "red"', "terms[0].colour", "not known"),
        ("{ grade = 1, at_least = 38.0 }", "{ grade = 1 }", "bands[0]", "at_least"),
        ("{ grade = 1, at_least = 38.0 }", "{ grade = 1, at_least = 38.0, above = 1 }", "bands[0]", "exactly one"),
        ("{ grade = 3, above = 40.0 }", "{ grade = 6, above = 40.0 }", "bands[2].grade", "1, 2, 3, 4, 5"),
        ("least = 30\nmost = 43", "least = 43\nmost = 30", "least", "30"),
        ('measure = "diastolic"', 'measure = "systolic"', "measure", "systolic"),
        ('code = "CONT"\nneeds', 'code = "SLOW"\nneeds', "consequences", "CONT"),
        ('terms = ["AE04"]', 'terms = ["AE77"]', "consequences[5].details[0].terms", "AE77"),
        ('{ term = "AE06", test', '{ term = "AE77", test', "consequences[6].tests[0].term", "AE77"),
        ('test = "creatinine"', 'test = "liver"', "consequences[6].tests[0].test", "creatinine"),
        ("Premedication given: {detail}", "Premedication given:", "consequences[2].line.en", "{detail}"),
        ("[[grade_actions]]\ngrade = 1", "[[grade_actions]]\ngrade = 2", "grade_actions", "1, 2, 3, 4, 5"),
    ],
)
def test_a_slip_is_refused_with_file_key_and_what_is_allowed(old: str, new: str, key: str, words: str) -> None:
    sentence = refused(changed(old, new))

    assert "ours.toml" in sentence
    assert key in sentence
    assert words in sentence


def test_grades_must_ascend_within_one_to_five() -> None:
    start = SHIPPED.index('ctcae_term = "Chills"')
    first = SHIPPED.index("grade = 1", start)
    swapped = SHIPPED[:first] + "grade = 9" + SHIPPED[first + len("grade = 1") :]

    assert "from 1 to 5" in refused(swapped)


def test_a_file_that_is_cut_off_is_refused_in_words() -> None:
    assert "ours.toml" in refused(SHIPPED[: len(SHIPPED) // 2])


def test_an_empty_list_of_terms_is_refused() -> None:
    header = SHIPPED[: SHIPPED.index("[[terms]]")]

    assert "terms" in refused(header)
    assert "must not be empty" in refused(f"terms = []\n{header}")


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(KnownError):
        parse_catalogue(content, "ours.toml")
