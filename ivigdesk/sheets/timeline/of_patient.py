"""The timeline of one patient: which doses, values and events it shows, and how each is said in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ivigdesk.clinical.courses.status import LEFT_OUT, CourseView, DoseView
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.event_words import title_of
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.sheets import words
from ivigdesk.sheets.lab_words import event_dates, event_details
from ivigdesk.sheets.timeline.values import (
    Timeline,
    TimelineCourse,
    TimelineDose,
    TimelineEffect,
    TimelineEvent,
    TimelinePhase,
    TimelineTest,
    TimelineValue,
)
from ivigdesk.sheets.trend.of_patient import trend_of, until
from ivigdesk.sheets.trend.series import point_words
from ivigdesk.sheets.trend.values import TrendEvent, TrendPoint
from ivigdesk.wording import Wording

_TESTS: tuple[LabTest, ...] = ("igg", "cmv-pcr", "creatinine")
"""What doses are given for, and what they may harm; the other tests have their own tab."""


def timeline_of(
    patient: Patient,
    views: Sequence[CourseView],
    labs: Iterable[LabValue],
    events: Iterable[ClinicalEvent],
    today: date,
    wording: Wording,
) -> Timeline:
    """Return the timeline of a patient.

    Args:
        patient: whose.
        views: all courses of the patient, as they stand; nothing else is read.
        labs: current laboratory values of any test.
        events: current clinical events.
        today: the ward's date.
        wording: of the reader.
    """
    courses = sorted(views, key=lambda view: view.course.first_on)
    values = tuple(labs)
    transplant_on = patient.transplant_on or next((view.course.transplant_on for view in courses), None)
    say = _Saying(transplant_on, tuple(one for view in courses for one in words.effects_of(view)), wording)
    return Timeline(
        courses=tuple(_course(view, say) for view in courses),
        effects=tuple(
            sorted((one for view in courses for one in _effects(view, say)), key=lambda one: (one.on, -one.grade))
        ),
        tests=tuple(
            _test(test, patient, courses, values, today, say)
            for test in _TESTS
            if any(value.test == test for value in values)
        ),
        events=tuple(_event(event, wording) for event in sorted(events, key=lambda event: event.on)),
        today=today,
        transplant_on=transplant_on,
        first_on=courses[0].course.first_on if courses else None,
    )


class _Saying:
    """Days in words, with the day since transplant where there was one.

    Attributes:
        effects: all side effects, which reasons may name.
        wording: of the reader.
    """

    def __init__(self, transplant_on: date | None, effects: tuple[SideEffect, ...], wording: Wording) -> None:
        self.wording = wording
        self.effects = effects
        self._transplant_on = transplant_on

    def day(self, day: date) -> str:
        """Return `Mon 02 Mar 2026, day +72`."""
        if self._transplant_on is None:
            return self.wording.date(day)
        return self.together(self.wording.date(day), self.wording.transplant_day((day - self._transplant_on).days))

    def together(self, *parts: str) -> str:
        """Return what is said of one thing, without what is empty."""
        return self.wording.gettext(", ").join(part for part in parts if part)


def _course(view: CourseView, say: _Saying) -> TimelineCourse:
    wording = say.wording
    counted = [one for one in view.doses if one.status not in LEFT_OUT]
    given = sum(one.status in ("given", "partly given") for one in counted)
    progress = wording.ngettext("{given} of {n} dose given", "{given} of {n} doses given", len(counted))
    return TimelineCourse(
        course_id=view.course.id,
        title=wording.text(view.course.regimen.title),
        note=words.DOT.join((view.course.code, progress.format(given=given, n=len(counted)))),
        phases=_phases(view, say),
        doses=tuple(sorted((_dose(one, say) for one in view.doses), key=lambda dose: (dose.on, dose.number))),
    )


def _day_of(one: DoseView) -> date:
    return one.infusion.started_at.date() if one.infusion is not None else one.dose.due_on


def _dose(one: DoseView, say: _Saying) -> TimelineDose:
    _ = say.wording.gettext
    dose, on = one.dose, _day_of(one)
    moved_from = dose.planned_on if dose.planned_on != on else None
    moved = _("moved from {day}").format(day=say.wording.date_short(dose.planned_on)) if moved_from else ""
    return TimelineDose(
        number=dose.number,
        on=on,
        status=one.status,
        moved_from=moved_from,
        words=say.together(
            _("Dose {number}").format(number=dose.number),
            say.day(on),
            words.grams(dose.planned_dose_mg, say.wording),
            say.wording.status(one.status),
            _("added") if dose.is_extra else "",
            moved,
            words.reason(dose.reason, say.effects, say.wording),
        ),
    )


def _phases(view: CourseView, say: _Saying) -> tuple[TimelinePhase, ...]:
    """Return the phases over the regimen's own doses; a dose that was added does not stretch one."""
    found: dict[int, list[DoseView]] = {}
    for one in view.doses:
        if one.dose.phase_name is not None and not one.dose.is_extra and one.status != "entered in error":
            found.setdefault(one.dose.phase, []).append(one)
    phases = []
    for doses in found.values():
        days = [_day_of(one) for one in doses]
        name = "" if doses[0].dose.phase_name is None else say.wording.text(doses[0].dose.phase_name)
        span = say.wording.gettext("{first} to {last}").format(first=say.day(min(days)), last=say.day(max(days)))
        phases.append(TimelinePhase(name, min(days), max(days), say.together(name, span)))
    return tuple(sorted(phases, key=lambda phase: phase.first))


def _effects(view: CourseView, say: _Saying) -> Iterable[TimelineEffect]:
    for one in view.doses:
        for effect in one.side_effects:
            on = effect.onset_at.date()
            number = one.dose.number
            yield TimelineEffect(
                on=on,
                grade=effect.grade,
                term=say.wording.text(effect.term),
                course_id=view.course.id,
                dose_number=number,
                words=say.together(
                    words.reaction(effect, say.wording),
                    say.day(on),
                    say.wording.gettext("dose {number}").format(number=number),
                ),
            )


def _test(
    test: LabTest,
    patient: Patient,
    views: Sequence[CourseView],
    labs: Sequence[LabValue],
    today: date,
    say: _Saying,
) -> TimelineTest:
    """Return the values of a test as its trend shows them: one unit, and what each IgG sample is."""
    trend = trend_of(test, patient, views, labs, (), today, say.wording)
    return TimelineTest(
        title=trend.title,
        values=tuple(TimelineValue(point, _value(trend.title, point, say)) for point in trend.points),
        is_log=trend.is_log,
    )


def _value(title: str, point: TrendPoint, say: _Saying) -> str:
    named = say.wording.gettext("{test}: {value}").format(test=title, value=point_words(point, say.wording))
    return say.together(named, say.day(point.on), point.kind)


def _event(event: ClinicalEvent, wording: Wording) -> TimelineEvent:
    _ = wording.gettext
    label = wording.say(title_of(event))
    said = (label, event_dates(event, wording), event_details(event, wording))
    return TimelineEvent(
        span=TrendEvent(on=event.on, until=until(event), label=label),
        words=_(", ").join(part for part in said if part),
    )
