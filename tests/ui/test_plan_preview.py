"""The preview of a plan: banner, criteria by dose, tests and checks, evidence, and why each dose."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.why import WhyPart, why_planned
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.messages import message
from ivigdesk.ui.course import PlanCoursePage
from ivigdesk.ui.course.dialogs.trace_dialog import TraceDialog
from ivigdesk.ui.course.plan.noticed import noticed_of
from ivigdesk.ui.course.plan.parts.plan_table import CRITERIA
from ivigdesk.ui.course.plan.parts.tasks_part import number_of_things, task_lines
from ivigdesk.ui.course.plan.plan_preview import CRITERIA as CRITERIA_TAB
from ivigdesk.ui.course.plan.plan_preview import EVIDENCE, TASKS
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.places import PlanCoursePlace
from ivigdesk.ui.shell import shell as shell_module
from ivigdesk.ui.widgets import dialogs
from ivigdesk.ui.widgets.tables.cells import CellRole
from ivigdesk.wording import Wording
from tests.ui.audit import clipped_texts, labels_that_guess_markup, unnamed_controls
from tests.ui.planning import Show, choose, planning
from tests.ui.tour import settle


@pytest.fixture(autouse=True)
def _discard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


@pytest.fixture
def page(desk: Desk, patient: Patient, english: Wording, shown: Show) -> PlanCoursePage:
    """The planning page of LI, Na on the article's CMV regimen."""
    return planning(desk, patient, english, shown, "cmv-pneumonia-fred-hutch")


@pytest.fixture
def explained(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[WhyPart, ...]]]:
    """Titles and answers of the dialogs that F1 opens."""
    told: list[tuple[str, tuple[WhyPart, ...]]] = []

    def note(title: str, parts: tuple[WhyPart, ...], *_: object) -> None:
        told.append((title, parts))

    monkeypatch.setattr(TraceDialog, "show_parts", note)
    return told


@pytest.mark.parametrize(
    ("regimen", "begins"),
    [
        ("prophylaxis-weekly-200", "Guidelines advise against routine use"),
        ("cmv-ig-nordic-1997", "Historical regimen: guidelines advise against routine use"),
    ],
)
def test_a_regimen_that_is_no_routine_carries_a_banner(
    desk: Desk, patient: Patient, english: Wording, shown: Show, regimen: str, begins: str
) -> None:
    page = planning(desk, patient, english, shown, "cmv-pneumonia-fred-hutch")
    assert not page.preview.head.banner.isVisible()
    choose(page.fields.regimen, regimen)
    page.fields.first_on.set_text("")
    page.compute()
    assert page.proposal is not None, page.preview.stale.sentence
    assert page.preview.head.banner.isVisible()
    assert begins in page.preview.head.banner.sentence
    assert "justification" in page.preview.head.banner.sentence


def test_the_criteria_are_said_once_where_every_dose_has_the_same(page: PlanCoursePage) -> None:
    assert page.preview.doses.table.isColumnHidden(CRITERIA)
    (chip,) = page.preview.head.criteria
    assert chip.text()[0] in "✓×!?"
    assert "every dose" in chip.text()


def test_the_criteria_are_a_column_of_signs_and_words_where_doses_differ(page: PlanCoursePage) -> None:
    choose(page.fields.beside.profile, "cms")
    page.compute()
    table = page.preview.doses.table
    assert not table.isColumnHidden(CRITERIA)
    assert page.proposal is not None
    outcomes = [one.criteria.outcome for one in page.proposal.plan.infusions if one.criteria is not None]
    assert len(set(outcomes)) > 1
    states = [table.model().index(row, CRITERIA).data(CellRole.CELL).state for row in range(len(outcomes))]
    said = {"met": "✓ met", "not_met": "× not met", "needs_justification": "! needs justification"}
    assert [state.text.replace("\u00a0", " ") for state in states] == [said[outcome] for outcome in outcomes]
    words = " ".join(chip.text() for chip in page.preview.head.criteria)
    assert "CMS coverage criterion (payment rule)" in words
    assert "doses" in words


def test_every_part_is_one_key_away_and_whole(page: PlanCoursePage, qtbot: QtBot) -> None:
    for key, part in (
        (Qt.Key.Key_2, page.preview.tasks),
        (Qt.Key.Key_3, page.preview.evidence),
        (Qt.Key.Key_4, page.preview.criteria),
        (Qt.Key.Key_1, page.preview.doses),
    ):
        qtbot.keyClick(page, key, Qt.KeyboardModifier.AltModifier)
        assert part.isVisible()
        settle()
        assert unnamed_controls(page) == []
        assert labels_that_guess_markup(page) == []
        assert clipped_texts(page) == []


def test_the_evidence_stands_there_with_its_type(page: PlanCoursePage) -> None:
    page.preview.tabs.setCurrentIndex(EVIDENCE)
    settle()
    words = page.preview.evidence.words
    assert "Guideline [4]" in words
    assert "no strong evidence" in words


def test_the_criteria_name_each_rule_with_its_source(page: PlanCoursePage) -> None:
    choose(page.fields.beside.profile, "cms")
    page.compute()
    page.preview.tabs.setCurrentIndex(CRITERIA_TAB)
    settle()
    words = page.preview.criteria.words
    assert "CMS-1:" in words
    assert "Source:" in words
    assert "who pays" in words


