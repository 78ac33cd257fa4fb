"""Tests and checks of a day: what the doses wait for, what follows earlier ones, and whose weight changed."""

from __future__ import annotations

from datetime import date, timedelta

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.record_lab_value import LabForm, record
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.actions.ward.day_tasks import day_tasks
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.wording import Wording
from tests.actions.changed import in_error
from tests.actions.giving import give


def _before(desk: Desk, course: Course, number: int, day: date | None = None) -> set[str]:
    found = day_tasks(desk, day).of_dose(course.dose(number).id)
    return set() if found is None else {task.code for task in found.before}


def _listed(desk: Desk) -> list[tuple[str, int | None, str]]:
    return [(row.task.code, row.task.dose_number, row.standing) for row in day_tasks(desk).rows]


def test_the_dose_of_today_waits_for_its_samples_until_they_are_recorded(desk: Desk, course: Course) -> None:
    assert {"LAB-CREATININE", "SR15"} <= _before(desk, course, 1)
    record(desk, LabForm(patient_id=course.patient_id, test="creatinine", value="70", taken_on="t"))
    assert "LAB-CREATININE" not in _before(desk, course, 1)
    assert "SR15" in _before(desk, course, 1), "a sample is ticked off by hand"


def test_a_dose_that_was_given_waits_for_nothing_and_brings_its_late_effects(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    give(desk, course, 1)
    assert day_tasks(desk).of_dose(course.dose(1).id) is None
    clock.advance(timedelta(days=1))
    assert ("LATE", 1, "open") in _listed(desk)
    clock.advance(timedelta(days=5))
    assert ("LATE", 1, "overdue") in _listed(desk), "nobody has ticked it off"


def test_what_follows_a_dose_that_nobody_gave_is_not_asked_for(desk: Desk, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=1))
    assert not [row for row in _listed(desk) if row[1] == 1]
    assert _before(desk, course, 1), "it still waits, and so do its samples"


def test_the_list_is_by_bed_and_holds_nothing_that_stands_with_a_dose(desk: Desk, course: Course) -> None:
    rows = day_tasks(desk).rows
    assert [row.patient.bed for row in rows] == sorted(row.patient.bed for row in rows)
    assert {row.task.code for row in rows} == {"LAB-CMV"}


def test_a_later_day_shows_what_its_dose_will_wait_for(desk: Desk, course: Course) -> None:
    assert "SR15" in _before(desk, course, 2, date(2026, 3, 4))
    assert _before(desk, course, 1, date(2026, 3, 4)) == set()


def test_a_tenth_of_the_weight_is_said_with_the_dose_of_the_day(desk: Desk, course: Course) -> None:
    weigh_patient(desk, course.patient_id, "63.1")
    waiting = day_tasks(desk).of_dose(course.dose(1).id)
    assert waiting is not None
    assert waiting.weight is None
    weigh_patient(desk, course.patient_id, "63")
    waiting = day_tasks(desk).of_dose(course.dose(1).id)
    assert waiting is not None
    assert waiting.weight is not None
    assert "−10" in Wording("en").say(waiting.weight)


def test_a_course_far_away_is_not_looked_at(desk: Desk, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=365))
    assert day_tasks(desk).rows == ()


def test_what_follows_a_dose_entered_in_error_is_not_asked_for(desk: Desk, course: Course, clock: SetClock) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=1))
    assert ("LATE", 1, "open") in _listed(desk)
    in_error(desk, course, 1)
    assert not [row for row in _listed(desk) if row[1] == 1]
    assert day_tasks(desk).of_dose(course.dose(1).id) is None
