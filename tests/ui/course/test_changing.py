"""What the page of a course lets a nurse change, by menu, by key and from a notice; old revisions are only read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.courses.changing import ChangeForm, accept, ripple
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import start_infusion
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.course import CoursePage
from ivigdesk.ui.course.course.change_menu import Entry
from ivigdesk.ui.course.dialogs.ripple_dialog import RippleDialog
from ivigdesk.ui.places import CoursePlace, Place, PrintPlanPlace
from ivigdesk.ui.widgets import dialogs
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.wording import Wording
from tests.actions.giving import give
from tests.ui.audit import labels_that_guess_markup, unnamed_controls

Show = Callable[[QWidget], QWidget]


@pytest.fixture(autouse=True)
def _discard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


@pytest.fixture
def page(desk: Desk, course: Course, english: Wording, shown: Show, qtbot: QtBot) -> CoursePage:
    made = CoursePage(desk, english)
    made.resize(1300, 780)
    shown(made)
    made.show_place(CoursePlace(course.id))
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def _change(desk: Desk, course: Course, verb: str, number: int | None = None, by: str = "", **more: Any) -> Course:
    form = ChangeForm(course_id=course.id, verb=verb, number=number, **more)
    return accept(desk, ripple(desk, form), "fever", by)


def _texts(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.text.replace("&", "") for entry in entries]


def _in_dialog(act: Callable[[RippleDialog], object]) -> list[str]:
    """Do something in the dialog that opens next; return its title once it was met."""
    titles: list[str] = []

    def meet() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, RippleDialog):
            titles.append(dialog.heading.text().replace("\u00a0", " "))
            act(dialog)

    QTimer.singleShot(0, meet)
    return titles


def _notes(page: CoursePage, number: int) -> str:
    return " · ".join(next(row.notes for row in page.table.records.rows if row.number == number))


def _print_place(page: CoursePage, qtbot: QtBot) -> Place:
    with qtbot.waitSignal(page.place_requested) as asked:
        page.print_plan.click()
    return cast(list[Place], asked.args)[0]


def test_a_dose_offers_what_its_state_allows(page: CoursePage, desk: Desk, course: Course) -> None:
    assert _texts(page.changing.dose_menu.entries) == ["Postpone or bring forward…", "Omit…", "Hold…"]
    _change(desk, course, "hold", 2)
    page.show_place(CoursePlace(course.id, 2))
    assert _texts(page.changing.dose_menu.entries) == ["Postpone or bring forward…", "Omit…", "Resume…"]
    _change(desk, course, "omit", 3)
    page.show_place(CoursePlace(course.id, 3))
    assert page.changing.dose_menu.entries == ()
    assert not page.dose.change.isVisible()


def test_a_dose_with_a_record_can_be_marked_as_entered_in_error(page: CoursePage, desk: Desk, course: Course) -> None:
    start_infusion(desk, course.doses[0].id, recorded_later=True)
    page.show_place(CoursePlace(course.id, 1))
    assert page.changing.dose_menu.entries == (), "a running dose is not changed"


def test_a_given_dose_offers_only_that_it_was_a_mistake(page: CoursePage, desk: Desk, course: Course) -> None:
    give(desk, course, 1)
    page.show_place(CoursePlace(course.id, 1))
    assert _texts(page.changing.dose_menu.entries) == ["Entered in error…"]


def test_every_entry_has_a_letter_of_its_own(page: CoursePage, desk: Desk, course: Course) -> None:
    _change(desk, course, "hold", 2)
    page.show_place(CoursePlace(course.id))
    for menu in (page.changing.dose_menu, page.changing.course_menu):
        letters = [text[text.index("&") + 1].casefold() for text in (entry.text for entry in menu.entries)]
        assert len(set(letters)) == len(letters)


def test_the_course_offers_the_first_weekly_day_until_that_phase_began(
    page: CoursePage, desk: Desk, course: Course, clock: SetClock
) -> None:
    entry = "Change the first day of “Weekly”…"
    for number in range(1, 9):
        assert entry in _texts(page.changing.course_menu.entries)
        weigh_patient(desk, course.patient_id, "70")
        give(desk, course, number)
        clock.advance(timedelta(days=2, hours=-1))
        page.show_place(CoursePlace(course.id))
    assert entry not in _texts(page.changing.course_menu.entries)


def test_alt_c_opens_the_menu_and_a_letter_opens_the_dialog(
    page: CoursePage, course: Course, desk: Desk, qtbot: QtBot
) -> None:
    page.show_place(CoursePlace(course.id, 4))
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    menu = page.changing.dose_menu
    assert menu.isVisible()

    def omit(dialog: RippleDialog) -> None:
        qtbot.keyClicks(dialog.parts.reason.line, "missed")
        qtbot.keyClick(dialog.parts.reason.line, Qt.Key.Key_Return)

    titles = _in_dialog(omit)
    qtbot.keyClick(menu, Qt.Key.Key_O)
    assert titles == ["Omit dose 4 of Sun 08 Mar?"]
    assert look_up_course(desk, course.id).course.dose(4).state == "omitted"
    assert page.view is not None
    assert page.view.course.revision.number == 2, "the page shows the new state"


def test_postpone_stays_one_click_away(page: CoursePage, course: Course) -> None:
    page.show_place(CoursePlace(course.id, 4))
    titles = _in_dialog(lambda dialog: dialog.reject())
    page.dose.move_dose.click()
    assert titles == ["Dose 4 to Mon 09 Mar: what about the doses after it?"]


def test_ctrl_z_and_enter_undo_and_twice_go_two_changes_back(
    page: CoursePage, desk: Desk, course: Course, qtbot: QtBot
) -> None:
    _change(desk, course, "omit", 4)
    _change(desk, course, "postpone", 5, to="2026-03-11", reach="this")
    page.show_place(CoursePlace(course.id))

    def confirm(dialog: RippleDialog) -> None:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)

    for expected in ("Undo revision 3 (postponed)?", "Undo revision 2 (omitted)?"):
        with qtbot.waitActive(page):
            page.activateWindow()
        titles = _in_dialog(confirm)
        qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert titles == [expected]
    now = look_up_course(desk, course.id).course
    assert now.revision.number == 5
    assert [(dose.state, dose.due_on) for dose in now.doses] == [(dose.state, dose.due_on) for dose in course.doses]


def test_ctrl_z_with_nothing_to_undo_says_so(page: CoursePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.noticed) as said:
        qtbot.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(said.args, list)
    assert isinstance(said.args[0], Notice)
    assert "no change" in said.args[0].sentence


def test_a_page_that_shows_an_older_revision_shows_the_new_state_after_the_dialog(
    page: CoursePage, desk: Desk, course: Course
) -> None:
    _change(desk, course, "omit", 6)
    assert page.view is not None
    assert page.view.course.revision.number == 1
    page.show_place(CoursePlace(course.id, 4))
    _change(desk, course, "omit", 7)
    told: list[str] = []

    def leave(dialog: RippleDialog) -> None:
        told.append(dialog.notices.sentence)
        dialog.reject()

    _in_dialog(leave)
    page.dose.move_dose.click()
    assert "revision 3" in told[0]
    assert page.view.course.revision.number == 3
    assert page.view.course.dose(7).state == "omitted"


def test_a_superseded_revision_is_read_and_printed_as_itself(
    page: CoursePage, desk: Desk, course: Course, qtbot: QtBot
) -> None:
    assert _print_place(page, qtbot) == PrintPlanPlace(course.id)
    _change(desk, course, "omit", 4)
    page.show_place(CoursePlace(course.id))
    page.revision.set_value(1)
    page.revision.edited.emit()
    assert "superseded by revision 2" in page.bar.sentence
    assert page.changing.course_menu.entries == ()
    assert page.changing.dose_menu.entries == ()
    assert not page.changing.button.isVisible()
    assert not page.dose.change.isVisible()
    assert not page.dose.move_dose.isVisible()
    assert _print_place(page, qtbot) == PrintPlanPlace(course.id, 1)
    assert _in_dialog(lambda dialog: dialog.reject()) == []
    page.changing.undo()
    assert look_up_course(desk, course.id).course.revision.number == 2


def test_the_list_of_revisions_says_who_what_and_why(page: CoursePage, desk: Desk, course: Course) -> None:
    _change(desk, course, "add", to="2026-04-13", by="Dr S. Kim")
    page.show_place(CoursePlace(course.id))
    said = page.revision.box.itemText(0).replace("\u00a0", " ")
    assert said == "2: Mon 02 Mar · A. Wong · a dose added · fever · approved by Dr S. Kim"


def test_a_dose_given_late_asks_whether_the_later_ones_go_along(
    page: CoursePage, desk: Desk, course: Course, clock: SetClock
) -> None:
    clock.advance(timedelta(days=1))
    give(desk, course, 1)
    page.show_place(CoursePlace(course.id))
    said = page.off_day.sentence.replace("\u00a0", " ")
    assert "Dose 1 was given on Tue 03 Mar, 1 day late. Move the later doses along?" in said
    titles = _in_dialog(lambda dialog: dialog.reject())
    page.off_day.button.click()
    assert titles
    page.off_day.keep.click()
    assert not page.off_day.isVisible()
    assert look_up_course(desk, course.id).course.revision.number == 1, "keeping the days stores nothing"
    page.show_place(CoursePlace(course.id))
    assert page.off_day.isVisible(), "on the next visit it is asked again"
    _change(desk, course, "realign", 1)
    page.show_place(CoursePlace(course.id))
    assert not page.off_day.isVisible()


def test_doses_stand_by_date_and_say_where_they_come_from(
    page: CoursePage, desk: Desk, course: Course, clock: SetClock
) -> None:
    give(desk, course, 1)
    _change(desk, course, "add", to="2026-03-07", by="Dr S. Kim")
    _change(desk, course, "error", 1, to="2026-03-03", by="Dr S. Kim")
    _change(desk, course, "product", product_id="privigen-10", by="Dr S. Kim")
    page.show_place(CoursePlace(course.id))
    assert [row.number for row in page.table.records.rows][:6] == [1, 13, 2, 3, 12, 4]
    assert "added to the regimen's doses" in _notes(page, 12)
    assert "in place of dose 1" in _notes(page, 13)
    assert "dose 13 stands in its place" in _notes(page, 1)
    first = page.table.records.rows[0]
    assert first.state is not None
    assert first.state.word == "Entered in error"
    assert "Privigen" in _notes(page, 4)
    assert "Privigen" not in _notes(page, 1)
    page.table.choose_number(4)
    assert "Privigen" in page.dose.facts.text()


def test_what_a_grave_reaction_holds_is_resumed_only_by_a_prescriber(
    page: CoursePage, desk: Desk, course: Course, clock: SetClock, qtbot: QtBot
) -> None:
    start_infusion(desk, course.doses[0].id, recorded_later=True)
    clock.advance(timedelta(minutes=20))
    record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE01", grade="3"))
    page.show_place(CoursePlace(course.id, 4))
    assert page.changing.release.isVisible()
    seen: list[str] = []

    def resume(dialog: RippleDialog) -> None:
        assert dialog.parts.fields.by.isVisible()
        qtbot.keyClicks(dialog.parts.reason.line, "other product")
        qtbot.keyClick(dialog.parts.reason.line, Qt.Key.Key_Return)
        seen.append(dialog.parts.fields.by.error)
        qtbot.keyClicks(dialog.parts.fields.by.line, "Dr S. Kim")
        qtbot.keyClick(dialog.parts.fields.by.line, Qt.Key.Key_Return)

    _in_dialog(resume)
    page.changing.ask("resume", 4)
    assert seen, "the dialog opened"
    assert seen[0]
    stored = look_up_course(desk, course.id).course
    assert stored.dose(4).state == "planned"
    assert stored.revision.approved_by == "Dr S. Kim"


def test_month_marks_follow_the_dates(page: CoursePage, desk: Desk, course: Course) -> None:
    _change(desk, course, "postpone", 4, to="2026-03-09", reach="this")
    page.show_place(CoursePlace(course.id))
    assert "dose 4" in page.weeks.words_of(date(2026, 3, 9))
    assert "dose 4" not in page.weeks.words_of(date(2026, 3, 8))


def test_every_control_has_a_name_and_no_label_reads_markup(page: CoursePage) -> None:
    assert unnamed_controls(page) == []
    assert labels_that_guess_markup(page) == []
