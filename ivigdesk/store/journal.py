"""The journal: what was done, by whom, with every record as it was then. It is the truth; the tables follow from it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from ivigdesk.clinical.courses.course import Course, Revision
from ivigdesk.clinical.infusions.follow_up import FollowUp
from ivigdesk.clinical.infusions.infusion import (
    Check,
    Infusion,
    InfusionEnd,
    Observation,
    RateChange,
    SideEffect,
    VialUsed,
)
from ivigdesk.clinical.infusions.preparation import DoseTime, KnownCode, Medication, PreparedCheck, PreparedVial
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import Nurse, WardSettings
from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.store.driver import Database
from ivigdesk.store.records import beside, codec, courses, facts, infusions, patients
from ivigdesk.store.records.questions import ask, ask_one, insert
from ivigdesk.store.records.rows import Row, Table

_SLICE = 200  # entries read at a time

Writer = Callable[[Database, Any, int], bool]

WRITERS: dict[type[Record], Writer] = {
    Patient: patients.write_patient,
    Nurse: patients.write_nurse,
    WardSettings: patients.write_settings,
    Course: courses.write_course,
    Revision: courses.write_revision,
    Infusion: infusions.write_infusion,
    Check: infusions.write_check,
    VialUsed: infusions.write_vial,
    RateChange: infusions.write_rate_change,
    Observation: infusions.write_observation,
    SideEffect: infusions.write_side_effect,
    InfusionEnd: infusions.write_end,
    LabValue: facts.write_lab_value,
    ClinicalEvent: facts.write_event,
    PreparedCheck: beside.write_prepared_check,
    PreparedVial: beside.write_prepared_vial,
    Medication: beside.write_medication,
    DoseTime: beside.write_dose_time,
    KnownCode: beside.write_known_code,
    FollowUp: beside.write_follow_up,
}
"""Every kind of record that the store keeps, with the function that adds one."""

_KINDS = {kind.__name__: kind for kind in WRITERS}


class JournalEntry(Record, frozen=True):
    """One thing that a nurse did.

    Attributes:
        sequence: 1 for the first of this file.
        device: the file that the entry was first written to.
        nurse, at: who, and the wall time.
        action: what was done.
        reason: why; may be empty.
        records: canonical JSON of every record as it was then, each with its kind.
        program: version that wrote it.
        previous_hash: hash of the entry before; empty for the first.
        hash: SHA-256 of all the above, hexadecimal.
    """

    sequence: int
    device: UUID
    nurse: str
    at: datetime
    action: str
    reason: str
    records: str
    program: str
    previous_hash: str
    hash: str

    def changes(self) -> tuple[Record, ...]:
        """Return the records."""
        plain: list[dict[str, Any]] = codec.decode(self.records, list[dict[str, Any]])
        return tuple(codec.from_plain(each["record"], _KINDS[each["kind"]]) for each in plain)

    def computed_hash(self) -> str:
        """Return what `hash` must be for this content."""
        content = {name: getattr(self, name) for name in self.__struct_fields__ if name != "hash"}
        text = codec.canonical({**content, "device": str(self.device), "at": self.at.isoformat()})
        return hashlib.sha256(text.encode()).hexdigest()


JOURNAL = Table(JournalEntry, "journal")


def records_text(records: Iterable[Record]) -> str:
    """Return records as the journal keeps them."""
    return codec.canonical([{"kind": type(record).__name__, "record": codec.to_plain(record)} for record in records])


def next_sequence(db: Database) -> int:
    """Return the number of the entry to be written next."""
    row = ask_one(db, "SELECT max(sequence) AS newest FROM journal")
    return 1 if row is None or row["newest"] is None else row["newest"] + 1


def head(db: Database) -> str:
    """Return the newest hash; empty when nothing was ever done."""
    row = ask_one(db, "SELECT hash FROM journal ORDER BY sequence DESC LIMIT 1")
    return "" if row is None else str(row["hash"])


def append(db: Database, entry: JournalEntry) -> None:
    """Write an entry."""
    insert(db, "journal", JOURNAL.to_row(entry))


def entries(read: Callable[[int], list[Row]]) -> Iterator[JournalEntry]:
    """Return every entry in order, reading a slice at a time so that saving never waits long.

    Args:
        read: asks for the slice after a sequence number; see `slice_after`.
    """
    newest = 0
    while rows := read(newest):
        for row in rows:
            yield JOURNAL.from_row(row)
        newest = rows[-1]["sequence"]


def slice_after(db: Database, sequence: int) -> list[Row]:
    """Return some entries after `sequence`, ascending; empty at the end."""
    return ask(db, "SELECT * FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?", [sequence, _SLICE])


def verify(entries: Iterable[JournalEntry], anchor: str = "") -> tuple[Message, ...]:
    """Return what is wrong with a journal; empty when it is whole.

    Args:
        entries: in order.
        anchor: a hash that was kept in a backup, or its first digits as printed on a sheet (`9F3A 77C1`): its entry
            must still be there. Without one, a journal whose end was cut off, or that was rewritten from some entry
            on, cannot be told from a whole one.
    """
    problems: list[Message] = []
    digits = anchor.replace(" ", "").lower()
    previous, sequence, anchored = "", 0, not digits
    for entry in entries:
        if entry.sequence != sequence + 1:
            problems.append(message(N_("Journal: entries are missing before number {number}."), number=entry.sequence))
        if entry.previous_hash != previous:
            problems.append(
                message(N_("Journal: entry {number} does not follow the one before it."), number=entry.sequence)
            )
        if entry.hash != entry.computed_hash():
            problems.append(message(N_("Journal: entry {number} was altered."), number=entry.sequence))
        anchored = anchored or entry.hash.startswith(digits)
        previous, sequence = entry.hash, entry.sequence
    if not anchored:
        problems.append(
            message(N_("Journal: the entry {hash} is not there: the end was cut off or rewritten."), hash=anchor)
        )
    return tuple(problems)


def rebuild(entries: Iterable[JournalEntry], db: Database) -> None:
    """Fill the empty tables of `db` from the journal alone."""
    for entry in entries:
        db.conn.execute("BEGIN IMMEDIATE")
        for record in entry.changes():
            WRITERS[type(record)](db, record, entry.sequence)
        append(db, entry)
        db.conn.execute("COMMIT")
