"""A stored course as data for other programs: the keys are stable."""

from __future__ import annotations

from typing import Any

from ivigdesk.cli.context import Context
from ivigdesk.cli.criteria_words import criteria_as_data
from ivigdesk.cli.plan_json import task_as_data
from ivigdesk.clinical.courses.ledger import ledger_of
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.units import plain


def course_as_data(context: Context, view: CourseView, tasks: tuple[Task, ...]) -> dict[str, Any]:
    """Return a stored course with stable keys; milligrams are strings."""
    course = view.course
    return {
        "id": str(course.id),
        "code": course.code,
        "patient": view.patient.record_number,
        "regimen": {"id": course.regimen.id, "version": course.regimen.version},
        "product": {"id": course.product.id, "version": course.product.version},
        "revision": course.revision.number,
        "newest_revision": view.newest_revision,
        "state": _course_state(view),
        "reason": course.revision.reason,
        "nurse": course.revision.nurse,
        "antiviral": course.antiviral,
        "prescriber": course.prescriber,
        "override": {"reason": course.override_reason, "by": course.override_by},
        "policy": {"id": course.weight_policy, "reason": course.policy_reason},
        "profile": course.profile or None,
        "stated": {one.fact: one.is_so for one in course.stated},
        "total_mg": str(course.total_mg),
        "ledger": _ledger(view),
        "findings": context.findings(course.findings),
        "tasks": [task_as_data(context, task) for task in tasks],
        "doses": [_dose(context, one) for one in view.doses],
    }


def _dose(context: Context, one: DoseView) -> dict[str, Any]:
    dose = one.dose
    return {
        "id": str(dose.id),
        "number": dose.number,
        "date": dose.due_on.isoformat(),
        "course_day": dose.course_day,
        "transplant_day": dose.transplant_day,
        # `due` and `overdue` follow from the date; a dose that waits is planned.
        "state": "planned" if one.status in ("due", "overdue") else one.status,
        "overdue": one.status == "overdue",
        "mg": str(dose.planned_dose_mg),
        "reason": dose.reason,
        "moved_from": dose.planned_on.isoformat() if dose.was_moved else None,
        "side_effects": [{"code": effect.code, "grade": effect.grade} for effect in one.side_effects],
        "criteria": criteria_as_data(context, dose.criteria),
        "findings": context.findings(dose.findings),
    }


def _course_state(view: CourseView) -> str:
    if view.next_dose is None:
        return "finished"
    return "held" if any(one.status == "held" for one in view.doses) else "active"


def _ledger(view: CourseView) -> dict[str, Any]:
    ledger = ledger_of(view)
    return {
        "ordered_mg": plain(ledger.ordered_mg),
        "rounded_mg": str(ledger.rounded_mg),
        "given_mg": str(ledger.given_mg),
        "wasted_mg": str(ledger.wasted_mg),
        "to_come_mg": str(ledger.to_come_mg),
        "expected_mg": str(ledger.expected_mg),
        "approved_mg": None if ledger.approved_mg is None else str(ledger.approved_mg),
        "left_mg": None if ledger.left_mg is None else str(ledger.left_mg),
        "is_exceeded": ledger.is_exceeded,
    }
