"""A day with more doses than the ward can give: it says so, offers days within tolerance, and the nurse takes one."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from PySide6.QtCore import Qt

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.ui.calendar.board import CalendarBoard
from tests.conftest import cmv_plan, li_na
from tests.journeys.calendar_nurse import answer, changes_in_view, days_shown, open_the_calendar
from tests.journeys.conftest import AtWindow
from tests.journeys.nurse import Nurse

OVER = "Mon 23 Mar 2026: 3 infusions, 3 h 51 min; the ward can give 2 a day"
SUNDAY, MONDAY = date(2026, 3, 22), date(2026, 3, 23)


@pytest.fixture
def nurse_with_three_patients(desk: Desk, course: Course, at_window: AtWindow) -> Nurse:
    """Three patients with the same days, on a ward that can give two infusions a day."""
    for number, bed, family_name in (("BMT-1", "01", "Okafor"), ("BMT-2", "02", "Osei")):
        form = msgspec.structs.replace(
            li_na(), record_number=number, bed=bed, family_name=family_name, given_name="A", local_name=""
        )
        confirm(desk, propose(desk, cmv_plan(register_patient(desk, form))))
    set_ward(desk, msgspec.structs.replace(desk.settings, most_doses_a_day=2))
    assert course.dose(9).due_on == MONDAY
    return at_window(desk, "en")


def test_the_month_says_which_day_is_too_full_and_an_offer_that_is_taken_relieves_it(
    nurse_with_three_patients: Nurse, desk: Desk, course: Course
) -> None:
    nurse = nurse_with_three_patients
    board = open_the_calendar(nurse)
    walk_to(nurse, board, MONDAY)
    assert "3 infusions, 3 h 51 min; the ward can give 2 a day" in board.accessibleDescription().replace("\u00a0", " ")
    nurse.wait_to_see(OVER)
    nurse.wait_to_see("Nothing moves before you confirm it.")
    assert nurse.can_press("Move dose 9 of OKAFOR, A to Tue 24 Mar 2026 (inside its tolerance)")
    offer = "Move dose 9 of LI, Na 李娜 to Sun 22 Mar 2026 (inside its tolerance)"
    head = desk.journal_head
    nurse.in_dialog(lambda: nurse.press(offer), lambda: nurse.press("Leave it"))
    assert desk.journal_head == head
    assert nurse.sees(OVER), "an offer that is left changes nothing"
    nurse.in_dialog(lambda: nurse.press(offer), lambda: take_the_offer(nurse))
    nurse.wait_not_to_see(OVER)
    assert not nurse.sees("inside their tolerance")
    stored = look_up_course(desk, course.id).course
    assert [dose.due_on for dose in stored.doses if dose.due_on != course.dose(dose.number).due_on] == [SUNDAY]
    assert days_shown(board, 9) == [SUNDAY, MONDAY]
    walk_to(nurse, board, MONDAY)
    assert "the ward can give" not in board.accessibleDescription()


def take_the_offer(nurse: Nurse) -> None:
    assert changes_in_view(nurse).keys() == {9}, "only the dose that was offered moves"
    answer(nurse, "Bring forward", "Too many on Monday")


def walk_to(nurse: Nurse, board: CalendarBoard, day: date) -> None:
    """Press arrow keys until the keyboard stands on a day of the month that is shown."""
    board.setFocus()
    nurse.press_key(Qt.Key.Key_Home)
    steps = (day - board.scene.cursor).days
    nurse.press_keys(*[Qt.Key.Key_Down] * (steps // 7), *[Qt.Key.Key_Right] * (steps % 7))
    assert board.scene.cursor == day
