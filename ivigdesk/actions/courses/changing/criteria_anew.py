"""Moved doses looked at again on their new dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from ivigdesk.actions.courses.plan_request import request_of_course
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.known_facts import known_facts, with_own_doses
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.eligibility.criteria import Criteria
from ivigdesk.clinical.eligibility.facts import criteria_on
from ivigdesk.clinical.eligibility.findings import criteria_findings
from ivigdesk.clinical.findings import Finding


def looked_at_anew(desk: Desk, view: CourseView, doses: Sequence[Dose], moved: Sequence[Dose]) -> Mapping[UUID, Dose]:
    """Return the moved doses with what the course's criteria say of their new dates, by id.

    Args:
        desk: where the nurse works.
        view: the course as it stands.
        doses: of the course after the change.
        moved: those of them that moved.
    """
    course = view.course
    known = known_facts(desk, view.patient, besides=course.id)
    known = with_own_doses(known, course, desk.ward.infusions_of_course(course.id))
    request = request_of_course(desk, course, view.patient, known)
    days = sorted(dose.due_on for dose in doses if dose.counts)
    looked_at = {}
    for dose in moved:
        given_from = msgspec.structs.replace(request, product=course.product_of(dose))
        criteria = criteria_on(given_from, dose.due_on, dose_days=days)
        looked_at[dose.id] = msgspec.structs.replace(dose, criteria=criteria, findings=_findings(dose, criteria))
    return looked_at


def _findings(dose: Dose, criteria: Criteria | None) -> tuple[Finding, ...]:
    """Return what was noticed about a dose, with what the criteria say of its new date in place of the old."""
    said_before = set() if dose.criteria is None else {finding.code for finding in criteria_findings(dose.criteria)}
    kept = tuple(finding for finding in dose.findings if finding.code not in said_before)
    return kept if criteria is None else (*kept, *criteria_findings(criteria))
