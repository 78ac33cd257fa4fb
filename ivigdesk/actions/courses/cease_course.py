"""Cease what remains of a course: after a death, a withdrawal, or because its purpose is reached."""

from __future__ import annotations

from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import patient as look_up_patient
from ivigdesk.actions.words import one_line
from ivigdesk.clinical.courses.course import Course, Revision
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
    why = one_line(reason, field="reason", name=message(N_("Reason")), most=500, required=True)
    view = look_up_course(desk, course_id)
    # SAFETY: a pump that still runs must be stopped and written down before its course is closed.
    running = next((one for one in view.doses if one.status == "running"), None)
    if running is not None:
        raise KnownError(
            message(
                N_("Dose {number} is running. Stop the infusion and record its end first; nothing was changed."),
                number=running.dose.number,
            )
        )
    remaining = {one.dose.id for one in view.doses if one.status not in SETTLED}
    if not remaining:
        raise KnownError(message(N_("No dose of this course remains. Nothing was changed.")))
    revision = Revision(
        id=uuid4(),
        course_id=course_id,
        number=view.newest_revision + 1,
        doses=tuple(
            msgspec.structs.replace(dose, state="ceased", reason=why) if dose.id in remaining else dose
            for dose in view.course.doses
        ),
        reason=why,
        nurse=desk.must_have_nurse(),
        at=desk.clock.now(),
    )
    with desk.ward.changing(nurse=revision.nurse, at=revision.at, action="course ceased", reason=why) as change:
        change.add(revision)
    return msgspec.structs.replace(view.course, revision=revision)
