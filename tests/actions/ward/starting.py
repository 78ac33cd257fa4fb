"""A ward in which several doses are due on one morning."""

from __future__ import annotations

from msgspec.structs import replace

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clinical.courses.course import Course
from tests.conftest import cmv_plan, li_na


def more_courses(desk: Desk, *beds: str) -> tuple[Course, ...]:
    """Return a course that begins today for one more patient in each bed."""
    courses = []
    for bed in beds:
        form = replace(li_na(), record_number=f"BMT-{bed}", family_name=f"Bed{bed}", local_name="", bed=bed)
        courses.append(confirm(desk, propose(desk, cmv_plan(register_patient(desk, form)))))
    return tuple(courses)


def on_duty(desk: Desk, nurses: int | None, usual_start: str = "09:00") -> None:
    """Let so many nurses give infusions."""
    set_ward(desk, replace(desk.settings, nurses_on_duty=nurses, usual_start=usual_start))
