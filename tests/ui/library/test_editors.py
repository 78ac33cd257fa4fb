"""The editors, by keyboard: live days and rates, mistakes under their fields, nothing lost unasked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.ui.library import LibraryPage
from ivigdesk.ui.library.editor import ProductEditorPage, RegimenEditorPage
from ivigdesk.ui.library.editor.form_fields import FormFields, put
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.places import LibraryPlace, ProductEditorPlace, RegimenEditorPlace, TodayPlace
from ivigdesk.ui.shell import shell
from ivigdesk.ui.widgets import LineField
from ivigdesk.wording import Wording

CMV = "cmv-pneumonia-fred-hutch"


@pytest.fixture
def regimen_page(desk: Desk, english: Wording, shown: Callable[[QWidget], QWidget], qtbot: QtBot) -> RegimenEditorPage:
    made = RegimenEditorPage(desk, english)
    made.resize(1280, 800)
    shown(made)
    with qtbot.waitActive(made):
        made.activateWindow()
    made.show_place(RegimenEditorPlace())
    return made


@pytest.fixture
def product_page(desk: Desk, english: Wording, shown: Callable[[QWidget], QWidget], qtbot: QtBot) -> ProductEditorPage:
    made = ProductEditorPage(desk, english)
    made.resize(1280, 800)
    shown(made)
    with qtbot.waitActive(made):
        made.activateWindow()
    made.show_place(ProductEditorPlace())
    return made


def write(qtbot: QtBot, fields: FormFields, name: str, text: str) -> None:  # type: ignore[type-arg]
    """Type `text` into a field, key by key."""
    control = fields.field(name).control
    control.setFocus()
    if isinstance(fields.field(name), LineField):
        control.clear()  # type: ignore[attr-defined]
    qtbot.keyClicks(control, text)


def fill_phase(qtbot: QtBot, page: RegimenEditorPage, index: int, **texts: str) -> None:
    for part, text in texts.items():
        write(qtbot, page.fields, f"phases[{index}].{part}", text)


def test_the_sentence_and_the_days_appear_while_typing(regimen_page: RegimenEditorPage, qtbot: QtBot) -> None:
    page = regimen_page
    assert page.preview.days.records.rows == ()
    fill_phase(qtbot, page, 0, amount="150", first_day="1", every_days="2", number="7")
    qtbot.waitUntil(lambda: len(page.preview.days.records.rows) == 7, timeout=2000)
    assert "7 doses" in page.preview.sentence.text()
    assert page.fields.field("title_en").error == "", "a field that nobody touched stays quiet"
    page.fields.add_phase.click()  # type: ignore[attr-defined]
    fill_phase(qtbot, page, 1, first_day="15", every_days="7", number="4")
    qtbot.waitUntil(lambda: len(page.preview.days.records.rows) == 11, timeout=2000)
    assert [dose.course_day for dose in page.preview.days.records.rows][7:] == [15, 22, 29, 36]


def test_new_rows_open_no_window_of_their_own(regimen_page: RegimenEditorPage) -> None:
    regimen_page.show_place(RegimenEditorPlace(CMV))
    regimen_page.fields.add_phase.click()  # type: ignore[attr-defined]
    QApplication.processEvents()
    assert regimen_page.isActiveWindow()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [regimen_page]


def test_a_mistake_stands_under_its_field_and_the_old_days_are_called_old(
    regimen_page: RegimenEditorPage, qtbot: QtBot
) -> None:
    page = regimen_page
    fill_phase(qtbot, page, 0, amount="150", first_day="1", every_days="2", number="7")
    page.compute()
    fill_phase(qtbot, page, 0, every_days="0")
    page.compute()
    assert "whole number from 1" in page.fields.field("phases[0].every_days").error
    assert "not the days of what is typed" in page.preview.stale.sentence
    fill_phase(qtbot, page, 0, every_days="3")
    page.compute()
    assert page.fields.field("phases[0].every_days").error == ""
    assert page.preview.stale.isHidden()


def test_ctrl_enter_saves_and_leads_to_the_file(regimen_page: RegimenEditorPage, desk: Desk, qtbot: QtBot) -> None:
    page = regimen_page
    went: list[object] = []
    page.place_requested.connect(went.append)
    write(qtbot, page.fields, "title_en", "Our weekly regimen")
    fill_phase(qtbot, page, 0, amount="400", first_day="1", every_days="7", number="4")
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert went == []
    assert "needed" in page.fields.field("note_en").error
    assert "needed" in page.fields.field("sources").error
    write(qtbot, page.fields, "note_en", "For the ward")
    write(qtbot, page.fields, "sources", "Dr S. Kim, 2026")
    assert page.has_unsaved()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert went == [LibraryPlace("regimens", "our-weekly-regimen")]
    assert not page.has_unsaved()
    saved = desk.library.regimen("our-weekly-regimen")
    assert (saved.author, saved.version) == ("A. Wong", "2026-03")


def test_a_list_of_days_hides_the_phases(regimen_page: RegimenEditorPage, qtbot: QtBot) -> None:
    page = regimen_page
    put(page.fields.field("shape"), "days")
    page.fields.field("shape").edited.emit()
    assert page.fields.cards[0].isHidden() or not page.fields.cards[0].isVisible()  # type: ignore[attr-defined]
    write(qtbot, page.fields, "days", "1, 2, 7, 14, 21")
    write(qtbot, page.fields, "amounts", "400, 400, 400, 200, 200")
    page.compute()
    assert [dose.course_day for dose in page.preview.days.records.rows] == [1, 2, 7, 14, 21]


def test_a_mistake_in_a_rare_field_opens_the_rare_fields(regimen_page: RegimenEditorPage, qtbot: QtBot) -> None:
    page = regimen_page
    fill_phase(qtbot, page, 0, amount="400", first_day="1", every_days="7", number="4")
    page.fields.field("phases[0].least").set_text("500")  # type: ignore[attr-defined]
    page.save.click()
    assert page.fields.field("phases[0].most").isVisible()
    assert "needed" in page.fields.field("phases[0].most").error


def test_a_transplant_regimen_shows_transplant_days(regimen_page: RegimenEditorPage) -> None:
    regimen_page.show_place(RegimenEditorPlace("prophylaxis-weekly-kaya-2024"))
    days = regimen_page.preview.days
    assert [dose.transplant_day for dose in days.records.rows] == list(range(7, 99, 7))
    assert not days.isColumnHidden(3)
    assert regimen_page.preview.first_on.isHidden()


def test_a_phase_is_removed_and_the_others_keep_what_is_typed(regimen_page: RegimenEditorPage) -> None:
    page = regimen_page
    page.show_place(RegimenEditorPlace(CMV))
    page.fields.cards[0].remove.click()  # type: ignore[attr-defined]
    (row,) = page.fields.form().phases
    assert (row.first_day, row.every_days, row.number) == ("15, 20, 21", "7", "4")
    assert page.has_unsaved()


def test_a_copy_of_a_shipped_regimen_gets_its_own_name_or_stands_in_for_it(
    regimen_page: RegimenEditorPage, desk: Desk
) -> None:
    page = regimen_page
    page.show_place(RegimenEditorPlace(CMV))
    assert not page.has_unsaved(), "showing it is no change"
    assert page.fields.in_place.isVisible()  # type: ignore[attr-defined]
    page.save.click()
    assert not desk.library.is_own("regimens", CMV)
    page.show_place(RegimenEditorPlace(CMV))
    page.fields.in_place.set_value(True)  # type: ignore[attr-defined]
    page.save.click()
    assert desk.library.is_own("regimens", CMV)
    page.show_place(RegimenEditorPlace(CMV))
    assert not page.fields.in_place.isVisible(), "it is the ward's own now"  # type: ignore[attr-defined]


def test_pump_rates_of_an_example_appear_while_typing(product_page: ProductEditorPage, qtbot: QtBot) -> None:
    page = product_page
    write(qtbot, page.fields, "g_per_l", "100")
    write(qtbot, page.fields, "ladders[0].rates", "0.3, 0.6, 4.8")
    qtbot.waitUntil(lambda: "336\u00a0mL/h" in page.preview.detail.words, timeout=2000)
    assert "21\u00a0mL/h → 42\u00a0mL/h → 336\u00a0mL/h" in page.preview.detail.words
    page.preview.weight.set_text("35")
    page.compute()
    assert "10.5\u00a0mL/h" in page.preview.detail.words


def test_a_product_is_saved_and_its_mistakes_stand_under_their_fields(
    product_page: ProductEditorPage, desk: Desk, qtbot: QtBot
) -> None:
    page = product_page
    page.save.click()
    wrong = {field.name for field in page.fields.all_fields() if field.error}
    assert {"title", "g_per_l", "vials[0].grams", "vials[0].ml", "ladders[0].rates", "sources"} <= wrong
    texts = {
        "title": "Ward brand 5 %", "short_title": "Ward brand", "maker": "A maker", "g_per_l": "50",
        "vials[0].grams": "2.5", "vials[0].ml": "50", "ladders[0].rates": "0.5, 1", "ladders[0].minutes": "30",
        "ladders[0].source": "Label of 2026", "stabiliser": "Glycine", "storage": "2 to 8 °C",
        "sources": "Label of 2026",
    }  # fmt: skip
    for name, text in texts.items():
        write(qtbot, page.fields, name, text)
    put(page.fields.field("sugar"), "none")
    page.fields.add_vial.click()  # type: ignore[attr-defined]
    write(qtbot, page.fields, "vials[1].grams", "5")
    write(qtbot, page.fields, "vials[1].ml", "10")
    page.save.click()
    assert "is not 50 g/L" in page.fields.field("vials[1].ml").error
    write(qtbot, page.fields, "vials[1].ml", "100")
    page.save.click()
    assert [vial.mg for vial in desk.library.product("ward-brand-5").vials] == [2500, 5000]


def test_rows_of_a_product_are_removed(product_page: ProductEditorPage) -> None:
    page = product_page
    page.show_place(ProductEditorPlace("privigen-10"))
    count = len(page.fields.form().vials)
    page.fields.vials[0].removed.emit()  # type: ignore[attr-defined]
    page.fields.ladders[0].removed.emit()  # type: ignore[attr-defined]
    assert len(page.fields.form().vials) == count - 1
    assert len(page.fields.form().ladders) == 1


def test_leaving_with_something_typed_asks(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.shell is not None
    window.shell.go(RegimenEditorPlace())
    page = window.shell.page
    assert isinstance(page, RegimenEditorPage)
    write(qtbot, page.fields, "title_en", "Half")
    asked: list[object] = []

    def stay(*_: object) -> bool:
        asked.append(1)
        return False

    monkeypatch.setattr(shell, "ask_to_discard", stay)
    window.shell.go(TodayPlace())
    assert asked == [1]
    assert window.shell.page is page
    monkeypatch.setattr(shell, "ask_to_discard", lambda *_: True)


def test_after_saving_the_library_shows_the_new_file(window: MainWindow, desk: Desk) -> None:
    assert window.shell is not None
    window.shell.go(LibraryPlace())
    window.shell.go(RegimenEditorPlace(CMV))
    page = window.shell.page
    assert isinstance(page, RegimenEditorPage)
    page.fields.field("title_en").set_text("Ours")  # type: ignore[attr-defined]
    page.save.click()
    QApplication.processEvents()
    library = window.shell.page
    assert isinstance(library, LibraryPage)
    assert library.regimens.current().id == "ours"
    assert "A. Wong" in library.detail_words
    assert "Saved: Ours, version 2026-03" in window.shell.notices.sentence
