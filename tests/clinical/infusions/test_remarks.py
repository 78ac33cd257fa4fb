"""Values outside the limits are marked with words; a child is compared with the first value only."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.infusion import Observation
from ivigdesk.clinical.infusions.remarks import first_values, remarks_on
from ivigdesk.wording import Wording
from tests.conftest import FIRST_MORNING

RULES = library.infusion_day_rules().vital_signs


def seen(minute: int = 0, **values: object) -> Observation:
    return Observation(
        id=uuid4(), infusion_id=uuid4(), at=FIRST_MORNING + timedelta(minutes=minute), nurse="A", **values  # type: ignore[arg-type]
    )  # fmt: skip


FIRST = seen(temperature_c=Decimal("36.5"), pulse_per_min=80, systolic_mmhg=120, diastolic_mmhg=75, spo2_percent=98)


def said(observation: Observation, *, is_adult: bool = True, language: str = "en") -> list[tuple[str, str, str]]:
    return [
        (one.field, one.severity, Wording(language).say(one.message).replace("\u00a0", " "))
        for one in remarks_on(observation, FIRST, RULES, is_adult=is_adult)
    ]


def test_what_is_as_at_first_is_not_remarked() -> None:
    assert said(FIRST) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"temperature_c": Decimal("37.9")}, [("warn", "temperature 1.4 °C above the first value (36.5 → 37.9)")]),
        ({"temperature_c": Decimal("37.4")}, []),
        (
            {"temperature_c": Decimal("38.0")},
            [
                ("stop", "fever: 38.0 °C or more"),
                ("stop", "temperature 1.5 °C above the first value (36.5 → 38.0)"),
            ],
        ),
        ({"spo2_percent": 92}, []),
        ({"spo2_percent": 91}, [("stop", "SpO2 below 92 %: stop and call for help")]),
        (
            {"systolic_mmhg": 89},
            [
                ("warn", "systolic 25.8 % below the first value (120 → 89)"),
                ("stop", "systolic below 90 mmHg: stop and call for help"),
            ],
        ),
        ({"pulse_per_min": 64}, []),
        ({"pulse_per_min": 63}, [("warn", "pulse 21.3 % below the first value (80 → 63)")]),
    ],
)
def test_each_limit_is_said_in_words(values: dict[str, object], expected: list[tuple[str, str]]) -> None:
    observation = msgspec.structs.replace(FIRST, **values)
    assert [(severity, words) for _, severity, words in said(observation)] == expected


def test_fever_from_the_first_value_on_is_fever_and_no_rise() -> None:
    hot = seen(temperature_c=Decimal("38.4"))
    assert [one.severity for one in remarks_on(hot, hot, RULES)] == ["warn"]
    assert [one.severity for one in remarks_on(hot, None, RULES)] == ["warn"]


def test_a_childs_pressure_is_not_measured_by_an_adults() -> None:
    child = seen(systolic_mmhg=84)
    assert [one.severity for one in remarks_on(child, child, RULES, is_adult=False)] == []
    assert [one.severity for one in remarks_on(child, child, RULES)] == ["stop"]


def test_the_first_values_are_the_first_of_each_sign() -> None:
    first = first_values([seen(15, pulse_per_min=90, spo2_percent=97), seen(-5, pulse_per_min=80)])
    assert first is not None
    assert (first.pulse_per_min, first.spo2_percent, first.temperature_c) == (80, 97, None)
    assert first_values([]) is None


@given(st.integers(20, 300), st.integers(20, 300))
def test_a_change_is_marked_exactly_from_the_limit_on(before: int, now: int) -> None:
    marked = remarks_on(seen(pulse_per_min=now), seen(pulse_per_min=before), RULES)
    assert bool(marked) == (abs(now - before) * 100 > RULES.change_percent * before)
