"""A rule about who pays: a child does not meet it, and gets the course on a prescriber's word."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import find_patients
from ivigdesk.actions.patients.register_patient import register_patient
from tests.conftest import li_na
from tests.journeys.bedside import plan_for
from tests.journeys.conftest import AtWindow
from tests.journeys.nurse import Nurse
from tests.journeys.paper import read_plan

_NOT_MET = "Does not meet the CMS coverage criterion (payment rule)"


def test_a_child_of_12_does_not_meet_the_payment_rule_and_is_planned_on_a_prescribers_word(
    desk: Desk, at_window: AtWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = msgspec.structs.replace(li_na(), birth_on="2013-06-14", weight="38", height="150", sex="female")
    register_patient(desk, child)
    nurse = at_window(desk, "en")
    plan_for(nurse, "LI, Na", "CMV pneumonia: every other day")
    nurse.type("Antiviral with it", "ganciclovir")
    nurse.wait_to_see("11 doses")
    assert not nurse.sees(_NOT_MET), "the ward's own criteria are no payment rule"
    nurse.choose("Criteria", "CMS")
    nurse.wait_to_see(_NOT_MET)
    assert nurse.sees("says who pays, not what is right for the patient")
    the_rule_is_named(nurse)
    assert nurse.can_press("Confirm course"), "a payment rule never blocks"
    nurse.in_dialog(lambda: nurse.press("Confirm course"), lambda: override(nurse))
    nurse.wait_to_see("is stored: 11 doses")
    (view,) = find_patients(desk, "lina")[0].courses
    assert {dose.criteria and dose.criteria.outcome for dose in view.course.doses} == {"not_met"}
    assert (view.course.override_reason, view.course.override_by) == ("Severe CMV pneumonia", "Dr S. Kim")
    text = read_plan(nurse, tmp_path / "plan.pdf", monkeypatch)
    for said in ("Severe CMV pneumonia", "Dr S. Kim", "payment rule"):
        assert said in text, said


def the_rule_is_named(nurse: Nurse) -> None:
    nurse.turn_to("Criteria")
    nurse.wait_to_see("CMS-3")
    assert nurse.sees("Under the age of 20 the coverage criterion is not met.")
    nurse.turn_to("Doses")


def override(nurse: Nurse) -> None:
    assert nurse.sees(_NOT_MET)
    nurse.type("Reason", "Severe CMV pneumonia")
    nurse.type("Prescriber who accepts it", "Dr S. Kim")
    nurse.press("Confirm with this reason")
