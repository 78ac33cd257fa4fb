"""Somebody else changes the course while a ripple is open: the nurse is told, sees the new state, and then decides."""

from __future__ import annotations

from ivigdesk.actions.courses.changing.accept import accept
from ivigdesk.actions.courses.changing.form import ChangeForm
from ivigdesk.actions.courses.changing.ripple import ripple
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import revisions
from ivigdesk.clinical.courses.course import Course
from tests.journeys.bedside import open_the_course
from tests.journeys.calendar_nurse import change_the_dose, changes_in_view, doses_in_view
from tests.journeys.nurse import Nurse

TOLD = "Somebody else changed the course in the meantime"


def test_a_ripple_that_was_overtaken_stores_nothing_until_the_new_state_was_seen(
    nurse_with_course: Nurse, desk: Desk, course: Course
) -> None:
    nurse = nurse_with_course
    open_the_course(nurse)
    change_the_dose(nurse, "Sun 08 Mar", "Postpone", lambda: be_overtaken_and_go_on(nurse, desk, course))
    stored = look_up_course(desk, course.id).course
    assert (stored.revision.number, stored.revision.verb, stored.revision.reason) == (3, "postpone", "Fever")
    assert stored.dose(6).state == "omitted", "what the other nurse decided stands"
    assert [stored.dose(number).due_on.day for number in (4, 5, 7)] == [9, 11, 15]
    assert stored.dose(6).due_on == course.dose(6).due_on, "and an omitted dose does not move"
    assert [one.reason for one in revisions(desk, course.id)][1:] == ["Declined", "Fever"]
    assert "Mon 09 Mar" in doses_in_view(nurse)[4]
    assert "Omitted" in doses_in_view(nurse)[6]


def test_a_page_that_was_overtaken_says_so_when_a_change_is_asked_for_and_shows_the_new_state_after_esc(
    nurse_with_course: Nurse, desk: Desk, course: Course
) -> None:
    nurse = nurse_with_course
    open_the_course(nurse)
    somebody_else_omits_dose_six(desk, course)
    assert "Planned" in doses_in_view(nurse)[6], "the page is as old as its last visit"
    head = desk.journal_head
    change_the_dose(nurse, "Sun 08 Mar", "Postpone", lambda: be_told_and_leave(nurse))
    assert desk.journal_head == head
    assert "Omitted" in doses_in_view(nurse)[6]


def test_a_dose_that_was_started_meanwhile_does_not_move_under_the_nurse(
    nurse_with_course: Nurse, desk: Desk, course: Course
) -> None:
    from ivigdesk.actions.infusions.give_infusion import start_infusion

    nurse = nurse_with_course
    open_the_course(nurse)

    def start_and_confirm() -> None:
        nurse.type("Reason", "Fever")
        start_infusion(desk, course.doses[0].id, recorded_later=True)
        nurse.press("Postpone")
        assert nurse.sees("Dose 1 does not change any more: it is running.")
        assert not nurse.can_press("Postpone")
        nurse.in_dialog(lambda: nurse.press("Leave it"), lambda: nurse.press("Leave without saving"))

    change_the_dose(nurse, "Mon 02 Mar", "Postpone", start_and_confirm)
    view = look_up_course(desk, course.id)
    assert view.course == course
    assert view.view(1).status == "running"


def somebody_else_omits_dose_six(desk: Desk, course: Course) -> None:
    accept(desk, ripple(desk, ChangeForm(course_id=course.id, verb="omit", number=6)), "Declined")


def be_overtaken_and_go_on(nurse: Nurse, desk: Desk, course: Course) -> None:
    assert changes_in_view(nurse).keys() == {4, 5, 6, 7}
    nurse.type("Reason", "Fever")
    somebody_else_omits_dose_six(desk, course)
    nurse.press("Postpone")
    assert nurse.sees(TOLD)
    assert nurse.sees("This becomes revision 3")
    assert changes_in_view(nurse).keys() == {4, 5, 7}
    assert look_up_course(desk, course.id).course.revision.number == 2, "nothing was overwritten"
    nurse.press("Postpone")


def be_told_and_leave(nurse: Nurse) -> None:
    assert nurse.sees(TOLD)
    assert changes_in_view(nurse).keys() == {4, 5, 7}
    nurse.press("Leave it")
