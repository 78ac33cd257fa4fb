"""What the tests of a patient's pages share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui import places
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.patients import PatientPage
from ivigdesk.ui.shell import Shell

Answer = Callable[[QDialog], None]


@pytest.fixture
def shell(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


@pytest.fixture
def page(shell: Shell, patient: Patient) -> PatientPage:
    """The page of the patient, at the courses."""
    shell.go(places.PatientPlace(patient.id))
    assert isinstance(shell.page, PatientPage)
    return shell.page


def answer_with(*answers: Answer) -> list[QDialog]:
    """Answer the dialogs that the next act opens, one after the other; returns those met so far."""
    met: list[QDialog] = []

    def meet(number: int) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        met.append(dialog)
        if number + 1 < len(answers):
            QTimer.singleShot(0, lambda: meet(number + 1))
        answers[number](dialog)
        if dialog.isVisible():  # else a test that fails would wait for a nurse
            dialog.done(QDialog.DialogCode.Rejected)

    QTimer.singleShot(0, lambda: meet(0))
    return met
