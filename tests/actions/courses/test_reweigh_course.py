"""A tenth more or less weight asks for a new approval; given doses and the dose per kilogram never change."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest

from ivigdesk.actions.courses import reweigh_course as reweighing
from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import revisions, why
from ivigdesk.actions.patients.register_patient import register_patient, weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.units import rounded
from tests.actions.changing import change
from tests.actions.giving import give
from tests.conftest import cmv_plan, li_na


@pytest.fixture
def begun(desk: Desk, course: Course, clock: SetClock) -> Course:
    """The CMV course on its third day: dose 1 given, dose 2 due."""
    give(desk, course, 1)
    clock.advance(timedelta(days=2))
    return course


def codes(desk: Desk, course: Course) -> str | None:
    finding = reweighing.needs_reweigh(desk, look_up_course(desk, course.id))
    return None if finding is None else f"{finding.severity} {finding.code}"


@pytest.mark.parametrize(
    ("weight", "asked"), [("63.1", None), ("63", "hold SR24"), ("76.9", None), ("77", "hold SR24"), ("70", None)]
)
def test_a_tenth_of_the_weight_asks_for_a_new_approval(
    desk: Desk, begun: Course, weight: str, asked: str | None
) -> None:
    weigh_patient(desk, begun.patient_id, weight)
    assert codes(desk, begun) == asked


def test_a_weight_that_will_be_too_old_is_said_before_and_held_on_the_day(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    assert codes(desk, course) is None
    for dose in course.doses[:4]:
        give(desk, course, dose.number)
        clock.advance(timedelta(days=2, hours=-1))
    assert codes(desk, course) == "hold SR24", "dose 5 is due today, 8 days after the weight"
    weigh_patient(desk, course.patient_id, "70")
    assert codes(desk, course) is None
    change(desk, course, "postpone", 5, "2026-03-19", reach="rest")
    assert codes(desk, course) == "warn SR24"


def test_the_remaining_doses_are_computed_with_the_new_weight_and_the_same_dose_per_kilogram(
    desk: Desk, begun: Course
) -> None:
    weigh_patient(desk, begun.patient_id, "60")
    proposed = reweighing.proposal(desk, begun.id)
    assert [row.before.number for row in proposed.rows] == list(range(2, 12))
    assert {row.after.exact_mg for row in proposed.rows} == {Decimal(9000)}
    assert {row.after.planned_dose_mg for row in proposed.rows} == {10_000}
    assert (proposed.before_mg, proposed.after_mg) == (100_000, 100_000)
    assert str(proposed.weight.change.value) == "-14.3"
    kept = ("id", "number", "mg_per_kg", "due_on", "planned_on", "phase", "course_day", "transplant_day", "state")
    for row in proposed.rows:
        assert all(getattr(row.before, name) == getattr(row.after, name) for name in kept)
    assert look_up_course(desk, begun.id).newest_revision == 1, "a proposal stores nothing"


def test_approving_makes_a_revision_and_leaves_the_given_dose_as_it_was(desk: Desk, begun: Course) -> None:
    weigh_patient(desk, begun.patient_id, "50")
    stored = reweighing.confirm(desk, reweighing.proposal(desk, begun.id), "Ate nothing for two weeks", "Dr S. Kim")
    view = look_up_course(desk, begun.id)
    assert view.course == stored
    assert view.course.dose(1) == begun.dose(1)
    assert {dose.planned_dose_mg for dose in stored.doses[1:]} == {7_500}
    assert [revision.number for revision in revisions(desk, begun.id)] == [1, 2]
    assert (stored.revision.reason, stored.revision.approved_by) == ("Ate nothing for two weeks", "Dr S. Kim")
    assert stored.weight_of(stored.dose(1)).weight_g == 70_000
    assert stored.weight_of(stored.dose(2)).weight_g == 50_000
    assert codes(desk, begun) is None
    told = [step.rule.text for part in why(desk, view, 2) for step in part.steps]
    assert any("computed anew with this weight" in text for text in told)


def test_the_dose_starts_after_the_approval_and_not_before(desk: Desk, begun: Course) -> None:
    weigh_patient(desk, begun.patient_id, "60")
    with pytest.raises(KnownError, match=r"changed from 70.kg to 60.kg \(.14\.3.%\) since dose 2"):
        giving.start_infusion(desk, begun.dose(2).id, recorded_later=True)
    reweighing.confirm(desk, reweighing.proposal(desk, begun.id), "Weighed twice", "Dr S. Kim")
    assert giving.start_infusion(desk, begun.dose(2).id, recorded_later=True).is_running


def test_a_dose_with_an_old_weight_does_not_start(desk: Desk, course: Course, clock: SetClock) -> None:
    change(desk, course, "postpone", 1, "2026-03-10", reach="rest")
    clock.advance(timedelta(days=8))
    with pytest.raises(KnownError, match=r"8 days old \(allowed: 7\)\. Weigh the patient before dose 1"):
        giving.start_infusion(desk, course.dose(1).id, recorded_later=True)
    weigh_patient(desk, course.patient_id, "70.5")
    assert giving.start_infusion(desk, course.dose(1).id, recorded_later=True).is_running


def test_a_weight_of_seven_days_is_recent_enough(desk: Desk, course: Course, clock: SetClock) -> None:
    change(desk, course, "postpone", 1, "2026-03-09", reach="rest")
    clock.advance(timedelta(days=7))
    assert giving.start_infusion(desk, course.dose(1).id, recorded_later=True).is_running


def test_a_weight_typed_on_the_plan_counts_although_the_patient_was_never_weighed(desk: Desk) -> None:
    unweighed = register_patient(desk, msgspec.structs.replace(li_na(), weight="", weighed_on=""))
    course = confirm(desk, propose(desk, cmv_plan(unweighed, weight="70")))
    assert codes(desk, course) is None
    assert giving.start_infusion(desk, course.dose(1).id, recorded_later=True).is_running


def test_a_held_dose_is_computed_anew_and_stays_on_hold(desk: Desk, begun: Course) -> None:
    record_side_effect(desk, begun.dose(1).id, SideEffectForm(code="AE05", grade="3"))
    weigh_patient(desk, begun.patient_id, "60")
    stored = reweighing.confirm(desk, reweighing.proposal(desk, begun.id), "Weighed", "Dr S. Kim")
    assert {dose.state for dose in stored.doses[1:]} == {"held"}
    assert {dose.exact_mg for dose in stored.doses[1:]} == {Decimal(9000)}


def test_moved_doses_keep_their_dates(desk: Desk, begun: Course) -> None:
    change(desk, begun, "postpone", 4, "2026-03-09", reach="rest")
    before = [dose.due_on for dose in look_up_course(desk, begun.id).course.doses]
    weigh_patient(desk, begun.patient_id, "60")
    stored = reweighing.confirm(desk, reweighing.proposal(desk, begun.id), "Weighed", "Dr S. Kim")
    assert [dose.due_on for dose in stored.doses] == before


def test_the_policy_of_the_course_makes_the_new_dosing_weight(desk: Desk) -> None:
    heavy = register_patient(desk, msgspec.structs.replace(li_na(), sex="male", weight="100", height="175"))
    form = cmv_plan(heavy, policy="nba-2026", policy_reason="The hospital's rule")
    course = confirm(desk, propose(desk, form))
    assert course.policy_reason == "The hospital's rule"
    weigh_patient(desk, heavy.id, "120")
    proposed = reweighing.proposal(desk, course.id)
    assert proposed.dosing_weight.dosing_weight.policy == "nba-2026"
    assert rounded(proposed.dosing_weight.dosing_weight.kg, Decimal("0.001")) == Decimal("90.279")


@pytest.mark.parametrize(
    ("reason", "by", "field"), [("", "Dr S. Kim", "reason"), ("Weighed", " ", "by"), ("x" * 401, "Dr S. Kim", "reason")]
)
def test_an_approval_needs_a_reason_and_a_name(desk: Desk, begun: Course, reason: str, by: str, field: str) -> None:
    weigh_patient(desk, begun.patient_id, "60")
    with pytest.raises(UserMistake) as refused:
        reweighing.confirm(desk, reweighing.proposal(desk, begun.id), reason, by)
    assert refused.value.field == field
    assert look_up_course(desk, begun.id).newest_revision == 1


def test_the_same_weight_and_a_course_without_doses_are_refused(
    desk: Desk, patient: Patient, clock: SetClock, course: Course
) -> None:
    with pytest.raises(KnownError, match=r"computed from: 70.kg"):
        reweighing.proposal(desk, course.id)
    itp = confirm(desk, propose(desk, cmv_plan(patient, regimen_id="itp-1g-2-days", antiviral="")), "Bleeding")
    giving.record_not_given(desk, itp.doses[0].id, "Refused")
    clock.advance(timedelta(days=1))
    giving.record_not_given(desk, itp.doses[1].id, "Refused")
    with pytest.raises(KnownError, match="No dose of this course is left"):
        reweighing.proposal(desk, itp.id)
    assert codes(desk, itp) is None


def test_an_approval_of_an_older_revision_is_told_and_overwrites_nothing(desk: Desk, begun: Course) -> None:
    weigh_patient(desk, begun.patient_id, "60")
    mine = reweighing.proposal(desk, begun.id)
    change(desk, begun, "postpone", 5, "2026-03-11")
    with pytest.raises(KnownError, match="in the meantime"):
        reweighing.confirm(desk, mine, "Weighed", "Dr S. Kim")
    assert look_up_course(desk, begun.id).newest_revision == 2


@pytest.mark.parametrize("weight", ["40", "95"])
def test_number_and_dose_per_kilogram_of_the_course_never_grow(desk: Desk, begun: Course, weight: str) -> None:
    weigh_patient(desk, begun.patient_id, weight)
    stored = reweighing.confirm(desk, reweighing.proposal(desk, begun.id), "Weighed", "Dr S. Kim")
    assert sum(dose.mg_per_kg for dose in stored.doses) == sum(dose.mg_per_kg for dose in begun.doses)
    assert len(stored.doses) == len(begun.doses)
