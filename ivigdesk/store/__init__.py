"""One SQLCipher file per ward: opened carefully, written in whole transactions, with a journal that is the truth."""

from __future__ import annotations

from ivigdesk.store.change import Change
from ivigdesk.store.checking import CheckReport
from ivigdesk.store.journal import JournalEntry
from ivigdesk.store.opening import open_store
from ivigdesk.store.records.calendar import CalendarRow
from ivigdesk.store.records.day import DayRow
from ivigdesk.store.records.histories import CourseHistory
from ivigdesk.store.records.infusions import DoseSideEffect
from ivigdesk.store.ward import Ward

__all__ = [
    "CalendarRow",
    "Change",
    "CheckReport",
    "CourseHistory",
    "DayRow",
    "DoseSideEffect",
    "JournalEntry",
    "Ward",
    "open_store",
]
