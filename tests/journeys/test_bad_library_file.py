"""A library file with a slip: it is listed with the reason, and everything else of the library is there."""

from __future__ import annotations

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.register_patient import register_patient
from tests.conftest import li_na
from tests.journeys.bedside import plan_for
from tests.journeys.conftest import AtWindow
from tests.journeys.nurse import Nurse

_OURS = """
id = "ours"
version = "1"
anchor = "first-dose"
standing = "treatment"
weight_policy = "actual"
indication = "cmv"
sources = ["Ward protocol 12, 2026"]
title = {{ en = "Our CMV regimen", zh_CN = "本病区CMV方案" }}

[[phases]]
name = {{ en = "Ours", zh_CN = "本病区" }}
mg_per_kg = 150
first_day = 1
every_days = {every_days}
doses = 3
"""


def test_a_bad_file_is_listed_with_its_reason_and_the_others_load(desk: Desk, at_window: AtWindow) -> None:
    register_patient(desk, li_na())
    ours = desk.ward.path.parent / "library" / "regimens" / "ours.toml"
    ours.parent.mkdir(parents=True, exist_ok=True)
    shipped = len(desk.library.regimens())
    ours.write_text(_OURS.format(every_days=-2), encoding="utf-8")
    nurse = at_window(desk, "en")
    the_file_is_listed(nurse)
    nurse.turn_to("Regimens")
    assert len(nurse.rows("Regimens")) == shipped
    plan_for(nurse, "LI, Na", "CMV pneumonia: every other day")
    nurse.wait_to_see("11 doses")
    nurse.type("Antiviral with it", "ganciclovir")
    nurse.wait_not_to_see("none is on the plan")
    nurse.press("Confirm course")
    nurse.wait_to_see("is stored: 11 doses")

    ours.write_text(_OURS.format(every_days=2), encoding="utf-8")
    nurse.press("Library")
    assert "Our CMV regimen" in nurse.read_row("Regimens", "Our CMV regimen")
    assert len(nurse.rows("Regimens")) == shipped + 1
    assert not nurse.sees("ours.toml, phases[0].every_days"), "nothing is refused any more"


def the_file_is_listed(nurse: Nurse) -> None:
    nurse.press("Library")
    nurse.turn_to("Refused files (1)")
    row = nurse.read_row("Refused files", "ours.toml")
    assert "phases[0].every_days" in row
    assert "“-2” cannot be used. Allowed: a whole number from 1 to 366." in row
    assert nurse.sees("This file was not loaded. All others are.")
