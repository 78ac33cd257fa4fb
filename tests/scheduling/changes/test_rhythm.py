"""Doses that keep the days of their rhythm go on with one dose in each interval, or with as many as the phase has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ivigdesk.scheduling.changes.rhythm import kept_days
from ivigdesk.scheduling.changes.slots import Slot


@pytest.mark.parametrize(
    ("days", "every_days", "is_uneven", "after", "kept"),
    [
        # Every other day, with 8 and 14 March, on which the ward is closed, moved to 9 and 13 March.
        ((2, 4, 6, 9, 10, 12, 13), 2, False, 11, (12, 13, 15, 17)),
        # Twice weekly goes on with both of its days.
        ((2, 5, 9, 12), 7, True, 13, (16, 19)),
    ],
)
def test_the_rhythm_goes_on_after_its_last_day(
    days: tuple[int, ...], every_days: int, is_uneven: bool, after: int, kept: tuple[int, ...]
) -> None:
    slots = [
        Slot(
            number=number,
            phase=0,
            due_on=date(2026, 3, day),
            mg_per_kg=Decimal(150),
            every_days=every_days,
            is_uneven=is_uneven,
        )
        for number, day in enumerate(days, start=1)
    ]
    found = kept_days(slots, slots[-len(kept) :], date(2026, 3, after))
    assert tuple(day.day for day in found.values()) == kept
