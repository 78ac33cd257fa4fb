"""Somebody sets the computer's clock back in the middle: nothing is refused, no volume is lost, and it is said."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from ivigdesk.actions.desk import Desk, open_desk, sign_in
from ivigdesk.actions.infusions.give_infusion import (
    EndForm,
    ObservationForm,
    bedside,
    finish_infusion,
    observe,
    set_rate,
    start_infusion,
)
from ivigdesk.actions.infusions.moment import moment_of_entry
from ivigdesk.actions.infusions.preparing import prepared, tick
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clock import SetClock
from ivigdesk.wording import Wording
from tests.actions.infusions.readying import make_ready
from tests.conftest import FIRST_MORNING


@pytest.fixture
def infusion(desk: Desk, course: Course) -> Infusion:
    """Dose 1, started at 09:05 at 60 mL/h."""
    make_ready(desk, course.doses[0], leave_out="hydration")
    return start_infusion(desk, course.doses[0].id)


def minutes(moment: object) -> float:
    return (moment - FIRST_MORNING).total_seconds() / 60  # type: ignore[operator]


def set_back(clock: SetClock, by: int) -> None:
    clock.set_wall(clock.now() - timedelta(minutes=by))


def test_as_long_as_the_clock_goes_on_its_time_is_recorded_and_nothing_is_said(
    desk: Desk, infusion: Infusion, clock: SetClock
) -> None:
    clock.advance(timedelta(minutes=15))
    assert moment_of_entry(desk, infusion) == (clock.now(), None)


def test_set_back_before_the_newest_entry_the_record_goes_on_by_what_truly_passed(
    desk: Desk, infusion: Infusion, clock: SetClock
) -> None:
    clock.advance(timedelta(minutes=15))
    set_rate(desk, infusion.id, "increase", Decimal(120))
    set_back(clock, 60)
    clock.advance(timedelta(minutes=10))
    stored = set_rate(desk, infusion.id, "increase", Decimal(180))
    assert [minutes(change.at) for change in stored.rate_changes] == [0, 15, 25]
    moment, notice = moment_of_entry(desk, stored)
    assert minutes(moment) == 25
    assert notice is not None
    said = Wording("en").say(notice)
    assert "was set back" in said
    assert "08:30" in said
    assert "09:30" in said


def test_set_back_to_after_the_newest_entry_durations_stay_true_as_well(
    desk: Desk, infusion: Infusion, clock: SetClock
) -> None:
    clock.advance(timedelta(minutes=60))
    set_back(clock, 30)
    moment, notice = moment_of_entry(desk, infusion)
    assert minutes(moment) == 60
    assert notice is not None
    assert bedside(desk, infusion.dose_id).given_ml == 60


def test_the_volume_given_never_goes_back_with_the_clock(desk: Desk, infusion: Infusion, clock: SetClock) -> None:
    clock.advance(timedelta(minutes=30))
    assert bedside(desk, infusion.dose_id).given_ml == 30
    set_back(clock, 25)
    assert bedside(desk, infusion.dose_id).given_ml == 30
    clock.advance(timedelta(minutes=30))
    assert bedside(desk, infusion.dose_id).given_ml == 60


def test_everything_that_is_entered_then_is_kept_in_its_order(desk: Desk, infusion: Infusion, clock: SetClock) -> None:
    clock.advance(timedelta(minutes=20))
    observe(desk, infusion.id, ObservationForm(pulse_per_min="80"))
    set_back(clock, 120)
    clock.advance(timedelta(minutes=5))
    tick(desk, infusion.dose_id, "hydration")
    observe(desk, infusion.id, ObservationForm(pulse_per_min="82"))
    observe(desk, infusion.id, ObservationForm(pulse_per_min="84", at="09:27"))
    clock.advance(timedelta(minutes=195))
    ended = finish_infusion(desk, infusion.id, EndForm(outcome="completed"))
    assert [minutes(one.at) for one in ended.observations] == [20, 22, 25]
    assert next(minutes(check.at) for check in ended.checks if check.item == "hydration") == 25
    assert ended.end is not None
    assert minutes(ended.end.ended_at) == 220


def test_a_clock_that_the_network_puts_right_by_seconds_is_not_mentioned(
    desk: Desk, infusion: Infusion, clock: SetClock
) -> None:
    clock.advance(timedelta(minutes=5))
    clock.set_wall(clock.now() - timedelta(seconds=20))
    assert moment_of_entry(desk, infusion) == (clock.now(), None)


def test_a_clock_that_is_set_forward_is_followed(desk: Desk, infusion: Infusion, clock: SetClock) -> None:
    clock.set_wall(clock.now() + timedelta(minutes=40))
    assert moment_of_entry(desk, infusion) == (clock.now(), None)


def test_after_a_new_start_with_a_clock_that_is_behind_nothing_stands_before_the_newest_entry(
    desk: Desk, infusion: Infusion, clock: SetClock, folder: Path
) -> None:
    clock.advance(timedelta(minutes=20))
    observe(desk, infusion.id, ObservationForm(pulse_per_min="80"))
    desk.close()
    set_back(clock, 60)
    again = open_desk(folder, clock)
    try:
        sign_in(again, "S. Kaur")
        stored = again.ward.infusion(infusion.id)
        assert stored is not None
        moment, notice = moment_of_entry(again, stored)
        assert minutes(moment) == 20
        assert notice is not None
        clock.advance(timedelta(minutes=7))
        assert minutes(moment_of_entry(again, stored)[0]) == 27
    finally:
        again.close()


def test_a_clock_that_is_put_right_catches_up_and_is_followed_again(
    desk: Desk, infusion: Infusion, clock: SetClock
) -> None:
    clock.advance(timedelta(minutes=20))
    set_rate(desk, infusion.id, "increase", Decimal(120))
    set_back(clock, 60)
    clock.advance(timedelta(minutes=5))
    set_rate(desk, infusion.id, "slow", Decimal(60), "headache")
    clock.set_wall(clock.now() + timedelta(minutes=60))
    clock.advance(timedelta(minutes=5))
    stored = desk.ward.infusion(infusion.id)
    assert stored is not None
    assert moment_of_entry(desk, stored) == (clock.now(), None)
    assert minutes(clock.now()) == 30


def test_a_side_effect_is_recorded_at_the_time_that_truly_passed(
    desk: Desk, infusion: Infusion, clock: SetClock
) -> None:
    clock.advance(timedelta(minutes=40))
    set_back(clock, 120)
    effect = record_side_effect(desk, infusion.dose_id, SideEffectForm(code="AE14", grade="1"))
    assert minutes(effect.onset_at) == minutes(effect.at) == effect.minutes_from_start == 40
    assert effect.ml_per_h == 60


def test_what_was_made_ready_under_a_clock_that_ran_ahead_lets_no_volume_in(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    dose = course.doses[0]
    clock.set_wall(FIRST_MORNING + timedelta(hours=2))
    make_ready(desk, dose)
    clock.set_wall(FIRST_MORNING)
    start_infusion(desk, dose.id)
    assert bedside(desk, dose.id).given_ml == 0
    clock.advance(timedelta(minutes=10))
    assert bedside(desk, dose.id).given_ml == 10
    desk.noted.clear()  # the program was started again
    assert bedside(desk, dose.id).given_ml == 10
    set_back(clock, 30)
    clock.advance(timedelta(minutes=5))
    assert bedside(desk, dose.id).given_ml == 15
    assert not desk.ward.check().problems


def test_a_line_ticked_under_a_clock_that_ran_days_ahead_is_open_again(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    dose = course.doses[0]
    clock.set_wall(FIRST_MORNING + timedelta(days=30))
    tick(desk, dose.id, "two-identifiers")
    clock.set_wall(FIRST_MORNING)
    assert prepared(desk, dose.id).check("two-identifiers") is None
