"""Laboratory values and measurements of a patient: what they are, with date and unit."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal, get_args
from uuid import UUID

from ivigdesk.messages import Record

LabTest = Literal[
    "igg",
    "creatinine",
    "egfr",
    "haemoglobin",
    "platelets",
    "neutrophils",
    "total-protein",
    "cmv-pcr",
    "weight",
    "height",
]

LAB_TESTS: tuple[LabTest, ...] = get_args(LabTest)


class LabValue(Record, frozen=True):
    """One value of one test. A wrong one is replaced by another row, or withdrawn; nothing is overwritten.

    Attributes:
        id: UUID, made when the form opens.
        patient_id: whose.
        test: which test.
        value: in the test's own unit (`resources/laboratory/tests.toml`), exact.
        unit: that unit; for CMV PCR the laboratory's, because copies and IU do not convert.
        taken_on: date of the sample.
        entered_value, entered_unit: as typed, before conversion.
        is_below: True for “below the limit of detection”, which is `value`.
        nurse, at: who recorded it, and when.
        replaces: id of the value that this one corrects; None for a new one.
        is_withdrawn: True when the corrected value was entered in error and nothing takes its place.
        reason: why it was corrected or withdrawn; empty for a new one.
    """

    id: UUID
    patient_id: UUID
    test: LabTest
    value: Decimal
    unit: str
    taken_on: date
    entered_value: str
    entered_unit: str
    nurse: str
    at: datetime
    is_below: bool = False
    replaces: UUID | None = None
    is_withdrawn: bool = False
    reason: str = ""
