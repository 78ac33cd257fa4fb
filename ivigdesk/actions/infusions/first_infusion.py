"""A dose that begins anew at the initial rate, although the plan did not know it when it was made."""

from __future__ import annotations

from uuid import uuid4

import msgspec

from ivigdesk.actions.courses.compute_anew import computed_anew
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.known_facts import is_first_infusion
from ivigdesk.clinical.courses.course import Course, Dose, Revision
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.findings import TraceStep
from ivigdesk.clock import today
from ivigdesk.messages import N_, message

# The reason is stored once and read in either language, so it says the same in both.
_REASON = (
    "Initial rate: first infusion, another product, or more than 8 weeks / 初始速度：首次输注、更换产品或间隔超过8周"
)


def as_it_begins_now(desk: Desk, view: CourseView, one: DoseView) -> DoseView:
    """Return a dose as it would begin today.

    SAFETY: where no dose was given for more than 8 weeks, or the last one was another product, the pump starts at
    the initial rate, whatever the plan expected. It never goes the other way: a careful start stays careful.

    Source: FACTS 4.2 (S35, S54), 7 SR29.
    """
    dose = one.dose
    if one.infusion is not None or one.status not in ("due", "overdue") or dose.is_first_infusion:
        return one
    course = view.course
    if not is_first_infusion(desk, view.patient, course.product_of(dose).id, today(desk.clock)):
        return one
    plan = computed_anew(desk, course, view.patient, (dose,), course.weight_of(dose), course.height_mm)
    card = plan.infusions[0].rate_card
    step = TraceStep(
        rule=message(
            N_("no dose of this product was given within 8 weeks before {date}: the initial rates"),
            date=today(desk.clock),
        ),
        source="FACTS 4.2, 7 SR29, S35, S54",
    )
    fresh = msgspec.structs.replace(
        dose, is_first_infusion=True, rate_card=msgspec.structs.replace(card, trace=(step, *card.trace))
    )
    return msgspec.structs.replace(one, dose=fresh)


def as_the_bedside_sees_it(desk: Desk, view: CourseView, number: int) -> CourseView:
    """Return the course with dose `number` as it would begin today: what paper and screen of the bedside show.

    Raises:
        KeyError: the course has no such dose.
    """
    now = as_it_begins_now(desk, view, view.view(number))
    return msgspec.structs.replace(view, doses=tuple(now if one.dose.id == now.dose.id else one for one in view.doses))


def restart_revision(desk: Desk, course: Course, dose: Dose) -> Revision | None:
    """Return the revision that keeps the dose as it begins; None when it begins as it was planned.

    Args:
        dose: as `as_it_begins_now` returned it.
    """
    if course.dose(dose.number) == dose:
        return None
    return Revision(
        id=uuid4(),
        course_id=course.id,
        number=course.revision.number + 1,
        doses=tuple(dose if one.id == dose.id else one for one in course.doses),
        reason=_REASON,
        nurse=desk.must_have_nurse(),
        at=desk.clock.now(),
    )
