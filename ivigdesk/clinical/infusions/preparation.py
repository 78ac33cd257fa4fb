"""What is recorded for a dose before its pump starts: checks, vials, drugs, and the time that it is planned for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ivigdesk.messages import Record

MedicationKind = Literal["premedication", "hydration", "treatment"]


class PreparedCheck(Record, frozen=True):
    """One line of the checklist, ticked or left open with a reason, before the start.

    Attributes:
        id: UUID.
        dose_id: the dose.
        item: code of the line, e.g. `two-identifiers`.
        nurse, at: who ticked it, and when.
        reason: why a critical line was left open; empty for a line that was done.
        replaces: the record that this one corrects or takes back; None for a new one.
        is_withdrawn: the tick that `replaces` names was taken back, and nothing takes its place.
    """

    id: UUID
    dose_id: UUID
    item: str
    nurse: str
    at: datetime
    reason: str = ""
    replaces: UUID | None = None
    is_withdrawn: bool = False


class PreparedVial(Record, frozen=True):
    """One container made ready for a dose before the start.

    Attributes:
        id: UUID; the vial keeps it when it is hung.
        dose_id: the dose.
        product_id, mg, lot, expires_on, serial: as for a vial that was hung.
        nurse, at: who made it ready, and when.
        replaces, is_withdrawn: as for a check.
    """

    id: UUID
    dose_id: UUID
    product_id: str
    mg: int
    lot: str
    expires_on: date
    nurse: str
    at: datetime
    serial: str = ""
    replaces: UUID | None = None
    is_withdrawn: bool = False


class Medication(Record, frozen=True):
    """A drug or a fluid given beside a dose.

    Attributes:
        id: UUID.
        dose_id: the dose.
        kind: before the start (`premedication`, `hydration`) or against a reaction (`treatment`).
        what, amount, route: words, such as `paracetamol`, `1 g`, `by mouth`; amount and route may be empty.
        given_at: when the patient got it.
        nurse, at: who recorded it, and when.
        replaces, is_withdrawn: as for a check.
        reason: why it was corrected or taken back; may be empty for a new one.
    """

    id: UUID
    dose_id: UUID
    kind: MedicationKind
    what: str
    given_at: datetime
    nurse: str
    at: datetime
    amount: str = ""
    route: str = ""
    replaces: UUID | None = None
    is_withdrawn: bool = False
    reason: str = ""


class DoseTime(Record, frozen=True):
    """The clock time at which a dose is planned to start on its day.

    Attributes:
        id: UUID.
        dose_id: the dose.
        starts_at: `09:30`; empty when the time was taken back.
        nurse, at: who planned it, and when.
        replaces: the earlier plan; None for the first.
    """

    id: UUID
    dose_id: UUID
    starts_at: str
    nurse: str
    at: datetime
    replaces: UUID | None = None


class KnownCode(Record, frozen=True):
    """What the ward has learnt of a product code on a vial.

    Attributes:
        gtin: 14 digits.
        product_id: brand.
        mg: immunoglobulin of the container, milligrams.
        nurse, at: who said so, and when.
    """

    gtin: str
    product_id: str
    mg: int
    nurse: str
    at: datetime
