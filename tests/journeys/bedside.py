"""What nurses do at every bedside, for the journeys that are about something else."""

from __future__ import annotations

from datetime import timedelta

from ivigdesk.clock import SetClock
from tests.journeys.nurse import Nurse


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
