"""What a source leaves open, what the prescriber picked, and the regimen with the picks made."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ivigdesk.messages import Record

Open = Literal["first_day", "last_day", "every_days", "doses", "mg_per_kg"]


class Choice(Record, frozen=True):
    """One pick of the prescriber.

    Attributes:
        phase: index of the phase, from 0.
        what: which of its values.
        value: the value picked, in the unit of the phase's key.
    """

    phase: int
    what: Open
    value: Decimal
