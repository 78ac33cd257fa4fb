"""Opening a ward's file: the order of steps is the protection, and each refusal leaves every byte as it was."""

from __future__ import annotations

import glob
import hashlib
import os
import threading
import uuid
from pathlib import Path
from typing import Any

from ivigdesk import __version__
from ivigdesk.errors import KnownError
from ivigdesk.store import driver, files, refusals, schema
from ivigdesk.store.driver import Connection
from ivigdesk.store.records.questions import ask, insert
from ivigdesk.store.ward import Ward

KEY_WITHOUT_PASSPHRASE = hashlib.sha256(b"ivigdesk: a ward without a passphrase").hexdigest()
"""No secret: anybody can compute it. It buys SQLCipher's check of every page, so that a flipped bit is noticed."""

_PAGE = 4096  # smallest whole file

# SAFETY: a second connection to the same file in one process drops the first one's lock when it is closed.
_held: set[tuple[int, int]] = set()
_held_turn = threading.Lock()


def open_store(path: Path, key: str | None = None) -> Ward:
    """Return the ward in the file at `path`, which is made when there is none.

    Args:
        path: the ward's file.
        key: the ward's passphrase. None: nobody chose one, and the file is readable by whoever holds it. Its pages
            are checked all the same, under a key that is written in this program. Choosing and keeping passphrases
            is a later matter; a file opens only with what it was made with.

    Raises:
        KnownError: one sentence; the file and its folder are as they were.
    """
    path = path.absolute()
    if not files.is_nameable(path):
        raise refusals.no_folder(path.parent)
    if path.is_dir():
        raise refusals.is_a_folder(path)
    if not path.exists():
        _refuse_a_gap(path)
        _create(path, key)
    seen = files.identity(path)
    with _held_turn:
        if seen is not None and seen in _held:
            raise refusals.already_open()
        try:
            _peek(path, key)
            connection = _open(path, key)
        except driver.Error as error:
            known = refusals.of_driver(error, path)
            if known is None:
                raise
            raise known from error
        held = files.identity(path) or (0, 0)
        _held.add(held)
    db = driver.open_database(connection)
    device = uuid.UUID(ask(db, "SELECT device FROM ward_file")[0]["device"])
    return Ward(db, path, device, lambda: _held.discard(held))


def is_held(path: Path) -> bool:
    """Whether this program has the file open."""
    return files.identity(path) in _held


def keyed(path: Path, key: str | None, mode: str) -> Connection:
    """Return a connection that has its key and will check every page.

    Args:
        path: a file.
        key: passphrase, or None; see `open_store`.
        mode: what the address says after the question mark, e.g. `mode=rw`.

    Raises:
        ImportError: the driver would write the file unprotected.
    """
    connection = driver.connect(f"{path.absolute().as_uri()}?{mode}")
    try:
        literal = f"x'{KEY_WITHOUT_PASSPHRASE}'" if key is None else key.replace('"', '""')
        connection.execute(f'PRAGMA key = "{literal}"')
        if not driver.versions(connection)[1]:
            raise ImportError("the SQLite driver is not SQLCipher: the key would be ignored")
    except BaseException:
        connection.close()
        raise
    return connection


def damage(connection: Connection) -> str:
    """Return what is wrong with the file's pages or structure; empty when nothing is."""
    for question in ("PRAGMA cipher_integrity_check", "PRAGMA quick_check"):
        for (found,) in connection.execute(question).fetchall():
            if found != "ok":
                return str(found)
    return ""


def refuse_foreign(connection: Connection, path: Path) -> int:
    """Return the file's schema number.

    Raises:
        KnownError: it is another program's file, or a newer program's.
    """
    application, number = _pragma(connection, "application_id"), _pragma(connection, "user_version")
    if application != schema.APPLICATION_ID:
        raise refusals.foreign(path)
    if number > schema.SCHEMA:
        raise refusals.newer_schema(path, number, schema.SCHEMA)
    return int(number)


def _pragma(connection: Connection, question: str) -> Any:
    """Return the one answer of a PRAGMA, read to its end: a statement left open would keep the file locked."""
    rows = connection.execute(f"PRAGMA {question}").fetchall()
    return rows[0][0] if rows else None


