"""One patient: courses, laboratory values, events, and the way on."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import PatientRow
from ivigdesk.actions.look_up import patient as look_up_patient
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui import theme
from ivigdesk.ui.page import Page
from ivigdesk.ui.patients.events import EventsPanel
from ivigdesk.ui.patients.laboratory import LaboratoryPanel
from ivigdesk.ui.patients.overview import Overview
from ivigdesk.ui.places import PatientFormPlace, PatientPlace, Place, PlanCoursePlace, PrintLabPlace
from ivigdesk.ui.widgets import primary_button, secondary_button
from ivigdesk.wording import Wording

COURSES, LABORATORY, EVENTS = range(3)
_TABS = {"courses": COURSES, "laboratory": LABORATORY, "events": EVENTS}


class PatientPage(Page):
    """Three tabs over one patient; Alt and its number opens a tab."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._row: PatientRow | None = None
        self.tabs = QTabBar()
        self._edit = secondary_button(_("Correct what is known"), picture="pencil")
        self._open_button = secondary_button(_("Open course"))
        self._plan = primary_button(_("Plan a course"), picture="plus")
        self._print = secondary_button(_("Print laboratory sheet"), picture="print")
        self.overview = Overview(desk, wording)
        self.laboratory = LaboratoryPanel(desk, wording)
        self.events = EventsPanel(desk, wording)
        self.table, self.weigh = self.overview.table, self.overview.weigh
        self._arrange()
        self._connect()

    def show_place(self, place: Place) -> None:
        if not isinstance(place, PatientPlace):
            raise TypeError(f"{place} is no patient")
        is_another = self._row is None or self._row.patient.id != place.patient_id
        self._show_row(look_up_patient(self.desk, place.patient_id))
        self.weigh.start_anew()
        if is_another:
            self.laboratory.entry.start_anew()
        if place.part or is_another:
            self.tabs.setCurrentIndex(_TABS.get(place.part, COURSES))

    def first_control(self) -> QWidget | None:
        if self.tabs.currentIndex() == LABORATORY:
            return self.laboratory.entry.fields.value.control
        if self.tabs.currentIndex() == EVENTS:
            return self.events.table
        return self.table if self._row and self._row.courses else self._plan

    def has_unsaved(self) -> bool:
        return self.weigh.has_unsaved() or self.laboratory.has_unsaved()

    def help_text(self) -> str:
        return self.wording.gettext(
            "One patient. Alt+1 shows the courses, Alt+2 the laboratory values, Alt+3 everything by date. Enter opens "
            "the marked course, or corrects the marked value or event. On the timeline, Left and Right walk along the "
            "marks and Enter opens the course at the dose. Ctrl+E records an event. Doses that are planned already "
            "keep the weight that they were planned with."
        )

    def _show_row(self, row: PatientRow) -> None:
        self._row = row
        self.show_banner(row.patient)
        self.overview.show_patient(row)
        self.laboratory.show_patient(row)
        self.events.show_patient(row)
        self._show_buttons()

    def _show_buttons(self) -> None:
        """Show the buttons of the tab that is open."""
        tab = self.tabs.currentIndex()
        self._plan.setVisible(tab == COURSES)
        self._open_button.setVisible(tab == COURSES and bool(self._row and self._row.courses))
        self._print.setVisible(tab != COURSES)

    def _arrange(self) -> None:
        _ = self.wording.gettext
        self._panels = QStackedWidget()
        for text, panel in (
            (_("Courses"), self.overview),
            (_("Laboratory values"), self.laboratory),
            (_("Events and timeline"), self.events),
        ):
            self.tabs.addTab(text)
            self._panels.addWidget(panel)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Parts of the record"))
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(self.tabs)
        head.addStretch()
        for button in (self._edit, self._print, self._open_button, self._plan):
            head.addWidget(button)
        self.body.addLayout(head)
        self.body.addWidget(self._panels, 1)

    def _connect(self) -> None:
        self._edit.clicked.connect(self._go_edit)
        self._plan.clicked.connect(self._go_plan)
        self._print.clicked.connect(self._go_print)
        self._open_button.clicked.connect(self.overview.open_current)
        self.tabs.currentChanged.connect(self._show_tab)
        self.overview.place_requested.connect(self.place_requested)
        self.events.place_requested.connect(self.place_requested)
        self.weigh.weighed.connect(self._note_weight)
        self.weigh.noticed.connect(self.noticed)
        for panel in (self.laboratory, self.events):
            panel.changed.connect(self._note_change)
            panel.noticed.connect(self.noticed)
        for number in range(self.tabs.count()):
            shortcut = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            shortcut.activated.connect(lambda tab=number: self._go_tab(tab))

    def _show_tab(self, tab: int) -> None:
        self._panels.setCurrentIndex(tab)
        self._show_buttons()

    def _go_tab(self, tab: int) -> None:
        self.tabs.setCurrentIndex(tab)
        control = self.first_control()
        if control is not None:
            control.setFocus()

    def _note_weight(self, patient: object) -> None:
        if isinstance(patient, Patient):
            self._show_row(look_up_patient(self.desk, patient.id))
            self.say_saved(self.wording.gettext("Weight saved."))

    def _note_change(self, sentence: object) -> None:
        if self._row is not None:
            self._show_row(look_up_patient(self.desk, self._row.patient.id))
            self.say_saved(str(sentence))

    def _go_edit(self) -> None:
        if self._row:
            self.place_requested.emit(PatientFormPlace(self._row.patient.id))

    def _go_plan(self) -> None:
        if self._row:
            self.place_requested.emit(PlanCoursePlace(self._row.patient.id))

    def _go_print(self) -> None:
        if self._row:
            self.place_requested.emit(PrintLabPlace(self._row.patient.id))
