"""What a side effect means for later doses, decided through the real dialog."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import follow_up
from ivigdesk.actions.infusions.give_infusion import Bedside, bedside
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.clinical.infusions.following import ProposedFollowUp
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.ui.infusion.dialogs.follow_up_dialog import FollowUpDialog
from ivigdesk.ui.infusion.dialogs.reaction.proposal_line import ProposalLine
from ivigdesk.wording import Wording
from tests.ui.audit import labels_that_guess_markup, unnamed_controls

ACCEPT, LATER, DECLINE = 0, 1, 2

Open = Callable[[], FollowUpDialog]


@pytest.fixture
def headache(desk: Desk, running: Bedside) -> SideEffect:
    """A headache of grade 2 at 120 mL/h, 35 minutes after the start."""
    return record_side_effect(desk, running.dose.id, SideEffectForm(code="AE14", grade="2", onset_at="09:40"))


@pytest.fixture
def opened(desk: Desk, headache: SideEffect, english: Wording, shown: Callable[[QWidget], QWidget]) -> Open:
    """Open the dialog on what is proposed now."""

    def open_it() -> FollowUpDialog:
        found = follow_up.proposals(desk, headache.id)
        dialog = FollowUpDialog(desk, headache.dose_id, found, english)
        shown(dialog)
        return dialog

    return open_it


def _line(dialog: FollowUpDialog, code: str) -> ProposalLine:
    return next(line for line in dialog.lines if line.proposed.consequence == code)


def _decided(desk: Desk, effect: SideEffect) -> dict[str, ProposedFollowUp]:
    return {one.consequence: one for one in follow_up.proposals(desk, effect.id) if one.decided is not None}


def test_enter_stores_the_slower_rate_and_leaves_orders_to_be_decided(
    opened: Open, desk: Desk, headache: SideEffect, qtbot: QtBot
) -> None:
    dialog = opened()
    assert dialog.windowTitle() == "What does it mean for dose 2?"
    assert _line(dialog, "SLOW").rate.text() == "60"
    assert not dialog.prescriber.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert set(_decided(desk, headache)) == {"SLOW"}


def test_the_next_dose_runs_no_faster_than_was_accepted(opened: Open, desk: Desk, running: Bedside) -> None:
    opened().confirm()
    following = bedside(desk, running.course.doses[1].id)
    assert max(row.ml_per_h for row in following.dose.rate_card.rows) <= Decimal(60)


def test_an_order_needs_the_prescriber_who_is_one_touch_away(opened: Open, desk: Desk, headache: SideEffect) -> None:
    dialog = opened()
    line = _line(dialog, "PREMED")
    line.answers.button(ACCEPT).click()
    assert dialog.prescriber.isVisible()
    dialog.confirm()
    assert dialog.prescriber.error
    assert dialog.isVisible()
    dialog.named.click()
    assert dialog.prescriber.text() == "Dr S. Kim"
    dialog.confirm()
    decided = _decided(desk, headache)["PREMED"].decided
    assert decided is not None
    assert decided.prescriber == "Dr S. Kim"
    assert "paracetamol" in decided.detail


def test_declining_asks_why(opened: Open, desk: Desk, headache: SideEffect) -> None:
    dialog = opened()
    line = _line(dialog, "HYDR")
    line.answers.button(DECLINE).click()
    assert line.reason.isVisible()
    dialog.confirm()
    assert line.reason.error
    line.reason.set_text("heart failure")
    dialog.confirm()
    decided = _decided(desk, headache)["HYDR"].decided
    assert decided is not None
    assert (decided.decision, decided.reason) == ("declined", "heart failure")


def test_a_rate_above_the_card_is_refused_under_its_field(opened: Open, desk: Desk, headache: SideEffect) -> None:
    dialog = opened()
    line = _line(dialog, "SLOW")
    line.rate.set_text("9000")
    dialog.confirm()
    assert "9000" in line.rate.error
    assert _decided(desk, headache) == {}


def test_what_was_decided_is_shown_and_taken_back_with_a_reason(opened: Open, desk: Desk, headache: SideEffect) -> None:
    opened().confirm()
    dialog = opened()
    line = _line(dialog, "SLOW")
    assert "Accepted: A. Wong" in line.standing.text()
    assert not line.is_answered()
    line.answers.button(LATER).click()
    line.reason.set_text("wrong patient")
    dialog.prescriber.set_text("Dr S. Kim")
    dialog.confirm()
    assert _decided(desk, headache) == {}


def test_leaving_decides_nothing(opened: Open, desk: Desk, headache: SideEffect) -> None:
    opened().reject()
    assert _decided(desk, headache) == {}


def test_a_hold_that_stands_already_asks_for_nothing(
    desk: Desk, running: Bedside, english: Wording, shown: Callable[[QWidget], QWidget]
) -> None:
    grave = record_side_effect(desk, running.dose.id, SideEffectForm(code="AE29", grade="3"))
    dialog = FollowUpDialog(desk, grave.dose_id, follow_up.proposals(desk, grave.id), english)
    shown(dialog)
    line = _line(dialog, "HOLD")
    assert "This is so already" in line.standing.text()
    assert not line.is_answered()


def test_every_control_has_a_name_and_no_label_reads_markup(opened: Open) -> None:
    dialog = opened()
    _line(dialog, "PREMED").answers.button(ACCEPT).click()
    assert unnamed_controls(dialog) == []
    assert labels_that_guess_markup(dialog) == []
