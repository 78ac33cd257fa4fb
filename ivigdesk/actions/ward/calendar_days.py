"""What the ward's calendar is made of: doses, days with their load, the whole span, and what may be asked of it."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from ivigdesk.actions.ward.public_holidays import Holiday
from ivigdesk.clinical.courses.status import DoseStatus
from ivigdesk.messages import Message, Record, Text

MAY_MOVE: tuple[DoseStatus, ...] = ("planned", "due", "overdue", "held")
"""SAFETY: where a dose stands that still waits; all others never move."""

COUNTED: tuple[DoseStatus, ...] = (*MAY_MOVE, "running", "given", "partly given")
"""Where a dose stands that takes place on its day, or took place."""


class CalendarDose(Record, frozen=True):
    """One dose in the calendar of the ward.

    Attributes:
        dose_id, course_id, patient_id: UUIDs.
        number: of the dose; `doses_in_all` is the highest of the course that is not left out.
        patient_name, bed, record_number: as known now.
        regimen_id, regimen_title: of the course.
        product_id, product_title: what it is given from, by its short title.
        status: where it stands today.
        day: the day on which it was begun, else the one that it is planned for.
        due_on: the day that it is planned for.
        transplant_day: of `day`; None without a transplant date.
        planned_dose_mg: milligrams.
        minutes: whole minutes that its rate card takes, a part of one as a whole.
        may_move: whether it still waits.
    """

    dose_id: UUID
    course_id: UUID
    patient_id: UUID
    number: int
    doses_in_all: int
    patient_name: str
    bed: str
    record_number: str
    regimen_id: str
    regimen_title: Text
    product_id: str
    product_title: Text
    status: DoseStatus
    day: date
    due_on: date
    transplant_day: int | None
    planned_dose_mg: int
    minutes: int
    may_move: bool

    @property
    def counts(self) -> bool:
        """Whether its infusion takes place on its day, or took place."""
        return self.status in COUNTED


class CalendarDay(Record, frozen=True):
    """One day of the ward.

    SAFETY: the load is that of the whole ward. A filter hides doses; it never makes a full day look free.

    Attributes:
        day: the date.
        doses: those that the filters let through, by bed, name and number.
        hidden: number of doses that the filters hide.
        count, total_mg, minutes: doses that take place, their milligrams, and the minutes of their rate cards.
        is_open: whether the ward gives doses on it.
        holiday: public holiday, or day worked in place of one; None for neither.
        is_over: whether the load is more than the ward can give in a day.
        over_words: what is too much, worded; None unless it is over.
    """

    day: date
    doses: tuple[CalendarDose, ...]
    hidden: int
    count: int
    total_mg: int
    minutes: int
    is_open: bool
    holiday: Holiday | None
    is_over: bool
    over_words: Message | None


class CalendarSpan(Record, frozen=True):
    """Days of the ward, one after the other.

    Attributes:
        first, last: both included.
        days: one per day, ascending.
        regimens, products: id and title of those that occur in the span, whatever the filters hide, by id.
    """

    first: date
    last: date
    days: tuple[CalendarDay, ...]
    regimens: tuple[tuple[str, Text], ...] = ()
    products: tuple[tuple[str, Text], ...] = ()

    def day(self, day: date) -> CalendarDay:
        """Return one day.

        Raises:
            KeyError: it lies outside the span.
        """
        if not self.first <= day <= self.last:
            raise KeyError(day)
        return self.days[(day - self.first).days]


class Filters(Record, frozen=True):
    """Which doses are shown; what is empty lets everything through.

    Attributes:
        patient_text: words of name, pinyin, initials, record number or bed; all must occur.
        regimen_id, product_id: ids.
        status: where a dose stands.
    """

    patient_text: str = ""
    regimen_id: str = ""
    product_id: str = ""
    status: DoseStatus | Literal[""] = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is shown."""
        return self == Filters()

    def lets_through(self, dose: CalendarDose) -> bool:
        """Whether a dose is shown, as far as it does not depend on the patient's name."""
        return (
            self.regimen_id in ("", dose.regimen_id)
            and self.product_id in ("", dose.product_id)
            and self.status in ("", dose.status)
        )


class Offer(Record, frozen=True):
    """A day that a dose of an overfull day could go to. It proposes; the nurse decides.

    Attributes:
        dose: as it stands.
        to: an open day, within the dose's tolerance, that stays within what the ward can give.
        count, minutes: load of that day when the dose were there.
    """

    dose: CalendarDose
    to: date
    count: int
    minutes: int

    @property
    def moved_days(self) -> int:
        """Days from the old date to the new, negative for earlier."""
        return (self.to - self.dose.due_on).days
