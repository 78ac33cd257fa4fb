"""A side effect belongs to one dose, knows its minute and rate, and a grave one holds the course."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect, release_hold
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake


@pytest.fixture
def running(desk: Desk, course: Course, clock: SetClock) -> Course:
    """Dose 1 has run for 40 minutes, since minute 15 at 180 mL/h."""
    infusion = giving.start_infusion(desk, course.doses[0].id)
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
    clock.advance(timedelta(days=2))
    with pytest.raises(KnownError, match="on hold"):
        giving.start_infusion(desk, running.doses[1].id)
    with pytest.raises(UserMistake):
        release_hold(desk, running.id, prescriber="", reason="Reviewed")
    released = release_hold(desk, running.id, prescriber="Dr S. Kim", reason="Reviewed; other product not needed")
    assert {dose.state for dose in released.doses} == {"planned"}
    assert released.revision.number == 3


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
        (SideEffectForm(code="AE14", grade="1", onset_on="2026-03-03"), "onset_at"),
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
