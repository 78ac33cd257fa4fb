"""Courses with everything that ever stood in their calendars: what an export has to tell of, also when it is gone."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from ivigdesk.clinical.courses.course import Course, Revision
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.messages import Record
from ivigdesk.store.driver import Database
from ivigdesk.store.records import courses, infusions, patients
from ivigdesk.store.records.questions import ask, listed, signature


class CourseHistory(Record, frozen=True):
    """A course with all that was ever decided about its dates.

    Attributes:
        patient: whose, as known now.
        patient_changed_at: when what is known of the patient was last written.
        course: at the revision in force.
        revisions: every one, ascending by number.
        infusions: records of its doses, by start.
    """

    patient: Patient
    patient_changed_at: datetime
    course: Course
    revisions: tuple[Revision, ...]
    infusions: tuple[Infusion, ...]


def course_history(db: Database, course_id: UUID) -> CourseHistory | None:
    """Return the history of one course; None when it is not known."""
    found = _histories(db, [course_id])
    return found[0] if found else None


def histories_between(db: Database, first: date, last: date) -> tuple[CourseHistory, ...]:
    """Return the courses of which a dose stood, in whichever revision, or was given from `first` to `last`.

    Both days are included; the courses come oldest first.
    """
    # An infusion lies in UTC: a day more on each side holds any offset, and the reader sorts out what is too much.
    rows = ask(
        db,
        """
        SELECT doses.course_id FROM revision_doses JOIN doses ON doses.id = revision_doses.dose_id
            WHERE revision_doses.due_on BETWEEN :first AND :last
        UNION
        SELECT doses.course_id FROM infusions JOIN doses ON doses.id = infusions.dose_id
            WHERE substr(infusions.started_at_utc, 1, 10) BETWEEN :day_before AND :day_after
        """,
        {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "day_before": (first - timedelta(days=1)).isoformat(),
            "day_after": (last + timedelta(days=1)).isoformat(),
        },
    )
    return _histories(db, [UUID(row["course_id"]) for row in rows])


def _histories(db: Database, ids: list[UUID]) -> tuple[CourseHistory, ...]:
    found = courses.courses_by_ids(db, ids)
    people = patients.patients_by_ids(db, {course.patient_id for course in found})
    changed_at = _patients_changed_at(db, set(people))
    revisions: dict[UUID, list[Revision]] = defaultdict(list)
    every = ask(db, "SELECT id FROM revisions WHERE course_id IN (SELECT value FROM json_each(?))", [listed(ids)])
    for revision in courses.revisions_by_ids(db, [UUID(row["id"]) for row in every]).values():
        revisions[revision.course_id].append(revision)
    return tuple(
        CourseHistory(
            patient=people[course.patient_id],
            patient_changed_at=changed_at[course.patient_id],
            course=course,
            revisions=tuple(revisions[course.id]),
            infusions=infusions.infusions_of_course(db, course.id),
        )
        for course in found
    )


def _patients_changed_at(db: Database, ids: set[UUID]) -> dict[UUID, datetime]:
    rows = ask(
        db,
        "SELECT id, max(entry) AS entry FROM patient_versions WHERE id IN (SELECT value FROM json_each(?)) GROUP BY id",
        [listed(ids)],
    )
    return {UUID(row["id"]): signature(db, row["entry"])[1] for row in rows}
