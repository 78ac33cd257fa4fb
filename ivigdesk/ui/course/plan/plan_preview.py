"""What the planned course would be: the sentence, the weeks, the doses, the findings. Grey when it is out of date."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.planning import CoursePlan
from ivigdesk.scheduling.sentence import regimen_sentence
from ivigdesk.ui import theme
from ivigdesk.ui.course.dose_table import LEAST_TABLE, DoseRow, DoseTable, planned_rows
from ivigdesk.ui.course.layout import at_the_top, bare, scrolling_in_card
from ivigdesk.ui.course.plan.findings_bar import FindingsBar
from ivigdesk.ui.course.words import span_of_months
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.month import DayMark, MonthCalendar
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.wording import Wording

_GREY = 0.35
_WIDE_ENOUGH = 760
_HIGH_ENOUGH = 520


class PlanPreview(QWidget):
    """The right side of the planning page.

    Attributes:
        findings: the bar at its foot.
        table: the doses.
    """

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.stale = NoticeBar(wording, closable=False)
        self.sentence = PlainLabel("", "heading", wrap=True)
        self.months = PlainLabel("", "heading")
        self.weeks = MonthCalendar(wording)
        self.table = DoseTable(wording, with_status=False)
        self.detail = PlainLabel("", "small", wrap=True)
        self.findings = FindingsBar(wording)
        self._body = QWidget()
        self._lay_out()
        self.table.chosen.connect(self._show_detail)
        self.weeks.day_clicked.connect(self._choose_day)

    def show_plan(self, plan: CoursePlan, today: date) -> None:
        """Show `plan` as it would be stored."""
        words = self._wording
        days = [infusion.calendar for infusion in plan.infusions]
        self.sentence.setText(regimen_sentence(plan.request.regimen, tuple(days), words))
        self.months.setText(span_of_months(words, days[0].due_on, days[-1].due_on))
        rows = planned_rows(plan, words)
        self.table.show_transplant(plan.request.transplant_on is not None)
        self.table.show_rows(rows)
        self.weeks.show_days(
            tuple(_mark(row, words) for row in rows), first=days[0].due_on, last=days[-1].due_on, today=today
        )
        self.findings.show_plan(plan)
        self._set_grey(False)
        self.stale.show_notice(None)

    def show_stale(self, sentence: str) -> None:
        """Grey what stands here: it no longer belongs to what is typed. `sentence` says why."""
        self._set_grey(True)
        self.stale.show_notice(Notice(sentence, "attention"))

    def show_nothing(self) -> None:
        """Empty everything, and say what to do."""
        self._set_grey(False)
        self.stale.show_notice(None)
        self.sentence.setText(self._wording.gettext("Choose the product on the left: the course then appears here."))
        self.months.setText("")
        self.table.show_rows(())
        self.detail.hide()
        self.weeks.hide()
        self.findings.show_plan(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # On a small screen the table says more than the weeks.
        self._weeks_card.setVisible(event.size().width() >= _WIDE_ENOUGH)
        self.findings.show_lines(event.size().height() >= _HIGH_ENOUGH)
        super().resizeEvent(event)

    def _set_grey(self, grey: bool) -> None:
        self.weeks.show()
        effect = QGraphicsOpacityEffect(self._body) if grey else None
        if effect is not None:
            effect.setOpacity(_GREY)
        self._body.setGraphicsEffect(effect)  # type: ignore[arg-type]
        self._body.setEnabled(not grey)

    def _show_detail(self, row: object) -> None:
        if isinstance(row, DoseRow):
            head = self._wording.gettext("Dose {number}").format(number=row.number)
            self.detail.setText(f"{head}: {' · '.join(row.notes)}" if row.notes else "")
            self.weeks.go_to(row.day)
        self.detail.setVisible(bool(self.detail.text()))

    def _choose_day(self, day: object) -> None:
        for row in self.table.records.rows:
            if row.day == day:
                self.table.choose(row)

    def _lay_out(self) -> None:
        sentence = Card()
        sentence.body.addWidget(self.sentence)
        weeks = Card(margin=theme.SPACE_12)
        weeks.body.addWidget(self.months)
        weeks.body.addWidget(scrolling_in_card(at_the_top(self.weeks)), 1)
        weeks.setFixedWidth(296)
        self._weeks_card = weeks
        self.table.setMinimumHeight(LEAST_TABLE)
        middle = QHBoxLayout()
        middle.setSpacing(theme.SPACE_12)
        middle.addWidget(weeks)
        middle.addWidget(self.table, 1)
        inside = bare(QVBoxLayout(self._body))
        inside.addWidget(sentence)
        inside.addLayout(middle, 1)
        inside.addWidget(self.detail)
        inside.addWidget(self.findings)
        column = bare(QVBoxLayout(self))
        column.addWidget(self.stale)
        column.addWidget(self._body, 1)


def _mark(row: DoseRow, wording: Wording) -> DayMark:
    words = wording.gettext("dose {number}").format(number=row.number)
    if row.state is None:
        return DayMark(row.day, str(row.number), "accent", words)
    return DayMark(row.day, f"{row.state.sign}{row.number}", row.state.tone, f"{words}, {row.state.word}")
