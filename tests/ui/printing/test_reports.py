"""Report, recall and day list looked at before they are printed, and landscape paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clock import today
from ivigdesk.errors import KnownError
from ivigdesk.sheets.preview import is_landscape, page_count, page_pictures
from ivigdesk.ui.pages import page_of
from ivigdesk.ui.places import Place, PrintDayListPlace, PrintPlanPlace, PrintReactionPlace, PrintRecallPlace
from ivigdesk.ui.printing import PrintPage
from ivigdesk.ui.printing import printer as printers
from ivigdesk.wording import Wording

Show = Callable[[QWidget], QWidget]


@pytest.fixture
def reaction(desk: Desk, course: Course) -> SideEffect:
    dose = course.dose(1)
    infusion = giving.start_infusion(desk, dose.id, recorded_later=True)
    vial = giving.VialForm(product_id="cn-ph4-5", mg=2500, lot="P100-7", expires_on="2028-09")
    giving.hang_vial(desk, infusion.id, vial)
    return record_side_effect(desk, dose.id, SideEffectForm(code="AE14", grade="1"))


@pytest.fixture
def page(desk: Desk, english: Wording, shown: Show) -> PrintPage:
    made = PrintPage(desk, english)
    made.resize(1200, 780)
    shown(made)
    return made


@pytest.mark.parametrize("kind", [PrintDayListPlace, PrintReactionPlace, PrintRecallPlace])
def test_the_window_knows_the_places(kind: type[Place], desk: Desk, reaction: SideEffect) -> None:
    place = {
        PrintDayListPlace: PrintDayListPlace(today(desk.clock)),
        PrintReactionPlace: PrintReactionPlace(reaction.id),
        PrintRecallPlace: PrintRecallPlace("P100-7"),
    }[kind]
    assert page_of(place) is PrintPage


def test_the_report_is_shown_in_both_languages(page: PrintPage, reaction: SideEffect) -> None:
    page.show_place(PrintReactionPlace(reaction.id))
    assert page.printout is not None
    assert "Reaction report" in page.title.text()
    assert not page.with_reasons.isVisible()
    page.choose_language("zh_CN")
    assert page.printout.file_name.endswith("-zh_CN.pdf")


def test_recall_and_day_list_are_landscape_and_fit_the_window(
    page: PrintPage, desk: Desk, course: Course, reaction: SideEffect
) -> None:
    assert reaction.dose_id == course.dose(1).id
    for place in (PrintRecallPlace("P100-7"), PrintDayListPlace(today(desk.clock))):
        page.show_place(place)
        assert page.printout is not None
        assert is_landscape(page.printout.pdf)
        assert page.view.width() <= page.area.viewport().width()
    page.show_place(PrintPlanPlace(course.id))
    assert page.printout is not None
    assert not is_landscape(page.printout.pdf)


def test_a_lot_that_nobody_got_is_refused(page: PrintPage, course: Course) -> None:
    assert course.doses
    with pytest.raises(KnownError, match="no record has"):
        page.show_place(PrintRecallPlace("NONE"))


def test_landscape_pages_go_to_the_printer_unsqueezed(
    page: PrintPage, desk: Desk, reaction: SideEffect, tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    assert reaction.code == "AE14"
    page.show_place(PrintDayListPlace(today(desk.clock)))
    assert page.printout is not None
    file = tmp_path / "printed.pdf"
    paper = QPrinter(QPrinter.PrinterMode.HighResolution)
    paper.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    paper.setResolution(72)
    paper.setFullPage(True)
    paper.setOutputFileName(str(file))
    assert printers.print_pages(page.printout.pdf, paper) == page_count(file.read_bytes())
    (picture, *_more) = page_pictures(file.read_bytes(), 1)
    assert picture.width > picture.height
