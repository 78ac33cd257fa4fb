"""Questions are answered, or refused with what was asked."""

from __future__ import annotations

from uuid import uuid4

import msgspec
import pytest

from ivigdesk.actions import look_up
from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import KnownError
from tests.actions.changing import change
from tests.conftest import cmv_plan, li_na


def postponed(desk: Desk, course: Course) -> Course:
    day = today(desk.clock).replace(day=3)
    return change(desk, course, "postpone", 1, day.isoformat())


def test_a_list_shows_age_day_since_transplant_and_courses(desk: Desk, patient: Patient, course: Course) -> None:
    (row,) = look_up.find_patients(desk)
    assert (row.patient, row.age, row.transplant_day) == (patient, 46, 72)
    assert [view.course.id for view in row.courses] == [course.id]
    assert look_up.patient(desk, patient.id) == row


def test_courses_of_a_patient_come_by_their_first_day(desk: Desk, patient: Patient) -> None:
    later = confirm(desk, propose(desk, cmv_plan(patient, first_on="2027-01-01")), "reason")
    earlier = confirm(desk, propose(desk, cmv_plan(patient, first_on="2026-03-02")), "reason")
    assert [view.course.id for view in look_up.patient(desk, patient.id).courses] == [earlier.id, later.id]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "nobody", "x " * 2000, "x" * 100_000, "\udcff"])
def test_a_search_for_anything_finds_only_what_holds_it(desk: Desk, patient: Patient, text: str) -> None:
    assert look_up.find_patients(desk, text) == ()


def test_a_search_for_nothing_finds_everybody(desk: Desk, patient: Patient) -> None:
    assert [row.patient for row in look_up.find_patients(desk, "  ")] == [patient]


def test_a_course_is_found_by_its_id_its_beginning_or_its_code(desk: Desk, course: Course) -> None:
    for text in (str(course.id), str(course.id)[:8], course.code, course.code.lower(), f" {course.code} "):
        assert look_up.course_called(desk, text).course == course


@pytest.mark.parametrize("text", ["", "C-000000", "zzzz", "%", "____", "\udcff", "x" * 100_000])
def test_a_course_that_is_not_there_is_refused(desk: Desk, course: Course, text: str) -> None:
    with pytest.raises(KnownError, match="is not in the ward's file"):
        look_up.course_called(desk, text)


def test_a_beginning_that_fits_two_courses_is_refused(
    desk: Desk, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.ward, "course_ids_like", lambda _text: (course.id, uuid4()))
    with pytest.raises(KnownError, match="fits more than one"):
        look_up.course_called(desk, "abcd")


def test_an_older_revision_is_shown_as_superseded(desk: Desk, course: Course) -> None:
    newest = postponed(desk, course)
    assert look_up.course(desk, course.id).course == newest
    old = look_up.course(desk, course.id, 1)
    assert (old.course, old.is_superseded, old.newest_revision) == (course, True, 2)
    assert [revision.number for revision in look_up.revisions(desk, course.id)] == [1, 2]


@pytest.mark.parametrize("number", [0, -1, 3, 2**80, -(2**80)])
def test_a_revision_that_is_not_there_is_refused_with_those_that_are(desk: Desk, course: Course, number: int) -> None:
    postponed(desk, course)
    with pytest.raises(KnownError, match="Allowed: 1 to 2"):
        look_up.course(desk, course.id, number)


def test_what_nobody_knows_is_refused(desk: Desk, patient: Patient) -> None:
    for ask in (look_up.patient, look_up.known_patient, look_up.course, look_up.known_course, look_up.course_of_dose):
        with pytest.raises(KnownError, match="is not in the ward's file"):
            ask(desk, uuid4())
    for number in ("BMT-9", "", "\udcff"):
        with pytest.raises(KnownError, match="is not in the ward's file"):
            look_up.patient_numbered(desk, number)


def test_a_dose_leads_to_its_course(desk: Desk, patient: Patient, course: Course) -> None:
    register_patient(desk, msgspec.structs.replace(li_na(), record_number="BMT-2"))
    view, number = look_up.course_of_dose(desk, course.doses[4].id)
    assert (view.course.id, number) == (course.id, 5)


def test_the_tasks_of_a_course_are_those_that_its_proposal_named(desk: Desk, patient: Patient) -> None:
    proposal = propose(desk, cmv_plan(patient))
    course = confirm(desk, proposal)
    tasks = look_up.tasks_of(desk, look_up.course(desk, course.id))
    assert tasks
    assert {task.code for task in tasks} == {task.code for task in proposal.tasks}


def test_why_names_who_planned_and_the_grams_add_up(desk: Desk, course: Course) -> None:
    view = look_up.course(desk, course.id)
    titles = [part.title.text for part in look_up.why(desk, view, 1)]
    assert titles[0] == "Why this date"
    assert titles[-1] == "Who and when"
    assert look_up.ledger(view).expected_mg == course.total_mg == 110_000
    with pytest.raises(KeyError):
        look_up.why(desk, view, 12)
