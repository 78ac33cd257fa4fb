"""A dose is omitted, one is added at the end, the rest ceases: paper, grams and the calendar file all follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.exchange.calendar_client import CalendarClient
from tests.journeys.bedside import give_the_whole_dose, open_the_course
from tests.journeys.calendar_nurse import answer, change_the_course, change_the_dose, changes_in_view, doses_in_view
from tests.journeys.nurse import Nurse
from tests.journeys.paper import answer_with, read_plan

APRIL_13 = date(2026, 4, 13)


def test_paper_grams_and_calendar_file_follow_what_is_omitted_added_and_ceased(
    nurse_with_course: Nurse,
    desk: Desk,
    course: Course,
    clock: SetClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nurse, people = nurse_with_course, CalendarClient()
    give_the_whole_dose(nurse, clock)
    people.take(exported(nurse, tmp_path / "before.ics", monkeypatch))
    assert len(people.shown) == 10, "dose 11 is in April"
    sequences = {str(dose.id): sequence(people, dose.id) for dose in course.doses[:10]}

    open_the_course(nurse)
    change_the_dose(nurse, "Fri 06 Mar", "Omit", lambda: answer(nurse, "Omit", "Missed"))
    assert grams(nurse, "Still to come") == "90 g"
    change_the_course(nurse, "Add a dose", lambda: add_at_the_end(nurse))
    assert "added to the regimen's doses" in doses_in_view(nurse)[12]
    assert grams(nurse, "Still to come") == "100 g"
    people.take(exported(nurse, tmp_path / "between.ics", monkeypatch))
    people.take(exported(nurse, tmp_path / "april.ics", monkeypatch, months_on=1))
    assert len(people.shown) == 11, "one less, one more, and dose 11"
    added = look_up_course(desk, course.id).course.dose(12)
    assert people.event(added.id).decoded("DTSTART") == APRIL_13

    open_the_course(nurse)
    plan = read_plan(nurse, tmp_path / "plan.pdf", monkeypatch)
    for words in ("reason: Missed OMITTED: do not give", "12 Mon 13 Apr 2026", "added, approved by Dr S. Kim"):
        assert words in plan
    nurse.press("Back")
    change_the_course(nurse, "Cease the course", lambda: cease_what_remains(nurse))
    assert grams(nurse, "Still to come") == "0 g"
    assert grams(nurse, "Given") == "10 g"
    ceased = read_plan(nurse, tmp_path / "ceased.pdf", monkeypatch)
    assert ceased.count("CEASED: do not give") == 10
    assert "given 10 g, discarded 0 g, still to come 0 g" in ceased

    people.take(exported(nurse, tmp_path / "after.ics", monkeypatch))
    people.take(exported(nurse, tmp_path / "april-after.ics", monkeypatch, months_on=1))
    assert [day for day, _words in people.shown] == [date(2026, 3, 2)], "only what was given is left"
    assert set(people.events) == {str(dose.id) for dose in (*course.doses, added)}, "no event was doubled"
    for dose in course.doses[1:10]:
        assert people.event(dose.id)["STATUS"] == "CANCELLED"
        assert sequence(people, dose.id) > sequences[str(dose.id)]
    statuses = [one.status for one in look_up_course(desk, course.id).doses]
    assert statuses == ["given", "ceased", "omitted", *["ceased"] * 9]


def add_at_the_end(nurse: Nurse) -> None:
    nurse.type("Day of the dose", APRIL_13.isoformat())
    nurse.wait_to_see("Prescriber who approves it")
    nurse.type("Reason", "In place of dose 3")
    nurse.press("Add the dose")
    assert nurse.sees("nothing was entered"), "a dose more needs a prescriber's name"
    answer(nurse, "Add the dose", "In place of dose 3", by="Dr S. Kim")


def cease_what_remains(nurse: Nurse) -> None:
    assert changes_in_view(nurse).keys() == {2, *range(4, 13)}
    answer(nurse, "Cease", "Purpose reached")


def grams(nurse: Nurse, name: str) -> str:
    """Return one of the sums of the course in view."""
    nurse.turn_to("Grams")
    texts = nurse.texts()
    amount = texts[texts.index(name) + 1]
    nurse.turn_to("Doses")
    return amount


def exported(nurse: Nurse, file: Path, monkeypatch: pytest.MonkeyPatch, *, months_on: int = 0) -> bytes:
    """Write the calendar file of a month from the ward's calendar, and return it."""
    answer_with(file, monkeypatch)
    nurse.press("Calendar")
    for _month in range(months_on):
        nurse.press("Month after")
    nurse.in_dialog(lambda: nurse.press("Calendar file"), lambda: nurse.press("Choose where"))
    nurse.wait_to_see(file.name)
    return file.read_bytes()


def sequence(people: CalendarClient, uid: object) -> int:
    return int(people.event(uid).get("SEQUENCE", 0))
