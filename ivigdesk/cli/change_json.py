"""What a change does to a course as data for other programs: the keys are stable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ivigdesk.cli.context import Context
from ivigdesk.cli.course_json import state_of
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.status import DoseStatus, status_on

if TYPE_CHECKING:
    from ivigdesk.actions.courses.changing.rows import Ripple, RippleRow


def ripple_as_data(context: Context, shown: Ripple, stored: Course | None) -> dict[str, Any]:
    """Return what a change does with stable keys, doses ascending by number.

    Args:
        context: the reader's words.
        shown: the change.
        stored: the course after it; None when nothing was stored.
    """
    course = shown.view.course
    after = {} if stored is None else {dose.id: dose for dose in stored.doses}
    return {
        "id": str(course.id),
        "code": course.code,
        "revision": course.revision.number if stored is None else stored.revision.number,
        "stored": stored is not None,
        "verb": shown.asked.verb,
        "reach": shown.asked.reach,
        "grid": shown.asked.grid,
        "kept_end": None if shown.kept_end is None else shown.kept_end.isoformat(),
        "left_out": list(shown.left_out),
        "restores": shown.restores,
        "needs_prescriber": shown.needs_prescriber,
        "findings": context.findings(shown.findings),
        "doses": [_row(context, shown, row, after) for row in sorted(shown.rows, key=lambda row: row.number)],
    }


def status_after(shown: Ripple, row: RippleRow, stored: Mapping[UUID, Dose]) -> DoseStatus | None:
    """Return where a dose stands after a change; None for one that an undone addition takes away."""
    if row.after is None:
        return None
    infusion = None if row.before is None else row.before.infusion
    return status_on(stored.get(row.after.id, row.after), infusion, shown.view.day)


def _row(context: Context, shown: Ripple, row: RippleRow, stored: Mapping[UUID, Dose]) -> dict[str, Any]:
    dose = stored.get(row.dose.id, row.dose)
    status = status_after(shown, row, stored)
    return {
        "id": str(dose.id),
        "number": dose.number,
        "from": None if row.before is None else row.before.dose.due_on.isoformat(),
        "date": None if row.after is None else dose.due_on.isoformat(),
        "state": None if status is None else state_of(status),
        "mg": str(dose.planned_dose_mg),
        "product": shown.view.course.product_of(dose).id,
        "moved": row.is_moved,
        "changed": row.is_changed,
        "reason": dose.reason,
        "notes": [context.say(note.message) for note in row.notes],
        "remarks": [
            {"kind": note.kind, "severity": note.severity, "text": context.say(note.message)} for note in row.notes
        ],
    }
