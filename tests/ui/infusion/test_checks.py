"""The checklist by keyboard, left open with a reason, and folded once the pump runs."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk, sign_in
from ivigdesk.actions.infusions.preparing import prepared
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.infusion import InfusionPage
from ivigdesk.ui.places import InfusionPlace
from tests.ui.infusion.bedside import cursor, prepare


def test_space_ticks_a_line_and_goes_on_to_the_next_open_one(page: InfusionPage, qtbot: QtBot) -> None:
    checklist = page.cards.checklist
    codes = list(checklist.boxes)
    checklist.boxes[codes[1]].click()
    checklist.boxes[codes[0]].setFocus()
    qtbot.keyClick(cursor(), Qt.Key.Key_Space)
    assert checklist.boxes[codes[0]].isChecked()
    assert checklist.boxes[codes[2]].hasFocus(), "the second was ticked already"
    qtbot.keyClick(cursor(), Qt.Key.Key_Up)
    assert checklist.boxes[codes[1]].hasFocus()


def test_after_the_last_line_the_cursor_waits_for_the_vials(page: InfusionPage, qtbot: QtBot) -> None:
    checklist = page.cards.checklist
    next(iter(checklist.boxes.values())).setFocus()
    for _line in list(checklist.boxes):
        qtbot.keyClick(cursor(), Qt.Key.Key_Space)
    assert page.cards.vials.scan.line.hasFocus()


def test_a_tick_shows_who_and_when_and_another_nurse_finds_it(
    page: InfusionPage, course: Course, desk: Desk, clock: SetClock
) -> None:
    page.cards.checklist.boxes["consent"].click()
    clock.advance(timedelta(minutes=5))
    sign_in(desk, "S. Kaur")
    page.show_place(InfusionPlace(course.id, course.dose(1).id))
    line = page.cards.checklist.lines["consent"]
    assert line.box.isChecked()
    assert line.said.text() == "09:05\u2002A. Wong"


def test_a_tick_is_taken_back_before_the_start(page: InfusionPage, desk: Desk, course: Course) -> None:
    page.cards.checklist.boxes["consent"].click()
    page.cards.checklist.boxes["consent"].click()
    assert prepared(desk, course.dose(1).id).check("consent") is None
    assert not page.cards.checklist.lines["consent"].said.text()


def test_starting_with_an_open_critical_line_asks_why_and_the_reason_lets_it_start(
    page: InfusionPage, desk: Desk, course: Course, qtbot: QtBot
) -> None:
    prepare(page)
    page.cards.checklist.boxes["consent"].click()
    page.cards.start.start.click()
    question = page.cards.checklist.question
    assert question.isVisible()
    assert "Consent" in question.what.text()
    assert question.reason.line.hasFocus()
    qtbot.keyClick(cursor(), Qt.Key.Key_Return)
    assert question.reason.error, "a reason is needed"
    qtbot.keyClicks(cursor(), "unconscious, guardian called")
    qtbot.keyClick(cursor(), Qt.Key.Key_Return)
    said = page.cards.checklist.lines["consent"].said.text()
    assert said == "left open: unconscious, guardian called (09:05 A. Wong)"
    assert not page.cards.checklist.boxes["consent"].isChecked()
    page.cards.start.start.click()
    assert page.here is not None
    assert page.here.infusion is not None
    check = prepared(desk, course.dose(1).id).check("consent")
    assert check is not None
    assert check.reason == "unconscious, guardian called"


def test_escape_leaves_the_question_and_the_line_as_they_were(page: InfusionPage, qtbot: QtBot) -> None:
    page.cards.checklist.leave.click()
    qtbot.keyClicks(cursor(), "no")
    assert page.has_unsaved()
    qtbot.keyClick(page.cards.checklist.question, Qt.Key.Key_Escape)
    assert not page.cards.checklist.question.isVisible()
    assert not page.has_unsaved()


def test_once_it_runs_the_card_folds_and_what_is_left_open_stays_in_view(
    page: InfusionPage, desk: Desk, course: Course, clock: SetClock
) -> None:
    page.cards.checklist.left_open.emit("consent", "guardian called")
    prepare(page)
    page.cards.checklist.boxes["weight-today"].click()  # taken back: a line that may stay open
    page.cards.checklist.left_open.emit("order-valid", "by phone")
    page.cards.checklist.boxes["order-valid"].click()
    clock.advance(timedelta(minutes=1))
    page.cards.start.start.click()
    checklist = page.cards.checklist
    assert list(checklist.lines) == ["weight-today"], "nobody said anything about it"
    assert checklist.done.text() == "✓\u200214 of 15 done, 09:05, A. Wong"
    checklist.unfold.click()
    assert len(checklist.lines) == 15
    assert not checklist.boxes["consent"].isEnabled(), "what was ticked before the start stays in the record"
    checklist.boxes["weight-today"].click()
    assert checklist.done.text().startswith("✓\u200215 of 15 done, 09:05 to 09:06")
