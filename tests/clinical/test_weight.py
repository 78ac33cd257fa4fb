"""Which weight a dose is computed from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical import library
from ivigdesk.clinical.dosing import DosingWeight, WeightPolicy
from ivigdesk.clinical.patient import Sex
from ivigdesk.clinical.weight import choose_dosing_weight
from ivigdesk.errors import UserMistake
from ivigdesk.units import rounded
from ivigdesk.wording import Wording

POLICIES: tuple[WeightPolicy, ...] = ("actual", "ontario", "nba-2026", "nhs-england")


def choose(
    policy: WeightPolicy,
    sex: Sex,
    height_cm: str | None,
    kg: str,
    *,
    age: int | None = 40,
    pregnant: bool = False,
) -> DosingWeight:
    return choose_dosing_weight(
        policy=policy,
        weight_g=int(Decimal(kg) * 1000),
        height_mm=None if height_cm is None else int(Decimal(height_cm) * 10),
        sex=sex,
        age_years=age,
        pregnant=pregnant,
    )


def codes(weight: DosingWeight) -> list[tuple[str, str]]:
    return [(finding.severity, finding.code) for finding in weight.findings]


# FACTS 3.3: vector, sex, cm, kg, then the dosing weight by each policy.
VECTORS: list[tuple[str, Sex, str, str, str, str, str]] = [
    ("W1", "male", "175", "100", "82.279", "82.279", "82.279"),
    ("W2", "male", "170", "70", "67.562", "67.562", "70"),
    ("W3", "female", "160", "90", "67.429", "67.429", "67.429"),
    ("W4", "male", "180", "120", "92.995", "92.995", "92.995"),
    ("W5", "female", "150", "60", "60", "60", "49.996"),
    ("W6", "female", "152", "70", "70", "55.083", "55.083"),
    ("W7", "male", "175", "55", "55", "55", "55"),
    ("W8", "female", "165", "45", "45", "45", "45"),
    ("W9", "male", "152.4", "60", "54", "54", "60"),
    ("W10", "female", "158", "78", "61.543", "61.543", "61.543"),
    ("W11", "male", "168", "82", "71.276", "71.276", "71.276"),
    ("W12", "male", "190", "95", "88.428", "88.428", "95"),
]


@pytest.mark.parametrize(("vector", "sex", "cm", "kg", "ontario", "nba", "nhs"), VECTORS)
def test_each_policy_chooses_the_weight_of_the_fact_base(
    vector: str, sex: Sex, cm: str, kg: str, ontario: str, nba: str, nhs: str
) -> None:
    chosen = [rounded(choose(policy, sex, cm, kg).kg, Decimal("0.001")) for policy in POLICIES]
    assert chosen == [Decimal(kg), Decimal(ontario), Decimal(nba), Decimal(nhs)], vector


def test_a_seventeen_year_old_is_adjusted_in_ontario_and_not_in_australia() -> None:
    assert rounded(choose("ontario", "male", "175", "100", age=17).kg, Decimal("0.001")) == Decimal("82.279")
    assert choose("nba-2026", "male", "175", "100", age=17).kg == 100
    nhs = choose("nhs-england", "male", "175", "100", age=17)
    assert nhs.kg == 100
    assert codes(nhs) == [("warn", "WEIGHT-CHILD")]


def test_the_published_example_comes_out_exactly_because_nothing_is_rounded_on_the_way() -> None:
    kg = choose("ontario", "male", "175", "100").kg
    assert rounded(kg * 2, Decimal("0.01")) == Decimal("164.56")


def test_where_ontario_contradicts_itself_a_person_is_asked_and_the_actual_weight_kept() -> None:
    weight = choose("ontario", "female", "152", "70")
    assert (weight.kg, weight.kind) == (70, "actual")
    assert codes(weight) == [("hold", "WEIGHT-ASK")]


def test_a_formula_used_below_its_height_is_flagged() -> None:
    # NHS says nothing about height, so a person decides; Australia's rule allows 152 cm itself.
    assert codes(choose("nhs-england", "female", "150", "60")) == [("hold", "WEIGHT-DEVINE")]
    assert codes(choose("nba-2026", "female", "152", "70")) == [("warn", "WEIGHT-DEVINE")]


def test_a_height_for_which_the_formula_gives_nothing_leaves_the_actual_weight() -> None:
    weight = choose("nhs-england", "female", "95", "40")
    assert weight.kg == 40
    assert codes(weight) == [("hold", "WEIGHT-DEVINE")]


@pytest.mark.parametrize("policy", ["ontario", "nba-2026", "nhs-england"])
def test_a_missing_height_or_sex_keeps_the_actual_weight_and_asks(policy: WeightPolicy) -> None:
    for weight in (choose(policy, "male", None, "100"), choose(policy, "unknown", "175", "100")):
        assert (weight.kg, weight.kind) == (100, "actual")
        assert codes(weight) == [("hold", "WEIGHT-DATA")]


def test_what_is_missing_is_named() -> None:
    weight = choose("nba-2026", "unknown", None, "100", age=None)
    said = Wording("en").say(weight.findings[0].message)
    assert "height, sex, birth date not recorded" in said


def test_an_exclusion_needs_no_height() -> None:
    assert codes(choose("nba-2026", "unknown", None, "20", age=9)) == []
    assert codes(choose("nba-2026", "female", None, "70", pregnant=True)) == []
    assert codes(choose("nba-2026", "unknown", "140", "70", age=None)) == []


def test_ontario_asks_for_the_weight_from_before_the_pregnancy() -> None:
    weight = choose("ontario", "female", "165", "90", pregnant=True)
    assert weight.kg == 90
    assert codes(weight) == [("hold", "WEIGHT-PREG")]


def test_the_actual_policy_needs_nothing_but_the_weight() -> None:
    weight = choose("actual", "unknown", None, "3.2", age=None)
    assert (weight.kg, weight.kind, weight.findings) == (Fraction(16, 5), "actual", ())


@pytest.mark.parametrize("kg", ["0", "0.29", "300.1", "700"])
def test_a_weight_that_nobody_has_is_refused_with_what_is_allowed(kg: str) -> None:
    with pytest.raises(UserMistake) as caught:
        choose("actual", "male", "175", kg)
    assert caught.value.field == "weight"
    assert Wording("en").say_error(caught.value).endswith("Allowed: from 0.3\u00a0kg to 300\u00a0kg.")


def test_a_height_that_nobody_has_is_refused() -> None:
    with pytest.raises(UserMistake) as caught:
        choose("actual", "male", "1.7", "70")
    assert caught.value.field == "height"


def test_every_policy_of_the_program_is_in_the_file() -> None:
    assert tuple(rule.id for rule in library.weight_rules().policies) == POLICIES
    with pytest.raises(KeyError):
        library.weight_rules().policy("gut-feeling")  # type: ignore[arg-type]


sizes = st.fixed_dictionaries(
    {
        "policy": st.sampled_from(POLICIES),
        "weight_g": st.integers(300, 300_000),
        "height_mm": st.none() | st.integers(300, 2500),
        "sex": st.sampled_from(["male", "female", "unknown"]),
        "age_years": st.none() | st.integers(0, 110),
        "pregnant": st.booleans(),
    }
)


@given(sizes)
def test_the_dosing_weight_is_above_zero_and_never_above_the_actual_weight(size: dict[str, object]) -> None:
    weight = choose_dosing_weight(**size)  # type: ignore[arg-type]
    actual = Fraction(int(str(size["weight_g"])), 1000)
    assert 0 < weight.kg <= actual
    assert (weight.kind == "actual") == (weight.kg == actual)


@given(sizes)
def test_the_trace_begins_with_the_actual_weight_and_ends_with_the_chosen_one(size: dict[str, object]) -> None:
    weight = choose_dosing_weight(**size)  # type: ignore[arg-type]
    said = [Wording("en").say(step.rule) for step in weight.trace]
    assert said[0].startswith("actual weight")
    assert said[-1].startswith("dosing weight")
