"""The banner: whole at every width, with its warnings beside the rest or below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui.widgets import PatientBanner
from ivigdesk.wording import Wording
from tests.ui.audit import clipped_texts

Show = Callable[[QWidget], QWidget]
TODAY = date(2026, 3, 2)


@pytest.fixture
def banner(english: Wording, shown: Show) -> Iterator[PatientBanner]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    made = PatientBanner(english)
    column.addWidget(made)
    column.addStretch(1)
    page.resize(1344, 400)
    shown(page)
    yield made
    page.hide()  # held until here: the test tool keeps no widget alive


def _widen(banner: PatientBanner, width: int) -> None:
    banner.window().resize(width, 400)
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("width", [1344, 1184, 928, 864])
@pytest.mark.parametrize("dose", ["", "8 of 11 · 12.5\u00a0g"])
def test_nothing_is_cut_at_any_width(banner: PatientBanner, patient: Patient, width: int, dose: str) -> None:
    told = replace(patient, allergies="Penicillin, latex, iodine contrast", risks=("renal", "thrombosis"))
    banner.show_patient(told, TODAY, dose)
    _widen(banner, width)
    assert clipped_texts(banner) == []


def test_warnings_stand_beside_the_rest_and_below_it_where_it_is_narrow(
    banner: PatientBanner, patient: Patient
) -> None:
    banner.show_patient(patient, TODAY, "8 of 11 · 12.5\u00a0g")
    _widen(banner, 1344)
    wide = banner.height()
    _widen(banner, 700)
    assert banner.height() > wide
    _widen(banner, 1344)
    assert banner.height() == wide
