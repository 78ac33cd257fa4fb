"""Tests and checks of the day: what a nurse ticks off stands on a line of its own, the rest on one for each patient."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui import theme
from ivigdesk.ui.task_words import standing_state, task_in_short, until_text
from ivigdesk.ui.widgets import Column, RecordTable, State, heading
from ivigdesk.wording import NO_BREAK, Wording

if TYPE_CHECKING:
    from ivigdesk.actions.ward.day_tasks import DayTask, DayTasks


class Tick(msgspec.Struct, frozen=True):
    """A check that is ticked off, or whose tick is taken back: `item` of a dose, and what it is in words."""

    dose_id: UUID
    item: str
    words: str
    is_back: bool = False


class PatientTests(msgspec.Struct, frozen=True):
    """What is open for one patient.

    Attributes:
        patient: whose.
        words: everything in one line, what is overdue first.
        state: overdue, or due.
        tick: what its button ticks off; None for values, which are entered with the patient.
    """

    patient: Patient
    words: str
    state: State
    tick: Tick | None = None


class TestsCard(QWidget):
    """A heading and a table; hidden while there is nothing to do.

    Signals:
        patient_requested(UUID): record something of this patient.
        tick_requested(Tick): this check was done, or its tick is taken back.
    """

    __test__ = False  # no class of tests, whatever pytest thinks of its name

    patient_requested = Signal(object)
    tick_requested = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._ticked: dict[tuple[UUID, str], PatientTests] = {}
        self.title = heading("")
        self.title.hide()
        self.table = RecordTable(self._columns(), wording.gettext("Tests and checks of the day"), sortable=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self.title)
        column.addWidget(self.table)
        self.table.opened.connect(self._open)
        self.hide()

    def show_tasks(self, tasks: DayTasks | None, *, is_today: bool = True) -> None:
        """Show the tests and checks of a day; None or none hides the card. Another day has its date above."""
        if tasks is None:
            self._ticked = {}
        rows = patient_tests(tasks, self._wording) if tasks is not None else ()
        open_ones = {(row.tick.dose_id, row.tick.item) for row in rows if row.tick is not None}
        rows += tuple(row for key, row in self._ticked.items() if key not in open_ones)
        self.setVisible(bool(rows))
        if tasks is None or not rows:
            return
        _ = self._wording.gettext
        self.title.setText(_("Tests and checks on {date}").format(date=self._wording.date(tasks.day)))
        self.title.setVisible(not is_today)
        self.table.show_rows(rows)

    def note_ticked(self, tick: Tick, patient: Patient) -> None:
        """Keep what was ticked off just now in view, so that it can be taken back; forget what was taken back."""
        key = (tick.dose_id, tick.item)
        if tick.is_back:
            self._ticked.pop(key, None)
            return
        state = State("✓", self._wording.gettext("Done"), "given")
        self._ticked[key] = PatientTests(patient, tick.words, state, msgspec.structs.replace(tick, is_back=True))

    def _open(self, row: object) -> None:
        if not isinstance(row, PatientTests):
            return
        if row.tick is None:
            self.patient_requested.emit(row.patient.id)
            return
        self.tick_requested.emit(row)

    def _columns(self) -> tuple[Column[PatientTests], ...]:
        _ = self._wording.gettext
        return (
            Column(_("Bed"), lambda row: row.patient.bed or "–", strong=True, width=50),
            Column(_("Patient"), lambda row: row.patient.name, width=176),
            Column(_("State"), lambda row: row.state.word, state=lambda row: row.state),
            Column(_("What"), lambda row: row.words, small=True, stretch=True),
            Column(_("Next"), self._verb, button=True, width=128),
        )

    def _verb(self, row: PatientTests) -> str:
        _ = self._wording.gettext
        if row.tick is None:
            return _("Open")
        return _("Take back") if row.tick.is_back else _("Done")


def patient_tests(tasks: DayTasks, wording: Wording) -> tuple[PatientTests, ...]:
    """Return the lines: what is overdue, then whose last day it is, then the rest, each by bed."""
    lines = []
    for group in _groups(tasks):
        own = sorted(group, key=lambda row: (_rank(row, tasks), row.task.due_to or date.max))
        words = f"{NO_BREAK}· ".join(dict.fromkeys(_said(row, tasks, wording) for row in own))
        rank = _rank(own[0], tasks)
        state = State("◎", wording.gettext("Today"), "attention") if rank == 1 else None
        shown = state or standing_state(own[0].standing, wording)
        lines.append((rank, PatientTests(own[0].patient, words, shown, _tick(own[0], words))))
    return tuple(line for _rank, line in sorted(lines, key=lambda pair: pair[0]))


def _groups(tasks: DayTasks) -> Iterator[list[DayTask]]:
    for _id, group in groupby(tasks.rows, key=lambda row: row.patient.id):
        own = list(group)
        yield from ([row] for row in own if _is_ticked(row))
        values = [row for row in own if not _is_ticked(row)]
        if values:
            yield values


def _is_ticked(row: DayTask) -> bool:
    return bool(row.task.item) and row.dose_id is not None


def _tick(row: DayTask, words: str) -> Tick | None:
    if row.dose_id is None or not row.task.item:
        return None
    return Tick(row.dose_id, row.task.item, words)


def _rank(row: DayTask, tasks: DayTasks) -> int:
    if row.standing == "overdue":
        return 0
    return 1 if row.task.due_to == tasks.day else 2


def _said(row: DayTask, tasks: DayTasks, wording: Wording) -> str:
    """Return `Creatinine after dose 7 (until today)`."""
    _ = wording.gettext
    what = task_in_short(row.task, wording)
    if row.task.dose_number is not None:
        what = _("{what} after dose {number}").format(what=what, number=row.task.dose_number)
    return _("{what} ({until})").format(what=what, until=until_text(row.task, tasks.day, wording))
