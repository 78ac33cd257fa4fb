"""Doses, laboratory values and events of a patient in one list by date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.event_words import title_of
from ivigdesk.clinical.patients.events import ENDING, ClinicalEvent
from ivigdesk.sheets.lab_words import (
    correction_words,
    event_dates,
    event_details,
    sample_words,
    test_words,
    value_words,
)
from ivigdesk.sheets.trend.of_patient import dose_days
from ivigdesk.ui.widgets import State, status_state
from ivigdesk.units import grams
from ivigdesk.wording import Wording


class DoseOf(msgspec.Struct, frozen=True):
    """A dose with its course."""

    view: CourseView
    dose: DoseView


class TimelineRow(msgspec.Struct, frozen=True):
    """One thing on one day; a heading has a `section` and nothing else.

    Attributes:
        on: its day.
        state: what kind of thing it is, as a chip.
        what, more: in words.
        nurse, at: who recorded it, and when; empty and None for a dose to come.
        record: the dose, the laboratory value or the event.
    """

    on: date
    state: State
    what: str
    more: str
    nurse: str
    at: datetime | None
    record: DoseOf | LabValue | ClinicalEvent | None
    section: str = ""


def timeline(
    views: Iterable[CourseView],
    labs: Iterable[LabValue],
    events: Iterable[ClinicalEvent],
    today: date,
    wording: Wording,
) -> tuple[TimelineRow, ...]:
    """Return everything under two headings: what happened, newest first, and what is to come, soonest first."""
    courses = tuple(views)
    doses_on = dose_days(courses)
    rows = [_event(event, wording) for event in events]
    rows.extend(_value(value, doses_on, wording) for value in labs)
    rows.extend(_dose(view, dose, wording) for view in courses for dose in view.doses)
    past = sorted((row for row in rows if row.on <= today), key=_order, reverse=True)
    ahead = sorted((row for row in rows if row.on > today), key=_order)
    found: list[TimelineRow] = []
    for heading, part in ((wording.gettext("Up to today"), past), (wording.gettext("To come"), ahead)):
        if part:
            found.append(TimelineRow(part[0].on, State("", "", "plain"), "", "", "", None, None, heading))
            found.extend(part)
    return tuple(found)


def _order(row: TimelineRow) -> tuple[date, str]:
    return row.on, row.at.isoformat() if row.at else ""


def _dose(view: CourseView, one: DoseView, wording: Wording) -> TimelineRow:
    _ = wording.gettext
    infusion = one.infusion
    amount = one.dose.planned_dose_mg
    if infusion is not None and infusion.end is not None:
        amount = infusion.end.given_dose_mg
    effects = _(", ").join(wording.text(effect.term) for effect in one.side_effects)
    parts = [wording.text(view.course.regimen.title), effects or one.dose.reason]
    return TimelineRow(
        on=infusion.started_at.date() if infusion else one.dose.due_on,
        state=status_state(one.status, wording),
        what=_("Dose {number}: {amount}").format(number=one.dose.number, amount=wording.amount(grams(amount), "g")),
        more=" · ".join(part for part in parts if part),
        nurse=infusion.end.nurse if infusion and infusion.end else "",
        at=infusion.started_at if infusion else None,
        record=DoseOf(view, one),
    )


def _value(value: LabValue, doses_on: tuple[date, ...], wording: Wording) -> TimelineRow:
    more = (sample_words(value, doses_on, wording), correction_words(value, wording))
    return TimelineRow(
        on=value.taken_on,
        state=State("", wording.gettext("Laboratory"), "plain"),
        what=f"{test_words(value.test, wording)} {value_words(value)}",
        more=" · ".join(part for part in more if part),
        nurse=value.nurse,
        at=value.at,
        record=value,
    )


def _event(event: ClinicalEvent, wording: Wording) -> TimelineRow:
    said = wording.say(title_of(event))
    dates = event_dates(event, wording)
    details = event_details(event, wording)
    if dates == wording.date(event.on):
        dates = ""
    return TimelineRow(
        on=event.on,
        state=State("▲", wording.gettext("Event"), "serious" if event.kind in ENDING else "attention"),
        what=said[:1].upper() + said[1:],
        more=" · ".join(part for part in (dates, details) if part),
        nurse=event.nurse,
        at=event.at,
        record=event,
    )
