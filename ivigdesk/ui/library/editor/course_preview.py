"""What a drafted regimen would come to: its sentence, and every day of an example course."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.calendar import CalendarDose
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.scheduling.sentence import regimen_sentence
from ivigdesk.ui import theme
from ivigdesk.ui.widgets import Card, Column, DateField, Notice, NoticeBar, PlainLabel, RecordTable
from ivigdesk.wording import Wording

_LEAST_TABLE = 160


class CoursePreview(QWidget):
    """The right side of the regimen editor.

    Signals:
        edited(): another example date was given.
    """

    edited = Signal()

    def __init__(self, wording: Wording, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._today = today
        self.sentence = PlainLabel("", "heading", wrap=True)
        self.stale = NoticeBar(wording, closable=False)
        self.first_on = DateField("first_on", message(N_("Example: first dose")), wording, today)
        self.transplant_on = DateField("transplant_on", message(N_("Example: transplant")), wording, today)
        self.days = RecordTable(self._columns(), _("Days of the example"), sortable=False)
        self._lay_out()
        for field in (self.first_on, self.transplant_on):
            field.edited.connect(self.edited)

    def begin(self) -> None:
        """Show today as the example's date."""
        self.first_on.set_value(self._today())
        self.transplant_on.set_value(self._today())

    def dates(self) -> tuple[date, date]:
        """Return the example's first day and day 0.

        Raises:
            UserMistake: one of them is not read as a date.
        """
        return self.first_on.value() or self._today(), self.transplant_on.value() or self._today()

    def show_course(self, regimen: Regimen, doses: tuple[CalendarDose, ...]) -> None:
        """Show the example course."""
        is_transplant = regimen.anchor == "transplant"
        self.first_on.setVisible(not is_transplant)
        self.transplant_on.setVisible(is_transplant)
        self.sentence.setText(regimen_sentence(regimen, doses, self._wording))
        self.days.show_rows(doses)
        self.days.setColumnHidden(2, is_transplant)
        self.days.setColumnHidden(3, not is_transplant)
        self.days.setEnabled(True)
        self.stale.show_notice(None)

    def show_stale(self, mistake: UserMistake | None) -> None:
        """Say that what stands here does not belong to what is typed; for an empty form, what will stand here."""
        _ = self._wording.gettext
        self.days.setEnabled(False)
        if not self.days.records.rows:
            self.sentence.setText(_("Amount, first day, interval and end on the left: the days then appear here."))
            self.stale.show_notice(None)
        elif mistake is not None:
            said = self._wording.say_error(mistake)
            text = _("These are not the days of what is typed now: {why}").format(why=said)
            self.stale.show_notice(Notice(text, "attention"))

    def empty(self) -> None:
        """Show nothing."""
        self.days.show_rows(())

    def _columns(self) -> tuple[Column[CalendarDose], ...]:
        _, wording = self._wording.gettext, self._wording
        return (
            Column(_("Dose"), lambda one: str(one.number), strong=True, width=56),
            Column(_("Date"), lambda one: wording.date(one.due_on), stretch=True),
            Column(_("Course day"), lambda one: str(one.course_day), muted=True, width=94),
            Column(
                _("Day +N"),
                lambda one: "" if one.transplant_day is None else wording.signed(one.transplant_day),
                muted=True,
                width=100,
            ),
            Column(_("Amount"), self._amount, strong=True, width=112),
        )

    def _amount(self, dose: CalendarDose) -> str:
        if dose.ml_per_kg is not None:
            return self._wording.amount(dose.ml_per_kg, "mL/kg")
        return "–" if dose.mg_per_kg is None else self._wording.amount(dose.mg_per_kg, "mg/kg")

    def _lay_out(self) -> None:
        said = Card()
        said.body.addWidget(self.sentence)
        dates = QHBoxLayout()
        dates.setSpacing(theme.SPACE_12)
        dates.addWidget(self.first_on, 1)
        dates.addWidget(self.transplant_on, 1)
        dates.addStretch(1)
        self.transplant_on.hide()
        self.days.setMinimumHeight(_LEAST_TABLE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_12)
        column.addWidget(self.stale)
        column.addWidget(said)
        column.addLayout(dates)
        column.addWidget(self.days, 1)
