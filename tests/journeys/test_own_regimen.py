"""A regimen of the ward's own: written, planned, handed to a second ward, and planned there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivigdesk.actions.desk import Desk, add_nurse, open_desk, sign_in
from ivigdesk.actions.look_up import find_patients
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clock import SetClock
from tests.conftest import li_na
from tests.journeys.bedside import plan_for
from tests.journeys.conftest import AtWindow
from tests.journeys.nurse import Nurse
from tests.journeys.paper import answer_with

_TITLE = "Adenovirus, weekly"


def test_a_regimen_that_a_ward_writes_is_planned_there_and_in_a_second_ward(
    desk: Desk, at_window: AtWindow, clock: SetClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register_patient(desk, li_na())
    nurse = at_window(desk, "en")
    write_it(nurse)
    plan_it(nurse)
    file = tmp_path / "usb" / "adenovirus.toml"
    file.parent.mkdir()
    hand_it_over(nurse, file, monkeypatch)

    second = open_desk(tmp_path / "second-ward", clock)
    try:
        add_nurse(second, "S. Kaur")
        sign_in(second, "S. Kaur")
        register_patient(second, li_na())
        there = at_window(second, "en")
        take_it_in(there, file, monkeypatch)
        plan_it(there)
        first_course, second_course = (find_patients(one, "lina")[0].courses[0].course for one in (desk, second))
        assert first_course.regimen == second_course.regimen
        assert (second_course.regimen.author, str(second_course.regimen.written_on)) == ("A. Wong", "2026-03-02")
        assert [dose.due_on for dose in second_course.doses] == [dose.due_on for dose in first_course.doses]
        assert second_course.nurse == "S. Kaur"
    finally:
        second.close()


def write_it(nurse: Nurse) -> None:
    nurse.press("Library")
    nurse.press("New regimen")
    nurse.press("Save")
    assert nurse.sees("nothing was entered"), "an empty form is refused, field by field"
    for field, text in {
        "Title": _TITLE,
        "Amount": "300",
        "First day": "1",
        "Every … days": "7",
        "Number of doses": "4",
        "Rationale": "Adenovirus in blood and low IgG",
        "Sources": "Dr M. Okafor, ward round of 2 March 2026",
    }.items():
        nurse.type(field, text)
    nurse.choose("Standing", "Treatment")
    nurse.choose("Indication", "severe infection")
    nurse.wait_to_see("300 mg/kg weekly on days 1, 8, 15, 22")
    nurse.type("Every … days", "-7")
    nurse.wait_to_see("“-7” cannot be used")
    nurse.type("Every … days", "7")
    nurse.wait_to_see("300 mg/kg weekly on days 1, 8, 15, 22")
    nurse.press("Save")
    nurse.wait_to_see(f"Saved: {_TITLE}")


def plan_it(nurse: Nurse) -> None:
    plan_for(nurse, "LI, Na", _TITLE)
    nurse.wait_to_see("4 doses, last on Mon 23 Mar 2026.")
    assert nurse.sees("A. Wong"), "who wrote it stands above the course"
    nurse.press("Confirm course")
    refused = "is a regimen of the ward's own. Enter who prescribes it."
    assert nurse.sees(refused), "it goes by a prescriber's name, asked for before any reason is written"
    nurse.type("Prescriber", "Dr M. Okafor")
    nurse.in_dialog(lambda: nurse.press("Confirm course"), lambda: give_the_reason(nurse))
    nurse.wait_to_see("is stored: 4 doses")


def give_the_reason(nurse: Nurse) -> None:
    assert nurse.sees("unit criteria: needs justification (no rule speaks of this use)")
    nurse.type("Reason", "Adenovirus in blood")
    nurse.type("Prescriber who accepts it", "Dr M. Okafor")
    nurse.press("Confirm with this reason")


def hand_it_over(nurse: Nurse, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nurse.press("Library")
    nurse.select_row("Regimens", _TITLE)
    answer_with(file, monkeypatch)
    nurse.press("Give to another ward…")
    nurse.wait_to_see("Handed over: adenovirus.toml")


def take_it_in(nurse: Nurse, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nurse.press("Library")
    answer_with(file, monkeypatch)
    nurse.press("Take in…")
    nurse.wait_to_see(f"Taken in: {_TITLE}")
    assert nurse.sees("A. Wong"), "the file still says who wrote it"
