"""Facts about an invented patient that the tests of safety rules and tasks share."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

import msgspec

from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent, EventKind
from ivigdesk.clinical.patients.known import EarlierDose, EarlierReaction, KnownFacts
from tests.clinical.samples import MONDAY, name, request

SOMEBODY = UUID(int=1)
_UNITS: dict[str, str] = {"creatinine": "µmol/L", "egfr": "mL/min/1.73 m²", "cmv-pcr": "IU/mL", "weight": "kg"}


def days(n: int) -> date:
    """The day `n` days after the first dose of the samples; negative before it."""
    return MONDAY + timedelta(days=n)


def lab(test: LabTest, value: str, on: int) -> LabValue:
    taken_on = days(on)
    return LabValue(
        id=uuid5(SOMEBODY, f"{test} {value} {on}"),
        patient_id=SOMEBODY,
        test=test,
        value=Decimal(value),
        unit=_UNITS.get(test, "g/L"),
        taken_on=taken_on,
        entered_value=value,
        entered_unit=_UNITS.get(test, "g/L"),
        nurse="Wang",
        at=datetime(taken_on.year, taken_on.month, taken_on.day, 9, tzinfo=UTC),
    )


def event(kind: EventKind, on: int, until: int | None = None) -> ClinicalEvent:
    return ClinicalEvent(
        id=uuid5(SOMEBODY, f"{kind} {on}"),
        patient_id=SOMEBODY,
        kind=kind,
        on=days(on),
        until=None if until is None else days(until),
        nurse="Wang",
        at=datetime(2026, 3, 1, 9, tzinfo=UTC),
    )


def earlier(on: int, mg_per_kg: int = 400, product: str = "cn-ph4-5", *, given: bool = True) -> EarlierDose:
    return EarlierDose(
        on=days(on), mg_per_kg=Decimal(mg_per_kg), product_id=product, course_code="C-000001", is_given=given
    )


def reaction(term_id: str, grade: int, *, holding: bool = False) -> EarlierReaction:
    return EarlierReaction(
        on=days(-30), term=name(term_id), term_id=term_id, grade=grade, product_id="cn-ph4-5", is_holding=holding
    )


def known(**facts: object) -> dict[str, object]:
    """What a request is given as its known facts."""
    return {"known": msgspec.structs.replace(KnownFacts(), **facts)}


def planned(**changes: object) -> CoursePlan:
    return plan_course(request(**changes))


def noticed(plan: CoursePlan, code: str) -> set[str]:
    """The severities with which a code was noticed, anywhere in the plan."""
    return {finding.severity for finding in plan.all_findings if finding.code == code}
