"""Writes a file whole or not at all: a reader never meets half of one."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from ivigdesk.errors import KnownError, reason_of
from ivigdesk.messages import N_, message


def write_whole(content: bytes, file: Path) -> None:
    """Write `content` to `file`, in place of an earlier one.

    Raises:
        KnownError: the file cannot be written; an earlier one is left as it was.
    """
    part = file.parent / f"{file.name}.part"
    try:
        if not _can_be_a_file(file):
            raise KnownError(message(N_("“{file}” is not the name of a file. Name the file to write."), file=str(file)))
        with part.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):  # where nothing can be written, nothing can be removed either
            part.unlink()
        raise KnownError(
            message(
                N_("“{file}” cannot be written: {why}. Choose another place; an earlier file is left as it was."),
                file=str(file),
                why=reason_of(error),
            )
        ) from error


def _can_be_a_file(file: Path) -> bool:
    """Return whether this names a file: no blank, no device that a file would take the place of.

    Raises:
        OSError: the system cannot even look for such a name.
    """
    if not file.name.strip():
        return False
    return not file.exists() or file.is_file() or file.is_dir()  # a folder is told as the system tells it
