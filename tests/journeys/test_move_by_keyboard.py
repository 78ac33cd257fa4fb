"""The same move with keys alone, from Today to the printed plan; Esc leaves everything as it was wherever it is hit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.ui.calendar.board import CalendarBoard
from tests.journeys.calendar_nurse import (
    CONTROL,
    changes_in_view,
    confirm_with_enter,
    days_shown,
    doses_in_view,
    undo,
)
from tests.journeys.nurse import Nurse
from tests.journeys.paper import answer_with

SUNDAY, MONDAY = date(2026, 3, 8), date(2026, 3, 9)
ALT = Qt.KeyboardModifier.AltModifier
CARRY_A_DAY_ON = (Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_Return)


def test_keys_alone_move_a_dose_bring_it_back_and_print_both(
    nurse_with_course: Nurse, desk: Desk, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse = nurse_with_course
    board = walk_to_the_dose(nurse)
    nurse.in_dialog(lambda: nurse.press_keys(*CARRY_A_DAY_ON), lambda: choose_and_confirm(nurse))
    assert days_shown(board, 4) == [MONDAY]
    assert nurse.sees("Dose 4 of LI, Na 李娜 is now planned for Mon 09 Mar 2026: revision 2. Ctrl+Z undoes it.")
    stored = look_up_course(desk, course.id).course
    assert [dose.due_on.day for dose in stored.doses[3:8]] == [9, 11, 13, 15, 16]
    assert (stored.revision.nurse, stored.revision.reason) == ("A. Wong", "Temperature 38.4")
    undo(nurse, lambda: confirm_with_enter(nurse))
    assert days_shown(board, 4) == [SUNDAY]
    assert look_up_course(desk, course.id).course.doses == course.doses
    nurse.press_key(Qt.Key.Key_Return)  # the dose of the day, and its course
    nurse.press_key(Qt.Key.Key_Return)
    assert "Sun 08 Mar" in doses_in_view(nurse)[4]
    assert "SUPERSEDED by revision 3" in printed(nurse, 1, tmp_path, monkeypatch)
    assert "SUPERSEDED" not in printed(nurse, 3, tmp_path, monkeypatch)


def test_esc_leaves_everything_as_it_was(nurse_with_course: Nurse, desk: Desk, course: Course) -> None:
    nurse = nurse_with_course
    board = walk_to_the_dose(nurse)
    head = desk.journal_head

    def nothing_happened() -> None:
        assert desk.journal_head == head
        assert days_shown(board, 4) == [SUNDAY]
        assert board.scene.chosen is not None, "the same dose is still chosen"

    nurse.press_keys(Qt.Key.Key_M, Qt.Key.Key_Right)
    assert nurse.sees("Esc puts it back")
    nurse.press_key(Qt.Key.Key_Escape)
    assert not nurse.sees("Esc puts it back")
    nothing_happened()
    nurse.in_dialog(lambda: nurse.press_keys(*CARRY_A_DAY_ON), lambda: nurse.press_key(Qt.Key.Key_Escape))
    nothing_happened()
    esc_asks_before_it_throws_a_reason_away(nurse)
    nothing_happened()
    esc_in_the_menu_of_the_dose(nurse, board)
    nothing_happened()
    nurse.press_key(Qt.Key.Key_Escape)
    assert board.scene.chosen is None, "from the dose back to its day"
    nurse.press_key(Qt.Key.Key_Escape)
    assert nurse.rows("Doses of the day"), "and back to Today"
    assert desk.journal_head == head
    assert look_up_course(desk, course.id).course == course


def walk_to_the_dose(nurse: Nurse) -> CalendarBoard:
    """Go to the calendar and its dose 4 on Sunday 8 March."""
    nurse.press_key(Qt.Key.Key_2, CONTROL)
    board = nurse.find(CalendarBoard, "Calendar of the ward")
    nurse.press_keys(*[Qt.Key.Key_Right] * 6, Qt.Key.Key_Return)
    assert nurse.sees("Dose 4 of 11")
    return board


def choose_and_confirm(nurse: Nurse) -> None:
    assert changes_in_view(nurse).keys() == {4, 5, 6, 7}
    nurse.press_key(Qt.Key.Key_Up)
    assert changes_in_view(nurse).keys() == {4}
    nurse.press_key(Qt.Key.Key_Down)
    assert changes_in_view(nurse).keys() == {4, 5, 6, 7}
    nurse.tab_to("Reason")
    nurse.press_key(Qt.Key.Key_Return)
    assert nurse.sees("nothing was entered"), "no change without a reason"
    nurse.write("Temperature 38.4")
    nurse.press_key(Qt.Key.Key_Return)


def esc_asks_before_it_throws_a_reason_away(nurse: Nurse) -> None:
    def in_the_question(key: Qt.Key) -> Callable[[], None]:
        return lambda: nurse.press_key(key)

    def write_and_leave() -> None:
        nurse.tab_to("Reason")
        nurse.write("Fever")
        nurse.in_dialog(lambda: nurse.press_key(Qt.Key.Key_Escape), in_the_question(Qt.Key.Key_Escape))
        assert changes_in_view(nurse), "Esc stays: nothing that was typed is lost"
        nurse.in_dialog(lambda: nurse.press_key(Qt.Key.Key_Escape), lambda: leave(nurse))

    nurse.in_dialog(lambda: nurse.press_keys(*CARRY_A_DAY_ON), write_and_leave)


def leave(nurse: Nurse) -> None:
    nurse.tab_to("Leave without saving")
    nurse.press_key(Qt.Key.Key_Space)


def esc_in_the_menu_of_the_dose(nurse: Nurse, board: CalendarBoard) -> None:
    nurse.press_key(Qt.Key.Key_Return)
    nurse.press_key(Qt.Key.Key_C, ALT)
    nurse.press_key(Qt.Key.Key_Escape)
    nurse.press_key(Qt.Key.Key_Escape)
    assert board.isVisible(), "Esc in the course goes back to the calendar"


def printed(nurse: Nurse, revision: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Print a revision of the course in view, and return what its first page says."""
    nurse.tab_to("Revision")
    nurse.press_key(Qt.Key.Key_Home)
    for _older in range(3 - revision):
        nurse.press_key(Qt.Key.Key_Down)
    nurse.tab_to("Print plan")
    nurse.press_key(Qt.Key.Key_Space)
    file = folder / f"revision-{revision}.pdf"
    answer_with(file, monkeypatch)
    nurse.press_key(Qt.Key.Key_S, CONTROL)
    nurse.wait_to_see("Saved as")
    nurse.press_key(Qt.Key.Key_Escape)
    return " ".join(pypdf.PdfReader(file).pages[0].extract_text().split())
