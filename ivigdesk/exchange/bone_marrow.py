"""Takes patients from the public table of children after bone-marrow transplantation (UCI, CC BY 4.0)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TypeVar

from ivigdesk.clinical import library
from ivigdesk.clinical.patient import BloodGroup, Rhesus, Serostatus, Sex, TransplantKind
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.exchange.arff import ArffRow, ArffTable, AttributeKind, Cell
from ivigdesk.messages import N_, Amount, Message, Record, message, plural_message
from ivigdesk.units import plain, to_thousandths

OLDEST_YEARS = Decimal(120)
"""Oldest age that is believed."""

DAYS_PER_YEAR = Decimal("365.25")
"""An age in years is turned into whole days with this, rounded down."""

EARLIEST_YEAR = 1900
"""An import date before this year is a slip."""

_COLUMNS: dict[str, AttributeKind] = {
    "recipient_age": "numeric",
    "recipient_gender": "nominal",
    "recipient_body_mass": "numeric",
    "recipient_ABO": "nominal",
    "recipient_rh": "nominal",
    "donor_ABO": "nominal",
    "recipient_CMV": "nominal",
    "donor_CMV": "nominal",
    "disease": "nominal",
    "stem_cell_source": "nominal",
}
_DERIVED = (
    "donor_age_below_35", "recipient_age_below_10", "recipient_age_int", "disease_group", "gender_match", "ABO_match",
    "CMV_status", "CD3_to_CD34_ratio",
)  # fmt: skip
_OUTCOMES = (
    "ANC_recovery", "PLT_recovery", "acute_GvHD_II_III_IV", "acute_GvHD_III_IV", "time_to_acute_GvHD_III_IV",
    "extensive_chronic_GvHD", "relapse", "survival_time", "survival_status",
)  # fmt: skip

_SEX: dict[str, Sex] = {"female": "female", "male": "male"}
_GROUP: dict[str, BloodGroup] = {"0": "O", "O": "O", "A": "A", "B": "B", "AB": "AB"}
_RHESUS: dict[str, Rhesus] = {"plus": "positive", "minus": "negative"}
_CMV: dict[str, Serostatus] = {"present": "positive", "absent": "negative"}
_WORDS: dict[str, tuple[str, ...]] = {
    "recipient_gender": tuple(_SEX),
    "recipient_ABO": tuple(_GROUP),
    "donor_ABO": tuple(_GROUP),
    "recipient_rh": tuple(_RHESUS),
    "recipient_CMV": tuple(_CMV),
    "donor_CMV": tuple(_CMV),
}
_T = TypeVar("_T", bound=str)


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


def patients_from_arff(table: ArffTable, *, as_of: date) -> ImportReport:
    """Return the table's rows as patients; nothing is invented, a value that is missing stays missing.

    Args:
        table: with the columns of the public table.
        as_of: the day on which the ages and masses are taken to be true.

    Raises:
        KnownError: a column that is needed is missing or of another kind.
        UserMistake: the import date cannot be used.
    """
    if as_of.year < EARLIEST_YEAR:
        raise UserMistake(
            "as_of",
            message(N_("Import date: {value} is before the year {least}."), value=as_of, least=str(EARLIEST_YEAR)),
        )
    _check_columns(table)
    rows: list[ImportedPatient] = []
    skipped: list[SkippedRow] = []
    for number, row in enumerate(table.rows, start=1):
        reason = _reason_to_skip(table, row)
        if reason is None:
            rows.append(_patient(table, row, number, as_of))
        else:
            skipped.append(SkippedRow(row=number, line=row.line, reason=reason))
    return ImportReport(rows=tuple(rows), skipped=tuple(skipped), notes=tuple(_notes(table, rows, as_of)))


def _check_columns(table: ArffTable) -> None:
    """Refuse a table whose columns do not mean what this import takes them for."""
    kinds = {attribute.name: attribute.kind for attribute in table.attributes}
    for name, kind in _COLUMNS.items():
        if name not in kinds:
            raise KnownError(
                message(
                    N_("The table has no column “{column}”. Needed: {needed}. Nothing was taken."),
                    column=name,
                    needed=tuple(_COLUMNS),
                )
            )
        if kinds[name] != kind:
            raise KnownError(
                message(
                    N_("Column “{column}” is {found}; it must be {needed}. Nothing was taken."),
                    column=name,
                    found=kinds[name],
                    needed=kind,
                )
            )
    for name, words in _WORDS.items():
        for value in table.attribute(name).values:
            # SAFETY: a word that is not understood must not become "unknown" in silence.
            if value not in words:
                raise KnownError(
                    message(
                        N_("Column “{column}” has the value “{value}”. Allowed: {allowed}. Nothing was taken."),
                        column=name,
                        value=value,
                        allowed=words,
                    )
                )


def _reason_to_skip(table: ArffTable, row: ArffRow) -> Message | None:
    age = _number(table, row, "recipient_age")
    if age is None:
        return message(N_("The age is missing: there would be no birth date."))
    if not 0 <= age <= OLDEST_YEARS:
        return message(
            N_("Age {value} cannot be used. Allowed: 0 to {most} years."), value=plain(age), most=OLDEST_YEARS
        )
    mass = _number(table, row, "recipient_body_mass")
    span = library.limits().weight_kg
    if mass is not None and not span.least <= mass <= span.most:
        return message(
            N_("Body mass {value} cannot be used. Allowed: {least} to {most} kg."),
            value=Amount(value=plain(mass), unit="kg"),
            least=span.least,
            most=span.most,
        )
    return None


def _patient(table: ArffTable, row: ArffRow, number: int, as_of: date) -> ImportedPatient:
    age = _number(table, row, "recipient_age") or Decimal(0)
    mass = _number(table, row, "recipient_body_mass")
    return ImportedPatient(
        row=number,
        line=row.line,
        record_number=f"BM-{number:03d}",
        family_name="Child",
        given_name=f"{number:03d}",
        birth_on=_birth_on(age, as_of),
        sex=_known(_cell(table, row, "recipient_gender"), _SEX, "unknown"),
        weight_g=None if mass is None else to_thousandths(mass),
        weighed_on=None if mass is None else as_of,
        blood_group=_known(_cell(table, row, "recipient_ABO"), _GROUP, "unknown"),
        rhesus=_known(_cell(table, row, "recipient_rh"), _RHESUS, "unknown"),
        donor_blood_group=_known(_cell(table, row, "donor_ABO"), _GROUP, "unknown"),
        cmv=_known(_cell(table, row, "recipient_CMV"), _CMV, "unknown"),
        donor_cmv=_known(_cell(table, row, "donor_CMV"), _CMV, "unknown"),
        diagnosis=_words(_cell(table, row, "disease")),
        stem_cell_source=_words(_cell(table, row, "stem_cell_source")),
    )


def _birth_on(age_years: Decimal, as_of: date) -> date:
    """Return the import date minus the age in whole days, rounded down."""
    days = (age_years * DAYS_PER_YEAR).to_integral_value(rounding=ROUND_FLOOR)
    return as_of - timedelta(days=int(days))


def _notes(table: ArffTable, rows: list[ImportedPatient], as_of: date) -> Iterator[Message]:
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
    yield message(N_("Taken: {columns}."), columns=tuple(_COLUMNS))
    yield from _notes_on_columns(table)
    yield from _notes_on_gaps(rows)


def _notes_on_columns(table: ArffTable) -> Iterator[Message]:
    others = [attribute.name for attribute in table.attributes if attribute.name not in _COLUMNS]
    derived = tuple(name for name in others if name in _DERIVED)
    outcomes = tuple(name for name in others if name in _OUTCOMES)
    rest = tuple(name for name in others if name not in (*_DERIVED, *_OUTCOMES))
    if derived:
        yield message(N_("Not taken, because they follow from other columns: {columns}."), columns=derived)
    if outcomes:
        yield message(N_("Not taken, because they tell what came after the transplant: {columns}."), columns=outcomes)
    if rest:
        yield message(N_("Not taken, because a patient’s record has no place for them: {columns}."), columns=rest)


def _notes_on_gaps(rows: list[ImportedPatient]) -> Iterator[Message]:
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


def _cell(table: ArffTable, row: ArffRow, name: str) -> Cell:
    return row.cells[table.position(name)]


def _number(table: ArffTable, row: ArffRow, name: str) -> Decimal | None:
    cell = _cell(table, row, name)
    return cell if isinstance(cell, Decimal) else None


def _known(cell: Cell, words: Mapping[str, _T], otherwise: _T) -> _T:
    return words.get(cell, otherwise) if isinstance(cell, str) else otherwise


def _words(cell: Cell) -> str:
    return cell.replace("_", " ") if isinstance(cell, str) else ""
