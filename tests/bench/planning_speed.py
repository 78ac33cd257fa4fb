"""A course planned on the page, for a patient of whom much is known, against the engine alone with the same facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ivigdesk.actions.courses.plan_course import PlanForm, confirm, propose
from ivigdesk.actions.desk import Desk, add_nurse, open_desk, sign_in
from ivigdesk.actions.patients.record_lab_value import LabForm, record
from ivigdesk.actions.patients.register_patient import PatientForm, register_patient
from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clock import SetClock

COURSES = 10
LAB_VALUES = 200
_TESTS = (("igg", "4.6"), ("creatinine", "88"), ("haemoglobin", "98"), ("platelets", "41"), ("weight", "70"))


def plan_with_much_known(folder: Path) -> tuple[Callable[[], object], Callable[[], object], Callable[[], None]]:
    """Return what the page does as one types, what the engine does of it, and what closes the ward."""
    clock = SetClock(datetime(2025, 10, 1, 9, tzinfo=UTC))
    desk = open_desk(folder, clock)
    add_nurse(desk, "A. Wong")
    sign_in(desk, "A. Wong")
    form = PatientForm(
        record_number="1", family_name="Li", given_name="Na", birth_on="1979-08-14", sex="female", weight="70",
        weighed_on="t", height="166", transplant_on="2025-09-20", transplant_kind="allogeneic", blood_group="A",
    )  # fmt: skip
    patient = register_patient(desk, form)
    plan = PlanForm(
        patient_id=patient.id,
        regimen_id="cmv-pneumonia-fred-hutch",
        product_id="cn-ph4-5",
        antiviral="ganciclovir",
        prescriber="Dr S. Kim",
    )
    for _ in range(COURSES):
        confirm(desk, propose(desk, plan), "Planned for the measurement")
        clock.advance(timedelta(days=14))
    _draw_samples(desk, plan)
    request = propose(desk, plan).plan.request
    return (lambda: propose(desk, plan)), (lambda: plan_course(request)), desk.close


def _draw_samples(desk: Desk, plan: PlanForm) -> None:
    for number in range(LAB_VALUES):
        test, value = _TESTS[number % len(_TESTS)]
        taken_on = f"-{number % 130}d"
        record(desk, LabForm(patient_id=plan.patient_id, test=test, value=value, unit="", taken_on=taken_on))
