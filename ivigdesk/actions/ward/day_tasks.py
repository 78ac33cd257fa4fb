"""Tests and checks of one day: what is to be done before its doses, what follows earlier ones, and old weights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from ivigdesk.actions.courses.weight_standing import weight_standing
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import known_patient
from ivigdesk.actions.patients.known_facts import known_facts, measured
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.status import CourseView, DoseView, view_course
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.tasks.standing import TaskStanding, is_before_dose, standings, with_ticks
from ivigdesk.clinical.tasks.task import Task, TaskKind, course_tasks
from ivigdesk.clock import today
from ivigdesk.messages import N_, Message, Record, message

_LISTED: tuple[TaskKind, ...] = ("laboratory", "check")
_OVERDUE_SHOWN_DAYS = 14  # what nobody did stays on the list so long after its last day: a list, not a rule
_AT_THE_BEDSIDE = ("SR16",)  # said where the meter is used, with each dose


class DayTask(Record, frozen=True):
    """One test or check that is open on the day, or overdue.

    Attributes:
        patient, course_id: whose, and of which course.
        task: what is to be done.
        standing: `open` or `overdue`.
        dose_id: of the dose that it belongs to, where a task with an item is ticked; None for the whole course.
    """

    patient: Patient
    course_id: UUID
    task: Task
    standing: TaskStanding
    dose_id: UUID | None = None


class DoseTasks(Record, frozen=True):
    """What one dose of the day waits for.

    Attributes:
        dose_id: which dose.
        before: tests and samples that are not done, to be done before it begins.
        weight: what its weight asks for; None for nothing that the day's list does not say already.
    """

    dose_id: UUID
    before: tuple[Task, ...]
    weight: Message | None = None


class DayTasks(Record, frozen=True):
    """The tests and checks of one day.

    Attributes:
        day: which day.
        rows: what follows earlier doses or belongs to the week, by bed, name and last day.
        doses: what the day's own doses wait for.
    """

    day: date
    rows: tuple[DayTask, ...]
    doses: tuple[DoseTasks, ...]

    def of_dose(self, dose_id: UUID) -> DoseTasks | None:
        """Return what a dose waits for; None for nothing."""
        return next((one for one in self.doses if one.dose_id == dose_id), None)


def day_tasks(desk: Desk, day: date | None = None) -> DayTasks:
    """Return the tests and checks of `day`, or of the ward's today.

    Only courses are looked at whose doses lie near enough for a test around them to fall on the day.
    """
    now = today(desk.clock)
    shown = day or now
    rules = library.task_rules()
    after = max(rules.haemolysis.late_to_days, rules.platelets.after_days) + _OVERDUE_SHOWN_DAYS
    before = max(rules.baseline.within_days, library.safety_thresholds().igg.baseline_valid_days)
    near = desk.ward.courses_with_doses_between(shown - timedelta(days=after), shown + timedelta(days=before))
    rows: list[DayTask] = []
    doses: list[DoseTasks] = []
    ids = [dose.id for course in near for dose in course.doses]
    infusions, checks = desk.ward.infusions_of_doses(ids), desk.ward.prepared_checks(ids)
    for course in near:
        own = {dose.id for dose in course.doses}
        view = view_course(
            known_patient(desk, course.patient_id),
            course,
            tuple(infusion for infusion in infusions if infusion.dose_id in own),
            (),  # no test follows from a side effect
            newest_revision=course.revision.number,
            day=now,
        )
        known = known_facts(desk, view.patient, besides=course.id)
        tasks = with_ticks(view, course_tasks(course, view.patient, known), checks)
        rows += _listed(view, tasks, shown)
        doses += _waiting(view, tasks, known, shown, now)
    rows.sort(key=lambda row: (row.patient.bed, row.patient.name, row.task.due_to or date.max))
    return DayTasks(day=shown, rows=tuple(rows), doses=tuple(doses))


def _listed(view: CourseView, tasks: tuple[Task, ...], shown: date) -> Iterator[DayTask]:
    doses = {one.dose.number: one for one in view.doses}
    for task, standing in standings(view, tasks, shown):
        dose = doses.get(task.dose_number) if task.dose_number is not None else None
        if (
            task.kind not in _LISTED
            or task.code in _AT_THE_BEDSIDE
            or (dose is not None and is_before_dose(task, dose.dose.due_on))
        ):
            continue
        if standing in ("open", "overdue"):
            yield DayTask(
                patient=view.patient,
                course_id=view.course.id,
                task=task,
                standing=standing,
                dose_id=None if dose is None else dose.dose.id,
            )


def _waiting(
    view: CourseView, tasks: tuple[Task, ...], known: KnownFacts, shown: date, now: date
) -> Iterator[DoseTasks]:
    for one in view.doses:
        is_of_day = one.dose.due_on == shown or (shown == now and one.dose.due_on < now)
        if one.status not in ("planned", "due", "overdue", "held") or not is_of_day:
            continue
        own = tuple(
            task
            for task in tasks
            if task.dose_number == one.dose.number and is_before_dose(task, one.dose.due_on) and not task.is_done
        )
        weight = _weight(view, one, known, now)
        if own or weight is not None:
            yield DoseTasks(dose_id=one.dose.id, before=own, weight=weight)


def _weight(view: CourseView, one: DoseView, known: KnownFacts, now: date) -> Message | None:
    standing = weight_standing(view.course, one.dose, measured(view.patient, known, now))
    if not standing.has_changed:
        return None
    return message(N_("Weight changed by {change}: compute the doses anew"), change=standing.change)
