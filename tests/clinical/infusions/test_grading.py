"""Grades from numbers are exact at every boundary, and a grave side effect asks for what it should."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk import resources
from ivigdesk.clinical.infusions.grading import (
    check_grade,
    find_terms,
    grade_from_number,
    grade_on_scale,
    holds_course,
    proposed_action,
    proposed_consequences,
)
from ivigdesk.clinical.infusions.side_effect_file import parse_catalogue
from ivigdesk.errors import UserMistake
from ivigdesk.wording import Wording

CATALOGUE = parse_catalogue(resources.folder("side_effects.toml").read_bytes(), "side_effects.toml")
FEVER = CATALOGUE.term("AE10")
PRESSURE = CATALOGUE.term("AE24")
NEUTROPHILS = CATALOGUE.term("AE35")
HAEMOLYSIS = CATALOGUE.term("AE08")
ANAPHYLAXIS = CATALOGUE.term("AE05")
HEADACHE = CATALOGUE.term("AE14")
CREATININE = CATALOGUE.scale("creatinine")
HAEMOGLOBIN = CATALOGUE.scale("haemoglobin")


@pytest.mark.parametrize(
    ("celsius", "grade"),
    [
        ("30", None),
        ("37.9", None),
        ("37.99", None),
        ("38.0", 1),
        ("38", 1),
        ("39.0", 1),
        ("39.01", 2),
        ("39.1", 2),
        ("40.0", 2),
        ("40.1", 3),
        ("43", 3),
    ],
)
def test_fever_is_graded_from_the_thermometer(celsius: str, grade: int | None) -> None:
    assert grade_from_number(FEVER, Decimal(celsius)) == grade


@pytest.mark.parametrize(("hours", "grade"), [(None, 3), ("1", 3), ("24", 3), ("24.1", 4), ("48", 4)])
def test_more_than_forty_degrees_for_more_than_a_day_is_grade_four(hours: str | None, grade: int) -> None:
    lasted = None if hours is None else Decimal(hours)

    assert grade_from_number(FEVER, Decimal("40.1"), lasted_hours=lasted) == grade


def test_forty_degrees_for_two_days_stays_grade_two() -> None:
    assert grade_from_number(FEVER, Decimal("40.0"), lasted_hours=Decimal(48)) == 2


@pytest.mark.parametrize("celsius", ["29.9", "43.1", "101", "385", "-38", "0"])
def test_a_temperature_that_nobody_has_is_refused_with_what_is_allowed(celsius: str) -> None:
    with pytest.raises(UserMistake) as caught:
        grade_from_number(FEVER, Decimal(celsius))

    assert caught.value.field == "temperature"
    assert "30 to 43 °C" in Wording("en").say_error(caught.value)


@pytest.mark.parametrize(
    ("mmhg", "grade"),
    [("119", None), ("120", 1), ("139", 1), ("140", 2), ("159", 2), ("160", 3), ("300", 3)],
)
def test_an_adults_systolic_pressure_is_graded(mmhg: str, grade: int | None) -> None:
    assert grade_from_number(PRESSURE, Decimal(mmhg), measure="systolic", age_years=18) == grade


@pytest.mark.parametrize(("mmhg", "grade"), [("79", None), ("80", 1), ("89", 1), ("90", 2), ("99", 2), ("100", 3)])
def test_an_adults_diastolic_pressure_is_graded(mmhg: str, grade: int | None) -> None:
    assert grade_from_number(PRESSURE, Decimal(mmhg), measure="diastolic", age_years=70) == grade


@pytest.mark.parametrize("age", [None, 0, 17])
def test_adult_pressures_never_grade_a_child_or_somebody_of_unknown_age(age: int | None) -> None:
    assert grade_from_number(PRESSURE, Decimal(170), measure="systolic", age_years=age) is None


@pytest.mark.parametrize(
    ("micromol", "grade"),
    [("100", None), ("100.1", 1), ("150", 1), ("150.1", 2), ("300", 2), ("300.1", 3), ("600", 3), ("600.1", 4)],
)
def test_creatinine_is_graded_by_the_upper_limit_of_normal(micromol: str, grade: int | None) -> None:
    assert grade_on_scale(CREATININE, Decimal(micromol), upper_limit=Decimal(100)) == grade


@pytest.mark.parametrize(("micromol", "grade"), [("60", None), ("60.1", 2), ("120", 2), ("120.1", 3)])
def test_creatinine_is_graded_by_the_patients_own_baseline_where_that_is_graver(
    micromol: str, grade: int | None
) -> None:
    assert grade_on_scale(CREATININE, Decimal(micromol), upper_limit=Decimal(130), baseline=Decimal(40)) == grade


def test_creatinine_without_the_limit_of_normal_is_not_called_normal() -> None:
    with pytest.raises(UserMistake) as caught:
        grade_on_scale(CREATININE, Decimal(90), baseline=Decimal(80))

    assert caught.value.field == "upper_limit"


@pytest.mark.parametrize(
    ("g_per_l", "grade"), [("120", None), ("119", 1), ("100", 1), ("99.9", 2), ("80", 2), ("79.9", 3), ("20", 3)]
)
def test_haemoglobin_is_graded_from_the_lower_limit_of_normal(g_per_l: str, grade: int | None) -> None:
    assert grade_on_scale(HAEMOGLOBIN, Decimal(g_per_l), lower_limit=Decimal(120)) == grade


def test_a_limit_of_normal_is_asked_for_only_where_it_decides() -> None:
    assert grade_on_scale(HAEMOGLOBIN, Decimal(75)) == 3
    with pytest.raises(UserMistake) as caught:
        grade_on_scale(HAEMOGLOBIN, Decimal(110))
    assert caught.value.field == "lower_limit"


def test_haemoglobin_in_grams_per_decilitre_is_refused() -> None:
    with pytest.raises(UserMistake):
        grade_on_scale(HAEMOGLOBIN, Decimal("7.5"))


@pytest.mark.parametrize(("fall", "grade"), [("0", None), ("19.9", None), ("20", 2), ("60", 2)])
def test_a_fall_of_haemoglobin_by_twenty_grams_per_litre_is_haemolysis_grade_two(fall: str, grade: int | None) -> None:
    assert grade_from_number(HAEMOLYSIS, Decimal(fall)) == grade


@pytest.mark.parametrize(
    ("count", "grade"),
    [("2.0", None), ("1.99", 1), ("1.5", 1), ("1.49", 2), ("1.0", 2), ("0.99", 3), ("0.5", 3), ("0.49", 4), ("0", 4)],
)
def test_neutrophils_are_graded(count: str, grade: int | None) -> None:
    assert grade_from_number(NEUTROPHILS, Decimal(count), lower_limit=Decimal("2.0")) == grade


def test_a_term_without_a_scale_of_its_own_is_a_callers_bug() -> None:
    with pytest.raises(ValueError, match="0 scales"):
        grade_from_number(HEADACHE, Decimal(3))
    with pytest.raises(ValueError, match="2 scales"):
        grade_from_number(PRESSURE, Decimal(150))


@given(st.decimals("30", "43", places=2), st.decimals("30", "43", places=2))
def test_a_higher_fever_never_has_a_lower_grade(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))

    assert (grade_from_number(FEVER, low) or 0) <= (grade_from_number(FEVER, high) or 0)


def test_anaphylaxis_has_no_grade_one_and_the_sentence_names_those_that_it_has() -> None:
    with pytest.raises(UserMistake) as caught:
        check_grade(ANAPHYLAXIS, 1)

    assert caught.value.field == "grade"
    sentence = Wording("en").say_error(caught.value)
    assert "Anaphylaxis" in sentence
    assert "3, 4, 5" in sentence


@pytest.mark.parametrize("grade", [-1, 0, 4, 5, 6])
def test_a_headache_has_only_grades_one_to_three(grade: int) -> None:
    with pytest.raises(UserMistake):
        check_grade(HEADACHE, grade)


def test_later_doses_wait_from_grade_three_on() -> None:
    assert [holds_course(grade) for grade in (1, 2, 3, 4, 5)] == [False, False, True, True, True]


@pytest.mark.parametrize(
    ("code", "grade", "action"),
    [
        ("AE14", 1, "slow"),
        ("AE14", 2, "stop"),
        ("AE14", 3, "stop"),
        ("AE12", 1, "slow"),  # the grade asks for more than the term
        ("AE21", 1, "stop"),  # the term asks for more than the grade
        ("AE29", 1, "emergency"),
        ("AE05", 3, "emergency"),
        ("AE10", 4, "emergency"),
    ],
)
def test_the_graver_of_grade_and_term_is_proposed(code: str, grade: int, action: str) -> None:
    assert proposed_action(CATALOGUE.term(code), grade).action == action


def test_every_term_has_an_action_for_every_grade_that_it_has() -> None:
    for term in CATALOGUE.terms:
        for words in term.grades:
            proposal = proposed_action(term, words.grade)
            assert proposal.term_words == term.action_words
            assert proposal.grade_words.zh_CN


def test_no_action_is_proposed_for_a_grade_that_does_not_exist() -> None:
    with pytest.raises(UserMistake):
        proposed_action(ANAPHYLAXIS, 2)


def test_a_grave_side_effect_never_proposes_to_continue() -> None:
    fatigue = CATALOGUE.term("AE12")

    assert proposed_consequences(fatigue, 1) == ("CONT",)
    assert proposed_consequences(fatigue, 3) == ("HOLD",)
    assert proposed_consequences(CATALOGUE.term("AE10"), 4) == ("HOLD", "DISC", "SLOW", "PREMED")
    for term in CATALOGUE.terms:
        for words in term.grades:
            if words.grade >= 3:
                assert "HOLD" in proposed_consequences(term, words.grade)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("headache", "AE14"),
        ("头疼", "AE14"),
        ("头痛", "AE14"),
        ("severe headache", "AE01"),
        ("stiff neck", "AE01"),
        ("发烧", "AE10"),
        ("发冷", "AE11"),
        ("肌肉痛", "AE15"),
        ("dyspnea", "AE29"),
        ("喘不过气", "AE29"),
        ("hives", "AE21"),
        ("sick", "AE16"),
        ("酱油", "AE36"),
        ("Red  Urine", "AE36"),
        ("ae22", "AE22"),
        ("ＡＥ２２", "AE22"),
        ("肺部积液", "AE03"),
        ("TACO", "AE04"),
        ("肺血栓", "AE02"),
        ("transfusion-related", "AE03"),
    ],
)
def test_a_lay_word_in_either_language_finds_the_term(text: str, code: str) -> None:
    assert find_terms(CATALOGUE, text)[0].code == code


def test_an_empty_search_lists_every_term_in_order_and_nonsense_none() -> None:
    assert find_terms(CATALOGUE, "  ") == CATALOGUE.terms
    assert find_terms(CATALOGUE, "bicycle") == ()


@given(st.text(max_size=40))
def test_any_search_text_gives_each_term_at_most_once(text: str) -> None:
    codes = [term.code for term in find_terms(CATALOGUE, text)]

    assert len(codes) == len(set(codes))
