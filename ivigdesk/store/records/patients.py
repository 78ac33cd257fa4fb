"""Patients, nurses and the ward's settings: each edit is a new version, the highest one is in force."""

from __future__ import annotations

from uuid import UUID

from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import Nurse, WardSettings
from ivigdesk.store import refusals
from ivigdesk.store.driver import Database
from ivigdesk.store.records.questions import ask, ask_one, insert, listed, write_version
from ivigdesk.store.records.rows import Table
from ivigdesk.store.records.search import find_words, search_words

PATIENTS = Table(Patient, "patient_versions")
NURSES = Table(Nurse, "nurse_versions")
SETTINGS = Table(WardSettings, "ward_settings")

_BY_NAME = "ORDER BY family_name COLLATE NOCASE, given_name COLLATE NOCASE, record_number"


def write_patient(db: Database, patient: Patient, entry: int) -> bool:
    """Add the patient's next version; False when it is the current one already."""
    other = patient_by_number(db, patient.record_number)
    if other is not None and other.id != patient.id:
        raise refusals.number_taken(patient.record_number)
    if ask_one(db, "SELECT 1 FROM patients WHERE id = ?", [str(patient.id)]) is None:
        insert(db, "patients", {"id": str(patient.id), "entry": entry})
    if not write_version(db, PATIENTS, patient, entry):
        return False
    db.conn.execute(
        "INSERT INTO patient_search (id, words) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET words = excluded.words",
        [str(patient.id), search_words(patient)],
    )
    return True


def all_patients(db: Database) -> tuple[Patient, ...]:
    """Return every patient as known now, by name."""
    rows = ask(db, f"SELECT * FROM current_patients {_BY_NAME}")  # noqa: S608
    return tuple(PATIENTS.from_row(row) for row in rows)


def patients_by_ids(db: Database, ids: set[UUID]) -> dict[UUID, Patient]:
    """Return the patients with these ids."""
    rows = ask(db, "SELECT * FROM current_patients WHERE id IN (SELECT value FROM json_each(?))", [listed(ids)])
    return {patient.id: patient for patient in map(PATIENTS.from_row, rows)}


def patient(db: Database, patient_id: UUID) -> Patient | None:
    """Return the patient with this id."""
    return patients_by_ids(db, {patient_id}).get(patient_id)


def patient_by_number(db: Database, record_number: str) -> Patient | None:
    """Return the patient who has this record number now."""
    row = ask_one(
        db,
        """
        SELECT * FROM patient_versions AS seen
        WHERE record_number = ? AND version = (SELECT max(version) FROM patient_versions WHERE id = seen.id)
        """,
        [record_number],
    )
    return None if row is None else PATIENTS.from_row(row)


def find_patients(db: Database, text: str, limit: int) -> tuple[Patient, ...]:
    """Return patients in whose name, pinyin, initials, record number or bed every word of `text` occurs."""
    words = find_words(text)
    conditions = " AND ".join(["words LIKE ? ESCAPE '\\'"] * len(words)) or "1"
    rows = ask(
        db,
        f"SELECT * FROM current_patients WHERE id IN (SELECT id FROM patient_search WHERE {conditions})"  # noqa: S608
        f" {_BY_NAME} LIMIT ?",
        [*words, limit],
    )
    return tuple(PATIENTS.from_row(row) for row in rows)


def write_nurse(db: Database, nurse: Nurse, entry: int) -> bool:
    """Add the nurse's next version; False when it is the current one already."""
    if any(other.name == nurse.name and other.id != nurse.id for other in nurses(db)):
        raise refusals.name_taken(nurse.name)
    return write_version(db, NURSES, nurse, entry)


def nurses(db: Database) -> tuple[Nurse, ...]:
    """Return everybody who may sign in, by name."""
    return tuple(map(NURSES.from_row, ask(db, "SELECT * FROM current_nurses ORDER BY name")))


def write_settings(db: Database, settings: WardSettings, entry: int) -> bool:
    """Add the next version of the settings; False when it is the current one already."""
    row = ask_one(db, "SELECT * FROM ward_settings ORDER BY version DESC LIMIT 1")
    if row is not None and SETTINGS.is_same(settings, row):
        return False
    version = 1 if row is None else row["version"] + 1
    insert(db, "ward_settings", {"version": version, **SETTINGS.to_row(settings), "entry": entry})
    return True


def settings(db: Database) -> WardSettings | None:
    """Return what the ward has chosen; None before anything was."""
    row = ask_one(db, "SELECT * FROM ward_settings ORDER BY version DESC LIMIT 1")
    return None if row is None else SETTINGS.from_row(row)
