"""A weight, a height or an IgG level: read as typed, and which of several recorded ones is the present one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from ivigdesk.clinical.laboratory.lab_reading import read_lab_value
from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.units import centimetres, kilograms, to_thousandths

_MM_PER_CM = 10

MEASURED: tuple[LabTest, ...] = ("weight", "height", "igg")
"""Tests whose newest value stands in the patient's own record."""


def read_weight(text: str) -> int:
    """Return the typed kilograms as grams; `1.5` and `1,5` are both one and a half.

    Raises:
        UserMistake: no plain number, or not a weight that anybody has.
    """
    return to_thousandths(read_lab_value("weight", text, field="weight").value)


def read_height(text: str) -> int:
    """Return the typed centimetres as millimetres.

    Raises:
        UserMistake: no plain number, metres instead of centimetres, or not a height that anybody has.
    """
    return in_millimetres(read_lab_value("height", text, field="height").value)


def read_igg(text: str) -> Decimal:
    """Return the typed IgG level in g/L.

    Raises:
        UserMistake: no plain number, mg/dL instead of g/L, or not a level that anybody has.
    """
    return read_lab_value("igg", text, field="igg").value


def in_millimetres(height_cm: Decimal) -> int:
    """Return centimetres as whole millimetres, half up."""
    return int((height_cm * _MM_PER_CM).to_integral_value("ROUND_HALF_UP"))


def present(patient: Patient, test: LabTest) -> tuple[Decimal | None, date | None]:
    """Return what the patient's own record says of a measured test, in the test's unit, and its day.

    A height has no day there.
    """
    match test:
        case "weight":
            return (None if patient.weight_g is None else kilograms(patient.weight_g)), patient.weighed_on
        case "height":
            return (None if patient.height_mm is None else centimetres(patient.height_mm)), None
        case "igg":
            return patient.igg_g_per_l, patient.igg_on
    raise ValueError(f"{test} does not stand in the patient's record")


def with_present(patient: Patient, test: LabTest, values: Iterable[LabValue], gone: LabValue | None = None) -> Patient:
    """Return the patient with the newest value of a test as the present one.

    Args:
        patient: as recorded.
        test: which test; one that is not in the patient's record changes nothing.
        values: the patient's current values of every test, after what was just recorded.
        gone: the value that was just corrected or withdrawn; None for a new one.
    """
    if test not in MEASURED:
        return patient
    # Of two values of one moment the last one counts: it was recorded last.
    of_test = sorted((value for value in values if value.test == test), key=lambda value: (value.taken_on, value.at))
    newest = of_test[-1] if of_test else None
    told, day = present(patient, test)
    # SAFETY: a dose must not be computed from a weight that was found to be wrong.
    is_wrong = gone is not None and _same(test, told, gone.value) and day in (None, gone.taken_on)
    if newest is None:
        return _told(patient, test, None, None) if is_wrong else patient
    if is_wrong or day is None or newest.taken_on >= day:
        return _told(patient, test, newest.value, newest.taken_on)
    return patient


def _same(test: LabTest, told: Decimal | None, value: Decimal) -> bool:
    if told is None:
        return False
    return told == (centimetres(in_millimetres(value)) if test == "height" else value)


def _told(patient: Patient, test: LabTest, value: Decimal | None, day: date | None) -> Patient:
    match test:
        case "weight":
            grams = None if value is None else to_thousandths(value)
            return msgspec.structs.replace(patient, weight_g=grams, weighed_on=day)
        case "height":
            return msgspec.structs.replace(patient, height_mm=None if value is None else in_millimetres(value))
        case _:
            return msgspec.structs.replace(patient, igg_g_per_l=value, igg_on=day)
