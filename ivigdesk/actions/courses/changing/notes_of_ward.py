"""What the ward has to say of the new day of a dose: closed, a public holiday, or full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING
from uuid import UUID

from ivigdesk.actions.courses.changing.rows import RippleNote, RippleRow
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.public_holidays import holidays_between, ward_days
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.messages import N_, Message, Text, message


def ward_notes(desk: Desk, view: CourseView, rows: Sequence[RippleRow]) -> Mapping[int, tuple[RippleNote, ...]]:
    """Return what to know about the new days, by number of the dose."""
    moving = [row.after for row in rows if row.takes_a_new_day and row.after is not None]
    if not moving:
        return {}
    first, last = min(dose.due_on for dose in moving), max(dose.due_on for dose in moving)
    opening = ward_days(desk, first, last)
    holidays = _holidays(desk, first, last)
    over = _over(desk, view.course.id, moving, first, last)

    def notes(dose: Dose) -> Iterator[RippleNote]:
        day = dose.due_on
        if not opening.is_open(day):
            is_single = day in opening.closed_on
            text = N_("The ward is closed on this date.") if is_single else N_("The ward is closed on this weekday.")
            yield RippleNote(kind="closed", severity="warn", message=message(text))
        if day in over:
            said = message(N_("More than the ward can give: {what}."), what=over[day])
            yield RippleNote(kind="capacity", severity="warn", message=said)
        if day in holidays:
            said = message(N_("Public holiday: {name}."), name=holidays[day])
            yield RippleNote(kind="holiday", severity="info", message=said)

    return {dose.number: tuple(notes(dose)) for dose in moving}


def _holidays(desk: Desk, first: date, last: date) -> Mapping[date, Text]:
    """Return the names of the public holidays of a span, in both languages."""
    settings = desk.settings
    if not settings.country:
        return {}
    english = holidays_between(settings, first, last, "en")
    chinese = {one.day: one.name for one in holidays_between(settings, first, last, "zh_CN")}
    return {one.day: Text(en=one.name, zh_CN=chinese.get(one.day, one.name)) for one in english if not one.is_working}


def _over(desk: Desk, course_id: UUID, doses: Sequence[Dose], first: date, last: date) -> Mapping[date, Message]:
    """Return for each day that would be too full with its dose what would be too much."""
    settings = desk.settings
    if settings.most_doses_a_day is None and settings.most_minutes_a_day is None:
        return {}
    from ivigdesk.actions.ward.ward_calendar import over_words, span  # late: most wards set no limit

    days = {day.day: day for day in span(desk, first, last).days}
    over: dict[date, Message] = {}
    for dose in doses:
        others = [one for one in days[dose.due_on].doses if one.counts and one.course_id != course_id]
        own = int(dose.rate_card.duration_min.to_integral_value(rounding=ROUND_CEILING))
        said = over_words(settings, len(others) + 1, sum(one.minutes for one in others) + own)
        if said is not None:
            over[dose.due_on] = said
    return over
