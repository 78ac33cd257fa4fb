"""Files beside the ward's: flushed to the disk, put in place whole, never half.

SAFETY: nothing here opens the live database (a log beside it holds no lock, and may be copied). Closing a file that
Python opened drops SQLite's lock on it (POSIX), and a second program could write to it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

COMPANIONS = ("", "-wal", "-shm", "-journal")
"""Endings of a database and of what SQLite may keep beside it."""

_ROOM = 256 * 1024
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def flush(path: Path) -> None:
    """Return when the file or folder is on the disk."""
    if sys.platform == "win32" and path.is_dir():
        return  # a folder cannot be flushed there
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def has_room(path: Path) -> bool:
    """Whether a file beside `path` could grow larger than it: no limit, quota or full disk is in the way."""
    probe = path.with_name(f"{path.name}.probe")
    try:
        handle = os.open(probe, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            os.lseek(handle, path.stat().st_size, os.SEEK_SET)
            return os.write(handle, bytes(_ROOM)) == _ROOM
        finally:
            os.close(handle)
    except OSError as error:
        return error.errno not in _NO_ROOM
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()


def publish(part: Path, final: Path) -> None:
    """Give a finished file its final name.

    Raises:
        FileExistsError: somebody else made a file of that name in the meantime; theirs stays.
    """
    try:
        os.link(part, final)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links, such as a USB stick
        if final.exists():
            raise FileExistsError(final) from None
        part.rename(final)
    else:
        part.unlink()
    flush(final.parent)


def copy_logs(path: Path, to: Path) -> list[Path]:
    """Copy what lies beside a database under the name that it would have beside `to`, and return the copies."""
    copies = []
    for ending in COMPANIONS[1:]:
        log = path.with_name(path.name + ending)
        if log.exists() and log.stat().st_size > 0:
            copies.append(Path(shutil.copyfile(log, to.with_name(to.name + ending))))
    return copies


def move_with_logs(path: Path, to: Path) -> bool:
    """Move a database with what lies beside it; False when there was none.

    A write-ahead log left beside the next file of that name would be read into it.
    """
    was_there = path.exists()
    for ending in COMPANIONS:
        old = path.with_name(path.name + ending)
        if old.exists() and (old.stat().st_size > 0 or ending == ""):
            old.replace(to.with_name(to.name + ending))
        elif old.exists():
            old.unlink()  # an empty log
    return was_there


def remove_all(paths: Iterable[Path]) -> None:
    """Remove copies that are not needed."""
    for path in paths:
        path.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Remove a file that this program began and did not finish, with what SQLite kept beside it."""
    for ending in COMPANIONS:
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink()


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells two files apart even under two names; None when there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_nameable(path: Path) -> bool:
    """Whether this computer and SQLite can both use the name: not too long, and no half characters in it."""
    try:
        str(path).encode("utf-8")
        path.exists()
    except (OSError, UnicodeEncodeError):
        return False
    return True


def free_name(path: Path, word: str) -> Path:
    """Return a name beside `path` that is not taken: `ward.ivigdesk.replaced-1`."""
    number = 1
    while True:
        candidate = path.with_name(f"{path.name}.{word}-{number}")
        if not any(candidate.with_name(candidate.name + ending).exists() for ending in COMPANIONS):
            return candidate
        number += 1
