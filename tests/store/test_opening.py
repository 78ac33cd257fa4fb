"""Opening: what is set, and what is refused with every byte left as it was."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivigdesk.errors import KnownError
from ivigdesk.store import Ward, driver, open_store, opening, schema
from tests.store import samples
from tests.store.conftest import bytes_of

unix = pytest.mark.skipif(sys.platform == "win32", reason="rights work in another way there")


def _made(path: Path, key: str | None = None) -> Path:
    with open_store(path, key) as ward, ward.changing(nurse="Li Na", at=samples.MORNING, action="test") as change:
        change.add(samples.a_patient())
    return path


def _refused(path: Path, words: str, key: str | None = None) -> None:
    before = bytes_of(path.parent)
    began = time.monotonic()
    with pytest.raises(KnownError, match=words):
        open_store(path, key)
    assert time.monotonic() - began < 2
    assert bytes_of(path.parent) == before


def _change_header(path: Path, statement: str) -> None:
    connection = opening.keyed(path, None, "mode=rw")
    connection.execute(statement)
    connection.close()


def test_the_connection_is_set_to_keep_what_it_acknowledges(ward: Ward) -> None:
    wanted = {
        "locking_mode": "exclusive",
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "application_id": schema.APPLICATION_ID,
        "user_version": schema.SCHEMA,
    }
    found = ward.ask(lambda db: {name: db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted})
    assert found == wanted
    sqlite, sqlcipher = ward.ask(lambda db: driver.versions(db.conn))
    assert tuple(map(int, sqlite.split("."))) >= driver.OLDEST_SQLITE
    assert sqlcipher.startswith("4.")


def test_a_new_ward_makes_its_folder_and_leaves_one_file(path: Path) -> None:
    open_store(path).close()
    assert list(bytes_of(path.parent)) == ["ward.ivigdesk"]


def test_each_file_has_an_id_of_its_own(tmp_path: Path) -> None:
    with open_store(tmp_path / "one") as one, open_store(tmp_path / "two") as two:
        assert one.device != two.device
        device = one.device
    with open_store(tmp_path / "one") as again:
        assert again.device == device


def test_the_pages_are_not_readable_as_they_lie(path: Path) -> None:
    _made(path)
    assert "小明".encode() not in path.read_bytes()
    assert not path.read_bytes().startswith(b"SQLite format 3")


def test_a_newer_file_is_refused_with_both_versions(path: Path) -> None:
    _change_header(_made(path), "PRAGMA user_version = 99")
    _refused(path, f"file version 99, this program knows {schema.SCHEMA}")


def test_another_programs_protected_file_is_refused(path: Path) -> None:
    _change_header(_made(path), "PRAGMA application_id = 5")
    _refused(path, "a file of another program")


def test_a_plain_sqlite_file_is_named_as_such(path: Path) -> None:
    path.parent.mkdir()
    connection = driver.connect(path.as_uri())
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    _refused(path, "plain SQLite file")


@pytest.mark.parametrize("content", [b"", b"x", b"hello" * 5000, b"\0" * 8192], ids=["empty", "one", "text", "zeros"])
def test_a_file_that_is_no_ward_is_refused(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    _refused(path, "damaged, cut short, locked with another key, or not a ward's file")


@pytest.mark.parametrize(("made", "opened"), [("right", "wrong"), ("right", None), (None, "wrong")])
def test_another_key_is_refused(path: Path, made: str | None, opened: str | None) -> None:
    _made(path, made)
    _refused(path, "locked with another key", opened)
    open_store(path, made).close()


def test_a_passphrase_may_hold_quotes(path: Path) -> None:
    key = """it's "four" words; -- 密码"""
    _made(path, key)
    with open_store(path, key) as ward:
        assert len(ward.patients()) == 1


