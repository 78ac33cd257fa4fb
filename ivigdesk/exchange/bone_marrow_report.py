"""What an import from the table of children gives: patients, skipped rows, and what a person should know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ivigdesk.clinical.patients.patient import BloodGroup, DonorKind, Rhesus, Serostatus, Sex, TransplantKind
from ivigdesk.exchange.arff_table import ArffTable
from ivigdesk.messages import N_, Message, Record, message, plural_message

_DERIVED = (
    "donor_age_below_35", "recipient_age_below_10", "recipient_age_int", "disease_group", "gender_match", "ABO_match",
    "CMV_status", "CD3_to_CD34_ratio",
)  # fmt: skip
_OUTCOMES = (
    "ANC_recovery", "PLT_recovery", "acute_GvHD_II_III_IV", "acute_GvHD_III_IV", "time_to_acute_GvHD_III_IV",
    "extensive_chronic_GvHD", "relapse", "survival_time", "survival_status",
)  # fmt: skip


class ImportedPatient(Record, frozen=True):
    """One row as a patient; the fields are named as in `Patient`.

    Attributes:
        row: row of the table, from 1.
        line: line of the file, from 1.
        record_number: `BM-001` for row 1: the same row has the same number at every import.
        family_name, given_name: `Child` and the row's number; the table holds no names.
        birth_on: the import date minus the age.
        weight_g, weighed_on: both None where the table has no mass.
        diagnosis, stem_cell_source: the table's words, with spaces; empty where missing.
        donor_kind: `matched-unrelated` where the table says that the unrelated donor matches, else `unknown`.
    """

    row: int
    line: int
    record_number: str
    family_name: str
    given_name: str
    birth_on: date
    sex: Sex
    weight_g: int | None
    weighed_on: date | None
    blood_group: BloodGroup
    rhesus: Rhesus
    donor_blood_group: BloodGroup
    cmv: Serostatus
    donor_cmv: Serostatus
    diagnosis: str
    stem_cell_source: str
    transplant_kind: TransplantKind = "allogeneic"
    donor: str = "unrelated"
    donor_kind: DonorKind = "unknown"


class SkippedRow(Record, frozen=True):
    """A row that was not taken.

    Attributes:
        row: row of the table, from 1.
        line: line of the file, from 1.
        reason: value, and what is allowed.
    """

    row: int
    line: int
    reason: Message


class ImportReport(Record, frozen=True):
    """What an import would store, and everything that a person should know before.

    Attributes:
        rows: patients in the table's order.
        skipped: rows that were not taken, in the table's order.
        notes: what was taken, what was not and why, what is missing.
    """

    rows: tuple[ImportedPatient, ...]
    skipped: tuple[SkippedRow, ...]
    notes: tuple[Message, ...]


def notes(
    table: ArffTable, rows: Sequence[ImportedPatient], as_of: date, *, taken: tuple[str, ...]
) -> tuple[Message, ...]:
    """Return what a person should know before the rows are stored.

    Args:
        table: the whole table.
        rows: patients that can be taken.
        as_of: the day on which ages and masses are taken to be true.
        taken: columns that were read.
    """
    return (*_notes_on_rows(rows, as_of), *_notes_on_columns(table, taken), *_notes_on_gaps(rows))


def _notes_on_rows(rows: Sequence[ImportedPatient], as_of: date) -> Iterator[Message]:
    yield plural_message("{n} patient can be taken.", "{n} patients can be taken.", len(rows))
    yield message(
        N_("The table holds no names, record numbers or dates. Patients are named “Child” and the number of their row.")
    )
    yield message(
        N_(
            "Birth dates are {as_of} minus the age in the table; masses count as weighed on that day. "
            "The date of transplant stays empty."
        ),
        as_of=as_of,
    )
    yield message(N_("Every transplant of this table is allogeneic from an unrelated donor, as its description says."))


def _notes_on_columns(table: ArffTable, taken: tuple[str, ...]) -> Iterator[Message]:
    yield message(N_("Taken: {columns}."), columns=taken)
    others = [attribute.name for attribute in table.attributes if attribute.name not in taken]
    derived = tuple(name for name in others if name in _DERIVED)
    outcomes = tuple(name for name in others if name in _OUTCOMES)
    rest = tuple(name for name in others if name not in (*_DERIVED, *_OUTCOMES))
    if derived:
        yield message(N_("Not taken, because they follow from other columns: {columns}."), columns=derived)
    if outcomes:
        yield message(N_("Not taken, because they tell what came after the transplant: {columns}."), columns=outcomes)
    if rest:
        yield message(N_("Not taken, because a patient’s record has no place for them: {columns}."), columns=rest)


def _notes_on_gaps(rows: Sequence[ImportedPatient]) -> Iterator[Message]:
    numbers = tuple(row.record_number for row in rows if row.weight_g is None)
    if numbers:
        yield plural_message(
            "{n} patient has no body mass and cannot be planned before being weighed: {numbers}.",
            "{n} patients have no body mass and cannot be planned before being weighed: {numbers}.",
            len(numbers),
            numbers=numbers,
        )
    for name, values in (
        (message(N_("CMV of the recipient")), [row.cmv for row in rows]),
        (message(N_("CMV of the donor")), [row.donor_cmv for row in rows]),
    ):
        yield message(
            N_("{name}: {positive} positive, {negative} negative, {unknown} unknown."),
            name=name,
            positive=values.count("positive"),
            negative=values.count("negative"),
            unknown=values.count("unknown"),
        )
    mismatched = sum(row.donor_cmv == "positive" and row.cmv == "negative" for row in rows)
    yield message(N_("Donor positive, recipient negative: {count}."), count=mismatched)
    for name, missing in (
        (message(N_("Blood group unknown")), sum(row.blood_group == "unknown" for row in rows)),
        (message(N_("Rhesus factor unknown")), sum(row.rhesus == "unknown" for row in rows)),
    ):
        if missing:
            yield message(N_("{name}: {count}."), name=name, count=missing)
