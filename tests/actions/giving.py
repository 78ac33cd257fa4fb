"""Give a dose in one line, where a test is about what comes after it."""

from __future__ import annotations

from datetime import timedelta

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clock import SetClock


def give(desk: Desk, course: Course, number: int) -> Infusion:
    """Give a whole dose now; the clock stands an hour later."""
    return _give(desk, course, number, giving.EndForm(outcome="completed"))


def partly_give(desk: Desk, course: Course, number: int, given_ml: str) -> Infusion:
    """Give a part of a dose now; the clock stands an hour later."""
    form = giving.EndForm(outcome="partly given", given_ml=given_ml, reason="Line blocked")
    return _give(desk, course, number, form)


def _give(desk: Desk, course: Course, number: int, form: giving.EndForm) -> Infusion:
    dose = course.dose(number)
    infusion = giving.start_infusion(desk, dose.id, recorded_later=True)
    for vial in dose.vials:
        for _ in range(vial.count):
            giving.hang_vial(
                desk,
                infusion.id,
                giving.VialForm(product_id=course.product_of(dose).id, mg=vial.mg, lot="P1", expires_on="2028-09"),
            )
    if isinstance(desk.clock, SetClock):
        desk.clock.advance(timedelta(hours=1))
    return giving.finish_infusion(desk, infusion.id, form)
