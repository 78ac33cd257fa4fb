"""Which weight a dose is computed from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical import library
from ivigdesk.clinical.doses.dosing import DosingWeight, WeightPolicy
from ivigdesk.clinical.doses.weight import choose_dosing_weight
from ivigdesk.clinical.patients.patient import Sex
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
    adjust_from_bmi: str | None = None,
) -> DosingWeight:
    return choose_dosing_weight(
        adjust_from_bmi=None if adjust_from_bmi is None else Decimal(adjust_from_bmi),
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


@pytest.mark.parametrize(
    ("vector", "sex", "cm", "kg", "bmi", "ideal"),
    [
        ("W1", "male", "175", "100", "32.65", "70.465"),
        ("W2", "male", "170", "70", "24.22", "65.937"),
        ("W3", "female", "160", "90", "35.16", "52.382"),
        ("W4", "male", "180", "120", "37.04", "74.992"),
        ("W5", "female", "150", "60", "26.67", "43.327"),
        ("W6", "female", "152", "70", "30.3", "45.138"),
        ("W7", "male", "175", "55", "17.96", "70.465"),
        ("W8", "female", "165", "45", "16.53", "56.909"),
        ("W9", "male", "152.4", "60", "25.83", "50"),
        ("W10", "female", "158", "78", "31.24", "50.571"),
        ("W11", "male", "168", "82", "29.05", "64.126"),
        ("W12", "male", "190", "95", "26.32", "84.047"),
    ],
)
def test_the_trace_names_the_index_and_the_ideal_weight_of_the_fact_base(
    vector: str, sex: Sex, cm: str, kg: str, bmi: str, ideal: str
) -> None:
    said = [Wording("en").say(step.rule).replace("\u00a0", " ") for step in choose("nhs-england", sex, cm, kg).trace]
    assert f"body mass index {bmi}" in said, vector
    assert f"ideal weight {ideal} kg" in said, vector


def test_a_seventeen_year_old_is_adjusted_in_ontario_and_not_in_australia() -> None:
    assert rounded(choose("ontario", "male", "175", "100", age=17).kg, Decimal("0.001")) == Decimal("82.279")
    assert choose("nba-2026", "male", "175", "100", age=17).kg == 100
    nhs = choose("nhs-england", "male", "175", "100", age=17)
    assert nhs.kg == 100
    assert codes(nhs) == [("warn", "WEIGHT-CHILD")]


def by_index_alone(policy: WeightPolicy, kg: str, adjust_from_bmi: str | None = None) -> str:
    """What a policy decides for 150 cm by the body mass index alone, without its rules of share and size."""
    rules = library.weight_rules()
    bare = tuple(msgspec.structs.replace(rule, ratio_over=None, size=None) for rule in rules.policies)
    return choose_dosing_weight(
        policy=policy,
        weight_g=int(Decimal(kg) * 1000),
        height_mm=1500,
        sex="male",
        age_years=40,
        pregnant=False,
        rules=msgspec.structs.replace(rules, policies=bare),
        adjust_from_bmi=None if adjust_from_bmi is None else Decimal(adjust_from_bmi),
    ).kind


def test_a_body_mass_index_of_exactly_thirty_is_enough_in_england_and_not_in_ontario() -> None:
    # 67.5 kg at 150 cm is 30.
    assert (by_index_alone("nhs-england", "67.5"), by_index_alone("nhs-england", "67.499")) == ("adjusted", "actual")
    assert (by_index_alone("ontario", "67.5"), by_index_alone("ontario", "67.501")) == ("actual", "adjusted")


def test_just_above_thirty_ontario_says_must() -> None:
    assert codes(choose("ontario", "male", "150", "67.501")) == [("hold", "WEIGHT-ASK")]


@pytest.mark.parametrize(
    ("policy", "cm", "adjusts"),
    [
        ("ontario", "152.3", False),
        ("ontario", "152.4", True),
        ("nba-2026", "151.9", False),
        ("nba-2026", "152", True),
    ],
)
def test_the_height_limits_are_part_of_the_rule(policy: WeightPolicy, cm: str, adjusts: bool) -> None:
    assert (choose(policy, "female", cm, "60").kind == "adjusted") == adjusts


@pytest.mark.parametrize(
    ("sex", "kg", "says_the_size_rule"),
    [("male", "50", False), ("male", "50.1", True), ("female", "45.5", False), ("female", "45.6", True)],
)
def test_ontarios_weight_must_be_exceeded(sex: Sex, kg: str, says_the_size_rule: bool) -> None:
    # At 152.4 cm the ideal weight is 50 and 45.5 kg: what is above it by a little is adjusted by a little.
    assert (choose("ontario", sex, "152.4", kg).kind == "adjusted") == says_the_size_rule


@pytest.mark.parametrize(("age", "adjusts"), [(17, False), (18, True)])
def test_australia_and_england_begin_at_eighteen(age: int, adjusts: bool) -> None:
    for policy in ("nba-2026", "nhs-england"):
        assert (choose(policy, "male", "175", "100", age=age).kind == "adjusted") == adjusts, policy


def test_one_point_two_times_the_ideal_weight_is_not_above_it() -> None:
    assert choose("nhs-england", "male", "152.4", "60").kind == "actual"
    assert choose("nhs-england", "male", "152.4", "60.001").kind == "adjusted"


def test_the_wards_own_cut_off_is_included_and_replaces_the_policys() -> None:
    # 63 kg at 150 cm is 28, China's cut-off.
    for policy in ("ontario", "nhs-england"):
        assert by_index_alone(policy, "63") == "actual"
        assert by_index_alone(policy, "63", "28") == "adjusted"
        assert by_index_alone(policy, "62.999", "28") == "actual"
        assert by_index_alone(policy, "70", "35") == "actual"
    assert codes(choose("ontario", "male", "150", "63")) == []
    assert codes(choose("ontario", "male", "150", "63", adjust_from_bmi="28")) == [("hold", "WEIGHT-ASK")]


def test_the_wards_own_cut_off_is_said_and_leaves_other_policies_alone() -> None:
    own = choose("ontario", "male", "175", "100", adjust_from_bmi="28")
    said = [Wording("en").say(step.rule) for step in own.trace]
    assert said[:3] == [
        "actual weight 100\u00a0kg",
        "policy: Ontario",
        "this ward adjusts from a body mass index of 28",
    ]
    for policy in ("actual", "nba-2026"):
        assert choose(policy, "male", "175", "100", adjust_from_bmi="28") == choose(policy, "male", "175", "100")


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
        "adjust_from_bmi": st.none() | st.decimals(Decimal(20), Decimal(40), places=1),
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
