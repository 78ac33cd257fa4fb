"""A laboratory value is converted exactly, and what nobody has is refused with what it looks like."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical import library
from ivigdesk.clinical.laboratory.lab_reading import LabReading, read_lab_value
from ivigdesk.clinical.laboratory.values import LAB_TESTS, LabTest
from ivigdesk.errors import UserMistake
from ivigdesk.units import plain
from ivigdesk.wording import Wording

RULES = library.lab_rules()


def refusal(test: LabTest, text: str, unit: str = "") -> tuple[str, str]:
    with pytest.raises(UserMistake) as caught:
        read_lab_value(test, text, unit)
    assert Wording("zh_CN").say_error(caught.value)
    return caught.value.field, Wording("en").say_error(caught.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("test", "text", "unit", "value"),
    [
        ("igg", "400", "mg/dL", "4"),
        ("igg", "500", "mg/dL", "5"),
        ("igg", "600", "mg/dL", "6"),
        ("igg", "700", "mg/dL", "7"),
        ("igg", "399", "mg/dL", "3.99"),
        ("igg", "3,99", "g/L", "3.99"),
        ("creatinine", "1", "mg/dL", "88.42"),
        ("creatinine", "1.2", "mg/dL", "106.104"),
        ("creatinine", "0.15", "mg/dL", "13.263"),
        ("creatinine", "106", "", "106"),
        ("haemoglobin", "13.5", "g/dL", "135"),
        ("haemoglobin", "7,25", "g/dL", "72.5"),
        ("total-protein", "7.2", "g/dL", "72"),
        ("height", "1.66", "m", "166"),
        ("platelets", "12", "10⁹/L", "12"),
        ("neutrophils", "0.02", "", "0.02"),
        ("egfr", "58", "mL/min/1.73 m²", "58"),
        ("weight", "3.25", "kg", "3.25"),
    ],
)
def test_a_value_is_stored_in_the_tests_own_unit_exactly(test: LabTest, text: str, unit: str, value: str) -> None:
    assert read_lab_value(test, text, unit) == LabReading(value=Decimal(value), unit=RULES.test(test).unit)


@pytest.mark.parametrize(
    ("test", "text", "unit", "said"),
    [
        ("igg", "400", "g/L", "IgG: “400” looks like mg/dL. 400 mg/dL is 4 g/L: write that."),
        ("igg", "4", "mg/dL", "Allowed"),
        ("haemoglobin", "13.5", "g/L", "Haemoglobin: “13.5” looks like g/dL. 13.5 g/dL is 135 g/L: write that."),
        ("haemoglobin", "135", "g/dL", "Haemoglobin: “135” looks like g/L. 135 g/L is 13.5 g/dL: write that."),
        ("creatinine", "1,2", "", "Creatinine: “1,2” looks like mg/dL. 1,2 mg/dL is 106 µmol/L: write that."),
        ("creatinine", "88", "mg/dL", "Creatinine: “88” looks like µmol/L. 88 µmol/L is 1 mg/dL: write that."),
        ("total-protein", "7.2", "", "Total protein: “7.2” looks like g/dL. 7.2 g/dL is 72 g/L: write that."),
        ("height", "1.75", "cm", "Height: “1.75” looks like m. 1.75 m is 175 cm: write that."),
        ("height", "175", "m", "Height: “175” looks like cm. 175 cm is 1.75 m: write that."),
    ],
)
def test_a_value_in_the_wrong_unit_is_refused_with_what_it_looks_like(
    test: LabTest, text: str, unit: str, said: str
) -> None:
    if said == "Allowed":  # 4 mg/dL can be, though nobody would be well
        assert read_lab_value(test, text, unit).value == Decimal("0.04")
    else:
        assert refusal(test, text, unit) == ("value", said)


@pytest.mark.parametrize("test", LAB_TESTS)
def test_both_ends_of_what_is_plausible_are_taken_and_nothing_beyond(test: LabTest) -> None:
    rule = RULES.test(test)
    for unit in rule.units:
        least, most = Fraction(rule.span.least) / rule.ratio(unit), Fraction(rule.span.most) / rule.ratio(unit)
        lowest, highest = -(-least * 100 // 1), most * 100 // 1  # hundredths that can be typed, inside the span
        for hundredths in (lowest, highest):
            read = read_lab_value(test, plain(Decimal(int(hundredths)) / 100), unit)
            assert rule.span.least <= read.value <= rule.span.most
        for hundredths in (lowest - 1, highest + 1):
            if hundredths >= 0:
                assert refusal(test, plain(Decimal(int(hundredths)) / 100), unit)[0] == "value"


@given(st.sampled_from(LAB_TESTS), st.data())
def test_a_conversion_and_its_way_back_give_what_was_typed(test: LabTest, drawn: st.DataObject) -> None:
    rule = RULES.test(test)
    unit = drawn.draw(st.sampled_from(rule.units))
    least, most = (int(Fraction(end) / rule.ratio(unit) * 100) for end in (rule.span.least, rule.span.most))
    typed = Decimal(drawn.draw(st.integers(least + 1, most))) / 100
    read = read_lab_value(test, plain(typed), unit)
    assert Fraction(read.value) / rule.ratio(unit) == Fraction(typed)


@pytest.mark.parametrize("text", ["", "low", "-1", "1,500", "1e2", "4 g/L", "٤", "<4", ".5", "5.", "1 000", "nan"])
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    field, said = refusal("igg", text)
    assert field == "value"
    assert "from 0 to 40 g/L" in said


def test_an_unknown_unit_is_refused_with_those_that_are_known() -> None:
    field, said = refusal("igg", "4", "g/dL")
    assert field == "unit"
    assert said == "IgG: the unit “g/dL” is not known. Allowed: g/L, mg/dL."
    assert refusal("cmv-pcr", "4", "log10")[0] == "unit"


def test_copies_and_international_units_are_not_converted_into_each_other() -> None:
    assert read_lab_value("cmv-pcr", "1500000", "copies/mL").unit == "copies/mL"
    assert read_lab_value("cmv-pcr", "1500000").unit == "IU/mL"
    assert read_lab_value("cmv-pcr", "1500000").value == 1_500_000


@pytest.mark.parametrize("text", ["<137", "< 137", "＜137", " <137 "])
def test_below_the_limit_of_detection_is_kept_as_that(text: str) -> None:
    assert read_lab_value("cmv-pcr", text) == LabReading(value=Decimal(137), unit="IU/mL", is_below=True)


@pytest.mark.parametrize("text", ["<", "<0", "<<137", ">137", "<abc", "<1000000000"])
def test_below_nothing_is_no_result(text: str) -> None:
    assert refusal("cmv-pcr", text)[0] == "value"


def test_a_pcr_of_nothing_is_a_result() -> None:
    assert read_lab_value("cmv-pcr", "0") == LabReading(value=Decimal(0), unit="IU/mL")


def test_the_field_of_another_form_is_named() -> None:
    with pytest.raises(UserMistake) as caught:
        read_lab_value("weight", "700", field="weight")
    assert caught.value.field == "weight"


@pytest.mark.parametrize(
    ("test", "value", "shown"),
    [("creatinine", "106.104", "106"), ("creatinine", "88.5", "89"), ("igg", "4.00", "4"), ("igg", "3.996", "4")],
)
def test_a_value_is_shown_with_the_tests_decimals(test: LabTest, value: str, shown: str) -> None:
    assert RULES.test(test).shown(Decimal(value)) == shown
