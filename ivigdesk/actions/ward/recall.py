"""Recall a lot: every patient who got it, and everybody who still could."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.lots import FoundLot, find_lot
from ivigdesk.clinical.courses.status import DoseStatus, status_of
from ivigdesk.clinical.infusions.infusion import SideEffect, VialUsed
from ivigdesk.clinical.infusions.preparation import PreparedVial
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.store import LotDose, LotGiven, LotWaiting
from ivigdesk.wording import Wording


class RecallRow(Record, frozen=True):
    """A dose for which vials of the lot were hung.

    Attributes:
        patient, course_id, dose_id, number, doses_in_all: whose dose, which one, and of how many.
        day: on which it was started.
        status: what became of it; `entered in error` and `not given` are listed too.
        vials: those of the lot, by time.
        given_dose_mg: what the patient got in all; None while it runs.
        side_effects: of this dose, by onset.
        nurse: who started it.
    """

    patient: Patient
    course_id: UUID
    dose_id: UUID
    number: int
    doses_in_all: int
    day: date
    status: DoseStatus
    vials: tuple[VialUsed, ...]
    given_dose_mg: int | None
    side_effects: tuple[SideEffect, ...]
    nurse: str

    @property
    def mg(self) -> int:
        """Milligrams in the vials of the lot."""
        return sum(vial.mg for vial in self.vials)


class RecallToCome(Record, frozen=True):
    """A dose not started that could be given from the lot.

    Attributes:
        patient, course_id, dose_id, number, doses_in_all: whose dose, which one, and of how many.
        due_on, status: when it is planned for, and where it stands.
        planned_dose_mg: milligrams planned.
        vials: those of the lot that lie ready for it; none where only its product is that of the lot.
    """

    patient: Patient
    course_id: UUID
    dose_id: UUID
    number: int
    doses_in_all: int
    due_on: date
    status: DoseStatus
    planned_dose_mg: int
    vials: tuple[PreparedVial, ...] = ()


class Recall(Record, frozen=True):
    """Everything about a lot.

    Attributes:
        lot: as it was asked for.
        spellings: how the records write it, exactly as asked first.
        near: lots of the records that may be meant, where the lot itself is unknown.
        product_ids: what stands on its vials, in the order in which they were hung.
        rows: doses for which it was hung, by start.
        prepared: doses not started for which a vial of it lies ready, by date.
        planned: further doses that wait and are planned with its product, by date.
    """

    lot: str
    spellings: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    product_ids: tuple[str, ...] = ()
    rows: tuple[RecallRow, ...] = ()
    prepared: tuple[RecallToCome, ...] = ()
    planned: tuple[RecallToCome, ...] = ()

    @property
    def to_come(self) -> tuple[RecallToCome, ...]:
        """Doses that could still be given from it: those for which a vial lies ready first."""
        return self.prepared + self.planned

    @property
    def is_known(self) -> bool:
        """Whether any record has the lot."""
        return bool(self.spellings)

    @property
    def patients(self) -> int:
        """Number of patients who may have got it: doses entered in error or not given do not count."""
        return len({row.patient.id for row in self.rows if row.status not in ("entered in error", "not given")})

    @property
    def mg(self) -> int:
        """Milligrams of the lot that were hung, whatever became of the doses."""
        return sum(row.mg for row in self.rows)

    @property
    def vials(self) -> int:
        """Number of vials of the lot that were hung."""
        return sum(len(row.vials) for row in self.rows)


def recall(desk: Desk, lot_text: str) -> Recall:
    """Return everybody who got the lot, and everybody who could, from a typed or scanned text.

    Raises:
        UserMistake: nothing was entered, or something that cannot be a lot.
    """
    found = find_lot(desk, lot_text)
    if not found.spellings:
        return Recall(lot=found.asked, near=found.near)
    return _recall(desk, found)


def known_recall(desk: Desk, lot_text: str) -> Recall:
    """Return the recall of a lot that the ward has a record of.

    Raises:
        UserMistake: nothing was entered, or something that cannot be a lot.
        KnownError: no record has it; lots that nearly are it are named.
    """
    found = recall(desk, lot_text)
    if not found.is_known:
        raise KnownError(unknown_words(found))
    return found


def unknown_words(found: Recall) -> Message:
    """Return the sentence for a lot that no record has, with those that nearly are it."""
    if found.near:
        sentence = N_("Lot: no record has “{lot}”. Nearly the same: {near}.")
        return message(sentence, lot=found.lot, near=found.near)
    return message(N_("Lot: no record has “{lot}”. Nobody on this ward got it."), lot=found.lot)


def product_titles(desk: Desk, product_ids: Iterable[str], words: Wording) -> tuple[str, ...]:
    """Return products by short title; by id where the library has them no longer."""
    known = {product.id: words.text(product.short_title) for product in desk.library.products()}
    return tuple(known.get(product_id, product_id) for product_id in product_ids)


def _recall(desk: Desk, found: FoundLot) -> Recall:
    day = today(desk.clock)
    given = desk.ward.given_of_lots(found.spellings)
    prepared = desk.ward.prepared_of_lots(found.spellings)
    vials = [vial for one in given for vial in one.vials] + [vial for one in prepared for vial in one.vials]
    product_ids = tuple(dict.fromkeys(vial.product_id for vial in vials))
    ready = {one.dose.dose_id for one in prepared}
    waiting = [one for one in desk.ward.waiting_with_products(product_ids) if one.dose.dose_id not in ready]
    return Recall(
        lot=found.asked,
        spellings=found.spellings,
        product_ids=product_ids,
        rows=tuple(_row(one, day) for one in given),
        prepared=tuple(_to_come(one, day) for one in prepared),
        planned=tuple(_to_come(one, day) for one in waiting),
    )


def _row(one: LotGiven, day: date) -> RecallRow:
    dose = one.dose
    return RecallRow(
        patient=dose.patient,
        course_id=dose.course_id,
        dose_id=dose.dose_id,
        number=dose.number,
        doses_in_all=dose.doses_in_all,
        day=one.started_at.date(),
        status=_status(dose, day, is_started=True, end=one),
        vials=one.vials,
        given_dose_mg=one.end.given_dose_mg if one.end else None,
        side_effects=one.side_effects,
        nurse=one.nurse,
    )


def _to_come(one: LotWaiting, day: date) -> RecallToCome:
    dose = one.dose
    return RecallToCome(
        patient=dose.patient,
        course_id=dose.course_id,
        dose_id=dose.dose_id,
        number=dose.number,
        doses_in_all=dose.doses_in_all,
        due_on=dose.due_on,
        status=_status(dose, day, is_started=False),
        planned_dose_mg=dose.planned_dose_mg,
        vials=one.vials,
    )


def _status(dose: LotDose, day: date, *, is_started: bool, end: LotGiven | None = None) -> DoseStatus:
    outcome = end.end.outcome if end is not None and end.end is not None else None
    return status_of(dose.state, dose.due_on, day, is_error=dose.is_error, is_started=is_started, outcome=outcome)
