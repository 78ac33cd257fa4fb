"""Changes that are asked for from the calendar: the same by mouse and keyboard, and undone by Ctrl+Z."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ivigdesk.actions import look_up
from ivigdesk.actions.courses.changing.accept import accept
from ivigdesk.actions.courses.changing.form import ChangeForm
from ivigdesk.actions.courses.changing.ripple import ripple
from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.ui.calendar import CalendarPage
from ivigdesk.ui.course.dialogs.ripple_dialog import RippleDialog
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.places import CalendarPlace
from ivigdesk.wording import Wording
from tests.conftest import cmv_plan, li_na
from tests.ui.calendar.opening import Show, calendar_of, choose, open_page

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[ChangeForm]:
    """What the dialog was opened with; it is given up each time."""
    forms: list[ChangeForm] = []

    def ask(_desk: Desk, view: CourseView, form: ChangeForm, _wording: Wording, _parent: QWidget) -> None:
        assert form.course_id == view.course.id
        forms.append(form)

    monkeypatch.setattr(RippleDialog, "ask", ask)
    return forms


def test_mouse_keyboard_and_button_ask_the_ripple_for_the_same_dose(
    page: CalendarPage, course: Course, asked: list[ChangeForm]
) -> None:
    board, left, none = page.board, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    choose(page, date(2026, 3, 8))
    begin, end = board.place_of(board.scene.doses(date(2026, 3, 8))[0]).center(), board.cell(date(2026, 3, 9)).center()
    QTest.mousePress(board, left, none, begin)
    QTest.mouseMove(board, end)
    QTest.mouseRelease(board, left, none, end)
    for key in (Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(board, key)
    for key in (Qt.Key.Key_M, Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(board, key)
    page.side.dose.move_dose.click()
    by_mouse, by_keys, earlier, by_button = asked
    assert by_mouse == by_keys
    assert by_mouse == ChangeForm(course_id=course.id, verb="postpone", number=4, to="2026-03-09", revision=1)
    assert (earlier.verb, earlier.to) == ("bring-forward", "2026-03-07")
    assert (by_button.verb, by_button.number, by_button.to) == ("postpone", 4, "")
    assert board.scene.doses(date(2026, 3, 8))  # given up: nothing has moved


def test_a_move_that_is_confirmed_is_shown_and_said_and_ctrl_z_undoes_it(
    window: MainWindow, course: Course, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    def ask(desk: Desk, _view: CourseView, form: ChangeForm, _wording: Wording, _parent: QWidget) -> Course:
        return accept(desk, ripple(desk, form), "fever")

    monkeypatch.setattr(RippleDialog, "ask", ask)
    assert window.shell is not None
    window.shell.go(CalendarPlace())
    page = calendar_of(window)
    choose(page, date(2026, 3, 8))
    for key in (Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(page.board, key)
    said = window.shell.notices.sentence.replace("\u00a0", " ")
    assert "Dose 4 of LI, Na 李娜 is now planned for Mon 09 Mar 2026: revision 2. Ctrl+Z undoes it." in said
    assert [one.number for one in page.board.scene.doses(date(2026, 3, 9))] == [4]
    assert page.board.scene.chosen is not None
    assert page.board.scene.chosen.number == 4
    choose(page, date(2026, 3, 23))
    QTest.keyClick(page.board, Qt.Key.Key_Z, CONTROL)
    assert "is undone: revision 3" in window.shell.notices.sentence
    assert [one.number for one in page.board.scene.doses(date(2026, 3, 8))] == [4]
    before, now = look_up.course(desk, course.id, 1), look_up.course(desk, course.id)
    assert [one.dose.due_on for one in before.doses] == [one.dose.due_on for one in now.doses]


def test_ctrl_z_asks_for_the_course_of_the_chosen_dose_and_for_a_dose_where_none_is_chosen(
    window: MainWindow, course: Course, asked: list[ChangeForm]
) -> None:
    assert window.shell is not None
    window.shell.go(CalendarPlace())
    page = calendar_of(window)
    QTest.keyClick(page.board, Qt.Key.Key_Z, CONTROL)
    assert asked == []
    assert "Choose a dose" in window.shell.notices.sentence
    choose(page, date(2026, 3, 8))
    QTest.keyClick(page.board, Qt.Key.Key_Z, CONTROL)
    assert asked == [ChangeForm(course_id=course.id, verb="undo", revision=1)]


def test_an_overfull_day_is_said_and_its_offers_only_propose(
    desk: Desk, course: Course, english: Wording, shown: Show, asked: list[ChangeForm]
) -> None:
    _two_more_patients(desk)
    set_ward(desk, msgspec.structs.replace(desk.settings, most_doses_a_day=2))
    page = open_page(desk, english, shown)
    page.board.choose_day(date(2026, 3, 23))
    page.read_offers()
    assert "3 infusions" in page.side.offers.over.sentence
    assert page.side.offers.buttons
    button = page.side.offers.buttons[0]
    assert "inside its tolerance" in button.accessibleName()
    button.click()
    (form,) = asked
    assert form.number == 9
    assert form.to in ("2026-03-22", "2026-03-24")
    assert len(page.board.scene.doses(date(2026, 3, 23))) == 3
    page.board.choose_day(date(2026, 3, 24))
    assert page.side.offers.isHidden()


def _two_more_patients(desk: Desk) -> None:
    for number, bed in (("BMT-1", "01"), ("BMT-2", "02")):
        form = msgspec.structs.replace(li_na(), record_number=number, bed=bed, family_name="Osei", local_name="")
        patient = register_patient(desk, form)
        confirm(desk, propose(desk, cmv_plan(patient)))
