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
