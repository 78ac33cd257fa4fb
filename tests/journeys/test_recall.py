"""A lot is recalled: typed, everybody who got it is listed, and the list is printed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.bedside import give_the_whole_dose, prepare_the_dose
from tests.journeys.nurse import Nurse
from tests.journeys.paper import save_as_pdf


def test_a_lot_that_is_typed_names_who_got_it_and_for_whom_it_lies_ready(
    nurse_with_course: Nurse,
    desk: Desk,
    course: Course,
    clock: SetClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nurse = nurse_with_course
    give_the_whole_dose(nurse, clock)
    clock.advance(timedelta(days=2))
    prepare_the_dose(nurse)
    nurse.press("Side effects")
    nurse.turn_to("Recall of a lot")
    nurse.type("Lot", "p1004 71881")
    nurse.press("Look up")
    nurse.wait_to_see("1 patient got it · 4 vials, 10 g hung · ! lies ready for 1 dose")
    (row,) = nurse.rows("Who got it")
    assert "LI, Na" in row
    assert "A. Wong" in row
    assert any("LI, Na" in row for row in nurse.rows("Who still could"))
    nurse.press("Print…")
    nurse.wait_to_see("page 1 of")
    said = save_as_pdf(nurse, tmp_path / "recall.pdf", monkeypatch)
    assert "P100471881" in said
    assert "LI, Na" in said
    assert "BMT-004217" in said


def test_a_lot_that_nobody_got_says_so(nurse_with_course: Nurse) -> None:
    nurse = nurse_with_course
    nurse.press("Side effects")
    nurse.turn_to("Recall of a lot")
    nurse.type("Lot", "X999")
    nurse.press("Look up")
    nurse.wait_to_see("Not found")
    assert not nurse.can_press("Print…")
