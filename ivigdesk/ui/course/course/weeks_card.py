"""The weeks of a course beside its parts: doses and tests on their days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.ui import theme
from ivigdesk.ui.course.course import head
from ivigdesk.ui.course.layout import at_the_top, scrolling_in_card
from ivigdesk.ui.course.words import span_of_months
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.month import MonthCalendar
from ivigdesk.wording import Wording

_WIDTH = 316  # two figures and a sign stand in a cell even beside a scroll bar


class WeeksCard(Card):
    """Every week from the first day of the course to the last.

    Attributes:
        weeks: the calendar; a click on a day is its signal.
    """

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(margin=theme.SPACE_12, parent=parent)
        self._wording = wording
        self.months = PlainLabel("", "heading")
        self.weeks = MonthCalendar(wording)
        self.legend = PlainLabel(
            wording.gettext("A sign without a number: the last day of a test or check"), "small", wrap=True
        )
        self.body.addWidget(self.months)
        self.body.addWidget(scrolling_in_card(at_the_top(self.weeks)), 1)
        self.body.addWidget(self.legend)
        self.setFixedWidth(_WIDTH)

    def show_view(self, view: CourseView, tasks: Sequence[Task], today: date) -> None:
        """Show the days of a course."""
        days = [dose.due_on for dose in view.course.doses]
        self.months.setText(span_of_months(self._wording, min(days), max(days)))
        tests = head.test_marks(view, tasks, self._wording)
        self.legend.setVisible(bool(tests))
        marks = (*head.day_marks(view, self._wording), *tests)
        self.weeks.show_days(marks, first=min(days), last=max(mark.day for mark in marks), today=today)
