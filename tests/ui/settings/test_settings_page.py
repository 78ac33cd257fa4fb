"""What the ward chooses: names, weight policy, its own cut-off, and the criteria."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.eligibility.criteria import PROFILE_IDS
from ivigdesk.ui import places
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.settings import SettingsPage
from ivigdesk.ui.widgets import ChoiceField


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    assert window.shell is not None
    window.shell.go(places.SettingsPlace())
    assert isinstance(window.shell.page, SettingsPage)
    return window.shell.page


def choose(field: ChoiceField, value: str) -> None:
    field.set_value(value)
    field.box.activated.emit(field.box.currentIndex())


def test_policy_cut_off_and_criteria_are_kept(page: SettingsPage, desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    choose(page.doses.policy, "nhs-england")
    qtbot.keyClicks(page.doses.cut_off.line, "28")
    choose(page.doses.profile, "cn-label")
    assert page.has_unsaved()
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settings = desk.settings
    assert (settings.weight_policy, settings.adjust_from_bmi, settings.profile) == (
        "nhs-england",
        Decimal(28),
        "cn-label",
    )
    assert settings.name == "BMT 3"
    assert not page.has_unsaved()


def test_an_empty_cut_off_is_the_policys_own(page: SettingsPage, desk: Desk) -> None:
    choose(page.doses.policy, "ontario")
    page._save.click()
    assert desk.settings.adjust_from_bmi is None


@pytest.mark.parametrize("typed", ["2.8", "280", "abc", "28,555"])
def test_a_cut_off_that_cannot_be_is_refused_at_its_field(
    page: SettingsPage, desk: Desk, qtbot: QtBot, typed: str
) -> None:
    choose(page.doses.policy, "nhs-england")
    qtbot.keyClicks(page.doses.cut_off.line, typed)
    page._save.click()
    assert typed in page.doses.cut_off.error
    assert desk.settings.weight_policy == "actual"
    page.doses.cut_off.set_text("")


def test_every_profile_is_offered_with_what_it_says(page: SettingsPage) -> None:
    offered = [page.doses.profile.box.itemText(index) for index in range(page.doses.profile.box.count())]
    assert len(offered) == len(PROFILE_IDS)
    hints = set()
    for profile in PROFILE_IDS:
        choose(page.doses.profile, profile)
        hints.add(page.doses.profile.below.text())
    assert all(hints)
    choose(page.doses.profile, "cms")
    assert "who pays" in page.doses.profile.below.text()


def test_each_policy_says_what_it_does(page: SettingsPage) -> None:
    hints = []
    for policy in ("actual", "ontario", "nba-2026", "nhs-england"):
        choose(page.doses.policy, policy)
        hints.append(page.doses.policy.below.text())
    assert len(set(hints)) == 4
    choose(page.doses.policy, "actual")
    assert "changes nothing" in page.doses.cut_off.below.text()
