"""The parts of a course's page behind their tabs: doses, tests and checks, grams, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.courses.ledger import Ledger
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.ui import theme
from ivigdesk.ui.course.course.basis_panel import BasisPanel
from ivigdesk.ui.course.course.doses_panel import DosesPanel
from ivigdesk.ui.course.course.grams_panel import GramsPanel
from ivigdesk.ui.course.course.tasks_panel import TasksPanel
from ivigdesk.ui.course.layout import bare
from ivigdesk.wording import Wording

PartName = Literal["doses", "tasks", "grams", "evidence"]
PARTS: tuple[PartName, ...] = ("doses", "tasks", "grams", "evidence")


class CourseParts(QWidget):
    """One part at a time; Ctrl+Page Up and Ctrl+Page Down turn them."""

    def __init__(self, library: Library, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.tabs = QTabBar()
        self.doses = DosesPanel(wording)
        self.tasks = TasksPanel(library, wording)
        self.grams = GramsPanel(wording)
        self.evidence = BasisPanel(library, wording)
        self._stack = QStackedWidget()
        self._arrange()
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self._turn(step))

    @property
    def shown(self) -> PartName:
        """Which part is in view."""
        return PARTS[self.tabs.currentIndex()]

    def open(self, name: PartName) -> None:
        """Show this part."""
        self.tabs.setCurrentIndex(PARTS.index(name))

    def first_control(self) -> QWidget:
        """Where the cursor starts."""
        controls: dict[PartName, QWidget] = {
            "doses": self.doses.table,
            "tasks": self.tasks.table,
            "grams": self.grams.table,
            "evidence": self.tabs,
        }
        return controls[self.shown]

    def show_view(self, view: CourseView, tasks: Sequence[Task], ledger: Ledger) -> None:
        """Show a course beside its doses: what is to be tested, its grams, what it rests on."""
        waiting = self.tasks.show_tasks(view, tasks)
        _ = self._wording.gettext
        text = _("Tests and checks ({n})").format(n=waiting) if waiting else _("Tests and checks")
        self.tabs.setTabText(PARTS.index("tasks"), text)
        self.grams.show_ledger(ledger)
        self.evidence.show_course(view.course)

    def _turn(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % len(PARTS))
        self.first_control().setFocus()

    def _arrange(self) -> None:
        _ = self._wording.gettext
        self.tabs.setAccessibleName(_("Parts of the course"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for text in (_("Doses"), _("Tests and checks"), _("Grams"), _("Evidence")):
            self.tabs.addTab(text)
        for panel in (self.doses, self.tasks, self.grams, self.evidence):
            self._stack.addWidget(panel)
        column = bare(QVBoxLayout(self), theme.SPACE_4)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
