"""The boundary cases of the fact base (section 2.2): every dose is looked at on its own date."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest

from ivigdesk.clinical.eligibility.facts import criteria_on
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clinical.patients.patient import age_on
from ivigdesk.scheduling.calendar import expand
from tests.clinical.eligibility.build import REPLACEMENT, asked, codes, event, igg
from tests.clinical.samples import CMV, MONDAY

ALLOGENEIC = KnownFacts(transplant_kind="allogeneic")


def outcome_on(day: int, **changes: object) -> str:
    criteria = criteria_on(asked("cms", **changes), MONDAY + timedelta(days=day))
    assert criteria is not None
    return criteria.outcome


@pytest.mark.parametrize(("day", "outcome"), [(0, "met"), (99, "met"), (100, "met"), (101, "needs_justification")])
def test_e1_and_e2_the_first_hundred_days_are_met_and_the_next_day_is_not(day: int, outcome: str) -> None:
    assert outcome_on(day) == outcome


def test_the_day_before_the_transplant_needs_justification() -> None:
    assert outcome_on(-1) == "needs_justification"


def test_e2_names_the_rule() -> None:
    criteria = criteria_on(asked("cms"), MONDAY + timedelta(days=101))
    assert criteria is not None
    assert codes(criteria) == ["CMS-4"]


def test_e3_day_100_belongs_to_both_rules() -> None:
    day = MONDAY + timedelta(days=100)
    known = KnownFacts(
        transplant_kind="allogeneic",
        labs=(igg("3.1", day),),
        events=(event("chronic-gvhd", MONDAY + timedelta(days=60)), event("infection", MONDAY + timedelta(days=70))),
    )
    criteria = criteria_on(asked("cms", REPLACEMENT, known=known), day)
    assert criteria is not None
    assert criteria.outcome == "met"
    assert codes(criteria) == ["CMS-1", "CMS-5"]

    after = criteria_on(asked("cms", REPLACEMENT, known=known), day + timedelta(days=1))
    assert after is not None
    assert after.outcome == "met"
    assert codes(after) == ["CMS-5"]


def test_e4_the_articles_course_from_day_80_is_met_eight_times_and_then_needs_justification() -> None:
    first_on = MONDAY + timedelta(days=80)
    request = asked("cms", first_on=first_on)
    doses = expand(CMV, first_on=first_on, transplant_on=MONDAY)
    assert [dose.transplant_day for dose in doses] == [80, 82, 84, 86, 88, 90, 92, 94, 101, 108, 115]
    outcomes = [_outcome(request, dose.due_on) for dose in doses]
    assert outcomes == ["met"] * 8 + ["needs_justification"] * 3


def test_e5_a_patient_who_turns_20_in_mid_course_meets_the_rule_from_the_birthday_on() -> None:
    birthday = MONDAY + timedelta(days=6)
    request = asked("cms", birth_on=birthday.replace(year=birthday.year - 20))
    outcomes = {
        dose.course_day: _outcome(request, dose.due_on) for dose in expand(CMV, first_on=MONDAY, transplant_on=MONDAY)
    }
    assert {day for day, outcome in outcomes.items() if outcome == "not_met"} == {1, 3, 5}
    assert {day for day, outcome in outcomes.items() if outcome == "met"} == {7, 9, 11, 13, 15, 22, 29, 36}


def test_e6_somebody_born_on_29_february_turns_20_that_day_or_on_1_march() -> None:
    born = date(2008, 2, 29)
    assert (age_on(born, date(2028, 2, 28)), age_on(born, date(2028, 2, 29))) == (19, 20)
    assert (age_on(born, date(2027, 2, 28)), age_on(born, date(2027, 3, 1))) == (18, 19)

    request = asked("cms", birth_on=born, transplant_on=date(2028, 2, 1), first_on=date(2028, 2, 1))
    assert _outcome(request, date(2028, 2, 28)) == "not_met"
    assert _outcome(request, date(2028, 2, 29)) == "met"


def test_e6_the_rule_is_stated_in_the_file() -> None:
    note = asked("cms").profile
    assert note is not None
    assert note.note is not None
    assert "29 February" in note.note.en
    assert "2月29日" in note.note.zh_CN


@pytest.mark.parametrize("regimen", [CMV, REPLACEMENT])
def test_e7_an_autologous_septic_patient_is_not_met_by_the_payer_and_to_be_justified_in_the_unit(
    regimen: object,
) -> None:
    day = MONDAY + timedelta(days=30)
    known = KnownFacts(transplant_kind="autologous", labs=(igg("2.5", day),), conditions=("sepsis",))
    born = date(1965, 6, 1)
    payer = criteria_on(asked("cms", regimen, known=known, birth_on=born), day)  # type: ignore[arg-type]
    unit = criteria_on(asked("unit", regimen, known=known, birth_on=born), day)  # type: ignore[arg-type]
    assert payer is not None
    assert unit is not None
    assert (payer.outcome, codes(payer, "not_met")) == ("not_met", ["CMS-2"])
    assert payer.is_payment
    assert unit.outcome == "needs_justification"
    assert "UNIT-1" in codes(unit)


@pytest.mark.parametrize("regimen", [CMV, REPLACEMENT])
@pytest.mark.parametrize(("profile", "outcome"), [("cms", "not_met"), ("cn-label", "met"), ("eu-label", "met")])
def test_e8_a_child_with_low_igg_meets_the_labels_and_not_the_payers_rule(
    profile: str, outcome: str, regimen: object
) -> None:
    request = asked(
        profile,
        regimen,  # type: ignore[arg-type]
        birth_on=date(2013, 6, 1),
        transplant_on=None,
        igg_g_per_l=Decimal("3"),
    )
    assert _outcome(request, MONDAY) == outcome


def test_e9_without_a_transplant_date_nothing_can_be_checked() -> None:
    criteria = criteria_on(asked("cms", transplant_on=None), MONDAY)
    assert criteria is not None
    assert criteria.outcome == "cannot_be_checked"
    missing = {fact.text for rule in criteria.rules for fact in rule.missing}
    assert missing == {"transplant date"}


def test_e10_days_count_from_the_latest_transplant_and_both_dates_are_kept() -> None:
    known = msgspec.structs.replace(ALLOGENEIC, earlier_transplants_on=(MONDAY - timedelta(days=400),))
    request = asked("cms", known=known)
    assert _outcome(request, MONDAY + timedelta(days=10)) == "met"
    assert request.known.earlier_transplants_on


def test_without_a_profile_there_are_no_criteria() -> None:
    assert criteria_on(msgspec.structs.replace(asked("cms"), profile=None), MONDAY) is None


def _outcome(request: object, day: date) -> str:
    criteria = criteria_on(request, day)  # type: ignore[arg-type]
    assert criteria is not None
    return criteria.outcome
