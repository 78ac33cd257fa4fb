"""The next step of the pump, the clock times and the end, worked out from what was really set."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical.infusions.infusion import Infusion, Observation, RateAction, RateChange
from ivigdesk.clinical.infusions.procedure import observation_times
from ivigdesk.clinical.products.rates import RateCard, RateRow
from ivigdesk.ui.infusion.steps import card_lines, ends_at, given_ml, next_step, observation_due, why_not_yet
from tests.conftest import FIRST_MORNING

VOLUME = Decimal(200)
HOLD = 15
CARD = RateCard(
    ladder="first",
    rows=(
        RateRow(from_min=Decimal(0), ml_per_h=Decimal(60), ml_total=Decimal(0)),
        RateRow(from_min=Decimal(15), ml_per_h=Decimal(120), ml_total=Decimal(15)),
        RateRow(from_min=Decimal(30), ml_per_h=Decimal(180), ml_total=Decimal(45)),
        RateRow(from_min=Decimal("81.7"), ml_per_h=Decimal(0), ml_total=VOLUME),
    ),
    volume_ml=VOLUME,
    duration_min=Decimal("81.7"),
    max_ml_per_h=Decimal(180),
)


def at(minutes: int) -> datetime:
    return FIRST_MORNING + timedelta(minutes=minutes)


def infusion(*settings: tuple[int, int, RateAction], observed: tuple[int, ...] = ()) -> Infusion:
    """An infusion with (minute, mL/h, action) settings, observed at these minutes."""
    own: UUID = uuid4()
    return Infusion(
        id=own,
        dose_id=uuid4(),
        started_at=at(0),
        nurse="A. Wong",
        at=at(0),
        rate_changes=tuple(
            RateChange(
                id=uuid4(), infusion_id=own, action=action, ml_per_h=Decimal(rate), reason="", nurse="A. Wong",
                at=at(minute),
            )
            for minute, rate, action in settings
        ),
        observations=tuple(
            Observation(id=uuid4(), infusion_id=own, at=at(minute), nurse="A. Wong") for minute in observed
        ),
    )  # fmt: skip


def test_the_next_step_is_due_when_the_rung_has_lasted_its_minutes() -> None:
    step = next_step(CARD, infusion((0, 60, "start")).rate_changes, HOLD)
    assert step is not None
    assert (step.ml_per_h, step.due_at) == (Decimal(120), at(15))


def test_a_late_step_moves_the_following_ones() -> None:
    running = infusion((0, 60, "start"), (20, 120, "increase"))
    step = next_step(CARD, running.rate_changes, HOLD)
    assert step is not None
    assert step.due_at == at(35)


def test_after_slowing_down_the_next_rung_waits_the_ward_s_interval() -> None:
    slowed = infusion((0, 60, "start"), (15, 120, "increase"), (20, 90, "slow"))
    step = next_step(CARD, slowed.rate_changes, HOLD)
    assert step is not None
    assert (step.ml_per_h, step.due_at) == (Decimal(120), at(35))


def test_a_pump_that_stands_still_has_no_next_step_and_no_end() -> None:
    paused = infusion((0, 60, "start"), (5, 0, "pause"))
    assert next_step(CARD, paused.rate_changes, HOLD) is None
    assert ends_at(CARD, paused.rate_changes, at(10), VOLUME, HOLD) is None


def test_there_is_nothing_faster_than_the_last_rung() -> None:
    assert next_step(CARD, infusion((0, 180, "set")).rate_changes, HOLD) is None


def test_on_schedule_the_end_is_the_card_s_own() -> None:
    end = ends_at(CARD, infusion((0, 60, "start")).rate_changes, at(0), VOLUME, HOLD)
    assert end is not None
    assert abs(end - at(0) - timedelta(minutes=81, seconds=40)) <= timedelta(seconds=5)


@given(pause=st.integers(min_value=1, max_value=120))
def test_a_pause_puts_the_end_off_by_at_least_its_length(pause: int) -> None:
    straight = ends_at(CARD, infusion((0, 60, "start")).rate_changes, at(5), VOLUME, HOLD)
    resumed = infusion((0, 60, "start"), (5, 0, "pause"), (5 + pause, 60, "resume"))
    late = ends_at(CARD, resumed.rate_changes, at(5 + pause), VOLUME, HOLD)
    assert straight is not None
    assert late is not None
    assert late - straight >= timedelta(minutes=pause)


@given(minutes=st.integers(min_value=0, max_value=600))
def test_never_more_than_the_volume_goes_in(minutes: int) -> None:
    running = infusion((0, 60, "start"), (15, 120, "increase"), (30, 180, "increase"))
    assert 0 <= given_ml(running, at(minutes), VOLUME) <= Fraction(VOLUME)


def test_the_card_shows_what_was_set_then_what_comes_then_the_end() -> None:
    lines = card_lines(CARD, infusion((0, 60, "start"), (16, 120, "increase")), at(20), VOLUME, HOLD)
    assert [line.state for line in lines] == ["done", "now", "next", "end"]
    assert [line.at for line in lines[:3]] == [at(0), at(16), at(31)]
    assert lines[1].ml_total == Decimal(16)


@pytest.mark.parametrize(
    ("minute", "observed", "against"),
    [
        (10, (8,), (True, False, False)),
        (15, (), (False, True, False)),
        (15, (14,), (False, False, False)),
    ],
)
def test_what_speaks_against_the_step(minute: int, observed: tuple[int, ...], against: tuple[bool, bool, bool]) -> None:
    running = infusion((0, 60, "start"), observed=observed)
    step = next_step(CARD, running.rate_changes, HOLD)
    assert step is not None
    assert why_not_yet(step, running, at(minute)) == against


def test_an_observation_is_due_until_it_is_made() -> None:
    dues = observation_times(CARD, first=True)
    missing, _ = observation_due(dues, infusion((0, 60, "start")), at(16))
    assert missing is not None
    missing, coming = observation_due(dues, infusion((0, 60, "start"), observed=(12,)), at(16))
    assert missing is None
    assert coming == at(30)
