"""Names are never markup: what was typed is what is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QWidget

from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui.widgets import Button, Column, PatientBanner, PlainLabel, RecordTable, tip
from ivigdesk.wording import Wording
from tests.ui.audit import labels_that_guess_markup

NAMES = ("<b>Ana</b>", "O'Brien & Sons", "<img src=x>", "a &lt; b", "张小明", "&&")


@pytest.mark.parametrize("name", NAMES)
def test_a_label_and_a_tool_tip_show_the_name_as_typed(name: str) -> None:
    label = PlainLabel(name)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == name
    document = QTextDocument()
    document.setHtml(tip(name))
    assert document.toPlainText() == name


def test_a_button_shows_an_ampersand_and_says_it() -> None:
    button = Button("Open O'Brien & Sons")
    assert button.text() == "Open O'Brien && Sons"
    assert button.accessibleName() == "Open O'Brien & Sons"


def test_the_banner_shows_markup_literally_and_never_hides_the_allergies(
    english: Wording, shown: Callable[[QWidget], QWidget]
) -> None:
    banner = PatientBanner(english)
    shown(banner)
    patient = Patient(
        id=UUID(int=1), record_number="<i>7</i>", family_name="<b>x", given_name="Ana</b>", birth_on=date(2020, 2, 29)
    )
    banner.show_patient(patient, date(2026, 3, 2))
    texts = [label.text() for label in banner.findChildren(QLabel)]
    assert "<B>X, Ana</b>" in texts
    assert "<i>7</i>" in texts
    assert any("Allergies: not recorded" in text for text in texts)
    assert labels_that_guess_markup(banner) == []


def test_a_table_cell_and_its_tool_tip_are_literal(english: Wording) -> None:
    table = RecordTable((Column("Name", str),), "Names")
    table.show_rows(("<b>Ana</b>",))
    index = table.model().index(0, 0)
    assert index.data() == "<b>Ana</b>"
    document = QTextDocument()
    document.setHtml(index.data(Qt.ItemDataRole.ToolTipRole))
    assert document.toPlainText() == "<b>Ana</b>"
