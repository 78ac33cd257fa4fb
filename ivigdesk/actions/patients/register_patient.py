"""Register a patient, correct what is known, weigh."""

from __future__ import annotations

from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.dated_facts import read_past_day
from ivigdesk.actions.patients.measured_values import measured_values, new_value
from ivigdesk.actions.patients.patient_form import (
    PatientForm as PatientForm,  # the register page takes the form from this room
)
from ivigdesk.actions.patients.patient_form import Refused as Refused
from ivigdesk.actions.patients.patient_form import form_of as form_of
from ivigdesk.actions.patients.read_patient import read_patient
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.measurements import read_weight, with_present
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.units import kilograms


def register_patient(desk: Desk, form: PatientForm) -> Patient:
    """Store a new patient.

    Raises:
        Refused: with every mistake of the form.
    """
    patient = read_patient(desk, form)
    values = measured_values(desk, desk.ward.patient(form.id), patient, "")
    return _store(desk, patient, "patient registered", "", values)


def edit_patient(desk: Desk, form: PatientForm, reason: str = "") -> Patient:
    """Store a new version of a patient; earlier versions stay in the journal.

    Raises:
        Refused: with every mistake of the form.
        KnownError: the patient is not known.
    """
    known = desk.ward.patient(form.id)
    if known is None:
        raise KnownError(message(N_("This patient is not in the ward's file. Nothing was saved.")))
    patient = read_patient(desk, form)
    return _store(desk, patient, "patient edited", reason, measured_values(desk, known, patient, reason))


def weigh_patient(desk: Desk, patient_id: UUID, weight: str, weighed_on: str = "t") -> Patient:
    """Store a new weight (kilograms as typed) with its date; the newest is the patient's present one.

    Raises:
        UserMistake: the weight or its date cannot be taken.
        KnownError: the patient is not known.
    """
    known = desk.ward.patient(patient_id)
    if known is None:
        raise KnownError(message(N_("This patient is not in the ward's file. Nothing was saved.")))
    name = message(N_("Weighed on"))
    day = read_past_day(desk, weighed_on, field="weighed_on", name=name, birth_on=known.birth_on)
    weight_kg = kilograms(read_weight(weight))
    values = desk.ward.lab_values_of(patient_id)
    if any(value.test == "weight" and (value.value, value.taken_on) == (weight_kg, day) for value in values):
        return known  # saved twice
    value = new_value(known, "weight", weight_kg, day, nurse=desk.must_have_nurse(), at=desk.clock.now())
    return _store(desk, with_present(known, "weight", (*values, value)), "patient weighed", "", (value,))


def mistakes_of(desk: Desk, form: PatientForm) -> tuple[UserMistake, ...]:
    """Return what cannot be taken of the form, in its order; empty when it could be stored."""
    try:
        read_patient(desk, form)
    except Refused as refused:
        return refused.mistakes
    return ()


def _store(desk: Desk, patient: Patient, action: str, reason: str, values: tuple[LabValue, ...]) -> Patient:
    with desk.ward.changing(nurse=desk.must_have_nurse(), at=desk.clock.now(), action=action, reason=reason) as change:
        change.add(patient)
        for value in values:
            change.add(value)
    return patient
