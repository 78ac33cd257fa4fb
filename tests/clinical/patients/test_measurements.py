"""What is typed as a weight, a height or an IgG level."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ivigdesk.clinical.patients.measurements import read_height, read_igg, read_weight
from ivigdesk.errors import UserMistake
from ivigdesk.wording import Wording


def refusal(read: object, text: str) -> tuple[str, str]:
    with pytest.raises(UserMistake) as caught:
        read(text)  # type: ignore[operator]
    return caught.value.field, Wording("en").say_error(caught.value)


@pytest.mark.parametrize(
    ("text", "grams"),
    [("70", 70_000), ("1.5", 1500), ("1,5", 1500), (" 12,25 ", 12_250), ("0.3", 300)],
)
def test_a_weight_with_a_point_or_a_comma_is_the_same_weight(text: str, grams: int) -> None:
    assert read_weight(text) == grams


@pytest.mark.parametrize("text", ["0", "700", "0.2", "-5", "", "seventy", "1,500", "7e1", "70 kg", "七十"])
def test_a_weight_that_cannot_be_is_refused_for_its_field(text: str) -> None:
    field, said = refusal(read_weight, text)
    assert field == "weight"
    assert "from 0.3 to 300 kg" in said.replace("\u00a0", " ")


@pytest.mark.parametrize(("text", "mm"), [("175", 1750), ("152.4", 1524), ("152,4", 1524), ("30", 300), ("49.55", 496)])
def test_a_height_is_read_in_centimetres(text: str, mm: int) -> None:
    assert read_height(text) == mm


@pytest.mark.parametrize(("text", "cm"), [("1.75", "175"), ("1,75", "175"), ("0.5", "50"), ("2.5", "250")])
def test_a_height_in_metres_is_refused_with_the_centimetres(text: str, cm: str) -> None:
    field, said = refusal(read_height, text)
    assert field == "height"
    assert said == f"Height: “{text}” looks like m. {text} m is {cm} cm: write that."


@pytest.mark.parametrize("text", ["29", "251", "17", "tall"])
def test_a_height_that_cannot_be_is_refused(text: str) -> None:
    assert "from 30 to 250" in refusal(read_height, text)[1]


def test_an_igg_in_grams_per_litre_is_taken() -> None:
    assert read_igg("3,9") == Decimal("3.9")
    assert read_igg("0") == 0
    assert read_igg("40") == 40


def test_an_igg_in_milligrams_per_decilitre_is_refused_with_its_value_in_grams_per_litre() -> None:
    field, said = refusal(read_igg, "400")
    assert field == "igg"
    assert said == "IgG: “400” looks like mg/dL. 400 mg/dL is 4 g/L: write that."


def test_an_igg_that_cannot_be_is_refused() -> None:
    assert "from 0 to 40" in refusal(read_igg, "5000")[1]
    assert "from 0 to 40" in refusal(read_igg, "low")[1]
