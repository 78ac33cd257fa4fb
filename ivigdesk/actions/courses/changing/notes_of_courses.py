"""What a change does beside the patient's other courses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ivigdesk.actions.courses.changing.rows import RippleNote, RippleRow
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.known_facts import known_facts
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.messages import N_, message


def overlap_notes(desk: Desk, view: CourseView, rows: Sequence[RippleRow]) -> Mapping[int, tuple[RippleNote, ...]]:
    """Return what to know about the patient's other courses, by number of the dose.

    Noted are a dose of another course on the new day of a dose, and a course with which this one overlaps only
    because of the change, at the dose that comes nearest to it.

    Source: FACTS 7 SR20.
    """
    moving = [row for row in rows if row.takes_a_new_day]
    if not moving:
        return {}
    known = known_facts(desk, view.patient, besides=view.course.id)
    found: dict[int, list[RippleNote]] = {}
    for row in moving:
        codes = tuple(dict.fromkeys(one.course_code for one in known.earlier if one.on == row.dose.due_on))
        if codes:
            said = message(
                N_(
                    "{courses}: this patient has a dose of another course on this day. Ask the prescriber to merge "
                    "them; both count together."
                ),
                courses=codes,
            )
            found.setdefault(row.number, []).append(RippleNote(kind="overlap", severity="hold", message=said))
    before = [_day(one.dose.due_on, view, one.dose.number) for one in view.doses if one.dose.counts]
    after = [_day(row.after.due_on, view, row.number) for row in rows if row.after is not None and row.after.counts]
    for code in known.overlapping:
        days = [one.on for one in known.earlier if one.course_code == code]
        if _overlap(before, days) or not _overlap(after, days):
            continue
        nearest = min(moving, key=lambda row: (_distance(row.dose.due_on, days), row.dose.due_on))
        said = message(
            N_(
                "{courses}: this patient has another course at the same time. Ask the prescriber to merge them; both "
                "count together."
            ),
            courses=(code,),
        )
        found.setdefault(nearest.number, []).append(RippleNote(kind="overlap", severity="hold", message=said))
    return {number: tuple(notes) for number, notes in found.items()}


def _day(due_on: date, view: CourseView, number: int) -> date:
    """Return the day on which a dose was given, else the one that it is planned for."""
    infusion = next((one.infusion for one in view.doses if one.dose.number == number), None)
    return due_on if infusion is None else infusion.started_at.date()


def _overlap(own: Sequence[date], other: Sequence[date]) -> bool:
    return bool(own and other) and min(own) <= max(other) and min(other) <= max(own)


def _distance(day: date, days: Sequence[date]) -> int:
    return min(abs((day - other).days) for other in days)
