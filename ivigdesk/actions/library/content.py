"""The bytes of a library file, and nothing that is no file or far too large for one."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from ivigdesk.errors import KnownError, reason_of
from ivigdesk.messages import N_, Message, message

MOST_BYTES = 200_000
"""Far above any file of the library: a larger one is another kind of file."""


def library_content(path: Path) -> bytes:
    """Return what the file holds.

    Raises:
        KnownError: it cannot be read, is no plain file, or is too large for a file of the library.
    """
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size > MOST_BYTES:
            raise KnownError(
                message(N_("“{file}” is too large for a file of the library. Allowed: up to 200 kB."), file=path.name)
            )
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            # A pipe would be waited for without end, a device read without end.
            raise _unreadable(path, message(N_("this is no plain file")))
        return path.read_bytes()
    except OSError as error:
        why = message(N_("the link leads to itself")) if error.errno == errno.ELOOP else reason_of(error)
        raise _unreadable(path, why) from error


def _unreadable(path: Path, why: Message | str) -> KnownError:
    return KnownError(message(N_("“{file}” cannot be read: {why}."), file=path.name, why=why))
