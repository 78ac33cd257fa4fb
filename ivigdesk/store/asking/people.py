"""Questions about patients, what is known of them, and the ward itself."""

from __future__ import annotations

from uuid import UUID

from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import Nurse, WardSettings
from ivigdesk.store.asking.questions import Questions
from ivigdesk.store.records import facts, patients


class AskedOfPeople(Questions):
    """Patients, nurses, settings, laboratory values, clinical events."""

    def patients(self) -> tuple[Patient, ...]:
        """Return every patient as known now, by name."""
        return self.ask(patients.all_patients)

    def find_patients(self, text: str, limit: int = 200) -> tuple[Patient, ...]:
        """Return patients found by name, pinyin, initials, record number or bed, by name; all for a blank text."""
        return self.ask(patients.find_patients, text, limit)

    def patient(self, patient_id: UUID) -> Patient | None:
        """Return the patient with this id."""
        return self.ask(patients.patient, patient_id)

    def patient_by_number(self, record_number: str) -> Patient | None:
        """Return the patient who has this record number now."""
        return self.ask(patients.patient_by_number, record_number)

    def nurses(self) -> tuple[Nurse, ...]:
        """Return everybody who may sign in, by name."""
        return self.ask(patients.nurses)

    def settings(self) -> WardSettings | None:
        """Return what the ward has chosen; None before anything was."""
        return self.ask(patients.settings)

    def lab_values_of(self, patient_id: UUID) -> tuple[LabValue, ...]:
        """Return the patient's current laboratory values, by date of the sample."""
        return self.ask(facts.lab_values_of, patient_id)

    def events_of(self, patient_id: UUID) -> tuple[ClinicalEvent, ...]:
        """Return the patient's current clinical events, by first day."""
        return self.ask(facts.events_of, patient_id)

    def lab_value_history(self, value_id: UUID) -> tuple[LabValue, ...]:
        """Return a laboratory value with all that it corrected, newest first."""
        return self.ask(facts.lab_value_history, value_id)

    def event_history(self, event_id: UUID) -> tuple[ClinicalEvent, ...]:
        """Return a clinical event with all that it corrected, newest first."""
        return self.ask(facts.event_history, event_id)

    def withdrawn_lab_values_of(self, patient_id: UUID) -> tuple[LabValue, ...]:
        """Return the withdrawals of the patient's laboratory values, by date of the sample."""
        return self.ask(facts.withdrawn_lab_values_of, patient_id)

    def withdrawn_events_of(self, patient_id: UUID) -> tuple[ClinicalEvent, ...]:
        """Return the withdrawals of the patient's clinical events, by first day."""
        return self.ask(facts.withdrawn_events_of, patient_id)
