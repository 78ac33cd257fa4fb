"""The timeline on the patient's page: under the courses, from what is read already, and a way to each dose."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.record_lab_value import LabForm, record
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui import places
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.patients import PatientPage
from ivigdesk.ui.shell import Shell


def test_without_a_course_there_is_no_timeline(page: PatientPage) -> None:
    assert not page.overview.timeline.isVisible()


def test_the_course_is_drawn_under_the_list(shell: Shell, patient: Patient, course: Course, qtbot: QtBot) -> None:
    shell.go(places.PatientPlace(patient.id))
    page = shell.page
    assert isinstance(page, PatientPage)
    view = page.overview.timeline
    assert view.isVisible()
    numbers = [spot.dose_number for spot in view.drawing.spots if spot.dose_number is not None]
    assert sorted(numbers) == list(range(1, 12))
    qtbot.waitUntil(lambda: view.height() >= view.drawing.height)


def test_enter_on_a_mark_opens_the_course_at_that_dose(
    shell: Shell, patient: Patient, course: Course, qtbot: QtBot
) -> None:
    shell.go(places.PatientPlace(patient.id))
    page = shell.page
    assert isinstance(page, PatientPage)
    page.place_requested.disconnect(shell.go)
    qtbot.keyClick(page.overview.timeline, Qt.Key.Key_End)
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.keyClick(page.overview.timeline, Qt.Key.Key_Return)
    assert asked.args == [places.CoursePlace(course.id, 11)]


def test_a_new_value_appears_on_it(desk: Desk, shell: Shell, patient: Patient, course: Course) -> None:
    shell.go(places.PatientPlace(patient.id))
    page = shell.page
    assert isinstance(page, PatientPage)
    assert "IgG" not in page.overview.timeline.accessibleDescription()
    record(desk, LabForm(patient_id=patient.id, test="igg", value="4.6", unit="g/L", taken_on="t"))
    shell.go(places.PatientPlace(patient.id))
    assert "IgG, g/L: 4.6" in page.overview.timeline.accessibleDescription()


@pytest.mark.parametrize(("width", "is_beside"), [(1440, True), (1280, False)])
def test_the_weight_stands_beside_the_courses_where_the_window_is_wide(
    window: MainWindow, page: PatientPage, patient: Patient, course: Course, width: int, is_beside: bool
) -> None:
    window.resize(width, 900)
    page.show_place(places.PatientPlace(patient.id))
    QApplication.processEvents()
    courses, weigh = (
        QRect(one.mapTo(page, QPoint()), one.size()) for one in (page.overview.table, page.overview.weigh)
    )
    assert (weigh.left() > courses.right()) == is_beside
    assert (weigh.top() > courses.bottom()) != is_beside
