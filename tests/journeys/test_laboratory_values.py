"""Laboratory values: converted, refused with what was meant, labelled, drawn, and printed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.record_lab_value import lab_values
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.sheets.trend.shapes import Mark, Polyline, Text
from ivigdesk.ui.widgets.trend import TrendView
from tests.journeys.bedside import give_the_whole_dose
from tests.journeys.conftest import AtWindow
from tests.journeys.nurse import Nurse
from tests.journeys.paper import save_as_pdf


def test_values_before_and_on_treatment_are_converted_labelled_drawn_and_printed(
    desk: Desk,
    patient: Patient,
    course: Course,
    clock: SetClock,
    at_window: AtWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nurse = at_window(desk, "en")
    open_the_values(nurse)
    enter_igg_in_milligrams_per_decilitre(nurse)
    a_value_in_the_wrong_unit_is_refused_with_what_was_meant(nurse)
    give_the_whole_dose(nurse, clock)
    clock.advance(timedelta(days=2))
    enter_a_trough_on_treatment(nurse)
    assert [one.value for one in lab_values(desk, patient.id) if one.test == "igg"] == [Decimal("3.2"), Decimal("6.1")]
    the_trend_shows_values_and_doses(nurse)
    nurse.press("Print laboratory sheet")
    nurse.wait_to_see("page 1 of")
    text = save_as_pdf(nurse, tmp_path / "laboratory.pdf", monkeypatch)
    for said in ("LI, Na", "3.2", "6.1", "before treatment", "trough on treatment, partly infused IgG"):
        assert said in text, said


def open_the_values(nurse: Nurse) -> None:
    nurse.press("Patients")
    nurse.open_row("Patients", "LI, Na")
    nurse.turn_to("Laboratory values")


def enter_igg_in_milligrams_per_decilitre(nurse: Nurse) -> None:
    nurse.choose("Test", "IgG")
    nurse.choose("Unit", "mg/dL")
    nurse.type("Date of the sample", "2026-03-01")
    nurse.type("Value", "320")
    nurse.press("Save value")
    nurse.wait_to_see("Saved: IgG 3.2 g/L")
    row = nurse.read_row("Laboratory values", "3.2")
    assert "typed: 320 mg/dL" in row
    assert "before treatment" in row


def a_value_in_the_wrong_unit_is_refused_with_what_was_meant(nurse: Nurse) -> None:
    nurse.choose("Unit", "g/L")
    nurse.type("Value", "400")
    nurse.press("Save value")
    assert nurse.sees("“400” looks like mg/dL. 400 mg/dL is 4 g/L: write that.")
    assert len(nurse.rows("Laboratory values")) == 1
    nurse.type("Value", "")


def enter_a_trough_on_treatment(nurse: Nurse) -> None:
    open_the_values(nurse)
    nurse.type("Date of the sample", "t")
    nurse.type("Value", "6,1")
    nurse.press("Save value")
    nurse.wait_to_see("Saved: IgG 6.1 g/L")
    assert "trough on treatment, partly infused IgG" in nurse.read_row("Laboratory values", "6.1")


def the_trend_shows_values_and_doses(nurse: Nurse) -> None:
    (view,) = (one for one in nurse.window.findChildren(TrendView) if one.isVisible())
    lines = [shape for shape in view.shapes if isinstance(shape, Polyline) and shape.role == "series"]
    assert [len(line.points) for line in lines] == [2], "one line through both values"
    doses = {shape.words for shape in view.shapes if isinstance(shape, Text) and shape.role == "dose"}
    assert {"1", "2", "11"} <= doses
    assert any(isinstance(shape, Mark) and shape.role == "series" for shape in view.shapes)
