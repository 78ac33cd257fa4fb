"""Take in a file of patients: all that can be taken in one transaction, with a report of what was not and why."""

from __future__ import annotations

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.words import read_date
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake, reason_of
from ivigdesk.exchange.arff import read_arff
from ivigdesk.exchange.bone_marrow import patients_from_arff
from ivigdesk.exchange.bone_marrow_report import ImportedPatient
from ivigdesk.messages import N_, Message, Record, message

MOST_BYTES = 20_000_000


class Skipped(Record, frozen=True):
    """A row that was not taken.

    Attributes:
        row: line of data in the file, from 1.
        line: line of the file, from 1.
        reason: why not.
    """

    row: int
    line: int
    reason: Message


class Taken(Record, frozen=True):
    """What an import did, or would do.

    Attributes:
        patients: taken, in the order of the file.
        skipped: not taken.
        notes: what was understood, and what the file does not hold.
    """

    patients: tuple[Patient, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[Message, ...]


def import_patients(desk: Desk, file: Path, *, as_of: str = "t", dry_run: bool = False) -> Taken:
    """Take in the patients of an ARFF file.

    The same row of the same file is the same patient: taking a file twice registers nobody twice.

    Args:
        file: the file.
        as_of: date at which the ages in the file are true; `t` is today.
        dry_run: report only; store nothing.

    Raises:
        UserMistake: the date cannot be taken, or lies in the future.
        KnownError: the file cannot be read or understood; nothing was stored.
    """
    now = today(desk.clock)
    day = read_date(as_of, field="as_of", name=message(N_("As of")), base=now)
    if day > now:
        raise UserMistake(
            "as_of",
            message(
                N_("{name}: {value} is in the future. Allowed: up to today."), name=message(N_("As of")), value=day
            ),
        )
    report = patients_from_arff(read_arff(_content(file)), as_of=day)
    patients: list[Patient] = []
    skipped = [Skipped(row=one.row, line=one.line, reason=one.reason) for one in report.skipped]
    for row in report.rows:
        known = desk.ward.patient_by_number(row.record_number)
        if known is not None:
            reason = message(N_("record number {number} is in the ward's file already"), number=row.record_number)
            skipped.append(Skipped(row=row.row, line=row.line, reason=reason))
        else:
            patients.append(_patient(row, day.isoformat()))
    if patients and not dry_run:
        with desk.ward.changing(
            nurse=desk.must_have_nurse(), at=desk.clock.now(), action="patients imported", reason=file.name
        ) as change:
            for patient in patients:
                change.add(patient)
    return Taken(
        patients=tuple(patients),
        skipped=tuple(sorted(skipped, key=lambda one: one.row)),
        notes=report.notes,
    )


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise KnownError(
                message(
                    N_("“{file}” is larger than {most} MB. Nothing was imported."),
                    file=file.name,
                    most=MOST_BYTES // 1_000_000,
                )
            )
        return file.read_bytes()
    except OSError as error:
        raise KnownError(
            message(N_("“{file}” cannot be read: {why}."), file=file.name, why=reason_of(error))
        ) from error


def _patient(row: ImportedPatient, as_of: str) -> Patient:
    # A stable id: the same row read again names the same patient.
    patient_id = uuid5(NAMESPACE_URL, f"ivigdesk:bone-marrow:{as_of}:{row.record_number}")
    fields = msgspec.structs.asdict(row)
    return Patient(id=patient_id, **{name: fields[name] for name in fields if name not in ("row", "line")})
