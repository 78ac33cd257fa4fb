"""What a request comes to on a day: IgG and its age, infections, CMV, and what the regimen is for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from ivigdesk.clinical.eligibility.asked import EligibilityFacts
from ivigdesk.clinical.eligibility.facts import criteria_on, facts_on
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clinical.patients.known import EarlierDose, KnownFacts, Stated
from tests.clinical.eligibility.build import PROPHYLAXIS, REPLACEMENT, asked, codes, event, igg
from tests.clinical.samples import CMV, MONDAY

WEEKLY = msgspec.structs.replace(REPLACEMENT, phases=(msgspec.structs.replace(REPLACEMENT.phases[0], every_days=7),))


def days(number: int) -> date:
    return MONDAY + timedelta(days=number)


def facts(day: date = MONDAY, regimen: Any = REPLACEMENT, **known: Any) -> EligibilityFacts:
    return facts_on(asked("unit", regimen, known=KnownFacts(**known)), day)


def infection(day: int, **more: Any) -> ClinicalEvent:
    return event("infection", days(day), **more)


def test_the_newest_igg_up_to_the_day_counts() -> None:
    labs = (igg("2.5", days(-10)), igg("3.5", days(-3)), igg("9", days(5)))
    found = facts(labs=labs)
    assert (found.igg_g_per_l, found.igg_age_days) == (Decimal("3.5"), 3)
    assert facts(days(6), labs=labs).igg_g_per_l == Decimal(9)


@pytest.mark.parametrize(("age", "applies"), [(14, False), (15, True)])
def test_an_igg_holds_for_14_days(age: int, applies: bool) -> None:
    request = asked("unit", REPLACEMENT, known=KnownFacts(transplant_kind="allogeneic", labs=(igg("3", days(-age)),)))
    criteria = criteria_on(request, MONDAY)
    assert criteria is not None
    assert ("LAB-1" in codes(criteria)) is applies
    assert criteria.outcome == ("cannot_be_checked" if applies else "met")


def test_an_igg_without_a_date_was_measured_on_the_day_of_the_first_dose() -> None:
    request = asked("unit", REPLACEMENT, igg_g_per_l=Decimal(3))
    assert facts_on(request, MONDAY).igg_age_days == 0
    assert facts_on(request, days(28)).igg_age_days == 28

    from_transplant = msgspec.structs.replace(
        REPLACEMENT, anchor="transplant", phases=(msgspec.structs.replace(REPLACEMENT.phases[0], first_day=7),)
    )
    request = asked("unit", from_transplant, igg_g_per_l=Decimal(3), first_on=None)
    assert facts_on(request, days(35)).igg_age_days == 28


@pytest.mark.parametrize(("gap", "soon"), [(0, False), (1, True), (13, True), (14, False)])
def test_a_sample_soon_after_a_dose_of_another_course_is_no_baseline(gap: int, soon: bool) -> None:
    dose = EarlierDose(on=days(-20), mg_per_kg=Decimal(400), product_id="x", course_code="C-1", is_given=True)
    found = facts(earlier=(dose,), labs=(igg("3", days(-20 + gap)),))
    assert found.igg_soon_after_immunoglobulin is soon


def test_a_trough_within_this_course_is_no_baseline_either() -> None:
    labs = (igg("3", MONDAY), igg("5", days(7)))
    assert facts(MONDAY, WEEKLY, labs=labs).igg_soon_after_immunoglobulin is False
    assert facts(days(7), WEEKLY, labs=labs).igg_soon_after_immunoglobulin is True
    assert facts(days(28), REPLACEMENT, labs=(igg("5", days(28)),)).igg_soon_after_immunoglobulin is False


def test_the_days_of_the_doses_can_be_handed_in() -> None:
    request = asked("unit", REPLACEMENT, known=KnownFacts(labs=(igg("5", days(28)),)))
    assert facts_on(request, days(28), dose_days=(MONDAY, days(20), days(28))).igg_soon_after_immunoglobulin is True


def test_immunoglobulin_at_an_unknown_date_leaves_a_baseline_open() -> None:
    request = asked("unit", REPLACEMENT, known=KnownFacts(labs=(igg("3", MONDAY),)), first_infusion=False)
    assert facts_on(request, MONDAY).igg_soon_after_immunoglobulin is None


def test_a_paraprotein_leaves_the_level_without_it_open() -> None:
    found = facts(labs=(igg("3", MONDAY),), conditions=("paraprotein",))
    assert found.igg_g_per_l == Decimal(3)
    assert found.igg_without_paraprotein_g_per_l is None


def test_igg_from_before_the_transplant_is_found() -> None:
    labs = (igg("3.5", days(-30)), igg("3.8", days(-5)), igg("8", days(10)))
    assert facts(days(20), labs=labs).igg_before_transplant_g_per_l == Decimal("3.8")
    assert facts(days(20), labs=labs[2:]).igg_before_transplant_g_per_l is None


@pytest.mark.parametrize(("before", "was_low"), [("3.99", True), ("4", False), (None, False)])
def test_a_level_from_before_the_transplant_counts_where_it_is_recorded_and_is_never_asked_for(
    before: str | None, was_low: bool
) -> None:
    labs = () if before is None else (igg(before, days(-5)),)
    assert facts(days(20), labs=labs).igg_was_low_before_transplant is was_low


def test_a_low_level_without_infection_needs_justification_though_nobody_looked_before_the_transplant() -> None:
    known = KnownFacts(transplant_kind="allogeneic", donor_kind="matched-sibling", labs=(igg("3.1", days(150)),))
    found = criteria_on(asked("unit", REPLACEMENT, known=known, first_on=days(150)), days(150))
    assert found is not None
    assert (found.outcome, [rule.code for rule in found.rules]) == ("needs_justification", ["GEN-4"])


@pytest.mark.parametrize(
    ("first", "second", "recurrent"),
    [
        ({"site": "lungs"}, {"site": "sinuses"}, True),
        ({"site": "lungs"}, {"site": "skin"}, False),
        ({"site": "lungs"}, {}, None),
    ],
)
def test_two_infections_of_lungs_or_sinuses_within_a_year_are_recurrent(
    first: dict[str, Any], second: dict[str, Any], recurrent: bool | None
) -> None:
    events = (infection(-300, **first), infection(-10, **second))
    assert facts(events=events).had_recurrent_sinopulmonary_infection is recurrent
    assert facts(days(70), events=events).had_recurrent_sinopulmonary_infection is False


def test_an_infection_after_the_day_has_not_happened_yet() -> None:
    found = facts(events=(infection(1, severity="severe", site="blood", is_bacterial="yes"),))
    assert not found.had_infection
    assert not found.had_severe_infection
    assert not found.had_bacteraemia


@pytest.mark.parametrize(
    ("recorded", "bacteraemia"),
    [
        ({"site": "blood", "is_bacterial": "yes"}, True),
        ({"site": "blood", "is_bacterial": "no"}, False),
        ({"site": "blood"}, None),
        ({"is_bacterial": "yes"}, None),
        ({"site": "skin", "is_bacterial": "yes"}, False),
    ],
)
def test_bacteria_in_the_blood_need_both_site_and_kind(recorded: dict[str, Any], bacteraemia: bool | None) -> None:
    assert facts(events=(infection(-1, **recorded),)).had_bacteraemia is bacteraemia


@pytest.mark.parametrize(
    ("severity", "severe"), [("life-threatening", True), ("severe", True), ("moderate", False), ("", None)]
)
def test_severity_that_nobody_wrote_down_is_not_known(severity: Any, severe: bool | None) -> None:
    found = facts(events=(infection(-1, severity=severity),))
    assert found.had_severe_infection is severe
    assert found.had_severe_or_recurrent_infection is severe


def test_sepsis_is_a_severe_infection_whose_cause_is_not_known() -> None:
    found = facts(conditions=("sepsis",))
    assert found.had_infection
    assert found.had_severe_infection
    assert found.had_severe_or_recurrent_bacterial_infection is None


def test_serious_infections_are_counted_over_half_a_year_and_life_threatening_ones_over_a_year() -> None:
    events = (infection(-200, severity="life-threatening"), infection(-20, severity="severe"))
    found = facts(events=events)
    assert found.had_life_threatening_infection is True
    assert found.had_serious_infections is False
    assert facts(events=(*events, infection(-10, severity="severe"))).had_serious_infections is True


def test_bacterial_infections_are_counted_apart() -> None:
    one = infection(-20, severity="mild", is_bacterial="yes")
    viral = infection(-10, severity="severe", is_bacterial="no")
    assert facts(events=(one, viral)).had_severe_or_recurrent_bacterial_infection is False
    assert facts(events=(one, one)).had_severe_or_recurrent_bacterial_infection is True


def test_chronic_gvhd_counts_while_it_lasts() -> None:
    lasting = event("chronic-gvhd", days(-10), until=days(5))
    assert facts(events=(lasting,)).chronic_gvhd
    assert not facts(days(6), events=(lasting,)).chronic_gvhd
    assert not facts(events=(event("acute-gvhd", days(-1)),)).chronic_gvhd


def test_gvhd_of_either_kind_needs_immunosuppression_too() -> None:
    acute = (event("acute-gvhd", days(-1), grade=2),)
    assert facts(events=acute, conditions=("immunosuppression",)).gvhd_on_immunosuppression
    assert not facts(events=acute).gvhd_on_immunosuppression


def test_the_gravest_cmv_event_that_lasts_counts() -> None:
    viraemia = event("cmv", days(-20), cmv_disease="viraemia")
    pneumonia = event("cmv", days(-5), cmv_disease="pneumonia-probable", until=days(10))
    assert facts(events=(viraemia, pneumonia)).cmv_disease == "pneumonia-probable"
    assert facts(days(11), events=(viraemia, pneumonia)).cmv_disease == "viraemia"
    assert facts(days(11), events=(pneumonia,)).cmv_disease == "none"
    assert facts(events=(event("cmv", days(-5)),)).cmv_disease is None


def test_cmv_disease_may_be_stated_where_no_event_is_recorded() -> None:
    assert facts(cmv_disease="none").cmv_disease == "none"
    assert facts().cmv_disease is None


def test_what_the_regimen_is_for_follows_from_its_file() -> None:
    def uses(regimen: Any) -> tuple[bool | None, ...]:
        found = facts(regimen=regimen)
        return found.is_replacement, found.is_prophylaxis, found.is_against_infection, found.is_cmv_treatment

    historical = msgspec.structs.replace(PROPHYLAXIS, standing="historical", indication="cmv", immunoglobulin="cmv")
    itp = msgspec.structs.replace(REPLACEMENT, standing="label", indication="itp")
    assert uses(REPLACEMENT) == (True, False, True, False)
    assert uses(PROPHYLAXIS) == (False, True, True, False)
    assert uses(CMV) == (False, False, False, True)
    assert uses(msgspec.structs.replace(CMV, standing="historical")) == (False, False, False, True)
    assert uses(historical) == (False, True, True, False)
    assert uses(itp) == (False, False, False, False)


def test_what_the_prescriber_stated_is_known_and_nothing_else_is() -> None:
    found = facts(stated=(Stated(fact="antimicrobials_ineffective", is_so=True), Stated(fact="age", is_so=True)))
    assert found.antimicrobials_ineffective is True
    assert found.antibody_failure is None
    assert found.age == 45


def test_words_for_unknown_are_not_known() -> None:
    found = facts()
    assert (found.transplant_kind, found.donor_kind, found.cmv, found.donor_cmv) == (None, None, None, None)


def test_an_empty_antiviral_is_none() -> None:
    request = asked("unit")
    assert facts_on(request, MONDAY).on_antiviral is True
    assert facts_on(msgspec.structs.replace(request, antiviral=" "), MONDAY).on_antiviral is False


def test_an_old_igg_of_the_patients_record_stays_old() -> None:
    request = asked("unit", REPLACEMENT, igg_g_per_l=Decimal(3), igg_on=days(-300))
    assert facts_on(request, MONDAY).igg_age_days == 300
    criteria = criteria_on(request, MONDAY)
    assert criteria is not None
    assert criteria.outcome == "cannot_be_checked"


def test_the_newer_of_record_and_laboratory_counts() -> None:
    known = KnownFacts(labs=(igg("5", days(-3)),))
    newer = asked("unit", REPLACEMENT, known=known, igg_g_per_l=Decimal(3), igg_on=days(-1))
    older = asked("unit", REPLACEMENT, known=known, igg_g_per_l=Decimal(3), igg_on=days(-9))
    to_come = asked("unit", REPLACEMENT, known=known, igg_g_per_l=Decimal(3), igg_on=days(1))
    assert facts_on(newer, MONDAY).igg_g_per_l == Decimal(3)
    assert facts_on(older, MONDAY).igg_g_per_l == Decimal(5)
    assert facts_on(to_come, MONDAY).igg_g_per_l == Decimal(5)
