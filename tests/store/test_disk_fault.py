"""After a disk that could not confirm what was written, nothing more is saved until the program starts again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ivigdesk.errors import KnownError
from ivigdesk.store import Ward, driver, open_store
from tests.store import samples
from tests.store.conftest import Save

_ROOT = str(Path(__file__).parents[2])
_IOERR = 10


class _Faulty:
    """A connection whose disk fails at the statements that begin with `at`."""

    def __init__(self, connection: Any, at: str) -> None:
        self._connection = connection
        self._at = at

    def execute(self, sql: str, *more: Any) -> Any:
        if sql.startswith(self._at):
            error = driver.OperationalError("disk I/O error")
            error.sqlite_errorcode = _IOERR  # type: ignore[attr-defined]
            raise error
        return self._connection.execute(sql, *more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _fail(ward: Ward, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ward._db, "conn", _Faulty(ward._db.conn, at))


def test_a_commit_that_could_not_be_confirmed_is_said_and_stops_all_saving(
    ward: Ward, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(samples.a_patient("1"))
    _fail(ward, "COMMIT", monkeypatch)
    with pytest.raises(KnownError, match="not certain that this was saved"):
        save(samples.a_patient("2"))
    monkeypatch.undo()
    with pytest.raises(KnownError, match="NOT saved: the disk has a fault"):
        save(samples.a_patient("3"))
    assert ward.patients() == (samples.a_patient("1"),)


def test_a_checkpoint_that_could_not_be_confirmed_keeps_what_was_saved_and_stops_all_saving(
    ward: Ward, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail(ward, "PRAGMA wal_checkpoint", monkeypatch)
    save(samples.a_patient("1"))
    monkeypatch.undo()
    assert ward.patients() == (samples.a_patient("1"),)
    for refused in (lambda: save(samples.a_patient("2")), ward.check):
        with pytest.raises(KnownError, match="the disk has a fault"):
            refused()


_FAILING_FSYNC = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
static int fails(void) { return access(getenv("FAULT_FILE"), F_OK) == 0; }
int fsync(int fd) {
    int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
    if (fails()) { errno = EIO; return -1; }
    return real(fd);
}
int fdatasync(int fd) {
    int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
    if (fails()) { errno = EIO; return -1; }
    return real(fd);
}
"""

_WORK = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from ivigdesk.errors import KnownError
from ivigdesk.store import open_store
from tests.store import samples
fault = Path(sys.argv[3])
ward = open_store(Path(sys.argv[1]))

def save(name):
    with ward.changing(nurse="Li Na", at=samples.MORNING, action="test") as change:
        change.add(samples.a_patient(name))

save("1")
fault.touch()
try:
    save("2")
except KnownError as error:
    print(error)
fault.unlink()
try:
    save("3")
except KnownError as error:
    print(error)
ward.close()
try:
    open_store(Path(sys.argv[1]))
except KnownError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("cc") is None, reason="makes fsync fail with a C library")
def test_a_real_failing_flush_stops_saving_until_the_next_program(tmp_path: Path) -> None:
    source, library, fault = tmp_path / "fault.c", tmp_path / "fault.so", tmp_path / "fault"
    source.write_text(_FAILING_FSYNC, encoding="utf-8")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
    path = tmp_path / "ward" / "ward.ivigdesk"
    done = subprocess.run(
        [sys.executable, "-c", _WORK, str(path), _ROOT, str(fault)],
        env={"LD_PRELOAD": str(library), "FAULT_FILE": str(fault)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3, done.stdout
    first, second, third = done.stdout.splitlines()
    assert "not certain that this was saved" in first
    assert "NOT saved: the disk has a fault" in second
    assert "already open" in third, "this program never opens the file again"
    assert path.with_name(path.name + "-wal").exists(), "the log, perhaps the only whole copy, was not removed"
    with open_store(path) as ward:
        assert ward.check().is_sound
        assert samples.a_patient("1") in ward.patients()
        assert samples.a_patient("3") not in ward.patients()
