"""A side effect belongs to one dose, knows its minute and rate, and a grave one holds the course."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect, release_hold
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from tests.actions.changed import change, in_error
from tests.conftest import cmv_plan


@pytest.fixture
def running(desk: Desk, course: Course, clock: SetClock) -> Course:
    """Dose 1 has run for 40 minutes, since minute 15 at 180 mL/h."""
    infusion = giving.start_infusion(desk, course.doses[0].id, recorded_later=True)
    clock.advance(timedelta(minutes=15))
    giving.set_rate(desk, infusion.id, "increase", Decimal(180))
    clock.advance(timedelta(minutes=25))
    return course


def test_minute_and_rate_at_onset_are_filled_in(desk: Desk, running: Course) -> None:
    now = record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE14", grade="1"))
    earlier = record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE19", grade="1", onset_at="09:10"))
    assert (now.minutes_from_start, now.ml_per_h) == (40, Decimal(180))
    assert (earlier.minutes_from_start, earlier.ml_per_h) == (5, Decimal(60))


def test_the_next_doses_see_what_happened(desk: Desk, running: Course) -> None:
    effect = record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE14", grade="2", action="Fluids"))
    found = look_up_course(desk, running.id).last_reaction_before(2)
    assert found is not None
    assert (found[0].number, found[1]) == (1, effect)


def test_grade_three_holds_every_remaining_dose_until_a_prescriber_releases_it(
    desk: Desk, running: Course, clock: SetClock
) -> None:
    record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE05", grade="3"))
    view = look_up_course(desk, running.id)
    assert [one.status for one in view.doses] == ["running"] + ["held"] * 10
    assert view.course.revision.number == 2
    assert (view.course.revision.verb, view.course.revision.approved_by) == ("reaction", "")
    assert [dose.needs_release for dose in view.course.doses] == [False] + [True] * 10
    held = view.course.dose(2)
    assert (held.changed_by, held.changed_at, held.reason) == ("A. Wong", desk.clock.now(), view.course.revision.reason)
    assert view.course.dose(1).changed_at is None, "what runs is not touched"
    clock.advance(timedelta(days=2))
    with pytest.raises(KnownError, match="on hold"):
        giving.start_infusion(desk, running.doses[1].id, recorded_later=True)
    with pytest.raises(UserMistake):
        release_hold(desk, running.id, prescriber="", reason="Reviewed")
    released = release_hold(desk, running.id, prescriber="Dr S. Kim", reason="Reviewed; other product not needed")
    assert {dose.state for dose in released.doses} == {"planned"}
    assert released.revision.number == 3
    assert (released.revision.verb, released.revision.approved_by) == ("resume", "Dr S. Kim")
    assert released.revision.reason == "Reviewed; other product not needed"
    assert not any(dose.needs_release for dose in released.doses)
    assert (released.dose(2).changed_by, released.dose(2).changed_at) == ("A. Wong", desk.clock.now())
    assert released.dose(2).reason == released.revision.reason
    assert look_up_course(desk, running.id).course == released


def hold(desk: Desk, course: Course, *numbers: int, by: str = "A. Wong") -> None:
    """Hold doses for a fever, as a nurse does; an earlier program did not write down who held them."""
    when = desk.clock.now() if by else None
    change(
        desk,
        course,
        lambda dose: (
            replace(dose, state="held", reason="Fever", changed_by=by, changed_at=when)
            if dose.number in numbers
            else dose
        ),
    )


def states(desk: Desk, course: Course) -> list[str]:
    return [dose.state for dose in look_up_course(desk, course.id).course.doses]


def test_a_grave_reaction_holds_the_patients_other_courses_too(
    desk: Desk, patient: Patient, running: Course, clock: SetClock
) -> None:
    plan = cmv_plan(patient, regimen_id="replacement-maintenance", antiviral="", first_on="2026-03-05")
    beside = confirm(desk, propose(desk, plan), "Asked for", "Dr S. Kim")
    record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE05", grade="3"))
    view = look_up_course(desk, beside.id)
    assert {one.status for one in view.doses} == {"held"}
    assert all(dose.awaits_release for dose in view.course.doses)
    clock.advance(timedelta(days=3))
    with pytest.raises(KnownError, match="A prescriber must release it first"):
        giving.start_infusion(desk, beside.dose(1).id)
    release_hold(desk, beside.id, prescriber="Dr S. Kim", reason="Reviewed")
    assert look_up_course(desk, running.id).view(2).status == "held", "each course is released on its own"
    assert desk.ward.check().is_sound


def test_a_dose_that_was_held_for_a_fever_waits_for_the_prescriber_after_a_grave_reaction(
    desk: Desk, running: Course
) -> None:
    hold(desk, running, 2)
    assert not look_up_course(desk, running.id).course.dose(2).awaits_release
    record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE05", grade="3"))
    doses = look_up_course(desk, running.id).course.doses
    assert all(dose.awaits_release and dose.needs_release for dose in doses[1:])
    before = look_up_course(desk, running.id).newest_revision
    record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE05", grade="4"))
    assert look_up_course(desk, running.id).newest_revision == before, "all are held for that reason already"


def test_a_release_leaves_on_hold_what_a_nurse_held_for_another_reason(desk: Desk, running: Course) -> None:
    record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE05", grade="3"))
    release_hold(desk, running.id, prescriber="Dr S. Kim", reason="Reviewed")
    hold(desk, running, 3)
    now = desk.clock.now()
    change(
        desk,
        running,
        lambda dose: replace(dose, state="held", needs_release=True, changed_at=now) if dose.number == 5 else dose,
    )
    release_hold(desk, running.id, prescriber="Dr S. Kim", reason="Reviewed")
    assert [number for number, state in enumerate(states(desk, running), start=1) if state == "held"] == [3]
    release_hold(desk, running.id, prescriber="Dr S. Kim", reason="The fever is over")
    assert "held" not in states(desk, running), "a prescriber may release what nobody else held for a reaction"
    with pytest.raises(KnownError, match="on hold"):
        release_hold(desk, running.id, prescriber="Dr S. Kim", reason="Again")


def test_what_an_earlier_program_held_is_released_by_a_prescriber_only(desk: Desk, running: Course) -> None:
    hold(desk, running, 2, 3, by="")
    assert all(look_up_course(desk, running.id).course.dose(number).awaits_release for number in (2, 3))
    release_hold(desk, running.id, prescriber="Dr S. Kim", reason="Reviewed")
    assert "held" not in states(desk, running)


def test_correcting_a_grave_reaction_to_a_slight_one_releases_nothing(desk: Desk, running: Course) -> None:
    grave = record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE14", grade="3"))
    slight = record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE14", grade="1", replaces=grave.id))
    view = look_up_course(desk, running.id)
    assert view.view(1).side_effects == (slight,)
    assert all(dose.awaits_release for dose in view.course.doses[1:])
    assert view.newest_revision == 2


def test_correcting_a_slight_reaction_to_a_grave_one_holds(desk: Desk, running: Course) -> None:
    slight = record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE14", grade="1"))
    record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE14", grade="3", replaces=slight.id))
    assert all(dose.awaits_release for dose in look_up_course(desk, running.id).course.doses[1:])


def test_nothing_is_recorded_at_a_dose_that_was_entered_in_error(desk: Desk, course: Course) -> None:
    giving.record_not_given(desk, course.doses[0].id, "Refused")
    in_error(desk, course, 1)
    with pytest.raises(KnownError, match="Dose 1 was entered in error"):
        record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE05", grade="3"))
    assert look_up_course(desk, course.id).newest_revision == 2


def test_grade_two_leaves_the_calendar_as_it_is(desk: Desk, running: Course) -> None:
    record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE14", grade="2"))
    assert look_up_course(desk, running.id).course.revision.number == 1


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (SideEffectForm(code="AE05", grade="1"), "grade"),
        (SideEffectForm(code="AE14", grade="4"), "grade"),
        (SideEffectForm(code="AE14", grade="bad"), "grade"),
        (SideEffectForm(code="AE99", grade="1"), "code"),
        (SideEffectForm(code="AE14", grade="1", onset_on="2026-03-03"), "onset_on"),
        (SideEffectForm(code="AE14", grade="1", onset_at="08:00"), "onset_at"),
        (SideEffectForm(code="AE14", grade="1", outcome="gone"), "outcome"),
    ],
)
def test_what_cannot_be_right_is_refused(desk: Desk, running: Course, form: SideEffectForm, field: str) -> None:
    with pytest.raises(UserMistake) as refused:
        record_side_effect(desk, running.doses[0].id, form)
    assert refused.value.field == field


def test_a_late_effect_is_added_to_its_earlier_dose(desk: Desk, running: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=2))
    effect = record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE36", grade="2"))
    assert effect.minutes_from_start == 2 * 24 * 60 + 40


def test_a_late_effect_may_have_begun_later_in_the_day_than_it_is_now(
    desk: Desk, running: Course, clock: SetClock
) -> None:
    clock.advance(timedelta(days=1))
    form = SideEffectForm(code="AE14", grade="1", onset_on="2026-03-02", onset_at="15:00")
    effect = record_side_effect(desk, running.doses[0].id, form)
    assert (effect.onset_at.day, effect.onset_at.hour, effect.minutes_from_start) == (2, 15, 5 * 60 + 55)


def test_a_correction_replaces_the_record_and_keeps_it(desk: Desk, running: Course) -> None:
    first = record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE14", grade="1"))
    second = record_side_effect(
        desk, running.doses[0].id, SideEffectForm(code="AE14", grade="2", replaces=first.id, outcome="resolved")
    )
    assert [effect.id for effect in look_up_course(desk, running.id).view(1).side_effects] == [second.id]
    assert [effect.id for effect in desk.ward.side_effect_history(second.id)] == [second.id, first.id]
    assert second.resolved_at is not None


def test_the_same_form_a_moment_later_changes_nothing(desk: Desk, running: Course, clock: SetClock) -> None:
    form = SideEffectForm(code="AE14", grade="3", outcome="resolved")
    first = record_side_effect(desk, running.doses[0].id, form)
    entries = len(list(desk.ward.journal()))
    clock.advance(timedelta(minutes=2))
    assert record_side_effect(desk, running.doses[0].id, form) == first
    assert len(list(desk.ward.journal())) == entries
    with pytest.raises(KnownError, match="NOT saved"):
        record_side_effect(desk, running.doses[0].id, replace(form, grade="2"))


def test_a_correction_never_takes_a_side_effect_away_from_another_dose(desk: Desk, running: Course) -> None:
    effect = record_side_effect(desk, running.doses[0].id, SideEffectForm(code="AE14", grade="2"))
    with pytest.raises(KnownError, match="another dose"):
        record_side_effect(desk, running.doses[1].id, SideEffectForm(code="AE14", grade="1", replaces=effect.id))
    assert look_up_course(desk, running.id).doses[0].side_effects == (effect,)
