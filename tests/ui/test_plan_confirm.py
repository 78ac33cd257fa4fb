"""Confirming what stands in the way: it is listed with code and source, and needs a reason and a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import patient as look_up_patient
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui.course import PlanCoursePage
from ivigdesk.ui.course.dialogs.reason_dialog import Accepted, ReasonDialog
from ivigdesk.ui.widgets import dialogs
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording
from tests.ui.audit import labels_that_guess_markup, unnamed_controls
from tests.ui.planning import Show, choose, planning, write
from tests.ui.tour import settle


@pytest.fixture(autouse=True)
def _discard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


@pytest.fixture
def held(desk: Desk, patient: Patient, english: Wording, shown: Show) -> PlanCoursePage:
    """The CMV regimen without an antiviral: a hold."""
    page = planning(desk, patient, english, shown, "cmv-pneumonia-fred-hutch")
    write(page.fields.beside.antiviral, "")
    page.compute()
    return page


def _asked(page: PlanCoursePage) -> ReasonDialog:
    assert page.proposal is not None
    return ReasonDialog(page.proposal, page.desk.library, page.wording)


def _words(dialog: ReasonDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(PlainLabel)).replace("\u00a0", " ")


def test_what_stands_in_the_way_is_listed_with_code_and_source(held: PlanCoursePage, shown: Show) -> None:
    dialog = _asked(held)
    shown(dialog)
    words = _words(dialog)
    assert "This regimen is given on top of a drug against CMV" in words
    assert "SR22 · Source: fact base, section 7 SR22" in words
    assert "Weigh again" not in words, "what is only a remark is not asked about"
    assert unnamed_controls(dialog) == []
    assert labels_that_guess_markup(dialog) == []


def test_both_the_reason_and_the_name_are_needed_and_both_are_said_at_once(held: PlanCoursePage, shown: Show) -> None:
    dialog = _asked(held)
    shown(dialog)
    dialog.confirm()
    assert dialog.reason.error
    assert dialog.by.error
    write(dialog.reason, "the drug runs already")
    dialog.confirm()
    assert not dialog.reason.error
    assert dialog.by.error
    assert dialog.value is None
    write(dialog.by, "Dr S. Kim")
    dialog.confirm()
    assert dialog.value == Accepted("the drug runs already", "Dr S. Kim")


def test_the_prescriber_of_the_course_is_proposed(held: PlanCoursePage) -> None:
    write(held.fields.beside.prescriber, "Dr P. Novak")
    held.compute()
    dialog = _asked(held)
    assert dialog.by.text() == "Dr P. Novak"
    assert not dialog.has_unsaved()


def test_the_override_is_stored_by_keyboard_alone(
    held: PlanCoursePage, desk: Desk, patient: Patient, qtbot: QtBot
) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ReasonDialog):
            return
        settle()
        qtbot.keyClicks(dialog.reason.line, "started on the other ward")
        qtbot.keyClick(dialog.reason.line, Qt.Key.Key_Tab)
        focused.append(dialog.by.line.hasFocus())
        qtbot.keyClicks(dialog.by.line, "Dr P. Novak")
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        if dialog.isVisible():
            dialog.done(0)

    focused: list[bool] = []
    QTimer.singleShot(0, answer)
    held.confirm()
    assert focused == [True]
    (view,) = look_up_patient(desk, patient.id).courses
    assert (view.course.override_reason, view.course.override_by) == ("started on the other ward", "Dr P. Novak")


def test_giving_the_question_up_stores_nothing(
    held: PlanCoursePage, desk: Desk, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReasonDialog, "ask", classmethod(lambda *_: None))
    held.confirm()
    assert look_up_patient(desk, patient.id).courses == ()


def test_a_regimen_that_guidelines_advise_against_asks_for_a_written_justification(
    desk: Desk, patient: Patient, english: Wording, shown: Show
) -> None:
    page = planning(desk, patient, english, shown, "prophylaxis-weekly-200")
    choose(page.fields.beside.profile, "unit")
    page.compute()
    dialog = _asked(page)
    shown(dialog)
    assert "Guidelines advise against routine use" in _words(dialog)
    assert dialog.reason.label.text().startswith("Written justification")


def test_a_payment_rule_is_named_as_one_and_nobody_is_called_not_eligible(
    desk: Desk, patient: Patient, english: Wording, shown: Show
) -> None:
    page = planning(desk, patient, english, shown, "cmv-pneumonia-fred-hutch")
    choose(page.fields.beside.profile, "cms")
    page.compute()
    dialog = _asked(page)
    shown(dialog)
    words = _words(dialog)
    assert "the CMS coverage criterion (payment rule)" in words
    assert "who pays" in words
    assert "eligible" not in words
