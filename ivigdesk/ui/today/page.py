"""The page of one day: totals, the list, the one next step per dose, and the tests and checks of the day."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.day_list import DayList, DayRow, day_list
from ivigdesk.errors import WordedError
from ivigdesk.ui import theme
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import PatientPlace, PatientsPlace, Place, PrintDayPlace, TodayPlace
from ivigdesk.ui.today.rows import DayWords, rows_with_heads
from ivigdesk.ui.today.tests_card import TestsCard
from ivigdesk.ui.widgets import Card, EmptyState, RecordTable, StateChip, press_with, secondary_button, title
from ivigdesk.ui.widgets.states import State
from ivigdesk.units import grams
from ivigdesk.wording import Wording

TESTS_AFTER_MS = 40


class TodayPage(Page):
    """What is to be given on one day, and what to know before it."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._day = self.today
        self._words = DayWords(desk, wording)
        self._title = title(_("Today"))
        self._totals = (StateChip(), StateChip(), StateChip())
        self._before = secondary_button("")
        self._back_to_today = secondary_button(_("Today"))
        self._after = secondary_button("")
        self._print = secondary_button(_("Print all sheets…"), picture="print")
        self.table = RecordTable(
            self._words.columns(),
            _("Doses of the day"),
            row_height=theme.TABLE_ROW_TWO_LINES,
            sortable=False,
            section=self._words.section,
        )
        self._empty = EmptyState("today", "", "", _("Go to patients"))
        self.tests = TestsCard(wording)
        self._shown: DayList | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._arrange()
        self._connect()

    def show_place(self, place: Place) -> None:
        chosen = place.day if isinstance(place, TodayPlace) else None
        shown = day_list(self.desk, chosen)
        self._day = shown.day
        self._shown = shown
        self._words.set_day(shown)
        self._words.set_tasks(None)
        self.tests.show_tasks(None)
        self.show_banner(None)
        self._show_head(shown)
        self._show_list(shown)
        # The rules behind the tests take longer than the list: the nurse sees the doses first.
        self._soon.start(TESTS_AFTER_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.tests.fit_height(event.size().height())
        super().resizeEvent(event)

    def read_tests(self) -> None:
        """Work out and show what the doses wait for, and the tests and checks of the day."""
        from ivigdesk.actions.ward.day_tasks import day_tasks  # late: the rules would keep the window from opening

        self._soon.stop()
        if self._shown is None:
            return
        try:
            tasks = day_tasks(self.desk, self._shown.day)
        except WordedError as error:
            self.say_refused(error)
            return
        self._words.set_tasks(tasks)
        if self._shown.rows and tasks.doses:
            self.table.show_rows(rows_with_heads(self._shown))
        self.tests.show_tasks(tasks, is_today=self._shown.is_today)

    def first_control(self) -> QWidget | None:
        return self.table if self._middle.currentWidget() is self.table else self._empty.button

    def help_text(self) -> str:
        return self.wording.gettext(
            "The doses of one day, by state and bed. Arrow keys choose a dose; Enter does what its button says. "
            "Alt+Left and Alt+Right go to the day before and after."
        )

    def _show_head(self, shown: DayList) -> None:
        _ = self.wording.gettext
        day = self.wording.date(shown.day)
        self._title.setText(_("Today") if shown.is_today else day)
        before, after = shown.day - timedelta(days=1), shown.day + timedelta(days=1)
        for button, target, shape, name in (
            (self._before, before, "‹ {}", _("Day before: {date}")),
            (self._after, after, "{} ›", _("Day after: {date}")),
        ):
            button.show_text(shape.format(self.wording.date_short(target)))
            button.setAccessibleName(name.format(date=self.wording.date(target)))
        self._back_to_today.setVisible(not shown.is_today)
        self._print.setEnabled(bool(shown.to_give))
        self._show_totals(shown)

    def _show_totals(self, shown: DayList) -> None:
        patients = len({row.patient.id for row in shown.to_give})
        words = self.wording
        totals = (
            words.ngettext("{n} patient", "{n} patients", patients).format(n=patients),
            words.amount(grams(shown.total_mg), "g"),
            words.ngettext("{n} vial", "{n} vials", shown.total_vials).format(n=shown.total_vials),
        )
        for chip, text in zip(self._totals, totals, strict=True):
            chip.show_state(State("", text, "plain") if shown.to_give else None)

    def _show_list(self, shown: DayList) -> None:
        self.table.show_rows(rows_with_heads(shown))
        if shown.rows:
            self._middle.setCurrentWidget(self.table)
            return
        _ = self.wording.gettext
        self._empty.show_words(
            _("No dose on {date}").format(date=self.wording.date(shown.day)),
            _("Doses appear here when a course is planned. Open a patient, or register one, and plan a course."),
            _("Go to patients"),
        )
        self._middle.setCurrentIndex(1)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(self._title)
        for chip in self._totals:
            head.addWidget(chip)
        head.addStretch(1)
        for button in (self._before, self._back_to_today, self._after, self._print):
            head.addWidget(button)
        card = Card()
        card.body.addWidget(self._empty)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.table)
        self._middle.addWidget(card)
        self.body.addLayout(head)
        self.body.addWidget(self._middle, 1)
        self.body.addWidget(self.tests)

    def _connect(self) -> None:
        self._before.clicked.connect(self._go_before)
        self._after.clicked.connect(self._go_after)
        press_with(self._before, "Alt+Left")
        press_with(self._after, "Alt+Right")
        self._back_to_today.clicked.connect(self._go_today)
        self._print.clicked.connect(self._print_day)
        self._empty.acted.connect(self._go_patients)
        self.table.opened.connect(self._open)
        self.tests.patient_requested.connect(self._go_patient)
        self._soon.timeout.connect(self.read_tests)

    def _go_to(self, day: date) -> None:
        self.place_requested.emit(TodayPlace(None if day == self.today else day))

    def _go_before(self) -> None:
        self._go_to(self._day - timedelta(days=1))

    def _go_after(self) -> None:
        self._go_to(self._day + timedelta(days=1))

    def _go_today(self) -> None:
        self._go_to(self.today)

    def _go_patients(self) -> None:
        self.place_requested.emit(PatientsPlace())

    def _go_patient(self, patient_id: object) -> None:
        if isinstance(patient_id, UUID):
            self.place_requested.emit(PatientPlace(patient_id, "laboratory"))

    def _print_day(self) -> None:
        self.place_requested.emit(PrintDayPlace(self._day))

    def _open(self, row: object) -> None:
        if isinstance(row, DayRow):
            self.place_requested.emit(self._words.place_of(row))
