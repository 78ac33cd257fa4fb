"""What nurses do at every bedside, for the journeys that are about something else."""

from __future__ import annotations

from tests.journeys.nurse import Nurse


def open_todays_dose(nurse: Nurse, patient: str = "LI, Na") -> None:
    """Open the patient's row of the day's list."""
    nurse.press("Today")
    nurse.open_row("Doses of the day", patient)


def start_the_dose(nurse: Nurse) -> None:
    """Tick the checklist, record the vials, start the pump."""
    open_todays_dose(nurse)
    nurse.wait_to_see("Before the start")
    nurse.tick_everything()
    nurse.choose("How many", "4")
    nurse.type("Lot number", "P100471881")
    nurse.type("Expiry", "2027-09")
    nurse.press("Record these vials")
    nurse.press("Start the infusion")
    nurse.wait_to_see("Running since")


def open_the_course(nurse: Nurse, patient: str = "LI, Na") -> None:
    """Open the patient's course from the list of patients."""
    nurse.press("Patients")
    nurse.open_row("Patients", patient)
    nurse.press("Open course")
