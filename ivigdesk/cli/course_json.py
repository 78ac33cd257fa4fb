"""A stored course as data for other programs: the keys are stable."""

from __future__ import annotations

from typing import Any

from ivigdesk.cli.context import Context
from ivigdesk.cli.criteria_words import criteria_as_data
from ivigdesk.cli.plan_json import task_as_data
from ivigdesk.clinical.courses.course import Course, Revision
from ivigdesk.clinical.courses.ledger import ledger_of
from ivigdesk.clinical.courses.status import CourseView, DoseStatus, DoseView
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
        "verb": course.revision.verb,
        "reason": course.revision.reason,
        "nurse": course.revision.nurse,
        "approved_by": course.revision.approved_by,
        "restores": course.revision.restores,
        "antiviral": course.antiviral,
        "prescriber": course.prescriber,
        "override": {"reason": course.override_reason, "by": course.override_by},
        "policy": {"id": course.weight_policy, "reason": course.policy_reason},
        "profile": course.profile or None,
        "approved_until": None if course.approved_until is None else course.approved_until.isoformat(),
        "stated": {one.fact: one.is_so for one in course.stated},
        "total_mg": str(course.total_mg),
        "ledger": _ledger(view),
        "findings": context.findings(course.findings),
        "tasks": [task_as_data(context, task) for task in tasks],
        "doses": [_dose(context, course, one) for one in view.doses],
    }


def state_of(status: DoseStatus) -> str:
    """Return the state for other programs: `due` and `overdue` follow from the date; a dose that waits is planned."""
    return "planned" if status in ("due", "overdue") else status


def revisions_as_data(revisions: tuple[Revision, ...]) -> list[dict[str, Any]]:
    """Return what was done to a calendar, oldest first."""
    return [
        {
            "number": revision.number,
            "at": revision.at.isoformat(),
            "nurse": revision.nurse,
            "verb": revision.verb,
            "reason": revision.reason,
            "approved_by": revision.approved_by,
            "restores": revision.restores,
        }
        for revision in revisions
    ]


def _dose(context: Context, course: Course, one: DoseView) -> dict[str, Any]:
    dose = one.dose
    return {
        "id": str(dose.id),
        "number": dose.number,
        "date": dose.due_on.isoformat(),
        "course_day": dose.course_day,
        "transplant_day": dose.transplant_day,
        "state": state_of(one.status),
        "overdue": one.status == "overdue",
        "mg": str(dose.planned_dose_mg),
        "product": course.product_of(dose).id,
        "given_on": _given_on(one),
        "is_extra": dose.is_extra,
        "replaces": None if dose.replaces is None else str(dose.replaces),
        "needs_release": dose.awaits_release,
        "reason": dose.reason,
        "changed_by": dose.changed_by,
        "changed_at": None if dose.changed_at is None else dose.changed_at.isoformat(),
        "moved_from": dose.planned_on.isoformat() if dose.was_moved else None,
        "side_effects": [{"code": effect.code, "grade": effect.grade} for effect in one.side_effects],
        "criteria": criteria_as_data(context, dose.criteria),
        "findings": context.findings(dose.findings),
    }


def _given_on(one: DoseView) -> str | None:
    """Return the day on which its infusion began; None where there was none."""
    infusion = one.infusion
    if infusion is None or (infusion.end is not None and infusion.end.outcome == "not given"):
        return None
    return infusion.started_at.date().isoformat()


def _course_state(view: CourseView) -> str:
    if view.next_dose is None:
        return "ceased" if any(one.status == "ceased" for one in view.doses) else "finished"
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
