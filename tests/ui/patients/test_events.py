"""Events through the window: recorded with what their kind needs, beside doses and values, and the end of courses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.patients.record_event import EventForm, events, record
from ivigdesk.actions.patients.record_lab_value import LabForm
from ivigdesk.actions.patients.record_lab_value import record as record_value
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.event_words import details
from ivigdesk.clinical.patients.events import EVENT_KINDS, ClinicalEvent
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui import places
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.patients import PatientPage
from ivigdesk.ui.patients.events.event_dialog import EventDialog
from ivigdesk.ui.patients.events.timeline import DoseOf, TimelineRow
from ivigdesk.ui.patients.patient_page import EVENTS
from ivigdesk.ui.patients.withdraw_dialog import WithdrawDialog
from ivigdesk.ui.shell import Shell
from ivigdesk.ui.widgets import Button, ChoiceField, LineField

from .conftest import Answer, answer_with


@pytest.fixture
def tab(page: PatientPage) -> PatientPage:
    """The patient's page at the events."""
    page.tabs.setCurrentIndex(EVENTS)
    return page


def choose(dialog: QDialog, name: str, value: str) -> None:
    assert isinstance(dialog, EventDialog)
    field = dialog.fields.fields[name]
    assert isinstance(field, ChoiceField)
    field.set_value(value)
    field.box.activated.emit(field.box.currentIndex())


def write(dialog: QDialog, name: str, text: str) -> None:
    assert isinstance(dialog, EventDialog)
    field = dialog.fields.fields[name]
    assert isinstance(field, LineField)
    field.set_text(text)


def an_event(kind: str, on: str = "t", **more: str) -> Answer:
    """Fill the dialog with an event and save it."""

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, EventDialog)
        choose(dialog, "kind", kind)
        write(dialog, "on", on)
        for name, value in more.items():
            (write if name in ("organism", "until", "note") else choose)(dialog, name, value)
        dialog.confirm_button.click()

    return answer


def press(verb: str) -> Answer:
    def answer(dialog: QDialog) -> None:
        next(one for one in dialog.findChildren(Button) if one.text() == verb).click()

    return answer


def rows(page: PatientPage) -> list[TimelineRow]:
    return [row for row in page.events.table.records.rows if not row.section]


def test_an_infection_is_recorded_with_its_details(
    tab: PatientPage, desk: Desk, patient: Patient, shell: Shell
) -> None:
    answer_with(
        an_event("infection", "-3d", severity="severe", site="lungs", organism="Aspergillus", is_bacterial="no")
    )
    tab.events.record.click()
    (event,) = events(desk, patient.id)
    assert (event.kind, event.severity, event.site, event.organism) == ("infection", "severe", "lungs", "Aspergillus")
    assert event.is_bacterial == "no"
    assert event.needed_iv_antibiotics == "unknown"
    assert "infection" in shell.notices.sentence
    assert "Infection, lungs, severe" in [row.what for row in rows(tab)]


def test_ctrl_e_records_an_event(tab: PatientPage, window: MainWindow, qtbot: QtBot) -> None:
    met = answer_with(lambda dialog: dialog.done(0))
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(met[0], EventDialog)


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_a_kind_shows_only_the_fields_that_it_has(
    desk: Desk, patient: Patient, shown: Callable[[QDialog], QDialog], english: object, kind: str
) -> None:
    dialog = EventDialog(desk, patient.id, english)  # type: ignore[arg-type]
    shown(dialog)
    choose(dialog, "kind", kind)
    visible = {name for name, field in dialog.fields.fields.items() if field.isVisible()}
    has = details(kind)  # type: ignore[arg-type]
    assert ("until" in visible) == has.has_until
    assert ("site" in visible) == ("organism" in visible) == ("is_bacterial" in visible) == has.is_infection
    assert ("cmv_disease" in visible) == has.has_cmv_disease
    assert ("grade" in visible) == has.has_grade
    assert ("severity" in visible) == bool(has.severities)
    assert {"kind", "on", "note"} <= visible


def test_a_grade_is_never_chosen_beforehand(tab: PatientPage, desk: Desk, patient: Patient) -> None:
    def answer(dialog: QDialog) -> None:
        an_event("acute-gvhd", "-5d")(dialog)
        assert isinstance(dialog, EventDialog)
        assert dialog.fields.fields["grade"].error
        choose(dialog, "grade", "3")
        dialog.confirm_button.click()

    answer_with(answer)
    tab.events.record.click()
    assert [event.grade for event in events(desk, patient.id)] == [3]


