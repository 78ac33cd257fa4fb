"""The page of the calendar: turning, filters, load, and changes that are asked for and undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.ui import places
from ivigdesk.ui.calendar import CalendarPage
from ivigdesk.ui.calendar.file_dialog import CalendarFileDialog
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.places import CalendarPlace, CoursePlace, PatientPlace
from ivigdesk.wording import Wording
from tests.ui.audit import labels_that_guess_markup, unnamed_controls
from tests.ui.calendar.opening import Show, calendar_of, choose, open_page, words_in


def test_the_month_shows_every_dose_on_its_day_and_sums_up_the_month_alone(page: CalendarPage) -> None:
    scene = page.board.scene
    on_days = [day for day in scene.all_days() if scene.doses(day)]
    assert [day.day for day in on_days] == [2, 4, 6, 8, 10, 12, 14, 16, 23, 30]
    assert page.filters.total.text().replace("\u00a0", " ").startswith("10 doses · 100 g")
    assert page.head.title.text() == "March 2026"
    assert page.board.scene.cursor == date(2026, 3, 2)


@pytest.mark.parametrize(
    "typed", ["x" * 10_000, "a\x07b", "😀", "\u202eLI", "<b>LI</b>", '"', "'", "%", "９", "\\", "-1"]
)
def test_whatever_is_typed_into_the_filter_only_filters(page: CalendarPage, typed: str) -> None:
    page.filters.patient.set_text(typed)
    page.filters.changed.emit()
    assert page.filters.total.text().startswith("0")
    page.filters.clear.click()
    assert page.filters.total.text().replace("\u00a0", " ").startswith("10 doses")


def test_an_empty_ward_shows_an_empty_month(desk: Desk, english: Wording, shown: Show) -> None:
    page = open_page(desk, english, shown)
    assert not any(page.board.scene.doses(day) for day in page.board.scene.all_days())
    assert page.filters.total.text().replace("\u00a0", " ").startswith("0 doses")
    assert "No dose on this day." in words_in(page.side)
    assert "plan a course" in words_in(page.side)
    QTest.keyClick(page.board, Qt.Key.Key_Return)
    assert page.board.scene.chosen is None


def test_page_up_and_down_turn_over_the_end_of_the_year_and_t_and_home_come_back(
    window: MainWindow, course: Course
) -> None:
    assert window.shell is not None
    window.shell.go(CalendarPlace(date(2026, 12, 31), "month"))
    page = calendar_of(window)
    QTest.keyClick(page.board, Qt.Key.Key_PageDown)
    assert page.head.title.text() == "January 2027"
    assert page.board.scene.cursor == date(2027, 1, 31)
    for key in (Qt.Key.Key_T, Qt.Key.Key_Home):
        QTest.keyClick(page.board, Qt.Key.Key_PageUp)
        assert page.head.title.text() in ("December 2026", "February 2026")
        QTest.keyClick(page.board, key)
        assert page.head.title.text() == "March 2026"
        assert page.board.scene.cursor == date(2026, 3, 2)


def test_an_arrow_past_the_last_day_turns_the_page(window: MainWindow, course: Course) -> None:
    assert window.shell is not None
    window.shell.go(CalendarPlace(date(2026, 3, 30), "month"))
    page = calendar_of(window)
    QTest.keyClick(page.board, Qt.Key.Key_Down)
    assert page.head.title.text() == "April 2026"
    assert page.board.scene.cursor == date(2026, 4, 6)


def test_alt_1_and_alt_2_show_month_and_week_of_the_same_day(window: MainWindow, course: Course) -> None:
    assert window.shell is not None
    window.shell.go(CalendarPlace(date(2026, 3, 12)))
    page = calendar_of(window)
    QTest.keyClick(page.board, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.head.title.text().replace("\u00a0", " ") == "09 Mar – 15 Mar 2026"
    assert page.head.week.isChecked()
    QTest.keyClick(page.board, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert page.head.title.text() == "March 2026"
    assert page.board.scene.cursor == date(2026, 3, 12)
    assert window.shell.place == CalendarPlace(date(2026, 3, 12), "month")


def test_filters_hide_doses_but_never_the_load_of_a_day(page: CalendarPage, qtbot: QtBot) -> None:
    page.filters.patient.line.setFocus()
    with qtbot.waitSignal(page.filters.changed):
        QTest.keyClicks(page.filters.patient.line, "nobody")
    scene = page.board.scene
    assert not any(scene.doses(day) for day in scene.all_days())
    known = scene.day(date(2026, 3, 4))
    assert known is not None
    assert known.count == 1
    page.board.choose_day(date(2026, 3, 4))
    assert "1 dose is hidden by the filters" in words_in(page.side)
    assert page.filters.total.text().startswith("0")
    assert "No dose of these days fits the filters." in words_in(page.side)
    page.filters.clear.click()
    assert scene.doses(date(2026, 3, 4))
    assert page.filters.patient.text() == ""
    assert page.filters.clear.isHidden()


def test_regimen_product_and_state_filter_what_is_shown(page: CalendarPage, course: Course) -> None:
    filters = page.filters
    for field, fits, other in (
        (filters.regimen, course.regimen.id, ""),
        (filters.product, course.product.id, ""),
        (filters.status, "due", "given"),
    ):
        field.set_value(fits)
        field.edited.emit()
        assert page.board.scene.doses(date(2026, 3, 2))
        field.set_value(other)
        field.edited.emit()
    assert not page.board.scene.doses(date(2026, 3, 2))


def test_a_filter_stays_in_sight_in_a_month_where_it_fits_nothing(page: CalendarPage, course: Course) -> None:
    page.filters.regimen.set_value(course.regimen.id)
    page.filters.regimen.edited.emit()
    page.show_place(CalendarPlace(date(2027, 3, 2)))
    assert page.filters.regimen.value() == course.regimen.id
    assert page.filters.clear.isVisible()


def test_a_chosen_dose_is_told_in_full_and_leads_to_course_and_patient(
    page: CalendarPage, course: Course, qtbot: QtBot
) -> None:
    choose(page, date(2026, 3, 8))
    said = words_in(page.side)
    for part in (
        "LI, Na 李娜",
        "bed 07",
        "BMT-004217",
        "Dose 4 of 11",
        "day +78",
        "10 g",
        "Sun 08 Mar 2026",
        "Planned",
    ):
        assert part in said
    for act, place in (
        (page.side.dose.open_course.click, CoursePlace(course.id, 4)),
        (page.side.dose.open_patient.click, PatientPlace(course.patient_id, "courses")),
        (lambda: QTest.keyClick(page.board, Qt.Key.Key_Return), CoursePlace(course.id, 4)),
    ):
        with qtbot.waitSignal(page.place_requested) as asked_for:
            act()
        assert asked_for.args == [place]


def test_esc_in_the_window_goes_back_to_the_days_before_it_leaves_the_page(window: MainWindow, course: Course) -> None:
    assert window.shell is not None
    window.shell.go(CalendarPlace())
    page = calendar_of(window)
    choose(page, date(2026, 3, 8))
    QTest.keyClick(page.board, Qt.Key.Key_M)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert page.board.scene.carried is None
    assert page.board.scene.chosen is not None
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert page.board.scene.chosen is None
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert isinstance(window.shell.place, places.TodayPlace)


def test_the_calendar_file_names_nobody_unless_it_is_asked_to(
    page: CalendarPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, english: Wording, desk: Desk
) -> None:
    chosen = [("", ""), (str(tmp_path / "ward.ics"), ""), (str(tmp_path / "named.ics"), "")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen.pop(0))
    dialog = CalendarFileDialog(desk, date(2026, 3, 1), date(2026, 3, 31), english, page)
    assert not dialog.named.value()
    dialog.confirm()
    assert dialog.file is None  # no place was chosen: the question stands
    dialog.confirm()
    text = (tmp_path / "ward.ics").read_text("utf-8")
    assert text.count("BEGIN:VEVENT") == 10
    assert "李娜" not in text
    assert "BMT-004217" not in text
    dialog.named.set_value(True)
    dialog.confirm()
    named = (tmp_path / "named.ics").read_text("utf-8")
    assert "李娜" in named
    assert "BMT-004217" in named


def test_both_languages_have_names_for_everything(
    page: CalendarPage, desk: Desk, chinese: Wording, shown: Show
) -> None:
    for made in (page, open_page(desk, chinese, shown)):
        choose(made, date(2026, 3, 8))
        assert unnamed_controls(made) == []
        assert labels_that_guess_markup(made) == []
        assert made.help_text()


def test_nothing_runs_once_the_page_is_left(page: CalendarPage) -> None:
    QTest.keyClicks(page.filters.patient.line, "x")
    choose(page, date(2026, 3, 8))
    QTest.keyClick(page.board, Qt.Key.Key_M)
    assert any(timer.isActive() for timer in page.findChildren(QTimer))
    page.hide()
    assert not any(timer.isActive() for timer in page.findChildren(QTimer))
    assert page.board.scene.carried is None
