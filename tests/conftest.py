"""What every test may ask for: a clock that stands still, an empty ward, a patient, a course."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import settings

from ivigdesk.actions.courses.plan_course import PlanForm, confirm, propose
from ivigdesk.actions.desk import Desk, add_nurse, open_desk, set_ward, sign_in
from ivigdesk.actions.patients.register_patient import PatientForm, register_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.clock import SetClock
from ivigdesk.wording import Wording

# Timings differ between machines; what is tested here is behaviour, and the same examples on every machine.
settings.register_profile("ward", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("ward")

SHANGHAI = timezone(timedelta(hours=8))
FIRST_MORNING = datetime(2026, 3, 2, 9, 5, tzinfo=SHANGHAI)

assert FIRST_MORNING.astimezone(UTC).date() == FIRST_MORNING.date()


@pytest.fixture
def clock() -> SetClock:
    """The ward's clock, standing at 09:05 on Monday 2 March 2026."""
    return SetClock(FIRST_MORNING)


@pytest.fixture
def english() -> Wording:
    return Wording("en")


@pytest.fixture
def chinese() -> Wording:
    return Wording("zh_CN")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty data folder."""
    return tmp_path / "ward"


@pytest.fixture(scope="session")
def ward_to_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ward with two nurses and nobody in bed, to be copied: to make its tables takes long."""
    folder = tmp_path_factory.mktemp("new") / "ward"
    desk = open_desk(folder, SetClock(FIRST_MORNING))
    add_nurse(desk, "A. Wong", "charge nurse")
    add_nurse(desk, "S. Kaur")
    sign_in(desk, "A. Wong")
    set_ward(desk, WardSettings(name="BMT 3", phone="4300", emergency_phone="2222"))
    desk.close()
    return folder


@pytest.fixture
def desk(ward_to_copy: Path, folder: Path, clock: SetClock) -> Iterator[Desk]:
    """An open ward with two nurses and nobody in bed; A. Wong is on duty."""
    shutil.copytree(ward_to_copy, folder, dirs_exist_ok=True)
    desk = open_desk(folder, clock)
    sign_in(desk, "A. Wong")
    yield desk
    desk.close()


def li_na() -> PatientForm:
    """A patient as typed: the one of the sketches."""
    return PatientForm(
        record_number="BMT-004217",
        family_name="Li",
        given_name="Na",
        local_name="李娜",
        birth_on="1979-08-14",
        sex="female",
        bed="07",
        weight="70",
        weighed_on="t",
        height="166",
        transplant_on="2025-12-20",
        transplant_kind="allogeneic",
        allergy_state="known",
        allergies="Penicillin",
        blood_group="A",
        rhesus="positive",
        cmv="positive",
        donor_cmv="negative",
    )


@pytest.fixture
def patient(desk: Desk) -> Patient:
    """LI, Na 李娜, 70 kg."""
    return register_patient(desk, li_na())


def cmv_plan(patient: Patient, **more: str) -> PlanForm:
    """The article's CMV regimen, starting today, with ganciclovir."""
    typed = {
        "regimen_id": "cmv-pneumonia-fred-hutch",
        "product_id": "cn-ph4-5",
        "first_on": "t",
        "antiviral": "ganciclovir",
        "prescriber": "Dr S. Kim",
    } | more
    return PlanForm(patient_id=patient.id, **typed)


@pytest.fixture
def course(desk: Desk, patient: Patient) -> Course:
    """The confirmed CMV course of LI, Na: 11 doses of 10 g from 2 March 2026."""
    return confirm(desk, propose(desk, cmv_plan(patient)))
