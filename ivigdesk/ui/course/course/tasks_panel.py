"""The tests and checks that a course brings, by where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.library.evidence import source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.tasks.standing import TaskStanding, standings
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.messages import N_
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.task_words import standing_state, when_text
from ivigdesk.ui.widgets.buttons import secondary_button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.tables import Column, RecordTable
from ivigdesk.wording import Wording

GROUPS: dict[TaskStanding, str] = {
    "overdue": N_("Overdue"),
    "open": N_("Due now"),
    "to come": N_("To come"),
    "not recorded": N_("No value was recorded in time"),
    "done": N_("Done"),
    "over": N_("Days are over"),
}


class TaskRow(msgspec.Struct, frozen=True):
    """One task with where it stands."""

    task: Task
    standing: TaskStanding


class TaskHead(msgspec.Struct, frozen=True):
    """A heading over the tasks that stand alike."""

    standing: TaskStanding
    count: int


class TasksPanel(QWidget):
    """Every task with its days; the chosen one in full below, with its source.

    Signals:
        record_requested(): record a value of the patient.
    """

    record_requested = Signal()

    def __init__(self, library: Library, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._library = library
        self._wording = wording
        self.table = RecordTable(
            _columns(wording), _("Tests and checks"), sortable=False, section=lambda row: _section(row, wording)
        )
        self.what = PlainLabel("", "strong", wrap=True)
        self.source = PlainLabel("", "small", wrap=True)
        self.record = secondary_button(_("Record a value"), picture="laboratory")
        self._detail = Card(margin=theme.SPACE_12)
        self._lay_out()
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(self._open)
        self.record.clicked.connect(self.record_requested)

    def show_tasks(self, view: CourseView, tasks: Sequence[Task]) -> int:
        """Show the tasks of a course; return how many are overdue or due now."""
        found = [TaskRow(task, standing) for task, standing in standings(view, tasks, view.day)]
        rows: list[TaskHead | TaskRow] = []
        for standing in GROUPS:
            alike = [row for row in found if row.standing == standing]
            if alike:
                rows += [TaskHead(standing, len(alike)), *alike]
        self.table.show_rows(tuple(rows))
        return sum(row.standing in ("overdue", "open") for row in found)

    def _show_chosen(self, row: object = None) -> None:
        self._detail.setVisible(isinstance(row, TaskRow))
        if not isinstance(row, TaskRow):
            return
        words = self._wording
        self.what.setText(words.say(row.task.what))
        titles = words.gettext("; ").join(source_titles(self._library, (row.task.source,), words))
        self.source.setText(words.gettext("Source: {title}").format(title=titles))
        self.record.setVisible(row.task.test is not None)

    def _open(self, row: object) -> None:
        if isinstance(row, TaskRow) and row.task.test is not None:
            self.record_requested.emit()

    def _lay_out(self) -> None:
        words = bare(QVBoxLayout(), theme.SPACE_4)
        words.addWidget(self.what)
        words.addWidget(self.source)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_12)
        row.addLayout(words, 1)
        row.addWidget(self.record)
        self._detail.body.addLayout(row)
        self.table.setMinimumHeight(theme.TABLE_ROW * 4)
        column = bare(QVBoxLayout(self))
        column.addWidget(self.table, 1)
        column.addWidget(self._detail)


def _columns(wording: Wording) -> tuple[Column[TaskRow], ...]:
    _ = wording.gettext
    return (
        Column(_("When"), lambda row: when_text(row.task, wording)),
        Column(_("Dose"), lambda row: "" if row.task.dose_number is None else str(row.task.dose_number), muted=True),
        Column(
            _("State"),
            lambda row: standing_state(row.standing, wording).word,
            state=lambda row: standing_state(row.standing, wording),
        ),
        Column(_("What"), lambda row: wording.say(row.task.what), small=True, stretch=True),
    )


def _section(row: TaskHead | TaskRow, wording: Wording) -> str:
    return f"{wording.gettext(GROUPS[row.standing])} · {row.count}" if isinstance(row, TaskHead) else ""
