"""The sheet looked at before it is printed: real pages, either language, and a file that is whole or not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.sheets.preview import page_count
from ivigdesk.ui.places import PrintDayPlace, PrintDosePlace, PrintPlanPlace
from ivigdesk.ui.printing import PrintPage
from ivigdesk.ui.printing import printer as printers
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.wording import Wording
from tests.actions.changing import change
from tests.ui.audit import labels_that_guess_markup, unnamed_controls

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def page(desk: Desk, course: Course, english: Wording, shown: Show, said: list[str]) -> PrintPage:
    """The preview of the course's plan."""
    made = PrintPage(desk, english)
    made.noticed.connect(lambda notice: said.append(notice.sentence) if isinstance(notice, Notice) else None)
    made.resize(1200, 780)
    shown(made)
    made.show_place(PrintPlanPlace(course.id))
    return made


def test_the_plan_is_shown_page_by_page(page: PrintPage, qtbot: QtBot) -> None:
    assert page.printout is not None
    pages = page_count(page.printout.pdf)
    assert page.number.text() == f"page 1 of {pages}"
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.number.text() == f"page 2 of {pages}"
    for _ in range(10):
        page.turn(1)
    assert page.number.text() == f"page {pages} of {pages}"
    assert not page.after.isEnabled()


def test_zooming_makes_the_page_larger(page: PrintPage) -> None:
    before = page.view.width()
    page._zoom = 100
    page._show_page()
    page.larger.click()
    assert page.zoom.text() == "125\u00a0%"
    page.smaller.click()
    page.smaller.click()
    assert page.zoom.text() == "75\u00a0%"
    assert page.view.width() < before


def test_bedside_sheet_and_day_s_sheets_are_shown_too(page: PrintPage, course: Course) -> None:
    page.show_place(PrintDosePlace(course.id, 1))
    assert "dose 1" in page.title.text()
    page.show_place(PrintDayPlace(course.doses[0].due_on))
    assert page.printout is not None


def test_the_sheet_speaks_another_language_than_the_window(page: PrintPage, chinese: Wording) -> None:
    assert page.printout is not None
    english = page.printout.pdf
    page.languages.button(1).click()
    assert page.printout is not None
    assert page.printout.pdf != english
    assert page.printout.file_name.endswith("zh_CN.pdf")
    assert page.save.text().strip() == "Save as PDF…"


def test_the_file_is_the_sheet_and_holds_no_name_in_its_own(page: PrintPage, tmp_path: Path, said: list[str]) -> None:
    assert page.printout is not None
    assert "Na" not in page.printout.file_name
    file = tmp_path / page.printout.file_name
    assert page.save_to(file)
    assert file.read_bytes() == page.printout.pdf
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [file.name], "no part file stays"
    assert str(file) in said[-1]


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(
    page: PrintPage, tmp_path: Path, said: list[str]
) -> None:
    assert not page.save_to(tmp_path / "nowhere" / "plan.pdf")
    assert "cannot be written" in said[-1]


def test_without_a_printer_the_way_out_is_named(
    page: PrintPage, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "has_printer", lambda: False)
    page.print.click()
    assert "Save the sheet as PDF" in said[-1]


def test_pages_go_to_the_printer_at_its_own_size(page: PrintPage, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    assert page.printout is not None
    paper = QPrinter(QPrinter.PrinterMode.HighResolution)
    paper.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    paper.setResolution(72)
    paper.setOutputFileName(str(tmp_path / "printed.pdf"))
    sent = printers.print_pages(page.printout.pdf, paper)
    assert sent == page_count(page.printout.pdf) == page_count((tmp_path / "printed.pdf").read_bytes())


def test_every_control_has_a_name_and_no_label_reads_markup(page: PrintPage) -> None:
    assert unnamed_controls(page) == []
    assert labels_that_guess_markup(page) == []


def test_an_older_revision_is_shown_as_superseded_with_its_own_dates(
    page: PrintPage, desk: Desk, course: Course
) -> None:
    change(desk, course, "postpone", 11, "2026-04-08", reason="Holiday")
    page.show_place(PrintPlanPlace(course.id, 1))
    assert "revision 1: superseded" in page.title.text()
    assert page.printout is not None
    assert page.printout.file_name.endswith("-r1-en.pdf")
    page.choose_language("zh_CN")
    assert page.printout.file_name.endswith("-r1-zh_CN.pdf")
    page.show_place(PrintPlanPlace(course.id))
    assert "superseded" not in page.title.text()
    assert page.printout.file_name.endswith("-r2-zh_CN.pdf")
