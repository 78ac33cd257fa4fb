"""The calendar of a course: what it says, moving a dose, releasing a hold, reading an older revision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.courses.changing import ChangeForm
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import start_infusion
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.course import CoursePage
from ivigdesk.ui.course.dialogs.release_dialog import ReleaseDialog
from ivigdesk.ui.course.dialogs.ripple_dialog import RippleDialog
from ivigdesk.ui.places import CoursePlace, InfusionPlace, Place, PrintDosePlace, PrintPlanPlace
from ivigdesk.ui.widgets import dialogs
from ivigdesk.wording import Wording
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
    form = ChangeForm(course_id=page.view.course.id, verb="postpone", number=4)
    dialog = RippleDialog(desk, page.view, form, english)
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
    moved = {row.number: row.dose.due_on for row in ripple.ripple.rows if row.is_moved}
    assert moved == {4: date(2026, 3, 9), 5: date(2026, 3, 11), 6: date(2026, 3, 13), 7: date(2026, 3, 15)}
    ripple.confirm()
    assert ripple.parts.reason.error, "a reason is missing"
    assert look_up_course(desk, ripple.ripple.view.course.id).course.revision.number == 1


def test_a_moved_dose_says_from_where_and_why(
    page: CoursePage, ripple: RippleDialog, course: Course, qtbot: QtBot
) -> None:
    qtbot.keyClicks(ripple.parts.reason.line, "fever")
    ripple.confirm()
    page.show_place(CoursePlace(course.id, 4))
    row = page.table.current()
    assert any("Sun\u00a008\u00a0Mar" in note for note in row.notes)
    assert "fever" in row.notes


def test_an_older_revision_is_read_only_and_says_so(
    page: CoursePage, ripple: RippleDialog, course: Course, qtbot: QtBot
) -> None:
    qtbot.keyClicks(ripple.parts.reason.line, "fever")
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
    start_infusion(desk, course.doses[0].id, recorded_later=True)
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


def test_every_control_has_a_name_and_no_label_reads_markup(page: CoursePage, ripple: RippleDialog) -> None:
    for widget in (page, ripple):
        assert unnamed_controls(widget) == []
        assert labels_that_guess_markup(widget) == []
