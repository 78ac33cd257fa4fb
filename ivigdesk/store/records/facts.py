"""Laboratory values and clinical events: a correction is a new row, and what nothing replaced is in force."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.messages import Record
from ivigdesk.store.driver import Database
from ivigdesk.store.records.questions import ask, ask_one, write_once
from ivigdesk.store.records.rows import Table

R = TypeVar("R", bound=Record)

LAB_VALUES = Table(LabValue, "lab_values")
EVENTS = Table(ClinicalEvent, "clinical_events")


def write_lab_value(db: Database, value: LabValue, entry: int) -> bool:
    """Add a laboratory value, the correction of one, or its withdrawal."""
    _same_patient(db, LAB_VALUES, value.patient_id, value.replaces)
    return write_once(db, LAB_VALUES, value, entry)


def write_event(db: Database, event: ClinicalEvent, entry: int) -> bool:
    """Add an event, the correction of one, or its withdrawal."""
    _same_patient(db, EVENTS, event.patient_id, event.replaces)
    return write_once(db, EVENTS, event, entry)


def lab_values_of(db: Database, patient_id: UUID) -> tuple[LabValue, ...]:
    """Return the patient's current values, by date of the sample."""
    return _current(db, LAB_VALUES, patient_id, "taken_on")


def events_of(db: Database, patient_id: UUID) -> tuple[ClinicalEvent, ...]:
    """Return the patient's current events, by first day."""
    return _current(db, EVENTS, patient_id, '"on"')


def lab_value_history(db: Database, value_id: UUID) -> tuple[LabValue, ...]:
    """Return a value with all that it corrected, newest first."""
    return _history(db, LAB_VALUES, value_id)


def event_history(db: Database, event_id: UUID) -> tuple[ClinicalEvent, ...]:
    """Return an event with all that it corrected, newest first."""
    return _history(db, EVENTS, event_id)


def withdrawn_lab_values_of(db: Database, patient_id: UUID) -> tuple[LabValue, ...]:
    """Return the withdrawals of the patient's values that stand, by date of the sample."""
    return _current(db, LAB_VALUES, patient_id, "taken_on", is_withdrawn=True)


def withdrawn_events_of(db: Database, patient_id: UUID) -> tuple[ClinicalEvent, ...]:
    """Return the withdrawals of the patient's events that stand, by first day."""
    return _current(db, EVENTS, patient_id, '"on"', is_withdrawn=True)


def _same_patient(db: Database, table: Table[R], patient_id: UUID, replaces: UUID | None) -> None:
    """Refuse a correction that would make another patient's record disappear."""
    if replaces is None:
        return
    row = ask_one(db, f"SELECT patient_id FROM {table.name} WHERE id = ?", [str(replaces)])  # noqa: S608
    if row is None or row["patient_id"] != str(patient_id):
        raise ValueError(f"{table.name}: a correction names a record of another patient")


def _current(db: Database, table: Table[R], patient_id: UUID, day: str, *, is_withdrawn: bool = False) -> tuple[R, ...]:
    name = table.name
    rows = ask(
        db,
        f"""
        SELECT * FROM {name} WHERE patient_id = ? AND is_withdrawn = ?
        AND NOT EXISTS (SELECT 1 FROM {name} AS later WHERE later.replaces = {name}.id)
        ORDER BY {day}, at_utc, entry, id
        """,  # noqa: S608
        [str(patient_id), int(is_withdrawn)],
    )
    return tuple(map(table.from_row, rows))


def _history(db: Database, table: Table[R], record_id: UUID) -> tuple[R, ...]:
    name = table.name
    rows = ask(
        db,
        f"""
        WITH RECURSIVE chain (id, age) AS (
            SELECT ?, 0
            UNION
            SELECT {name}.replaces, age + 1 FROM {name} JOIN chain USING (id)
            WHERE {name}.replaces IS NOT NULL
        )
        SELECT {name}.* FROM {name} JOIN chain USING (id) ORDER BY age
        """,  # noqa: S608
        [str(record_id)],
    )
    return tuple(map(table.from_row, rows))
