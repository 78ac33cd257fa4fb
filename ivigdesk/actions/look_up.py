"""What a nurse asks: patients, courses, their standing. Questions only; nothing here changes anything."""

from __future__ import annotations

from uuid import UUID

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.known_facts import known_facts
from ivigdesk.clinical.courses.course import Course, Revision
from ivigdesk.clinical.courses.ledger import Ledger, ledger_of
from ivigdesk.clinical.courses.status import CourseView, view_course
from ivigdesk.clinical.courses.why import WhyPart, why_dose
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.clock import today
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Record, message

_LONGEST_SEARCH = 1000


class PatientRow(Record, frozen=True):
    """A patient in a list.

    Attributes:
        patient: as known now.
        age: full years today.
        transplant_day: today; None without a transplant date.
        courses: ascending by first day, as they stand today.
    """

    patient: Patient
    age: int
    transplant_day: int | None
    courses: tuple[CourseView, ...]


def find_patients(desk: Desk, text: str = "") -> tuple[PatientRow, ...]:
    """Return the patients whose name, pinyin, record number or bed holds `text`; all of them for an empty text."""
    found = desk.ward.find_patients(_searchable(text)) if text.strip() else desk.ward.patients()
    return tuple(patient_row(desk, patient) for patient in found)


def patient_row(desk: Desk, patient: Patient) -> PatientRow:
    """Return one patient with the courses."""
    day = today(desk.clock)
    courses = tuple(_view(desk, patient, course, course.revision.number) for course in desk.ward.courses_of(patient.id))
    return PatientRow(
        patient=patient,
        age=patient.age_on(day),
        transplant_day=patient.transplant_day_on(day),
        courses=tuple(sorted(courses, key=lambda view: view.course.first_on)),
    )


def patient(desk: Desk, patient_id: UUID) -> PatientRow:
    """Return one patient with the courses.

    Raises:
        KnownError: the patient is not known.
    """
    return patient_row(desk, known_patient(desk, patient_id))


def known_patient(desk: Desk, patient_id: UUID) -> Patient:
    """Return the patient with this id.

    Raises:
        KnownError: the patient is not known.
    """
    found = desk.ward.patient(patient_id)
    if found is None:
        raise KnownError(message(N_("This patient is not in the ward's file.")))
    return found


def patient_numbered(desk: Desk, record_number: str) -> Patient:
    """Return the patient with this record number.

    Raises:
        KnownError: nobody has it.
    """
    found = desk.ward.patient_by_number(_searchable(record_number))
    if found is None:
        raise KnownError(
            message(N_("Record number: “{value}” is not in the ward's file."), value=record_number.strip())
        )
    return found


def course(desk: Desk, course_id: UUID, revision: int | None = None) -> CourseView:
    """Return a course as it stands today, at `revision` or at the one in force.

    Raises:
        KnownError: the course or the revision is not known.
    """
    in_force = known_course(desk, course_id)
    newest = in_force.revision.number
    is_known = revision is None or 1 <= revision <= newest  # asked of us: the file knows no number beyond 64 bits
    shown = (in_force if revision is None else desk.ward.course(course_id, revision)) if is_known else None
    if shown is None:
        raise KnownError(
            message(
                N_("Course {code} has no revision {number}. Allowed: 1 to {most}."),
                code=in_force.code,
                number=revision,
                most=newest,
            )
        )
    patient = known_patient(desk, shown.patient_id)
    return _view(desk, patient, shown, newest)


def known_course(desk: Desk, course_id: UUID) -> Course:
    """Return the course with this id, at the revision in force.

    Raises:
        KnownError: the course is not known.
    """
    found = desk.ward.course(course_id)
    if found is None:
        raise KnownError(message(N_("This course is not in the ward's file.")))
    return found


def course_called(desk: Desk, text: str, revision: int | None = None) -> CourseView:
    """Return the course with this id, beginning of an id, or short code (`C-9F3A77`).

    Raises:
        KnownError: none or more than one fits.
    """
    ids = desk.ward.course_ids_like(text.strip())
    if len(ids) != 1:
        sentence = (
            N_("Course “{value}” is not in the ward's file.") if not ids else N_("Course “{value}” fits more than one.")
        )
        raise KnownError(message(sentence, value=text.strip()))
    return course(desk, ids[0], revision)


def course_of_dose(desk: Desk, dose_id: UUID) -> tuple[CourseView, int]:
    """Return the course that holds the dose, and the dose's number.

    Raises:
        KnownError: the dose is not known.
    """
    found = desk.ward.course_of_dose(dose_id)
    if found is None:
        raise KnownError(message(N_("This dose is not in the ward's file.")))
    view = _view(desk, known_patient(desk, found.patient_id), found, found.revision.number)
    return view, next(one.dose.number for one in view.doses if one.dose.id == dose_id)


def revisions(desk: Desk, course_id: UUID) -> tuple[Revision, ...]:
    """Return every revision of a course, oldest first."""
    return desk.ward.revisions_of(course_id)


def tasks_of(desk: Desk, view: CourseView) -> tuple[Task, ...]:
    """Return the samples, values and checks that a course brings, by date."""
    from ivigdesk.clinical.tasks.standing import with_ticks  # late: the list of patients needs no rules
    from ivigdesk.clinical.tasks.task import course_tasks

    tasks = course_tasks(view.course, view.patient, known_facts(desk, view.patient, besides=view.course.id))
    return with_ticks(view, tasks, desk.ward.prepared_checks(dose.id for dose in view.course.doses))


def ledger(view: CourseView) -> Ledger:
    """Return the grams of a course as it stands."""
    return ledger_of(view)


def why(desk: Desk, view: CourseView, number: int) -> tuple[WhyPart, ...]:
    """Return why dose `number` of a course is as it is.

    Raises:
        KeyError: the course has no such dose.
    """
    from ivigdesk.actions.infusions.following_doses import as_tolerated, following  # late: most ask no such question

    one = view.view(number)
    held = following(desk, view, one)
    slowed = as_tolerated(desk, view, one, held)
    seen = msgspec.structs.replace(view, doses=tuple(slowed if each is one else each for each in view.doses))
    return why_dose(seen, number, desk.ward.revisions_of(view.course.id), held)


def _searchable(text: str) -> str:
    """Return what can be looked for: not longer than any name, and no half characters, which no file holds."""
    return text.strip()[:_LONGEST_SEARCH].encode("utf-8", "replace").decode()


def _view(desk: Desk, patient: Patient, course: Course, newest_revision: int) -> CourseView:
    return view_course(
        patient,
        course,
        desk.ward.infusions_of_course(course.id),
        desk.ward.side_effects_of_course(course.id),
        newest_revision=newest_revision,
        day=today(desk.clock),
    )
