"""Dated tasks that doses bring with them: samples, laboratory values, checks, and when live vaccines may come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.planning import CoursePlan, PlanRequest
from ivigdesk.clinical.laboratory.values import LabTest
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.products.product import Product
from ivigdesk.messages import Message, Record
from ivigdesk.scheduling.calendar import CalendarDose

if TYPE_CHECKING:
    from ivigdesk.clinical.safety.facts import CourseFacts

LATE_CHECK = "late-check-24-72h"
"""Item of the check for late effects. Stored: it stays, whatever the hours of the rule become."""

TaskKind = Literal["laboratory", "sample", "check", "vaccine", "weight"]


class Task(Record, frozen=True):
    """One thing to be done in a span of days; derived from doses and facts, never stored.

    Attributes:
        code: of the rule, e.g. `SR10`, `LAB-IGG`.
        kind: what is done.
        what: in words.
        each: the same of several doses, with `{numbers}` in place of theirs; None where it is told once anyway.
        due_from, due_to: first and last day; the same for one day. None as last day for “from then on”.
        dose_number: which dose it belongs to; None for the whole course.
        source: evidence ids.
        test: laboratory test that settles it; None for another task.
        is_done: True when a value of `test` was recorded in the span, or when it was ticked off.
        item: what a nurse ticks at the dose when it is done; empty for what nobody ticks.
    """

    code: str
    kind: TaskKind
    what: Message
    due_from: date
    due_to: date | None
    source: str
    dose_number: int | None = None
    test: LabTest | None = None
    is_done: bool = False
    each: Message | None = None
    item: str = ""


class DoseBasis(NamedTuple):
    """What one dose may have of its own.

    Attributes:
        weighed_on: day of the weight that it was computed from; None for an unknown day.
        product: what it is given from.
    """

    weighed_on: date | None
    product: Product


def plan_tasks(plan: CoursePlan) -> tuple[Task, ...]:
    """Return what a proposed course will bring, by date."""
    from ivigdesk.clinical.safety.facts import CourseFacts  # late: many who read tasks make none

    facts = CourseFacts(
        plan.request,
        [infusion.calendar for infusion in plan.infusions],
        [infusion.mg_per_kg for infusion in plan.infusions],
    )
    return _tasks(facts, [DoseBasis(plan.request.weighed_on, plan.request.product)] * len(plan.infusions))


def course_tasks(course: Course, patient: Patient, known: KnownFacts) -> tuple[Task, ...]:
    """Return what the doses of a course bring, by date; those left out or entered in error bring nothing.

    A dose that was given keeps its tasks: most late effects come days after it.

    Args:
        known: of the patient; this course's own doses are not among the earlier ones.
    """
    from ivigdesk.clinical.safety.facts import CourseFacts  # late: many who read tasks make none

    doses = sorted((dose for dose in course.doses if dose.counts), key=lambda dose: dose.place)
    if not doses:
        return ()
    calendar = [
        CalendarDose(
            number=dose.number,
            phase=dose.phase,
            phase_name=dose.phase_name,
            course_day=dose.course_day,
            transplant_day=dose.transplant_day,
            due_on=dose.due_on,
            mg_per_kg=dose.mg_per_kg,
        )
        for dose in doses
    ]
    facts = CourseFacts(_as_request(course, patient, known), calendar, [dose.mg_per_kg for dose in doses])
    return _tasks(facts, [DoseBasis(course.weight_of(dose).weighed_on, course.product_of(dose)) for dose in doses])


def _as_request(course: Course, patient: Patient, known: KnownFacts) -> PlanRequest:
    return PlanRequest(
        regimen=course.regimen,
        product=course.product,
        first_on=course.first_on,
        transplant_on=patient.transplant_on or course.transplant_on,
        weight_g=course.weight_g,
        weighed_on=course.weighed_on,
        birth_on=patient.birth_on,
        antiviral=course.antiviral,
        blood_group=patient.blood_group,
        donor_blood_group=patient.donor_blood_group,
        risks=patient.risks,
        known=known,
    )


def _tasks(facts: CourseFacts, bases: Sequence[DoseBasis]) -> tuple[Task, ...]:
    from ivigdesk.clinical.tasks.makers.gather import all_tasks  # late: the makers build records of this module

    return all_tasks(facts, bases)
