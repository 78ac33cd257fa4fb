"""When a side effect began and ended is stored as it was told, and what nobody knows is said to be unknown."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clock import SetClock
from ivigdesk.errors import UserMistake
from tests.actions.giving import give


@pytest.fixture
def given(desk: Desk, course: Course, clock: SetClock) -> Course:
    """Dose 1 was given on Monday from 09:05 to 10:05; it is Thursday, 08:00."""
    give(desk, course, 1)
    clock.advance(timedelta(days=2, hours=21, minutes=55))
    return course


def told(desk: Desk, course: Course, code: str = "AE14", grade: str = "1", **more: str) -> SideEffect:
    return record_side_effect(desk, course.dose(1).id, SideEffectForm(code=code, grade=grade, **more))


def test_a_late_effect_told_by_day_only_pretends_no_clock_time(desk: Desk, given: Course) -> None:
    effect = told(desk, given, onset_on="2026-03-03", notes="Told by phone")
    assert (effect.onset_at.day, effect.onset_at.hour, effect.onset_at.minute) == (3, 0, 0)
    assert (effect.minutes_from_start, effect.ml_per_h) == (None, None)
    assert not effect.onset_time_known
    assert effect.notes == "Time of onset not known / 发生时间不详; Told by phone"


def test_a_day_only_may_be_the_day_of_the_infusion(desk: Desk, given: Course) -> None:
    assert not told(desk, given, onset_on="2026-03-02").onset_time_known


def test_a_clock_time_that_is_found_later_takes_the_words_away(desk: Desk, given: Course) -> None:
    first = told(desk, given, onset_on="2026-03-03", notes="Told by phone")
    form = SideEffectForm(
        code="AE14", grade="1", onset_on="2026-03-03", onset_at="18:00", notes=first.notes, replaces=first.id
    )
    second = record_side_effect(desk, given.dose(1).id, form)
    assert second.onset_time_known
    assert second.notes == "Told by phone"
    assert second.minutes_from_start == (24 + 9) * 60 - 5


def test_today_without_a_clock_time_is_now(desk: Desk, given: Course) -> None:
    assert told(desk, given).onset_at == desk.clock.now()
    assert told(desk, given, onset_on="t").onset_at == desk.clock.now()


def test_when_it_was_over_is_typed_and_else_is_now(desk: Desk, given: Course) -> None:
    onset = {"onset_on": "2026-03-03", "onset_at": "18:00", "outcome": "resolved"}
    assert told(desk, given, **onset).resolved_at == desk.clock.now()
    typed = told(desk, given, resolved_on="2026-03-04", resolved_at="07:30", **onset)
    assert typed.resolved_at is not None
    assert (typed.resolved_at.day, typed.resolved_at.hour, typed.end_time_known) == (4, 7, True)
    by_day = told(desk, given, resolved_on="2026-03-04", **onset)
    assert by_day.resolved_at is not None
    assert (by_day.resolved_at.day, by_day.end_time_known, by_day.onset_time_known) == (4, False, True)
    same_day = told(desk, given, resolved_on="2026-03-03", **onset)
    assert same_day.resolved_at == same_day.onset_at
    assert told(desk, given).resolved_at is None


def test_the_call_of_the_doctor_is_the_last_such_time_that_has_passed(desk: Desk, given: Course) -> None:
    effect = told(desk, given, onset_on="2026-03-04", onset_at="20:00", doctor="Dr S. Kim", doctor_at="20:10")
    assert effect.doctor_at is not None
    assert (effect.doctor, effect.doctor_at.day, effect.doctor_at.hour) == ("Dr S. Kim", 4, 20)
    today = told(desk, given, onset_on="2026-03-03", onset_at="20:00", doctor="Dr S. Kim", doctor_at="07:50")
    assert today.doctor_at is not None
    assert today.doctor_at.day == 5
    assert told(desk, given, doctor="Dr S. Kim").doctor_at is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"onset_on": "2026-03-06"}, "onset_on"),
        ({"onset_on": "2026-03-01"}, "onset_on"),
        ({"onset_on": "2026-03-02", "onset_at": "08:00"}, "onset_at"),
        ({"resolved_at": "07:00"}, "resolved_at"),
        ({"outcome": "resolved", "onset_on": "2026-03-03", "resolved_on": "2026-03-06"}, "resolved_on"),
        ({"outcome": "resolved", "onset_on": "2026-03-03", "resolved_on": "2026-03-02"}, "resolved_on"),
        (
            {
                "outcome": "resolved",
                "onset_on": "2026-03-03",
                "onset_at": "18:00",
                "resolved_on": "2026-03-03",
                "resolved_at": "17:00",
            },
            "resolved_at",
        ),
        ({"doctor_at": "07:00"}, "doctor"),
        ({"doctor": "Dr S. Kim", "doctor_at": "07:00"}, "doctor_at"),
        ({"doctor": "Dr S. Kim", "doctor_at": "soon"}, "doctor_at"),
    ],
)
def test_what_cannot_have_been_is_refused(desk: Desk, given: Course, typed: dict[str, str], field: str) -> None:
    with pytest.raises(UserMistake) as refused:
        told(desk, given, **typed)
    assert refused.value.field == field
    assert look_up_course(desk, given.id).view(1).side_effects == ()


@pytest.mark.parametrize("code", ["AE01", "AE06", "AE02", "AE32", "AE33", "AE34"])
def test_a_grave_late_effect_of_a_finished_dose_holds_the_remaining_ones(desk: Desk, given: Course, code: str) -> None:
    told(desk, given, code, "3", onset_on="2026-03-04")
    view = look_up_course(desk, given.id)
    assert [one.status for one in view.doses] == ["given"] + ["held"] * 10


def test_drugs_and_doctor_are_kept_with_the_record(desk: Desk, given: Course) -> None:
    told(desk, given, drugs="paracetamol 1 g", doctor="Dr S. Kim", doctor_at="08:00")
    (effect,) = look_up_course(desk, given.id).view(1).side_effects
    assert (effect.drugs, effect.doctor, effect.doctor_at) == ("paracetamol 1 g", "Dr S. Kim", desk.clock.now())


def test_a_late_effect_told_after_the_clocks_changed_is_read_in_the_hours_of_its_infusion(
    desk: Desk, given: Course, clock: SetClock
) -> None:
    clock.advance(timedelta(days=1))
    clock.set_wall(clock.now().astimezone(timezone(timedelta(hours=9))))
    effect = told(desk, given, onset_on="2026-03-02", onset_at="09:30")
    assert effect.minutes_from_start == 25
