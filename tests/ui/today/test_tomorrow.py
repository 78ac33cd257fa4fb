"""The day after stands beside the day: whose doses, what to fetch, what to draw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.ui.places import CoursePlace, TodayPlace
from ivigdesk.ui.today import TodayPage
from ivigdesk.wording import Wording
from tests.actions.ward.starting import more_courses

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def page(desk: Desk, course: Course, english: Wording, shown: Show) -> TodayPage:
    more_courses(desk, "08")
    made = TodayPage(desk, english)
    made.resize(1200, 700)
    shown(made)
    return made


def _show(page: TodayPage, day: date | None = None) -> None:
    page.show_place(TodayPlace(day))
    page.read_tests()
    page.read_tomorrow()


def _cells(page: TodayPage, row: int) -> list[str]:
    model = page.below.tomorrow.table.model()
    return [str(model.index(row, column).data()).replace("\u00a0", " ") for column in range(model.columnCount())]


def test_each_dose_has_bed_name_number_tests_grams_and_vials(page: TodayPage) -> None:
    _show(page, date(2026, 3, 3))
    bed, who, amount = _cells(page, 0)
    assert (bed, amount) == ("07", "10 g")
    assert who.startswith("LI, Na 李娜 · 2 of 11 · Draw: ")


def test_vials_to_fetch_are_added_up_over_the_patients(page: TodayPage) -> None:
    _show(page, date(2026, 3, 3))
    said = page.below.tomorrow.fetch.text().replace("\u00a0", " ")
    assert said.startswith("2 doses, to fetch: ")
    assert said.endswith("8 × 2.5 g")


def test_an_empty_day_after_says_so(page: TodayPage) -> None:
    _show(page)
    assert page.below.tomorrow.fetch.text() == "No dose is planned."
    assert not page.below.tomorrow.table.isVisible()
    assert page.below.tomorrow.title.text().replace("\u00a0", " ") == "Tomorrow, Tue 03 Mar"


def test_enter_opens_the_dose_in_its_course(page: TodayPage, course: Course, qtbot: QtBot) -> None:
    _show(page, date(2026, 3, 3))
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.keyClick(page.below.tomorrow.table, Qt.Key.Key_Return)
    assert asked.args == [CoursePlace(course.id, 2)]


def test_on_a_narrow_page_it_stands_behind_a_tab(page: TodayPage) -> None:
    _show(page)
    assert page.below.tomorrow.isVisible()
    page.resize(860, 600)
    assert not page.below.tomorrow.isVisible()
    page.below.open("tomorrow")
    assert page.below.tomorrow.isVisible()
    page.resize(1300, 700)
    assert page.below.shown == "line"
    assert page.below.tomorrow.isVisible()
