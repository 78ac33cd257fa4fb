"""The numbers of the rules, one step on either side of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from ivigdesk import resources
from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.scheduling.regimen import Regimen, StopRule
from ivigdesk.scheduling.regimen_file import parse_regimen
from ivigdesk.wording import Wording
from tests.clinical.safety.facts import days, earlier, event, known, lab, noticed, planned
from tests.clinical.samples import MONDAY, listed, name, product


def shipped(file: str) -> Regimen:
    return parse_regimen(resources.folder("regimens", file).read_bytes(), file)


R01 = shipped("cmv-pneumonia-fred-hutch.toml")


def at_doses(plan: CoursePlan, code: str) -> list[int]:
    return [dose.calendar.number for dose in plan.infusions if code in {finding.code for finding in dose.findings}]


def said(plan: CoursePlan, code: str) -> str:
    words = [Wording("en").say(finding.message) for finding in plan.all_findings if finding.code == code]
    return " | ".join(words).replace("\u00a0", " ")


@pytest.mark.parametrize(("birth_on", "is_old"), [(date(1960, 3, 3), False), (date(1960, 3, 2), True)])
def test_kidneys_are_at_risk_above_sixty_five(birth_on: date, is_old: bool) -> None:
    plan = planned(regimen=listed((1, 400)), antiviral="letermovir", birth_on=birth_on)
    assert ("older than 65 years" in said(plan, "SR05")) is is_old


@pytest.mark.parametrize(("birth_on", "is_old"), [(date(1965, 3, 3), False), (date(1965, 3, 2), True)])
def test_clots_are_more_likely_above_sixty(birth_on: date, is_old: bool) -> None:
    plan = planned(regimen=listed((1, 400)), birth_on=birth_on)
    assert ("older than 60 years" in said(plan, "SR09")) is is_old


@pytest.mark.parametrize(("birth_on", "severity"), [(date(2024, 3, 3), {"block"}), (date(2024, 3, 2), set())])
def test_sorbitol_waits_until_the_second_birthday(birth_on: date, severity: set[str]) -> None:
    plan = planned(product=product("flebogamma-dif-5"), birth_on=birth_on, weight_g=10_000)
    assert noticed(plan, "SR28") == severity


@pytest.mark.parametrize(("mg", "is_large"), [(1000, False), (1001, True)])
def test_more_than_a_gram_per_kilogram_in_a_day_is_to_be_justified(mg: int, is_large: bool) -> None:
    assert bool(noticed(planned(regimen=listed((1, mg))), "SR19")) is is_large


def test_two_courses_on_one_day_add_up_to_the_days_dose() -> None:
    plan = planned(regimen=listed((1, 600)), **known(earlier=(earlier(0, 500, given=False),)))
    assert "1100 mg/kg is more than 1000 mg/kg in a day" in said(plan, "SR19")
    assert "same day as a dose of C-000001" in said(plan, "SR21")


def test_t32_r01_and_one_replacement_dose_of_another_course_reach_two_grams_together() -> None:
    alone = planned(regimen=R01, blood_group="A")
    assert at_doses(alone, "SR10") == []
    assert noticed(alone, "SR19") == set()
    together = planned(regimen=R01, blood_group="A", **known(earlier=(earlier(20, 500, given=False),)))
    assert at_doses(together, "SR10") == [10]  # day 29: 9 × 150 + 500 + 150 = 2000
    assert "The course adds up to 1650 mg/kg, with the patient's other courses around it to 2150 mg/kg" in said(
        together, "SR19"
    )


@pytest.mark.parametrize(("on", "counts"), [(-14, True), (-15, False), (49, True), (50, False)])
def test_another_courses_dose_counts_from_fourteen_days_before_to_fourteen_days_after(on: int, counts: bool) -> None:
    plan = planned(regimen=R01, blood_group="B", **known(earlier=(earlier(on, 500, given=on < 0),)))
    assert bool(noticed(plan, "SR10")) is counts


def test_what_was_reached_before_the_course_is_named_at_its_first_dose() -> None:
    plan = planned(blood_group="B", **known(earlier=(earlier(-3, 1000), earlier(-2, 1000))))
    assert at_doses(plan, "SR10") == [1]


def test_what_another_course_reaches_after_this_one_is_named_at_its_last_dose() -> None:
    late = (earlier(36, 350, given=False), earlier(37, 350, given=False))
    assert at_doses(planned(regimen=R01, blood_group="A", **known(earlier=late)), "SR10") == [11]


def test_what_slows_the_card_is_named_even_where_it_is_only_a_central_line() -> None:
    brand = product("octagam-10")
    with_line = planned(product=brand, **known(conditions=("central-line",)))
    assert said(with_line, "SR09").startswith("Risk of clots (central venous catheter): the rate card keeps")
    assert {dose.rate_card.max_ml_per_h for dose in with_line.infusions} == {Decimal("138.6")}


@pytest.mark.parametrize(
    "facts",
    [
        {"conditions": ("sepsis",)},
        {"conditions": ("dialysis",)},
        {"medicines": "ciclosporin"},
        {"labs": (lab("egfr", "25", -1),)},
        {"conditions": ("positive-fluid-balance",)},
        {"events": (event("veno-occlusive-disease", -3),)},
        {"events": (event("clot", -100),)},
    ],
)
def test_every_risk_of_kidneys_clots_and_overload_keeps_the_card_to_the_slower_limit(facts: dict[str, object]) -> None:
    plan = planned(product=product("octagam-10"), **known(**facts))
    assert {dose.rate_card.max_ml_per_h for dose in plan.infusions} == {Decimal("138.6")}


def test_a_clot_four_weeks_ago_is_a_risk_and_no_hold() -> None:
    assert noticed(planned(**known(events=(event("clot", -28),))), "SR09") == {"warn"}
    assert noticed(planned(**known(events=(event("clot", 10),))), "SR09") == {"hold", "warn"}


def test_diabetes_makes_maltose_a_stronger_warning() -> None:
    plain, diabetic = planned(), planned(risks=("diabetes",))
    assert "insulin given on such a reading has killed" in said(diabetic, "SR16")
    assert "killed" not in said(plain, "SR16")


def test_a_product_whose_sugar_nobody_has_read_is_asked_about() -> None:
    brand = msgspec.structs.replace(product("privigen-10"), sugar="unknown")
    at_risk = planned(product=brand, risks=("diabetes",), birth_on=date(2025, 1, 1), weight_g=9_000)
    assert [noticed(at_risk, code) for code in ("SR06", "SR16", "SR28")] == [{"warn"}] * 3
    intolerant = planned(product=brand, **known(conditions=("fructose-intolerance",)))
    assert noticed(intolerant, "SR07") == {"warn"}


@pytest.mark.parametrize(
    ("doses", "is_first"),
    [
        ((earlier(-20),), False),
        ((earlier(-56),), False),
        ((earlier(-57),), True),
        ((earlier(-20, product="privigen-10"),), True),
        ((earlier(-20), earlier(-10, product="privigen-10")), True),
        ((earlier(-10, given=False),), True),
        ((), True),
    ],
)
def test_the_first_dose_starts_slowly_unless_the_same_product_was_given_lately(
    doses: tuple[object, ...], is_first: bool
) -> None:
    assert planned(**known(earlier=doses)).infusions[0].is_first_infusion is is_first


def test_another_product_between_two_doses_starts_slowly_again() -> None:
    between = earlier(15, product="privigen-10", given=False)
    plan = planned(first_infusion=False, **known(earlier=(between,)))
    assert [dose.calendar.number for dose in plan.infusions if dose.is_first_infusion] == [9]


def exposed(on: int | None) -> CoursePlan:
    events = () if on is None else (event("measles-exposure", on),)
    return planned(regimen=listed((1, 400), exposure_within_days=6), **known(events=events))


def test_a_dose_after_an_exposure_is_in_time_up_to_the_sixth_day() -> None:
    assert noticed(exposed(-6), "EXPOSURE") == set()
    assert "7 days before the first dose" in said(exposed(-7), "EXPOSURE")
    assert "none is recorded" in said(exposed(None), "EXPOSURE")
    assert "none is recorded" in said(exposed(1), "EXPOSURE")
    assert [finding.needs_reason for finding in exposed(-7).findings if finding.code == "EXPOSURE"] == [True]


def replacement(*troughs: str) -> CoursePlan:
    rule = StopRule(text=name("Two troughs."), source="fact-base", igg_trough_g_per_l=Decimal(4), troughs=2)
    doses = tuple(earlier(on) for on in (-112, -84, -56, -28))
    labs = tuple(lab("igg", value, on) for value, on in zip(troughs, (-56, -28, 0), strict=False))
    return planned(regimen=listed((1, 400), standing="replacement", stop_rule=rule), **known(earlier=doses, labs=labs))


@pytest.mark.parametrize(
    ("troughs", "is_reached"),
    [(("4.0", "4.1"), True), (("3.9", "4.1"), False), (("4.1", "3.9"), False), (("5.0",), False), ((), False)],
)
def test_a_stop_rule_asks_for_a_review_after_so_many_troughs_in_a_row(
    troughs: tuple[str, ...], is_reached: bool
) -> None:
    assert noticed(replacement(*troughs), "REVIEW") == ({"warn"} if is_reached else set())


def test_an_igg_level_that_is_missing_old_or_not_low_is_said() -> None:
    regimen = listed((1, 400), standing="replacement")
    assert "No IgG level" in said(planned(regimen=regimen), "LAB-1")
    assert noticed(planned(regimen=regimen, **known(labs=(lab("igg", "3.9", -14),))), "LAB-1") == set()
    assert "15 days before" in said(planned(regimen=regimen, **known(labs=(lab("igg", "3.9", -15),))), "LAB-1")
    assert noticed(planned(regimen=regimen, **known(labs=(lab("igg", "4.0", -1),))), "IGG-NOT-LOW") == {"warn"}


def test_monthly_doses_soon_after_transplant_count_with_other_courses() -> None:
    plan = planned(
        regimen=listed((1, 1000)), transplant_on=MONDAY, **known(earlier=(earlier(-29, 1000), earlier(-30, 1000)))
    )
    assert "within 30 days is reached" in said(plan, "SR12")
    alone = planned(regimen=listed((1, 1000)), transplant_on=MONDAY, **known(earlier=(earlier(-30, 1000),)))
    assert noticed(alone, "SR12") == set()


def test_the_day_of_a_live_vaccine_is_compared_with_all_courses() -> None:
    late = known(events=(event("live-vaccine", 300),), earlier=(earlier(200, given=False),))
    assert "none is to be given before" in said(planned(regimen=listed((1, 400)), **late), "SR13")
    alone = planned(regimen=listed((1, 400)), **known(events=(event("live-vaccine", 300),)))
    assert noticed(alone, "SR13") == set()
    assert days(300) > date(2026, 11, 2)


def test_t5_an_open_day_says_whether_it_is_of_the_course_or_of_the_transplant() -> None:
    assert "“Weekly” starts on course day 15. The source leaves it open: 15, 20, 21." in said(planned(), "REG-CHOICE")
    r06 = planned(regimen=shipped("cmv-reactivation-first-3-months.toml"), first_on=None, transplant_on=MONDAY)
    assert "ends on transplant day +100 at the latest. The source leaves it open: +90, +100." in said(r06, "REG-CHOICE")
    label = planned(
        regimen=shipped("cmv-ig-label.toml"), product=product("cytogam"), first_on=None, transplant_on=MONDAY
    )
    assert "starts on transplant day 0. The source leaves it open: −10, −9," in said(label, "REG-CHOICE")
    phase = msgspec.structs.replace(R01.phases[0], for_days=None, last_day=14, last_day_choices=(14, 28))
    own = msgspec.structs.replace(R01, phases=(phase,))
    assert "ends on course day 14 at the latest. The source leaves it open: 14, 28." in said(
        planned(regimen=own), "REG-CHOICE"
    )


def test_kidneys_at_risk_are_spared_a_loop_diuretic() -> None:
    assert "no loop diuretic if it can be avoided" in said(planned(risks=("renal",)), "SR05")


@pytest.mark.parametrize(("weight_g", "is_named"), [(100_000, False), (102_500, True)])
def test_more_than_100_g_in_one_dose_is_looked_at_again(weight_g: int, is_named: bool) -> None:
    plan = planned(regimen=listed((1, 1000)), weight_g=weight_g)
    assert bool(noticed(plan, "DOSE-G")) is is_named
