"""A ward's open file: its questions, and the one way to change it."""

from __future__ import annotations

import contextlib
import ctypes
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from ivigdesk.store import change as changes
from ivigdesk.store import checking, driver, journal, refusals
from ivigdesk.store.asking.beside import AskedBesideDoses
from ivigdesk.store.asking.courses import AskedOfCourses
from ivigdesk.store.asking.infusions import AskedOfInfusions
from ivigdesk.store.asking.lists import AskedOfTheWard
from ivigdesk.store.asking.people import AskedOfPeople
from ivigdesk.store.driver import Database

P = ParamSpec("P")
T = TypeVar("T")


class Ward(AskedOfPeople, AskedOfCourses, AskedOfInfusions, AskedBesideDoses, AskedOfTheWard):
    """One ward's file, open in this program alone until `close`.

    Questions and changes may come from several threads; they take turns.

    Attributes:
        path: the file.
        device: the file's own id, made when it was created.
    """

    def __init__(self, db: Database, path: Path, device: UUID, released: Callable[[], None]) -> None:
        self.path = path
        self.device = device
        self._db = db
        self._released = released
        self._turn = threading.RLock()
        self._is_changing = False
        self._is_open = True
        self._has_disk_fault = False

    def __enter__(self) -> Ward:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; another program may open it at once. Closing twice does nothing."""
        with self._turn:
            if not self._is_open:
                return
            self._is_open = False
            if self._has_disk_fault:
                _keep_until_the_program_ends(self._db.conn)
                return
            try:
                self._db.conn.close()
            finally:
                self._released()

    @property
    def is_changing(self) -> bool:
        """Whether a change is being made."""
        return self._is_changing

    @contextlib.contextmanager
    def changing(self, *, nurse: str, at: datetime, action: str, reason: str = "") -> Iterator[changes.Change]:
        """Give a `Change`; when the block ends well, all that was added is on disk, with one journal entry.

        When the block raises, or the disk refuses, nothing of it is stored. When nothing new was added, no entry
        is made.

        Args:
            nurse: who does it; never blank.
            at: wall time with offset.
            action: what is done, e.g. `confirm course`.
            reason: why; may be empty.

        Raises:
            KnownError: nobody is signed in, or the disk refuses: the sentence says NOT saved. After a disk that could
                not confirm what was written, everything is refused until the file is opened by a new program.
            ValueError: the time has no offset, or a change is being made already.
        """
        with self._turn:
            if self._is_changing:
                raise ValueError("a change is being made already: one action, one transaction")
            if self._has_disk_fault:
                raise refusals.disk_had_a_fault()
            self._is_changing = True
            try:
                with changes.changing(
                    self._db, self.path, device=self.device, nurse=nurse, at=at, action=action, reason=reason
                ) as change:
                    yield change
                self._has_disk_fault = not changes.checkpoint(self._db, self.path)
            except refusals.DiskFault:
                self._has_disk_fault = True
                raise
            finally:
                self._is_changing = False

    # The journal, and the file itself

    def journal(self) -> Iterator[journal.JournalEntry]:
        """Return every entry, oldest first."""
        return journal.entries(lambda newest: self.ask(journal.slice_after, newest))

    def journal_head(self) -> str:
        """Return the hash of the newest entry; empty when nothing was ever done."""
        return self.ask(journal.head)

    def check(self, anchor: str = "") -> checking.CheckReport:
        """Return whether file, references, journal and tables agree.

        Args:
            anchor: a journal hash from a sheet or a backup, which must still be there.

        Raises:
            KnownError: the disk had a fault, and the check would write to it.
        """
        with self._turn:
            self._has_disk_fault = self._has_disk_fault or not self.ask(changes.checkpoint, self.path)
            if self._has_disk_fault:
                raise refusals.disk_had_a_fault()
        return self.ask(checking.check, anchor)

    def ask(self, question: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the answer to a question of `store`; for the rooms of `store` itself.

        Raises:
            KnownError: the file cannot be read any more.
            ValueError: the ward is closed.
        """
        with self._turn:
            if not self._is_open:
                raise ValueError("the ward is closed")
            try:
                return question(self._db, *args, **kwargs)
            except driver.Error as error:
                known = refusals.of_driver(error, self.path)
                if known is None:
                    raise
                raise known from error


def _keep_until_the_program_ends(connection: driver.Connection) -> None:
    """Keep a connection, and with it the lock on the file, from ever being closed by this program.

    SAFETY: after a failed flush the disk's cache may hold as written what is not on the disk. Closing would move the
    log into the file, flush again, believe it and remove the log, which is the only whole copy. The next start does
    all of that anew.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))
