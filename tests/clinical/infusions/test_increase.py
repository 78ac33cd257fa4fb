"""The pump goes up when time, observation and patient allow it; what speaks against it is said in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.increase import may_increase
from ivigdesk.clinical.infusions.infusion import Infusion, Observation, RateChange, SideEffect, SideEffectOutcome
from ivigdesk.messages import Text
from ivigdesk.wording import Wording
from tests.conftest import FIRST_MORNING

RULES = library.infusion_day_rules().vital_signs
INFUSION = uuid4()


def at(minutes: int) -> datetime:
    return FIRST_MORNING + timedelta(minutes=minutes)


def seen(minute: int, **values: object) -> Observation:
    return Observation(id=uuid4(), infusion_id=INFUSION, at=at(minute), nurse="A. Wong", **values)  # type: ignore[arg-type]


def headache(minute: int, outcome: SideEffectOutcome = "ongoing", grade: int = 1) -> SideEffect:
    return SideEffect(
        id=uuid4(),
        dose_id=uuid4(),
        code="AE14",
        term=Text(en="Headache", zh_CN="头痛"),
        grade=grade,
        onset_at=at(minute),
        nurse="A. Wong",
        at=at(minute),
        outcome=outcome,
    )


def running(*observations: Observation, effects: tuple[SideEffect, ...] = (), set_at: int = 0) -> Infusion:
    own: UUID = INFUSION
    started = RateChange(
        id=uuid4(), infusion_id=own, action="start", ml_per_h=Decimal(60), reason="", nurse="A. Wong", at=at(set_at)
    )
    return Infusion(
        id=own,
        dose_id=uuid4(),
        started_at=at(0),
        nurse="A. Wong",
        at=at(0),
        rate_changes=(started,),
        observations=observations,
        side_effects=effects,
    )


def against(infusion: Infusion, minute: int, to: int = 120, *, is_adult: bool = True) -> list[str]:
    found = may_increase(
        infusion,
        at(minute),
        to_ml_per_h=Decimal(to),
        due_at=at(15),
        most_ml_per_h=Decimal(180),
        rules=RULES,
        is_adult=is_adult,
    )
    return [Wording("en").say(one).replace("\u00a0", " ") for one in found]


CALM = {"temperature_c": Decimal("36.8"), "pulse_per_min": 80, "systolic_mmhg": 120, "diastolic_mmhg": 70}


def test_in_time_observed_and_well_nothing_speaks_against_it() -> None:
    assert against(running(seen(-5, **CALM), seen(14, **CALM)), 15) == []


def test_too_early_is_said_with_the_time() -> None:
    assert against(running(seen(8, **CALM)), 10) == ["The card raises the rate at 09:20, not before."]


def test_an_observation_before_this_rate_does_not_count() -> None:
    assert against(running(seen(-5, **CALM)), 15) == ["No observation was recorded on the present rate."]


def test_an_observation_of_the_minute_in_which_the_pump_was_set_counts() -> None:
    infusion = running(seen(0, **CALM))
    late = infusion.rate_changes[0]
    assert against(infusion, 15) == []
    assert late.at == at(0)


def test_above_the_cap_is_said_with_the_cap() -> None:
    assert against(running(seen(14, **CALM)), 15, to=240) == ["Not faster than 180 mL/h for this patient and product."]


@pytest.mark.parametrize(
    ("effect", "speaks"),
    [
        (headache(-60), True),
        (headache(-60, "resolved"), False),
        (headache(5, "resolved"), True),
        (headache(5, grade=3), True),
    ],
)
def test_a_side_effect_that_lasts_or_came_on_this_rate_speaks_against_it(effect: SideEffect, speaks: bool) -> None:
    said = against(running(seen(14, **CALM), effects=(effect,)), 15)
    assert any("Headache, grade" in one for one in said) is speaks


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"pulse_per_min": 96}, ""),
        ({"pulse_per_min": 97}, "pulse 21.3 % above the first value (80 → 97)"),
        ({"systolic_mmhg": 96}, ""),
        ({"systolic_mmhg": 95}, "systolic 20.8 % below the first value (120 → 95)"),
        ({"diastolic_mmhg": 85}, "diastolic 21.4 % above the first value (70 → 85)"),
        ({"temperature_c": Decimal("38.0")}, "fever: 38.0 °C or more"),
        ({"temperature_c": Decimal("37.7")}, ""),
        ({"spo2_percent": 91}, "SpO2 below 92 %"),
    ],
)
def test_what_the_last_observation_shows_speaks_against_it(values: dict[str, object], words: str) -> None:
    said = against(running(seen(-5, **CALM), seen(14, **{**CALM, **values})), 15)
    assert any(words in one for one in said) if words else said == []


def test_only_the_newest_observation_decides() -> None:
    fast, calm = seen(5, **{**CALM, "pulse_per_min": 120}), seen(14, **CALM)
    assert against(running(seen(-5, **CALM), fast, calm), 15) == []


def test_everything_that_speaks_against_it_is_said() -> None:
    assert len(against(running(effects=(headache(1),)), 5, to=240)) == 4
