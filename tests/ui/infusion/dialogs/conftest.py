"""A first dose that runs since 09:05, at 120 mL/h since 09:25; it is 09:50."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import Bedside, bedside, hang_vial, set_rate, start_infusion
from ivigdesk.actions.infusions.prepare_infusion import VialForm
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.widgets import dialogs


@pytest.fixture(autouse=True)
def _discard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


@pytest.fixture
def running(desk: Desk, course: Course, clock: SetClock) -> Bedside:
    """The first dose of 10 g in 200 mL, 45 minutes after its start, with its four vials."""
    infusion = start_infusion(desk, course.doses[0].id, recorded_later=True)
    for _number in range(4):
        vial = VialForm(product_id=course.product.id, mg=2500, lot="P1004", expires_on="2027-09")
        hang_vial(desk, infusion.id, vial)
    clock.advance(timedelta(minutes=20))
    set_rate(desk, infusion.id, "increase", Decimal(120))
    clock.advance(timedelta(minutes=25))
    return bedside(desk, course.doses[0].id)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Show a dialog as the window that the keyboard writes to, for the length of the test."""

    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show
