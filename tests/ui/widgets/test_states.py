"""States: a sign, a word and a colour for every one."""

from __future__ import annotations

from typing import get_args

import pytest

from ivigdesk.clinical.findings import SEVERITIES
from ivigdesk.clinical.status import DoseStatus
from ivigdesk.ui.widgets import StateChip, severity_state, status_state
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
