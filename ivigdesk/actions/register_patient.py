"""Register a patient, correct what is known, weigh."""

from __future__ import annotations

from uuid import UUID

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patient_form import PatientForm as PatientForm  # the register page takes the form from this room
from ivigdesk.actions.patient_form import Refused as Refused
from ivigdesk.actions.patient_form import form_of as form_of
from ivigdesk.actions.read_patient import must_be_past, read_patient
from ivigdesk.actions.words import read_date
from ivigdesk.clinical.measurements import read_weight
from ivigdesk.clinical.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, message


def register_patient(desk: Desk, form: PatientForm) -> Patient:
    """Store a new patient.

    Raises:
        Refused: with every mistake of the form.
    """
    return _store(desk, read_patient(desk, form), "patient registered", "")


def edit_patient(desk: Desk, form: PatientForm, reason: str = "") -> Patient:
    """Store a new version of a patient; earlier versions stay in the journal.

    Raises:
        Refused: with every mistake of the form.
        KnownError: the patient is not known.
    """
    if desk.ward.patient(form.id) is None:
        raise KnownError(message(N_("This patient is not in the ward's file. Nothing was saved.")))
    return _store(desk, read_patient(desk, form), "patient edited", reason)


def weigh_patient(desk: Desk, patient_id: UUID, weight: str, weighed_on: str = "t") -> Patient:
    """Store a new weight (kilograms as typed) with its date.

    Raises:
        UserMistake: the weight or its date cannot be taken.
        KnownError: the patient is not known.
    """
    known = desk.ward.patient(patient_id)
    if known is None:
        raise KnownError(message(N_("This patient is not in the ward's file. Nothing was saved.")))
    name = message(N_("Weighed on"))
    day = read_date(weighed_on, field="weighed_on", name=name, base=today(desk.clock))
    must_be_past(day, "weighed_on", name, today(desk.clock))
    if day < known.birth_on:
        raise UserMistake(
            "weighed_on",
            message(
                N_("{name}: {value} is before the birth date {birth}."),
                name=name,
                value=day,
                birth=known.birth_on,
            ),
        )
    weighed = msgspec.structs.replace(known, weight_g=read_weight(weight), weighed_on=day)
    return _store(desk, weighed, "patient weighed", "")


def mistakes_of(desk: Desk, form: PatientForm) -> tuple[UserMistake, ...]:
    """Return what cannot be taken of the form, in its order; empty when it could be stored."""
    try:
        read_patient(desk, form)
    except Refused as refused:
        return refused.mistakes
    return ()


def _store(desk: Desk, patient: Patient, action: str, reason: str) -> Patient:
    with desk.ward.changing(nurse=desk.must_have_nurse(), at=desk.clock.now(), action=action, reason=reason) as change:
        change.add(patient)
    return patient
