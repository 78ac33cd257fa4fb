"""The only room that reads a clock; everybody else is handed one."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the program asks of a clock."""

    def now(self) -> datetime:
        """Return the wall time with its offset, whole seconds."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run backwards, for durations while the program runs."""
        ...


class SystemClock:
    """The computer's own clock, in the ward's local time zone."""

    def now(self) -> datetime:
        return datetime.now().astimezone().replace(microsecond=0)

    def monotonic(self) -> float:
        # A computer that slept was still beside a pump that ran; only some clocks count that time.
        awake_or_not = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if awake_or_not is None else time.clock_gettime(awake_or_not)


class SetClock:
    """A clock that stands where it is put: the practice ward and the tests."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._at = at
        self._elapsed = 0.0

    def now(self) -> datetime:
        return self._at

    def monotonic(self) -> float:
        return self._elapsed

    def advance(self, by: timedelta) -> None:
        """Let `by` pass, on the wall and on the monotonic clock."""
        self._at += by
        self._elapsed += by.total_seconds()

    def set_wall(self, at: datetime) -> None:
        """Set the wall clock alone, as a person at the computer's settings does."""
        self._at = at


def steady_now(clock: Clock, since_wall: datetime, since_monotonic: float) -> datetime:
    """Return the wall time, or, where it was set back, a known wall time plus what truly passed since then.

    Args:
        since_wall, since_monotonic: wall time and monotonic seconds of one moment of this program.
    """
    passed = timedelta(seconds=max(int(clock.monotonic() - since_monotonic), 0))
    return max(clock.now(), since_wall + passed)


def today(clock: Clock) -> date:
    """Return the ward's date."""
    return clock.now().date()
