"""Tests and checks of the day, one line for each patient, by bed."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

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

_LOW = 760  # pixels of the page, below which the doses need the room
_ROWS, _FEW = 4, 2


class PatientTests(msgspec.Struct, frozen=True):
    """What is open for one patient.

    Attributes:
        patient: whose.
        words: everything in one line, what is overdue first.
        state: overdue, or due.
    """

    patient: Patient
    words: str
    state: State


class TestsCard(QWidget):
    """A heading and a short table; hidden while there is nothing to do.

    Signals:
        patient_requested(UUID): record something of this patient.
    """

    __test__ = False  # no class of tests, whatever pytest thinks of its name

    patient_requested = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._visible_rows = _ROWS
        self.title = heading("")
        self.table = RecordTable(_columns(wording), wording.gettext("Tests and checks of the day"), sortable=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self.title)
        column.addWidget(self.table)
        self.table.opened.connect(self._open)
        self.hide()

    def show_tasks(self, tasks: DayTasks | None, *, is_today: bool = True) -> None:
        """Show the tests and checks of a day; None or none hides the card."""
        rows = patient_tests(tasks, self._wording) if tasks is not None else ()
        self.setVisible(bool(rows))
        if tasks is None or not rows:
            return
        _ = self._wording.gettext
        on = _("Tests and checks on {date}").format(date=self._wording.date(tasks.day))
        self.title.setText(_("Tests and checks today") if is_today else on)
        self.table.show_rows(rows)
        self._fit()

    def fit_height(self, height: int) -> None:
        """Take fewer lines on a page of little height."""
        self._visible_rows = _FEW if height < _LOW else _ROWS
        self.table.horizontalHeader().setVisible(height >= _LOW)
        self._fit()

    def _fit(self) -> None:
        rows = min(max(len(self.table.records.rows), 1), self._visible_rows)
        heads = self.table.horizontalHeader()
        head = 0 if heads.isHidden() else heads.sizeHint().height()
        self.table.setFixedHeight(head + rows * theme.TABLE_ROW + 2 * theme.FOCUS_WIDTH)

    def _open(self, row: object) -> None:
        if isinstance(row, PatientTests):
            self.patient_requested.emit(row.patient.id)


def patient_tests(tasks: DayTasks, wording: Wording) -> tuple[PatientTests, ...]:
    """Return one line for each patient: what is overdue, then whose last day it is, then the rest, each by bed."""
    lines = []
    for _id, group in groupby(tasks.rows, key=lambda row: row.patient.id):
        own = sorted(group, key=lambda row: (_rank(row, tasks), row.task.due_to or date.max))
        words = f"{NO_BREAK}· ".join(dict.fromkeys(_said(row, tasks, wording) for row in own))
        rank = _rank(own[0], tasks)
        state = State("◎", wording.gettext("Today"), "attention") if rank == 1 else None
        shown = state or standing_state(own[0].standing, wording)
        lines.append((rank, PatientTests(own[0].patient, words, shown)))
    return tuple(line for _rank, line in sorted(lines, key=lambda pair: pair[0]))


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


def _columns(wording: Wording) -> tuple[Column[PatientTests], ...]:
    _ = wording.gettext
    return (
        Column(_("Bed"), lambda row: row.patient.bed or "–", strong=True, width=54),
        Column(_("Patient"), lambda row: row.patient.name, width=206),
        Column(_("State"), lambda row: row.state.word, state=lambda row: row.state),
        Column(_("What"), lambda row: row.words, small=True, stretch=True),
        Column(_("Next"), lambda _row: _("Open"), button=True, width=108),
    )
