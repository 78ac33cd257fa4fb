"""The columns of the ward's side effects, and of a recall."""

from __future__ import annotations

from ivigdesk.actions.ward.recall import RecallRow, RecallToCome
from ivigdesk.actions.ward.side_effects import SideEffectRow
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.side_effects import words as said
from ivigdesk.ui.side_effects.words import NOTHING
from ivigdesk.ui.widgets import Column, status_state
from ivigdesk.wording import Wording


def effect_columns(titles: dict[str, str], wording: Wording) -> tuple[Column[SideEffectRow], ...]:
    """Return when, who, what, how grave, at which rate, from what, and what came of it.

    `titles` is looked into each time: the page adds to it with every list that it reads.
    """
    _ = wording.gettext
    return (
        Column(
            _("Onset"),
            lambda row: wording.date_plain(row.effect.onset_at.date()),
            detail=lambda row: wording.time(row.effect.onset_at),
            sort_key=lambda row: row.effect.onset_at,
            width=135,
        ),
        Column(_("Patient"), lambda row: row.patient.name, detail=lambda row: bed(row.patient, wording), width=140),
        Column(_("Side effect"), lambda row: wording.text(row.effect.term), strong=True, stretch=True),
        Column(
            _("Grade"),
            lambda row: said.grade_state(row.effect.grade, wording).text,
            state=lambda row: said.grade_state(row.effect.grade, wording),
            detail=lambda row: said.outcome_words(row, wording),
            sort_key=lambda row: row.effect.grade,
            width=165,
        ),
        Column(
            _("From start"),
            lambda row: said.onset_words(row, wording),
            detail=lambda row: said.rate_words(row, wording),
            sort_key=lambda row: row.effect.minutes_from_start or 0,
            width=100,
        ),
        Column(
            _("Dose"),
            lambda row: said.dose_words(row.number, row.doses_in_all, wording),
            sort_key=lambda row: row.number,
            width=80,
        ),
        Column(
            _("Product"),
            lambda row: said.product_words(row, titles, wording),
            detail=lambda row: said.lot_words(row, wording),
            width=180,
        ),
        Column(_("Action"), said.done_words, small=True, width=180),
    )


def given_columns(wording: Wording) -> tuple[Column[RecallRow], ...]:
    """Return who got the lot, when, how much, and what came of it."""
    _ = wording.gettext
    return (
        Column(
            _("Given on"),
            lambda row: wording.date_plain(row.day),
            sort_key=lambda row: (row.day, row.patient.name),
            width=150,
        ),
        Column(_("Patient"), lambda row: row.patient.name, detail=lambda row: bed(row.patient, wording), stretch=True),
        Column(_("Record no."), lambda row: row.patient.record_number, width=120),
        Column(
            _("Dose"),
            lambda row: said.dose_words(row.number, row.doses_in_all, wording),
            sort_key=lambda row: row.number,
            width=80,
        ),
        Column(
            _("Of this lot"),
            lambda row: dose_grams(wording, row.mg),
            detail=lambda row: wording.ngettext("{n} vial", "{n} vials", len(row.vials)).format(n=len(row.vials)),
            sort_key=lambda row: row.mg,
            width=110,
        ),
        Column(
            _("State"),
            lambda row: status_state(row.status, wording).text,
            state=lambda row: status_state(row.status, wording),
            width=150,
        ),
        Column(_("Side effects"), lambda row: effects_words(row, wording), width=220),
        Column(_("Started by"), lambda row: row.nurse, width=120),
    )


def to_come_columns(wording: Wording) -> tuple[Column[RecallToCome], ...]:
    """Return who could still get the lot, when, and whether a vial of it lies ready."""
    _ = wording.gettext
    return (
        Column(
            _("Planned for"),
            lambda row: wording.date_plain(row.due_on),
            sort_key=lambda row: (row.due_on, row.patient.name),
            width=150,
        ),
        Column(_("Patient"), lambda row: row.patient.name, detail=lambda row: bed(row.patient, wording), stretch=True),
        Column(_("Record no."), lambda row: row.patient.record_number, width=120),
        Column(
            _("Dose"),
            lambda row: said.dose_words(row.number, row.doses_in_all, wording),
            sort_key=lambda row: row.number,
            width=80,
        ),
        Column(_("Planned"), lambda row: dose_grams(wording, row.planned_dose_mg), width=110),
        Column(
            _("State"),
            lambda row: status_state(row.status, wording).text,
            state=lambda row: status_state(row.status, wording),
            width=150,
        ),
        Column(
            _("What lies ready"),
            lambda row: ready_words(row, wording),
            ink=lambda row: "serious" if row.vials else None,
            sort_key=lambda row: -len(row.vials),
            width=340,
        ),
    )


def bed(patient: Patient, wording: Wording) -> str:
    """Return the bed, or the record number of somebody who has none."""
    return wording.gettext("bed {bed}").format(bed=patient.bed) if patient.bed else patient.record_number


def effects_words(row: RecallRow, wording: Wording) -> str:
    """Return the side effects of a dose by name and grade."""
    _ = wording.gettext
    return (
        _("; ").join(
            _("{term}, grade {grade}").format(term=wording.text(effect.term), grade=effect.grade)
            for effect in row.side_effects
        )
        or NOTHING
    )


def ready_words(row: RecallToCome, wording: Wording) -> str:
    """Return the vials of the lot that lie ready for a dose; that there are none, where there are none."""
    _ = wording.gettext
    if not row.vials:
        return _("same product; no vial of this lot")
    vials = wording.ngettext(
        "! {n} vial of this lot lies ready, {grams}", "! {n} vials of this lot lie ready, {grams}", len(row.vials)
    )
    return vials.format(n=len(row.vials), grams=dose_grams(wording, sum(vial.mg for vial in row.vials)))
