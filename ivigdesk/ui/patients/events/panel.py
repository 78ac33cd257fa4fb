"""Everything that happened to a patient, in one list by date, and the way to record an event."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import PatientRow
from ivigdesk.actions.patients import record_event, record_lab_value
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.event_words import title_of
from ivigdesk.clinical.patients.events import ENDING, ClinicalEvent
from ivigdesk.clock import today
from ivigdesk.errors import KnownError
from ivigdesk.ui import theme
from ivigdesk.ui.patients.events.ceasing import ask_to_cease
from ivigdesk.ui.patients.events.event_dialog import EventDialog
from ivigdesk.ui.patients.events.timeline import DoseOf, TimelineRow, timeline
from ivigdesk.ui.patients.laboratory.correct_dialog import CorrectLabDialog
from ivigdesk.ui.patients.withdraw_dialog import WithdrawDialog
from ivigdesk.ui.places import CoursePlace
from ivigdesk.ui.widgets import (
    Card,
    Column,
    EmptyState,
    Notice,
    RecordTable,
    danger_button,
    press_with,
    primary_button,
    secondary_button,
)
from ivigdesk.wording import Wording


class EventsPanel(QWidget):
    """The timeline with its buttons. Enter on a row opens its course, or corrects it.

    Signals:
        changed(str): something was stored; the sentence says what.
        noticed(Notice | None): why something was not.
        place_requested(Place): go there.
    """

    changed = Signal(object)
    noticed = Signal(object)
    place_requested = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._desk = desk
        self._wording = wording
        self._row: PatientRow | None = None
        self.record = primary_button(_("Record an event"), picture="plus")
        press_with(self.record, "Ctrl+E")
        self.correct = secondary_button(_("Correct…"), picture="pencil")
        self.withdraw = danger_button(_("Entered in error…"))
        self.table = RecordTable(
            self._columns(),
            _("Doses, values and events"),
            row_height=theme.TABLE_ROW_TWO_LINES,
            sortable=False,
            section=lambda row: row.section,
        )
        self._empty = EmptyState(
            "history",
            _("Nothing has happened yet"),
            _(
                "Record infections, CMV, GVHD, relapse and what else the rules ask for. "
                "Doses and values appear by themselves."
            ),
        )
        self._arrange()
        self.record.clicked.connect(self._record)
        self.correct.clicked.connect(self._correct)
        self.withdraw.clicked.connect(self._withdraw)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._note_chosen)

    def show_patient(self, row: PatientRow) -> None:
        """Show what happened to a patient, read afresh."""
        self._row = row
        patient_id = row.patient.id
        rows = timeline(
            row.courses,
            record_lab_value.lab_values(self._desk, patient_id),
            record_event.events(self._desk, patient_id),
            today(self._desk.clock),
            self._wording,
        )
        self.table.show_rows(rows)
        self._middle.setCurrentIndex(0 if rows else 1)
        self._note_chosen(self.table.current())

    def _columns(self) -> tuple[Column[TimelineRow], ...]:
        _ = self._wording.gettext
        return (
            Column(_("Date"), lambda row: self._wording.date(row.on), detail=self._transplant_day),
            Column(_("Kind"), lambda row: row.state.word, state=lambda row: row.state, width=150),
            Column(_("What"), lambda row: row.what, detail=lambda row: row.more, strong=True, stretch=True),
            Column(_("Recorded"), lambda row: row.nurse or "–", detail=self._recorded, width=150),
        )

    def _transplant_day(self, row: TimelineRow) -> str:
        day = self._row.patient.transplant_day_on(row.on) if self._row else None
        return "" if day is None else self._wording.transplant_day(day)

    def _recorded(self, row: TimelineRow) -> str:
        return "" if row.at is None else f"{self._wording.date_short(row.at.date())} {self._wording.time(row.at)}"

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_8)
        buttons.addWidget(self.record)
        buttons.addStretch()
        buttons.addWidget(self.correct)
        buttons.addWidget(self.withdraw)
        nothing = Card()
        nothing.body.addWidget(self._empty)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.table)
        self._middle.addWidget(nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_12)
        column.addLayout(buttons)
        column.addWidget(self._middle, 1)

    def _note_chosen(self, row: object) -> None:
        can = isinstance(row, TimelineRow) and isinstance(row.record, LabValue | ClinicalEvent)
        self.correct.setEnabled(can)
        self.withdraw.setEnabled(can)

    def _open(self, row: object) -> None:
        if isinstance(row, TimelineRow) and isinstance(row.record, DoseOf):
            self.place_requested.emit(CoursePlace(row.record.view.course.id, row.record.dose.dose.number))
        else:
            self._correct()

    def _record(self) -> None:
        if self._row is not None:
            self._note_recorded(EventDialog.ask(self._desk, self._row.patient.id, self._wording, None, self))

    def _correct(self) -> None:
        row = self.table.current()
        record = row.record if isinstance(row, TimelineRow) else None
        if isinstance(record, ClinicalEvent):
            self._note_recorded(EventDialog.ask(self._desk, record.patient_id, self._wording, record, self))
        elif isinstance(record, LabValue) and CorrectLabDialog.ask(self._desk, record, self._wording, self):
            self.changed.emit(self._wording.gettext("The correction is saved."))

    def _note_recorded(self, event: ClinicalEvent | None) -> None:
        if event is None:
            return
        _ = self._wording.gettext
        said = _("Saved: {what}").format(what=self._named(event))
        if event.kind not in ENDING:
            self.changed.emit(said)
            return
        try:
            ceased = ask_to_cease(self._desk, event, self._wording, self)
        except KnownError as error:
            self.changed.emit(said)
            self.noticed.emit(Notice(self._wording.say_error(error), "serious"))
            return
        if ceased:
            codes = _(", ").join(ceased)
            said = _("{saved}. The remaining doses of {courses} are ceased.").format(saved=said, courses=codes)
        self.changed.emit(said)

    def _withdraw(self) -> None:
        row = self.table.current()
        record = row.record if isinstance(row, TimelineRow) else None
        if not isinstance(record, LabValue | ClinicalEvent) or row is None:
            return
        what = f"{row.what}, {self._wording.date(row.on)}"

        def act(reason: str) -> object:
            if isinstance(record, LabValue):
                return record_lab_value.withdraw(self._desk, record.id, record.patient_id, reason)
            return record_event.withdraw(self._desk, record.id, record.patient_id, reason)

        if WithdrawDialog.ask(what, act, self._wording, self):
            self.changed.emit(self._wording.gettext("Marked as entered in error: {what}").format(what=what))

    def _named(self, event: ClinicalEvent) -> str:
        return f"{self._wording.say(title_of(event))}, {self._wording.date(event.on)}"
