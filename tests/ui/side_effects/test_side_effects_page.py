"""The side effects page: the list with its denominator, the counts, the recall; by keyboard, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.side_effects import SideEffectQuery
from ivigdesk.ui import places
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.places import Place
from ivigdesk.ui.side_effects import SideEffectsPage
from ivigdesk.ui.side_effects.file_dialog import TableFileDialog
from ivigdesk.ui.side_effects.plots import PATTERNS
from ivigdesk.ui.side_effects.words import GRADES, grade_state
from ivigdesk.wording import Wording
from tests.actions.ward import effects_ward
from tests.store import samples

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def filled(desk: Desk) -> None:
    effects_ward.fill(desk)


@pytest.fixture
def page(desk: Desk, english: Wording, shown: Callable[[QWidget], QWidget], qtbot: QtBot) -> SideEffectsPage:
    made = SideEffectsPage(desk, english)
    made.resize(1184, 640)
    shown(made)
    with qtbot.waitActive(made):
        made.activateWindow()
    made.show_place(places.SideEffectsPlace("effects"))
    return made


@pytest.fixture
def went(page: SideEffectsPage) -> list[Place]:
    asked: list[Place] = []
    page.place_requested.connect(asked.append)
    return asked


def cells(page: SideEffectsPage) -> list[list[str]]:
    table = page.table
    return [
        [str(table.proxy.index(row, column).data()) for column in range(8)] for row in range(table.proxy.rowCount())
    ]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_list_says_its_denominator(page: SideEffectsPage) -> None:
    assert plain(page.summary.text()) == "2 side effects at 1 of 20 infusions (5 %)"
    headache = next(row for row in cells(page) if row[2] == "Headache")
    assert [plain(cell) for cell in headache] == [
        "01 Feb 2026", samples.a_patient().name, "Headache", "◐ 2 moderate", "20 min", "1 of 22", "Brand", "=slowed",
    ]  # fmt: skip
    page.open_tab("counts")
    assert page.summary.isVisibleTo(page)


def test_every_filter_narrows_the_list_and_its_denominator(page: SideEffectsPage) -> None:
    page.filters.patient.set_text("zhao")
    page.read()
    assert plain(page.summary.text()) == "0 side effects at 0 of 0 infusions"
    page.filters.empty()
    page.filters.grade.set_value(2)
    page.read()
    assert plain(page.summary.text()) == "1 side effect at 1 of 20 infusions (5 %)"
    page.filters.empty()
    page.filters.lot.set_text("p1004-71881")
    page.read()
    assert plain(page.summary.text()) == "2 side effects at 1 of 1 infusion"
    page.filters.empty()
    page.filters.span.set_value("30")
    page.read()
    assert plain(page.summary.text()) == "2 side effects at 1 of 20 infusions (5 %)"


def test_own_dates_are_typed_and_a_bad_one_is_said_at_its_field(page: SideEffectsPage) -> None:
    filters = page.filters
    assert not filters.first.isVisibleTo(page)
    filters.span.set_value("own")
    filters.span.edited.emit()
    assert filters.first.isVisibleTo(page)
    filters.first.set_text("2026-02-02")
    page.read()
    assert plain(page.summary.text()) == "0 side effects at 0 of 19 infusions"
    filters.last.set_text("2026-02-01")
    page.read()
    assert "before the first day" in filters.last.error
    assert plain(page.summary.text()) == "0 side effects at 0 of 19 infusions", "what stood there stays"
    filters.last.set_text("1/2/2026")
    page.read()
    assert filters.last.error
    filters.clear.click()
    assert not filters.last.error
    assert not filters.clear.isVisibleTo(page)
    assert filters.query() == SideEffectQuery(first=date(2025, 3, 3))


def test_typing_is_read_after_a_moment(page: SideEffectsPage, qtbot: QtBot) -> None:
    page.filters.patient.focus()
    with qtbot.waitSignal(page.filters.changed, timeout=2000):
        QTest.keyClicks(page.filters.patient.line, "zhao")
    assert cells(page) == []


def test_enter_opens_the_record_of_the_infusion(page: SideEffectsPage, went: list[Place]) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert went == [places.InfusionPlace(samples.named("course wang"), samples.named("dose wang 1"))]


def test_the_reaction_report_is_of_the_chosen_side_effect(page: SideEffectsPage, went: list[Place]) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page, Qt.Key.Key_P, CONTROL)
    assert went == [places.PrintReactionPlace(page.table.records.rows[1].effect.id)]


def test_the_counts_stand_in_tables_and_plots_alike(page: SideEffectsPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_2, ALT)
    assert page.tab == "counts"
    counts = page.counts
    assert {(one.code, one.count) for one in counts.terms.records.rows} == {("AE14", 1), ("AE10", 1)}
    assert counts.term_plot.accessibleDescription() in ("Headache 1; Fever 1", "Fever 1; Headache 1")
    assert counts.month_plot.accessibleDescription() == "Feb 2026 1/20"
    assert counts.terms.hasFocus()


def test_grades_are_told_apart_without_colour() -> None:
    assert len({pattern for _, pattern in PATTERNS.values()}) == 5
    assert len({sign for sign, _, _ in GRADES.values()}) == 5
    for language in ("en", "zh_CN"):
        assert len({grade_state(grade, Wording(language)).word for grade in GRADES}) == 5


def test_a_lot_is_recalled_by_keyboard_alone(page: SideEffectsPage, went: list[Place]) -> None:
    QTest.keyClick(page, Qt.Key.Key_3, ALT)
    recall = page.recall
    assert recall.lot.line.hasFocus()
    QTest.keyClicks(recall.lot.line, "p1004-71881")
    QTest.keyClick(recall.lot.line, Qt.Key.Key_Return)
    assert recall.found is not None
    assert plain(recall.summary.text()) == (
        "Lot p1004-71881: 1 patient got it · 2 vials, 5 g hung · ! lies ready for 1 dose"
    )
    assert "Written as: P1004-71881, P100471881, p1004 71881." in recall.beside.text()
    assert recall.given.hasFocus()
    QTest.keyClick(recall.given, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_P, CONTROL)
    assert went == [
        places.InfusionPlace(samples.named("course wang"), samples.named("dose wang 1")),
        places.PrintRecallPlace("p1004-71881"),
    ]


def test_a_slip_offers_the_lot_that_is_meant(page: SideEffectsPage) -> None:
    page.show_place(places.SideEffectsPlace("recall", "P1004-71880"))
    recall = page.recall
    assert [button.text() for button in recall.near] == ["P1004-71881?"]
    assert not recall.print.isEnabled()
    assert "Nearly the same" in recall._none.to_do.text()
    recall.near[0].click()
    assert recall.found is not None
    assert recall.found.is_known
    assert recall.near == ()


def test_what_cannot_be_a_lot_is_said_at_the_line(page: SideEffectsPage) -> None:
    page.open_tab("recall")
    page.recall.lot.set_text(" ")
    page.recall.read()
    assert "nothing was entered" in page.recall.lot.error


def test_a_visit_that_comes_back_finds_what_was_left(page: SideEffectsPage) -> None:
    page.show_place(places.SideEffectsPlace("recall", "P1004-71881"))
    page.recall.look_for("P100471881")
    page.show_place(places.SideEffectsPlace("recall", "P1004-71881"))
    assert page.recall.found is not None
    assert page.recall.found.lot == "P100471881"
    assert page.tab == "recall"


def test_the_table_goes_where_the_nurse_says(
    desk: Desk, english: Wording, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog = TableFileDialog(desk, SideEffectQuery(least_grade=2), english)
    qtbot.addWidget(dialog)
    assert not dialog.named.value()
    dialog.confirm()
    content = file.read_text(encoding="utf-8-sig")
    assert "bed 07" in content
    assert "小明" not in content
    assert content.count("\n") == 2


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_page_reads_in_both_languages(desk: Desk, language: str, shown: Callable[[QWidget], QWidget]) -> None:
    page = SideEffectsPage(desk, Wording(language))
    shown(page)
    page.show_place(places.SideEffectsPlace("effects"))
    assert page.table.proxy.rowCount() == 2
    assert cells(page)[0][2] in (("Headache", "Fever") if language == "en" else ("头痛", "发热"))


def test_the_rail_leads_here_and_back(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_4, CONTROL)
    assert window.shell is not None
    assert isinstance(window.shell.page, SideEffectsPage)
    assert window.shell.page.table.hasFocus()


def test_an_empty_ward_says_what_would_stand_here(
    ward_to_copy: Path, english: Wording, shown: Callable[[QWidget], QWidget], desk: Desk
) -> None:
    page = SideEffectsPage(desk, english)
    shown(page)
    page.filters.patient.set_text("nobody")
    page.show_place(places.SideEffectsPlace("effects"))
    assert not page.table.isVisibleTo(page)
    assert not page.report.isEnabled()
