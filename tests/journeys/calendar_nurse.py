"""What a nurse does to calendars: drags a dose, carries it by keys, answers the ripple, reads the course afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from ivigdesk.actions.ward.ward_calendar import CalendarDose
from ivigdesk.ui.calendar.board import CalendarBoard
from tests.journeys.bedside import open_the_course
from tests.journeys.nurse import Nurse

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def open_the_calendar(nurse: Nurse) -> CalendarBoard:
    """Go to the ward's calendar; return the board of its days."""
    _ = nurse.window.wording.gettext
    nurse.press(_("Calendar"))
    return nurse.find(CalendarBoard, _("Calendar of the ward"))


def dose_on(board: CalendarBoard, day: date, patient: str = "LI, Na") -> CalendarDose:
    """Return the dose of a patient that the board shows on a day."""
    for dose in board.scene.doses(day):
        if patient in dose.patient_name:
            return dose
    raise AssertionError(f"no dose of {patient} is shown on {day}")


def days_shown(board: CalendarBoard, number: int) -> list[date]:
    """Return the days on which the board shows a dose with this number."""
    return [day for day in board.scene.all_days() if any(one.number == number for one in board.scene.doses(day))]


def pull(nurse: Nurse, board: CalendarBoard, dose: CalendarDose, to: date) -> None:
    """Take a dose with the mouse and pull it over another day, without letting go."""
    begin, end = board.place_of(dose).center(), board.cell(to).center()
    QTest.mousePress(board, _LEFT, _NONE, begin)
    QTest.mouseMove(board, begin + QPoint(QApplication.startDragDistance(), 3))
    QTest.mouseMove(board, end)
    nurse.settle()


def let_go(nurse: Nurse, board: CalendarBoard, to: date) -> None:
    """Let the mouse go over a day."""
    QTest.mouseRelease(board, _LEFT, _NONE, board.cell(to).center())
    nurse.settle()


def undo(nurse: Nurse, *does: Callable[[], None]) -> None:
    """Press Ctrl+Z on the page in view, and answer the ripple that opens."""
    nurse.in_dialog(lambda: nurse.press_key(Qt.Key.Key_Z, CONTROL), *does)


def confirm_with_enter(nurse: Nurse) -> None:
    """Press Enter where the cursor is."""
    nurse.press_key(Qt.Key.Key_Return)


def choose_from_menu(nurse: Nurse, entry: str) -> None:
    """Click the entry of the open menu whose words begin with `entry`."""
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        raise AssertionError("no menu is open")
    texts = [action.text().replace("&", "").split("\t")[0] for action in menu.actions()]
    for action, text in zip(menu.actions(), texts, strict=True):
        if text.startswith(entry):
            QTest.mouseClick(menu, _LEFT, _NONE, menu.actionGeometry(action).center())
            nurse.settle()
            return
    menu.close()
    raise AssertionError(f"the menu does not offer “{entry}”, but {texts}")


def change_the_dose(nurse: Nurse, day: str, entry: str, *does: Callable[[], None]) -> None:
    """Choose the dose of a day in the course that is shown, and a change of it from its menu; answer its dialog."""
    nurse.select_row("Doses", day)
    nurse.press("Change this dose")
    nurse.in_dialog(lambda: choose_from_menu(nurse, entry), *does)


def change_the_course(nurse: Nurse, entry: str, *does: Callable[[], None]) -> None:
    """Choose a change of the course that is shown from its menu, and answer its dialog."""
    nurse.press("Change the course")
    nurse.in_dialog(lambda: choose_from_menu(nurse, entry), *does)


def answer(
    nurse: Nurse, verb: str, reason: str, *, reach: str = "", to: str = "", by: str = "", day: str = "New date"
) -> None:
    """Fill in the ripple and confirm it: `to` goes into the field called `day`."""
    if to:
        nurse.type(day, to)
    if reach:
        nurse.press(reach)
    if by:
        nurse.wait_to_see("Prescriber who approves it")
        nurse.type("Prescriber who approves it", by)
    nurse.type("Reason", reason)
    nurse.press(verb)


def doses_in_view(nurse: Nurse) -> dict[int, str]:
    """Return the rows of the course that is shown, by number of the dose."""
    return _by_number(nurse, "Doses")


def changes_in_view(nurse: Nurse) -> dict[int, str]:
    """Return the rows of the ripple that change something, by number of the dose."""
    return {number: row for number, row in _by_number(nurse, "Before and after the change").items() if "→" in row}


def show_the_course(nurse: Nurse) -> dict[int, str]:
    """Open the course from the list of patients; return its rows by number of the dose."""
    open_the_course(nurse)
    return doses_in_view(nurse)


def plain(text: str) -> str:
    """Return a text with usual spaces, as it is read."""
    return text.replace("\u00a0", " ")


def _by_number(nurse: Nurse, table: str) -> dict[int, str]:
    rows = {}
    for row in nurse.rows(nurse.window.wording.gettext(table)):
        number = re.search(r"\d+", row)
        if number is None:
            raise AssertionError(f"no dose: {row}")
        rows[int(number.group())] = row
    return rows
