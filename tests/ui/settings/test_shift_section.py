"""How the ward's day runs is chosen in the settings, strictly."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.errors import UserMistake
from ivigdesk.ui import places
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.settings import SettingsPage


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    assert window.shell is not None
    window.shell.go(places.SettingsPlace())
    assert isinstance(window.shell.page, SettingsPage)
    return window.shell.page


def test_start_nurses_and_sounds_are_kept(page: SettingsPage, desk: Desk) -> None:
    assert page.shift.usual_start.text() == "09:00"
    page.shift.usual_start.set_text("8:30")
    page.shift.nurses.set_text("2")
    page.shift.sounds.set_value(ticked=True)
    assert page.has_unsaved()
    page._save.click()
    settings = desk.settings
    assert (settings.usual_start, settings.nurses_on_duty, settings.sounds) == ("08:30", 2, True)


def test_no_number_of_nurses_means_no_limit(page: SettingsPage, desk: Desk) -> None:
    page.shift.nurses.set_text("")
    page._save.click()
    assert desk.settings.nurses_on_duty is None


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "100", "two"])
def test_a_number_of_nurses_that_cannot_be_is_refused_at_its_field(page: SettingsPage, desk: Desk, typed: str) -> None:
    page.shift.nurses.set_text(typed)
    page._save.click()
    assert typed in page.shift.nurses.error
    assert desk.settings.nurses_on_duty is None
    page.shift.nurses.set_text("")


@pytest.mark.parametrize("typed", ["", "24:00", "9", "nine"])
def test_a_usual_start_that_is_no_time_is_refused_at_its_field(page: SettingsPage, desk: Desk, typed: str) -> None:
    page.shift.usual_start.set_text(typed)
    page._save.click()
    assert "no clock time" in page.shift.usual_start.error
    assert desk.settings.usual_start == "09:00"
    page.shift.usual_start.set_text("09:00")


def test_the_action_refuses_what_the_page_would(desk: Desk) -> None:
    for field, value in (("usual_start", "25:00"), ("nurses_on_duty", 0)):
        with pytest.raises(UserMistake) as refused:
            set_ward(desk, replace(desk.settings, **{field: value}))
        assert refused.value.field == field
