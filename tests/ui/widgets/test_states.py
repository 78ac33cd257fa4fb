"""States: a sign, a word and a colour for every one."""

from __future__ import annotations

from typing import get_args

import pytest
from pytestqt.qtbot import QtBot

from ivigdesk.clinical.courses.status import DoseStatus
from ivigdesk.clinical.findings import SEVERITIES
from ivigdesk.ui.widgets import State, StateChip, severity_state, status_state
from ivigdesk.wording import Wording


@pytest.mark.parametrize("status", get_args(DoseStatus))
def test_every_status_has_sign_word_and_colour(status: DoseStatus, english: Wording) -> None:
    state = status_state(status, english)
    assert state.sign
    assert state.word
    assert StateChip(state).accessibleName() == state.word


def test_severities_differ_without_their_colour(english: Wording) -> None:
    states = [severity_state(severity, english) for severity in SEVERITIES]
    assert len({state.sign for state in states}) == len({state.word for state in states}) == len(SEVERITIES)


def test_a_chip_that_changes_is_as_wide_as_its_new_words(qtbot: QtBot) -> None:
    chip = StateChip()
    qtbot.addWidget(chip)
    chip.show_state(State("✓", "Given", "given"))
    for state in (State("!", "Overdue 12 days", "serious"), State("II", "Paused", "attention")):
        chip.show_state(state)
        chip.resize(chip.sizeHint())
        assert chip.fontMetrics().horizontalAdvance(chip.text()) < chip.contentsRect().width()
