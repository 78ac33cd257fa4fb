"""The day line: seen, pointed at, walked along and heard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import start_infusion
from ivigdesk.actions.ward.planned_times import plan_start
from ivigdesk.clinical.courses.course import Course
from ivigdesk.ui.places import InfusionPlace, TodayPlace
from ivigdesk.ui.today import TodayPage
from ivigdesk.ui.today.line_look import HEAD, LOAD
from ivigdesk.wording import Wording
from tests.actions.ward.starting import more_courses, on_duty

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def page(desk: Desk, course: Course, english: Wording, shown: Show) -> TodayPage:
    made = TodayPage(desk, english)
    made.resize(1200, 780)
    shown(made)
    return made


def _show(page: TodayPage) -> None:
    page.show_place(TodayPlace())
    page.read_tests()


def test_every_bar_says_how_it_is_known_without_colour(page: TodayPage, desk: Desk, course: Course) -> None:
    other, _third = more_courses(desk, "08", "09")
    plan_start(desk, other.dose(1).id, "11:00")
    start_infusion(desk, course.dose(1).id, recorded_later=True)
    _show(page)
    line = page.below.line
    assert line.line is not None
    words = [line.words.on_bar(bar).replace("\u00a0", " ") for bar in line.line.bars]
    assert words == ["▶ 10 g running", "◎ 10 g planned", "○ 10 g proposed"]


def test_the_keyboard_walks_the_bars_and_opens_one(page: TodayPage, desk: Desk, course: Course, qtbot: QtBot) -> None:
    (other,) = more_courses(desk, "08")
    _show(page)
    line = page.below.line
    for key, number in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 1)):
        qtbot.keyClick(line, key)
        assert line.current is line.line.bars[number]  # type: ignore[union-attr]
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert asked.args == [InfusionPlace(other.id, other.dose(1).id)]


def test_a_click_on_a_bar_opens_it_and_one_beside_does_not(page: TodayPage, course: Course, qtbot: QtBot) -> None:
    _show(page)
    line = page.below.line
    opened: list[object] = []
    line.opened.connect(opened.append)
    look = line.look
    assert look is not None
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() - 20, HEAD + 6))
    assert opened == []
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=look.bar(0).center().toPoint())
    assert len(opened) == 1


def test_screen_readers_hear_every_infusion_and_every_busy_hour(page: TodayPage, desk: Desk, course: Course) -> None:
    plan_start(desk, course.dose(1).id, "11:00")
    _show(page)
    said = page.below.line.accessibleDescription().replace("\u00a0", " ")
    assert said.startswith("Bed 07, LI, Na 李娜: dose 1 of 11, 10 g, planned, 11:00 to ")
    assert "11:00–12:00: 1 infusion; " in said


def test_what_is_too_much_stands_at_the_top_with_sign_and_words(page: TodayPage, desk: Desk, course: Course) -> None:
    (other,) = more_courses(desk, "08")
    on_duty(desk, 1)
    for one in (course, other):
        plan_start(desk, one.dose(1).id, "11:00")
    _show(page)
    assert page.head.over.isVisible()
    assert page.head.over.text().replace("\u00a0", " ") == "! 11:00–12:00: 2 infusions, 1 nurse"
    on_duty(desk, 2)
    _show(page)
    assert not page.head.over.isVisible()


def test_more_bars_than_fit_are_scrolled_to_by_key(page: TodayPage, desk: Desk, course: Course, qtbot: QtBot) -> None:
    more_courses(desk, *(str(bed) for bed in range(20, 34)))
    _show(page)
    line = page.below.line
    qtbot.waitUntil(lambda: line.look is not None and line.look.hidden > 0)
    assert line.look is not None
    assert line.look.bar(14).isNull()
    qtbot.keyClick(line, Qt.Key.Key_End)
    place = line.look.bar(14)
    assert place.top() >= HEAD
    assert place.bottom() <= line.height() - LOAD


def test_a_day_without_infusions_draws_its_hours(page: TodayPage, desk: Desk, course: Course, qtbot: QtBot) -> None:
    page.show_place(TodayPlace(course.dose(1).due_on.replace(day=1)))
    page.read_tests()
    line = page.below.line
    qtbot.keyClick(line, Qt.Key.Key_Right)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.current is None
    assert not line.grab().isNull()


def test_the_line_moves_on_with_the_clock_only_while_it_is_looked_at(page: TodayPage, course: Course) -> None:
    _show(page)
    assert page._minute.isActive()
    page.hide()
    assert not page._minute.isActive()
