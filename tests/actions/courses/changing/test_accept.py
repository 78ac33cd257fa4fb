"""Accepting makes one revision that says who, when and why at every dose that it touches, and one journal entry."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ivigdesk.actions.courses.changing import accept
from ivigdesk.actions.desk import Desk, sign_in
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import revisions
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.actions.changing import change, shown


def test_every_touched_dose_says_why_who_and_when(desk: Desk, course: Course, clock: SetClock) -> None:
    sign_in(desk, "S. Kaur")
    clock.advance(timedelta(minutes=7))
    after = change(desk, course, "postpone", 4, "2026-03-09", reach="phase", reason=" Fever 38.4 °C ", by="")
    for dose in after.doses:
        was = course.dose(dose.number)
        if dose.number in (4, 5, 6, 7):
            assert (dose.reason, dose.changed_by, dose.changed_at) == ("Fever 38.4 °C", "S. Kaur", clock.now())
            assert dose.planned_on == was.due_on
        else:
            assert dose == was
    assert (after.revision.number, after.revision.verb, after.revision.reason) == (2, "postpone", "Fever 38.4 °C")
    assert (after.revision.nurse, after.revision.at) == ("S. Kaur", clock.now())
    assert (after.revision.approved_by, after.revision.restores) == ("", None)


def test_a_moved_dose_keeps_its_identity_and_says_where_it_came_from(desk: Desk, course: Course) -> None:
    moved = change(desk, course, "postpone", 4, "2026-03-09").dose(4)
    assert moved.id == course.dose(4).id
    assert (moved.planned_on, moved.due_on) == (date(2026, 3, 8), date(2026, 3, 9))
    assert (moved.transplant_day, moved.course_day) == (79, 8)


def test_the_earlier_revision_stays_readable_and_is_superseded(desk: Desk, course: Course) -> None:
    change(desk, course, "postpone", 4, "2026-03-09", reach="rest")
    first = look_up_course(desk, course.id, 1)
    assert first.is_superseded
    assert first.course == course


@pytest.mark.parametrize(
    ("verb", "number", "to", "action"),
    [
        ("postpone", 4, "2026-03-09", "dose postponed"),
        ("omit", 4, "", "doses omitted"),
        ("hold", 4, "", "doses held"),
        ("cease", None, "", "course ceased"),
        ("add", None, "2026-03-18", "dose added"),
    ],
)
def test_the_journal_has_one_entry_with_words_reason_and_names(
    desk: Desk, course: Course, verb: str, number: int | None, to: str, action: str
) -> None:
    before = len(list(desk.ward.journal()))
    by = "Dr S. Kim" if verb == "add" else ""
    change(desk, course, verb, number, to, reason="Asked on the round", by=by)
    entries = list(desk.ward.journal())
    assert len(entries) == before + 1
    assert (entries[-1].action, entries[-1].nurse) == (action, "A. Wong")
    assert entries[-1].reason == ("Asked on the round (Dr S. Kim)" if by else "Asked on the round")
    assert desk.ward.check().is_sound


def test_accepting_the_same_ripple_twice_makes_one_revision(desk: Desk, course: Course) -> None:
    made = shown(desk, course, "add", None, "2026-03-18")
    first = accept(desk, made, "Asked for", "Dr S. Kim")
    head = desk.journal_head
    assert accept(desk, made, "Asked for", "Dr S. Kim") == first
    change(desk, course, "omit", 12)
    assert accept(desk, made, "Asked for", "Dr S. Kim") == look_up_course(desk, course.id).course
    assert len(revisions(desk, course.id)) == 3
    assert desk.journal_head != head


def test_rows_name_what_changes_and_by_how_much(desk: Desk, course: Course) -> None:
    made = shown(desk, course, "postpone", 4, "2026-03-09")
    assert [(row.number, row.moved_days) for row in made.changed] == [(4, 1)]
    assert (made.next_number, made.asked.reach, made.needs_prescriber) == (2, "this", False)
    omitted = shown(desk, course, "omit", 4)
    assert [(row.number, row.is_moved) for row in omitted.changed] == [(4, False)]


def test_a_first_dose_that_moves_alone_touches_no_other_though_their_days_count_anew(
    desk: Desk, course: Course
) -> None:
    made = shown(desk, course, "postpone", 1, "2026-03-03")
    assert [row.number for row in made.changed] == [1]
    after = accept(desk, made, "Bed not free")
    assert [dose.course_day for dose in after.doses][:3] == [1, 2, 4]
    assert {dose.reason for dose in after.doses} == {"Bed not free", ""}
