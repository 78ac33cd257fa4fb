"""Planning a course: live, refused under the field, never stored before it is confirmed, and then once."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import patient as look_up_patient
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui.course import PlanCoursePage
from ivigdesk.ui.course.plan.findings_bar import FindingsDialog
from ivigdesk.ui.places import CoursePlace, Place, PlanCoursePlace
from ivigdesk.ui.widgets import dialogs
from ivigdesk.wording import Wording
from tests.ui.audit import labels_that_guess_markup, unnamed_controls

Show = Callable[[QWidget], QWidget]


@pytest.fixture(autouse=True)
def _discard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


@pytest.fixture
def page(desk: Desk, patient: Patient, english: Wording, shown: Show) -> PlanCoursePage:
    """The planning page of LI, Na with the product chosen and the antiviral typed."""
    made = PlanCoursePage(desk, english)
    made.resize(1300, 780)
    shown(made)
    made.show_place(PlanCoursePlace(patient.id))
    made.fields.product.set_value("cn-ph4-5")
    made.fields.beside.antiviral.set_text("ganciclovir")
    made.compute()
    return made


def _stored(desk: Desk, patient: Patient) -> int:
    return len(look_up_patient(desk, patient.id).courses)


def _type(qtbot: QtBot, page: PlanCoursePage, text: str) -> None:
    line = page.fields.sized.weight.line
    line.selectAll()
    qtbot.keyClicks(line, text)


def test_the_first_look_says_the_sentence_the_dates_and_the_grams(page: PlanCoursePage) -> None:
    assert "days 1, 3, 5, 7, 9, 11, 13" in page.preview.head.sentence.text()
    assert page.amount.amount.text() == "10\u00a0g"
    assert "150\u00a0mg/kg × 70\u00a0kg = 10.5\u00a0g" in page.amount.sum.text()
    assert [row.number for row in page.preview.doses.table.records.rows] == list(range(1, 12))
    assert page.confirm_button.isEnabled()


@pytest.mark.parametrize("typed", ["84.6", "84,6"])
def test_a_weight_with_either_mark_is_read_alike_and_the_preview_follows(
    page: PlanCoursePage, qtbot: QtBot, typed: str
) -> None:
    _type(qtbot, page, typed)
    qtbot.waitUntil(lambda: page.amount.amount.text() == "12.5\u00a0g", timeout=2000)
    assert page.proposal is not None
    assert page.proposal.plan.request.weight_g == 84_600


def test_nothing_can_be_confirmed_between_typing_and_the_new_preview(page: PlanCoursePage, qtbot: QtBot) -> None:
    _type(qtbot, page, "8")
    assert page.proposal is None


def test_what_cannot_be_taken_stands_under_its_field_and_greys_the_preview(page: PlanCoursePage, qtbot: QtBot) -> None:
    _type(qtbot, page, "1,500")
    page.compute()
    assert "1,500" in page.fields.sized.weight.error
    assert page.preview.stale.isVisible()
    assert page.preview.head.sentence.text(), "the last good preview stays, grey"
    assert page.amount.amount.text() == "–", "but no amount is shown as valid"
    assert not page.confirm_button.isEnabled()
    _type(qtbot, page, "70")
    page.compute()
    assert not page.fields.sized.weight.error
    assert not page.preview.stale.isVisible()


def test_a_newly_typed_weight_is_dated_today(page: PlanCoursePage, qtbot: QtBot) -> None:
    page.fields.sized.weighed_on.set_text("2026-02-20")
    _type(qtbot, page, "71")
    assert page.fields.sized.weighed_on.text() == "t"


def test_a_date_that_the_nurse_typed_is_kept_when_the_weight_changes(page: PlanCoursePage, qtbot: QtBot) -> None:
    line = page.fields.sized.weighed_on.line
    line.selectAll()
    qtbot.keyClicks(line, "2026-02-28")
    _type(qtbot, page, "71")
    assert page.fields.sized.weighed_on.text() == "2026-02-28"


def test_no_product_is_chosen_by_the_alphabet(desk: Desk, patient: Patient, english: Wording, shown: Show) -> None:
    page = PlanCoursePage(desk, english)
    shown(page)
    page.show_place(PlanCoursePlace(patient.id))
    assert page.fields.product.value() == ""
    assert page.proposal is None
    assert not page.confirm_button.isEnabled()


def test_the_choice_that_the_source_leaves_open_moves_the_weekly_doses(page: PlanCoursePage) -> None:
    first_day = page.fields.open.listed["first_day"]
    assert first_day.isVisible()
    first_day.set_value("20")
    page.compute()
    assert "days 20, 27, 34, 41" in page.preview.head.sentence.text()


def test_the_height_is_asked_for_only_where_the_policy_needs_it(page: PlanCoursePage) -> None:
    assert page.fields.sized.height_cm.isHidden()
    page.fields.sized.policy.set_value("ontario")
    page.fields.sized.policy.edited.emit()
    assert not page.fields.sized.height_cm.isHidden()


def test_the_rounding_is_asked_for_when_no_vials_come_near(page: PlanCoursePage, qtbot: QtBot) -> None:
    assert page.fields.rounding.isHidden()
    _type(qtbot, page, "45")
    page.compute()
    assert page.fields.rounding.isVisible()
    assert page.proposal is not None
    assert page.proposal.in_the_way
    page.fields.rounding.set_value("nearest")
    page.compute()
    assert page.fields.rounding.isVisible(), "a choice that was made stays in sight"
    assert not page.proposal.in_the_way


def test_confirming_stores_one_course_and_opens_its_calendar(
    page: PlanCoursePage, desk: Desk, patient: Patient, qtbot: QtBot
) -> None:
    page.fields.beside.prescriber.set_text("Dr S. Kim")
    page.compute()
    assert _stored(desk, patient) == 0
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (place,) = cast(list[Place], asked.args)
    assert isinstance(place, CoursePlace)
    assert _stored(desk, patient) == 1
    assert not page.has_unsaved()


def test_confirming_the_same_proposal_twice_makes_one_course(
    page: PlanCoursePage, desk: Desk, patient: Patient
) -> None:
    proposal = page.proposal
    assert proposal is not None
    page.store(proposal)
    page.store(proposal)
    assert _stored(desk, patient) == 1


def test_every_control_has_a_name_and_no_label_reads_markup(
    page: PlanCoursePage, english: Wording, shown: Show
) -> None:
    assert page.proposal is not None
    findings = FindingsDialog(page.proposal.plan, page.desk.library, english)
    shown(findings)
    for widget in (page, findings):
        assert unnamed_controls(widget) == []
        assert labels_that_guess_markup(widget) == []


def test_only_vial_sizes_that_the_pharmacist_confirmed_are_named(page: PlanCoursePage, qtbot: QtBot) -> None:
    page.fields.product.box.activated.emit(page.fields.product.box.currentIndex())
    assert (
        page.fields.product.below.text().splitlines()[0].replace("\u00a0", " ")
        == "IVIG pH 4, 5 % (China) · Vials: 2.5 g"
    )


def test_without_a_product_the_preview_says_what_to_do(page: PlanCoursePage) -> None:
    page.fields.sized.weight.set_text("700")
    page.compute()
    page.fields.product.set_value("")
    page.compute()
    assert page.preview.head.sentence.text() == "Choose the product on the left: the course then appears here."
    assert not page.preview.stale.isVisible()
    assert page.preview._body.isEnabled()
