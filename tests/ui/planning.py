"""The planning page for tests, and the hand of a nurse on its fields."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui.course import PlanCoursePage
from ivigdesk.ui.places import PlanCoursePlace
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.wording import Wording

Show = Callable[[QWidget], QWidget]


def planning(desk: Desk, patient: Patient, wording: Wording, shown: Show, regimen: str = "") -> PlanCoursePage:
    """Return the page with the product and an antiviral, on this regimen, computed."""
    page = PlanCoursePage(desk, wording)
    page.resize(1300, 780)
    shown(page)
    page.show_place(PlanCoursePlace(patient.id))
    page.fields.product.set_value("cn-ph4-5")
    page.fields.beside.antiviral.set_text("ganciclovir")
    if regimen:
        choose(page.fields.regimen, regimen)
    page.compute()
    return page


def choose(field: ChoiceField, value: object) -> None:
    """Choose a value as a person does, so that the page hears of it."""
    field.set_value(value)
    field.box.activated.emit(field.box.currentIndex())


def write(field: LineField, text: str) -> None:
    """Write into a field as a person does."""
    field.set_text(text)
    field.line.textEdited.emit(text)


def offered(field: ChoiceField) -> list[str]:
    """Return the words of every choice."""
    return [field.box.itemText(index).replace("\u00a0", " ") for index in range(field.box.count())]
