"""The parts of a course's page: tests and checks, grams, evidence, criteria, and why a dose is as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import tasks_of, why
from ivigdesk.actions.patients.record_lab_value import LabForm, record
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.ui.course import CoursePage
from ivigdesk.ui.course.course import head
from ivigdesk.ui.course.course.tasks_panel import TaskHead, TaskRow
from ivigdesk.ui.course.dialogs.criteria_dialog import CriteriaDialog
from ivigdesk.ui.course.dialogs.trace_dialog import TraceDialog
from ivigdesk.ui.places import CoursePlace, PatientPlace
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording
from tests.actions.giving import give, partly_give
from tests.conftest import cmv_plan
from tests.ui.audit import labels_that_guess_markup, unnamed_controls

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def page(desk: Desk, course: Course, english: Wording, shown: Show) -> CoursePage:
    made = CoursePage(desk, english)
    made.resize(1300, 780)
    shown(made)
    made.show_place(CoursePlace(course.id))
    return made


def _standing(page: CoursePage, code: str, dose: int | None = None) -> list[str]:
    rows = page.parts.tasks.table.records.rows
    return [
        row.standing
        for row in rows
        if isinstance(row, TaskRow) and row.task.code == code and dose in (None, row.task.dose_number)
    ]


def _words(root: QWidget) -> str:
    return "\n".join(label.text() for label in root.findChildren(PlainLabel)).replace("\u00a0", " ")


def test_tests_and_checks_stand_under_where_they_stand_and_overdue_is_said_in_words(
    page: CoursePage, course: Course, desk: Desk, clock: SetClock
) -> None:
    assert _standing(page, "LAB-CREATININE", 1) == ["open"]
    clock.advance(timedelta(days=1))
    page.show_place(CoursePlace(course.id))
    assert _standing(page, "LAB-CREATININE", 1) == ["overdue"]
    heads = [row.standing for row in page.parts.tasks.table.records.rows if isinstance(row, TaskHead)]
    assert heads[0] == "overdue"
    table = page.parts.tasks.table
    assert table.model().index(0, 0).data().startswith("Overdue")
    assert table.model().index(1, 2).data() == "Overdue"


def test_a_recorded_value_is_done(page: CoursePage, course: Course, desk: Desk) -> None:
    record(desk, LabForm(patient_id=course.patient_id, test="creatinine", value="70", taken_on="t"))
    page.show_place(CoursePlace(course.id))
    assert "done" in _standing(page, "LAB-CREATININE", 1)


def test_the_tab_counts_what_waits_and_its_button_leads_to_the_patient(
    page: CoursePage, course: Course, qtbot: QtBot
) -> None:
    waiting = sum(
        isinstance(row, TaskRow) and row.standing in ("overdue", "open") for row in page.parts.tasks.table.records.rows
    )
    assert page.parts.tabs.tabText(1) == f"Tests and checks ({waiting})"
    page.parts.open("tasks")
    row = next(
        row for row in page.parts.tasks.table.records.rows if isinstance(row, TaskRow) and row.task.test == "creatinine"
    )
    page.parts.tasks.table.choose(row)
    assert "Source:" in page.parts.tasks.source.text()
    with qtbot.waitSignal(page.place_requested) as asked:
        page.parts.tasks.record.click()
    assert asked.args == [PatientPlace(course.patient_id, "laboratory")]


def test_grams_add_up_and_the_approval_is_said(
    desk: Desk, patient: Patient, english: Wording, shown: Show, clock: SetClock
) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, approved_g="115")))
    give(desk, course, 1)
    clock.advance(timedelta(days=2))
    partly_give(desk, course, 2, "150")
    page = CoursePage(desk, english)
    shown(page)
    page.show_place(CoursePlace(course.id))
    grams = page.parts.grams
    said = [one.amount.text().replace("\u00a0", " ") for one in grams.sums]
    assert said == ["115.5 g", "110 g", "17.5 g", "2.5 g", "90 g"]
    assert "5 g are left" in grams.approval.sentence.replace("\u00a0", " ")
    assert len(grams.table.records.rows) == 11


def test_an_exceeded_approval_stands_out(desk: Desk, patient: Patient, english: Wording, shown: Show) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, approved_g="100")), "Agreed with the pharmacy", "Dr S. Kim")
    page = CoursePage(desk, english)
    shown(page)
    page.show_place(CoursePlace(course.id))
    assert "exceeded by 10 g" in page.parts.grams.approval.sentence.replace("\u00a0", " ")


def test_the_evidence_says_who_accepted_what_with_which_reason(
    desk: Desk, patient: Patient, english: Wording, shown: Show
) -> None:
    form = cmv_plan(patient, antiviral="", weekly_from="20")
    course = confirm(desk, propose(desk, form), "Starts tonight on the other ward", "Dr L. Moss")
    page = CoursePage(desk, english)
    shown(page)
    page.show_place(CoursePlace(course.id))
    page.parts.open("evidence")
    accepted = page.parts.evidence.accepted.words.replace("\u00a0", " ")
    assert "Dr L. Moss: Starts tonight on the other ward" in accepted
    assert "starts on course day 20" in accepted
    assert "unit criteria" in accepted
    assert "Actual weight: 70 kg" in accepted
    assert "[4]" in page.parts.evidence.evidence.words


def test_a_regimen_that_is_not_routine_says_so_above_everything(
    desk: Desk, patient: Patient, english: Wording, shown: Show
) -> None:
    form = cmv_plan(patient, regimen_id="prophylaxis-weekly-200", antiviral="")
    proposal = propose(desk, form)
    course = confirm(desk, proposal, "Study of the centre", "Dr S. Kim")
    page = CoursePage(desk, english)
    shown(page)
    page.show_place(CoursePlace(course.id))
    assert "advise against routine use" in page.regimen_bar.sentence
    assert page.regimen_bar.isVisible()


def test_a_usual_regimen_has_no_warning(page: CoursePage) -> None:
    assert not page.regimen_bar.isVisible()


def test_each_dose_says_with_a_sign_and_a_word_what_the_criteria_come_to(
    desk: Desk, patient: Patient, english: Wording, shown: Show
) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Paid by the hospital", "Dr S. Kim")
    page = CoursePage(desk, english)
    shown(page)
    page.show_place(CoursePlace(course.id, 11))
    states = [row.criteria for row in page.table.records.rows]
    assert (states[0].sign, states[0].word) == ("✓", "met")
    assert (states[10].sign, states[10].word) == ("!", "needs justification")
    assert page.dose.criteria.text() == "!\u00a0needs justification"
    assert page.dose.rules.isVisible()


def test_the_rules_of_a_dose_name_code_outcome_source_and_that_they_are_about_payment(
    desk: Desk, patient: Patient, english: Wording, shown: Show
) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Paid by the hospital", "Dr S. Kim")
    dose = course.dose(11)
    assert dose.criteria is not None
    dialog = CriteriaDialog(dose, dose.criteria, desk.library, english)
    shown(dialog)
    said = _words(dialog)
    assert "CMS-4: needs justification" in said
    assert "It says nothing about what is right for the patient." in said
    assert "Source: " in said
    assert "payment rule" in said


def test_f1_on_a_dose_says_why_and_elsewhere_stays_the_windows_help(
    page: CoursePage, course: Course, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, object]] = []
    monkeypatch.setattr(TraceDialog, "show_parts", lambda title, parts, *_rest: asked.append((title, parts)))
    page.table.choose_number(4)
    qtbot.keyClick(page.table, Qt.Key.Key_F1)
    assert page.view is not None
    assert "dose 4" in asked[0][0]
    assert asked[0][1] == why(desk, page.view, 4)
    page.dose.why.click()
    assert len(asked) == 2
    page.parts.open("grams")
    qtbot.keyClick(page.parts.grams.table, Qt.Key.Key_F1)
    assert len(asked) == 2


def test_the_parts_are_turned_by_keyboard_alone(page: CoursePage, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    seen = []
    for _turn in range(4):
        qtbot.keyClick(page.parts.first_control(), Qt.Key.Key_PageDown, control)
        seen.append(page.parts.shown)
    assert seen == ["tasks", "grams", "evidence", "doses"]
    assert page.table.hasFocus()


def test_every_part_has_names_and_reads_no_markup(page: CoursePage) -> None:
    for name in ("doses", "tasks", "grams", "evidence"):
        page.parts.open(name)  # type: ignore[arg-type]
        assert unnamed_controls(page) == []
        assert labels_that_guess_markup(page) == []


def test_the_days_of_tests_stand_in_the_calendar_beside_the_doses(page: CoursePage, english: Wording) -> None:
    view = page.view
    assert view is not None
    marks = head.test_marks(view, tasks_of(page.desk, view), english)
    assert marks
    assert not {mark.day for mark in marks} & {dose.due_on for dose in view.course.doses}
    late = next(mark for mark in marks if mark.day == view.course.doses[-1].due_on + timedelta(days=3))
    assert late.label == "○"
    assert "Late effects" in late.words
    assert "To come" in late.words
    assert page.weeks.last_day >= late.day
