"""Laboratory values through the window: entered by keyboard, corrected, withdrawn, drawn with the doses."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.record_lab_value import LabForm, lab_values, record
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.laboratory.values import LAB_TESTS
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.sheets.trend.shapes import Mark, Text
from ivigdesk.ui import places
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.patients import PatientPage
from ivigdesk.ui.patients.laboratory.correct_dialog import CorrectLabDialog
from ivigdesk.ui.patients.patient_page import LABORATORY
from ivigdesk.ui.patients.withdraw_dialog import WithdrawDialog
from ivigdesk.ui.shell import Shell

from .conftest import answer_with


def store(desk: Desk, patient: Patient, value: str, on: str = "t", test: str = "igg", unit: str = "") -> None:
    record(desk, LabForm(patient_id=patient.id, test=test, value=value, taken_on=on, unit=unit))


def igg(desk: Desk, patient: Patient) -> list[Decimal]:
    return [value.value for value in lab_values(desk, patient.id) if value.test == "igg"]


def cells(page: PatientPage) -> list[list[str]]:
    model = page.laboratory.table.model()
    return [
        [str(model.index(row, column).data()).replace("\u00a0", " ") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_value_is_entered_by_keyboard_alone(
    window: MainWindow, page: PatientPage, shell: Shell, desk: Desk, patient: Patient, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.tabs.currentIndex() == LABORATORY
    line = page.laboratory.entry.fields.value.line
    assert line.hasFocus()
    qtbot.keyClicks(line, "3,1")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert igg(desk, patient) == [Decimal("3.1")]
    assert "3.1" in shell.notices.sentence
    assert line.text() == ""
    assert line.hasFocus()
    assert not page.has_unsaved()


def test_g_per_l_and_mg_per_dl_are_never_mixed_up(
    page: PatientPage, desk: Desk, patient: Patient, qtbot: QtBot
) -> None:
    entry = page.laboratory.entry
    page.tabs.setCurrentIndex(LABORATORY)
    qtbot.keyClicks(entry.fields.value.line, "400")
    entry.save.click()
    assert "mg/dL" in entry.fields.value.error
    assert igg(desk, patient) == []
    entry.fields.unit.set_value("mg/dL")
    entry.save.click()
    assert igg(desk, patient) == [4]
    assert cells(page)[0][1] == "4 g/L"


def test_every_test_offers_its_own_units(page: PatientPage) -> None:
    entry = page.laboratory.entry
    seen = {}
    for test in LAB_TESTS:
        entry.test.set_value(test)
        entry.test.box.activated.emit(entry.test.box.currentIndex())
        seen[test] = entry.fields.unit.value()
    assert seen["igg"] == "g/L"
    assert seen["creatinine"] == "µmol/L"
    assert seen["weight"] == "kg"


def test_values_stand_newest_first_with_what_they_are(
    shell: Shell, page: PatientPage, desk: Desk, patient: Patient, course: Course
) -> None:
    store(desk, patient, "3.1", "-20d")
    store(desk, patient, "5.2", "-2d")
    shell.go(places.PatientPlace(patient.id))
    page.tabs.setCurrentIndex(LABORATORY)
    page.laboratory.show_patient(page._row)  # type: ignore[arg-type]
    shown = cells(page)
    assert [row[1] for row in shown] == ["5.2 g/L", "3.1 g/L"]
    assert "before treatment" in shown[1][2]
    assert shown[0][3] == "A. Wong"


def test_the_trend_shows_the_chosen_test_with_the_doses(
    page: PatientPage, desk: Desk, patient: Patient, course: Course
) -> None:
    store(desk, patient, "3.1", "-20d")
    store(desk, patient, "<137", "-3d", test="cmv-pcr")
    page.show_place(places.PatientPlace(patient.id))
    page.tabs.setCurrentIndex(LABORATORY)
    trend = page.laboratory.trend
    assert trend.accessibleName() == "IgG, g/L"
    assert [shape for shape in trend.shapes if isinstance(shape, Mark) and shape.role == "dose"]
    entry = page.laboratory.entry
    entry.test.set_value("cmv-pcr")
    entry.test.box.activated.emit(entry.test.box.currentIndex())
    words = [shape.words.replace("\u00a0", " ") for shape in trend.shapes if isinstance(shape, Text)]
    assert "< 137" in words
    assert "CMV PCR, IU/mL" in words


def test_a_value_is_corrected_with_a_reason(page: PatientPage, desk: Desk, patient: Patient, qtbot: QtBot) -> None:
    store(desk, patient, "31", "-2d")
    page.show_place(places.PatientPlace(patient.id))
    page.tabs.setCurrentIndex(LABORATORY)

    def correct(dialog: QDialog) -> None:
        assert isinstance(dialog, CorrectLabDialog)
        assert not dialog.has_unsaved()
        dialog.fields.value.line.clear()
        qtbot.keyClicks(dialog.fields.value.line, "3.1")
        dialog.confirm_button.click()
        assert dialog.reason.error  # not without a reason
        qtbot.keyClicks(dialog.reason.line, "comma forgotten")
        dialog.confirm_button.click()

    assert answer_with(correct) == []
    page.laboratory.correct.click()
    assert igg(desk, patient) == [Decimal("3.1")]
    assert "comma forgotten" in [value.reason for value in lab_values(desk, patient.id)]


def test_enter_on_a_value_corrects_it(page: PatientPage, desk: Desk, patient: Patient, qtbot: QtBot) -> None:
    store(desk, patient, "3.1")
    page.show_place(places.PatientPlace(patient.id))
    page.tabs.setCurrentIndex(LABORATORY)
    met = answer_with(lambda dialog: dialog.done(0))
    qtbot.keyClick(page.laboratory.table, Qt.Key.Key_Return)
    assert isinstance(met[0], CorrectLabDialog)


def test_a_value_entered_in_error_no_longer_stands_there(
    page: PatientPage, shell: Shell, desk: Desk, patient: Patient, qtbot: QtBot
) -> None:
    store(desk, patient, "3.1")
    page.show_place(places.PatientPlace(patient.id))
    page.tabs.setCurrentIndex(LABORATORY)

    def withdraw(dialog: QDialog) -> None:
        assert isinstance(dialog, WithdrawDialog)
        qtbot.keyClicks(dialog.reason.line, "another patient's")
        qtbot.keyClick(dialog.reason.line, Qt.Key.Key_Return)

    answer_with(withdraw)
    page.laboratory.withdraw.click()
    assert igg(desk, patient) == []
    assert cells(page) == []
    assert not page.laboratory.correct.isEnabled()
    assert "3.1" in shell.notices.sentence


def test_a_typed_value_is_not_lost_on_leaving(page: PatientPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.laboratory.entry.fields.value.line, "3")
    assert page.has_unsaved()
    page.laboratory.entry.start_anew()


@pytest.mark.parametrize("tab", [LABORATORY, LABORATORY + 1])
def test_the_laboratory_sheet_is_one_press_away(page: PatientPage, shell: Shell, patient: Patient, tab: int) -> None:
    page.tabs.setCurrentIndex(tab)
    page._print.click()
    assert shell.place == places.PrintLabPlace(patient.id)


def test_a_way_to_the_laboratory_values_opens_them_and_coming_back_leaves_them_open(
    shell: Shell, page: PatientPage, patient: Patient
) -> None:
    shell.go(places.PatientPlace(patient.id, "laboratory"))
    assert page.tabs.currentIndex() == LABORATORY
    shell.go(places.TodayPlace())
    shell.go(places.PatientPlace(patient.id))
    assert page.tabs.currentIndex() == LABORATORY
