"""From an exact dose to vials."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical.doses.dosing import RoundedDose, Rounding
from ivigdesk.clinical.products.product import Vial
from ivigdesk.clinical.products.vial_search import fewest_vials, neighbours
from ivigdesk.clinical.products.vials import deviation_percent, round_dose
from ivigdesk.errors import KnownError
from ivigdesk.scheduling.regimen import Standing
from ivigdesk.units import grams
from ivigdesk.wording import Wording
from tests.clinical.samples import product, with_vials

STEP_2_5 = with_vials("2.5")
STEP_5 = with_vials("5")


def g(dose: RoundedDose) -> Decimal:
    return grams(dose.dose_mg)


def codes(dose: RoundedDose) -> list[tuple[str, str]]:
    return [(finding.severity, finding.code) for finding in dose.findings]


def said(dose: RoundedDose) -> str:
    return Wording("en").say(dose.findings[0].message).replace("\u00a0", " ")


def mg(calculated_g: str) -> Fraction:
    return Fraction(calculated_g) * 1000


# FACTS 3.4; W1's dosing weight is 70.4653… + 0.4 × (100 − 70.4653…).
W1 = Fraction(50) + Fraction("2.3") * (Fraction(175) / Fraction("2.54") - 60)
W1_KG = W1 + Fraction("0.4") * (100 - W1)


@pytest.mark.parametrize(
    ("exact_mg", "nearest_2_5", "percent_2_5", "nearest_5", "percent_5", "down_5"),
    [
        (mg("6.75"), "7.5", "11.11", "5", "-25.93", "5"),
        (mg("7.5"), "7.5", "0", "5", "-33.33", "5"),
        (mg("10.5"), "10", "-4.76", "10", "-4.76", "10"),
        (W1_KG * 150, "12.5", "1.28", "10", "-18.97", "10"),
        (mg("28"), "27.5", "-1.79", "30", "7.14", "25"),
        (W1_KG * 400, "32.5", "-1.25", "35", "6.35", "30"),
        (mg("35"), "35", "0", "35", "0", "35"),
        (mg("37.5"), "37.5", "0", "35", "-6.67", "35"),
        (W1_KG * 1000, "82.5", "0.27", "80", "-2.77", "80"),
    ],
)
def test_the_table_of_the_fact_base(
    exact_mg: Fraction, nearest_2_5: str, percent_2_5: str, nearest_5: str, percent_5: str, down_5: str
) -> None:
    by_2_5, by_5 = round_dose(STEP_2_5, exact_mg), round_dose(STEP_5, exact_mg)
    assert (g(by_2_5), by_2_5.deviation_percent) == (Decimal(nearest_2_5), Decimal(percent_2_5))
    assert (g(by_5), by_5.deviation_percent) == (Decimal(nearest_5), Decimal(percent_5))
    assert g(round_dose(STEP_5, exact_mg, rounding="down")) == Decimal(down_5)


@pytest.mark.parametrize(
    ("product_id", "calculated_g", "drawn_g", "vials"),
    [
        # The doses of FACTS 3.4 with the packs that the products really have.
        ("privigen-10", "6.75", "7.5", [(5000, 1), (2500, 1)]),
        ("privigen-10", "10.5", "10", [(10_000, 1)]),
        ("privigen-10", "28", "27.5", [(20_000, 1), (5000, 1), (2500, 1)]),
        ("privigen-10", "82.28", "82.5", [(40_000, 2), (2500, 1)]),
        ("octagam-10", "6.75", "7", [(5000, 1), (2000, 1)]),
        ("octagam-10", "10.5", "10", [(10_000, 1)]),
        ("octagam-10", "7.5", "7", [(5000, 1), (2000, 1)]),
        ("gammagard-10", "6.75", "6.5", [(2500, 1), (1000, 4)]),  # a tie of 6.5 and 7
        ("gammagard-10", "12.34", "12.5", [(10_000, 1), (2500, 1)]),
        ("gammagard-10", "37.5", "37.5", [(30_000, 1), (5000, 1), (2500, 1)]),
        ("bivigam-10", "28", "30", [(10_000, 3)]),
        ("flebogamma-dif-5", "6.75", "6.5", [(5000, 1), (500, 3)]),  # a tie
        ("cn-ph4-5", "35", "35", [(2500, 14)]),
        ("intragam-p-6", "10.5", "10.2", [(3000, 3), (600, 2)]),  # a tie of 10.2 and 10.8
    ],
)
def test_the_doses_of_the_fact_base_with_the_packs_of_each_product(
    product_id: str, calculated_g: str, drawn_g: str, vials: list[tuple[int, int]]
) -> None:
    dose = round_dose(product(product_id), mg(calculated_g), standing="replacement")
    assert g(dose) == Decimal(drawn_g)
    assert [(vial.mg, vial.count) for vial in dose.vials] == vials
    assert dose.discard_mg == 0


def test_t10_a_five_gram_pack_is_not_rounded_to_in_silence() -> None:
    # 150 mg/kg for 50 kg: 7.5 g lies 33 % from both neighbours.
    dose = round_dose(product("bivigam-10"), mg("7.5"), standing="replacement")
    assert (g(dose), codes(dose)) == (5, [("hold", "ROUND-10")])


def test_seventy_kilograms_get_four_small_vials() -> None:
    dose = round_dose(product("cn-ph4-5"), mg("10.5"))
    assert [(vial.mg, vial.ml, vial.count) for vial in dose.vials] == [(2500, 50, 4)]
    assert (dose.volume_ml, dose.discard_mg, dose.findings) == (200, 0, ())


def test_more_than_ten_percent_off_asks_and_names_both_neighbours() -> None:
    dose = round_dose(STEP_2_5, mg("6.75"))
    assert codes(dose) == [("hold", "ROUND-10")]
    assert dose.neighbours_mg == (5000, 7500)
    assert "5 g (−25.93 %), 7.5 g (+11.11 %)" in said(dose)


def test_ten_percent_exactly_does_not_ask() -> None:
    assert codes(round_dose(STEP_5, Fraction(50_000, 9) * 10 / Fraction(11) * 9 / 10)) == []  # 5 g is +10 %
    assert codes(round_dose(STEP_5, Fraction(50_000, 11))) == []
    assert codes(round_dose(STEP_5, Fraction(50_000, 11) - 1)) == [("warn", "ROUND-PART")]


def test_a_chosen_neighbour_is_honoured_and_its_deviation_said() -> None:
    down = round_dose(STEP_2_5, mg("6.75"), rounding="down", rounding_chosen=True)
    up = round_dose(STEP_2_5, mg("6.75"), rounding="up", rounding_chosen=True)
    nearest = round_dose(STEP_2_5, mg("6.75"), rounding_chosen=True)
    assert [g(dose) for dose in (down, up, nearest)] == [5, Decimal("7.5"), Decimal("7.5")]
    assert codes(down) == codes(up) == codes(nearest) == [("warn", "ROUND-10")]
    assert said(down) == "The chosen rounding gives 5 g (−25.93 %); the exact dose is 6.75 g."


def test_a_chosen_neighbour_within_ten_percent_needs_no_word() -> None:
    assert codes(round_dose(STEP_2_5, mg("28"), rounding="up")) == []


@pytest.mark.parametrize("standing", ["treatment", "label"])
def test_a_tie_in_a_treatment_is_asked(standing: Standing) -> None:
    dose = round_dose(STEP_5, mg("37.5"), standing=standing)
    assert g(dose) == 35
    assert codes(dose) == [("hold", "ROUND-TIE")]
    assert "35 g (−6.67 %) and 40 g (+6.67 %)" in said(dose)


@pytest.mark.parametrize("standing", ["replacement", "not-routine", "historical"])
def test_a_tie_elsewhere_goes_down(standing: Standing) -> None:
    dose = round_dose(STEP_5, mg("37.5"), standing=standing)
    assert (g(dose), codes(dose)) == (35, [])


def test_a_tie_whose_rounding_was_chosen_is_not_asked_again() -> None:
    assert codes(round_dose(STEP_5, mg("37.5"), rounding_chosen=True)) == []


def test_an_infant_gets_part_of_a_vial_never_the_whole_and_never_nothing() -> None:
    dose = round_dose(product("cn-ph4-5"), mg("0.9"))
    assert (g(dose), dose.volume_ml, grams(dose.discard_mg)) == (Decimal("0.9"), 18, Decimal("1.6"))
    assert (dose.rounding, codes(dose)) == ("partial", [("warn", "ROUND-PART")])
    assert said(dose).startswith("Give 18 mL (0.9 g) and discard 32 mL (1.6 g)")


def test_rounding_down_to_nothing_gives_part_of_a_vial() -> None:
    dose = round_dose(product("cn-ph4-5"), mg("2.4"), rounding="down", rounding_chosen=True)
    assert (g(dose), codes(dose)) == (Decimal("2.4"), [("warn", "ROUND-PART")])


def test_a_dose_just_below_the_smallest_vial_takes_the_vial() -> None:
    dose = round_dose(product("cn-ph4-5"), mg("2.3"))
    assert (g(dose), dose.deviation_percent, codes(dose)) == (Decimal("2.5"), Decimal("8.70"), [])


def test_a_measured_dose_is_exact_to_a_tenth_of_a_millilitre_and_the_rest_is_recorded() -> None:
    dose = round_dose(product("octagam-10"), mg("6.754"), rounding="partial", rounding_chosen=True)
    assert (dose.volume_ml, dose.dose_mg) == (Decimal("67.5"), 6750)
    assert [(vial.mg, vial.count) for vial in dose.vials] == [(5000, 1), (2000, 1)]
    assert (dose.discard_mg, codes(dose)) == (250, [])


def test_the_smallest_dose_is_a_tenth_of_a_millilitre() -> None:
    dose = round_dose(product("octagam-10"), Fraction(1), rounding="partial")
    assert (dose.volume_ml, dose.dose_mg) == (Decimal("0.1"), 10)


@pytest.mark.parametrize("rounding", ["partial", "nearest", "down"])
def test_a_dose_too_small_for_the_syringe_is_said(rounding: Rounding) -> None:
    tiny = round_dose(product("cn-ph4-5"), Fraction(1), rounding=rounding)
    assert tiny.dose_mg == 5
    assert ("hold", "ROUND-SMALL") in [(finding.severity, finding.code) for finding in tiny.findings]
    fits = round_dose(product("cn-ph4-5"), Fraction(48), rounding=rounding)
    assert "ROUND-SMALL" not in [finding.code for finding in fits.findings]


def test_rounding_never_goes_above_the_most_that_is_allowed() -> None:
    cytogam = product("cytogam")
    most = mg("9.75")  # 65 kg × 150 mg/kg
    dose = round_dose(cytogam, most, most_mg=most)
    assert (g(dose), codes(dose)) == (Decimal("9.75"), [("warn", "ROUND-PART")])
    assert g(round_dose(cytogam, mg("9.8"), most_mg=mg("9.8"))) == Decimal("9.8")
    assert g(round_dose(cytogam, mg("12.4"), most_mg=mg("12.4"))) == Decimal("12.4")
    assert g(round_dose(cytogam, mg("10.1"), most_mg=mg("10.1"))) == 10
    odd = Fraction(9_999, 1)
    assert round_dose(cytogam, odd, rounding="partial", most_mg=odd).dose_mg <= odd


def test_only_confirmed_sizes_are_used() -> None:
    dose = round_dose(product("cn-ph4-5"), mg("5"))
    assert [(vial.mg, vial.count) for vial in dose.vials] == [(2500, 2)]
    unconfirmed = msgspec.structs.replace(STEP_5, vials=(Vial(mg=5000, ml=Decimal(100), confirmed=False),))
    with pytest.raises(KnownError, match="no confirmed vial size"):
        round_dose(unconfirmed, mg("5"))


def test_a_dose_of_nothing_is_a_slip_of_the_caller() -> None:
    for wrong in (Fraction(0), Fraction(-1), Fraction(1_000_001)):
        with pytest.raises(ValueError, match="is no dose"):
            round_dose(STEP_5, wrong)


def test_the_trace_says_what_lay_around_the_exact_dose() -> None:
    dose = round_dose(STEP_2_5, mg("10.5"))
    steps = [Wording("en").say(step.rule).replace("\u00a0", " ") for step in dose.trace]
    assert steps == [
        "exact dose 10.5 g; whole vials below 10 g (−4.76 %), above 12.5 g (+19.05 %)",
        "rounded to whole vials: 10 g (−4.76 %)",
    ]


def test_the_fewest_vials_are_taken_larger_ones_first() -> None:
    assert fewest_vials((2000, 5000, 10_000), 16_000) == {10_000: 1, 2000: 3}
    assert fewest_vials((2000, 5000), 6000) == {2000: 3}
    with pytest.raises(ValueError, match="make up"):
        fewest_vials((2000, 5000), 3000)
    with pytest.raises(ValueError, match="make up"):
        fewest_vials((2000, 5000), 2500)


sizes = st.lists(st.sampled_from([500, 600, 1000, 2000, 2500, 5000, 10_000, 20_000, 30_000]), min_size=1, unique=True)
doses = st.fractions(min_value=Fraction(1, 10), max_value=300_000, max_denominator=50)


def brute_force(sizes_mg: list[int], up_to: int) -> set[int]:
    """Every amount that whole vials make up: an independent, slow way."""
    made = {0}
    for size in sizes_mg:
        for amount in sorted(made):
            made.update(range(amount, up_to + 1, size))
    return made


@given(sizes, st.fractions(min_value=Fraction(1, 10), max_value=40_000, max_denominator=10))
def test_the_neighbours_are_the_nearest_amounts_that_vials_make_up(sizes_mg: list[int], exact: Fraction) -> None:
    made = brute_force(sizes_mg, 80_000)
    below, above = neighbours(sizes_mg, exact)
    assert below == max(amount for amount in made if amount <= exact)
    assert above == min(amount for amount in made if amount >= exact)


@given(sizes, doses, st.sampled_from(["nearest", "down", "up", "partial"]), st.booleans())
def test_vials_volume_discard_and_deviation_agree(
    sizes_mg: list[int], exact: Fraction, rounding: Rounding, chosen: bool
) -> None:
    sample = with_vials(*(str(grams(size)) for size in sorted(sizes_mg)))
    dose = round_dose(sample, exact, rounding=rounding, rounding_chosen=chosen)
    opened = sum(vial.mg * vial.count for vial in dose.vials)
    assert opened == dose.dose_mg + dose.discard_mg
    assert dose.dose_mg > 0
    assert dose.discard_mg >= 0
    assert dose.volume_ml * sample.g_per_l == dose.dose_mg
    assert dose.deviation_percent == deviation_percent(dose.dose_mg, exact)
    if dose.rounding != "partial":
        assert dose.discard_mg == 0
        assert dose.dose_mg in dose.neighbours_mg
    if rounding == "nearest" and not chosen and abs(dose.dose_mg - exact) * 10 > exact:
        assert dose.findings, "more than ten percent off is never silent"


@given(doses)
def test_without_a_choice_no_dose_is_far_off_unless_a_person_is_asked(exact: Fraction) -> None:
    dose = round_dose(product("gammagard-10"), exact)
    far = abs(dose.dose_mg - exact) * 10 > exact
    is_asked = any(finding.severity == "hold" for finding in dose.findings)
    is_smallest_part = dose.rounding == "partial" and dose.volume_ml == Decimal("0.1")
    # A part of a vial under 1 mL is as near as a syringe can measure.
    assert not far or is_asked or is_smallest_part or dose.volume_ml < 1
