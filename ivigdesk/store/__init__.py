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
from ivigdesk.store.records.recall import LotDose, LotGiven, LotWaiting
from ivigdesk.store.records.side_effect_rows import EffectFilter, EffectRow
from ivigdesk.store.ward import Ward

__all__ = [
    "CalendarRow",
    "Change",
    "CheckReport",
    "CourseHistory",
    "DayRow",
    "DoseSideEffect",
    "EffectFilter",
    "EffectRow",
    "JournalEntry",
    "LotDose",
    "LotGiven",
    "LotWaiting",
    "Ward",
    "open_store",
]
