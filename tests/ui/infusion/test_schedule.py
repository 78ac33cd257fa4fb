"""When the patient is observed: the schedule moves with the pump, and is never due for what was not planned then."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.library import observation_rules
from ivigdesk.clinical.products.rates import RateCard, RateRow
from ivigdesk.ui.infusion.schedule import ObservationLine, still_to_observe, watched_until
from ivigdesk.ui.infusion.steps import goes_on
from tests.store.samples import a_dose, an_end
from tests.ui.infusion.test_steps import STEP, at, infusion

CARD = RateCard(
    ladder="later",
    rows=(
        RateRow(from_min=Decimal(0), ml_per_h=Decimal(60), ml_total=Decimal(0)),
        RateRow(from_min=Decimal(30), ml_per_h=Decimal(120), ml_total=Decimal(30)),
        RateRow(from_min=Decimal(115), ml_per_h=Decimal(0), ml_total=Decimal(200)),
    ),
    volume_ml=Decimal(200),
    duration_min=Decimal(115),
    max_ml_per_h=Decimal(120),
)


DOSE = a_dose("one", 2, volume_ml=Decimal(200), planned_dose_mg=10_000, rate_card=CARD, is_first_infusion=False)
"""200 mL: half an hour at 60 mL/h, then 120 mL/h; not the first infusion."""


def look(one: Infusion, minute: int) -> tuple[ObservationLine, ...]:
    remains = goes_on(DOSE, one, at(minute), STEP)
    return still_to_observe(DOSE, one, remains, at(minute), observation_rules(), STEP)


def minutes(lines: tuple[ObservationLine, ...]) -> list[int]:
    return [int((line.at - at(0)).total_seconds() // 60) for line in lines]


def test_the_card_says_when() -> None:
    lines = look(infusion((0, 60, "start"), observed=(0,)), 1)
    assert minutes(lines) == [15, 30, 90, 115, 135]
    assert not any(line.is_due for line in lines)


def test_an_observation_is_due_until_it_is_made_and_counts_five_minutes_before() -> None:
    lines = look(infusion((0, 60, "start"), observed=(0,)), 16)
    assert [line.is_due for line in lines][:2] == [True, False]
    assert minutes(look(infusion((0, 60, "start"), observed=(0, 10)), 16))[0] == 30
    assert minutes(look(infusion((0, 60, "start"), observed=(0, 9)), 16))[0] == 15


def test_a_late_step_moves_what_follows_and_stays_due_when_it_was() -> None:
    waiting = infusion((0, 60, "start"), observed=(0, 15))
    assert minutes(look(waiting, 40))[0] == 30, "the step was due at 30 minutes and still is"
    late = infusion((0, 60, "start"), (45, 120, "increase"), observed=(0, 15, 44))
    assert minutes(look(late, 46)) == [105, 122, 142]


def test_slowing_asks_for_nothing_that_was_not_planned_at_the_time() -> None:
    fast = ((0, 60, "start"), (30, 120, "increase"))
    slowed = infusion(*fast, (60, 60, "slow"), observed=(0, 15, 30))
    assert not any(line.is_due for line in look(slowed, 60)), "while it ran at 120 an hour was the interval"
    assert minutes(look(slowed, 61))[:2] == [75, 90]


def test_a_patient_whose_pump_stands_still_is_looked_at_every_quarter_of_an_hour() -> None:
    paused = infusion((0, 60, "start"), (20, 0, "pause"), observed=(0, 15))
    assert minutes(look(paused, 21)) == [35]
    lines = look(paused, 52)
    assert minutes(lines) == [50, 65]
    assert lines[0].is_due


def test_after_the_end_the_patient_is_observed_and_nobody_is_reminded_weeks_later() -> None:
    ended = _ended(infusion((0, 60, "start"), (30, 120, "increase"), (115, 0, "stop"), observed=(0, 15, 30, 90)), 115)
    assert minutes(look(ended, 120)) == [115, 135]
    assert watched_until(DOSE, ended, observation_rules()) == at(135)
    assert look(ended, 160) == ()


def test_a_dose_that_was_not_given_needs_no_watching() -> None:
    ended = _ended(infusion(), 0, outcome="not given")
    assert watched_until(DOSE, ended, observation_rules()) is None


@given(
    settings=st.lists(st.tuples(st.integers(1, 200), st.sampled_from([0, 30, 60, 120])), max_size=6),
    minute=st.integers(0, 400),
)
def test_whatever_is_set_at_most_one_observation_is_due_and_the_others_are_to_come(
    settings: list[tuple[int, int]], minute: int
) -> None:
    seen = {at_minute: rate for at_minute, rate in settings if at_minute <= minute}
    one = infusion((0, 60, "start"), *((at_minute, seen[at_minute], "set") for at_minute in sorted(seen)))
    lines = look(one, minute)
    assert [line.is_due for line in lines].count(True) <= 1
    assert all((line.at <= at(minute)) is line.is_due for line in lines)
    assert sorted(line.at for line in lines) == [line.at for line in lines]


def _ended(one: Infusion, minute: int, outcome: str = "completed") -> Infusion:
    return msgspec.structs.replace(one, end=an_end(one, outcome=outcome, ended_at=at(minute)))
