"""Courses, their revisions and doses; which revision is in force, and which doses still have to be dealt with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from ivigdesk.clinical.courses.course import Course, Dose, Revision
from ivigdesk.store import refusals
from ivigdesk.store.driver import Database
from ivigdesk.store.records.questions import ask, ask_one, insert, listed, signature
from ivigdesk.store.records.rows import Row, Table

COURSES = Table(Course, "courses", left_out=["revision"])
REVISIONS = Table(Revision, "revisions", left_out=["doses"])
DOSES = Table(Dose, "revision_doses", left_out=["id", "number"])

_CODE = re.compile(r"C-([0-9A-F]{6})")
_HEX = re.compile(r"[0-9a-f]{4,32}")


def write_course(db: Database, course: Course, entry: int) -> bool:
    """Add a course with its first revision; False when both are stored already."""
    stored = ask_one(db, "SELECT * FROM courses WHERE id = ?", [str(course.id)])
    if stored is not None:
        if not COURSES.is_same(course, stored):
            raise refusals.saved_otherwise(*signature(db, stored["entry"]))
        return write_revision(db, course.revision, entry)
    insert(db, "courses", {**COURSES.to_row(course), "entry": entry})
    write_revision(db, course.revision, entry)
    return True


def write_revision(db: Database, revision: Revision, entry: int) -> bool:
    """Add a course's next revision, which is in force from now on; False when it is stored already.

    Raises:
        KnownError: the course has another newest revision than the one this was made from.
        ValueError: a dose changed its number or its course, or has the number of another one.
    """
    stored = ask_one(db, "SELECT entry FROM revisions WHERE id = ?", [str(revision.id)])
    if stored is not None:
        if revisions_by_ids(db, [revision.id]).get(revision.id) == revision:
            return False
        raise refusals.saved_otherwise(*signature(db, stored["entry"]))
    newest = ask_one(
        db,
        "SELECT number, entry FROM revisions WHERE course_id = ? ORDER BY number DESC LIMIT 1",
        [str(revision.course_id)],
    )
    if newest is not None and newest["number"] >= revision.number:
        raise refusals.changed_meanwhile(*signature(db, newest["entry"]))
    if revision.number != (1 if newest is None else newest["number"] + 1):
        raise ValueError(f"revision {revision.number} does not follow the newest one")
    insert(db, "revisions", {**REVISIONS.to_row(revision), "entry": entry})
    known = _identities(db, revision.course_id)
    taken = {number: dose_id for dose_id, number in known.items()}
    for dose in revision.doses:
        if known.setdefault(dose.id, dose.number) != dose.number:
            raise ValueError(f"dose {dose.id} changed its number")
        if taken.setdefault(dose.number, dose.id) != dose.id:
            # A dose that an undo left out keeps its number for life: the next one that is added takes a higher one.
            raise ValueError(f"number {dose.number} belongs to another dose of the course")
        _write_dose(db, revision, dose, entry)
    _put_in_force(db, revision)
    return True


def _identities(db: Database, course_id: UUID) -> dict[UUID, int]:
    rows = ask(db, "SELECT id, number FROM doses WHERE course_id = ?", [str(course_id)])
    return {UUID(row["id"]): row["number"] for row in rows}


def _write_dose(db: Database, revision: Revision, dose: Dose, entry: int) -> None:
    course_id, dose_id = str(revision.course_id), str(dose.id)
    identity = ask_one(db, "SELECT course_id FROM doses WHERE id = ?", [dose_id])
    if identity is None:
        insert(db, "doses", {"id": dose_id, "course_id": course_id, "number": dose.number, "entry": entry})
    elif identity["course_id"] != course_id:
        raise ValueError(f"dose {dose_id} belongs to another course")
    row = {"revision_id": str(revision.id), "dose_id": dose_id, **DOSES.to_row(dose), "entry": entry}
    insert(db, "revision_doses", row)


def _put_in_force(db: Database, revision: Revision) -> None:
    """Make `current_doses` say what the revision says. A dose that it leaves out keeps its record, not its place."""
    db.conn.execute("DELETE FROM current_doses WHERE course_id = ?", [str(revision.course_id)])
    db.conn.execute(
        """
        INSERT INTO current_doses (dose_id, revision_id, course_id, due_on, is_settled)
        SELECT planned.dose_id, planned.revision_id, ?, planned.due_on,
            planned.state IN ('omitted', 'ceased') OR planned.is_error OR EXISTS (
                SELECT 1 FROM infusions JOIN infusion_ends ON infusion_ends.infusion_id = infusions.id
                WHERE infusions.dose_id = planned.dose_id)
        FROM revision_doses AS planned WHERE planned.revision_id = ?
        """,
        [str(revision.course_id), str(revision.id)],
    )


def settle(db: Database, infusion_id: UUID) -> None:
    """Note that the infusion's dose has been dealt with."""
    db.conn.execute(
        "UPDATE current_doses SET is_settled = 1 WHERE dose_id = (SELECT dose_id FROM infusions WHERE id = ?)",
        [str(infusion_id)],
    )


