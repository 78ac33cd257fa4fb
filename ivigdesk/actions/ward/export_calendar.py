"""Export dates of doses as an iCalendar file: of one course, or of the ward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.initials import initials
from ivigdesk.clinical.courses.course import Dose, Revision
from ivigdesk.clinical.courses.status import DoseStatus, status_on
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.exchange.dose_words import summary, transplant_day, what_is_given
from ivigdesk.exchange.icalendar_file import CalendarEvent, EventStatus, write_calendar
from ivigdesk.messages import N_, Record, message
from ivigdesk.store import CourseHistory
from ivigdesk.wording import Wording

_TENTATIVE: tuple[DoseStatus, ...] = ("held",)
_CANCELLED: tuple[DoseStatus, ...] = ("omitted", "ceased", "not given", "entered in error")
_WAITS: tuple[DoseStatus, ...] = ("planned", "due", "overdue")


class _Standing(Record, frozen=True):
    """One dose that ever stood in a course's calendar.

    Attributes:
        dose: as the newest revision that holds it has it.
        revision: that revision.
        status: where it stands.
        infusion: its record; None when nothing was started.
        is_gone: whether an undone addition took it out of the calendar.
        days: every day on which it ever stood, or was given.
    """

    dose: Dose
    revision: Revision
    status: DoseStatus
    infusion: Infusion | None
    is_gone: bool
    days: tuple[date, ...]

    @property
    def on(self) -> date:
        """The day on which it was given, else the day it is planned for."""
        if self.infusion is None or (self.infusion.end is not None and self.infusion.end.outcome == "not given"):
            return self.dose.due_on
        return self.infusion.started_at.date()


def course_calendar(desk: Desk, course_id: UUID, words: Wording, *, named: bool = False) -> bytes:
    """Return the calendar of one course, with every dose that ever stood in it.

    Args:
        words: the reader's language.
        named: whether patients are called by name and record number, not by bed or initials.

    Raises:
        KnownError: the course is not known.
    """
    history = desk.ward.course_history(course_id)
    if history is None:
        raise KnownError(message(N_("This course is not in the ward's file.")))
    events = [_event(words, history, one, named) for one in _standings(history, today(desk.clock))]
    name = words.gettext("IVIG, course {code}").format(code=history.course.code)
    return write_calendar(events, name=name, language=words.language)


def ward_calendar(desk: Desk, first: date, last: date, words: Wording, *, named: bool = False) -> bytes:
    """Return the doses of the ward that stand, or ever stood, from `first` to `last`, both included.

    A dose that has left these days is in it too, on its new day: else a calendar that knows it from an earlier
    export would go on showing it on the old one.

    Args:
        words: the reader's language.
        named: whether patients are called by name and record number, not by bed or initials.

    Raises:
        UserMistake: the last day is before the first.
        KnownError: no dose stands there.
    """
    if last < first:
        raise UserMistake(
            "to",
            message(
                N_("Last day: {last} is before the first day, {first}. Allowed: {first} or later."),
                first=first,
                last=last,
            ),
        )
    now = today(desk.clock)
    events = [
        _event(words, history, one, named)
        for history in desk.ward.histories_between(first, last)
        for one in _standings(history, now)
        if any(first <= day <= last for day in one.days)
    ]
    if not events:
        raise KnownError(
            message(
                N_("No dose stands from {first} to {last}; there is nothing to export."),
                first=first,
                last=last,
            )
        )
    name = words.gettext("IVIG, {place}").format(place=desk.settings.name or words.gettext("ward"))
    return write_calendar(events, name=name, language=words.language)


def _standings(history: CourseHistory, day: date) -> Iterator[_Standing]:
    infusions = {infusion.dose_id: infusion for infusion in history.infusions}
    newest: dict[UUID, tuple[Dose, Revision]] = {}
    days: dict[UUID, set[date]] = {}
    for revision in history.revisions:
        for dose in revision.doses:
            newest[dose.id] = (dose, revision)
            days.setdefault(dose.id, set()).add(dose.due_on)
    for dose, revision in newest.values():
        infusion = infusions.get(dose.id)
        given_on = () if infusion is None else (infusion.started_at.date(),)
        yield _Standing(
            dose=dose,
            revision=revision,
            status=status_on(dose, infusion, day),
            infusion=infusion,
            is_gone=revision.number < history.course.revision.number,
            days=(*sorted(days[dose.id]), *given_on),
        )


def _event(words: Wording, history: CourseHistory, one: _Standing, named: bool) -> CalendarEvent:
    newest = history.course.revision
    first = next(revision for revision in history.revisions if any(dose.id == one.dose.id for dose in revision.doses))
    moments = [newest.at, history.patient_changed_at]
    if one.infusion is not None:
        moments.append(one.infusion.at)
        if one.infusion.end is not None:
            moments.append(one.infusion.end.at)
    return CalendarEvent(
        uid=str(one.dose.id),
        sequence=newest.number - 1,
        on=one.on,
        summary=summary(
            words,
            one.dose.planned_dose_mg,
            whose=_whose(words, history.patient, named),
            number=one.dose.number,
            in_all=max(dose.number for dose in one.revision.doses),
            state=_state(words, one),
        ),
        description="\n".join(_description(words, history, one, named)),
        status=_event_status(one),
        made_at=first.at,
        # A bed, or what was given, changes without a new revision: the later time lets it replace what was known.
        changed_at=max(moments),
    )


def _event_status(one: _Standing) -> EventStatus:
    if one.is_gone or one.status in _CANCELLED:
        return "cancelled"
    return "tentative" if one.status in _TENTATIVE else "confirmed"


def _state(words: Wording, one: _Standing) -> str:
    """Return where the dose stands: not every calendar shows that an event is cancelled."""
    if one.is_gone:
        return words.gettext("taken back")
    return "" if one.status in _WAITS else words.status(one.status)


def _whose(words: Wording, patient: Patient, named: bool) -> Sequence[str]:
    bed = words.gettext("bed {bed}").format(bed=patient.bed) if patient.bed else ""
    return (bed, patient.name) if named else (bed or initials(patient),)


def _description(words: Wording, history: CourseHistory, one: _Standing, named: bool) -> Iterator[str]:
    course, dose, patient = history.course, one.dose, history.patient
    if named:
        yield words.gettext("{name}, {number}").format(name=patient.name, number=patient.record_number)
    yield what_is_given(words, course.product_of(dose).title, dose.volume_ml, dose.vials)
    yield from filter(None, [transplant_day(words, _transplant_day(history, one))])
    yield words.gettext("Course {code}, revision {revision}").format(code=course.code, revision=course.revision.number)


def _transplant_day(history: CourseHistory, one: _Standing) -> int | None:
    transplant_on = history.course.transplant_on
    return None if transplant_on is None else (one.on - transplant_on).days
