"""One thing that a nurse does: the changed records and one journal entry, all of it or none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from ivigdesk import __version__
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.messages import Record
from ivigdesk.store import driver, journal, refusals
from ivigdesk.store.driver import Database
from ivigdesk.store.records import codec, rows


class Change:
    """Records being changed together; made by `Ward.changing`."""

    def __init__(self, db: Database, sequence: int) -> None:
        self._db = db
        self._sequence = sequence
        self._records: list[Record] = []
        self._is_open = True

    def add(self, record: Record) -> None:
        """Add a record: a new one, the next version of a patient, nurse or settings, or a correction.

        What is stored already with the same content is left out, so that saving twice makes one row. Of an
        `Infusion` only the start is taken; checks, vials, rates, observations, side effects and the end are added on
        their own.

        Raises:
            KnownError: stored with other content, changed in the meantime, or a text cannot be stored.
            ValueError: the record breaks a rule of the tables: a bug of the caller.
        """
        if not self._is_open:
            raise ValueError("this change is over")
        if isinstance(record, Infusion):
            record = Infusion(
                id=record.id,
                dose_id=record.dose_id,
                started_at=record.started_at,
                nurse=record.nurse,
                at=record.at,
            )
        try:
            write = journal.WRITERS[type(record)]
        except KeyError:
            raise ValueError(f"a ward keeps no {type(record).__name__}") from None
        try:
            with self._db.atomic():
                if write(self._db, record, self._sequence):
                    self._records.append(record)
        except driver.IntegrityError as error:
            raise ValueError(f"the tables refuse this {type(record).__name__}: {error}") from error

    def close(self) -> tuple[Record, ...]:
        """Take no more records, and return those that were new."""
        self._is_open = False
        return tuple(self._records)


@contextlib.contextmanager
def changing(
    db: Database, path: Path, *, device: UUID, nurse: str, at: datetime, action: str, reason: str
) -> Iterator[Change]:
    """Give a `Change`; when the block ends well, everything added is on disk with one journal entry.

    Raises:
        KnownError: nobody is signed in, the disk refuses, or a record is refused: nothing was saved.
        ValueError: the time has no offset, or the action no name.
    """
    if not nurse.strip():
        raise refusals.no_nurse()
    if not action.strip():
        raise ValueError("a change needs the name of its action")
    rows.offset_minutes(at)
    for text in (nurse, action, reason):
        codec.checked_text(text)
    with _saying_not_saved(path):
        db.conn.execute("BEGIN IMMEDIATE")
    try:
        with _saying_not_saved(path):
            change = Change(db, journal.next_sequence(db))
            yield change
            records = change.close()
            if records:
                _append_entry(db, records, device=device, nurse=nurse, at=at, action=action, reason=reason)
            db.conn.execute("COMMIT")
    finally:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")


def checkpoint(db: Database, path: Path) -> bool:
    """Move what was saved from the log into the file, and return whether the disk is still to be trusted.

    The change is on disk before this. A checkpoint that finds no room is made up for by the next one: to say NOT
    saved now would make the nurse record the dose a second time.
    """
    try:
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except driver.Error as error:
        return not isinstance(refusals.of_driver(error, path, saving=True), refusals.DiskFault)
    return True


def _append_entry(
    db: Database,
    records: tuple[Record, ...],
    *,
    device: UUID,
    nurse: str,
    at: datetime,
    action: str,
    reason: str,
) -> None:
    entry = journal.JournalEntry(
        sequence=journal.next_sequence(db),
        device=device,
        nurse=nurse,
        at=at,
        action=action,
        reason=reason,
        records=journal.records_text(records),
        program=__version__,
        previous_hash=journal.head(db),
        hash="",
    )
    journal.append(db, msgspec.structs.replace(entry, hash=entry.computed_hash()))


@contextlib.contextmanager
def _saying_not_saved(path: Path) -> Iterator[None]:
    try:
        yield
    except driver.Error as error:
        known = refusals.of_driver(error, path, saving=True)
        if known is None:
            raise
        raise known from error
