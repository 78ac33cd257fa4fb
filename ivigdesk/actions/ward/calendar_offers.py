"""Where the doses of an overfull day could go: within their tolerance, to open days with room. It only proposes."""

from __future__ import annotations

from datetime import date

from ivigdesk.actions import look_up
from ivigdesk.actions.courses.changing.slots_of import limits_of, slots_of
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.calendar_days import CalendarDay, CalendarDose, CalendarSpan, Offer
from ivigdesk.actions.ward.ward_calendar import over_words, span
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.scheduling.changes.tolerance import within_tolerance

MOST_PER_DOSE = 2


def offers_on(desk: Desk, day: date) -> tuple[Offer, ...]:
    """Return moves that would relieve `day`; none when the ward can give what stands on it.

    Each dose has at most two, the nearer day first; the dose with the most days to choose from comes first.
    """
    (full,) = span(desk, day, day).days
    if not full.is_over:
        return ()
    wishes = {dose: _quiet_days(desk, dose) for dose in full.doses if dose.may_move}
    wanted = {to for days in wishes.values() for to in days}
    if not wanted:
        return ()
    around = span(desk, min(wanted), max(wanted))
    settings = desk.settings
    roomy = {dose: [to for to in days if _has_room(settings, around.day(to), dose)] for dose, days in wishes.items()}
    ordered = sorted(roomy, key=lambda dose: (-len(roomy[dose]), dose.bed, dose.patient_name, dose.number))
    return tuple(_offer(dose, around, to) for dose in ordered for to in roomy[dose][:MOST_PER_DOSE])


def _quiet_days(desk: Desk, dose: CalendarDose) -> tuple[date, ...]:
    """Return the days within the dose's tolerance that break nothing in its course, nearest first."""
    view = look_up.course(desk, dose.course_id)
    highest = max(one.dose.number for one in view.doses)
    return within_tolerance(slots_of(view), dose.number, limits_of(view, highest))


def _has_room(settings: WardSettings, to: CalendarDay, dose: CalendarDose) -> bool:
    # SAFETY: a patient who has a dose of another course that day is not offered a second one.
    is_free = all(other.patient_id != dose.patient_id for other in to.doses if other.counts)
    return to.is_open and is_free and over_words(settings, to.count + 1, to.minutes + dose.minutes) is None


def _offer(dose: CalendarDose, around: CalendarSpan, to: date) -> Offer:
    load = around.day(to)
    return Offer(dose=dose, to=to, count=load.count + 1, minutes=load.minutes + dose.minutes)
