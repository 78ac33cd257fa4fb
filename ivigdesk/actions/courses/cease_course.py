"""Cease what remains of a course: after a death, a withdrawal, or because its purpose is reached."""

from __future__ import annotations

from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import patient as look_up_patient
from ivigdesk.actions.words import one_line
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.status import SETTLED, CourseView
from ivigdesk.clinical.patients.events import ENDING
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message


def courses_to_cease(desk: Desk, patient_id: UUID) -> tuple[CourseView, ...]:
    """Return the patient's courses with doses still to come, after a death or withdrawal; nothing before one.

    Raises:
        KnownError: the patient is not known.
    """
    row = look_up_patient(desk, patient_id)
    if not any(event.kind in ENDING for event in desk.ward.events_of(patient_id)):
        return ()
    return tuple(view for view in row.courses if any(one.status not in SETTLED for one in view.doses))


def cease(desk: Desk, course_id: UUID, reason: str) -> Course:
    """Cease every dose of a course that was not dealt with, as one revision.

    Raises:
        UserMistake: the reason is missing.
        KnownError: an infusion is running, or no dose remains.
    """
    from ivigdesk.actions.courses.changing import ChangeForm, accept, ripple  # late: only this asks for the rules

    one_line(reason, field="reason", name=message(N_("Reason")), most=500, required=True)
    if all(one.status in SETTLED for one in look_up_course(desk, course_id).doses):
        raise KnownError(message(N_("No dose of this course remains. Nothing was changed.")))
    return accept(desk, ripple(desk, ChangeForm(course_id=course_id, verb="cease")), reason)
