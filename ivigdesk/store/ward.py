"""A ward's open file: its questions, and the one way to change it."""

from __future__ import annotations

import contextlib
import ctypes
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from ivigdesk.clinical.courses.course import Course, Revision
from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import Nurse, WardSettings
from ivigdesk.store import change as changes
from ivigdesk.store import checking, driver, journal, refusals
from ivigdesk.store.driver import Database
from ivigdesk.store.records import calendar, courses, day, facts, histories, infusions, patients

P = ParamSpec("P")
T = TypeVar("T")


class Ward:
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

    # Patients and the ward itself

    def patients(self) -> tuple[Patient, ...]:
        """Return every patient as known now, by name."""
        return self.ask(patients.all_patients)

    def find_patients(self, text: str, limit: int = 200) -> tuple[Patient, ...]:
        """Return patients found by name, pinyin, initials, record number or bed, by name; all for a blank text."""
        return self.ask(patients.find_patients, text, limit)

    def patient(self, patient_id: UUID) -> Patient | None:
        """Return the patient with this id."""
        return self.ask(patients.patient, patient_id)

    def patient_by_number(self, record_number: str) -> Patient | None:
        """Return the patient who has this record number now."""
        return self.ask(patients.patient_by_number, record_number)

    def nurses(self) -> tuple[Nurse, ...]:
        """Return everybody who may sign in, by name."""
        return self.ask(patients.nurses)

    def settings(self) -> WardSettings | None:
        """Return what the ward has chosen; None before anything was."""
        return self.ask(patients.settings)

    # Courses

    def courses(self) -> tuple[Course, ...]:
        """Return every course at the revision in force, oldest first."""
        return self.ask(courses.all_courses)

    def courses_of(self, patient_id: UUID) -> tuple[Course, ...]:
        """Return the patient's courses at the revision in force, oldest first."""
        return self.ask(courses.courses_of, patient_id)

    def courses_by_ids(self, ids: Iterable[UUID]) -> tuple[Course, ...]:
        """Return these courses at the revision in force, oldest first."""
        return self.ask(courses.courses_by_ids, ids)

    def courses_with_doses_between(self, first: date, last: date) -> tuple[Course, ...]:
        """Return courses with a dose due from `first` to `last`, both included, oldest first."""
        return self.ask(courses.courses_with_doses_between, first, last)

    def course(self, course_id: UUID, revision: int | None = None) -> Course | None:
        """Return the course at the revision in force, or at the one asked for."""
        return self.ask(courses.course, course_id, revision)

    def course_of_dose(self, dose_id: UUID) -> Course | None:
        """Return the course that the dose belongs to, at the revision in force."""
        return self.ask(courses.course_of_dose, dose_id)

    def course_ids_like(self, text: str) -> tuple[UUID, ...]:
        """Return the courses meant by a full id, its first four or more digits, or a code such as `C-9F3A77`."""
        return self.ask(courses.course_ids_like, text)

    def revisions_of(self, course_id: UUID) -> tuple[Revision, ...]:
        """Return every revision of a course, ascending by number."""
        return self.ask(courses.revisions_of, course_id)

    def course_history(self, course_id: UUID) -> histories.CourseHistory | None:
        """Return the course with every revision."""
        return self.ask(histories.course_history, course_id)

    def histories_between(self, first: date, last: date) -> tuple[histories.CourseHistory, ...]:
        """Return courses of which a dose ever stood, or was given, from `first` to `last`."""
        return self.ask(histories.histories_between, first, last)

    def day_rows(self, on: date) -> tuple[day.DayRow, ...]:
        """Return the doses that concern the ward on a day; see `store.day.day_rows`."""
        return self.ask(day.day_rows, on)

    def calendar_rows(self, first: date, last: date, text: str = "") -> tuple[calendar.CalendarRow, ...]:
        """Return the doses that stand on a day of a span; see `store.records.calendar.calendar_rows`."""
        return self.ask(calendar.calendar_rows, first, last, text)

    # Infusions and side effects

    def infusion(self, infusion_id: UUID) -> Infusion | None:
        """Return the infusion with this id."""
        return self.ask(infusions.infusion, infusion_id)

    def infusion_of(self, dose_id: UUID) -> Infusion | None:
        """Return the record of giving this dose."""
        return self.ask(infusions.infusion_of, dose_id)

    def infusions_of_doses(self, dose_ids: Iterable[UUID]) -> tuple[Infusion, ...]:
        """Return the infusions of these doses, by start."""
        return self.ask(infusions.infusions_of_doses, dose_ids)

    def infusions_of_course(self, course_id: UUID) -> tuple[Infusion, ...]:
        """Return the course's infusions, by start."""
        return self.ask(infusions.infusions_of_course, course_id)

    def running_infusions(self) -> tuple[Infusion, ...]:
        """Return the infusions that have no end, by start."""
        return self.ask(infusions.running_infusions)

    def side_effects_of_course(self, course_id: UUID) -> tuple[SideEffect, ...]:
        """Return the current side effects of the course's doses, by onset."""
        return self.ask(infusions.side_effects_of_course, course_id)

    def side_effects_of_doses(self, dose_ids: Iterable[UUID]) -> tuple[SideEffect, ...]:
        """Return the current side effects of these doses, by onset."""
        return self.ask(infusions.side_effects_of_doses, dose_ids)

    def side_effects_with_doses(self, course_ids: Iterable[UUID]) -> tuple[infusions.DoseSideEffect, ...]:
        """Return the courses' current side effects with their doses, by onset; none of a dose entered in error."""
        return self.ask(infusions.side_effects_with_doses, course_ids)

    def side_effect_history(self, effect_id: UUID) -> tuple[SideEffect, ...]:
        """Return a side effect with all that it corrected, newest first."""
        return self.ask(infusions.side_effect_history, effect_id)

    # Laboratory values and clinical events

    def lab_values_of(self, patient_id: UUID) -> tuple[LabValue, ...]:
        """Return the patient's current laboratory values, by date of the sample."""
        return self.ask(facts.lab_values_of, patient_id)

    def events_of(self, patient_id: UUID) -> tuple[ClinicalEvent, ...]:
        """Return the patient's current clinical events, by first day."""
        return self.ask(facts.events_of, patient_id)

    def lab_value_history(self, value_id: UUID) -> tuple[LabValue, ...]:
        """Return a laboratory value with all that it corrected, newest first."""
        return self.ask(facts.lab_value_history, value_id)

    def event_history(self, event_id: UUID) -> tuple[ClinicalEvent, ...]:
        """Return a clinical event with all that it corrected, newest first."""
        return self.ask(facts.event_history, event_id)

    def withdrawn_lab_values_of(self, patient_id: UUID) -> tuple[LabValue, ...]:
        """Return the withdrawals of the patient's laboratory values, by date of the sample."""
        return self.ask(facts.withdrawn_lab_values_of, patient_id)

    def withdrawn_events_of(self, patient_id: UUID) -> tuple[ClinicalEvent, ...]:
        """Return the withdrawals of the patient's clinical events, by first day."""
        return self.ask(facts.withdrawn_events_of, patient_id)

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