@pytest.mark.parametrize("keep", [1, 100, 4095, 4096, 8192, 50_000, -4096, -1])
def test_a_file_cut_short_is_refused(path: Path, keep: int) -> None:
    whole = _made(path).read_bytes()
    path.write_bytes(whole[:keep])
    _refused(path, "damaged")


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_bit_is_noticed(path: Path, seed: int) -> None:
    whole = bytearray(_made(path).read_bytes())
    whole[len(whole) * seed // 12 + 3 * seed] ^= 1 << (seed % 8)
    path.write_bytes(whole)
    _refused(path, "damaged")


def test_a_swapped_page_is_noticed(path: Path) -> None:
    whole = _made(path).read_bytes()
    path.write_bytes(whole[:4096] + whole[8192:12288] + whole[4096:8192] + whole[12288:])
    _refused(path, "damaged")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ward.ivigdesk").mkdir()
    _refused(tmp_path / "ward.ivigdesk", "is a folder")


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ward").write_text("a file")
    with pytest.raises(KnownError, match=r"folder .* cannot be made or used"):
        open_store(tmp_path / "ward" / "ward.ivigdesk")
    assert bytes_of(tmp_path) == {"ward": b"a file"}


def test_a_second_start_in_this_program_is_refused_and_keeps_the_lock(ward: Ward, path: Path) -> None:
    with pytest.raises(KnownError, match="already open"):
        open_store(path)
    assert _in_another_program(path) == "refused: ivigdesk is already open on this computer"
    assert ward.patients() == ()


def test_a_second_program_is_refused_at_once_until_the_first_has_closed(ward: Ward, path: Path) -> None:
    began = time.monotonic()
    assert _in_another_program(path).startswith("refused: ivigdesk is already open")
    assert time.monotonic() - began < 10  # with the start of the interpreter; the refusal itself is timed below
    ward.close()
    assert _in_another_program(path) == "opened"


def test_a_second_program_is_refused_under_another_name_of_the_file(ward: Ward, path: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(path)
    with pytest.raises(KnownError, match="already open"):
        open_store(tmp_path / "link")


_OPEN = """
import sys, time
from pathlib import Path
from ivigdesk.errors import KnownError
from ivigdesk.store import open_store
if len(sys.argv) > 2:
    import os
    os.setgid(65534); os.setuid(65534)
began = time.monotonic()
try:
    open_store(Path(sys.argv[1])).close()
    said = "opened"
except KnownError as error:
    said = "refused: " + str(error).split(". ")[0]
if time.monotonic() - began > 2:
    said = "too slow"
print(said)
"""


def _in_another_program(path: Path, *more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, str(path), *more], capture_output=True, text=True, check=True, timeout=30
    )
    return done.stdout.strip()


def _as_somebody_else(path: Path) -> str:
    """Open the file without the right to write it; an administrator's rights are given up first."""
    return _in_another_program(path, *(["nobody"] if os.geteuid() == 0 else []))


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody can reach; pytest's own are private."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        Path(folder).chmod(0o755)


@unix
@pytest.mark.parametrize(("folder", "file"), [(0o555, 0o444), (0o777, 0o444), (0o555, 0o666)])
def test_a_file_or_folder_that_cannot_be_written_is_refused(public: Path, folder: int, file: int) -> None:
    path = _made(public / "ward.ivigdesk")
    before = bytes_of(public)
    path.chmod(file)
    public.chmod(folder)
    assert "is read-only" in _as_somebody_else(path)
    assert bytes_of(public) == before


@unix
def test_a_folder_that_cannot_be_made_is_refused(public: Path) -> None:
    public.chmod(0o555)
    assert "cannot be made or used" in _as_somebody_else(public / "new" / "ward.ivigdesk")
    assert "cannot be made or used" in _as_somebody_else(public / "ward.ivigdesk")
    assert bytes_of(public) == {}


def test_a_file_that_was_damaged_while_open_is_a_sentence_too(path: Path) -> None:
    _made(path)
    with open_store(path) as ward:
        ward.ask(lambda db: db.conn.execute("PRAGMA cache_size = 0"))
        with path.open("r+b") as file:
            for page in range(1, path.stat().st_size // 4096):
                file.seek(page * 4096 + 100)
                file.write(b"\xff" * 50)
        with pytest.raises(KnownError, match="damaged"):
            ward.patients()
