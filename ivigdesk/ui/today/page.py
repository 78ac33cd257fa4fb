"""The page of one day: totals, the list, the one next step per dose; below them its line, its tests, and the next day.

The list stands there at once. Everything that takes longer comes a moment later.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.day_list import DayList, DayRow, day_list
from ivigdesk.errors import WordedError
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import (
    CoursePlace,
    PatientPlace,
    PatientsPlace,
    Place,
    PrintDayListPlace,
    PrintDayPlace,
    TodayPlace,
)
from ivigdesk.ui.today.band import band_height
from ivigdesk.ui.today.day_table import DayTable
from ivigdesk.ui.today.head import DayHead
from ivigdesk.ui.today.rows import TIME_COLUMN, DayWords, rows_with_heads
from ivigdesk.ui.widgets import Card, EmptyState
from ivigdesk.wording import Wording

if TYPE_CHECKING:
    from ivigdesk.ui.today.below import BelowTheList
    from ivigdesk.ui.today.filling import Filling
    from ivigdesk.ui.today.tests_card import PatientTests, TestsCard

TESTS_AFTER_MS = 40
MINUTE_MS = 60_000


class TodayPage(Page):
    """What is to be given on one day, and what to know before it."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._day = self.today
        self._words = DayWords(desk, wording)
        self.head = DayHead(wording)
        self.table = DayTable(
            self._words.columns(),
            _("Doses of the day"),
            _("Planned start"),
            section=self._words.section,
            time_column=TIME_COLUMN,
        )
        self._empty = EmptyState("today", "", "", _("Go to patients"))
        self._below: BelowTheList | None = None
        self._filling: Filling | None = None
        self._room = QVBoxLayout()
        self._shown: DayList | None = None
        self._soon, self._later, self._minute = QTimer(self), QTimer(self), QTimer(self)
        self._soon.setSingleShot(True)
        self._later.setSingleShot(True)
        self._arrange()
        self._connect()

    def show_place(self, place: Place) -> None:
        chosen = place.day if isinstance(place, TodayPlace) else None
        shown = day_list(self.desk, chosen)
        self.table.close_field()
        self._day = shown.day
        self._shown = shown
        self._words.set_day(shown)
        self._words.set_tasks(None)
        self._words.set_spans({})
        if self._filling is not None:
            self._filling.empty()
        self.show_banner(None)
        self.head.show_day(shown)
        self._show_list(shown)
        # The rules behind the tests take longer than the list: the nurse sees the doses first.
        self._later.stop()
        self._soon.start(TESTS_AFTER_MS)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start(MINUTE_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        for timer in (self._soon, self._later, self._minute):
            timer.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def below(self) -> BelowTheList:
        """What stands below the list; made when it is first looked at, so that the window opens without it."""
        if self._below is None:
            from ivigdesk.ui.today.below import BelowTheList  # late, as said
            from ivigdesk.ui.today.filling import Filling

            self._below = BelowTheList(self.wording)
            self._filling = Filling(self.desk, self.wording, self._words, self._below)
            self._below.tests.patient_requested.connect(self._go_patient)
            self._below.tests.tick_requested.connect(self._tick)
            self._below.line.opened.connect(self._open)
            self._below.tomorrow.opened.connect(self._open_course)
            self._room.addWidget(self._below)
            self._below.show()  # else it would wait for the next turn of the loop
            self._fit()
        return self._below

    @property
    def tests(self) -> TestsCard:
        """The tests and checks of the day."""
        return self.below.tests

    def read_tests(self) -> None:
        """Work out and show what the doses wait for, when they begin and end, and the tests and checks of the day."""
        self._soon.stop()
        self.below  # noqa: B018 - made now at the latest
        if self._shown is None or self._filling is None:
            return
        try:
            filled = self._filling.read(self._shown)
        except WordedError as error:
            self.say_refused(error)
            return
        self._shown = filled
        if filled.rows:
            self.table.show_rows(rows_with_heads(filled))
        self.head.show_over(self._filling.over, self._filling.all_over)
        self._later.start(0)

    def read_tomorrow(self) -> None:
        """Work out and show the day after."""
        self._later.stop()
        if self._filling is None:
            return
        try:
            self._filling.read_day_after(self._day, is_tomorrow=self._day == self.today)
        except WordedError as error:
            self.say_refused(error)

    def first_control(self) -> QWidget | None:
        return self.table if self._middle.currentWidget() is self.table else self._empty.button

    def help_text(self) -> str:
        return self.wording.gettext(
            "The doses of one day, by state and bed. Arrow keys choose a dose; Enter does what its button says. "
            "S plans when it starts. Alt+Left and Alt+Right go to the day before and after; Ctrl+Page Up and Ctrl+Page "
            "Down turn what stands below."
        )

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
        card = Card()
        card.body.addWidget(self._empty)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.table)
        self._middle.addWidget(card)
        self.body.addWidget(self.head)
        self.body.addWidget(self._middle, 1)
        self.body.addLayout(self._room)

    def _connect(self) -> None:
        self.head.day_requested.connect(self._go_to)
        self.head.today_requested.connect(self._go_today)
        self.head.print_requested.connect(self._print_day)
        self.head.list_requested.connect(self._print_list)
        self._empty.acted.connect(self._go_patients)
        self.table.opened.connect(self._open)
        self.table.start_asked.connect(self._ask_start)
        self.table.start_typed.connect(self._plan_start)
        self._soon.timeout.connect(self.read_tests)
        self._later.timeout.connect(self.read_tomorrow)
        self._minute.timeout.connect(self._move_on)

    def _fit(self) -> None:
        """Give the room below its height, from the first moment on: nothing jumps when it is filled."""
        if self._below is not None:
            self._below.fit(self.width(), self.height())
            self._room.setContentsMargins(0, 0, 0, 0)
        else:
            self._room.setContentsMargins(0, 0, 0, band_height(self.height()))

    def _move_on(self) -> None:
        """Let the line's now move, and with it what is computed from now."""
        if self._shown is not None and self._filling is not None and self._shown.is_today:
            self._filling.draw_line(self._shown)
            self.head.show_over(self._filling.over, self._filling.all_over)

    def _ask_start(self, row: DayRow) -> None:
        from ivigdesk.actions.ward.planned_times import must_be_plannable  # late: with the first time that is planned

        try:
            must_be_plannable(self.desk, row.dose.id)
        except WordedError as error:
            self.say_refused(error)
            return
        self.table.open_field(row, row.planned_clock)

    def _plan_start(self, row: DayRow, text: str) -> None:
        from ivigdesk.actions.ward.planned_times import plan_start  # late, as above

        try:
            clock = plan_start(self.desk, row.dose.id, text)
        except WordedError as error:
            self.say_refused(error)
            if self.table.is_typing:
                self.table.mark_wrong(self.wording.say_error(error))
            return
        _ = self.wording.gettext
        saved = _("{name}: starts at {time}.") if clock else _("{name}: no start is planned any more.")
        self.table.close_field()
        self._read_again()
        self.say_saved(saved.format(name=row.patient.name, time=clock))

    def _tick(self, row: PatientTests) -> None:
        if self._filling is None or row.tick is None:
            return
        try:
            sentence = self._filling.tick(row.tick, row.patient)
        except WordedError as error:
            self.say_refused(error)
            return
        self._read_again()
        self.say_saved(sentence)

    def _read_again(self) -> None:
        """Read the day afresh without leaving what is in view."""
        self._shown = day_list(self.desk, self._day)
        self._words.set_day(self._shown)
        self.read_tests()

    def _go_to(self, day: date) -> None:
        self.place_requested.emit(TodayPlace(None if day == self.today else day))

    def _go_today(self) -> None:
        self._go_to(self.today)

    def _go_patients(self) -> None:
        self.place_requested.emit(PatientsPlace())

    def _go_patient(self, patient_id: object) -> None:
        if isinstance(patient_id, UUID):
            self.place_requested.emit(PatientPlace(patient_id, "laboratory"))

    def _print_list(self) -> None:
        self.place_requested.emit(PrintDayListPlace(self._day))

    def _print_day(self) -> None:
        self.place_requested.emit(PrintDayPlace(self._day))

    def _open(self, row: object) -> None:
        if isinstance(row, DayRow):
            self.place_requested.emit(self._words.place_of(row))

    def _open_course(self, row: object) -> None:
        if isinstance(row, DayRow):
            self.place_requested.emit(CoursePlace(row.course_id, row.dose.number))
