"""The lines of the rate card, worked out from what was really set; what remains has its own tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec
import pytest

from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.infusions.infusion import Infusion, Observation, RateAction, RateChange
from ivigdesk.ui.infusion.steps import card_lines, goes_on, must_end, planned_lines
from tests.conftest import FIRST_MORNING
from tests.store.samples import an_end

STEP = Decimal("0.1")


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


@pytest.fixture
def dose(course: Course) -> Dose:
    """Dose 2 of the course: 60 mL/h for a quarter of an hour, then 180 mL/h; 200 mL in all."""
    dose = course.dose(2)
    assert [row.ml_per_h for row in dose.rate_card.rows] == [60, 180, 0]
    return dose


def test_before_the_start_the_times_count_from_it(dose: Dose) -> None:
    lines = planned_lines(dose)
    assert [line.from_min for line in lines] == [row.from_min for row in dose.rate_card.rows]
    assert {line.at for line in lines} == {None}
    assert lines[-1].state == "end"


def test_the_card_shows_what_was_set_then_what_comes_then_the_end(dose: Dose) -> None:
    running = infusion((0, 60, "start"))
    lines = card_lines(running, goes_on(dose, running, at(5), STEP))
    assert [line.state for line in lines] == ["now", "next", "end"]
    assert [line.at for line in lines[:2]] == [at(0), at(15)]
    assert [line.ml_total for line in lines] == [0, 15, 200]


def test_a_late_step_moves_the_end(dose: Dose) -> None:
    on_time, late = infusion((0, 60, "start"), (15, 180, "increase")), infusion((0, 60, "start"), (30, 180, "increase"))
    ends = [card_lines(one, goes_on(dose, one, at(31), STEP))[-1].at for one in (on_time, late)]
    assert ends[0] is not None
    assert ends[1] is not None
    # A quarter of an hour at 60 instead of 180 mL/h leaves 30 mL more: ten minutes.
    assert ends[1] - ends[0] == timedelta(minutes=10)


def test_a_pause_stands_on_the_card_and_leaves_the_end_open(dose: Dose) -> None:
    paused = infusion((0, 60, "start"), (5, 0, "pause"))
    lines = card_lines(paused, goes_on(dose, paused, at(10), STEP))
    assert [(line.state, line.ml_per_h) for line in lines] == [("done", 60), ("now", 0), ("end", 0)]
    assert lines[-1].at is None
    assert lines[1].ml_total == 5


def test_an_infusion_that_was_stopped_is_to_end(dose: Dose) -> None:
    assert not must_end(infusion((0, 60, "start"), (5, 0, "pause")))
    assert must_end(infusion((0, 60, "start"), (5, 0, "stop")))


def test_an_ended_card_has_nothing_to_come(dose: Dose) -> None:
    running = infusion((0, 60, "start"), (200, 0, "stop"))
    remains = goes_on(dose, running, at(210), STEP)
    ended = msgspec.structs.replace(running, end=an_end(running, ended_at=at(200)))
    assert [line.state for line in card_lines(ended, remains)] == ["done", "done"]
