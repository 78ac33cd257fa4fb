"""The board: walking through days and doses, and carrying a dose by mouse and by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ivigdesk.ui.calendar.board import CalendarBoard
from ivigdesk.ui.calendar.scene import Carried, Wish
from ivigdesk.ui.calendar.spans import Kind, shown
from tests.ui.calendar.conftest import show_march
from tests.ui.calendar.making import LI, MONDAY, WANG, days, dose, on

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def press(board: CalendarBoard, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(board, key)


def middle(board: CalendarBoard, number: int) -> QPoint:
    """Return the middle of a dose of LI."""
    found = next(one for day in board.scene.days for one in board.scene.doses(day) if one.dose_id.int == 2000 + number)
    return board.place_of(found).center()


def drag(board: CalendarBoard, begin: QPoint, end: QPoint) -> None:
    """Press and pull, and do not let go."""
    QTest.mousePress(board, LEFT, NONE, begin)
    QTest.mouseMove(board, begin + QPoint(QApplication.startDragDistance(), 3))
    QTest.mouseMove(board, end)


def wishes(board: CalendarBoard) -> list[Wish]:
    made: list[Wish] = []
    board.move_requested.connect(made.append)
    return made


def test_arrows_walk_through_days_and_report_a_day_that_is_not_shown(board: CalendarBoard) -> None:
    reached: list[date] = []
    board.day_reached.connect(reached.append)
    press(board, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert board.scene.cursor == on(10)
    press(board, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert board.scene.cursor == date(2026, 2, 24)
    press(board, Qt.Key.Key_Up)
    assert reached == [date(2026, 2, 17)]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_enter_and_tab_go_into_a_day_and_esc_goes_back(board: CalendarBoard, key: Qt.Key) -> None:
    board.choose_day(on(10))
    press(board, key)
    chosen = board.scene.chosen
    assert chosen is not None
    assert chosen.course_id == WANG  # bed 03 before bed 07
    press(board, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert board.scene.chosen is not None
    assert board.scene.chosen.course_id == LI
    press(board, Qt.Key.Key_Escape)
    assert board.scene.chosen is None
    assert board.scene.cursor == on(10)


def test_a_second_tab_leaves_the_board(board: CalendarBoard) -> None:
    board.choose_day(on(10))
    assert board.focusNextPrevChild(True)
    chosen = board.scene.chosen
    board.focusNextPrevChild(True)
    assert board.scene.chosen is chosen


def test_enter_on_a_dose_opens_it(board: CalendarBoard, qtbot: QtBot) -> None:
    board.choose_day(on(12))
    with qtbot.waitSignal(board.dose_opened) as opened:
        press(board, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert opened.args is not None
    assert opened.args[0].number == 5


def test_the_mouse_and_the_keyboard_ask_for_the_same_move(board: CalendarBoard) -> None:
    asked = wishes(board)
    target = board.cell(on(11)).center()
    drag(board, middle(board, 4), target)
    QTest.mouseRelease(board, LEFT, NONE, target)
    show_march(board)
    board.choose_dose(dose(4, on(10)))
    press(board, Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_Return)
    by_mouse, by_keys = asked
    assert by_mouse == by_keys
    assert by_mouse == Wish(dose(4, on(10)), on(11))


def test_arrows_carry_a_dose_by_days_and_weeks(board: CalendarBoard) -> None:
    asked = wishes(board)
    board.choose_dose(dose(4, on(10)))
    press(board, Qt.Key.Key_M, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert [wish.to for wish in asked] == [on(16)]


@pytest.mark.parametrize("by_mouse", [True, False])
def test_esc_puts_a_carried_dose_back_and_asks_for_nothing(board: CalendarBoard, by_mouse: bool) -> None:
    asked = wishes(board)
    target = board.cell(on(11)).center()
    if by_mouse:
        drag(board, middle(board, 4), target)
    else:
        board.choose_dose(dose(4, on(10)))
        press(board, Qt.Key.Key_M, Qt.Key.Key_Right)
    assert board.scene.carried is not None
    assert board.scene.carried.target == on(11)
    press(board, Qt.Key.Key_Escape)
    assert board.scene.carried is None
    QTest.mouseRelease(board, LEFT, NONE, target)
    assert asked == []


def test_a_dose_let_go_on_its_own_day_or_beside_the_calendar_stays(board: CalendarBoard) -> None:
    asked = wishes(board)
    begin = middle(board, 4)
    for end in (begin + QPoint(0, 25), QPoint(-40, 300), QPoint(300, 5)):
        drag(board, begin, end)
        QTest.mouseRelease(board, LEFT, NONE, end)
    assert asked == []


def test_a_trembling_hand_moves_nothing(board: CalendarBoard) -> None:
    asked = wishes(board)
    begin = middle(board, 4)
    near = begin + QPoint(QApplication.startDragDistance() - 1, 0)
    QTest.mousePress(board, LEFT, NONE, begin)
    QTest.mouseMove(board, near)
    assert board.scene.carried is None
    QTest.mouseRelease(board, LEFT, NONE, near)
    assert asked == []
    assert board.scene.chosen is not None


def test_a_given_dose_cannot_be_carried(board: CalendarBoard) -> None:
    asked = wishes(board)
    target = board.cell(on(9)).center()
    drag(board, middle(board, 3), target)
    assert board.scene.carried is None
    QTest.mouseRelease(board, LEFT, NONE, target)
    press(board, Qt.Key.Key_M)
    assert board.scene.carried is None
    assert asked == []
    assert board.accessibleDescription() == "Given: this dose cannot be moved."


def test_a_carried_dose_reaches_a_day_that_is_not_shown_and_is_still_carried_there(board: CalendarBoard) -> None:
    reached: list[date] = []
    board.day_reached.connect(reached.append)
    asked = wishes(board)
    board.choose_dose(dose(6, on(14)))
    press(board, Qt.Key.Key_M, *[Qt.Key.Key_Down] * 4)
    assert reached == [on(11, 4)]
    first, last = shown("month", on(11, 4))
    board.show_span("month", days(first, last), on(11, 4), MONDAY)
    press(board, Qt.Key.Key_Return)
    assert asked == [Wish(dose(6, on(14)), on(11, 4))]


def test_leaving_the_board_by_tab_puts_a_carried_dose_back(board: CalendarBoard) -> None:
    board.choose_dose(dose(4, on(10)))
    press(board, Qt.Key.Key_M, Qt.Key.Key_Right)
    QApplication.sendEvent(board, _focus_out())
    assert board.scene.carried is None


def test_what_is_wrong_with_a_day_is_said_while_the_dose_is_carried(board: CalendarBoard) -> None:
    said: list[Carried | None] = []
    board.carried.connect(said.append)
    board.choose_dose(dose(4, on(10)))
    press(board, Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert said[-1] is not None
    assert said[-1].target == on(12)
    words = board.accessibleDescription().replace("\u00a0", " ").split("\n")
    assert words == [
        "Dose 4 to Thu 12 Mar 2026: 2 days later · day +82",
        "dose 5 of this course is on this day",
    ]


def test_doses_without_room_are_counted_and_the_count_opens_the_day(board: CalendarBoard, qtbot: QtBot) -> None:
    many = tuple(dose(number, on(10)) for number in range(1, 13))
    first, last = shown("month", MONDAY)
    board.show_span("month", days(first, last, many), MONDAY, MONDAY)
    count, place = board._look.more(on(10))
    assert count == 12 - len(board._look.places(on(10)))
    with qtbot.waitSignal(board.day_opened) as opened:
        QTest.mouseClick(board, LEFT, NONE, place.center())
    assert opened.args == [on(10)]


def test_a_second_click_meets_the_dose_that_the_first_one_met(board: CalendarBoard) -> None:
    many = tuple(dose(number, on(10)) for number in range(1, 13))
    first, last = shown("month", MONDAY)
    board.show_span("month", days(first, last, many), MONDAY, MONDAY)
    board.choose_day(on(10))
    press(board, Qt.Key.Key_Return, *[Qt.Key.Key_Down] * 6)
    seen, place = board._look.places(on(10))[0]
    QTest.mouseClick(board, LEFT, NONE, place.center())
    assert board._look.dose_at(place.center()) == seen


@pytest.mark.parametrize("kind", ["month", "week"])
def test_every_dose_of_a_day_is_reached_by_keyboard_and_can_be_seen(board: CalendarBoard, kind: Kind) -> None:
    many = tuple(dose(number, on(4)) for number in range(1, 13))
    first, last = shown(kind, MONDAY)
    board.show_span(kind, days(first, last, many), on(4), MONDAY)
    press(board, Qt.Key.Key_Return)
    for number in range(1, 13):
        chosen = board.scene.chosen
        assert chosen is not None
        assert chosen.number == number
        place = board.place_of(chosen)
        assert place != board.cell(on(4))
        assert board.rect().contains(place)
        press(board, Qt.Key.Key_Down)


def test_a_day_and_a_dose_are_said_in_full(board: CalendarBoard) -> None:
    board.choose_day(on(10))
    assert "2 doses" in board.accessibleDescription()
    board.choose_dose(dose(4, on(10)))
    said = board.accessibleDescription().replace("\u00a0", " ")
    for part in ("LI, Na 李娜", "bed 07", "BMT-000002", "Dose 4 of 11", "Planned", "12.5 g", "1 h 30 min", "day +80"):
        assert part in said


def _focus_out() -> object:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent

    return QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason)
