"""The grams of a course: ordered, rounded to vials, given, wasted, still to come, and against an approval."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from ivigdesk.clinical.courses.status import LEFT_OUT, CourseView, DoseStatus, DoseView
from ivigdesk.clinical.doses.dosing import RoundedDose
from ivigdesk.messages import Record


class LedgerRow(Record, frozen=True):
    """The grams of one dose, in milligrams. A dose that is omitted, ceased or entered in error has none.

    Attributes:
        number, due_on, status: which dose, and where it stands.
        ordered_mg: dose per kilogram times dosing weight, before rounding, to 0.001 mg.
        rounded_mg: planned, as it can be drawn from the vials.
        given_mg: what the patient got.
        wasted_mg: what was opened and thrown away.
        to_come_mg: still to be given; 0 once the dose is settled.
        to_open_mg: what the vials still to be opened hold: `to_come_mg` with what will stay in the last vial.
    """

    number: int
    due_on: date
    status: DoseStatus
    ordered_mg: Decimal
    rounded_mg: int
    given_mg: int = 0
    wasted_mg: int = 0
    to_come_mg: int = 0
    to_open_mg: int = 0


class Ledger(Record, frozen=True):
    """The grams of a course, in milligrams; every sum is the sum of its rows.

    Attributes:
        rows: one per dose, ascending by number.
        approved_mg: what somebody approved for the whole course; None without an approval.
    """

    rows: tuple[LedgerRow, ...]
    approved_mg: int | None

    @property
    def ordered_mg(self) -> Decimal:
        """Ordered, before rounding."""
        return sum((row.ordered_mg for row in self.rows), Decimal(0))

    @property
    def rounded_mg(self) -> int:
        """Planned after rounding."""
        return sum(row.rounded_mg for row in self.rows)

    @property
    def given_mg(self) -> int:
        """Given so far."""
        return sum(row.given_mg for row in self.rows)

    @property
    def wasted_mg(self) -> int:
        """Opened and thrown away so far."""
        return sum(row.wasted_mg for row in self.rows)

    @property
    def to_come_mg(self) -> int:
        """Still to be given."""
        return sum(row.to_come_mg for row in self.rows)

    @property
    def used_mg(self) -> int:
        """Taken from stock so far: given and wasted."""
        return self.given_mg + self.wasted_mg

    @property
    def expected_mg(self) -> int:
        """What the whole course takes from stock: used, and the vials still to be opened."""
        return self.used_mg + sum(row.to_open_mg for row in self.rows)

    @property
    def left_mg(self) -> int | None:
        """What the approval leaves when the course is over, negative when it is exceeded; None without one."""
        return None if self.approved_mg is None else self.approved_mg - self.expected_mg

    @property
    def is_exceeded(self) -> bool:
        """Whether the course takes more from stock than was approved."""
        return self.left_mg is not None and self.left_mg < 0


def ledger_of(view: CourseView) -> Ledger:
    """Return the grams of a course as it stands."""
    return Ledger(rows=tuple(_row(one) for one in view.doses), approved_mg=view.course.approved_mg)


def from_stock_mg(amounts: Iterable[RoundedDose]) -> int:
    """Return what doses take from stock: what is given, and what stays in the last vials."""
    return sum(amount.dose_mg + amount.discard_mg for amount in amounts)


def _row(one: DoseView) -> LedgerRow:
    dose, infusion = one.dose, one.infusion
    if one.status in LEFT_OUT:
        return LedgerRow(number=dose.number, due_on=dose.due_on, status=one.status, ordered_mg=Decimal(0), rounded_mg=0)
    end = None if infusion is None else infusion.end
    is_to_come = end is None  # a running dose is not given before it has ended
    return LedgerRow(
        number=dose.number,
        due_on=dose.due_on,
        status=one.status,
        ordered_mg=dose.exact_mg,
        rounded_mg=dose.planned_dose_mg,
        given_mg=0 if end is None else end.given_dose_mg,
        wasted_mg=0 if end is None else end.discarded_mg,
        to_come_mg=dose.planned_dose_mg if is_to_come else 0,
        to_open_mg=dose.planned_dose_mg + dose.discard_mg if is_to_come else 0,
    )
