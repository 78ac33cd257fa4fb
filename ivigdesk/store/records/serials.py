"""Where a container with a serial number of its own was used, or stands ready."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ivigdesk.messages import Record
from ivigdesk.store.driver import Database
from ivigdesk.store.records.questions import ask


class SerialUse(Record, frozen=True):
    """One record of a container.

    Attributes:
        vial_id: the record.
        dose_id: the dose that it was hung for, or that it was made ready for.
        product_id, mg: what it is.
        recorded_on: the date on which it was recorded, by the ward's clock then.
        is_hung: False for one that is ready and whose dose is not started.
    """

    vial_id: UUID
    dose_id: UUID
    product_id: str
    mg: int
    recorded_on: date
    is_hung: bool


def uses_of_serial(db: Database, serial: str) -> tuple[SerialUse, ...]:
    """Return every current record of a container with this serial number, whatever product, the oldest first.

    What was made ready for a dose that was then started or recorded as not given does not count: what was hung says
    what became of it.
    """
    rows = ask(
        db,
        """
        SELECT vials.id, dose_id, product_id, mg, 1 AS is_hung,
            date(vials.at_utc, vials.at_offset_minutes || ' minutes') AS recorded_on, vials.at_utc AS at_utc
        FROM vials JOIN infusions ON infusions.id = vials.infusion_id
        WHERE serial = :serial AND serial <> ''
        AND NOT EXISTS (SELECT 1 FROM vials AS later WHERE later.replaces = vials.id)
        UNION ALL
        SELECT id, dose_id, product_id, mg, 0,
            date(at_utc, at_offset_minutes || ' minutes'), at_utc
        FROM prepared_vials
        WHERE serial = :serial AND is_withdrawn = 0
        AND NOT EXISTS (SELECT 1 FROM prepared_vials AS later WHERE later.replaces = prepared_vials.id)
        AND NOT EXISTS (SELECT 1 FROM infusions WHERE infusions.dose_id = prepared_vials.dose_id)
        ORDER BY at_utc
        """,
        {"serial": serial},
    )
    return tuple(
        SerialUse(
            vial_id=UUID(row["id"]),
            dose_id=UUID(row["dose_id"]),
            product_id=row["product_id"],
            mg=row["mg"],
            recorded_on=date.fromisoformat(row["recorded_on"]),
            is_hung=bool(row["is_hung"]),
        )
        for row in rows
    )
