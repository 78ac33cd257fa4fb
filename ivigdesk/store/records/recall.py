"""A lot: everybody who got it, and everybody who still could."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ivigdesk.clinical.courses.course import DoseState
from ivigdesk.clinical.infusions.infusion import InfusionEnd, SideEffect, VialUsed
from ivigdesk.clinical.infusions.preparation import PreparedVial
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.messages import Record
from ivigdesk.store.driver import Database
from ivigdesk.store.records import infusions, patients
from ivigdesk.store.records.beside import VIALS as PREPARED
from ivigdesk.store.records.infusions import ENDS, INFUSIONS, VIALS
from ivigdesk.store.records.questions import ask, listed
from ivigdesk.store.records.standing import DOSES_IN_ALL, NEWEST, PRODUCT_ID, VIAL_IS_CURRENT


class LotDose(Record, frozen=True):
    """A dose with what is planned for it.

    Attributes:
        patient, course_id, dose_id, number, doses_in_all: whose dose, which one, and of how many.
        due_on: the day that it is planned for.
        planned_dose_mg: milligrams planned.
        state: what the ward decided.
        is_error: whether it was entered in error.
        product_id: what it is planned to be given from.
    """

    patient: Patient
    course_id: UUID
    dose_id: UUID
    number: int
    doses_in_all: int
    due_on: date
    planned_dose_mg: int
    state: DoseState
    is_error: bool
    product_id: str


class LotGiven(Record, frozen=True):
    """A dose for which vials of the lot were hung.

    Attributes:
        dose: which one.
        infusion_id, started_at, nurse: its record, and who started it.
        end: how it ended; None while it runs.
        vials: those of the lot, by time.
        side_effects: current ones of the dose, by onset.
    """

    dose: LotDose
    infusion_id: UUID
    started_at: datetime
    nurse: str
    end: InfusionEnd | None
    vials: tuple[VialUsed, ...]
    side_effects: tuple[SideEffect, ...]


class LotWaiting(Record, frozen=True):
    """A dose that was not started.

    Attributes:
        dose: which one.
        vials: those of the lot that lie ready for it; may be none.
    """

    dose: LotDose
    vials: tuple[PreparedVial, ...] = ()


# Each lot is looked up once in the index, however many vials it has: a ward has some hundred lots, not some hundred
# thousand.
_DISTINCT = """
WITH RECURSIVE known (lot) AS (
    SELECT min(lot) FROM {table}
    UNION ALL
    SELECT (SELECT min(lot) FROM {table} WHERE {table}.lot > known.lot) FROM known WHERE known.lot IS NOT NULL
)
SELECT lot FROM known WHERE lot IS NOT NULL
"""
OF_LOTS = f"SELECT * FROM vials WHERE lot IN (SELECT value FROM json_each(?)) AND {VIAL_IS_CURRENT}"  # noqa: S608
"""The current vials of some lots: the bare question, which the recall is measured against."""

_DOSE = f"""
SELECT doses.id AS dose_id, doses.number, doses.course_id, courses.patient_id, {DOSES_IN_ALL} AS in_all,
    planned.due_on, planned.planned_dose_mg, planned.state, planned.is_error, {PRODUCT_ID} AS product_id
