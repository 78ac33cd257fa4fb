"""Backups are read back before they count; a restore moves aside and never deletes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivigdesk.errors import KnownError
from ivigdesk.store import Ward, backup, open_store, opening
from tests.store import samples
from tests.store.conftest import Save, bytes_of


@pytest.fixture
def to(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder / "monday.ivigdesk"


def test_a_backup_holds_what_the_ward_held(ward: Ward, save: Save, to: Path) -> None:
    save(samples.a_patient(), samples.a_course())
    report = backup.back_up(ward, to)
    assert (report.path, report.device, report.entries, report.head) == (str(to), ward.device, 1, ward.journal_head())
    assert list(bytes_of(to.parent)) == [to.name]
    assert backup.read_back(to) == report
    save(samples.a_patient("later"))
    with open_store(to) as copy:
        assert copy.courses() == (samples.a_course(),)
        assert len(copy.patients()) == 1


def test_a_backup_never_overwrites(ward: Ward, to: Path) -> None:
    to.write_text("mine")
    with pytest.raises(KnownError, match="already"):
        backup.back_up(ward, to)
    assert bytes_of(to.parent) == {to.name: b"mine"}


def test_a_backup_to_nowhere_is_a_sentence(ward: Ward, tmp_path: Path, save: Save) -> None:
    with pytest.raises(KnownError, match="could not be written"):
        backup.back_up(ward, tmp_path / "missing" / "file")
    save(samples.a_patient())
    assert len(ward.patients()) == 1


def test_a_backup_that_does_not_read_back_is_not_kept(
    ward: Ward, save: Save, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(samples.a_patient())

    def bad_stick(part: Path) -> None:
        whole = bytearray(part.read_bytes())
        whole[-2000] ^= 1
        part.write_bytes(whole)

    monkeypatch.setattr("ivigdesk.store.files.flush", bad_stick)
    with pytest.raises(KnownError, match="damaged"):
        backup.back_up(ward, to)
    assert bytes_of(to.parent) == {}


def test_a_backup_is_not_made_in_the_middle_of_a_change(ward: Ward, to: Path) -> None:
    with ward.changing(nurse="Li Na", at=samples.MORNING, action="test") as change:
        change.add(samples.a_patient())
        with pytest.raises(ValueError, match="middle of a change"):
            backup.back_up(ward, to)


def test_a_protected_ward_has_protected_backups(path: Path, to: Path) -> None:
    with open_store(path, "four old words here") as ward:
        with pytest.raises(KnownError):
            backup.back_up(ward, to)
        backup.back_up(ward, to, "four old words here")
    with pytest.raises(KnownError, match="another key"):
        backup.read_back(to)


def test_restoring_moves_the_newer_file_aside(ward: Ward, save: Save, path: Path, to: Path) -> None:
    save(samples.a_patient())
    made = backup.back_up(ward, to)
    save(samples.a_patient("later"))
    ward.close()
    newer = path.read_bytes()
    report = backup.restore(to, path)
    assert (report.backup.entries, report.entries_before) == (1, 2)
    assert (report.is_other_ward, report.is_continued) == (False, True)
    assert Path(report.moved_to).read_bytes() == newer
    assert sorted(bytes_of(path.parent)) == ["ward.ivigdesk", "ward.ivigdesk.replaced-1"]
    with open_store(path) as again:
        assert again.journal_head() == made.head
        assert again.check(made.head).is_sound
    assert backup.restore(to, path).moved_to.endswith("replaced-2")


def test_a_left_log_goes_with_its_file(ward: Ward, save: Save, path: Path, to: Path) -> None:
    save(samples.a_patient())
    backup.back_up(ward, to)
    ward.close()
    path.write_bytes(b"damaged" * 1000)
    path.with_name(path.name + "-wal").write_bytes(b"log" * 5000)
    report = backup.restore(to, path)
    assert report.entries_before is None
    assert sorted(bytes_of(path.parent)) == [
        "ward.ivigdesk", "ward.ivigdesk.replaced-1", "ward.ivigdesk.replaced-1-wal",
    ]  # fmt: skip
    with open_store(path) as again:
        assert len(again.patients()) == 1


def test_restoring_to_a_new_computer_makes_the_folder(ward: Ward, save: Save, to: Path, tmp_path: Path) -> None:
    save(samples.a_patient())
    backup.back_up(ward, to)
    report = backup.restore(to, tmp_path / "new" / "ward.ivigdesk")
    assert (report.moved_to, report.entries_before) == ("", None)
    with open_store(tmp_path / "new" / "ward.ivigdesk") as again:
        assert again.patients() == (samples.a_patient(),)


def test_another_wards_file_is_told_apart(ward: Ward, save: Save, to: Path, tmp_path: Path) -> None:
    save(samples.a_patient())
    backup.back_up(ward, to)
    other = tmp_path / "other" / "ward.ivigdesk"
    open_store(other).close()
    report = backup.restore(to, other)
    assert (report.is_other_ward, report.is_continued) == (True, False)


@pytest.mark.parametrize("place", [0, 5000, -1])
def test_a_damaged_backup_is_refused_and_the_ward_stays(
    ward: Ward, save: Save, path: Path, to: Path, place: int
) -> None:
    save(samples.a_patient())
    backup.back_up(ward, to)
    ward.close()
    whole = bytearray(to.read_bytes())
    whole[place] ^= 4
    to.write_bytes(whole)
    before = bytes_of(path.parent)
    with pytest.raises(KnownError, match="damaged"):
        backup.restore(to, path)
    assert bytes_of(path.parent) == before


def test_a_backup_whose_journal_was_altered_is_refused(ward: Ward, save: Save, path: Path, to: Path) -> None:
    save(samples.a_patient())
    backup.back_up(ward, to)
    ward.close()
    connection = opening.keyed(to, None, "mode=rw")
    connection.execute("DROP TRIGGER journal_never_update")
    connection.execute("UPDATE journal SET nurse = 'Somebody'")
    connection.close()
    before = bytes_of(path.parent)
    with pytest.raises(KnownError, match=r"journal .* was altered"):
        backup.restore(to, path)
    assert bytes_of(path.parent) == before


def test_an_open_ward_is_not_replaced(ward: Ward, save: Save, path: Path, to: Path) -> None:
    backup.back_up(ward, to)
    with pytest.raises(KnownError, match="already open"):
        backup.restore(to, path)
    with pytest.raises(KnownError, match="own file"):
        backup.restore(path, path)
    save(samples.a_patient())
    assert len(ward.patients()) == 1


@pytest.mark.parametrize("name", ["missing", ""])
def test_a_backup_that_is_not_there_is_a_sentence(path: Path, to: Path, name: str) -> None:
    with pytest.raises(KnownError, match=r"There is no file|is a folder"):
        backup.restore(to.parent / name, path)
    assert not path.parent.exists()


def test_an_interrupted_backup_is_no_backup(ward: Ward, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pulled_out(part: Path, final: Path) -> None:
        raise OSError("the stick is gone")

    monkeypatch.setattr("ivigdesk.store.files.publish", pulled_out)
    with pytest.raises(KnownError, match="could not be written"):
        backup.back_up(ward, to)
    assert bytes_of(to.parent) == {}


def test_a_restore_that_fails_at_the_last_step_puts_the_file_back(
    ward: Ward, save: Save, path: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(samples.a_patient())
    backup.back_up(ward, to)
    ward.close()
    before = bytes_of(path.parent)

    def pulled_out(part: Path, final: Path) -> None:
        raise OSError("the stick is gone")

    monkeypatch.setattr("ivigdesk.store.files.publish", pulled_out)
    with pytest.raises(KnownError, match="could not be written"):
        backup.restore(to, path)
    assert bytes_of(path.parent) == before


def test_no_empty_ward_is_made_where_a_restore_was_cut_off(ward: Ward, save: Save, path: Path, to: Path) -> None:
    save(samples.a_patient())
    backup.back_up(ward, to)
    ward.close()
    path.rename(path.with_name("ward.ivigdesk.replaced-1"))
    path.with_name("ward.ivigdesk.part-1").write_bytes(to.read_bytes())
    before = bytes_of(path.parent)
    with pytest.raises(KnownError, match="a restore was interrupted"):
        open_store(path)
    assert bytes_of(path.parent) == before
    assert backup.restore(to, path).moved_to == ""
    path.with_name("ward.ivigdesk.part-1").unlink()
    with open_store(path) as again:
        assert len(again.patients()) == 1
