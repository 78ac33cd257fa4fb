"""The calendar of a course: what it says, moving a dose, releasing a hold, reading an older revision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import start_infusion
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.ui.course import CoursePage
from ivigdesk.ui.course.dialogs.release_dialog import ReleaseDialog
from ivigdesk.ui.course.dialogs.ripple_dialog import RippleDialog
from ivigdesk.ui.places import CoursePlace, InfusionPlace, Place, PrintDosePlace, PrintPlanPlace
from ivigdesk.ui.widgets import dialogs
from ivigdesk.wording import Wording
from tests.conftest import cmv_plan
from tests.ui.audit import labels_that_guess_markup, unnamed_controls

Show = Callable[[QWidget], QWidget]


@pytest.fixture(autouse=True)
def _discard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


@pytest.fixture
def page(desk: Desk, course: Course, english: Wording, shown: Show) -> CoursePage:
    made = CoursePage(desk, english)
    made.resize(1300, 780)
    shown(made)
    made.show_place(CoursePlace(course.id))
    return made


@pytest.fixture
def ripple(page: CoursePage, desk: Desk, english: Wording, shown: Show) -> RippleDialog:
    """Asking to move dose 4, as it opens."""
    assert page.view is not None
    dialog = RippleDialog(desk, page.view, 4, english)
    shown(dialog)
    return dialog


def test_the_next_dose_is_chosen_and_can_be_started(page: CoursePage, qtbot: QtBot) -> None:
    chosen = page.chosen()
    assert chosen is not None
    assert chosen.dose.number == 1
    assert page.dose.give.text() == "Start infusion"
    with qtbot.waitSignal(page.place_requested) as asked:
        page.dose.give.click()
    assert isinstance(cast(list[Place], asked.args)[0], InfusionPlace)


def test_a_dose_of_another_day_cannot_be_started_from_here(page: CoursePage, course: Course) -> None:
    page.show_place(CoursePlace(course.id, 3))
    assert not page.dose.give.isVisible()
    assert page.dose.move_dose.isVisible()


def test_plan_and_sheet_are_asked_for_on_paper(page: CoursePage, course: Course, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.place_requested) as asked:
        page.print_plan.click()
    assert asked.args == [PrintPlanPlace(course.id)]
    page.table.choose_number(2)
    with qtbot.waitSignal(page.place_requested) as asked:
        page.dose.print.click()
    assert asked.args == [PrintDosePlace(course.id, 2)]


def test_the_ripple_shows_both_columns_before_anything_is_stored(ripple: RippleDialog, desk: Desk) -> None:
    assert ripple.ripple is not None
    moved = {row.before.dose.number: row.due_on for row in ripple.ripple.rows if row.is_moved}
    assert moved == {4: date(2026, 3, 9), 5: date(2026, 3, 11), 6: date(2026, 3, 13), 7: date(2026, 3, 15)}
    assert not ripple.confirm_button.isEnabled(), "a reason is missing"
    assert look_up_course(desk, ripple.ripple.view.course.id).course.revision.number == 1


def test_up_and_down_choose_how_far_the_move_reaches(ripple: RippleDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(ripple, Qt.Key.Key_Down)
    assert ripple.chosen_reach() == "rest"
    assert ripple.ripple is not None
    assert sum(row.is_moved for row in ripple.ripple.rows) == 8
    qtbot.keyClick(ripple, Qt.Key.Key_Up)
    qtbot.keyClick(ripple, Qt.Key.Key_Up)
    assert ripple.chosen_reach() == "this"
    assert ripple.ripple is not None
    assert sum(row.is_moved for row in ripple.ripple.rows) == 1


def test_a_date_in_the_way_stands_under_the_field_and_cannot_be_confirmed(ripple: RippleDialog, qtbot: QtBot) -> None:
    ripple.reason.set_text("fever")
    ripple.reach.button(0).click()
    ripple.to.set_text("2026-03-10")
    ripple.compute()
    assert ripple.to.error
    assert ripple.ripple is None
    qtbot.keyClick(ripple.to.line, Qt.Key.Key_Return)
    assert ripple.course is None


def test_enter_confirms_a_valid_move_and_makes_the_next_revision(ripple: RippleDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(ripple.reason.line, "Temperature 38.4 °C")
    qtbot.keyClick(ripple.reason.line, Qt.Key.Key_Return)
    assert ripple.course is not None
    assert ripple.course.revision.number == 2
    assert ripple.course.dose(4).due_on == date(2026, 3, 9)
    assert ripple.course.dose(4).reason == "Temperature 38.4 °C"


def test_esc_with_a_typed_reason_asks_first(
    ripple: RippleDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def keep(*_: object) -> bool:
        asked.append(True)
        return False

    monkeypatch.setattr(dialogs, "ask_to_discard", keep)
    qtbot.keyClicks(ripple.reason.line, "fever")
    qtbot.keyClick(ripple, Qt.Key.Key_Escape)
    assert asked
    assert ripple.isVisible()
    ripple.reason.set_text("")
    qtbot.keyClick(ripple, Qt.Key.Key_Escape)
    assert not ripple.isVisible()


def test_a_moved_dose_says_from_where_and_why(
    page: CoursePage, ripple: RippleDialog, course: Course, qtbot: QtBot
) -> None:
    qtbot.keyClicks(ripple.reason.line, "fever")
    ripple.confirm()
    page.show_place(CoursePlace(course.id, 4))
    row = page.table.current()
    assert any("Sun\u00a008\u00a0Mar" in note for note in row.notes)
    assert "fever" in row.notes


def test_an_older_revision_is_read_only_and_says_so(
    page: CoursePage, ripple: RippleDialog, course: Course, qtbot: QtBot
) -> None:
    qtbot.keyClicks(ripple.reason.line, "fever")
    ripple.confirm()
    page.show_place(CoursePlace(course.id))
    assert page.revision.isVisible()
    page.revision.set_value(1)
    page.revision.edited.emit()
    assert "superseded by revision 2" in page.bar.sentence
    assert not page.dose.move_dose.isVisible()
    assert not page.dose.give.isVisible()


def test_a_held_course_says_why_and_is_released_by_a_prescriber(
    page: CoursePage, desk: Desk, course: Course, clock: SetClock, english: Wording, shown: Show
) -> None:
    start_infusion(desk, course.doses[0].id)
    clock.advance(timedelta(minutes=20))
    record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE01", grade="3"))
    page.show_place(CoursePlace(course.id))
    assert page.bar.sentence.startswith("■")
    assert page.release.isVisible()
    assert page.view is not None
    dialog = ReleaseDialog(desk, page.view, "Anaphylaxis, grade 3", english)
    shown(dialog)
    dialog.confirm()
    assert dialog.course is None
    assert dialog.prescriber.error
    dialog.prescriber.set_text("Dr S. Kim")
    dialog.reason.set_text("other product from tomorrow")
    dialog.confirm()
    assert dialog.course is not None
    assert all(dose.state == "planned" for dose in dialog.course.doses)


def test_criteria_that_stop_being_met_are_said_above_the_table_and_at_the_dose(
    desk: Desk, patient: Patient, english: Wording, shown: Show
) -> None:
    """Transplant day 100 is the last one on which the payment rule holds."""
    course = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Paid by the hospital", "Dr S. Kim")
    dialog = RippleDialog(desk, look_up_course(desk, course.id), 10, english, to=date(2026, 3, 31))
    shown(dialog)
    dialog.reach.button(0).click()
    assert "stop being met on the new date of dose 10" in dialog.warning.sentence
    titles = [column.title for column in dialog.table.records.columns]
    cells = [dialog.table.model().index(9, titles.index(title)).data() for title in ("Criteria", "What to know")]
    assert cells[0] == "needs justification"
    assert cells[1].startswith("!")
    assert "criteria met until now" in cells[1]


def test_a_broken_gap_is_said_at_its_dose(ripple: RippleDialog) -> None:
    ripple.to.set_text("2026-03-09")
    ripple.reach.button(1).click()
    ripple.compute()
    assert ripple.ripple is not None
    noted = [row.before.dose.number for row in ripple.ripple.rows if row.notes]
    assert noted
    assert str(noted[0]) in ripple.warning.sentence


def test_a_move_that_changes_nothing_else_warns_of_nothing(ripple: RippleDialog) -> None:
    ripple.to.set_text("2026-03-08")
    ripple.compute()
    assert not ripple.warning.isVisible()


def test_every_control_has_a_name_and_no_label_reads_markup(page: CoursePage, ripple: RippleDialog) -> None:
    for widget in (page, ripple):
        assert unnamed_controls(widget) == []
        assert labels_that_guess_markup(widget) == []
