"""What the planned course would be: sentence and sums, its parts behind tabs, findings. Grey when out of date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGraphicsOpacityEffect, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ivigdesk.actions.courses.plan_course import Proposal
from ivigdesk.actions.library.evidence import evidence_lines
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.course.plan.findings_bar import FindingsBar
from ivigdesk.ui.course.plan.head_card import HeadCard
from ivigdesk.ui.course.plan.parts.criteria_part import CriteriaPart
from ivigdesk.ui.course.plan.parts.doses_part import DosesPart
from ivigdesk.ui.course.plan.parts.evidence_part import EvidencePart
from ivigdesk.ui.course.plan.parts.plan_table import PlanRow
from ivigdesk.ui.course.plan.parts.tasks_part import TasksPart, number_of_things
from ivigdesk.ui.widgets.labels import tip
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.wording import Wording

_GREY = 0.35
_WIDE_ENOUGH = 860
_ROOM_FOR_LINES = 430
_ROOM_FOR_ALL_LINES = 640

DOSES, TASKS, EVIDENCE, CRITERIA = range(4)


class PlanPreview(QWidget):
    """The right side of the planning page.

    Attributes:
        head: banner, sentence and grams.
        tabs: which part is in view; Alt+1 to Alt+4 open them.
        doses, tasks, evidence, criteria: the parts.
        findings: the bar at its foot.
    """

    def __init__(self, library: Library, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._wording = wording
        self.stale = NoticeBar(wording, closable=False)
        self.head = HeadCard(wording)
        self.tabs = QTabBar()
        self.doses = DosesPart(wording)
        self.tasks = TasksPart(wording)
        self.evidence = EvidencePart(library, wording)
        self.criteria = CriteriaPart(library, wording)
        self.findings = FindingsBar(wording)
        self._parts = _Parts()
        self._body = QWidget()
        self._lay_out()
        self._add_keys()
        self.tabs.currentChanged.connect(self._parts.setCurrentIndex)

    def show_plan(self, proposal: Proposal, today: date) -> None:
        """Show the plan of `proposal` as it would be stored."""
        plan = proposal.plan
        self.head.show_plan(plan, proposal.approved_mg, proposal.approved_until)
        self.doses.show_plan(plan, today)
        for part in (self.tasks, self.evidence, self.criteria):
            part.show_plan(plan)
        statements = evidence_lines(self._library, plan.request.regimen, self._wording)
        self._count(proposal.tasks, len(statements))
        self.findings.show_plan(plan)
        self.tabs.show()
        self._set_grey(False)
        self.stale.show_notice(None)

    def show_stale(self, sentence: str) -> None:
        """Grey what stands here: it no longer belongs to what is typed. `sentence` says why."""
        self._set_grey(True)
        self.head.banner.show_notice(None)  # the sentence that matters now stands in its place
        self.stale.show_notice(Notice(sentence, "attention"))

    def show_nothing(self) -> None:
        """Empty everything, and say what to do."""
        self._set_grey(False)
        self.stale.show_notice(None)
        self.head.show_words(self._wording.gettext("Choose the product on the left: the course then appears here."))
        self.tabs.setCurrentIndex(DOSES)
        self.tabs.hide()
        self.doses.show_nothing()
        for part in (self.tasks, self.evidence, self.criteria):
            part.show_plan(None)
        self.findings.show_plan(None)

    def chosen_number(self) -> int | None:
        """Return the number of the dose that is chosen in the table; None for none."""
        row = self.doses.table.current()
        return row.number if isinstance(row, PlanRow) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        # On a small screen the table says more than the weeks.
        self.doses.show_weeks(event.size().width() >= _WIDE_ENOUGH)
        height = event.size().height()
        self.findings.show_lines(
            "much" if height >= _ROOM_FOR_ALL_LINES else "some" if height >= _ROOM_FOR_LINES else "none"
        )
        super().resizeEvent(event)

    def _set_grey(self, grey: bool) -> None:
        effect = QGraphicsOpacityEffect(self._body) if grey else None
        if effect is not None:
            effect.setOpacity(_GREY)
        self._body.setGraphicsEffect(effect)  # type: ignore[arg-type]
        self._body.setEnabled(not grey)

    def _count(self, tasks: Sequence[Task], statements: int) -> None:
        """Say in the tabs how much stands behind them."""
        counted = self._wording.gettext("{name} ({n})")
        things = number_of_things(tasks)
        for index, n in ((TASKS, things), (EVIDENCE, statements)):
            self.tabs.setTabText(index, counted.format(name=self._names()[index], n=n))

    def _names(self) -> tuple[str, ...]:
        _ = self._wording.gettext
        return (_("Doses"), _("Tests and checks"), _("Evidence"), _("Criteria"))

    def _add_keys(self) -> None:
        for index in range(self.tabs.count()):
            keys = QKeySequence(f"Alt+{index + 1}")
            shortcut = QShortcut(keys, self)
            shortcut.activated.connect(partial(self.tabs.setCurrentIndex, index))
            self.tabs.setTabToolTip(index, tip(keys.toString(QKeySequence.SequenceFormat.NativeText)))

    def _lay_out(self) -> None:
        self.tabs.setAccessibleName(self._wording.gettext("Parts of the plan"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for name in self._names():
            self.tabs.addTab(name)
        for part in (self.doses, self.tasks, self.evidence, self.criteria):
            self._parts.addWidget(part)
        inside = bare(QVBoxLayout(self._body), 8)
        inside.addWidget(self.head)
        inside.addWidget(self.tabs)
        inside.addWidget(self._parts, 1)
        inside.addWidget(self.findings)
        column = bare(QVBoxLayout(self))
        column.addWidget(self.stale)
        column.addWidget(self._body, 1)


class _Parts(QStackedWidget):
    """Asks for no more height than its first part: the others are scrolled."""

    def minimumSizeHint(self) -> QSize:
        first = self.widget(0)
        return first.minimumSizeHint() if first is not None else super().minimumSizeHint()