def test_a_part_behind_a_tab_follows_the_fields(page: PlanCoursePage) -> None:
    page.preview.tabs.setCurrentIndex(EVIDENCE)
    settle()
    choose(page.fields.regimen, "cmv-reactivation-first-3-months")
    assert "Guideline [4]" in page.preview.evidence.words
    page.compute()
    settle()
    assert page.preview.evidence.words
    assert "Guideline [4]" not in page.preview.evidence.words


def test_the_same_thing_on_several_days_is_one_line_with_its_days(page: PlanCoursePage, english: Wording) -> None:
    assert page.proposal is not None
    tasks = page.proposal.tasks
    lines = task_lines(tasks, english)
    assert len(lines) == number_of_things(tasks) < len(tasks)
    assert [one.first for one in lines] == sorted(one.first for one in lines)
    galactomannan = next(one for one in lines if "galactomannan" in one.what)
    assert "infusions 1–11" in galactomannan.what
    assert galactomannan.days.count(",") == 10
    page.preview.tabs.setCurrentIndex(TASKS)
    settle()
    assert galactomannan.what in page.preview.tasks.words
    assert str(len(lines)) in page.preview.tabs.tabText(TASKS)


def test_tasks_that_differ_in_more_than_the_dose_stay_apart(english: Wording) -> None:
    def task(number: int, hours: int, day: int) -> Task:
        what = message("Creatinine {hours} hours after dose {number}", hours=hours, number=number)
        on = date(2026, 3, day)
        each = message("Creatinine {hours} hours after doses {numbers}", hours=hours)
        return Task(code="X", kind="laboratory", what=what, each=each, due_from=on, due_to=on, source="FACTS 8")

    lines = task_lines((task(1, 48, 4), task(2, 48, 6), task(2, 72, 5)), english)
    assert [one.what for one in lines] == [
        "Creatinine 48 hours after doses 1–2",
        "Creatinine 72 hours after dose 2",
    ]


def test_the_grams_are_ordered_and_rounded(page: PlanCoursePage) -> None:
    said = page.preview.head.grams.text().replace("\u00a0", " ")
    assert said.startswith("Ordered 115.5 g · rounded 110 g · vials 44 × 2.5 g")
    assert "no approval entered" in said


def test_what_needs_a_reason_stands_before_what_is_only_to_be_checked(
    desk: Desk, patient: Patient, english: Wording, shown: Show
) -> None:
    page = planning(desk, patient, english, shown, "prophylaxis-weekly-200")
    assert page.proposal is not None
    asking = [one.stands_in_the_way for one in noticed_of(page.proposal.plan)]
    assert any(asking)
    assert asking == sorted(asking, reverse=True)


def test_f1_explains_the_dose_that_is_chosen(
    page: PlanCoursePage, explained: list[tuple[str, tuple[WhyPart, ...]]]
) -> None:
    assert page.proposal is not None
    page.preview.doses.table.choose_number(8)
    assert page.explain_chosen()
    title, parts = explained[-1]
    assert title.replace("\u00a0", " ") == "Why dose 8: 10 g on Mon 16 Mar 2026?"
    assert parts == why_planned(page.proposal.plan, 7)
    page.amount.why.click()
    assert explained[-1] == (title, parts)


def test_without_a_plan_f1_is_the_pages_help(page: PlanCoursePage) -> None:
    page.fields.sized.weight.set_text("700")
    page.compute()
    assert not page.explain_chosen()
    assert "Alt+1" in page.help_text()


def test_f1_on_a_row_wins_over_the_help_which_keeps_another_key(
    window: MainWindow,
    patient: Patient,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    explained: list[tuple[str, tuple[WhyPart, ...]]],
) -> None:
    helped: list[str] = []
    monkeypatch.setattr(shell_module, "tell", lambda _title, sentence, *_: helped.append(sentence))
    assert window.shell is not None
    window.shell.go(PlanCoursePlace(patient.id))
    page = window.shell.page
    assert isinstance(page, PlanCoursePage)
    page.fields.product.set_value("cn-ph4-5")
    page.compute()
    table = page.preview.doses.table
    table.setFocus()
    table.choose_number(2)
    qtbot.keyClick(table, Qt.Key.Key_F1)
    assert len(explained) == 1
    assert "Why dose 2" in explained[0][0]
    assert helped == []
    qtbot.keyClick(table, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert page.help_text() in helped[0]


def test_the_steps_are_numbered_and_their_sources_named(page: PlanCoursePage, english: Wording, shown: Show) -> None:
    assert page.proposal is not None
    dialog = TraceDialog("Why dose 1?", why_planned(page.proposal.plan, 0), page.desk.library, english)
    shown(dialog)
    words = dialog.words
    for part in ("Why this date", "Why this weight", "Why this amount", "Why these rates"):
        assert part in words
    assert "1." in words
    assert "[a]" in words
    assert "(guideline, [4])" in words
    assert "article-ref" not in words
    assert _reads_whole(dialog)


def _reads_whole(dialog: QWidget) -> bool:
    settle()
    return clipped_texts(dialog) == [] and unnamed_controls(dialog) == [] and labels_that_guess_markup(dialog) == []
