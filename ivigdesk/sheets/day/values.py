"""Everything that the ward's day list prints, handed to it as one value."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.messages import Message, Record, Text
from ivigdesk.sheets.values import Printing

EntryGroup = Literal["overdue", "running", "due", "held", "done"]


class DayOrder(Record, frozen=True):
    """What is given before a dose because of an earlier reaction.

    Attributes:
        name: premedication or hydration.
        detail: which drug or fluid, as it was decided.
        from_at, to_at: between which times it is due; None where no start is known.
    """

    name: Text
    detail: str
    from_at: datetime | None = None
    to_at: datetime | None = None


class DayEntry(Record, frozen=True):
    """One dose of the list.

    Attributes:
        group: where it stands.
        patient, dose, product, doses_in_all: whose, which, from what, and of how many.
        starts_at, ends_at: as recorded, planned or proposed; None where nobody knows.
        is_proposed: whether the program proposed the time.
        overdue_days: since it was due.
        last_reaction: the latest side effect of an earlier dose, with that dose's number.
        missing: what is missing before it, or in its record, the weightiest first.
        tests: what is drawn before it.
        orders: premedication and hydration.
        infusion: its record; None before the start.
        effects: side effects of this dose.
    """

    group: EntryGroup
    patient: Patient
    dose: Dose
    product: Text
    doses_in_all: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_proposed: bool = False
    overdue_days: int = 0
    last_reaction: tuple[int, SideEffect] | None = None
    missing: tuple[Message, ...] = ()
    tests: tuple[Message, ...] = ()
    orders: tuple[DayOrder, ...] = ()
    infusion: Infusion | None = None
    effects: tuple[SideEffect, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether it is still to be given on this day."""
        return self.group in ("overdue", "running", "due")


class DayMoved(Record, frozen=True):
    """A dose that was moved on this day, from one date to another; the reason may be empty."""

    patient: Patient
    number: int
    from_on: date
    to_on: date
    reason: str
    nurse: str


class DayUnsigned(Record, frozen=True):
    """A record of the day before that is not complete."""

    patient: Patient
    number: int
    missing: tuple[Message, ...]


class DaySheet(Record, frozen=True):
    """The printed list of one day.

    Attributes:
        ward, printing: where; who, when.
        day: which day.
        entries: by group, then date, bed and name.
        tomorrow: what is due on the next day, in the same order.
        moved: doses that were moved on this day.
        unsigned: open records of the day before.
        nurse_minutes: what the day asks of the nurses, as estimated.
    """

    ward: WardSettings
    printing: Printing
    day: date
    entries: tuple[DayEntry, ...]
    tomorrow: tuple[DayEntry, ...] = ()
    moved: tuple[DayMoved, ...] = ()
    unsigned: tuple[DayUnsigned, ...] = ()
    nurse_minutes: int = 0
