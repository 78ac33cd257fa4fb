"""What nurses do at every bedside, for the journeys that are about something else."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ivigdesk.clock import SetClock
from tests.journeys.nurse import Nurse
from tests.ui.infusion.bedside import burst, code


def open_todays_dose(nurse: Nurse, patient: str = "LI, Na") -> None:
    """Open the patient's row of the day's list."""
    nurse.press("Today")
    nurse.open_row("Doses of the day", patient)


def start_the_dose(nurse: Nurse) -> None:
    """Tick the checklist, record the vials, start the pump."""
    prepare_the_dose(nurse)
    nurse.press("Start the infusion")
    nurse.wait_to_see("Running since")


def prepare_the_dose(nurse: Nurse) -> None:
    """Tick the checklist and record the vials of today's dose."""
    open_todays_dose(nurse)
    if nurse.can_press("Start infusion"):  # an overdue dose opens its course first: it may be moved instead
        nurse.press("Start infusion")
    nurse.wait_to_see("Before the start")
    nurse.tick_everything()
    nurse.choose("How many", "4")
    nurse.type("Lot number", "P100471881")
    nurse.type("Expiry", "2027-09")
    nurse.press("Record these vials")


def open_the_course(nurse: Nurse, patient: str = "LI, Na") -> None:
    """Open the patient's course from the list of patients."""
    nurse.press("Patients")
    nurse.open_row("Patients", patient)
    nurse.press("Open course")


def plan_for(nurse: Nurse, patient: str, regimen: str, product: str = "Human immunoglobulin (pH 4)") -> None:
    """Begin a course of the patient from the list of patients: regimen, product, today."""
    nurse.press("Patients")
    nurse.open_row("Patients", patient)
    nurse.press("Plan a course")
    nurse.choose("Regimen", regimen)
    nurse.choose("Product", product)
    nurse.type("First dose", "t")


def give_the_whole_dose(nurse: Nurse, clock: SetClock) -> None:
    """Start today's dose, let it run in, and sign it."""
    start_the_dose(nurse)
    clock.advance(timedelta(minutes=200))
    nurse.in_dialog(lambda: nurse.press("Finish and sign"), lambda: nurse.press("Sign as A. Wong"))
    nurse.wait_to_see("Given")


def scan_a_vial(nurse: Nurse, serial: str, *, lot: str = "P100471881") -> None:
    """Hold the scanner to a vial, wherever the cursor is: it types the code in one burst, and Enter."""
    here = QApplication.focusWidget()
    if here is None:
        raise AssertionError("the cursor is nowhere")
    burst(here, code(serial, lot=lot))
    nurse.settle()


def type_along_the_line(nurse: Nurse, *values: str) -> None:
    """Type the values of an observation, Enter after each, and Enter once more to store them without words."""
    nurse.tab_to("Temperature in degrees")
    for value in values:
        for letter in value:  # the slash between two pressures moves the cursor
            nurse.write(letter)
        nurse.press_key(Qt.Key.Key_Return)
    nurse.press_key(Qt.Key.Key_Return)