def all_courses(db: Database) -> tuple[Course, ...]:
    """Return every course at the revision in force, oldest first."""
    return _assembled(db, "1", [])


def courses_of(db: Database, patient_id: UUID) -> tuple[Course, ...]:
    """Return the patient's courses at the revision in force, oldest first."""
    return _assembled(db, "courses.patient_id = ?", [str(patient_id)])


def courses_by_ids(db: Database, ids: Iterable[UUID]) -> tuple[Course, ...]:
    """Return these courses at the revision in force, oldest first."""
    return _assembled(db, "courses.id IN (SELECT value FROM json_each(?))", [listed(ids)])


def courses_with_doses_between(db: Database, first: date, last: date) -> tuple[Course, ...]:
    """Return the courses that have a dose due from `first` to `last`, both included, in the revision in force."""
    return _assembled(
        db,
        "courses.id IN (SELECT course_id FROM current_doses WHERE due_on BETWEEN ? AND ?)",
        [first.isoformat(), last.isoformat()],
    )


def course(db: Database, course_id: UUID, number: int | None) -> Course | None:
    """Return the course at revision `number`, or at the one in force."""
    if number is None:
        found = courses_by_ids(db, [course_id])
        return found[0] if found else None
    row = ask_one(db, "SELECT * FROM courses WHERE id = ?", [str(course_id)])
    revision = ask_one(db, "SELECT id FROM revisions WHERE course_id = ? AND number = ?", [str(course_id), number])
    if row is None or revision is None:
        return None
    revision_id = UUID(revision["id"])
    return COURSES.from_row(row, revision=revisions_by_ids(db, [revision_id])[revision_id])


def course_of_dose(db: Database, dose_id: UUID) -> Course | None:
    """Return the course that the dose belongs to, at the revision in force."""
    found = _assembled(db, "courses.id = (SELECT course_id FROM doses WHERE id = ?)", [str(dose_id)])
    return found[0] if found else None


def course_ids_like(db: Database, text: str) -> tuple[UUID, ...]:
    """Return the courses meant by a full id, the first four or more hexadecimal digits of one, or a code."""
    code = _CODE.fullmatch(text.strip().upper())
    digits = text.strip().lower().replace("-", "")
    if code:
        pattern = "%" + code.group(1).lower()
    elif _HEX.fullmatch(digits):
        pattern = digits + "%"
    else:
        return ()
    rows = ask(db, "SELECT id FROM courses WHERE replace(id, '-', '') LIKE ? ORDER BY id", [pattern])
    return tuple(UUID(row["id"]) for row in rows)


def revisions_of(db: Database, course_id: UUID) -> tuple[Revision, ...]:
    """Return every revision of a course, ascending by number."""
    rows = ask(db, "SELECT id FROM revisions WHERE course_id = ? ORDER BY number", [str(course_id)])
    return tuple(revisions_by_ids(db, [UUID(row["id"]) for row in rows]).values())


def revisions_by_ids(db: Database, ids: Iterable[UUID]) -> dict[UUID, Revision]:
    """Return these revisions with their doses, ascending by number."""
    wanted = listed(ids)
    doses: dict[str, list[Dose]] = defaultdict(list)
    for row in ask(
        db,
        """
        SELECT doses.id, doses.number, revision_doses.* FROM revision_doses
        JOIN doses ON doses.id = revision_doses.dose_id
        WHERE revision_id IN (SELECT value FROM json_each(?)) ORDER BY doses.number
        """,
        [wanted],
    ):
        doses[row["revision_id"]].append(dose_from_row(row))
    rows = ask(db, "SELECT * FROM revisions WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number", [wanted])
    return {UUID(row["id"]): REVISIONS.from_row(row, doses=tuple(doses[row["id"]])) for row in rows}


def dose_from_row(row: Row) -> Dose:
    """Return a dose from a row of `revision_doses` with its identity."""
    return DOSES.from_row(row, id=UUID(row["id"]), number=row["number"])


def _assembled(db: Database, condition: str, parameters: list[Any]) -> tuple[Course, ...]:
    rows = ask(
        db,
        f"""
        SELECT courses.*, revisions.id AS revision_id FROM courses
        JOIN revisions ON revisions.course_id = courses.id
        WHERE {condition} AND revisions.number =
            (SELECT max(number) FROM revisions AS later WHERE later.course_id = courses.id)
        ORDER BY courses.at_utc, courses.id
        """,  # noqa: S608
        parameters,
    )
    revisions = revisions_by_ids(db, [row["revision_id"] for row in rows])
    return tuple(COURSES.from_row(row, revision=revisions[UUID(row["revision_id"])]) for row in rows)
