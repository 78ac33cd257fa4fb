"""The walls of the store: one door to the driver, and no hand on the live file."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivigdesk.store import driver

PACKAGE = Path(driver.__file__).parents[1]
STORE = PACKAGE / "store"


def _sources(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def _calls(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_only_the_driver_room_imports_a_driver() -> None:
    doors = {"sqlite3", "sqlcipher3", "pysqlite3", "sqlite_utils", "apsw"}
    found = {name for name, tree in _sources(PACKAGE) if doors & set(_imports(tree))}
    assert {Path(name).as_posix() for name in found} == {"store/driver.py"}


def test_sqlite_utils_uses_the_drivers_errors() -> None:
    import sqlite_utils.utils

    assert sqlite_utils.utils.OperationalError is driver.OperationalError


def test_nothing_in_the_store_opens_copies_or_forks() -> None:
    allowed = {
        ("store/files.py", "os.open"),  # flushes a finished copy
        ("store/files.py", "shutil.copyfile"),  # a log of a file that is not open here
        ("store/backup.py", "shutil.copyfile"),  # a backup, which is_held and identity keep apart from the live file
    }
    forbidden = {"open", "io.open", "os.open", "os.fork", "shutil.copy", "shutil.copy2", "shutil.copyfile"}
    methods = {"read_bytes", "write_bytes", "read_text", "write_text"}
    found = {
        (Path(name).as_posix(), call)
        for name, tree in _sources(STORE)
        for call in _calls(tree)
        if call in forbidden or call.split(".")[-1] in methods
    }
    assert found == allowed


def test_nothing_in_the_store_reads_a_clock_or_runs_what_it_reads() -> None:
    forbidden = {"datetime.now", "date.today", "time.time", "eval", "exec", "pickle.loads", "marshal.loads"}
    found = {(name, call) for name, tree in _sources(STORE) for call in _calls(tree) if call in forbidden}
    assert found == set()


_WITHOUT_STDLIB = """
import sqlite3, sys
from pathlib import Path
def refuse(*given, **named):
    raise SystemExit("the standard library's SQLite was used")
sqlite3.connect = sqlite3.dbapi2.connect = sqlite3.Connection = refuse
from ivigdesk.store import open_store
with open_store(Path(sys.argv[1])) as ward:
    assert ward.check().is_sound
print("done")
"""

_TOO_LATE = """
import sqlite_utils
try:
    import ivigdesk.store.driver
except ImportError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("script", "said"), [(_WITHOUT_STDLIB, "done"), (_TOO_LATE, "sqlite_utils was imported before")]
)
def test_two_copies_of_sqlite_never_meet(tmp_path: Path, script: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "ward")], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.startswith(said)