def test_a_day_to_come_is_refused_at_its_field(tab: PatientPage, desk: Desk, patient: Patient) -> None:
    def answer(dialog: QDialog) -> None:
        an_event("relapse", "+3d")(dialog)
        assert isinstance(dialog, EventDialog)
        assert "future" in dialog.fields.fields["on"].error
        dialog.done(0)

    answer_with(answer)
    tab.events.record.click()
    assert events(desk, patient.id) == ()


def test_doses_values_and_events_stand_in_one_list_by_date(
    tab: PatientPage, desk: Desk, patient: Patient, course: Course
) -> None:
    record(desk, EventForm(patient_id=patient.id, kind="relapse", on="-4d"))
    record_value(desk, LabForm(patient_id=patient.id, test="igg", value="3.1", taken_on="-2d"))
    tab.show_place(places.PatientPlace(patient.id))
    found = rows(tab)
    assert [row.section for row in tab.events.table.records.rows if row.section] == ["Up to today", "To come"]
    assert len([row for row in found if isinstance(row.record, DoseOf)]) == len(course.doses)
    past = [row.on for row in found if row.on <= course.first_on]
    ahead = [row.on for row in found if row.on > course.first_on]
    assert past == sorted(past, reverse=True)
    assert ahead == sorted(ahead)


def test_enter_on_a_dose_opens_its_course(
    tab: PatientPage, patient: Patient, course: Course, qtbot: QtBot, shell: Shell
) -> None:
    tab.show_place(places.PatientPlace(patient.id))
    row = next(row for row in rows(tab) if isinstance(row.record, DoseOf))
    tab.events.table.choose(row)
    assert not tab.events.correct.isEnabled()
    qtbot.keyClick(tab.events.table, Qt.Key.Key_Return)
    assert shell.place == places.CoursePlace(course.id, 1)


def test_an_event_is_corrected_with_a_reason(tab: PatientPage, desk: Desk, patient: Patient, qtbot: QtBot) -> None:
    record(desk, EventForm(patient_id=patient.id, kind="acute-gvhd", on="-4d", grade="2"))
    tab.show_place(places.PatientPlace(patient.id))

    def correct(dialog: QDialog) -> None:
        assert isinstance(dialog, EventDialog)
        assert not dialog.has_unsaved()
        choose(dialog, "grade", "3")
        qtbot.keyClicks(dialog.reason.line, "biopsy")
        dialog.confirm_button.click()

    tab.events.table.choose(next(row for row in rows(tab) if isinstance(row.record, ClinicalEvent)))
    answer_with(correct)
    tab.events.correct.click()
    (event,) = events(desk, patient.id)
    assert (event.grade, event.reason) == (3, "biopsy")


def test_an_event_entered_in_error_is_gone_from_the_list(
    tab: PatientPage, desk: Desk, patient: Patient, qtbot: QtBot
) -> None:
    record(desk, EventForm(patient_id=patient.id, kind="relapse", on="-4d"))
    tab.show_place(places.PatientPlace(patient.id))
    tab.events.table.choose(next(row for row in rows(tab) if row.what == "Relapse"))

    def withdraw(dialog: QDialog) -> None:
        assert isinstance(dialog, WithdrawDialog)
        qtbot.keyClicks(dialog.reason.line, "another patient's")
        dialog.confirm_button.click()

    answer_with(withdraw)
    tab.events.withdraw.click()
    assert events(desk, patient.id) == ()
    assert "Relapse" not in [row.what for row in rows(tab)]


@pytest.mark.parametrize("kind", ["death", "withdrawal"])
def test_an_end_ceases_the_remaining_doses_on_confirmation(
    tab: PatientPage, desk: Desk, course: Course, shell: Shell, kind: str
) -> None:
    answer_with(an_event(kind), press("Cease the remaining doses"))
    tab.events.record.click()
    view = look_up_course(desk, course.id)
    assert {one.status for one in view.doses} == {"ceased"}
    assert view.course.revision.number == 2
    assert course.code in shell.notices.sentence


def test_without_confirmation_the_doses_stay_planned(
    tab: PatientPage, desk: Desk, patient: Patient, course: Course
) -> None:
    answer_with(an_event("death"), press("Leave them planned"))
    tab.events.record.click()
    assert len(events(desk, patient.id)) == 1
    assert look_up_course(desk, course.id).course.revision.number == 1


def test_a_relapse_asks_nothing_more(tab: PatientPage, desk: Desk, course: Course) -> None:
    met = answer_with(an_event("relapse"), lambda dialog: dialog.done(0))
    tab.events.record.click()
    assert len(met) == 1
    assert look_up_course(desk, course.id).course.revision.number == 1
