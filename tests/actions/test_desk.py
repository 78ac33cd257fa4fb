"""Who is on duty, and what the ward has chosen."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from ivigdesk.actions.desk import Desk, add_nurse, day_today, nurses, open_desk, set_ward, sign_in
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.settings import DATABASE_NAME


def test_a_folder_without_a_ward_gets_one(folder: Path, clock: SetClock) -> None:
    desk = open_desk(folder, clock)
    try:
        assert (folder / DATABASE_NAME).is_file()
        assert nurses(desk) == ()
        assert desk.settings == WardSettings(name="")
        assert desk.journal_head == ""
        with pytest.raises(KnownError, match="Nobody is on duty"):
            desk.must_have_nurse()
    finally:
        desk.close()


def test_the_first_nurse_needs_nobody_on_duty_and_signs_for_herself(folder: Path, clock: SetClock) -> None:
    desk = open_desk(folder, clock)
    try:
        add_nurse(desk, "  王敏 ", "charge nurse")
        assert [nurse.name for nurse in nurses(desk)] == ["王敏"]
        assert [entry.nurse for entry in desk.ward.journal()] == ["王敏"]
    finally:
        desk.close()


@pytest.mark.parametrize("name", ["", "   ", "a" * 61, "A.\nWong", "a. wong", " S. KAUR "])
def test_a_name_that_is_empty_unprintable_or_taken_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(UserMistake) as refused:
        add_nurse(desk, name)
    assert refused.value.field == "nurse"
    assert len(nurses(desk)) == 2


def test_a_nurse_signs_in_by_name_and_a_stranger_is_told_who_may(desk: Desk) -> None:
    assert sign_in(desk, " S. Kaur ").name == desk.nurse == "S. Kaur"
    with pytest.raises(UserMistake, match=r"“Eve” is not on this ward's list. Allowed: A. Wong, S. Kaur"):
        sign_in(desk, "Eve")
    assert desk.nurse == "S. Kaur"


def test_what_the_ward_chose_is_kept_and_a_ward_without_a_name_refused(desk: Desk) -> None:
    chosen = msgspec.structs.replace(desk.settings, phone="4301")
    assert set_ward(desk, chosen) == desk.settings == chosen
    with pytest.raises(UserMistake):
        set_ward(desk, msgspec.structs.replace(chosen, name=" "))
    assert desk.settings == chosen


def test_the_head_of_the_journal_is_read_aloud_in_two_groups_and_changes_with_each_entry(desk: Desk) -> None:
    before = desk.journal_head
    first, second = before.split(" ")
    assert (len(first), len(second)) == (4, 4)
    add_nurse(desk, "王敏")
    assert desk.journal_head != before


def test_today_is_said_as_fields_take_it(desk: Desk) -> None:
    assert day_today(desk) == "2026-03-02"
