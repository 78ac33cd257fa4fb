"""Record a laboratory value or a measurement, correct one, withdraw one that was entered in error."""

from __future__ import annotations

from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import known_patient
from ivigdesk.actions.patients.dated_facts import (
    chosen,
    correction_reason,
    must_be_known,
    not_after_death,
    read_past_day,
    saved_already,
    withdrawal_of,
)
from ivigdesk.actions.words import one_line
from ivigdesk.clinical import library
from ivigdesk.clinical.laboratory.lab_reading import read_lab_value
from ivigdesk.clinical.laboratory.troughs import label_of
from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.measurements import with_present
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, Record, message

_LONGEST_VALUE = 40


class LabForm(Record, frozen=True):
    """A laboratory value as typed.

    Attributes:
        patient_id: whose.
        test: one of the words of `LabTest`.
        value: number; of a test with a limit of detection also `<137`.
        unit: as the laboratory reported it; empty for the test's own.
        taken_on: date of the sample; `t` is today.
        id: made when the form opens, so that saving twice makes one value.
        replaces: the value that this one corrects.
        reason: why; needed for a correction.
    """

    patient_id: UUID
    test: str
    value: str
    unit: str = ""
    taken_on: str = "t"
    id: UUID = msgspec.field(default_factory=uuid4)
    replaces: UUID | None = None
    reason: str = ""


def record(desk: Desk, form: LabForm) -> LabValue:
    """Store a laboratory value, or the correction of one.

    A weight, a height or an IgG that is the newest becomes the patient's present one, in the same transaction.

    Raises:
        UserMistake: unknown test or unit, a value that nobody has, a day that cannot be, a missing reason.
        KnownError: the patient or the corrected value is not known, or somebody corrected it in the meantime.
    """
    patient = known_patient(desk, form.patient_id)
    value = _read(desk, form, patient)
    stored = saved_already(value, desk.ward.lab_value_history(form.id))
    if stored is not None:
        return stored
    gone = _corrected(desk, form, value.test)
    _store(desk, patient, value, gone, "laboratory value corrected" if gone else "laboratory value recorded")
    return value


def withdraw(desk: Desk, lab_id: UUID, patient_id: UUID, reason: str) -> LabValue:
    """Store that a value was entered in error and nothing takes its place; it stays in the history.

    Raises:
        UserMistake: the reason is missing.
        KnownError: the value is not known, or somebody corrected it in the meantime.
    """
    patient = known_patient(desk, patient_id)
    gone = must_be_known(desk.ward.lab_value_history(lab_id), patient_id, _VALUE)
    withdrawal = withdrawal_of(desk, gone, reason)
    _store(desk, patient, withdrawal, gone, "laboratory value withdrawn")
    return withdrawal


def lab_values(desk: Desk, patient_id: UUID) -> tuple[LabValue, ...]:
    """Return the patient's current values, by date of the sample."""
    return desk.ward.lab_values_of(patient_id)


def history(desk: Desk, lab_id: UUID) -> tuple[LabValue, ...]:
    """Return a value with all that it corrected, newest first."""
    return desk.ward.lab_value_history(lab_id)


def withdrawn(desk: Desk, patient_id: UUID) -> tuple[LabValue, ...]:
    """Return the withdrawals of the patient's values, by date of the sample."""
    return desk.ward.withdrawn_lab_values_of(patient_id)


_VALUE = message(N_("Laboratory value"))
_TAKEN_ON: Message = message(N_("Date of the sample"))


def _read(desk: Desk, form: LabForm, patient: Patient) -> LabValue:
    test: LabTest = chosen(LabTest, form.test, field="test", name=message(N_("Test")))
    reading = read_lab_value(test, form.value, form.unit)
    day = read_past_day(desk, form.taken_on, field="taken_on", name=_TAKEN_ON, birth_on=patient.birth_on)
    not_after_death(desk, patient, day, field="taken_on", name=_TAKEN_ON)
    return LabValue(
        id=form.id,
        patient_id=patient.id,
        test=test,
        value=reading.value,
        unit=reading.unit,
        taken_on=day,
        entered_value=one_line(form.value, field="value", name=_VALUE, most=_LONGEST_VALUE),
        entered_unit=form.unit.strip() or library.lab_rules().test(test).unit,
        nurse=desk.must_have_nurse(),
        at=desk.clock.now(),
        is_below=reading.is_below,
        replaces=form.replaces,
        reason=correction_reason(form.reason, is_needed=form.replaces is not None),
    )


def _corrected(desk: Desk, form: LabForm, test: LabTest) -> LabValue | None:
    if form.replaces is None:
        return None
    gone = must_be_known(desk.ward.lab_value_history(form.replaces), form.patient_id, _VALUE)
    if gone.test != test:
        raise UserMistake(
            "test",
            message(
                N_("Test: a value of {old} cannot become one of {new}. Withdraw it and enter another."),
                old=library.lab_rules().test(gone.test).title,
                new=library.lab_rules().test(test).title,
            ),
        )
    return gone


def _store(desk: Desk, patient: Patient, value: LabValue, gone: LabValue | None, action: str) -> None:
    current = [one for one in desk.ward.lab_values_of(patient.id) if gone is None or one.id != gone.id]
    if not value.is_withdrawn:
        current.append(value)
    if value.test == "igg":
        current = _own_levels(desk, patient, current)
    with desk.ward.changing(nurse=value.nurse, at=value.at, action=action, reason=value.reason) as change:
        change.add(value)
        change.add(with_present(patient, value.test, current, gone))


def _own_levels(desk: Desk, patient: Patient, values: list[LabValue]) -> list[LabValue]:
    """Return the IgG levels that may stand as the patient's own.

    SAFETY: one measured on treatment is partly infused IgG, and must not become the level before treatment (T13).
    """
    courses = desk.ward.courses_of(patient.id)
    given = [infusion.started_at.date() for course in courses for infusion in desk.ward.infusions_of_course(course.id)]
    now = today(desk.clock)
    to_come = [
        dose.due_on
        for course in courses
        for dose in course.doses
        if dose.state in ("planned", "held") and dose.due_on >= now
    ]
    return [value for value in values if value.test == "igg" and label_of(value.taken_on, (*given, *to_come)).is_own]
