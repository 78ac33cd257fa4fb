"""Numbers are read strictly, kept exactly, and printed without a trailing zero or a naked point."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk import units
from ivigdesk.errors import UserMistake
from ivigdesk.messages import message
from ivigdesk.wording import Wording

_DECIMALS = st.decimals(min_value=-9999, max_value=9999, places=3)


@pytest.mark.parametrize(
    ("text", "number"), [("1.5", "1.5"), ("1,5", "1.5"), (" 70 ", "70"), ("0", "0"), ("070", "70"), ("12.50", "12.50")]
)
def test_a_point_and_a_comma_are_the_same_mark(text: str, number: str) -> None:
    assert units.exact(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1,500",
        "1.500",
        ".5",
        "5.",
        "1e3",
        "-1",
        "+1",
        "1 5",
        "1.5.5",
        "٧٠",
        "１",
        "0x10",
        "70 kg",
        "NaN",
        "12345",
    ],
)
def test_what_two_wards_read_differently_is_no_number(text: str) -> None:
    assert units.exact(text) is None


@given(st.text(max_size=12))
def test_no_text_at_all_is_read_as_another_number_than_it_says(text: str) -> None:
    number = units.exact(text)
    if number is not None:
        assert 0 <= number < 10_000
        assert number == Decimal(text.strip().replace(",", "."))


def _weight(text: str) -> Decimal:
    return units.read_number(
        text, field="weight", name=message("Weight"), least=Decimal("0.3"), most=Decimal(300), unit="kg"
    )


@pytest.mark.parametrize("text", ["0.3", "300", "70,5"])
def test_both_ends_of_a_range_are_allowed(text: str) -> None:
    assert _weight(text) == Decimal(text.replace(",", "."))


@pytest.mark.parametrize("text", ["0.2", "300.1", "abc", "", "1,500"])
def test_a_number_out_of_range_names_field_value_and_what_is_allowed(text: str, english: Wording) -> None:
    with pytest.raises(UserMistake) as refused:
        _weight(text)
    assert refused.value.field == "weight"
    assert english.say(refused.value.message) == (
        f"Weight: “{text}” cannot be used. Allowed: a number from 0.3 to 300 kg, such as 150."
    )


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (Decimal("12.50"), "12.5"),
        (Decimal("100"), "100"),
        (Decimal("1E+2"), "100"),
        (Decimal("0.50"), "0.5"),
        (Decimal("-0.00"), "0"),
        (Decimal("1E-3"), "0.001"),
        (Fraction(1, 8), "0.125"),
        (7, "7"),
    ],
)
def test_digits_are_printed_plainly(number: Decimal | Fraction | int, printed: str) -> None:
    assert units.plain(number) == printed


@given(_DECIMALS)
def test_what_is_printed_is_the_same_number_without_an_empty_zero(number: Decimal) -> None:
    printed = units.plain(number)
    assert Decimal(printed) == number
    assert re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", printed)


@given(st.integers(-(10**6), 10**6), st.integers(0, 6), st.integers(0, 6))
def test_a_fraction_with_a_finite_form_keeps_its_value(numerator: int, twos: int, fives: int) -> None:
    fraction = Fraction(numerator, 2**twos * 5**fives)
    assert Fraction(units.as_decimal(fraction)) == fraction


def test_a_third_has_no_decimal_form() -> None:
    with pytest.raises(ValueError, match="1/3"):
        units.as_decimal(Fraction(1, 3))
    with pytest.raises(ValueError, match="1/3"):
        units.plain(Fraction(1, 3))


@given(_DECIMALS, st.sampled_from([Decimal("0.1"), Decimal("0.5"), Decimal(1), Decimal(5)]))
def test_a_rounded_number_is_a_multiple_of_its_step_and_nearest(number: Decimal, step: Decimal) -> None:
    rounded = units.rounded(number, step)
    assert Fraction(rounded) / Fraction(step) % 1 == 0
    assert abs(rounded - number) <= step / 2
    assert units.rounded(-number, step) == -rounded


@given(st.decimals(min_value=0, max_value=9999, places=3), st.sampled_from([Decimal("0.1"), Decimal(1), Decimal(5)]))
def test_rounding_down_never_goes_above(number: Decimal, step: Decimal) -> None:
    down = units.rounded_down(number, step)
    assert Fraction(down) / Fraction(step) % 1 == 0
    assert down <= number < down + step


def test_a_tie_goes_away_from_zero() -> None:
    assert units.rounded(Decimal("0.25"), Decimal("0.1")) == Decimal("0.3")
    assert units.rounded(Fraction(-5, 2), Decimal(1)) == -3


def test_units_are_turned_into_each_other_exactly() -> None:
    assert units.grams(12_500) == Decimal("12.5")
    assert units.kilograms(70_450) == Decimal("70.45")
    assert units.centimetres(1_665) == Decimal("166.5")
    assert units.to_thousandths(Decimal("70.4505")) == 70_451


@given(st.integers(0, 10**7))
def test_grams_and_back_lose_nothing(mg: int) -> None:
    assert units.to_thousandths(units.grams(mg)) == mg
