"""The day's list: what is overdue, running, due, on hold and done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical import library
from ivigdesk.clinical.course import Course, Dose
from ivigdesk.clinical.infusion import SideEffect
from ivigdesk.clinical.patient import Patient
from ivigdesk.clinical.status import DoseView, status_on
from ivigdesk.clock import today
from ivigdesk.messages import N_, Message, Record, message

Group = Literal["overdue", "running", "due", "held", "done"]

GROUPS: tuple[Group, ...] = ("overdue", "running", "due", "held", "done")


class DayRow(Record, frozen=True):
    """One dose on the day's list.

    Attributes:
        group: where it stands.
        patient, course: whose, and the course at the revision in force.
        view: the dose.
        doses_in_all: number of doses of the course that are not omitted or ceased.
        overdue_days: days since it was due; 0 unless overdue.
        last_reaction: the latest side effect of an earlier dose, with that dose's number; None for none.
        missing: what is missing or to be known before it, in order of weight.
    """

    group: Group
    patient: Patient
    course: Course
    view: DoseView
    doses_in_all: int
    overdue_days: int = 0
    last_reaction: tuple[int, SideEffect] | None = None
    missing: tuple[Message, ...] = ()

    @property
    def dose(self) -> Dose:
        """The dose itself."""
        return self.view.dose


class DayList(Record, frozen=True):
    """The list of one day.

    Attributes:
        day: which day.
        is_today: whether it is the ward's today: only then is anything overdue.
        rows: by group, then bed, then name.
    """

    day: date
    is_today: bool
    rows: tuple[DayRow, ...]

    def in_group(self, group: Group) -> tuple[DayRow, ...]:
        """Return the rows of one group, in order."""
        return tuple(row for row in self.rows if row.group == group)

    @property
    def to_give(self) -> tuple[DayRow, ...]:
        """Rows still to be given on this day: overdue, running and due."""
        return tuple(row for row in self.rows if row.group in ("overdue", "running", "due"))

    @property
    def total_mg(self) -> int:
        """Milligrams still to be given."""
        return sum(row.dose.planned_dose_mg for row in self.to_give)

    @property
    def total_vials(self) -> int:
        """Vials still to be opened."""
        return sum(vial.count for row in self.to_give for vial in row.dose.vials)


def day_list(desk: Desk, day: date | None = None) -> DayList:
    """Return the list of `day`, or of the ward's today."""
    now = today(desk.clock)
    shown = day or now
    # Only the doses of the day are read with their records; of the others, the course and its side effects suffice.
    concerned = desk.ward.day_rows(shown)
    courses = {course.id: course for course in desk.ward.courses_by_ids({row.course_id for row in concerned})}
    effects = _side_effects(desk, tuple(courses.values()))
    rows = []
    for found in concerned:
        view = DoseView(
            dose=found.dose,
            status=status_on(found.dose, found.infusion, now),
            infusion=found.infusion,
            side_effects=effects.get(found.dose.id, ()),
        )
        group = _group(view, shown, now)
        if group is not None:
            rows.append(_row(group, found.patient, courses[found.course_id], view, effects, shown, now))
    order = {group: place for place, group in enumerate(GROUPS)}
    rows.sort(key=lambda row: (order[row.group], row.dose.due_on, row.patient.bed, row.patient.name))
    return DayList(day=shown, is_today=shown == now, rows=tuple(rows))


def _side_effects(desk: Desk, courses: tuple[Course, ...]) -> dict[UUID, tuple[SideEffect, ...]]:
    """Return the current side effects of every dose of the courses, by dose, ascending by onset."""
    of_dose: dict[UUID, tuple[SideEffect, ...]] = {}
    for effect in desk.ward.side_effects_of_doses([dose.id for course in courses for dose in course.doses]):
        of_dose[effect.dose_id] = (*of_dose.get(effect.dose_id, ()), effect)
    return of_dose


def _row(
    group: Group,
    patient: Patient,
    course: Course,
    view: DoseView,
    effects: Mapping[UUID, tuple[SideEffect, ...]],
    shown: date,
    now: date,
) -> DayRow:
    earlier = [
        (dose.number, effect)
        for dose in course.doses
        if dose.number < view.dose.number
        for effect in effects.get(dose.id, ())
    ]
    return DayRow(
        group=group,
        patient=patient,
        course=course,
        view=view,
        doses_in_all=sum(1 for dose in course.doses if dose.state in ("planned", "held")),
        overdue_days=(now - view.dose.due_on).days if group == "overdue" else 0,
        last_reaction=max(earlier, key=lambda pair: pair[1].onset_at, default=None),
        missing=what_is_missing(patient, view.dose, shown) if group in ("overdue", "due") else (),
    )


def _group(view: DoseView, shown: date, now: date) -> Group | None:
    dose, infusion = view.dose, view.infusion
    if view.status == "running":
        return "running" if shown == now else None
    if infusion is not None and infusion.end is not None:
        return "done" if infusion.started_at.date() == shown else None
    if view.status == "held":
        return "held" if dose.due_on == shown or (shown == now and dose.due_on < now) else None
    if view.status in ("omitted", "ceased"):
        return None
    if dose.due_on < now:
        return "overdue" if shown == now else None
    return "due" if dose.due_on == shown else None


def what_is_missing(patient: Patient, dose: Dose, day: date) -> tuple[Message, ...]:
    """Return what the nurse should see to before this dose."""
    missing = []
    if patient.weighed_on is None:
        missing.append(message(N_("No weight on record")))
    elif day - patient.weighed_on > timedelta(days=library.limits().weight_valid_days):
        missing.append(message(N_("Weight is {n} days old"), n=(day - patient.weighed_on).days))
    if dose.is_first_infusion:
        missing.append(message(N_("First infusion: initial rate, observe 1 h after")))
    if patient.allergy_state == "not recorded":
        missing.append(message(N_("Allergies not recorded")))
    return tuple(missing)
