"""Backups: complete, read back before they count, and put back without ever deleting what was there."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Record, message
from ivigdesk.store import checking, driver, files, journal, opening, refusals
from ivigdesk.store.driver import Connection, Database
from ivigdesk.store.records.questions import ask
from ivigdesk.store.ward import Ward


class BackupReport(Record, frozen=True):
    """What a backup holds.

    Attributes:
        path: where it lies.
        device: the ward's file that it was made of.
        entries: number of journal entries.
        head: newest hash of the journal.
        counts: rows by table.
    """

    path: str
    device: UUID
    entries: int
    head: str
    counts: tuple[tuple[str, int], ...]


class RestoreReport(Record, frozen=True):
    """What a restore did.

    Attributes:
        backup: what is in force now.
        moved_to: where the earlier file lies now; empty when there was none.
        entries_before: journal entries of the earlier file; None when it could not be read.
        is_other_ward: whether the earlier file was another ward's.
        is_continued: whether the earlier file goes on from the backup: what was done after it is set aside with it.
    """

    backup: BackupReport
    moved_to: str
    entries_before: int | None
    is_other_ward: bool
    is_continued: bool


def back_up(ward: Ward, to: Path, key: str | None = None) -> BackupReport:
    """Return what was copied: a ward's file as of this moment, read back and compared, under its final name.

    Args:
        ward: open; saving waits meanwhile.
        to: name of the new file; there must be none.
        key: the ward's passphrase, as for `open_store`.

    Raises:
        KnownError: the place cannot be written, or the copy does not read back; no file of that name is left.
        ValueError: a change is being made.
    """
    to = to.absolute()
    if files.identity(to) is not None:
        raise _taken(to)
    if ward.is_changing:
        raise ValueError("a backup cannot be made in the middle of a change")
    if not files.is_nameable(to):
        raise _not_written(to)
    part = files.free_name(to, "part")
    try:
        return ward.ask(_copy, part, to, key)
    except OSError as error:
        raise _not_written(to) from error
    finally:
        files.remove(part)


def _copy(db: Database, part: Path, to: Path, key: str | None) -> BackupReport:
    try:
        db.conn.execute("VACUUM INTO ?", [str(part)])
    except driver.OperationalError as error:
        raise _not_written(to) from error
    files.flush(part)  # VACUUM INTO may leave that to the system
    report = read_back(part, key)
    if report.head != journal.head(db) or report.counts != checking.counts(db):
        raise _not_whole(to)
    try:
        files.publish(part, to)
    except FileExistsError as error:
        raise _taken(to) from error
    return _named(report, to)


def read_back(path: Path, key: str | None = None) -> BackupReport:
    """Return what a backup holds, after reading every page of it and its whole journal.

    Raises:
        KnownError: it is no ward's file, newer than this program, damaged, or its journal was altered.
    """
    path = path.absolute()
    if files.identity(path) is None:
        raise _missing(path)
    if path.is_dir():
        raise refusals.is_a_folder(path)
    if opening.is_held(path):
        raise refusals.already_open()
    try:
        connection = opening.keyed(path, key, "mode=ro&immutable=1")
        try:
            return _read(connection, path)
        finally:
            connection.close()
    except driver.Error as error:
        known = refusals.of_driver(error, path)
        if known is None:
            raise
        raise known from error


def _read(connection: Connection, path: Path) -> BackupReport:
    opening.refuse_foreign(connection, path)
    db = driver.open_database(connection)
    if opening.damage(connection) or checking.reference_problems(db):
        raise refusals.damaged(path)
    entries = journal.entries(lambda newest: journal.slice_after(db, newest))
    if journal.verify(entries):
        raise _altered(path)
    counts = checking.counts(db)
    return BackupReport(
        path=str(path),
        device=UUID(ask(db, "SELECT device FROM ward_file")[0]["device"]),
        entries=dict(counts)["journal"],
        head=journal.head(db),
        counts=counts,
    )


def restore(backup: Path, to: Path, key: str | None = None) -> RestoreReport:
    """Return what was put in force at `to`. The file that was there is moved aside, never deleted.

    The backup is read through first, copied, and the copy read through again, before the earlier file is touched.

    Args:
        backup: made by `back_up`; it stays where it is.
        to: the ward's file; closed, in this program and in every other.
        key: the backup's passphrase, as for `open_store`.

    Raises:
        KnownError: the backup cannot be used, the ward is open, or there is no room; the ward is as it was.
    """
    backup, to = backup.absolute(), to.absolute()
    if files.identity(backup) is not None and files.identity(backup) == files.identity(to):
        raise _is_the_ward(backup)
    if opening.is_held(to):
        raise refusals.already_open()
    read_back(backup, key)
    part = files.free_name(to, "part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup, part)
        files.flush(part)
        report = read_back(part, key)
        return _swap(part, to, key, report)
    except OSError as error:
        raise _not_written(to) from error
    finally:
        files.remove(part)


def _swap(part: Path, to: Path, key: str | None, report: BackupReport) -> RestoreReport:
    aside = files.free_name(to, "replaced")
    # SAFETY: opening a damaged file to see whether it is in use may empty the log beside it, which can hold doses.
    logs = files.copy_logs(to, aside)
    try:
        before, is_other, is_continued = _earlier(to, key, report)
    except KnownError:
        files.remove_all(logs)
        raise
    if before is not None:
        files.remove_all(logs)  # it could be read, and closing it took its log in
    moved = files.move_with_logs(to, aside)
    try:
        files.publish(part, to)
    except OSError:
        files.move_with_logs(aside, to)
        raise
    return RestoreReport(
        backup=_named(report, to),
        moved_to=str(aside) if moved else "",
        entries_before=before,
        is_other_ward=is_other,
        is_continued=is_continued,
    )


def _earlier(to: Path, key: str | None, report: BackupReport) -> tuple[int | None, bool, bool]:
    """Return what is known of the file that a restore replaces: its entries, another ward's, goes on from it.

    Raises:
        KnownError: another program has it open.
    """
    if not to.exists():
        return None, False, False
    try:
        connection = opening.keyed(to, key, "mode=rw")
    except driver.Error:
        return None, False, False
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
        db = driver.open_database(connection)
        device = UUID(ask(db, "SELECT device FROM ward_file")[0]["device"])
        same = ask(db, "SELECT 1 FROM journal WHERE hash = ?", [report.head])
        count: int = ask(db, "SELECT count(*) AS n FROM journal")[0]["n"]
        return count, device != report.device, bool(same) or not report.entries
    except driver.Error as error:
        if refusals.is_busy(error):
            raise refusals.already_open() from error
        return None, False, False  # damaged: that is why a backup is put back
    finally:
        connection.close()


def _named(report: BackupReport, path: Path) -> BackupReport:
    return BackupReport(
        path=str(path), device=report.device, entries=report.entries, head=report.head, counts=report.counts
    )


def _taken(path: Path) -> KnownError:
    return KnownError(
        message(N_("There is a file {path} already. It was left as it is. Choose another name."), path=str(path))
    )


def _missing(path: Path) -> KnownError:
    return KnownError(message(N_("There is no file {path}. Nothing was changed."), path=str(path)))


def _is_the_ward(path: Path) -> KnownError:
    return KnownError(message(N_("{path} is the ward's own file, not a backup. Nothing was changed."), path=str(path)))


def _not_written(path: Path) -> KnownError:
    return KnownError(
        message(
            N_("{path} could not be written: no permission, or the disk is full. The ward's file is as it was."),
            path=str(path),
        )
    )


def _not_whole(path: Path) -> KnownError:
    return KnownError(
        message(
            N_("The backup {path} did not read back as it was written, so it was not kept. Choose another disk."),
            path=str(path),
        )
    )


def _altered(path: Path) -> KnownError:
    return KnownError(
        message(N_("The journal in {path} was altered, so it cannot be used. Nothing was changed."), path=str(path))
    )
