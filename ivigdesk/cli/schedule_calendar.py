"""A computed course as an iCalendar file, for a schedule that is stored nowhere."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from ivigdesk.clinical.courses.planning import CoursePlan, PlannedInfusion
from ivigdesk.exchange.dose_words import summary, transplant_day, what_is_given
from ivigdesk.exchange.icalendar_file import CalendarEvent, write_calendar
from ivigdesk.wording import Wording

_SCHEDULES = UUID("5b1c0c1e-6c0a-5f5d-9b4e-2f1a7e0d9c43")
"""Names what is computed here among all that may be named."""


def schedule_calendar(plan: CoursePlan, words: Wording, at: datetime) -> bytes:
    """Return the file of a computed course. The same schedule, computed again, updates its own events.

    Args:
        plan: the course.
        words: the reader's language.
        at: now.
    """
    name = words.gettext("IVIG: {regimen}").format(regimen=words.text(plan.request.regimen.title))
    events = [_event(plan, words, infusion, at) for infusion in plan.infusions]
    return write_calendar(events, name=name, language=words.language)


def _event(plan: CoursePlan, words: Wording, infusion: PlannedInfusion, at: datetime) -> CalendarEvent:
    request, day, amount = plan.request, infusion.calendar, infusion.amount
    first_on = plan.infusions[0].calendar.due_on
    own = (request.regimen.id, request.product.id, str(request.weight_g), first_on.isoformat(), str(day.number))
    lines = (
        words.text(request.regimen.title),
        what_is_given(words, request.product.title, amount.volume_ml, amount.vials),
        transplant_day(words, day.transplant_day),
    )
    return CalendarEvent(
        uid=str(uuid5(_SCHEDULES, "\n".join(own))),
        sequence=0,
        on=day.due_on,
        summary=summary(words, amount.dose_mg, whose=(), number=day.number, in_all=len(plan.infusions)),
        description="\n".join(line for line in lines if line),
        status="confirmed",
        made_at=at,
        changed_at=at,
    )