def _peek(path: Path, key: str | None) -> None:
    """Refuse what must not be opened at all, by reading it in a way that can change and lock nothing.

    Opening a file for writing may already move its write-ahead log into it, so everything that can be refused
    beforehand is.
    """
    if path.stat().st_size < _PAGE:
        raise refusals.damaged(path)
    connection = keyed(path, key, "mode=ro&immutable=1")
    try:
        refuse_foreign(connection, path)
    except driver.Error as error:
        if _is_plain(path):
            raise refusals.plain_sqlite(path) from error
        if not _has_log(path):
            raise
        # A crash during a checkpoint leaves pages half written, and the log that heals them when it is opened.
    finally:
        connection.close()
    if not (os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)):
        raise refusals.read_only(path)


def _is_plain(path: Path) -> bool:
    connection = driver.connect(f"{path.as_uri()}?mode=ro&immutable=1")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except driver.Error:
        return False
    finally:
        connection.close()
    return True


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _open(path: Path, key: str | None) -> Connection:
    connection = keyed(path, key, "mode=rw")
    try:
        _pragma(connection, "locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")  # now or never: no waiting, no trying again
        connection.execute("ROLLBACK")
        number = refuse_foreign(connection, path)
        if _pragma(connection, "journal_mode") != "wal" and damage(connection):
            raise refusals.damaged(path)  # before the switch to WAL writes the first page
        settle_in(connection)
        _pragma(connection, "wal_checkpoint(TRUNCATE)")
        if damage(connection):
            raise refusals.damaged(path)
        db = driver.open_database(connection)
        if number < schema.SCHEMA:
            keep_before_migrating(connection, path, number)
            schema.migrations.apply(db)
            _pragma(connection, "wal_checkpoint(TRUNCATE)")
    except BaseException:
        connection.close()
        raise
    return connection


def settle_in(connection: Connection) -> None:
    """Set what keeps an acknowledged dose through a power cut, and what keeps references whole.

    Raises:
        ImportError: the driver did not take a setting.
    """
    if _pragma(connection, "journal_mode = WAL") != "wal":
        raise ImportError("the SQLite driver has no write-ahead log")
    # A file just switched to WAL, after quick_check has read it, says "locked" to the checkpoint until it is written.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("COMMIT")
    for setting, value in SETTINGS.items():
        _pragma(connection, f"{setting} = {value}")
        if _pragma(connection, setting) != value:
            raise ImportError(f"the SQLite driver did not take {setting} = {value}")


SETTINGS = {
    "synchronous": 2,  # FULL: NORMAL forgets acknowledged doses at a power cut
    "foreign_keys": 1,
    "recursive_triggers": 1,  # otherwise REPLACE slips past the triggers that forbid DELETE
    "trusted_schema": 0,
    "cell_size_check": 1,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
}
"""Settings of the connection, set and read back at each opening."""


def keep_before_migrating(connection: Connection, path: Path, number: int) -> Path:
    """Keep a copy of the file as it is, and return where."""
    copy = files.free_name(path, f"before-update-from-{number}")
    connection.execute("VACUUM INTO ?", [str(copy)])
    files.flush(copy)
    files.flush(copy.parent)
    return copy


def _refuse_a_gap(path: Path) -> None:
    """Refuse to make an empty ward where a restore was cut off between moving the old file and naming the new one."""
    left = sorted(path.parent.glob(f"{glob.escape(path.name)}.part-*")) if path.parent.is_dir() else []
    if left:
        raise refusals.half_restored(path, left[0])


def _create(path: Path, key: str | None) -> None:
    """Make the file under another name and put it in place whole, so that a half-made ward is never found."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusals.no_folder(path.parent) from error
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        connection = keyed(part, key, "mode=rwc")
        try:
            settle_in(connection)
            db = driver.open_database(connection)
            schema.migrations.apply(db)
            insert(db, "ward_file", {"id": 1, "device": str(uuid.uuid4()), "program": __version__})
        finally:
            connection.close()
        files.publish(part, path)
    except FileExistsError:
        pass  # another start was faster; its file is opened, or found to be in use
    except driver.Error as error:
        raise _not_created(error, path) from error
    except OSError as error:
        raise refusals.no_folder(path.parent) from error
    finally:
        files.remove(part)


def _not_created(error: Exception, path: Path) -> KnownError | Exception:
    if not os.access(path.parent, os.W_OK | os.X_OK):
        return refusals.no_folder(path.parent)
    return refusals.of_driver(error, path) or error
