"""The doses of the preview: the weeks, the table, and the chosen dose in full."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import at_the_top, bare, scrolling_in_card
from ivigdesk.ui.course.plan.parts.plan_table import PlanRow, PlanTable
from ivigdesk.ui.course.words import span_of_months
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.month import DayMark, MonthCalendar
from ivigdesk.wording import Wording

LEAST_TABLE = 124  # pixels: its heads and two doses; a page that has less is scrolled


class DosesPart(QWidget):
    """The weeks beside the table of doses.

    Attributes:
        table: the doses; the chosen one stands below it in full.
        weeks: the same doses in a calendar.
    """

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.months = PlainLabel("", "heading")
        self.weeks = MonthCalendar(wording)
        self.table = PlanTable(wording)
        self.detail = PlainLabel("", "small", wrap=True)
        self._lay_out()
        self.table.chosen.connect(self._show_detail)
        self.weeks.day_clicked.connect(self._choose_day)

    def show_plan(self, plan: CoursePlan, today: date) -> None:
        """Show the doses of `plan`; the number that was chosen stays chosen."""
        words = self._wording
        days = [infusion.calendar.due_on for infusion in plan.infusions]
        self.months.setText(span_of_months(words, days[0], days[-1]))
        self.table.show_plan(plan, words)
        rows = self.table.records.rows
        self.weeks.show()
        self.weeks.show_days(tuple(_mark(row, words) for row in rows), first=days[0], last=days[-1], today=today)
        self._show_detail(self.table.current())

    def show_nothing(self) -> None:
        """Empty everything."""
        self.months.setText("")
        self.table.show_plan(None, self._wording)
        self.detail.hide()
        self.weeks.hide()

    def show_weeks(self, shown: bool) -> None:
        """Show the weeks beside the table, or leave the width to it."""
        self._weeks_card.setVisible(shown)

    def _show_detail(self, row: object) -> None:
        if isinstance(row, PlanRow):
            head = self._wording.gettext("Dose {number}").format(number=row.number)
            self.detail.setText(f"{head}: {' · '.join(row.notes)}" if row.notes else "")
            self.weeks.go_to(row.day)
        self.detail.setVisible(isinstance(row, PlanRow) and bool(self.detail.text()))

    def _choose_day(self, day: object) -> None:
        for row in self.table.records.rows:
            if row.day == day:
                self.table.choose(row)

    def _lay_out(self) -> None:
        weeks = Card(margin=theme.SPACE_12)
        weeks.body.addWidget(self.months)
        weeks.body.addWidget(scrolling_in_card(at_the_top(self.weeks)), 1)
        weeks.setFixedWidth(296)
        self._weeks_card = weeks
        self.table.setMinimumHeight(LEAST_TABLE)
        right = bare(QVBoxLayout(), theme.SPACE_4)
        right.addWidget(self.table, 1)
        right.addWidget(self.detail)
        middle = QHBoxLayout()
        middle.setSpacing(theme.SPACE_12)
        middle.addWidget(weeks)
        middle.addLayout(right, 1)
        column = bare(QVBoxLayout(self))
        column.addLayout(middle, 1)


def _mark(row: PlanRow, wording: Wording) -> DayMark:
    words = wording.gettext("dose {number}").format(number=row.number)
    if row.state is None:
        return DayMark(row.day, str(row.number), "accent", words)
    return DayMark(row.day, f"{row.state.sign}{row.number}", row.state.tone, f"{words}, {row.state.word}")
