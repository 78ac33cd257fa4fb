"""The list of patients, narrowed by the search box."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import PatientRow, find_patients
from ivigdesk.ui import theme
from ivigdesk.ui.page import Page
from ivigdesk.ui.patients.words import course_in_view, next_line, progress
from ivigdesk.ui.places import PatientFormPlace, PatientPlace, PatientsPlace, Place
from ivigdesk.ui.widgets import (
    Card,
    Column,
    EmptyState,
    RecordTable,
    State,
    chip,
    press_with,
    primary_button,
    status_state,
    title,
)
from ivigdesk.ui.widgets.banner import SEXES, age_words, weight_line
from ivigdesk.wording import Wording


class PatientsPage(Page):
    """Every patient of the ward, with the course in view and its next dose."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._count = chip("")
        self._register = primary_button(_("Register a patient"), picture="plus")
        press_with(self._register, "Ctrl+N")
        self.table = RecordTable(self._columns(), _("Patients"), row_height=theme.TABLE_ROW_TWO_LINES)
        self._empty = EmptyState("patients", "", "", _("Register a patient"))
        self._searched = ""
        self._arrange()
        self._register.clicked.connect(self._go_register)
        self._empty.acted.connect(self._go_register)
        self.table.opened.connect(self._open)

    def show_place(self, place: Place) -> None:
        self._searched = place.search if isinstance(place, PatientsPlace) else ""
        rows = find_patients(self.desk, self._searched)
        self.show_banner(None)
        self.table.show_rows(rows)
        words = self.wording.ngettext("{n} patient", "{n} patients", len(rows)).format(n=len(rows))
        self._count.show_state(State("", words, "plain"))
        self._register.show_weight("primary" if rows else "secondary")  # else the empty page has the filled one
        self._show_empty(bool(rows))

    def first_control(self) -> QWidget | None:
        return self.table if self._middle.currentWidget() is self.table else self._empty.button

    def open_first(self) -> None:
        row = self.table.current()
        if isinstance(row, PatientRow) and self._middle.currentWidget() is self.table:
            self._open(row)

    def help_text(self) -> str:
        return self.wording.gettext(
            "All patients of the ward. Type a name, its pinyin, a record number or a bed into the search box; Enter "
            "opens the marked patient. Ctrl+N registers a new one."
        )

    def _columns(self) -> tuple[Column[PatientRow], ...]:
        _ = self.wording.gettext
        return (
            Column(_("Bed"), lambda row: row.patient.bed or "–", strong=True, width=60),
            Column(_("Patient"), lambda row: row.patient.name, detail=self._born, width=240),
            Column(_("Record no."), lambda row: row.patient.record_number, width=120),
            Column(_("Transplant"), self._transplant, sort_key=_transplant_sort),
            Column(
                _("Weight"), lambda row: weight_line(row.patient, self.today, self.wording).split(" · ")[0], width=120
            ),
            Column(_("Course"), self._course, detail=self._progress, stretch=True),
            Column(_("Next dose"), self._next, sort_key=self._next_sort),
            Column(_("State"), self._state_word, state=self._state, width=130),
        )

    def _born(self, row: PatientRow) -> str:
        sex = self.wording.gettext(SEXES[row.patient.sex])
        age = age_words(row.patient, self.today, self.wording)
        return f"{self.wording.date_plain(row.patient.birth_on)} ({age}) · {sex}"

    def _transplant(self, row: PatientRow) -> str:
        return "–" if row.transplant_day is None else self.wording.transplant_day(row.transplant_day)

    def _course(self, row: PatientRow) -> str:
        view = course_in_view(row)
        return self.wording.text(view.course.regimen.title) if view else "–"

    def _progress(self, row: PatientRow) -> str:
        view = course_in_view(row)
        return progress(view, self.wording) if view else ""

    def _next(self, row: PatientRow) -> str:
        view = course_in_view(row)
        return next_line(view, self.wording) if view else "–"

    def _next_sort(self, row: PatientRow) -> str:
        view = course_in_view(row)
        upcoming = view.next_dose if view else None
        return upcoming.dose.due_on.isoformat() if upcoming else "9999"

    def _state(self, row: PatientRow) -> State | None:
        view = course_in_view(row)
        upcoming = view.next_dose if view else None
        return status_state(upcoming.status, self.wording) if upcoming else None

    def _state_word(self, row: PatientRow) -> str:
        state = self._state(row)
        return state.word if state else ""

    def _show_empty(self, has_rows: bool) -> None:
        _ = self.wording.gettext
        self._middle.setCurrentIndex(0 if has_rows else 1)
        if has_rows:
            return
        if self._searched.strip():
            what = _("Nobody found for “{text}”").format(text=self._searched.strip())
            self._empty.show_words(what, _("Check the spelling, or register the patient."), _("Register a patient"))
        else:
            self._empty.show_words(
                _("No patients yet"),
                _("Register the first patient: name, birth date and record number are enough to begin."),
                _("Register a patient"),
            )

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(title(self.wording.gettext("Patients")))
        head.addWidget(self._count)
        head.addStretch()
        head.addWidget(self._register)
        card = Card()
        card.body.addWidget(self._empty)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.table)
        self._middle.addWidget(card)
        self.body.addLayout(head)
        self.body.addWidget(self._middle, 1)

    def _go_register(self) -> None:
        self.place_requested.emit(PatientFormPlace())

    def _open(self, row: object) -> None:
        if isinstance(row, PatientRow):
            self.place_requested.emit(PatientPlace(row.patient.id))


def _transplant_sort(row: PatientRow) -> int:
    """Sort patients without a transplant before all others."""
    return -100_000 if row.transplant_day is None else row.transplant_day
