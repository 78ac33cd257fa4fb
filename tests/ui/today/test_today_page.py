"""Today: groups, the one next step, totals, and the day before and after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import record_not_given, set_rate, start_infusion
from ivigdesk.actions.ward.day_list import DayRow
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.places import CoursePlace, InfusionPlace, PatientsPlace, PrintDayPlace, TodayPlace
from ivigdesk.ui.today import TodayPage
from ivigdesk.ui.today.rows import GroupHead
from ivigdesk.wording import Wording
from tests.actions.changed import change

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def page(desk: Desk, english: Wording, shown: Show) -> TodayPage:
    made = TodayPage(desk, english)
    made.resize(1200, 700)
    shown(made)
    return made


def _cells(page: TodayPage, row: int) -> list[str]:
    model = page.table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_an_empty_day_says_what_to_do(page: TodayPage, qtbot: QtBot) -> None:
    page.show_place(TodayPlace())
    button = page.first_control()
    assert button is not None
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == [PatientsPlace()]


def test_a_due_dose_shows_amount_vials_state_and_start(page: TodayPage, course: Course) -> None:
    page.show_place(TodayPlace())
    heading, row = page.table.records.rows
    assert isinstance(heading, GroupHead)
    assert isinstance(row, DayRow)
    bed, name, number, amount, _volume, state, know, step = _cells(page, 1)
    assert (bed, name, number, amount) == ("07", "LI, Na 李娜", "1 of 11", "10\u00a0g")
    assert state == "First dose"
    assert "First infusion" in know
    assert step == "Start…"


def test_enter_starts_the_marked_dose(page: TodayPage, course: Course, qtbot: QtBot) -> None:
    page.show_place(TodayPlace())
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == [InfusionPlace(course.id, course.dose(1).id)]


def test_an_overdue_dose_asks_for_a_decision(page: TodayPage, course: Course, clock: SetClock, qtbot: QtBot) -> None:
    clock.advance(timedelta(days=1))
    page.show_place(TodayPlace())
    assert _cells(page, 1)[5] == "Overdue 1 day"
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == [CoursePlace(course.id, 1)]


def test_a_running_dose_is_opened(page: TodayPage, desk: Desk, course: Course, qtbot: QtBot) -> None:
    start_infusion(desk, course.dose(1).id, recorded_later=True)
    page.show_place(TodayPlace())
    assert _cells(page, 1)[7] == "Open"
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert isinstance(asked.args[0], InfusionPlace)


def test_alt_and_arrows_turn_the_day(page: TodayPage, qtbot: QtBot) -> None:
    page.show_place(TodayPlace())
    page.activateWindow()
    for key, day in ((Qt.Key.Key_Right, date(2026, 3, 3)), (Qt.Key.Key_Left, date(2026, 3, 1))):
        with qtbot.waitSignal(page.place_requested) as asked:
            qtbot.keyClick(page, key, Qt.KeyboardModifier.AltModifier)
        assert asked.args == [TodayPlace(day)]


def test_a_dose_of_a_later_day_cannot_be_started(page: TodayPage, course: Course, qtbot: QtBot) -> None:
    page.show_place(TodayPlace(date(2026, 3, 4)))
    assert _cells(page, 1)[7] == "Open"
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == [CoursePlace(course.id, 2)]


def test_totals_count_what_is_still_to_give(page: TodayPage, course: Course) -> None:
    page.show_place(TodayPlace())
    texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "1 patient" in texts
    assert "10\u00a0g" in texts


def test_all_sheets_of_the_day_are_asked_for(page: TodayPage, course: Course, qtbot: QtBot) -> None:
    page.show_place(TodayPlace())
    with qtbot.waitSignal(page.place_requested) as asked:
        page.head.print.click()
    assert asked.args == [PrintDayPlace(date(2026, 3, 2))]


def test_what_waits_first_is_told_by_date_and_not_by_number(
    page: TodayPage, desk: Desk, course: Course, clock: SetClock
) -> None:
    record_not_given(desk, course.dose(1).id, "Refused")
    extra = replace(course.dose(1), id=uuid4(), number=12, due_on=date(2026, 3, 3), is_extra=True)
    change(desk, course, lambda dose: dose, extra)
    clock.advance(timedelta(days=2))
    page.show_place(TodayPlace())
    numbers = [row.dose.number for row in page.table.records.rows if isinstance(row, DayRow)]
    assert numbers == [12, 2]
    cells = [_cells(page, place) for place, row in enumerate(page.table.records.rows) if isinstance(row, DayRow)]
    assert cells[1][6].startswith("Dose 12 waits first")
    assert "waits first" not in cells[0][6]


def test_a_dose_behind_an_overdue_one_says_which_waits_first(
    page: TodayPage, course: Course, clock: SetClock, qtbot: QtBot
) -> None:
    clock.advance(timedelta(days=2))
    page.show_place(TodayPlace())
    due = next(row for row in page.table.records.rows if isinstance(row, DayRow) and row.group == "due")
    place = page.table.records.rows.index(due)
    assert due.dose.number == 2
    assert _cells(page, place)[6].startswith("Dose 1 waits first")
    assert _cells(page, place)[7] == "Open"
    assert not page._words.is_first_choice(due)
    with qtbot.waitSignal(page.place_requested) as asked:
        page.table.opened.emit(due)
    assert asked.args == [CoursePlace(course.id, 1)]


def test_a_pump_that_was_stopped_does_not_read_as_paused(page: TodayPage, desk: Desk, course: Course) -> None:
    infusion = start_infusion(desk, course.dose(1).id, recorded_later=True)
    for action, word in (("pause", "Paused"), ("stop", "Stopped")):
        set_rate(desk, infusion.id, action, Decimal(0))  # type: ignore[arg-type]
        page.show_place(TodayPlace())
        assert _cells(page, 1)[5] == word


def test_part_of_a_vial_says_what_is_discarded(practice_desk: Desk, english: Wording, shown: Show) -> None:
    made = TodayPage(practice_desk, english)
    made.resize(1200, 700)
    shown(made)
    made.show_place(TodayPlace())
    rows = [row for row in made.table.records.rows if isinstance(row, DayRow)]
    nowak = next(row for row in rows if row.patient.family_name == "Nowak")
    assert made._words.vials(nowak).replace("\u00a0", " ") == "from 1 × 2.5 g (discard 31.4 mL)"
