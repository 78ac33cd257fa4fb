"""What is recorded beside a dose: before its start, by the clock, and for the doses after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from ivigdesk.clinical.infusions.follow_up import FollowUp
from ivigdesk.clinical.infusions.preparation import DoseTime, KnownCode, Medication, PreparedCheck, PreparedVial
from ivigdesk.messages import Record
from ivigdesk.store.driver import Database
from ivigdesk.store.records.questions import ask, ask_one, insert, listed, write_once
from ivigdesk.store.records.rows import Table

R = TypeVar("R", bound=Record)

CHECKS = Table(PreparedCheck, "prepared_checks")
VIALS = Table(PreparedVial, "prepared_vials")
MEDICATIONS = Table(Medication, "medications")
TIMES = Table(DoseTime, "dose_times")
CODES = Table(KnownCode, "known_codes")
FOLLOW_UPS = Table(FollowUp, "follow_ups")


def write_prepared_check(db: Database, check: PreparedCheck, entry: int) -> bool:
    """Add a line ticked before the start, or take one back."""
    return _write(db, CHECKS, check, entry)


def write_prepared_vial(db: Database, vial: PreparedVial, entry: int) -> bool:
    """Add a vial made ready, correct one, or take one back."""
    return _write(db, VIALS, vial, entry)


def write_medication(db: Database, medication: Medication, entry: int) -> bool:
    """Add a drug or fluid, correct one, or take one back."""
    return _write(db, MEDICATIONS, medication, entry)


def write_dose_time(db: Database, time: DoseTime, entry: int) -> bool:
    """Add the planned clock time of a dose, or the next plan."""
    return _write(db, TIMES, time, entry)


def write_follow_up(db: Database, follow_up: FollowUp, entry: int) -> bool:
    """Add a decision about later doses, correct one, or take one back."""
    return _write(db, FOLLOW_UPS, follow_up, entry)


def write_known_code(db: Database, code: KnownCode, entry: int) -> bool:
    """Add what a product code means; the newest word about a code holds."""
    row = ask_one(db, "SELECT * FROM known_codes WHERE gtin = ? ORDER BY version DESC LIMIT 1", [code.gtin])
    if row is not None and CODES.is_same(code, row):
        return False
    newest = ask_one(db, "SELECT max(version) AS version FROM known_codes", [])
    version = ((newest or {}).get("version") or 0) + 1
    insert(db, "known_codes", {"version": version, **CODES.to_row(code), "entry": entry})
    return True


def prepared_checks(db: Database, dose_ids: Iterable[UUID]) -> tuple[PreparedCheck, ...]:
    """Return the lines ticked for these doses before their start, by time."""
    return _current(db, CHECKS, "dose_id", dose_ids)


def prepared_vials(db: Database, dose_ids: Iterable[UUID]) -> tuple[PreparedVial, ...]:
    """Return the vials made ready for these doses, by time."""
    return _current(db, VIALS, "dose_id", dose_ids)


def medications(db: Database, dose_ids: Iterable[UUID]) -> tuple[Medication, ...]:
    """Return the drugs and fluids given beside these doses, by the time of recording."""
    return _current(db, MEDICATIONS, "dose_id", dose_ids)


def dose_times(db: Database, dose_ids: Iterable[UUID]) -> dict[UUID, DoseTime]:
    """Return the planned clock time of those doses that have one, by dose."""
    return {time.dose_id: time for time in _current(db, TIMES, "dose_id", dose_ids)}


def follow_ups(db: Database, course_ids: Iterable[UUID]) -> tuple[FollowUp, ...]:
    """Return the decisions in force about later doses of these courses, by time."""
    return _current(db, FOLLOW_UPS, "course_id", course_ids)


def known_code(db: Database, gtin: str) -> KnownCode | None:
    """Return what the ward knows of a product code."""
    row = ask_one(db, "SELECT * FROM known_codes WHERE gtin = ? ORDER BY version DESC LIMIT 1", [gtin])
    return None if row is None else CODES.from_row(row)


def _write(db: Database, table: Table[R], record: R, entry: int) -> bool:
    """Add a record beside a dose.

    Raises:
        ValueError: a correction names a record of another dose: it would make that dose's record disappear.
    """
    replaces: UUID | None = getattr(record, "replaces", None)
    if replaces is not None:
        row = ask_one(db, f"SELECT dose_id FROM {table.name} WHERE id = ?", [str(replaces)])  # noqa: S608
        if row is None or row["dose_id"] != str(record.dose_id):  # type: ignore[attr-defined]
            raise ValueError(f"{table.name}: a correction names a record of another dose")
    return write_once(db, table, record, entry)


def _current(db: Database, table: Table[R], column: str, ids: Iterable[UUID]) -> tuple[R, ...]:
    name = table.name
    withdrawn = "AND is_withdrawn = 0" if "is_withdrawn" in table.columns else ""
    rows = ask(
        db,
        f"""
        SELECT * FROM {name} WHERE {column} IN (SELECT value FROM json_each(?)) {withdrawn}
        AND NOT EXISTS (SELECT 1 FROM {name} AS later WHERE later.replaces = {name}.id)
        ORDER BY at_utc, entry, rowid
        """,  # noqa: S608
        [listed(ids)],
    )
    return tuple(map(table.from_row, rows))
