"""The hands of a nurse at the bedside page, for its tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import bedside
from ivigdesk.actions.infusions.scan_vial import learn_code
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.ui.infusion import InfusionPage

GTIN = "09501101530003"
VALUES = ("36.8", "80", "124", "76", "16", "98")


def prepare(page: InfusionPage) -> None:
    """Tick every check that is open, and type four vials of one lot."""
    for code in list(page.cards.checklist.boxes):
        box = page.cards.checklist.boxes[code]
        if not box.isChecked():
            box.click()
    page.cards.vials.lot.set_text("P1004 71881")
    page.cards.vials.expires.set_text("2027-09")
    page.cards.vials.add.click()


def infusion_of(page: InfusionPage, desk: Desk) -> Infusion:
    """Return the infusion as it is stored."""
    assert page.here is not None
    found = bedside(desk, page.here.dose.id).infusion
    assert found is not None
    return found


def observe(page: InfusionPage, *values: str) -> None:
    """Type values into the line, in its order, and save them."""
    edits = page.cards.observations.edits
    for name, value in zip(edits, values, strict=False):
        edits[name].setText(value)
    page.cards.observations.save.click()


def know_the_code(desk: Desk, *, mg: int = 2500) -> None:
    """Let the ward know the product code of the vials of the tests."""
    learn_code(desk, GTIN, "cn-ph4-5", mg)


def code(serial: str = "", *, lot: str = "P100471881", expires: str = "270930") -> str:
    """Return what a scanner types for a vial, separator and all."""
    return f"]d201{GTIN}17{expires}10{lot}" + (f"\x1d21{serial}" if serial else "")


def burst(field: QWidget, text: str, *, enter: bool = True) -> None:
    """Type as a scanner does, wherever the cursor is, and press Enter after it."""
    for letter in text:
        if letter == "\x1d":
            QTest.keyClick(field, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
        else:
            QTest.keyClicks(field, letter)
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)


def cursor() -> QWidget:
    """Return the control that has the cursor."""
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused
