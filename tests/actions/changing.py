"""Change a course in one line, where a test is about what comes after it."""

from __future__ import annotations

import msgspec

from ivigdesk.actions.courses.changing import ChangeForm, Ripple, accept, ripple
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course


def shown(desk: Desk, course: Course, verb: str, number: int | None = None, to: str = "", **more: str) -> Ripple:
    """Return what a change would do."""
    form = ChangeForm(course_id=course.id, verb=verb, number=number, to=to)
    return ripple(desk, msgspec.structs.replace(form, **more))


def change(
    desk: Desk,
    course: Course,
    verb: str,
    number: int | None = None,
    to: str = "",
    *,
    reason: str = "Fever",
    by: str = "Dr S. Kim",
    **more: str,
) -> Course:
    """Change the course as it is stored now."""
    return accept(desk, shown(desk, course, verb, number, to, **more), reason, by)


def days(course: Course) -> str:
    """Return the dates of the doses that count, in order of the numbers: `03-02 03-04`."""
    return " ".join(dose.due_on.isoformat()[5:] for dose in course.doses if dose.counts)


def standing(course: Course) -> str:
    """Return number, date and state of every dose that is not simply planned."""
    return ", ".join(
        f"{dose.number} {dose.due_on.isoformat()[5:]} {'error' if dose.is_error else dose.state}"
        for dose in course.doses
        if dose.state != "planned" or dose.is_error
    )
