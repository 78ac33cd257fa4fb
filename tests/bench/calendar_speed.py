"""The month of a ward with 200 active courses, against its bare query and an empty month of plain widgets."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.courses.plan_course import PlanForm, confirm, propose
from ivigdesk.actions.desk import Desk, add_nurse, open_desk, set_ward, sign_in
from ivigdesk.actions.patients.register_patient import PatientForm, register_patient
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.clock import SetClock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

COURSES = 200
SIZE = (1440, 900)
_NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
_FIRST = date(2026, 2, 23)  # the weeks that the month of March shows
_LAST = date(2026, 4, 5)
_NAMES = ("Li", "Nowak", "Okafor", "Haddad", "Müller", "Ong", "Sato", "Novak", "Kim", "Diaz")


def month_of_200_courses(folder: Path) -> tuple[Callable[[], object], Callable[[], object], Callable[[], None]]:
    """Return what opens the month, what asks its bare query and shows an empty month, and what closes the ward.

    The page is made before, as at every visit but the first; each opening reads the file and draws everything anew.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ivigdesk.store.records.calendar import calendar_question
    from ivigdesk.ui import theme
    from ivigdesk.ui.calendar import CalendarPage
    from ivigdesk.ui.places import CalendarPlace
    from ivigdesk.wording import Wording

    app = QApplication.instance() or QApplication([])
    if isinstance(app, QApplication):
        theme.install(app)
    desk = full_ward(folder)
    question = calendar_question(_FIRST, _LAST)
    page = CalendarPage(desk, Wording("en"))
    page.resize(*SIZE)

    gc.collect()
    gc.freeze()  # as the program does when its window stands

    def ours() -> None:
        page.show_place(CalendarPlace(_NOW.date(), "month"))
        page.show()
        app.processEvents()
        page.hide()

    def bare() -> None:
        desk.ward.ask(lambda db: db.conn.execute(*question).fetchall())
        grid = _empty_month()
        grid.show()
        app.processEvents()
        grid.close()

    def close() -> None:
        page.close()
        desk.close()

    return ours, bare, close


def _empty_month() -> QWidget:
    """Return six weeks of empty cells, each with its number, at the size of the page."""
    from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

    month = QWidget()
    month.resize(*SIZE)
    grid = QGridLayout(month)
    for number in range(42):
        cell = QFrame()
        cell.setFrameShape(QFrame.Shape.Box)
        column = QVBoxLayout(cell)
        column.addWidget(QLabel(str(number + 1)))
        column.addStretch()
        grid.addWidget(cell, *divmod(number, 7))
    return month


def full_ward(folder: Path) -> Desk:
    """Make a ward with 200 active courses; they are begun over three weeks."""
    desk = open_desk(folder, SetClock(_NOW))
    add_nurse(desk, "A. Wong")
    sign_in(desk, "A. Wong")
    set_ward(desk, WardSettings(name="BMT 3", country="CN", closes_on_holidays=True, most_doses_a_day=60))
    form = PatientForm(
        record_number="1", family_name="Li", given_name="Na", birth_on="1979-08-14", weight="70", weighed_on="t"
    )
    patient = register_patient(desk, form)
    plan = PlanForm(
        patient_id=patient.id,
        regimen_id="cmv-pneumonia-fred-hutch",
        product_id="cn-ph4-5",
        first_on=_FIRST.isoformat(),
        antiviral="ganciclovir",
        prescriber="Dr S. Kim",
    )
    course = confirm(desk, propose(desk, plan), "Planned for the measurement")
    with desk.ward.changing(nurse="A. Wong", at=_NOW, action="copies for the measurement") as change:
        for number in range(2, COURSES + 1):
            other = _copied_patient(patient, number)
            change.add(other)
            change.add(_copied_course(course, other.id, timedelta(days=number % 21)))
    return desk


def _copied_patient(patient: Patient, number: int) -> Patient:
    return msgspec.structs.replace(
        patient,
        id=uuid4(),
        record_number=f"BMT-{number:06}",
        family_name=_NAMES[number % len(_NAMES)],
        bed=f"{number:03}",
    )


def _copied_course(course: Course, patient_id: UUID, later: timedelta) -> Course:
    course_id = uuid4()
    doses = tuple(_copied_dose(dose, later) for dose in course.doses)
    revision = msgspec.structs.replace(course.revision, id=uuid4(), course_id=course_id, doses=doses)
    return msgspec.structs.replace(
        course, id=course_id, patient_id=patient_id, first_on=course.first_on + later, revision=revision
    )


def _copied_dose(dose: Dose, later: timedelta) -> Dose:
    return msgspec.structs.replace(dose, id=uuid4(), due_on=dose.due_on + later, planned_on=dose.planned_on + later)
