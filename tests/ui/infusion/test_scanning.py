"""Vials through the scanner: wherever the cursor is, refused in words, and the fields beside it untouched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.preparing import prepared
from ivigdesk.clinical.courses.course import Course
from ivigdesk.ui.infusion import InfusionPage
from ivigdesk.ui.infusion.scan_catcher import ScanCatcher
from ivigdesk.ui.infusion.words import lot_and_expiry
from ivigdesk.ui.widgets.labels import PlainLabel
from tests.ui.infusion.bedside import GTIN, burst, code, cursor, infusion_of, know_the_code, prepare
from tests.ui.infusion.conftest import Show


def _lots(page: InfusionPage) -> str:
    return "\n".join(label.text() for label in page.cards.vials.lines.findChildren(PlainLabel))


def test_a_scan_records_the_vial_with_lot_expiry_and_serial_number(
    page: InfusionPage, desk: Desk, course: Course
) -> None:
    know_the_code(desk)
    page.cards.vials.start_scan()
    burst(cursor(), code("A1"))
    (vial,) = prepared(desk, course.dose(1).id).vials
    assert (vial.mg, vial.lot, vial.serial, f"{vial.expires_on}") == (2500, "P100471881", "A1", "2027-09-30")
    assert "serial number A1" in _lots(page)
    assert page.cards.vials.sum.text() == "2.5 of 10\u00a0g"


@pytest.mark.parametrize("enter", [True, False], ids=["with Enter", "without"])
def test_a_scan_while_another_field_has_the_cursor_goes_to_the_vials_and_leaves_that_field_alone(
    running: InfusionPage, desk: Desk, qtbot: QtBot, enter: bool
) -> None:
    know_the_code(desk)
    heard: list[object] = []
    running.scanner.scanned.connect(heard.append)
    symptoms = running.cards.observations.edits["symptoms"]
    symptoms.setText("mild headache")
    symptoms.setFocus()
    symptoms.setCursorPosition(4)
    burst(symptoms, code("A9"), enter=enter)
    qtbot.waitUntil(lambda: bool(heard), timeout=2000)
    assert heard == [code("A9")]
    assert symptoms.text() == "mild headache"
    assert symptoms.cursorPosition() == 4
    assert infusion_of(running, desk).observations == (), "its Enter saved nothing"
    assert running.cards.vials.reason.isVisible(), "the dose has its vials: one more asks why"


def test_a_scan_in_the_middle_of_a_word_leaves_the_word(page: InfusionPage, desk: Desk, course: Course) -> None:
    know_the_code(desk)
    page.cards.medications.open_entry()
    burst(cursor(), "parac", enter=False)
    burst(cursor(), code("A1"))
    assert page.cards.medications.what.text() == "parac"
    assert [vial.serial for vial in prepared(desk, course.dose(1).id).vials] == ["A1"]


@pytest.mark.parametrize("text", [f"(01){GTIN}(17)270930(10)AB", f"01{GTIN}1727093010AB"])
def test_a_code_without_the_scanners_sign_is_heard_as_well(page: InfusionPage, desk: Desk, text: str) -> None:
    know_the_code(desk)
    page.cards.start.at.focus()
    burst(page.cards.start.at.line, text)
    assert page.cards.start.at.text() == ""
    assert "lot AB" in _lots(page).replace("\u00a0", " ")


def test_what_a_hand_types_arrives_however_fast(running: InfusionPage, qtbot: QtBot) -> None:
    edits = running.cards.observations.edits
    edits["symptoms"].setFocus()
    qtbot.keyClicks(edits["symptoms"], "01 (02) ]x 0123456789")
    assert edits["symptoms"].text() == "01 (02) ]x 0123456789"


def test_a_code_that_is_typed_slowly_stays_where_it_is_typed(shown: Show, qtbot: QtBot) -> None:
    ticking = iter(range(1000))
    area = QWidget()
    field = QLineEdit()
    QVBoxLayout(area).addWidget(field)
    catcher = ScanCatcher(area, lambda: next(ticking) * 0.2)
    shown(area)
    field.setFocus()
    catcher.watch(on=True)
    qtbot.keyClicks(field, f"(01){GTIN}")
    assert field.text() == f"(01){GTIN}"
    catcher.watch(on=False)


def test_an_unknown_code_is_asked_about_once(page: InfusionPage, desk: Desk, course: Course, qtbot: QtBot) -> None:
    page.cards.vials.start_scan()
    burst(cursor(), code("A1"))
    question = page.cards.vials.question
    assert question.isVisible()
    assert question.vial.value() is None, "nothing is chosen for the nurse"
    question.confirm.click()
    assert question.vial.error
    question.vial.set_value(("cn-ph4-5", 2500))
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert not question.isVisible()
    burst(cursor(), code("A2"))
    assert [vial.serial for vial in prepared(desk, course.dose(1).id).vials] == ["A1", "A2"]


def test_a_vial_of_another_brand_is_refused_in_words(page: InfusionPage, desk: Desk, course: Course) -> None:
    page.cards.vials.start_scan()
    burst(cursor(), code("A1"))
    page.cards.vials.question.answered.emit(GTIN, "privigen-10", 10_000)
    assert "Do not mix brands" in page.cards.vials.said.sentence
    assert prepared(desk, course.dose(1).id).vials == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("HOSPITAL-WRISTBAND-4711", "is no product code"),
        (code("A1", expires="260101"), "expired on"),
    ],
)
def test_what_is_no_vial_or_a_bad_one_is_refused_and_nothing_is_recorded(
    page: InfusionPage, desk: Desk, course: Course, text: str, why: str
) -> None:
    know_the_code(desk)
    page.cards.vials.start_scan()
    burst(cursor(), text)
    assert why in page.cards.vials.said.sentence
    assert prepared(desk, course.dose(1).id).vials == ()


def test_the_same_vial_twice_is_refused(page: InfusionPage, desk: Desk, course: Course) -> None:
    know_the_code(desk)
    page.cards.vials.start_scan()
    burst(cursor(), code("A1"))
    burst(page.cards.vials.scan.line, code("A1"))
    assert "recorded for this dose already" in page.cards.vials.said.sentence
    assert len(prepared(desk, course.dose(1).id).vials) == 1


def test_a_code_without_a_lot_is_completed_from_the_label(page: InfusionPage, desk: Desk, course: Course) -> None:
    know_the_code(desk)
    page.cards.vials.start_scan()
    burst(cursor(), f"]d201{GTIN}17270930")
    assert "no lot" in page.cards.vials.said.sentence
    assert page.cards.vials.lot.line.hasFocus()
    page.cards.vials.lot.set_text("P1004")
    page.cards.vials.add.click()
    (vial,) = prepared(desk, course.dose(1).id).vials
    assert vial.lot == "P1004"


def test_one_vial_too_many_is_taken_with_a_reason(page: InfusionPage, desk: Desk, course: Course) -> None:
    prepare(page)
    know_the_code(desk)
    page.cards.checklist.boxes["consent"].setFocus()
    burst(cursor(), code("A1"))
    assert "10 g of vials" in page.cards.vials.said.sentence.replace("\u00a0", " ")
    page.cards.vials.add.click()
    assert page.cards.vials.reason.error
    page.cards.vials.reason.set_text("one broke")
    page.cards.vials.add.click()
    assert len(prepared(desk, course.dose(1).id).vials) == 5
    assert not page.cards.vials.reason.isVisible()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_one_key_leads_to_the_scan_field_also_once_every_vial_is_recorded(
    running: InfusionPage, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    running.activateWindow()
    qtbot.waitUntil(running.isActiveWindow)
    assert not running.cards.vials.scan.isVisible()
    qtbot.keyClick(cursor(), key, modifier)
    assert running.cards.vials.scan.line.hasFocus()


def test_lot_and_expiry_may_be_typed_in_one_line(page: InfusionPage, desk: Desk, course: Course, qtbot: QtBot) -> None:
    page.cards.vials.start_scan()
    qtbot.keyClicks(cursor(), "P1004 71881 2027-09")
    qtbot.keyClick(cursor(), Qt.Key.Key_Return)
    assert {vial.lot for vial in prepared(desk, course.dose(1).id).vials} == {"P1004 71881"}
    assert page.cards.vials.sum.text() == "✓\u200210 of 10\u00a0g"
    assert lot_and_expiry("P1004") is None


def test_a_scanned_vial_is_taken_back_one_by_one(page: InfusionPage, desk: Desk, course: Course) -> None:
    know_the_code(desk)
    page.cards.vials.start_scan()
    for serial in ("A1", "A2"):
        burst(page.cards.vials.scan.line, code(serial))
    page.cards.vials.lines.taken_back.emit((prepared(desk, course.dose(1).id).vials[-1].id,))
    assert [vial.serial for vial in prepared(desk, course.dose(1).id).vials] == ["A1"]


def test_the_catcher_rests_while_the_page_is_out_of_view(page: InfusionPage, desk: Desk) -> None:
    heard: list[object] = []
    page.scanner.scanned.connect(heard.append)
    page.hide()
    burst(page.cards.start.at.line, code("A1"), enter=False)
    assert heard == []
