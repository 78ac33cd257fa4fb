"""Is the file whole, and do its tables say what the journal says?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.store import driver, journal, schema
from ivigdesk.store.driver import Database
from ivigdesk.store.records import codec, courses, infusions, patients
from ivigdesk.store.records.questions import ask
from ivigdesk.store.records.rows import Row, Table

DERIVED = ("current_doses",)
COMPARED = schema.APPEND_ONLY + DERIVED
"""Tables that the journal must be able to make again, row by row."""

_WITH_COPIES: dict[str, Table[Any]] = {
    table.name: table for table in (patients.SETTINGS, courses.COURSES, courses.DOSES, infusions.SIDE_EFFECTS)
}
"""Tables with columns that hold a copy of a value as JSON."""


class CheckReport(Record, frozen=True):
    """What a check found.

    Attributes:
        problems: what is wrong; empty when the ward's file is sound.
        entries: number of journal entries.
        head: newest hash of the journal.
        counts: rows by table, in the order of the tables.
        sqlite, sqlcipher: versions that read the file.
    """

    problems: tuple[Message, ...]
    entries: int
    head: str
    counts: tuple[tuple[str, int], ...]
    sqlite: str
    sqlcipher: str

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check(db: Database, anchor: str = "") -> CheckReport:
    """Return whether file, references, journal and tables agree."""
    problems = [*file_problems(db), *reference_problems(db)]
    problems += journal.verify(journal.entries(lambda newest: journal.slice_after(db, newest)), anchor)
    if not problems:
        problems += table_problems(db)
    sqlite, sqlcipher = driver.versions(db.conn)
    counted = counts(db)
    return CheckReport(
        problems=tuple(problems),
        entries=dict(counted)["journal"],
        head=journal.head(db),
        counts=counted,
        sqlite=sqlite,
        sqlcipher=sqlcipher,
    )


def file_problems(db: Database) -> tuple[Message, ...]:
    """Return damage of pages and of the structure.

    The file is checkpointed first: SQLCipher's check reads it without the write-ahead log.
    """
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    found = [str(row[0]) for row in db.conn.execute("PRAGMA cipher_integrity_check").fetchall()]
    if not found:
        found = [str(row[0]) for row in db.conn.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]
    return tuple(message(N_("The file is damaged: {detail}."), detail=detail) for detail in found)


def reference_problems(db: Database) -> tuple[Message, ...]:
    """Return tables with rows that name something that is not there."""
    rows = db.conn.execute("PRAGMA foreign_key_check").fetchall()
    return tuple(
        message(N_("Table {table}: rows name something that is not there."), table=table)
        for table in sorted({str(row[0]) for row in rows})
    )


def table_problems(db: Database) -> tuple[Message, ...]:
    """Return tables that differ from what the journal makes of them."""
    connection = driver.connect(":memory:")
    try:
        again = driver.open_database(connection)
        schema.migrations.apply(again)
        journal.rebuild(journal.entries(lambda newest: journal.slice_after(db, newest)), again)
        different = [table for table in COMPARED if _is_different(db, again, table)]
    finally:
        connection.close()
    return tuple(message(N_("Table {table} does not say what the journal says."), table=table) for table in different)


def counts(db: Database) -> tuple[tuple[str, int], ...]:
    """Return the number of rows by table; a backup of an earlier program lacks the tables added since."""
    there = {row["name"] for row in ask(db, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    return tuple(
        (table, ask(db, f"SELECT count(*) AS n FROM {table}")[0]["n"])  # noqa: S608
        for table in COMPARED
        if table in there
    )


def _is_different(db: Database, again: Database, table: str) -> bool:
    if digest(db, table) == digest(again, table):
        return False
    copies = _WITH_COPIES.get(table)
    # An earlier program wrote its copies without the fields that were added since.
    return copies is None or digest(db, table, copies.as_written_now) != digest(again, table)


def digest(db: Database, table: str, read: Callable[[Row], Row] = dict) -> str:
    """Return a hash of all rows of a table, independent of the order in which they lie in the file.

    Args:
        db: an open file.
        table: name of the table.
        read: what is made of a row before it is compared.
    """
    lines = hashlib.sha256()
    keys = [row[0] for row in db.conn.execute("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", [table])]
    for row in db.query(f"SELECT * FROM {table} ORDER BY {', '.join(keys)}"):  # noqa: S608
        lines.update(_line(row, read).encode() + b"\n")
    return lines.hexdigest()


def _line(row: Row, read: Callable[[Row], Row]) -> str:
    try:
        return codec.canonical(read(row))
    except msgspec.ValidationError:  # a copy that nobody of us wrote
        return codec.canonical(row)
