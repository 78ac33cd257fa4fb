"""What a weight, height or IgG on the patient's own form is among the laboratory values: a new one or a correction."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical import library
from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.measurements import MEASURED, present
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.units import plain


def measured_values(desk: Desk, before: Patient | None, after: Patient, reason: str) -> tuple[LabValue, ...]:
    """Return the values that a form has changed or added, to be stored with the patient.

    A later day is a new measurement; the same day or an earlier one corrects what the form said before.

    Args:
        desk: where it is done.
        before: the patient as recorded; None for a new one.
        after: as the form says.
        reason: why the form was edited; may be empty.
    """
    found: list[LabValue] = []
    for test in MEASURED:
        told, day = present(after, test)
        old, old_day = (None, None) if before is None else present(before, test)
        if told is None or (told, day) == (old, old_day):
            continue
        day = day or after.weighed_on or today(desk.clock)  # a height has no day of its own on the form
        value = new_value(after, test, told, day, nurse=desk.must_have_nurse(), at=desk.clock.now())
        wrong = _told_before(desk, after, test, old, day)
        if wrong is not None:
            value = msgspec.structs.replace(value, replaces=wrong.id, reason=reason)
        found.append(value)
    return tuple(found)


def new_value(patient: Patient, test: LabTest, value: Decimal, taken_on: date, *, nurse: str, at: datetime) -> LabValue:
    """Return a value in the test's own unit as a record."""
    unit = library.lab_rules().test(test).unit
    return LabValue(
        id=uuid4(),
        patient_id=patient.id,
        test=test,
        value=value,
        unit=unit,
        taken_on=taken_on,
        entered_value=plain(value),
        entered_unit=unit,
        nurse=nurse,
        at=at,
    )


def _told_before(desk: Desk, patient: Patient, test: LabTest, old: Decimal | None, day: date) -> LabValue | None:
    """Return the value that the form showed, when the new one is not a later measurement."""
    shown = [
        value
        for value in desk.ward.lab_values_of(patient.id)
        if value.test == test and value.value == old and value.taken_on >= day
    ]
    return shown[-1] if shown else None
