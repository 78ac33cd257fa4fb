"""Copy the ward's file to a safe place, and put a copy back in force."""

from __future__ import annotations

from pathlib import Path

from ivigdesk.actions.desk import Desk
from ivigdesk.messages import N_, Message, message
from ivigdesk.settings import DATABASE_NAME
from ivigdesk.store import backup


def back_up(desk: Desk, file: Path) -> Message:
    """Write a copy of the ward's file, read it back, and return what it holds as a sentence.

    Raises:
        KnownError: the place cannot be written, or holds a file of that name already.
    """
    report = backup.back_up(desk.ward, file)
    return message(
        N_("Backup {file}: {entries} journal entries, newest {head}; read back and compared."),
        file=report.path,
        entries=report.entries,
        head=report.head[:8].upper() or "–",
    )


def restore(file: Path, folder: Path) -> tuple[Message, ...]:
    """Put a backup in force in `folder`, and return what was done in sentences; the ward must be closed.

    The file that was there is moved aside, never deleted.

    Raises:
        KnownError: the backup cannot be used, or the ward is open; the ward is as it was.
    """
    report = backup.restore(file, folder / DATABASE_NAME)
    said = [
        message(
            N_("Restored: {entries} journal entries, newest {head}."),
            entries=report.backup.entries,
            head=report.backup.head[:8].upper() or "–",
        )
    ]
    if report.moved_to:
        said.append(message(N_("The file that was in force lies now at {file}."), file=report.moved_to))
    if report.is_other_ward:
        said.append(message(N_("It was the file of another ward.")))
    if report.is_continued:
        said.append(message(N_("It holds entries that are newer than the backup; they are not in force now.")))
    return tuple(said)