FROM doses
JOIN courses ON courses.id = doses.course_id
JOIN revision_doses AS planned ON {NEWEST}
"""  # noqa: S608


def lots(db: Database) -> tuple[str, ...]:
    """Return every lot that a vial was ever recorded with, hung or made ready, each once, ascending."""
    found = {row["lot"] for table in ("vials", "prepared_vials") for row in ask(db, _DISTINCT.format(table=table))}
    return tuple(sorted(found))


def given_of_lots(db: Database, spellings: Iterable[str]) -> tuple[LotGiven, ...]:
    """Return the doses for which a vial of one of these lots was hung, by start; whatever became of them.

    A vial whose lot was corrected counts with the lot that it has now.
    """
    vials: dict[str, list[VialUsed]] = defaultdict(list)
    for row in ask(db, f"{OF_LOTS} ORDER BY at_utc, entry, id", [listed(spellings)]):
        vials[row["infusion_id"]].append(VIALS.from_row(row))
    ids = listed(vials)
    begun = ask(
        db,
        "SELECT * FROM infusions WHERE id IN (SELECT value FROM json_each(?)) ORDER BY started_at_utc, id",
        [ids],
    )
    dose_ids = [row["dose_id"] for row in begun]
    doses = _doses(db, "doses.id IN (SELECT value FROM json_each(?))", [listed(dose_ids)])
    effects: dict[UUID, list[SideEffect]] = defaultdict(list)
    for effect in infusions.side_effects_of_doses(db, map(UUID, dose_ids)):
        effects[effect.dose_id].append(effect)
    ends = _ends(db, ids)
    return tuple(
        LotGiven(
            dose=doses[infusion.dose_id],
            infusion_id=infusion.id,
            started_at=infusion.started_at,
            nurse=infusion.nurse,
            end=ends.get(infusion.id),
            vials=tuple(vials[str(infusion.id)]),
            side_effects=tuple(effects[infusion.dose_id]),
        )
        for infusion in map(INFUSIONS.from_row, begun)
    )


def prepared_of_lots(db: Database, spellings: Iterable[str]) -> tuple[LotWaiting, ...]:
    """Return the doses not started for which a vial of one of these lots lies ready, by date; whatever their state."""
    vials: dict[str, list[PreparedVial]] = defaultdict(list)
    for row in ask(
        db,
        """
        SELECT * FROM prepared_vials WHERE lot IN (SELECT value FROM json_each(?)) AND is_withdrawn = 0
            AND NOT EXISTS (SELECT 1 FROM prepared_vials AS later WHERE later.replaces = prepared_vials.id)
            AND NOT EXISTS (SELECT 1 FROM infusions WHERE infusions.dose_id = prepared_vials.dose_id)
        ORDER BY at_utc, entry, id
        """,
        [listed(spellings)],
    ):
        vials[row["dose_id"]].append(PREPARED.from_row(row))
    doses = _doses(db, "doses.id IN (SELECT value FROM json_each(?))", [listed(vials)])
    return _by_date(LotWaiting(dose=dose, vials=tuple(vials[str(dose.dose_id)])) for dose in doses.values())


def waiting_with_products(db: Database, product_ids: Iterable[str]) -> tuple[LotWaiting, ...]:
    """Return the doses that still wait and are planned to be given from one of these products, by date."""
    doses = _doses(
        db,
        f"""
        doses.id IN (SELECT dose_id FROM current_doses WHERE is_settled = 0)
        AND NOT EXISTS (SELECT 1 FROM infusions WHERE infusions.dose_id = doses.id)
        AND {PRODUCT_ID} IN (SELECT value FROM json_each(?))
        """,  # noqa: S608
        [listed(product_ids)],
    )
    return _by_date(LotWaiting(dose=dose) for dose in doses.values())


def _doses(db: Database, condition: str, parameters: list[Any]) -> dict[UUID, LotDose]:
    rows = ask(db, f"{_DOSE} WHERE {condition}", parameters)
    people = patients.patients_by_ids(db, {UUID(row["patient_id"]) for row in rows})
    return {
        UUID(row["dose_id"]): LotDose(
            patient=people[UUID(row["patient_id"])],
            course_id=UUID(row["course_id"]),
            dose_id=UUID(row["dose_id"]),
            number=row["number"],
            doses_in_all=row["in_all"],
            due_on=date.fromisoformat(row["due_on"]),
            planned_dose_mg=row["planned_dose_mg"],
            state=row["state"],
            is_error=bool(row["is_error"]),
            product_id=row["product_id"],
        )
        for row in rows
    }


def _ends(db: Database, infusion_ids: str) -> dict[UUID, InfusionEnd]:
    rows = ask(
        db,
        """
        SELECT * FROM infusion_ends WHERE infusion_id IN (SELECT value FROM json_each(?))
        AND NOT EXISTS (SELECT 1 FROM infusion_ends AS later WHERE later.replaces = infusion_ends.id)
        """,
        [infusion_ids],
    )
    return {end.infusion_id: end for end in map(ENDS.from_row, rows)}


def _by_date(found: Iterable[LotWaiting]) -> tuple[LotWaiting, ...]:
    return tuple(sorted(found, key=lambda one: (one.dose.due_on, one.dose.patient.name, one.dose.number)))
