"""Print the ward's list of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.following_doses import in_force
from ivigdesk.actions.look_up import known_patient, revisions
from ivigdesk.actions.printing.print_sheets import Printout, printing_now
from ivigdesk.actions.ward.as_they_begin import as_they_begin
from ivigdesk.actions.ward.day_list import DayList, DayRow, day_list
from ivigdesk.actions.ward.day_tasks import DayTasks, day_tasks
from ivigdesk.actions.ward.planned_times import DoseSpan, day_spans
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.day_rules import BeforeStart
from ivigdesk.clinical.infusions.side_effects import Consequence
from ivigdesk.sheets.day.values import DayEntry, DayMoved, DayOrder, DaySheet, DayUnsigned
from ivigdesk.sheets.day_sheet import draw_day_list
from ivigdesk.wording import Wording

_DAY = timedelta(days=1)
_MOVED_NEAR = timedelta(days=90)
"""How far from the day a dose may lie that was moved on it: what is further is not of this shift."""


def day_list_sheet(desk: Desk, day: date, words: Wording) -> Printout:
    """Return the list of `day` with the next day beside it.

    Raises:
        KnownError: nobody is on duty, or a character cannot be printed.
    """
    return Printout(
        title=words.gettext("Day list of {day}").format(day=words.date(day)),
        file_name=f"day-list-{day.isoformat()}-{words.language}.pdf",
        pdf=draw_day_list(day_values(desk, day), words),
    )


def day_values(desk: Desk, day: date) -> DaySheet:
    """Return everything that the list of a day prints.

    Raises:
        KnownError: nobody is on duty.
    """
    shown = as_they_begin(desk, day_list(desk, day))
    spans = day_spans(desk, shown)
    tomorrow = as_they_begin(desk, day_list(desk, day + _DAY))
    return DaySheet(
        ward=desk.settings,
        printing=printing_now(desk),
        day=day,
        entries=_entries(desk, shown, spans, day_tasks(desk, day)),
        tomorrow=_entries(desk, tomorrow, day_spans(desk, tomorrow), None),
        moved=tuple(_moved(desk, day)),
        unsigned=tuple(
            DayUnsigned(patient=row.patient, number=row.dose.number, missing=row.missing)
            for row in day_list(desk, day - _DAY).rows
            if row.has_open_record
        ),
        nurse_minutes=sum(act.minutes for span in spans.values() for act in span.acts if act.at.date() == day),
    )


def _entries(desk: Desk, shown: DayList, spans: dict[UUID, DoseSpan], tasks: DayTasks | None) -> tuple[DayEntry, ...]:
    return tuple(_entry(desk, row, spans.get(row.dose.id), tasks) for row in shown.rows)


def _entry(desk: Desk, row: DayRow, span: DoseSpan | None, tasks: DayTasks | None) -> DayEntry:
    waiting = tasks.of_dose(row.dose.id) if tasks is not None and row.group in ("overdue", "due") else None
    drawn = () if waiting is None else tuple(task.what for task in waiting.before if task.kind != "weight")
    weight = () if waiting is None or waiting.weight is None else (waiting.weight,)
    starts_at = None if span is None else span.starts_at
    return DayEntry(
        group=row.group,
        patient=row.patient,
        dose=row.dose,
        product=row.product.short_title,
        doses_in_all=row.doses_in_all,
        starts_at=starts_at,
        ends_at=None if span is None else span.ends_at,
        is_proposed=span is not None and span.kind == "proposed",
        overdue_days=row.overdue_days,
        last_reaction=row.last_reaction,
        missing=weight + row.missing,
        tests=drawn,
        orders=tuple(_orders(desk, row, starts_at)) if row.group in ("overdue", "due", "held") else (),
        infusion=row.view.infusion,
        effects=row.view.side_effects,
    )


def _orders(desk: Desk, row: DayRow, starts_at: datetime | None) -> Iterator[DayOrder]:
    """Yield premedication and hydration that were decided after earlier reactions."""
    rules = library.infusion_day_rules()
    limits: dict[Consequence, BeforeStart] = {"PREMED": rules.premedication, "HYDR": rules.hydration}
    for one in in_force(desk, row.course_id, row.dose.id):
        follow_up = one.follow_up
        limit = limits.get(follow_up.consequence)
        if limit is None:
            continue
        yield DayOrder(
            name=desk.library.side_effects().consequence(follow_up.consequence).name,
            detail=follow_up.detail,
            from_at=None if starts_at is None else starts_at - timedelta(minutes=limit.from_min),
            to_at=None if starts_at is None else starts_at - timedelta(minutes=limit.to_min),
        )


def _moved(desk: Desk, day: date) -> Iterator[DayMoved]:
    """Yield the doses that were moved on `day`, from where they stood at its beginning."""
    for course in desk.ward.courses_with_doses_between(day - _MOVED_NEAR, day + _MOVED_NEAR):
        if all(dose.changed_at is None or dose.changed_at.date() != day for dose in course.doses):
            continue
        before = _dates_before(desk, course, day)
        for dose in course.doses:
            old = before.get(dose.id, dose.due_on)
            if old != dose.due_on and dose.counts:
                yield DayMoved(
                    patient=known_patient(desk, course.patient_id),
                    number=dose.number,
                    from_on=old,
                    to_on=dose.due_on,
                    reason=dose.reason,
                    nurse=dose.changed_by,
                )


def _dates_before(desk: Desk, course: Course, day: date) -> dict[UUID, date]:
    earlier = [one for one in revisions(desk, course.id) if one.at.date() < day]
    if not earlier:
        return {}
    newest = max(earlier, key=lambda one: one.number)
    return {dose.id: dose.due_on for dose in newest.doses}
