"""Takes patients from the public table of children after bone-marrow transplantation (UCI, CC BY 4.0)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TypeVar

from ivigdesk.clinical import library
from ivigdesk.clinical.patients.patient import BloodGroup, DonorKind, Rhesus, Serostatus, Sex
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.exchange.arff_table import ArffRow, ArffTable, AttributeKind, Cell
from ivigdesk.exchange.bone_marrow_report import ImportedPatient, ImportReport, SkippedRow, notes
from ivigdesk.messages import N_, Amount, Message, message
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
_MATCH = "HLA_mismatch"
"""A column that other tables of this form may lack."""

_DONOR: dict[str, DonorKind] = {"matched": "matched-unrelated"}
_T = TypeVar("_T", bound=str)


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
    taken = (*_COLUMNS, _MATCH) if _has_match(table) else tuple(_COLUMNS)
    return ImportReport(rows=tuple(rows), skipped=tuple(skipped), notes=notes(table, rows, as_of, taken=taken))


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
        donor_kind=_known(_cell(table, row, _MATCH), _DONOR, "unknown") if _has_match(table) else "unknown",
    )


def _has_match(table: ArffTable) -> bool:
    return any(attribute.name == _MATCH and attribute.kind == "nominal" for attribute in table.attributes)


def _birth_on(age_years: Decimal, as_of: date) -> date:
    """Return the import date minus the age in whole days, rounded down."""
    days = (age_years * DAYS_PER_YEAR).to_integral_value(rounding=ROUND_FLOOR)
    return as_of - timedelta(days=int(days))


def _cell(table: ArffTable, row: ArffRow, name: str) -> Cell:
    return row.cells[table.position(name)]


def _number(table: ArffTable, row: ArffRow, name: str) -> Decimal | None:
    cell = _cell(table, row, name)
    return cell if isinstance(cell, Decimal) else None


def _known(cell: Cell, words: Mapping[str, _T], otherwise: _T) -> _T:
    return words.get(cell, otherwise) if isinstance(cell, str) else otherwise


def _words(cell: Cell) -> str:
    return cell.replace("_", " ") if isinstance(cell, str) else ""
