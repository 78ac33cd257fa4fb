"""Immunoglobulin against CMV goes on top of an antiviral: without one, or with “none”, the course is held."""

from __future__ import annotations

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import find_patients
from ivigdesk.clinical.patients.patient import Patient
from tests.journeys.bedside import plan_for
from tests.journeys.conftest import AtWindow
from tests.journeys.nurse import Nurse

_HELD = "This regimen is given on top of a drug against CMV, and none is on the plan."


def test_a_cmv_course_without_an_antiviral_is_held(desk: Desk, patient: Patient, at_window: AtWindow) -> None:
    nurse = at_window(desk, "en")
    plan_for(nurse, "LI, Na", "CMV pneumonia: every other day")
    nurse.wait_to_see(_HELD)
    for typed in ("none", "None.", "无"):
        nurse.type("Antiviral with it", "ganciclovir")
        nurse.wait_not_to_see(_HELD)
        nurse.type("Antiviral with it", typed)
        nurse.wait_to_see(_HELD)
        nurse.in_dialog(lambda: nurse.press("Confirm course"), lambda: give_up(nurse))
    (row,) = find_patients(desk, "lina")
    assert row.courses == (), "nothing is stored without a prescriber's word"
    nurse.type("Antiviral with it", "ganciclovir")
    nurse.wait_not_to_see(_HELD)
    nurse.press("Confirm course")
    nurse.wait_to_see("is stored: 11 doses")


def give_up(nurse: Nurse) -> None:
    assert nurse.sees(_HELD)
    nurse.press("Confirm with this reason")
    assert nurse.sees("nothing was entered")
    nurse.press("Cancel")
