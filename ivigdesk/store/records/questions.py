"""Asking the tables, and adding a row to them: what every room of records needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeVar
from uuid import UUID

from ivigdesk.messages import Record
from ivigdesk.store import refusals
from ivigdesk.store.driver import Database
from ivigdesk.store.records import codec
from ivigdesk.store.records.rows import Row, Table

R = TypeVar("R", bound=Record)


def ask(db: Database, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
    """Return the rows that answer a question."""
    return list(db.query(sql, parameters))


def ask_one(db: Database, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Row | None:
    """Return the only row, or None."""
    rows = ask(db, sql, parameters)
    return rows[0] if rows else None


def listed(ids: Iterable[UUID | str]) -> str:
    """Return ids as one parameter, for `IN (SELECT value FROM json_each(?))`."""
    return codec.canonical([str(each) for each in ids])


def insert(db: Database, table: str, row: Row) -> None:
    """Add one row; the names are ours, the values are parameters."""
    columns = ", ".join(f'"{column}"' for column in row)  # one is called “on”
    places = ", ".join(f":{column}" for column in row)
    db.conn.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", row)  # noqa: S608


def write_once(db: Database, table: Table[R], record: R, entry: int) -> bool:
    """Add a record that is never changed. Return False when it is stored already, so that saving twice is safe.

    Raises:
        KnownError: it is stored with other content, or what it corrects was corrected in the meantime.
    """
    stored = ask_one(db, f"SELECT * FROM {table.name} WHERE id = ?", [str(record.id)])  # type: ignore[attr-defined] # noqa: S608
    if stored is not None:
        if table.is_same(record, stored):
            return False
        raise refusals.saved_otherwise(*signature(db, stored["entry"]))
    replaces: UUID | None = getattr(record, "replaces", None)
    if replaces is not None:
        later = ask_one(db, f"SELECT entry FROM {table.name} WHERE replaces = ?", [str(replaces)])  # noqa: S608
        if later is not None:
            raise refusals.changed_meanwhile(*signature(db, later["entry"]))
    insert(db, table.name, {**table.to_row(record), "entry": entry})
    return True


def write_version(db: Database, table: Table[R], record: R, entry: int) -> bool:
    """Add a record's next version. Return False when the current one says the same."""
    current = ask_one(
        db,
        f"SELECT * FROM {table.name} WHERE id = ? ORDER BY version DESC LIMIT 1",  # noqa: S608
        [str(record.id)],  # type: ignore[attr-defined]
    )
    if current is not None and table.is_same(record, current):
        return False
    version = 1 if current is None else current["version"] + 1
    insert(db, table.name, {**table.to_row(record), "version": version, "entry": entry})
    return True


def signature(db: Database, entry: int) -> tuple[str, datetime]:
    """Return who made a journal entry, and when; for an entry still being written, nobody."""
    row = ask_one(db, "SELECT nurse, at_utc, at_offset_minutes FROM journal WHERE sequence = ?", [entry])
    if row is None:
        raise ValueError("one change holds the same record twice with different content")
    zone = timezone(timedelta(minutes=row["at_offset_minutes"]))
    return row["nurse"], datetime.fromisoformat(row["at_utc"]).replace(tzinfo=UTC).astimezone(zone)
