"""The tables of a ward's file, as the migrations that make them: never edited once released, only added to.

Clinical tables and the journal take new rows only. `current_doses` and `patient_search` are the exception: both are
derived, and can be made again from the other tables.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivigdesk.store.driver import Database, Migrations
from ivigdesk.store.migrating import guarded
from ivigdesk.store.schema import (
    first_courses,
    first_infusions,
    first_ward,
    fourth_infusion_day,
    second_patient_facts,
    third_changes,
)

APPLICATION_ID = 0x49564947
"""`IVIG`: how a file says that it is a ward."""

SCHEMA = 4
"""Number of the newest migration; a file carries its own in `user_version`."""

_FIRST = (
    "journal",
    "patients",
    "patient_versions",
    "nurse_versions",
    "ward_settings",
    "courses",
    "revisions",
    "doses",
    "revision_doses",
    "infusions",
    "checks",
    "vials",
    "rate_changes",
    "observations",
    "side_effects",
    "infusion_ends",
)
_SECOND = ("lab_values", "clinical_events")
_FOURTH = ("prepared_checks", "prepared_vials", "medications", "dose_times", "known_codes", "follow_ups")
APPEND_ONLY = _FIRST + _SECOND + _FOURTH
"""Tables whose rows are never changed or deleted."""

migrations = Migrations("ivigdesk")


def _append_only(tables: Iterable[str]) -> str:
    """Return triggers that refuse to change or delete a row of these tables."""
    return "".join(
        f"CREATE TRIGGER {table}_never_{verb.lower()} BEFORE {verb} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END;\n"
        for table in tables
        for verb in ("UPDATE", "DELETE")
    )


@migrations()
@guarded()
def m0001_first_tables(db: Database) -> None:
    """Patients, courses, infusions and the journal."""
    db.executescript(first_ward.TABLES + first_courses.TABLES + first_infusions.TABLES + _append_only(_FIRST))
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.conn.execute("PRAGMA user_version = 1")


@migrations()
@guarded()
def m0002_patient_facts(db: Database) -> None:
    """Laboratory values and clinical events; conditions, criteria and approvals beside what there was."""
    db.executescript(second_patient_facts.COLUMNS + second_patient_facts.TABLES + _append_only(_SECOND))
    db.conn.execute("PRAGMA user_version = 2")


@migrations()
@guarded()
def m0003_changes(db: Database) -> None:
    """What was done to a calendar, products and errors of single doses, holidays and the load of a day."""
    db.executescript(third_changes.COLUMNS)
    db.conn.execute("PRAGMA user_version = 3")


@migrations()
@guarded()
def m0004_infusion_day(db: Database) -> None:
    """What is recorded before the start and beside a dose, and what a side effect means for later doses."""
    db.executescript(fourth_infusion_day.COLUMNS + fourth_infusion_day.TABLES + _append_only(_FOURTH))
    db.conn.execute("PRAGMA user_version = 4")
