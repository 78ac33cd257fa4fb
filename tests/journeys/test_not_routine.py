"""A regimen that guidelines advise against: a banner, a choice of the last day, and a justification on paper."""

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


def test_a_regimen_that_is_no_routine_is_stored_only_with_a_reason_and_a_name(
    desk: Desk, at_window: AtWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register_patient(desk, msgspec.structs.replace(li_na(), transplant_on="2026-02-23"))
    nurse = at_window(desk, "en")
    plan_for(nurse, "LI, Na", "Weekly 0.5 g/kg in the first 3 months")
    nurse.wait_to_see("Guidelines advise against routine use.")
    pick_the_last_day(nurse)
    nurse.in_dialog(lambda: nurse.press("Confirm course"), lambda: justify(nurse))
    nurse.wait_to_see("is stored: 12 doses")
    assert nurse.sees("Guidelines advise against routine use."), "it stays above the stored course"
    (row,) = find_patients(desk, "lina")
    (view,) = row.courses
    assert view.course.doses[-1].transplant_day == 84
    assert (view.course.override_reason, view.course.override_by) == ("Two CMV reactivations", "Dr M. Okafor")
    text = read_plan(nurse, tmp_path / "plan.pdf", monkeypatch)
    printed = (
        "NOT ROUTINE",
        "Guidelines advise against routine use",
        "Two CMV reactivations",
        "Dr M. Okafor",
        "last transplant day 90 (prescriber's choice; the source leaves 90 or 100 open)",
    )
    assert [said for said in printed if said not in text] == []


def pick_the_last_day(nurse: Nurse) -> None:
    nurse.wait_to_see("14 doses")
    nurse.choose("Last day", "day +90")
    nurse.wait_to_see("12 doses")


def justify(nurse: Nurse) -> None:
    nurse.press("Confirm with this reason")
    assert nurse.sees("nothing was entered"), "neither reason nor name is there"
    nurse.type("Written justification", "Two CMV reactivations")
    nurse.press("Confirm with this reason")
    assert nurse.sees("nothing was entered"), "nobody is named"
    nurse.type("Prescriber who accepts it", "Dr M. Okafor")
    nurse.press("Confirm with this reason")
