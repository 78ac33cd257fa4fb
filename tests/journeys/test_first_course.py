"""The whole job once: from an empty ward to a printed sheet and a recorded headache, then the file read again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from ivigdesk.actions.desk import Desk, open_desk
from ivigdesk.actions.look_up import find_patients
from ivigdesk.clock import SetClock
from tests.journeys.nurse import Nurse
from tests.journeys.paper import save_as_pdf


def test_a_nurse_does_the_whole_job_once(
    nurse_at_new_ward: Nurse,
    empty_desk: Desk,
    folder: Path,
    clock: SetClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nurse = nurse_at_new_ward
    open_the_ward(nurse)
    register_li_na(nurse)
    plan_the_cmv_course(nurse)
    save_the_plan(nurse, tmp_path / "plan.pdf", monkeypatch)
    give_the_first_dose_with_a_headache(nurse, clock)
    postpone_the_second_dose(nurse)
    nurse.window.close()
    empty_desk.close()
    read_the_file_again(folder, clock)


def open_the_ward(nurse: Nurse) -> None:
    nurse.type("Name of the ward", "BMT 3")
    nurse.type("Your name", "A. Wong")
    nurse.press("Begin")
    nurse.wait_to_see("Today")


def register_li_na(nurse: Nurse) -> None:
    nurse.press("Patients")
    nurse.press("Register a patient")
    for field, text in {
        "Family name": "Li",
        "Given name": "Na",
        "Name in another script": "李娜",
        "Record number": "BMT-004217",
        "Birth date": "1979-08-14",
        "Bed": "07",
        "Weight, kg": "1,500",
        "Weighed on": "t",
        "Height, cm": "166",
        "Transplant date": "2025-12-20",
    }.items():
        nurse.type(field, text)
    nurse.choose("Sex", "Female")
    nurse.press("Save patient")
    assert nurse.sees("“1,500” cannot be used"), "a weight that two wards read differently is refused under its field"
    nurse.type("Weight, kg", "70,0")
    nurse.press("Save patient")
    nurse.wait_to_see("Saved: LI, Na 李娜")


def plan_the_cmv_course(nurse: Nurse) -> None:
    nurse.press("Plan a course")
    nurse.choose("Regimen", "CMV pneumonia: every other day")
    nurse.choose("Product", "Human immunoglobulin (pH 4)")
    nurse.type("First dose", "t")
    nurse.type("Antiviral with it", "ganciclovir")
    nurse.type("Prescriber", "Dr S. Kim")
    nurse.wait_to_see("11 doses, last on Mon 06 Apr 2026.")
    nurse.wait_to_see("10 g")
    nurse.press("Confirm course")
    nurse.wait_to_see("is stored: 11 doses")


def save_the_plan(nurse: Nurse, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nurse.press("Print plan")
    nurse.wait_to_see("page 1 of")
    nurse.press("中文")
    text = save_as_pdf(nurse, file, monkeypatch)
    assert "李娜" in text
    assert "2026年4月6日 周一" in text
    nurse.press("Back")


def give_the_first_dose_with_a_headache(nurse: Nurse, clock: SetClock) -> None:
    nurse.press("Today")
    nurse.open_row("Doses of the day", "LI, Na")
    nurse.wait_to_see("Before the start")
    nurse.press("Start the infusion")
    assert nurse.sees("must be checked first"), "nothing starts with a critical check open"
    nurse.tick_everything()
    nurse.choose("How many", "4")
    nurse.type("Lot number", "P100471881")
    nurse.type("Expiry", "2027-09")
    nurse.press("Record these vials")
    nurse.press("Start the infusion")
    nurse.wait_to_see("Running since 09:05")
    clock.advance(timedelta(minutes=15))
    for field, text in {
        "Temperature in degrees": "36.8",
        "Pulse per minute": "80",
        "Systolic blood pressure": "122",
        "Diastolic blood pressure": "74",
    }.items():
        nurse.type(field, text)
    nurse.press("Save this observation")
    nurse.wait_to_see("09:20")
    clock.advance(timedelta(minutes=25))
    nurse.in_dialog(lambda: nurse.press("Headache"), lambda: record_grade_one(nurse))
    nurse.wait_to_see("Headache, grade 1")
    clock.advance(timedelta(minutes=160))
    nurse.in_dialog(lambda: nurse.press("Finish and sign"), lambda: nurse.press("Sign as A. Wong"))
    nurse.wait_to_see("Given")


def record_grade_one(nurse: Nurse) -> None:
    nurse.press("Grade 1")
    nurse.type("What was done", "Slowed, fluids")
    nurse.press("Save side effect")


def postpone_the_second_dose(nurse: Nurse) -> None:
    nurse.press("Patients")
    nurse.open_row("Patients", "LI, Na")
    nurse.press("Open course")
    nurse.select_row("Doses", "Wed 04 Mar")
    nurse.in_dialog(lambda: nurse.press("Postpone"), lambda: move_by_a_day(nurse))
    nurse.wait_to_see("Thu 05 Mar")


def move_by_a_day(nurse: Nurse) -> None:
    nurse.type("New date", "2026-03-05")
    nurse.press("Everything after it")
    nurse.type("Reason", "Fever 38.4 °C")
    nurse.press("Postpone")


def read_the_file_again(folder: Path, clock: SetClock) -> None:
    desk = open_desk(folder, clock)
    try:
        assert desk.ward.check().is_sound
        (row,) = find_patients(desk, "lina")
        assert row.patient.weight_g == 70_000
        (view,) = row.courses
        given = view.view(1)
        assert given.status == "given"
        assert given.infusion is not None
        assert [vial.lot for vial in given.infusion.vials] == ["P100471881"] * 4
        assert given.infusion.observations[0].temperature_c == Decimal("36.8")
        (headache,) = given.side_effects
        assert (headache.code, headache.grade, headache.minutes_from_start) == ("AE14", 1, 40)
        assert view.course.revision.number == 2
        assert view.course.doses[1].due_on == date(2026, 3, 5)
        assert view.course.doses[-1].due_on == date(2026, 4, 7)
        assert {entry.nurse for entry in desk.ward.journal()} == {"A. Wong"}
    finally:
        desk.close()
