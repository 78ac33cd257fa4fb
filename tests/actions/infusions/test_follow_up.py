"""What a side effect means for later doses is proposed, decided by somebody, and holds for every dose after it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.bedside import bedside
from ivigdesk.actions.infusions.follow_up import (
    FollowUpForm,
    decide,
    in_force,
    proposals,
    proposals_of_dose,
    take_back,
)
from ivigdesk.actions.infusions.following_doses import follow_up_lines
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import why
from ivigdesk.actions.patients.record_lab_value import LabForm, record
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.wording import Wording
from tests.actions.changed import change, in_error
from tests.actions.giving import give


@pytest.fixture
def given(desk: Desk, course: Course, clock: SetClock) -> Course:
    """Dose 1 was given: 60 mL/h, from minute 15 on 120, from minute 30 on 180, finished after an hour and a half."""
    dose = course.dose(1)
    infusion = giving.start_infusion(desk, dose.id, recorded_later=True)
    for vial in dose.vials:
        for _ in range(vial.count):
            form = giving.VialForm(product_id=course.product.id, mg=vial.mg, lot="P1", expires_on="2028-09")
            giving.hang_vial(desk, infusion.id, form)
    for rate in (120, 180):
        clock.advance(timedelta(minutes=15))
        giving.set_rate(desk, infusion.id, "increase", Decimal(rate))
    clock.advance(timedelta(minutes=60))
    giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed"))
    return course


def effect_of(desk: Desk, course: Course, code: str, grade: str = "1", **more: Any) -> SideEffect:
    return record_side_effect(desk, course.dose(1).id, SideEffectForm(code=code, grade=grade, **more))


def headache(desk: Desk, course: Course, grade: str = "1") -> SideEffect:
    """A headache at minute 40, at 180 mL/h."""
    return effect_of(desk, course, "AE14", grade, onset_at="09:45")


def slow(desk: Desk, effect: SideEffect, ml_per_h: str = "120", **more: str) -> FollowUpForm:
    form = FollowUpForm(effect_id=effect.id, consequence="SLOW", ml_per_h=ml_per_h, **more)
    decide(desk, form)
    return form


def rates(desk: Desk, course: Course, number: int) -> list[Decimal]:
    return [row.ml_per_h for row in bedside(desk, course.dose(number).id).dose.rate_card.rows]


def test_the_catalogue_proposes_in_words_with_the_last_tolerated_rate(desk: Desk, given: Course) -> None:
    found = {one.consequence: one for one in proposals(desk, headache(desk, given).id)}
    assert set(found) == {"SLOW", "HYDR", "PREMED"}
    assert found["SLOW"].ml_per_h == 120
    assert not found["SLOW"].needs_prescriber
    assert found["HYDR"].needs_prescriber
    premedication = found["PREMED"].detail
    assert premedication is not None
    assert "paracetamol" in premedication.en
    assert "对乙酰氨基酚" in premedication.zh_CN
    assert not any(digit in premedication.en.split(",")[0] for digit in "0123456789"), "the dose is the prescriber's"
    assert all(one.decided is None for one in found.values())


def test_a_moderate_reaction_proposes_a_steroid_as_well(desk: Desk, given: Course) -> None:
    found = {one.consequence: one for one in proposals(desk, headache(desk, given, "2").id)}
    assert found["PREMED"].detail is not None
    assert "corticosteroid" in found["PREMED"].detail.en


@pytest.mark.parametrize(
    ("onset_at", "tolerated"),
    [("09:10", 30), ("09:25", 60), ("09:45", 120)],
    ids=["at the first rate: half of it", "at the second", "at the third"],
)
def test_the_tolerated_rate_is_one_step_below_the_one_at_onset(
    desk: Desk, given: Course, onset_at: str, tolerated: int
) -> None:
    effect = effect_of(desk, given, "AE14", onset_at=onset_at)
    assert proposals(desk, effect.id)[0].ml_per_h == tolerated


def test_a_late_effect_is_slowed_from_the_fastest_rate(desk: Desk, given: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=1))
    effect = effect_of(desk, given, "AE14")
    assert effect.ml_per_h is None
    assert proposals(desk, effect.id)[0].ml_per_h == 120


def test_an_accepted_cap_is_on_the_card_of_every_later_dose_and_nothing_stored_changes(
    desk: Desk, given: Course
) -> None:
    planned = rates(desk, given, 2)
    assert max(planned) > 120
    slow(desk, headache(desk, given))
    for number in (2, 3, 11):
        card = bedside(desk, given.dose(number).id).dose.rate_card
        assert card.max_ml_per_h == 120
        assert card.rows[-2].capped_by == "tolerated"
    view = look_up_course(desk, given.id)
    assert view.course.revision.number == 1
    assert view.course.dose(2).rate_card == given.dose(2).rate_card
    assert rates(desk, given, 1) == [row.ml_per_h for row in given.dose(1).rate_card.rows], "its own dose is over"


def test_the_pump_of_a_later_dose_takes_no_rate_above_the_cap_and_the_plan_is_not_rewritten(
    desk: Desk, given: Course, clock: SetClock
) -> None:
    slow(desk, headache(desk, given))
    clock.advance(timedelta(days=2))
    infusion = giving.start_infusion(desk, given.dose(2).id, recorded_later=True)
    giving.set_rate(desk, infusion.id, "increase", Decimal(120))
    with pytest.raises(UserMistake, match="120"):
        giving.set_rate(desk, infusion.id, "increase", Decimal(180))
    assert look_up_course(desk, given.id).course.revision.number == 1


def test_the_cap_follows_the_calendar_when_doses_move(desk: Desk, given: Course) -> None:
    slow(desk, headache(desk, given))
    change(desk, given, lambda dose: replace(dose, due_on=date(2026, 4, 20)) if dose.number == 2 else dose)
    assert max(rates(desk, given, 2)) == 120
    change(desk, given, lambda dose: replace(dose, due_on=date(2026, 2, 20)) if dose.number == 2 else dose)
    assert max(rates(desk, given, 2)) > 120, "it stands before the dose of the side effect"


def test_what_was_decided_at_a_dose_entered_in_error_holds_for_nothing(desk: Desk, given: Course) -> None:
    slow(desk, headache(desk, given))
    in_error(desk, given, 1)
    assert in_force(desk, given.id, given.dose(2).id) == ()
    assert max(rates(desk, given, 2)) > 120


def test_a_product_of_twice_the_strength_runs_at_half_of_the_tolerated_rate(desk: Desk, given: Course) -> None:
    slow(desk, headache(desk, given))
    strong = replace(given.product, id="strong", g_per_l=given.product.g_per_l * 2)
    change(desk, given, lambda dose: replace(dose, product=strong) if dose.number == 3 else dose)
    assert max(rates(desk, given, 3)) == 60
    assert max(rates(desk, given, 4)) == 120


def test_a_nurse_goes_slower_alone_and_faster_only_on_a_prescribers_word(desk: Desk, given: Course) -> None:
    effect = headache(desk, given)
    with pytest.raises(UserMistake) as refused:
        slow(desk, effect, "150")
    assert refused.value.field == "prescriber"
    first = slow(desk, effect, "60")
    corrected = FollowUpForm(
        effect_id=effect.id,
        consequence="SLOW",
        ml_per_h="150",
        prescriber="Dr S. Kim",
        reason="Well since",
        replaces=first.id,
    )
    assert decide(desk, corrected).ml_per_h == 150
    assert max(rates(desk, given, 2)) == 150


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"consequence": "SLOW"}, "ml_per_h"),
        ({"consequence": "SLOW", "ml_per_h": "0"}, "ml_per_h"),
        ({"consequence": "SLOW", "ml_per_h": "5000"}, "ml_per_h"),
        ({"consequence": "PREMED", "detail": "paracetamol 1 g"}, "prescriber"),
        ({"consequence": "PREMED", "prescriber": "Dr S. Kim"}, "detail"),
        ({"consequence": "HYDR", "decision": "declined"}, "reason"),
        ({"consequence": "HYDR", "decision": "maybe"}, "decision"),
        ({"consequence": "CONT"}, "consequence"),
        ({"consequence": "WAIT"}, "consequence"),
    ],
)
def test_what_is_missing_is_asked_for(desk: Desk, given: Course, form: dict[str, str], field: str) -> None:
    effect = headache(desk, given)
    with pytest.raises(UserMistake) as refused:
        decide(desk, FollowUpForm(effect_id=effect.id, **form))
    assert refused.value.field == field
    assert all(one.decided is None for one in proposals(desk, effect.id))


def test_what_was_declined_stands_with_its_reason_and_holds_for_nothing(desk: Desk, given: Course) -> None:
    effect = headache(desk, given)
    form = FollowUpForm(effect_id=effect.id, consequence="SLOW", decision="declined", reason="Slept badly")
    decide(desk, form)
    found = proposals(desk, effect.id)[0].decided
    assert found is not None
    assert (found.decision, found.reason, found.nurse) == ("declined", "Slept badly", "A. Wong")
    assert in_force(desk, given.id, given.dose(2).id) == ()


def test_deciding_twice_with_one_form_makes_one_decision(desk: Desk, given: Course, clock: SetClock) -> None:
    effect = headache(desk, given)
    form = slow(desk, effect)
    clock.advance(timedelta(minutes=1))
    decide(desk, form)
    assert len(desk.ward.follow_ups([given.id])) == 1
    with pytest.raises(KnownError, match="decided this already"):
        slow(desk, effect, "60")


def test_giving_up_what_was_accepted_needs_a_prescriber(desk: Desk, given: Course) -> None:
    slow(desk, headache(desk, given))
    (held,) = in_force(desk, given.id, given.dose(2).id)
    with pytest.raises(UserMistake) as refused:
        take_back(desk, held.follow_up, prescriber="", reason="Never again a headache")
    assert refused.value.field == "prescriber"
    take_back(desk, held.follow_up, prescriber="Dr S. Kim", reason="Never again a headache")
    assert max(rates(desk, given, 2)) > 120


def test_a_corrected_side_effect_keeps_its_decisions_and_says_so(desk: Desk, given: Course) -> None:
    effect = headache(desk, given)
    slow(desk, effect)
    form = SideEffectForm(code="AE14", grade="2", onset_at="09:45", replaces=effect.id)
    corrected = record_side_effect(desk, given.dose(1).id, form)
    (held,) = in_force(desk, given.id, given.dose(2).id)
    assert held.was_corrected
    assert held.reaction.en == "dose 1: Headache, grade 1", "as it was when it was decided"
    assert max(rates(desk, given, 2)) == 120
    for effect_id in (effect.id, corrected.id):
        found = proposals(desk, effect_id)[0]
        assert found.effect == corrected
        assert found.decided == held.follow_up


def test_premedication_and_hydration_become_critical_lines_of_later_doses(desk: Desk, given: Course) -> None:
    effect = effect_of(desk, given, "AE11", "2", onset_at="09:45")
    ordered = {"prescriber": "Dr S. Kim"}
    premed = FollowUpForm(effect_id=effect.id, consequence="PREMED", detail="paracetamol 1 g", **ordered)
    decide(desk, premed)
    decide(desk, FollowUpForm(effect_id=effect.id, consequence="HYDR", detail="500 mL saline", **ordered))
    view = look_up_course(desk, given.id)
    lines = follow_up_lines(desk, view, view.view(3))
    assert [line.text.en for line in lines] == [
        "Premedication given: paracetamol 1 g (dose 1: Chills, rigors, grade 2)",
        "Hydration given: 500 mL saline (dose 1: Chills, rigors, grade 2)",
    ]
    assert lines[0].code == f"follow-up-{premed.id}"
    assert lines[0].text.zh_CN == "已给予预防用药：paracetamol 1 g（第1次：寒战，2级）"
    assert all(line.is_critical for line in lines)
    assert follow_up_lines(desk, view, view.view(1)) == ()


def test_a_decided_switch_stays_on_the_checklist_until_the_product_is_another(desk: Desk, given: Course) -> None:
    effect = effect_of(desk, given, "AE11", "2", onset_at="09:45")
    decide(desk, FollowUpForm(effect_id=effect.id, consequence="SWITCH", prescriber="Dr S. Kim"))
    other = replace(given.product, id="other")
    change(desk, given, lambda dose: replace(dose, product=other) if dose.number > 2 else dose)
    view = look_up_course(desk, given.id)
    assert len(follow_up_lines(desk, view, view.view(2))) == 1
    assert follow_up_lines(desk, view, view.view(3)) == ()


def test_the_next_dose_waits_for_a_value_from_after_the_side_effect(desk: Desk, given: Course, clock: SetClock) -> None:
    effect = effect_of(desk, given, "AE36", "2")
    (found,) = [one for one in proposals(desk, effect.id) if one.consequence == "LAB"]
    assert found.test == "haemoglobin"
    decide(desk, FollowUpForm(effect_id=effect.id, consequence="LAB", prescriber="Dr S. Kim"))
    record(desk, LabForm(patient_id=given.patient_id, test="haemoglobin", value="101", taken_on="t"))
    clock.advance(timedelta(days=2))
    view = look_up_course(desk, given.id)
    assert "Haemoglobin" in follow_up_lines(desk, view, view.view(2))[0].text.en
    with pytest.raises(KnownError, match="Dose 2 waits for Haemoglobin"):
        giving.start_infusion(desk, given.dose(2).id, recorded_later=True)
    record(desk, LabForm(patient_id=given.patient_id, test="creatinine", value="90", taken_on="t"))
    with pytest.raises(KnownError, match="Haemoglobin"):
        giving.start_infusion(desk, given.dose(2).id, recorded_later=True)
    record(desk, LabForm(patient_id=given.patient_id, test="haemoglobin", value="99", taken_on="t"))
    assert follow_up_lines(desk, view, view.view(2)) == ()
    giving.start_infusion(desk, given.dose(2).id, recorded_later=True)


def test_a_prescriber_may_waive_the_value(desk: Desk, given: Course, clock: SetClock) -> None:
    effect = effect_of(desk, given, "AE36", "2")
    form = FollowUpForm(effect_id=effect.id, consequence="LAB", detail="血红蛋白", prescriber="Dr S. Kim")
    assert decide(desk, form).detail == "haemoglobin", "the name of a test is understood in either language"
    clock.advance(timedelta(days=2))
    (held,) = in_force(desk, given.id, given.dose(2).id)
    take_back(desk, held.follow_up, prescriber="Dr S. Kim", reason="Seen at the other hospital")
    giving.start_infusion(desk, given.dose(2).id, recorded_later=True)


def test_a_value_that_is_not_recorded_here_is_a_line_to_tick(desk: Desk, given: Course, clock: SetClock) -> None:
    effect = effect_of(desk, given, "AE45", "2")
    decide(desk, FollowUpForm(effect_id=effect.id, consequence="LAB", detail="cultures", prescriber="Dr S. Kim"))
    clock.advance(timedelta(days=2))
    view = look_up_course(desk, given.id)
    (line,) = follow_up_lines(desk, view, view.view(2))
    assert line.is_critical
    assert "cultures" in line.text.en


@pytest.mark.parametrize("consequence", ["HOLD", "DISC"])
def test_an_accepted_hold_or_stop_holds_every_remaining_dose_at_once(
    desk: Desk, given: Course, consequence: str
) -> None:
    effect = effect_of(desk, given, "AE30", "2", onset_at="09:45")
    decide(desk, FollowUpForm(effect_id=effect.id, consequence=consequence, prescriber="Dr S. Kim"))
    view = look_up_course(desk, given.id)
    assert [one.status for one in view.doses] == ["given"] + ["held"] * 10
    assert all(dose.awaits_release for dose in view.course.doses[1:])


def test_a_grade_three_says_that_the_hold_is_made(desk: Desk, given: Course) -> None:
    found = {one.consequence: one for one in proposals(desk, headache(desk, given, "3").id)}
    assert found["HOLD"].is_made
    assert not found["SLOW"].is_made


def test_proposals_of_a_dose_are_those_of_its_current_side_effects(desk: Desk, given: Course) -> None:
    headache(desk, given)
    effect_of(desk, given, "AE12", "1")
    assert {one.effect.code for one in proposals_of_dose(desk, given.dose(1).id)} == {"AE14"}, "fatigue asks nothing"


def test_a_decision_after_a_dose_was_given_does_not_change_its_record(
    desk: Desk, given: Course, clock: SetClock
) -> None:
    effect = headache(desk, given)
    clock.advance(timedelta(days=2))
    give(desk, given, 2)
    slow(desk, effect)
    assert in_force(desk, given.id, given.dose(2).id) == ()
    assert len(in_force(desk, given.id, given.dose(3).id)) == 1


def test_why_a_card_is_slower_is_told_with_the_side_effect_and_who_decided(
    desk: Desk, given: Course, english: Wording, chinese: Wording
) -> None:
    slow(desk, headache(desk, given))
    parts = why(desk, look_up_course(desk, given.id), 2)
    said = [english.say(step.rule) for part in parts for step in part.steps]
    assert any("not faster than 120\u00a0mL/h: dose 1: Headache, grade 1; decided by A. Wong" in line for line in said)
    assert english.say(parts[4].title) == "After earlier side effects"
    assert all(chinese.say(step.rule) for part in parts for step in part.steps)


def test_an_unknown_side_effect_is_refused(desk: Desk, given: Course) -> None:
    with pytest.raises(KnownError, match="side effect"):
        proposals(desk, given.id)


def test_a_decision_is_shown_with_the_side_effect_that_it_was_made_about(desk: Desk, given: Course) -> None:
    first = headache(desk, given)
    second = effect_of(desk, given, "AE14", "2", onset_at="09:45", replaces=first.id)
    slow(desk, second)
    effect_of(desk, given, "AE14", "1", onset_at="09:50", replaces=second.id)
    (one,) = in_force(desk, given.id, given.dose(2).id)
    assert one.was_corrected
    assert one.effect == second
