"""What the calendar shows at one moment: days, where the keyboard stands, what is chosen, what is carried."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from ivigdesk.clinical.courses.status import DoseStatus

if TYPE_CHECKING:
    from ivigdesk.actions.ward.ward_calendar import CalendarDay, CalendarDose

# What still has to be done comes first: a cell of the month has room for few.
_RANK: dict[DoseStatus, int] = {"overdue": 0, "running": 1, "due": 2, "held": 3, "planned": 4}
_SETTLED = 5
_LEFT_OUT = 6


class Carried(msgspec.Struct, frozen=True):
    """A dose that is on its way to another day; nothing is changed while it is carried.

    Attributes:
        dose: which.
        target: the day that it would go to; None while the pointer is on no day.
        at: where the pointer is, in pixels of the board; None while the keyboard carries it.
    """

    dose: CalendarDose
    target: date | None
    at: tuple[int, int] | None = None

    @property
    def is_moved(self) -> bool:
        """Whether letting go here would ask for a change."""
        return self.target is not None and self.target != self.dose.day


class Wish(msgspec.Struct, frozen=True):
    """A dose and the day that it is asked to go to.

    Attributes:
        dose: which.
        to: the day; None where it is still to be said.
        reach: how far the move goes at first; empty for the verb's own.
    """

    dose: CalendarDose
    to: date | None = None
    reach: Literal["", "this"] = ""


@dataclass
class Scene:
    """What the board paints and the keyboard walks through.

    Attributes:
        first, last: the weeks that are shown, Monday to Sunday.
        inside: the month or week itself; days outside it are pale.
        today: gets a ring; None for none.
        cursor: the day on which the keyboard stands.
        chosen: the dose that is chosen; None while days are walked through.
        carried: the dose that is on its way; None for none.
        has_focus: whether the keyboard is here.
    """

    first: date = date(2000, 1, 3)
    last: date = date(2000, 1, 9)
    inside: tuple[date, date] = (date(2000, 1, 3), date(2000, 1, 9))
    today: date | None = None
    cursor: date = date(2000, 1, 3)
    chosen: CalendarDose | None = None
    carried: Carried | None = None
    has_focus: bool = False
    days: dict[date, CalendarDay] = field(default_factory=dict)
    _ordered: dict[date, tuple[CalendarDose, ...]] = field(default_factory=dict)

    def show_days(self, days: dict[date, CalendarDay]) -> None:
        """Show other days."""
        self.days = days
        self._ordered = {}

    @property
    def weeks(self) -> int:
        """How many weeks are shown."""
        return ((self.last - self.first).days + 1) // 7

    def all_days(self) -> tuple[date, ...]:
        """Return every day that is shown, ascending."""
        return tuple(self.first + timedelta(days=step) for step in range(self.weeks * 7))

    def has(self, day: date) -> bool:
        """Whether a day is shown."""
        return self.first <= day <= self.last

    def day(self, day: date) -> CalendarDay | None:
        """Return what is known of a day."""
        return self.days.get(day)

    def doses(self, day: date) -> tuple[CalendarDose, ...]:
        """Return the doses of a day, what still has to be done first, each by bed."""
        if day not in self._ordered:
            known = self.days.get(day)
            self._ordered[day] = tuple(sorted(known.doses, key=_place)) if known is not None else ()
        return self._ordered[day]

    def dose_of_course(self, dose: CalendarDose, day: date) -> CalendarDose | None:
        """Return another dose of the same course on `day`; None when there is none, or it does not take place."""
        for other in self.doses(day):
            if other.course_id == dose.course_id and other.dose_id != dose.dose_id and other.counts:
                return other
        return None

    def find(self, dose: CalendarDose) -> CalendarDose | None:
        """Return the dose as it stands in the days that are shown; None when it is on none of them."""
        for day in self.days:
            for other in self.doses(day):
                if other.dose_id == dose.dose_id:
                    return other
        return None


def _place(dose: CalendarDose) -> tuple[int, str, str, int]:
    rank = _RANK.get(dose.status, _SETTLED if dose.counts else _LEFT_OUT)
    return rank, dose.bed, dose.patient_name, dose.number
