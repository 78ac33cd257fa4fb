"""Hand the ward's side effects to a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.initials import initials
from ivigdesk.actions.ward.recall import product_titles
from ivigdesk.actions.ward.side_effects import SideEffectQuery, side_effect_list
from ivigdesk.clinical.infusions.infusion import SideEffectOutcome
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.exchange.csv_file import Cell, write_table
from ivigdesk.messages import N_
from ivigdesk.store import EffectRow
from ivigdesk.wording import Wording

OUTCOMES: dict[SideEffectOutcome, str] = {
    "ongoing": N_("Still there"),
    "resolved": N_("Over, no trace left"),
    "resolved with sequelae": N_("Over, something remained"),
    "fatal": N_("Death"),
    "unknown": N_("Not known"),
}


def side_effect_table(desk: Desk, query: SideEffectQuery, words: Wording, *, named: bool = False) -> bytes:
    """Return the side effects that a query covers as a CSV file, one per row, with the number of infusions beside.

    Args:
        words: the reader's language.
        named: whether patients, nurses and doctors are named; without it a patient is called by bed or initials.

    Raises:
        UserMistake: as for `side_effect_list`.
    """
    found = side_effect_list(desk, query)
    titles = titles_of(desk, found.rows, words)
    rows = [
        (*_whose(row.patient, words, named), *_what(row, titles, words), *(_who(row) if named else ()), found.infusions)
        for row in found.rows
    ]
    return write_table(_head(words, named), rows)


def whose(patient: Patient, words: Wording) -> str:
    """Return what a patient is called where no name may stand: the bed, else initials."""
    return words.gettext("bed {bed}").format(bed=patient.bed) if patient.bed else initials(patient)


def products_of(row: EffectRow, titles: dict[str, str], words: Wording) -> str:
    """Return what was hung, by short title; what was planned, where no vial is recorded."""
    if not row.product_ids:
        return words.text(row.product_title)
    return words.gettext(", ").join(titles[product_id] for product_id in row.product_ids)


def titles_of(desk: Desk, rows: Sequence[EffectRow], words: Wording) -> dict[str, str]:
    """Return the short titles of what was hung at these side effects, by id."""
    # A product may have left the library; the plan of the dose still knows its title.
    known = {row.product_id: words.text(row.product_title) for row in rows}
    ids = tuple(dict.fromkeys(product_id for row in rows for product_id in row.product_ids))
    in_library = dict(zip(ids, product_titles(desk, ids, words), strict=True))
    return {product_id: known.get(product_id, in_library[product_id]) for product_id in ids}


def _head(words: Wording, named: bool) -> tuple[str, ...]:
    _ = words.gettext
    whose = (_("Name"), _("Record number"), _("Bed")) if named else (_("Bed or initials"),)
    return (
        *whose,
        _("Infusion on"),
        _("Onset on"),
        _("Onset at"),
        _("Code"),
        _("Side effect"),
        _("Grade"),
        _("Minutes from start"),
        _("Rate at onset, mL/h"),
        _("Dose"),
        _("Doses in all"),
        _("Product"),
        _("Lot"),
        _("Action"),
        _("Drugs"),
        _("Outcome"),
        _("Resolved on"),
        _("Notes"),
        _("Counts"),
        *((_("Doctor"), _("Recorded by")) if named else ()),
        _("Infusions looked at"),
    )


def _whose(patient: Patient, words: Wording, named: bool) -> tuple[Cell, ...]:
    return (patient.name, patient.record_number, patient.bed) if named else (whose(patient, words),)


def _what(row: EffectRow, titles: dict[str, str], words: Wording) -> tuple[Cell, ...]:
    _ = words.gettext
    effect = row.effect
    return (
        row.day,
        effect.onset_at.date(),
        f"{effect.onset_at:%H:%M}",
        effect.code,
        words.text(effect.term),
        effect.grade,
        effect.minutes_from_start,
        effect.ml_per_h,
        row.number,
        row.doses_in_all,
        products_of(row, titles, words),
        _(", ").join(row.lots),
        effect.action,
        effect.drugs,
        _(OUTCOMES[effect.outcome]),
        effect.resolved_at.date() if effect.resolved_at else None,
        effect.notes,
        _("yes") if row.is_given else _("no"),
    )


def _who(row: EffectRow) -> tuple[Cell, ...]:
    return (row.effect.doctor, row.effect.nurse)
