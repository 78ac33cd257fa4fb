"""One test at a time: its values, newest first, beside its trend with the doses marked."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import PatientRow
from ivigdesk.actions.patients import record_lab_value
from ivigdesk.actions.patients.record_event import events
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clock import today
from ivigdesk.sheets.lab_words import sample_words, test_words, unit_words, value_words
from ivigdesk.sheets.trend.of_patient import dose_days, trend_of
from ivigdesk.ui import theme
from ivigdesk.ui.patients.laboratory.correct_dialog import CorrectLabDialog
from ivigdesk.ui.patients.laboratory.entry import LabEntry
from ivigdesk.ui.patients.withdraw_dialog import WithdrawDialog
from ivigdesk.ui.widgets import Card, Column, EmptyState, RecordTable, danger_button, secondary_button
from ivigdesk.ui.widgets.trend import TrendView
from ivigdesk.wording import Wording


class LaboratoryPanel(QWidget):
    """Enter values; see them as a table and as a trend; correct or withdraw one.

    Signals:
        changed(str): something was stored; the sentence says what.
        noticed(Notice | None): why something was not.
    """

    changed = Signal(object)
    noticed = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._desk = desk
        self._wording = wording
        self._row: PatientRow | None = None
        self._doses_on: tuple[date, ...] = ()
        self.entry = LabEntry(desk, wording)
        self.table = RecordTable(
            self._columns(), _("Laboratory values"), row_height=theme.TABLE_ROW_TWO_LINES, sortable=False
        )
        self.trend = TrendView(wording)
        self.correct = secondary_button(_("Correct…"), picture="pencil")
        self.withdraw = danger_button(_("Entered in error…"))
        self._empty = EmptyState("laboratory", _("No value yet"), _("Enter the first one above; Enter saves it."))
        self._arrange()
        self._connect()

    def show_patient(self, row: PatientRow) -> None:
        """Show the values of a patient, read afresh."""
        self._row = row
        self._doses_on = dose_days(row.courses)
        self.entry.show_patient(row.patient.id)
        self._show_test()

    def has_unsaved(self) -> bool:
        """Whether a value was typed and not saved."""
        return self.entry.has_unsaved()

    def _show_test(self) -> None:
        if self._row is None:
            return
        patient = self._row.patient
        labs = record_lab_value.lab_values(self._desk, patient.id)
        shown = [value for value in labs if value.test == self.entry.chosen]
        shown.sort(key=lambda value: (value.taken_on, value.at), reverse=True)
        self.table.show_rows(tuple(shown))
        self._middle.setCurrentIndex(0 if shown else 1)
        for button in (self.correct, self.withdraw):
            button.setEnabled(bool(shown))
        found = events(self._desk, patient.id)
        self.trend.show_trend(
            trend_of(self.entry.chosen, patient, self._row.courses, labs, found, today(self._desk.clock), self._wording)
        )

    def _columns(self) -> tuple[Column[LabValue], ...]:
        _ = self._wording.gettext
        say = self._wording
        return (
            Column(_("Date"), lambda value: say.date(value.taken_on), detail=self._transplant_day),
            Column(_("Value"), value_words, detail=self._how, strong=True),
            Column(_("What it is"), self._about, small=True, stretch=True),
            Column(_("Recorded"), lambda value: value.nurse, detail=self._recorded),
        )

    def _transplant_day(self, value: LabValue) -> str:
        day = self._row.patient.transplant_day_on(value.taken_on) if self._row else None
        return "" if day is None else self._wording.transplant_day(day)

    def _recorded(self, value: LabValue) -> str:
        return self._wording.date_short(value.at.date())

    def _how(self, value: LabValue) -> str:
        """Return what was typed where it was converted, and that it is a correction."""
        _ = self._wording.gettext
        if value.entered_unit != value.unit:
            return _("typed: {value}").format(value=f"{value.entered_value} {unit_words(value.entered_unit)}")
        return _("corrected") if value.replaces is not None else ""

    def _about(self, value: LabValue) -> str:
        return sample_words(value, self._doses_on, self._wording) or "–"

    def _arrange(self) -> None:
        values = QWidget()
        column = QVBoxLayout(values)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_8)
        buttons.addStretch()
        buttons.addWidget(self.correct)
        buttons.addWidget(self.withdraw)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        nothing = Card()
        nothing.body.addWidget(self._empty)
        self._middle = QStackedWidget()
        self._middle.addWidget(values)
        self._middle.addWidget(nothing)
        drawing = Card(margin=theme.SPACE_12)
        drawing.body.addWidget(self.trend)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_16)
        row.addWidget(self._middle, 11)
        row.addWidget(drawing, 9)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.SPACE_12)
        whole.addWidget(self.entry)
        whole.addLayout(row, 1)

    def _connect(self) -> None:
        self.entry.test_chosen.connect(self._show_test)
        self.entry.saved.connect(self._note_saved)
        self.entry.noticed.connect(self.noticed)
        self.correct.clicked.connect(self._correct)
        self.withdraw.clicked.connect(self._withdraw)
        self.table.opened.connect(self._correct)

    def _note_saved(self, value: object) -> None:
        if isinstance(value, LabValue):
            said = self._wording.gettext("Saved: {what}").format(what=self._named(value))
            self.changed.emit(said)

    def _correct(self) -> None:
        value = self.table.current()
        if isinstance(value, LabValue):
            stored = CorrectLabDialog.ask(self._desk, value, self._wording, self)
            if stored is not None:
                self._note_saved(stored)

    def _withdraw(self) -> None:
        value = self.table.current()
        if not isinstance(value, LabValue):
            return
        what = self._named(value)

        def act(reason: str) -> object:
            return record_lab_value.withdraw(self._desk, value.id, value.patient_id, reason)

        if WithdrawDialog.ask(what, act, self._wording, self):
            self.changed.emit(self._wording.gettext("Marked as entered in error: {what}").format(what=what))

    def _named(self, value: LabValue) -> str:
        """Return `IgG 4.6 g/L, Mon 02 Mar 2026`."""
        _ = self._wording.gettext
        return _("{test} {value}, {date}").format(
            test=test_words(value.test, self._wording),
            value=value_words(value),
            date=self._wording.date(value.taken_on),
        )
