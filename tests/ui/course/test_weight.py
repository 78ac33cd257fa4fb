"""A weight that is old or has changed: said on the course, weighed again in place, approved by a prescriber."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.courses import reweigh_course
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import known_patient
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.course import CoursePage
from ivigdesk.ui.course.dialogs.reweigh_dialog import ReweighDialog
from ivigdesk.ui.course.dialogs.weigh_dialog import WeighDialog
from ivigdesk.ui.places import CoursePlace
from ivigdesk.ui.widgets import dialogs
from ivigdesk.wording import Wording
from tests.actions.giving import give
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
    return made


@pytest.fixture
def heavier(desk: Desk, course: Course, clock: SetClock) -> Course:
    """Dose 1 was given at 70 kg; on the third day the patient weighs 80 kg."""
    give(desk, course, 1)
    clock.advance(timedelta(days=2))
    weigh_patient(desk, course.patient_id, "80")
    return course


@pytest.fixture
def dialog(desk: Desk, heavier: Course, english: Wording, shown: Show) -> ReweighDialog:
    made = ReweighDialog(desk, reweigh_course.proposal(desk, heavier.id), english)
    shown(made)
    return made


def _cell(dialog: ReweighDialog, row: int, title: str) -> str:
    titles = [column.title for column in dialog.table.records.columns]
    return str(dialog.table.model().index(row, titles.index(title)).data()).replace("\u00a0", " ")


def test_a_recent_weight_asks_for_nothing(page: CoursePage, course: Course) -> None:
    page.show_place(CoursePlace(course.id))
    assert not page.weight.isVisible()


def test_an_old_weight_is_said_and_weighing_again_settles_it(
    page: CoursePage, course: Course, desk: Desk, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(timedelta(days=8))
    page.show_place(CoursePlace(course.id))
    assert page.weight.isVisible()
    assert "8 days old" in page.weight.sentence
    assert page.weight.button.text() == "Weigh again…"

    def weigh(_cls: object, *_rest: object) -> object:
        return weigh_patient(desk, course.patient_id, "70.4")

    monkeypatch.setattr(WeighDialog, "ask", classmethod(weigh))
    page.weight.button.click()
    assert not page.weight.isVisible()


def test_a_changed_weight_leads_to_the_approval_of_the_remaining_doses(
    page: CoursePage, heavier: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_place(CoursePlace(heavier.id))
    assert page.weight.sentence.startswith("■")
    assert "+14.3" in page.weight.sentence
    offered: list[reweigh_course.Reweighed] = []

    def decline(_cls: object, _desk: object, reweighed: reweigh_course.Reweighed, *_rest: object) -> None:
        offered.append(reweighed)

    monkeypatch.setattr(ReweighDialog, "ask", classmethod(decline))
    page.weight.button.click()
    assert [row.before.number for row in offered[0].rows] == list(range(2, 12))
    assert page.weight.isVisible(), "nobody approved it"


def test_a_superseded_revision_asks_for_nothing(
    page: CoursePage, dialog: ReweighDialog, heavier: Course, qtbot: QtBot
) -> None:
    _approve(dialog, qtbot)
    page.show_place(CoursePlace(heavier.id))
    page.revision.set_value(1)
    page.revision.edited.emit()
    assert not page.weight.isVisible()


def test_before_and_after_stand_side_by_side(dialog: ReweighDialog) -> None:
    assert "70 kg → 80 kg" in dialog.weights.text().replace("\u00a0", " ")
    assert _cell(dialog, 0, "Dose") == "2"
    assert _cell(dialog, 0, "Per kg") == "150 mg/kg"
    assert (_cell(dialog, 0, "Before"), _cell(dialog, 0, "After")) == ("10 g", "12.5 g")
    assert _cell(dialog, 0, "Change") == "+25 %"
    assert _cell(dialog, 0, "Vials") == "5 × 2.5 g"
    assert "revision 2" in dialog.outcome.text()


def test_prescriber_and_reason_are_both_needed(dialog: ReweighDialog, heavier: Course, desk: Desk) -> None:
    dialog.confirm()
    assert dialog.course is None
    dialog.reason.set_text("Oedema, weighed twice")
    dialog.confirm()
    assert dialog.by.error
    assert look_up_course(desk, heavier.id).newest_revision == 1


def test_enter_approves_and_the_given_dose_stays(
    dialog: ReweighDialog, heavier: Course, desk: Desk, qtbot: QtBot
) -> None:
    _approve(dialog, qtbot)
    assert dialog.course is not None
    assert dialog.course.revision.number == 2
    stored = look_up_course(desk, heavier.id).course
    assert stored.dose(1) == heavier.dose(1)
    assert {dose.planned_dose_mg for dose in stored.doses[1:]} == {12_500}
    assert stored.revision.approved_by == "Dr S. Kim"


def test_the_weigh_dialog_refuses_what_nobody_weighs_under_its_field(
    desk: Desk, course: Course, english: Wording, shown: Show, qtbot: QtBot
) -> None:
    dialog = WeighDialog(desk, known_patient(desk, course.patient_id), english)
    shown(dialog)
    qtbot.keyClicks(dialog.weight.line, "700")
    qtbot.keyClick(dialog.weight.line, Qt.Key.Key_Return)
    assert dialog.weight.error
    assert dialog.weighed is None
    dialog.weight.set_text("71.5")
    qtbot.keyClick(dialog.weight.line, Qt.Key.Key_Return)
    assert dialog.weighed is not None
    assert dialog.weighed.weight_g == 71_500


def test_both_dialogs_have_names_and_read_no_markup(
    dialog: ReweighDialog, desk: Desk, heavier: Course, english: Wording, shown: Show
) -> None:
    weigh = WeighDialog(desk, known_patient(desk, heavier.patient_id), english)
    shown(weigh)
    for widget in (dialog, weigh):
        assert unnamed_controls(widget) == []
        assert labels_that_guess_markup(widget) == []


def _approve(dialog: ReweighDialog, qtbot: QtBot) -> None:
    dialog.by.set_text("Dr S. Kim")
    qtbot.keyClicks(dialog.reason.line, "Oedema, weighed twice")
    qtbot.keyClick(dialog.reason.line, Qt.Key.Key_Return)
