"""A move shows what it does before it is accepted, and makes one revision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import pytest

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.courses.postpone_dose import postpone_dose, ripple
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import revisions
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake, WordedError
from ivigdesk.wording import Wording
from tests.conftest import cmv_plan

Reach = Literal["this", "phase", "rest"]


def days(course: Course) -> list[str]:
    return [dose.due_on.isoformat()[5:] for dose in course.doses]


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        ("this", "03-02 03-04 03-06 03-09 03-10 03-12 03-14 03-16 03-23 03-30 04-06"),
        ("phase", "03-02 03-04 03-06 03-09 03-11 03-13 03-15 03-16 03-23 03-30 04-06"),
        ("rest", "03-02 03-04 03-06 03-09 03-11 03-13 03-15 03-17 03-24 03-31 04-07"),
    ],
)
def test_each_reach_moves_its_doses_and_no_others(desk: Desk, course: Course, reach: Reach, expected: str) -> None:
    change = ripple(desk, course.id, number=4, to=date(2026, 3, 9), reach=reach)
    assert days(course) == days(look_up_course(desk, course.id).course), "a ripple stores nothing"
    stored = postpone_dose(desk, change, "Fever 38.4 °C, blood cultures awaited")
    assert " ".join(days(stored)) == expected
    assert look_up_course(desk, course.id).course == stored
    assert [revision.number for revision in revisions(desk, course.id)] == [1, 2]


def test_a_moved_dose_keeps_its_identity_and_says_where_it_came_from(desk: Desk, course: Course) -> None:
    change = ripple(desk, course.id, number=4, to=date(2026, 3, 9), reach="this")
    moved = postpone_dose(desk, change, "Fever").dose(4)
    assert moved.id == course.dose(4).id
    assert (moved.planned_on, moved.reason, moved.transplant_day) == (date(2026, 3, 8), "Fever", 79)
    assert moved.course_day == 8


def test_the_earlier_revision_stays_readable_and_is_superseded(desk: Desk, course: Course) -> None:
    postpone_dose(desk, ripple(desk, course.id, number=4, to=date(2026, 3, 9), reach="rest"), "Fever")
    first = look_up_course(desk, course.id, 1)
    assert first.is_superseded
    assert days(first.course) == days(course)
    with pytest.raises(KnownError, match="1 to 2"):
        look_up_course(desk, course.id, 3)


def test_a_move_needs_a_reason(desk: Desk, course: Course) -> None:
    change = ripple(desk, course.id, number=4, to=date(2026, 3, 9), reach="this")
    with pytest.raises(UserMistake) as refused:
        postpone_dose(desk, change, "  ")
    assert refused.value.field == "reason"
    assert look_up_course(desk, course.id).newest_revision == 1


@pytest.mark.parametrize(
    ("number", "to"),
    [
        (4, date(2026, 3, 6)),
        (4, date(2026, 3, 10)),
        (4, date(2026, 3, 8)),
        (99, date(2026, 3, 9)),
        (4, date(2031, 3, 9)),
    ],
)
def test_a_move_onto_another_dose_or_out_of_order_is_refused(desk: Desk, course: Course, number: int, to: date) -> None:
    with pytest.raises(WordedError):
        ripple(desk, course.id, number=number, to=to, reach="this")


def test_a_given_dose_never_moves(desk: Desk, course: Course, clock: SetClock) -> None:
    giving.record_not_given(desk, course.doses[0].id, "Refused")
    clock.advance(timedelta(days=1))
    with pytest.raises(WordedError):
        ripple(desk, course.id, number=1, to=date(2026, 3, 3), reach="this")


def test_a_ripple_from_an_older_revision_is_told_and_overwrites_nothing(desk: Desk, course: Course) -> None:
    mine = ripple(desk, course.id, number=4, to=date(2026, 3, 9), reach="this")
    postpone_dose(desk, ripple(desk, course.id, number=5, to=date(2026, 3, 11), reach="this"), "Theatre")
    with pytest.raises(KnownError, match="in the meantime"):
        postpone_dose(desk, mine, "Fever")
    assert look_up_course(desk, course.id).course.revision.number == 2


def test_a_moved_dose_is_looked_at_again_on_its_new_date(desk: Desk, patient: Patient) -> None:
    """Transplant day 100 is the last one on which the payment rule holds; the move of one day goes past it."""
    course = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Paid by the hospital")
    assert outcome(course, 10) == "met"
    change = ripple(desk, course.id, number=10, to=date(2026, 3, 31), reach="this")
    row = change.rows[9]
    assert row.criteria is not None
    assert row.criteria.outcome == "needs_justification"
    words = [Wording("en").say(note) for note in row.notes]
    said = "CMS (US Medicare coverage): criteria met until now, needs justification on the new date."
    assert f"Criteria: {said}" in words
    assert outcome(course, 10) == "met", "a ripple stores nothing"
    moved = postpone_dose(desk, change, "Fever")
    assert outcome(moved, 10) == "needs_justification"
    assert "CMS-4" in {finding.code for finding in moved.dose(10).findings}
    assert look_up_course(desk, course.id).course == moved


def test_a_dose_that_moves_back_is_met_again_and_loses_what_was_said_of_the_later_day(
    desk: Desk, patient: Patient
) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Paid by the hospital")
    late = postpone_dose(desk, ripple(desk, course.id, number=10, to=date(2026, 3, 31), reach="this"), "Fever")
    back = postpone_dose(desk, ripple(desk, course.id, number=10, to=date(2026, 3, 30), reach="this"), "Fever is gone")
    assert outcome(late, 10) == "needs_justification"
    assert outcome(back, 10) == "met"
    assert {"SR26", "CMS-4"}.isdisjoint({finding.code for finding in back.dose(10).findings})


def test_doses_that_do_not_move_keep_what_was_said_of_them(desk: Desk, patient: Patient) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Paid by the hospital")
    change = ripple(desk, course.id, number=4, to=date(2026, 3, 9), reach="this")
    assert [row.criteria for row in change.rows if row.before.dose.number != 4] == [
        dose.criteria for dose in course.doses if dose.number != 4
    ]


def outcome(course: Course, number: int) -> str | None:
    criteria = course.dose(number).criteria
    return None if criteria is None else criteria.outcome
