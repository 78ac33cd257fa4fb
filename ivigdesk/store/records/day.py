"""What a ward has to do on a day, in a few questions however many years the file holds."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.products.product import Product
from ivigdesk.messages import Record
from ivigdesk.store.driver import Database
from ivigdesk.store.records import codec, courses, infusions, patients
from ivigdesk.store.records.questions import ask, listed


class DayRow(Record, frozen=True):
    """One dose that concerns the ward on a day.

    Attributes:
        patient: whose.
        course_id, revision_number: the course, and its revision in force.
        product: what the dose is given from.
        doses_in_all: highest number of a dose that is neither omitted, ceased nor entered in error: "dose 8 of 11".
        dose: as that revision has it.
        infusion: its record with side effects; None when nothing was started.
    """

    patient: Patient
    course_id: UUID
    revision_number: int
    product: Product
    doses_in_all: int
    dose: Dose
    infusion: Infusion | None = None


def day_rows(db: Database, day: date) -> tuple[DayRow, ...]:
    """Return the doses that concern the ward on `day`, by date, patient and number.

    These are: doses due on the day, whatever their state; earlier ones that still wait (not ended, not omitted,
    not ceased, not entered in error); and those whose infusion was started or ended on the day.
    """
    given = infusions.infusions_on(db, day)
    rows = ask(
        db,
        """
        WITH wanted (dose_id) AS (
            SELECT dose_id FROM current_doses WHERE is_settled = 0 AND due_on <= :day
            UNION SELECT dose_id FROM current_doses WHERE due_on = :day
            UNION SELECT value FROM json_each(:given)
        )
        SELECT doses.id, doses.number, revision_doses.*, courses.patient_id, courses.id AS course_id,
            courses.product AS course_product, revisions.number AS revision_number,
            (SELECT max(counting.number) FROM revision_doses AS every
                JOIN doses AS counting ON counting.id = every.dose_id
                WHERE every.revision_id = current_doses.revision_id AND every.state IN ('planned', 'held')
                AND every.is_error = 0) AS in_all
        FROM wanted
        JOIN current_doses USING (dose_id)
        JOIN doses ON doses.id = wanted.dose_id
        JOIN revision_doses
            ON revision_doses.revision_id = current_doses.revision_id AND revision_doses.dose_id = wanted.dose_id
        JOIN revisions ON revisions.id = current_doses.revision_id
        JOIN courses ON courses.id = current_doses.course_id
        ORDER BY revision_doses.due_on, courses.patient_id, doses.number
        """,
        {"day": day.isoformat(), "given": listed(each.dose_id for each in given)},
    )
    people = patients.patients_by_ids(db, {UUID(row["patient_id"]) for row in rows})
    records = infusions.infusions_of_doses(db, [row["dose_id"] for row in rows])
    of_dose = {record.dose_id: record for record in records}
    products: dict[str, Product] = {row["course_id"]: codec.decode(row["course_product"], Product) for row in rows}
    return tuple(
        DayRow(
            patient=people[UUID(row["patient_id"])],
            course_id=UUID(row["course_id"]),
            revision_number=row["revision_number"],
            product=dose.product or products[row["course_id"]],
            doses_in_all=max(row["in_all"] or 0, dose.number),
            dose=dose,
            infusion=of_dose.get(dose.id),
        )
        for row, dose in ((row, courses.dose_from_row(row)) for row in rows)
    )
