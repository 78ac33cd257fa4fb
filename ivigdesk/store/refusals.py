"""The sentences with which the store refuses: what happened, what is safe, what to do."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message
from ivigdesk.store import driver, files


class DiskFault(KnownError):
    """The disk could not confirm what was written: a second attempt may report success for what the first one lost."""


def of_driver(error: Exception, path: Path, *, saving: bool = False) -> KnownError | None:
    """Return the sentence for an error of the driver, or None when it is a bug of ours.

    Args:
        error: what the driver raised.
        path: the ward's file.
        saving: whether something was being saved.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or not isinstance(error, driver.Error):
        return None
    match code & 0xFF:
        case 5:  # BUSY; LOCKED would be a statement of our own left open
            return already_open()
        case 8:  # READONLY
            return read_only(path)
        case 10 if saving and files.has_room(path):  # IOERR; the driver does not say whether of a write or a flush
            return disk_fault()
        case 10 | 13:  # IOERR (also a quota or a limit on the size of files), FULL
            return not_saved_disk() if saving else disk(path)
        case 11 | 26:  # CORRUPT, NOTADB
            return damaged(path)
        case 14:  # CANTOPEN
            return cannot_open(path)
    return None


def is_busy(error: Exception) -> bool:
    """Whether another program holds the file."""
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF == 5


def already_open() -> KnownError:
    return KnownError(
        message(
            N_("ivigdesk is already open on this computer. Nothing was changed. Use that window, or close it first.")
        )
    )


def is_a_folder(path: Path) -> KnownError:
    return KnownError(message(N_("{path} is a folder, not a ward's file. Nothing was changed."), path=str(path)))


def no_folder(path: Path) -> KnownError:
    return KnownError(
        message(
            N_("The folder {path} cannot be made or used. Nothing was saved. Choose another with --data."),
            path=str(path),
        )
    )


def read_only(path: Path) -> KnownError:
    return KnownError(
        message(
            N_(
                "The ward's file {path} or its folder is read-only, so nothing could be saved. Nothing was changed."
                " Ask for permission to write there."
            ),
            path=str(path),
        )
    )


def cannot_open(path: Path) -> KnownError:
    return KnownError(
        message(
            N_("The ward's file {path} cannot be opened. Nothing was changed. Check that you may read and write it."),
            path=str(path),
        )
    )


def newer_schema(path: Path, found: int, known: int) -> KnownError:
    return KnownError(
        message(
            N_(
                "The ward's file {path} was written by a newer ivigdesk (file version {found}, this program knows"
                " {known}). Nothing was changed. Install the newer program."
            ),
            path=str(path),
            found=found,
            known=known,
        )
    )


def plain_sqlite(path: Path) -> KnownError:
    return KnownError(
        message(
            N_(
                "{path} is a plain SQLite file of another program, not a ward's file. Nothing was changed."
                " Choose another folder with --data."
            ),
            path=str(path),
        )
    )


def foreign(path: Path) -> KnownError:
    return KnownError(
        message(
            N_("{path} is a file of another program, not a ward's file. Nothing was changed. Choose another file."),
            path=str(path),
        )
    )


def damaged(path: Path) -> KnownError:
    return KnownError(
        message(
            N_(
                "{path} cannot be read: it is damaged, cut short, locked with another key, or not a ward's file."
                " Nothing was changed. Restore the newest backup with “ivigdesk restore”."
            ),
            path=str(path),
        )
    )


def half_restored(path: Path, part: Path) -> KnownError:
    return KnownError(
        message(
            N_(
                "The ward's file {path} is missing, and {part} shows that a restore was interrupted. Nothing was"
                " changed. Run “ivigdesk restore” again with the same backup."
            ),
            path=str(path),
            part=str(part),
        )
    )


def disk(path: Path) -> KnownError:
    return KnownError(
        message(
            N_("The disk with {path} is full or does not answer. Nothing was lost. Make room and try again."),
            path=str(path),
        )
    )


def not_saved_disk() -> KnownError:
    return KnownError(
        message(
            N_(
                "This was NOT saved: the disk is full or does not answer. What was saved before is safe."
                " Make room on the disk, then save again."
            )
        )
    )


def disk_fault() -> DiskFault:
    return DiskFault(
        message(
            N_(
                "The disk has a fault: it is not certain that this was saved. What was saved before is safe."
                " Close the program, open it again, and look whether this entry is there."
                " Tell whoever looks after this computer."
            )
        )
    )


def disk_had_a_fault() -> KnownError:
    return KnownError(
        message(
            N_(
                "This was NOT saved: the disk has a fault, so nothing is saved until the program is opened again."
                " Write it on paper, close the program and tell whoever looks after this computer."
            )
        )
    )


def no_nurse() -> KnownError:
    return KnownError(message(N_("This was NOT saved: nobody is signed in. Sign in, then save again.")))


def saved_otherwise(nurse: str, at: datetime) -> KnownError:
    return KnownError(
        message(
            N_(
                "This was NOT saved: {nurse} already saved it with other content ({at})."
                " What was saved stays; enter a correction instead."
            ),
            nurse=nurse,
            at=at,
        )
    )


def changed_meanwhile(nurse: str, at: datetime) -> KnownError:
    return KnownError(
        message(
            N_("This was NOT saved: {nurse} changed it in the meantime ({at}). Look at it again before you save."),
            nurse=nurse,
            at=at,
        )
    )


def infusion_exists(nurse: str, at: datetime) -> KnownError:
    return KnownError(
        message(
            N_("This was NOT saved: {nurse} already opened a record for this dose ({at}). Open that one."),
            nurse=nurse,
            at=at,
        )
    )


def number_taken(number: str) -> KnownError:
    return KnownError(
        message(
            N_("This was NOT saved: record number {number} belongs to another patient. Check the number."),
            number=number,
        )
    )


def name_taken(name: str) -> KnownError:
    return KnownError(
        message(
            N_("This was NOT saved: there is already a {name} on this ward. Add something that tells them apart."),
            name=name,
        )
    )
