"""Patients through the window: register, correct, weigh, with every mistake said at its field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import known_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui import places
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.patients import PatientFormPage, PatientPage, PatientsPage
from ivigdesk.ui.shell import Shell
from ivigdesk.ui.widgets import ChoiceField, LineField


@pytest.fixture
def shell(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


def _form(shell: Shell) -> PatientFormPage:
    assert isinstance(shell.page, PatientFormPage)
    return shell.page


def _type(page: PatientFormPage, qtbot: QtBot, **texts: str) -> None:
    for name, text in texts.items():
        field = page.fields.fields[name]
        assert isinstance(field, LineField)
        field.line.clear()
        qtbot.keyClicks(field.line, text)


def test_a_patient_is_registered_by_keyboard_alone(window: MainWindow, shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = _form(shell)
    _type(
        page,
        qtbot,
        family_name="<b>Li",
        given_name="Na",
        record_number="BMT-1",
        birth_on="1979-08-14",
        weight="84,6",
        weighed_on="t",
    )
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stored = desk.ward.patient_by_number("BMT-1")
    assert stored is not None
    assert stored.weight_g == 84_600
    assert shell.place == places.PatientPlace(stored.id)
    assert "<B>LI, Na" in shell.notices.sentence
    shell.back()
    assert shell.place == places.PatientsPlace()


def test_all_mistakes_are_shown_at_once_and_nothing_is_stored(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    shell.go(places.PatientFormPlace())
    page = _form(shell)
    _type(page, qtbot, family_name="Li", birth_on="6.10.2026", weight="1,500", height="1.66", weighed_on="t")
    page.save.click()
    wrong = {name for name, field in page.fields.fields.items() if field.error}
    assert wrong == {"given_name", "record_number", "birth_on", "weight", "height"}
    assert "5" in shell.notices.sentence
    assert desk.ward.patients() == ()
    assert page.fields.fields["family_name"].error == ""
    page.fields.show_form(page.fields.form())


def test_saving_twice_makes_one_patient(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    shell.go(places.PatientFormPlace())
    page = _form(shell)
    _type(page, qtbot, family_name="Li", given_name="Na", record_number="1", birth_on="1979-08-14")
    page.save.click()
    page._save()
    assert len(desk.ward.patients()) == 1


def test_a_known_patient_is_corrected(shell: Shell, desk: Desk, patient: Patient, qtbot: QtBot) -> None:
    shell.go(places.PatientFormPlace(patient.id))
    page = _form(shell)
    assert not page.has_unsaved()
    _type(page, qtbot, bed="12")
    blood = page.fields.fields["blood_group"]
    assert isinstance(blood, ChoiceField)
    blood.set_value("O")
    assert page.has_unsaved()
    page.save.click()
    known = known_patient(desk, patient.id)
    assert (known.bed, known.blood_group, known.allergies) == ("12", "O", "Penicillin")


def test_a_weight_is_entered_and_the_banner_shows_it(shell: Shell, desk: Desk, patient: Patient, qtbot: QtBot) -> None:
    shell.go(places.PatientPlace(patient.id))
    page = shell.page
    assert isinstance(page, PatientPage)
    qtbot.keyClicks(page.weigh.weight.line, "71.5")
    qtbot.keyClick(page.weigh.weight.line, Qt.Key.Key_Return)
    assert known_patient(desk, patient.id).weight_g == 71_500
    assert "71.5" in shell.banner._weight._value.text()
    assert not page.has_unsaved()


def test_a_weight_that_cannot_be_is_refused_under_its_field(
    shell: Shell, desk: Desk, patient: Patient, qtbot: QtBot
) -> None:
    shell.go(places.PatientPlace(patient.id))
    page = shell.page
    assert isinstance(page, PatientPage)
    qtbot.keyClicks(page.weigh.weight.line, "700")
    page.weigh.save.click()
    assert "700" in page.weigh.weight.error
    assert known_patient(desk, patient.id).weight_g == 70_000
    page.weigh.start_anew()


def test_enter_opens_the_course_of_a_patient(shell: Shell, patient: Patient, course: Course, qtbot: QtBot) -> None:
    shell.go(places.PatientPlace(patient.id))
    page = shell.page
    assert isinstance(page, PatientPage)
    page.place_requested.disconnect(shell.go)
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == [places.CoursePlace(course.id)]


def test_the_list_shows_who_is_next(shell: Shell, patient: Patient, course: Course) -> None:
    shell.go(places.PatientsPlace())
    page = shell.page
    assert isinstance(page, PatientsPage)
    model = page.table.model()
    cells = [model.index(0, column).data() for column in range(model.columnCount())]
    assert cells[1] == "LI, Na 李娜"
    assert cells[2] == "BMT-004217"
    assert cells[-1] == "Due"


def test_nobody_found_offers_to_register(shell: Shell, patient: Patient) -> None:
    shell.go(places.PatientsPlace("xyz"))
    page = shell.page
    assert isinstance(page, PatientsPage)
    assert "xyz" in page._empty.what.text()
    page._empty.button.click()
    assert shell.place == places.PatientFormPlace()
