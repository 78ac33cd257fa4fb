"""The whole course, computed and looked at."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clinical.courses.planning import CoursePlan, PlannedInfusion, PlanRequest
from ivigdesk.clinical.findings import standing_in_the_way
from ivigdesk.errors import UserMistake
from ivigdesk.messages import Text
from ivigdesk.scheduling.choices import Choice
from ivigdesk.scheduling.regimen import Phase
from ivigdesk.wording import Wording
from tests.clinical.samples import CMV, MONDAY, listed, name, product, request, shipped_products


def codes(of: CoursePlan | PlannedInfusion) -> list[tuple[str, str]]:
    return [(finding.severity, finding.code) for finding in of.findings]


def said(of: CoursePlan | PlannedInfusion, code: str) -> str:
    sentence = next(finding.message for finding in of.findings if finding.code == code)
    return Wording("en").say(sentence).replace("\u00a0", " ")


def has(of: CoursePlan | PlannedInfusion, severity: str, code: str) -> bool:
    return (severity, code) in codes(of)


def test_the_articles_course_for_seventy_kilograms() -> None:
    plan = plan_course(request())
    assert [f"{dose.calendar.due_on:%m-%d}" for dose in plan.infusions] == [
        "03-02", "03-04", "03-06", "03-08", "03-10", "03-12", "03-14", "03-16", "03-23", "03-30", "04-06",
    ]  # fmt: skip
    assert {(dose.amount.dose_mg, dose.amount.deviation_percent) for dose in plan.infusions} == {
        (10_000, Decimal("-4.76"))
    }
    assert {dose.rate_card.duration_min for dose in plan.infusions} == {Decimal("76.7")}
    assert plan.total_mg == 110_000
    assert codes(plan) == [
        ("warn", "SR15"),
        ("warn", "SR16"),
        ("info", "SR05"),
        ("info", "SR24"),
        ("info", "REG-CHOICE"),
        ("info", "FIRST"),
    ]


def test_the_trace_of_a_dose_begins_with_its_multiplication() -> None:
    amount = plan_course(request()).infusions[0].amount
    assert Wording("en").say(amount.trace[0].rule).replace("\u00a0", " ") == "150 mg/kg × 70 kg = 10500 mg"


def test_the_chosen_first_day_of_the_weekly_phase_is_said() -> None:
    assert "“Weekly” starts on course day 15. The source leaves it open: 15, 20, 21." in said(
        plan_course(request()), "REG-CHOICE"
    )
    later = plan_course(request(choices=(Choice(phase=1, what="first_day", value=Decimal(20)),)))
    assert "starts on course day 20" in said(later, "REG-CHOICE")
    assert later.infusions[7].calendar.course_day == 20
    assert later.request.regimen.phases[1].first_day == 20
    assert later.request.regimen.phases[1].first_day_choices == (15, 20, 21)


def test_a_pick_that_the_source_does_not_offer_is_refused() -> None:
    with pytest.raises(UserMistake) as caught:
        plan_course(request(choices=(Choice(phase=1, what="first_day", value=Decimal(16)),)))
    assert caught.value.field == "first_day"


def test_every_open_value_is_said_with_what_holds_now() -> None:
    phase = Phase(
        name=name("Open"),
        first_day=1,
        every_days=21,
        every_days_choices=(21, 28),
        doses=6,
        doses_choices=(5, 6),
        mg_per_kg=Decimal(400),
        mg_per_kg_range=(Decimal(200), Decimal(400)),
    )
    plan = plan_course(request(regimen=msgspec.structs.replace(CMV, phases=(phase,))))
    told = [Wording("en").say(one.message) for one in plan.findings if one.code == "REG-CHOICE"]
    assert ["every 21 days" in told[0], "Number of doses of “Open”: 6" in told[1]] == [True, True]
    assert "from 200\u00a0mg/kg to 400\u00a0mg/kg" in told[2]


def by_volume(product_id: str, ml_per_kg: str = "1") -> PlanRequest:
    phase = Phase(name=name("Volume"), first_day=1, every_days=14, doses=6, ml_per_kg=Decimal(ml_per_kg))
    regimen = msgspec.structs.replace(CMV, phases=(phase,), immunoglobulin="cmv")
    return request(regimen=regimen, product=product(product_id), weight_g=50_000)


def test_t15_a_dose_in_millilitres_follows_from_the_products_strength_and_says_so() -> None:
    dose = plan_course(by_volume("cytogam")).infusions[0]
    assert dose.mg_per_kg == 50
    assert dose.amount.volume_ml == 50
    steps = [Wording("en").say(step.rule).replace("\u00a0", " ") for step in dose.amount.trace[:2]]
    assert steps == [
        "the source counts in millilitres: 1 mL/kg × 50 mg/mL = 50 mg/kg",
        "50 mg/kg × 50 kg = 2500 mg",
    ]


def test_t15_millilitres_of_another_product_are_refused_in_words() -> None:
    with pytest.raises(UserMistake) as caught:
        plan_course(by_volume("cn-ph4-5"))
    assert caught.value.field == "product"
    assert "1\u00a0mL/kg of CMV immunoglobulin" in Wording("en").say_error(caught.value)


def test_t15_millilitres_of_a_product_without_units_are_held_for_the_pharmacist() -> None:
    assert has(plan_course(by_volume("cytogam")), "hold", "PRODUCT-KIND")
    in_units = msgspec.structs.replace(product("cytogam"), units_per_ml=Decimal(100))
    by_units = msgspec.structs.replace(by_volume("cytogam"), product=in_units)
    assert not has(plan_course(by_units), "hold", "PRODUCT-KIND")


def test_t29_a_regimen_on_top_of_an_antiviral_is_held_without_one() -> None:
    assert has(plan_course(request(antiviral=" ")), "hold", "SR22")
    assert not has(plan_course(request(antiviral="foscarnet")), "hold", "SR22")


def test_an_old_weight_holds_the_plan_and_later_doses_say_weigh_again() -> None:
    assert not has(plan_course(request(weighed_on=MONDAY - timedelta(days=7))), "hold", "SR24")
    old = plan_course(request(weighed_on=MONDAY - timedelta(days=8)))
    assert has(old, "hold", "SR24")
    assert "8 days old" in said(old, "SR24")
    fresh = plan_course(request(weighed_on=MONDAY))
    assert [has(dose, "info", "SR24") for dose in fresh.infusions] == [False] * 4 + [True] * 7


def test_maltose_is_said_once_with_its_hours_and_only_where_it_is() -> None:
    plan = plan_course(request())
    assert "for 24 hours" in said(plan, "SR16")
    assert sum(finding.code == "SR16" for finding in plan.all_findings) == 1
    assert not has(plan_course(request(product=product("privigen-10"))), "warn", "SR16")


def test_a_large_volume_is_said_on_its_dose() -> None:
    big = plan_course(request(regimen=listed((1, 1000), (8, 400))))
    assert [has(dose, "warn", "SR17") for dose in big.infusions] == [True, False]
    assert "1400 mL" in said(big.infusions[0], "SR17")


def test_a_dose_or_a_course_above_its_limit_is_to_be_justified() -> None:
    plan = plan_course(request(regimen=listed((1, 1001), (2, 1000))))
    assert [has(dose, "warn", "SR19") for dose in plan.infusions] == [True, False]
    assert has(plan, "warn", "SR19")
    assert not has(plan_course(request(regimen=listed((1, 1000), (2, 1000)))), "warn", "SR19")


def test_t30_t32_haemolysis_is_named_at_the_dose_that_reaches_two_grams_per_kilogram() -> None:
    two = listed((1, 1000), (2, 1000), (3, 400))
    plan = plan_course(request(regimen=two, blood_group="A"))
    assert [has(dose, "warn", "SR10") for dose in plan.infusions] == [False, True, False]
    text = said(plan.infusions[1], "SR10")
    assert "36 to 96 hours" in text
    assert "5 to 10 days" in text


def test_t31_the_donors_blood_group_counts_and_a_missing_one_is_asked_for() -> None:
    two = listed((1, 1000), (2, 1000))
    donor = plan_course(request(regimen=two, blood_group="O", donor_blood_group="B"))
    assert has(donor.infusions[1], "warn", "SR10")
    missing = plan_course(request(regimen=two, blood_group="O"))
    assert has(missing.infusions[1], "info", "SR10")
    both_o = plan_course(request(regimen=two, blood_group="O", donor_blood_group="O"))
    assert not any(finding.code == "SR10" for finding in both_o.all_findings)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"risks": ("renal",)}, "SR05"),
        ({"risks": ("diabetes",)}, "SR05"),
        ({"birth_on": date(1955, 1, 1)}, "SR05"),
        ({"risks": ("thrombosis",)}, "SR09"),
        ({"birth_on": date(1964, 1, 1)}, "SR09"),
        ({"risks": ("cardiac",)}, "SR17"),
    ],
)
def test_a_patient_at_risk_gets_the_slower_card_and_is_told_why(changes: dict[str, object], code: str) -> None:
    plan = plan_course(request(product=product("octagam-10"), **changes))
    assert has(plan, "warn", code)
    assert {dose.rate_card.max_ml_per_h for dose in plan.infusions} == {Decimal("138.6")}


@pytest.mark.parametrize("drug", ["Foscarnet 60 mg/kg", "膦甲酸钠", "cidofovir"])
def test_an_antiviral_that_harms_the_kidneys_is_a_risk_for_them(drug: str) -> None:
    plan = plan_course(request(product=product("octagam-10"), antiviral=drug))
    assert re.match(r"Kidneys at risk \((foscarnet|cidofovir)\): the rate card keeps", said(plan, "SR05"))
    assert {dose.rate_card.max_ml_per_h for dose in plan.infusions} == {Decimal("138.6")}
    assert has(plan_course(request(product=product("cytogam"), antiviral=drug)), "block", "SR06")


def test_a_heart_at_risk_is_not_sent_to_the_product_it_already_has() -> None:
    strong = plan_course(request(product=product("octagam-10"), risks=("cardiac",), regimen=listed((1, 2000))))
    weak = plan_course(request(product=product("octagam-5"), risks=("cardiac",), regimen=listed((1, 2000))))
    assert "10 %" not in said(strong, "SR17") + said(strong.infusions[0], "SR17")
    assert "10 %" in said(weak, "SR17")
    assert "10 %" in said(weak.infusions[0], "SR17")


def test_an_infusion_of_more_than_twelve_hours_is_said() -> None:
    old = request(regimen=listed((1, 1000), (8, 400)), birth_on=date(1950, 1, 1), weight_g=80_000)
    plan = plan_course(old)
    assert [has(dose, "warn", "LONG") for dose in plan.infusions] == [True, False]
    assert "takes 26 h 40 min, more than 12 hours" in said(plan.infusions[0], "LONG")


def test_a_regimen_of_cmv_immunoglobulin_wants_such_a_product_and_the_other_way_round() -> None:
    by_cmv = listed((1, 150), immunoglobulin="cmv")
    assert "is not one" in said(plan_course(request(regimen=by_cmv)), "PRODUCT-KIND")
    assert not has(plan_course(request(regimen=by_cmv, product=product("cytogam"))), "warn", "PRODUCT-KIND")
    assert "gives normal immunoglobulin" in said(plan_course(request(product=product("cytogam"))), "PRODUCT-KIND")


def test_what_a_regimens_file_warns_of_is_said() -> None:
    solid = listed((1, 150), caution=Text(en="For solid organs only.", zh_CN="仅用于实体器官。"))
    assert said(plan_course(request(regimen=solid)), "REG-CAUTION") == "About this regimen: For solid organs only."


def test_a_young_patient_without_risks_is_not_slowed() -> None:
    plan = plan_course(request(product=product("octagam-10"), birth_on=date(1986, 1, 1)))
    assert plan.infusions[0].rate_card.max_ml_per_h == 504


def test_sucrose_and_kidneys_at_risk_do_not_go_together() -> None:
    assert has(plan_course(request(product=product("cytogam"), risks=("renal",))), "block", "SR06")
    assert not has(plan_course(request(product=product("cytogam"))), "block", "SR06")


def test_a_child_who_turns_two_during_the_course_is_under_two_at_its_first_dose() -> None:
    toddler = request(product=product("flebogamma-dif-5"), birth_on=date(2024, 3, 10), weight_g=12_000)
    assert has(plan_course(toddler), "block", "SR28")


def test_sorbitol_is_not_for_small_children() -> None:
    infant = request(product=product("flebogamma-dif-5"), birth_on=date(2025, 1, 1), weight_g=9_000)
    assert has(plan_course(infant), "block", "SR28")
    assert has(plan_course(request(product=product("flebogamma-dif-5"))), "warn", "SR07")


@pytest.mark.parametrize("standing", ["not-routine", "historical"])
def test_t28_a_regimen_that_guidelines_advise_against_says_so(standing: str) -> None:
    plan = plan_course(request(regimen=listed((1, 400), standing=standing)))
    assert has(plan, "warn", "GEN-1")
    assert [finding.code for finding in standing_in_the_way(plan.all_findings)] == ["GEN-1"]


def test_more_than_the_source_allows_per_infusion_is_blocked() -> None:
    cytogam = product("cytogam")
    plan = plan_course(request(product=cytogam, regimen=listed((1, 200), (8, 150))))
    assert [has(dose, "block", "MAX-KG") for dose in plan.infusions] == [True, False]
    up = plan_course(request(product=cytogam, regimen=listed((1, 150)), weight_g=65_000, rounding="up"))
    assert has(up.infusions[0], "block", "MAX-KG")
    by_regimen = listed((1, 200), max_mg_per_kg=Decimal(150))
    assert has(plan_course(request(regimen=by_regimen)).infusions[0], "block", "MAX-KG")


def test_the_plans_own_rounding_never_exceeds_what_is_allowed_per_infusion() -> None:
    plan = plan_course(request(product=product("cytogam"), regimen=listed((1, 150)), weight_g=65_000))
    assert plan.infusions[0].amount.dose_mg == 9750
    assert has(plan.infusions[0], "warn", "ROUND-PART")


def test_a_first_infusion_is_said_and_takes_the_first_ladder() -> None:
    cytogam = product("cytogam")
    first, known = (plan_course(request(product=cytogam, first_infusion=is_first)) for is_first in (True, False))
    assert has(first, "info", "FIRST")
    assert not has(known, "info", "FIRST")
    assert [dose.rate_card.ladder for dose in first.infusions] == ["first"] + ["later"] * 10
    assert {dose.rate_card.ladder for dose in known.infusions} == {"later"}


def test_a_gap_of_more_than_eight_weeks_starts_at_the_initial_rate_again() -> None:
    gaps = listed((1, 100), (57, 100), (114, 100))
    plan = plan_course(request(regimen=gaps, first_infusion=False))
    assert [dose.is_first_infusion for dose in plan.infusions] == [False, False, True]


def test_a_regimen_without_a_dose_needs_the_prescribers() -> None:
    unstated = listed((1, None), (20, None))
    with pytest.raises(UserMistake) as caught:
        plan_course(request(regimen=unstated))
    assert caught.value.field == "mg_per_kg"
    plan = plan_course(request(regimen=unstated, mg_per_kg=Decimal(150)))
    assert [dose.mg_per_kg for dose in plan.infusions] == [150, 150]


@pytest.mark.parametrize("amount", ["0", "-150", "2001"])
def test_a_prescribed_dose_that_cannot_be_is_refused(amount: str) -> None:
    with pytest.raises(UserMistake) as caught:
        plan_course(request(regimen=listed((1, None)), mg_per_kg=Decimal(amount)))
    assert caught.value.field == "mg_per_kg"


def test_a_first_dose_outside_its_window_is_said() -> None:
    window = listed((0, 150), (14, 150), anchor="transplant", first_dose_window=(0, 3))
    on_time = plan_course(request(regimen=window, transplant_on=MONDAY, first_on=None))
    late = plan_course(request(regimen=window, transplant_on=MONDAY, first_on=MONDAY + timedelta(days=14)))
    assert not has(on_time, "warn", "TX-WINDOW")
    assert "on transplant day 14" in said(late, "TX-WINDOW")


def test_a_large_dose_soon_after_the_transplant_is_named() -> None:
    plan = plan_course(request(regimen=listed((1, 1500), (60, 1500)), transplant_on=MONDAY))
    assert [has(dose, "warn", "SR12") for dose in plan.infusions] == [True, False]


def test_much_within_a_month_soon_after_the_transplant_is_named_at_the_dose_that_reaches_it() -> None:
    weekly = listed(*((day, 500) for day in (7, 14, 21, 28, 35, 42)), anchor="transplant")
    plan = plan_course(request(regimen=weekly, transplant_on=MONDAY, first_on=None))
    assert [dose.calendar.transplant_day for dose in plan.infusions if has(dose, "warn", "SR12")] == [28]
    assert "2000 mg/kg within 30 days" in said(plan.infusions[3], "SR12")
    late = plan_course(request(regimen=weekly, transplant_on=MONDAY, first_on=MONDAY + timedelta(days=21)))
    assert not any(has(dose, "warn", "SR12") for dose in late.infusions)


def test_another_weight_policy_than_the_sources_is_said() -> None:
    ontario = listed((1, 400), weight_policy="ontario")
    assert has(plan_course(request(regimen=ontario)), "info", "WEIGHT-POLICY")
    same = request(regimen=ontario, policy="ontario", height_mm=1750, sex="male", weight_g=100_000)
    plan = plan_course(same)
    assert not has(plan, "info", "WEIGHT-POLICY")
    assert plan.dosing_weight.kind == "adjusted"


def test_rates_follow_the_dosing_weight_when_it_is_the_smaller() -> None:
    heavy = request(product=product("octagam-10"), policy="ontario", height_mm=1750, sex="male", weight_g=100_000)
    card = plan_course(heavy).infusions[0].rate_card
    assert card.rows[0].ml_per_h == Decimal("49.3")  # 82.279 kg × 0.6 mL/kg/h, rounded down


def test_what_the_weight_rules_noticed_is_on_the_course() -> None:
    assert has(plan_course(request(policy="ontario")), "hold", "WEIGHT-DATA")


def test_pregnancy_is_the_doctors_decision() -> None:
    assert has(plan_course(request(pregnant=True)), "info", "SR23")


def test_a_child_on_a_label_per_minute_is_told() -> None:
    plan = plan_course(request(weight_g=20_000))
    assert "79.2 mL/h" in said(plan, "RATE-SMALL")
    assert not any(finding.code == "RATE-SMALL" for finding in plan_course(request()).all_findings)


def test_what_slows_every_dose_alike_is_said_once_and_each_card_still_marks_it() -> None:
    plan = plan_course(request(weight_g=20_000))
    assert sum(finding.code == "RATE-SMALL" for finding in plan.all_findings) == 1
    assert all(dose.rate_card.rows[0].capped_by == "small patient" for dose in plan.infusions)


def test_what_slows_some_doses_only_stays_with_them() -> None:
    turns_sixty_one = request(weight_g=20_000, birth_on=date(1965, 3, 20))
    plan = plan_course(turns_sixty_one)
    assert not has(plan, "info", "RATE-SMALL")
    assert ["79.2" in said(dose, "RATE-SMALL") for dose in plan.infusions] == [True] * 8 + [False] * 3


def test_a_pump_too_coarse_for_the_initial_rate_is_said_once() -> None:
    infant = request(product=product("privigen-10"), weight_g=1_000)
    coarse = plan_course(infant, pump_step_ml_per_h=Decimal(1))
    assert "1 mL/h, is faster than the initial rate for this weight, 0.3 mL/h" in said(coarse, "RATE-PUMP")
    assert sum(finding.code == "RATE-PUMP" for finding in coarse.all_findings) == 1
    assert not has(plan_course(infant), "warn", "RATE-PUMP")


def test_weighing_again_is_explained_once_and_marked_on_each_dose_that_needs_it() -> None:
    plan = plan_course(request())
    assert "10 % or more the remaining doses are computed and approved anew" in said(plan, "SR24")
    assert {said(dose, "SR24") for dose in plan.infusions[4:]} == {"Weigh again before this dose."}
    assert not has(plan_course(request(regimen=listed((1, 400), (2, 400)))), "info", "SR24")


def test_a_first_dose_before_birth_is_refused() -> None:
    with pytest.raises(UserMistake) as caught:
        plan_course(request(birth_on=MONDAY + timedelta(days=1)))
    assert caught.value.field == "first_on"


@pytest.mark.parametrize("weight_g", [0, 299, 700_000])
def test_a_weight_that_nobody_has_is_refused(weight_g: int) -> None:
    with pytest.raises(UserMistake) as caught:
        plan_course(request(weight_g=weight_g))
    assert caught.value.field == "weight"


def test_a_plan_can_be_written_as_json() -> None:
    assert b'"REG-CHOICE"' in msgspec.json.encode(plan_course(request()))


def test_every_sentence_of_every_finding_can_be_worded() -> None:
    words = Wording("en")
    for brand in shipped_products():
        for risks in ((), ("renal", "thrombosis", "cardiac", "diabetes")):
            plan = plan_course(
                request(product=brand, risks=risks, weight_g=12_000, weighed_on=date(2026, 1, 1), antiviral="")
            )
            for finding in plan.all_findings:
                assert "{" not in words.say(finding.message)
            for dose in plan.infusions:
                for step in (*dose.amount.trace, *dose.rate_card.trace):
                    assert "{" not in words.say(step.rule)


def test_planning_loads_nothing_heavy() -> None:
    script = (
        "import sys; import ivigdesk.clinical.courses.plan; "
        "print([m for m in ('babel', 'dataclasses', 'PySide6', 'reportlab', 'sqlite3', 'sqlcipher3', 'click') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


courses = st.builds(
    lambda brand, weight_g, mg, rounding, chosen, first: request(
        product=product(brand),
        regimen=listed((1, mg), (8, mg)),
        weight_g=weight_g,
        rounding=rounding,
        rounding_chosen=chosen,
        first_infusion=first,
    ),
    st.sampled_from([brand.id for brand in shipped_products()]),
    st.integers(2_000, 150_000),
    st.sampled_from([50, 100, 150, 200, 400, 500, 1000]),
    st.sampled_from(["nearest", "down", "up", "partial"]),
    st.booleans(),
    st.booleans(),
)


@given(courses)
def test_the_card_of_every_dose_gives_its_whole_volume(of: PlanRequest) -> None:
    plan = plan_course(of)
    for dose in plan.infusions:
        assert dose.rate_card.volume_ml == dose.amount.volume_ml == dose.rate_card.rows[-1].ml_total
        assert dose.amount.volume_ml * of.product.g_per_l == dose.amount.dose_mg
    assert plan.total_mg == sum(dose.amount.dose_mg for dose in plan.infusions)


@given(courses)
def test_nothing_far_from_the_prescribed_dose_is_silent(of: PlanRequest) -> None:
    for dose in plan_course(of).infusions:
        exact = Fraction(dose.mg_per_kg) * of.weight_g / 1000
        if abs(dose.amount.dose_mg - exact) * 10 > exact:
            assert {finding.code for finding in dose.findings} & {"ROUND-10", "MAX-KG"}


def test_the_same_request_gives_the_same_plan() -> None:
    assert plan_course(request()) == plan_course(request())
    assert plan_course(request()).request.regimen is CMV
