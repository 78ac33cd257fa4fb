"""Time comes from one place, and always with its offset."""

from __future__ import annotations

import ast
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ivigdesk import clock as clock_room
from ivigdesk.clock import SetClock, SystemClock, today
from tests.conftest import FIRST_MORNING


def test_the_systems_clock_says_whole_seconds_with_their_offset() -> None:
    clock = SystemClock()
    assert clock.now().utcoffset() is not None
    assert clock.now().microsecond == 0
    assert clock.monotonic() <= clock.monotonic()


def test_a_set_clock_stands_until_it_is_moved(clock: SetClock) -> None:
    assert clock.now() == clock.now() == FIRST_MORNING
    clock.advance(timedelta(minutes=15))
    assert clock.now() - FIRST_MORNING == timedelta(minutes=15)
    assert clock.monotonic() == 15 * 60


def test_somebody_who_sets_the_wall_clock_does_not_change_how_long_things_take(clock: SetClock) -> None:
    clock.set_wall(FIRST_MORNING - timedelta(hours=1))
    assert clock.now() < FIRST_MORNING
    assert clock.monotonic() == 0


def test_a_clock_without_a_zone_is_no_clock() -> None:
    with pytest.raises(ValueError, match="aware"):
        SetClock(datetime(2026, 3, 2))  # noqa: DTZ001


def test_today_is_the_wards_date_and_not_greenwichs() -> None:
    just_after_midnight = FIRST_MORNING.replace(hour=0, minute=10)
    assert today(SetClock(just_after_midnight)) == date(2026, 3, 2)


def test_nobody_else_reads_a_clock() -> None:
    forbidden = {"now", "today", "utcnow", "time", "monotonic", "perf_counter", "localtime", "currentDateTime"}
    package = Path(clock_room.__file__).parent
    found = []
    for path in sorted(package.rglob("*.py")):
        if path.name == "clock.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in forbidden:
                owner = ast.unparse(node.func.value)
                if owner in ("datetime", "date", "dt", "dt.datetime", "dt.date", "time", "QDate", "QDateTime", "QTime"):
                    found.append(f"{path.relative_to(package)}:{node.lineno} {owner}.{node.func.attr}")
    assert found == []


def test_a_running_program_goes_on_by_what_truly_passed_when_the_wall_clock_is_set_back(clock: SetClock) -> None:
    began, seconds = clock.now(), clock.monotonic()
    clock.advance(timedelta(minutes=15))
    assert clock_room.steady_now(clock, began, seconds) == clock.now()
    clock.set_wall(FIRST_MORNING - timedelta(hours=1))
    assert clock_room.steady_now(clock, began, seconds) == FIRST_MORNING + timedelta(minutes=15)
    clock.set_wall(FIRST_MORNING + timedelta(hours=1))
    assert clock_room.steady_now(clock, began, seconds) == clock.now()
