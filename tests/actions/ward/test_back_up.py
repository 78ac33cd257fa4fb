"""A backup is read back before it counts, never overwrites, and can be put in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivigdesk.actions.desk import Desk, open_desk
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.actions.ward.back_up import back_up, restore
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording
from tests.conftest import li_na


def test_a_backup_says_what_it_holds_and_never_overwrites(
    desk: Desk, course: Course, tmp_path: Path, english: Wording
) -> None:
    file = tmp_path / "copy.ivigdesk"
    said = english.say(back_up(desk, file))
    assert str(file) in said
    assert desk.journal_head.replace(" ", "") in said
    before = file.read_bytes()
    with pytest.raises(KnownError, match="already"):
        back_up(desk, file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", ["no-such-folder/copy", "x" * 300, "\udcff"])
def test_a_place_that_cannot_be_written_is_refused_and_nothing_left(desk: Desk, tmp_path: Path, name: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(KnownError, match="could not be written"):
        back_up(desk, tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_backup_is_put_in_force_and_what_came_after_it_is_said_and_kept_aside(
    desk: Desk, folder: Path, clock: SetClock, tmp_path: Path, english: Wording
) -> None:
    file = tmp_path / "copy.ivigdesk"
    back_up(desk, file)
    register_patient(desk, li_na())
    with pytest.raises(KnownError, match="already open"):
        restore(file, folder)
    desk.close()
    said = [english.say(sentence) for sentence in restore(file, folder)]
    assert len(said) == 3
    assert "newer than the backup" in said[-1]
    again = open_desk(folder, clock)
    try:
        assert again.ward.patients() == ()
    finally:
        again.close()
    assert list(folder.glob("*replaced*"))


def test_a_backup_into_an_empty_folder_needs_no_words_about_an_earlier_file(
    desk: Desk, tmp_path: Path, clock: SetClock
) -> None:
    file = tmp_path / "copy.ivigdesk"
    back_up(desk, file)
    assert len(restore(file, tmp_path / "elsewhere")) == 1
    again = open_desk(tmp_path / "elsewhere", clock)
    try:
        assert again.settings == desk.settings
    finally:
        again.close()


@pytest.mark.parametrize("name", ["none", ".", "x" * 300])
def test_what_is_no_backup_is_refused_and_the_ward_left_as_it_was(
    desk: Desk, folder: Path, tmp_path: Path, name: str
) -> None:
    desk.close()
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(KnownError, match="Nothing was changed"):
        restore(tmp_path / name, folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
