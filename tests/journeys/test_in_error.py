"""A dose was recorded at the wrong patient: the entry is marked, stays readable, and another dose takes its place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.bedside import give_the_whole_dose, open_the_course
from tests.journeys.calendar_nurse import answer, change_the_dose, changes_in_view, doses_in_view
from tests.journeys.nurse import Nurse
from tests.journeys.paper import read_plan


def test_a_wrong_entry_stays_readable_and_the_dose_in_its_place_is_given(
    nurse_with_course: Nurse,
    desk: Desk,
    course: Course,
    clock: SetClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nurse = nurse_with_course
    give_the_whole_dose(nurse, clock)
    wrong = look_up_course(desk, course.id).view(1).infusion
    open_the_course(nurse)
    change_the_dose(nurse, "Mon 02 Mar", "Entered in error", lambda: mark_it(nurse))
    the_course_shows_both(nurse, read_plan(nurse, tmp_path / "plan.pdf", monkeypatch))
    the_record_is_readable(nurse)
    view = look_up_course(desk, course.id)
    assert view.view(1).infusion == wrong, "nothing of what was recorded is lost"
    assert (view.course.dose(12).replaces, view.course.dose(12).due_on) == (course.dose(1).id, course.dose(1).due_on)
    assert view.course.total_mg == course.total_mg, "the course has not grown"
    clock.advance(timedelta(hours=1))
    nurse.press("Today")
    (row,) = [row for row in nurse.rows("Doses of the day") if "Start" in row]
    assert "12 of 12" in row
    give_the_whole_dose(nurse, clock)
    statuses = {one.dose.number: one.status for one in look_up_course(desk, course.id).doses}
    assert (statuses[1], statuses[12]) == ("entered in error", "given")
    assert desk.ward.check().is_sound


def mark_it(nurse: Nurse) -> None:
    changed = changes_in_view(nurse)
    assert changed.keys() == {1, 12}
    assert "Entered in error" in changed[1]
    assert "In its place" in changed[12]
    nurse.press("Reason: Recorded at the wrong patient")
    nurse.press("Mark as entered in error")
    assert nurse.sees("nothing was entered"), "the dose in its place needs a prescriber's name"
    answer(nurse, "Mark as entered in error", "Recorded at the wrong patient", by="Dr S. Kim")


def the_course_shows_both(nurse: Nurse, plan: str) -> None:
    nurse.press("Back")
    rows = doses_in_view(nurse)
    assert "Entered in error" in rows[1]
    assert "dose 12 stands in its place" in rows[1]
    assert "in place of dose 1" in rows[12]
    assert "the record of Mon 02 Mar is kept and does not count ENTERED IN ERROR: does not count" in plan
    assert "in place of dose 1, approved by Dr S. Kim" in plan
    assert "entered in error: dose 1; in its place: dose 12" in plan


def the_record_is_readable(nurse: Nurse) -> None:
    nurse.select_row("Doses", "Entered in error")
    nurse.press("Open record")
    nurse.wait_to_see("4 × 2.5 g, lot P100471881")
    assert nurse.sees("Entered in error")
    assert nurse.sees("This record does not count. Reason: Recorded at the wrong patient.")
    assert not nurse.sees("Due now"), "nobody is asked to observe after it"
    assert not nurse.can_press("Add a late side effect")
