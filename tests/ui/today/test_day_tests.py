"""Tests and checks on Today: with the dose that waits for them, and in a short list by bed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.record_lab_value import LabForm, record
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.actions.ward.day_list import DayRow
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.places import PatientPlace, TodayPlace
from ivigdesk.ui.today import TodayPage
from ivigdesk.ui.today.tests_card import PatientTests
from ivigdesk.wording import Wording
from tests.actions.giving import give
from tests.ui.audit import labels_that_guess_markup, unnamed_controls

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def page(desk: Desk, english: Wording, shown: Show) -> TodayPage:
    made = TodayPage(desk, english)
    made.resize(1200, 700)
    shown(made)
    return made


def _show(page: TodayPage, day: date | None = None) -> None:
    page.show_place(TodayPlace(day))
    page.read_tests()
    page.below.open("tests")


def _detail(page: TodayPage) -> str:
    row = next(row for row in page.table.records.rows if isinstance(row, DayRow))
    return page._words.tests(row)


def test_the_list_stands_there_before_its_tests_are_worked_out(page: TodayPage, course: Course, qtbot: QtBot) -> None:
    page.show_place(TodayPlace())
    assert len(page.table.records.rows) == 2
    assert not page.findChildren(QTabBar)
    qtbot.waitUntil(lambda: bool(page.findChildren(QTabBar)))
    page.below.open("tests")
    assert page.tests.isVisible()
    assert _detail(page).startswith("Draw: ")


def test_a_due_dose_says_in_short_what_is_drawn_before_it(page: TodayPage, desk: Desk, course: Course) -> None:
    _show(page)
    assert _detail(page) == "Draw: Creatinine, Haemoglobin, Blood groups, Serology, Galactomannan"
    record(desk, LabForm(patient_id=course.patient_id, test="creatinine", value="70", taken_on="t"))
    _show(page)
    assert "Creatinine" not in _detail(page)


def test_a_changed_weight_is_the_first_thing_to_know(page: TodayPage, desk: Desk, course: Course) -> None:
    weigh_patient(desk, course.patient_id, "80")
    _show(page)
    row = next(row for row in page.table.records.rows if isinstance(row, DayRow))
    assert page._words.to_know(row).startswith("Weight changed by +14.3")


def test_an_old_weight_is_said_once(page: TodayPage, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=9))
    _show(page)
    row = next(row for row in page.table.records.rows if isinstance(row, DayRow))
    assert "Weight is 9 days old" in page._words.to_know(row)
    assert "Weight" not in page._words.tests(row)


def test_values_of_a_patient_stand_on_one_line_that_opens_the_patient(
    page: TodayPage, desk: Desk, course: Course, clock: SetClock, qtbot: QtBot
) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=1))
    _show(page)
    check, values = page.tests.table.records.rows
    assert isinstance(check, PatientTests)
    assert isinstance(values, PatientTests)
    assert check.words.replace("\u00a0", " ") == "Late effects after dose 1 (until Thu 05 Mar)"
    assert "CMV PCR (until Sun 08 Mar)" in values.words.replace("\u00a0", " ")
    page.tests.table.choose(values)
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.keyClick(page.tests.table, Qt.Key.Key_Return)
    assert asked.args == [PatientPlace(course.patient_id, "laboratory")]


def test_the_last_day_of_a_check_is_marked(page: TodayPage, desk: Desk, course: Course, clock: SetClock) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=3))
    _show(page)
    row = page.tests.table.records.rows[0]
    assert row.state.word == "Today"
    assert row.words.startswith("Late effects after dose 1 (until today)")


def test_a_check_is_ticked_off_by_one_key_and_taken_back_by_another(
    page: TodayPage, desk: Desk, course: Course, clock: SetClock, qtbot: QtBot
) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=1))
    _show(page)
    table = page.tests.table
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert [check.item for check in desk.ward.prepared_checks([course.dose(1).id])] == ["late-check-24-72h"]
    assert [row.state.word for row in table.records.rows][-1] == "Done"
    table.choose(table.records.rows[-1])
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert desk.ward.prepared_checks([course.dose(1).id]) == ()
    assert "Done" not in [row.state.word for row in table.records.rows]


def test_what_was_ticked_is_gone_on_the_next_visit(
    page: TodayPage, desk: Desk, course: Course, clock: SetClock, qtbot: QtBot
) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=1))
    _show(page)
    qtbot.keyClick(page.tests.table, Qt.Key.Key_Return)
    _show(page)
    assert all("Late effects" not in row.words for row in page.tests.table.records.rows)


def test_the_tab_says_how_much_is_overdue(page: TodayPage, desk: Desk, course: Course, clock: SetClock) -> None:
    _show(page)
    assert "overdue" not in page.below.tabs.tabText(1)
    give(desk, course, 1)
    clock.advance(timedelta(days=4))
    _show(page)
    assert "! 1 overdue" in page.below.tabs.tabText(1)


def test_a_day_without_tests_has_no_card(page: TodayPage) -> None:
    _show(page)
    assert not page.tests.isVisible()


def test_another_day_says_its_date(page: TodayPage, course: Course) -> None:
    _show(page, date(2026, 3, 4))
    assert page.tests.title.text().replace("\u00a0", " ") == "Tests and checks on Wed 04 Mar 2026"


def test_leaving_at_once_works_nothing_out(page: TodayPage, course: Course, qtbot: QtBot) -> None:
    page.show_place(TodayPlace())
    page.hide()
    qtbot.wait(20)
    assert not page.findChildren(QTabBar)


def test_the_page_with_tests_has_names_and_reads_no_markup(page: TodayPage, course: Course) -> None:
    _show(page)
    assert unnamed_controls(page) == []
    assert labels_that_guess_markup(page) == []
