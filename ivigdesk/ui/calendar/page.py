"""The page of the ward's month and week."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.ward_calendar import CalendarDose, CalendarSpan, span
from ivigdesk.errors import WordedError
from ivigdesk.ui import theme
from ivigdesk.ui.calendar.asking import Changes
from ivigdesk.ui.calendar.board import CalendarBoard
from ivigdesk.ui.calendar.file_dialog import CalendarFileDialog
from ivigdesk.ui.calendar.filter_bar import FilterBar
from ivigdesk.ui.calendar.head import CalendarHead
from ivigdesk.ui.calendar.painting import start_fonts_anew
from ivigdesk.ui.calendar.scene import Wish
from ivigdesk.ui.calendar.side import WIDTH, Side
from ivigdesk.ui.calendar.spans import Kind, bounds, shown, title_of, turned
from ivigdesk.ui.calendar.words import CalendarWords, Capacity
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import CalendarPlace, CoursePlace, PatientPlace, Place
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.wording import Wording

OFFERS_AFTER_MS = 120
_NARROW = 1000  # pixels of the page, below which the side goes below the calendar
_SIDE_HEIGHT = 260
_TURNS: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_TO_TODAY = (Qt.Key.Key_T, Qt.Key.Key_Home)


class CalendarPage(Page):
    """The ward's month or week: what each day carries, and doses to be moved from day to day."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        start_fonts_anew()
        self._kind: Kind = "month"
        self._words = CalendarWords(wording)
        self.head = CalendarHead(wording)
        self.filters = FilterBar(wording)
        self.board = CalendarBoard(wording)
        self.side = Side(wording)
        self.changes = Changes(desk, wording, self)
        self._span: CalendarSpan | None = None
        self._left_at: CalendarDose | None = None
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._arrange()
        self._connect()

    def show_place(self, place: Place) -> None:
        if not isinstance(place, CalendarPlace):
            raise TypeError(f"{place} is no place of the calendar")
        self._kind = place.span or self._kind
        self.show_banner(None)
        day = place.day or self.today
        left, self._left_at = self._left_at, None
        self._read(day)
        # Who opened a course from here comes back to its dose, unless another month or week is asked for.
        found = self.board.scene.find(left) if left is not None else None
        first, last = bounds(self._kind, day)
        if found is not None and first <= found.day <= last:
            self.board.choose_dose(found)

    def first_control(self) -> QWidget | None:
        return self.board

    def help_text(self) -> str:
        return self.wording.gettext(
            "The ward's month and week. Arrow keys go from day to day; Page Up and Page Down turn; T or Home goes to "
            "today; Alt+1 shows the month, Alt+2 the week. Tab or Enter goes into a day, up and down choose a dose, "
            "Enter opens its course, Esc goes back to the days. M carries the dose that is chosen: arrow keys choose "
            "the day, Enter lets it go there, Esc puts it back. A dose can be dragged with the mouse too. You always "
            "see what a move would change, and confirm it, before anything is stored. Ctrl+Z undoes the newest change "
            "made here, or the newest one of the course whose dose is chosen."
        )

    def handle_escape(self) -> bool:
        return self.board.escape()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif plain and event.key() in _TURNS:
            self._turn(_TURNS[event.key()])
        elif plain and event.key() in _TO_TODAY:
            self._go_today()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_side(event.size().width())
        super().resizeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        if self.board.scene.carried is not None:
            self.board.escape()
        self.changes.forget()
        super().hideEvent(event)

    def read_offers(self) -> None:
        """Work out and show what could be done about the day that is chosen, when it is overfull."""
        from ivigdesk.actions.ward.ward_calendar import offers  # late: its rules are needed on overfull days only

        self._soon.stop()
        known = self.board.scene.day(self.board.scene.cursor)
        try:
            found = offers(self.desk, known.day) if known is not None and known.is_over else ()
        except WordedError as error:
            self.say_refused(error)
            return
        self.side.show_offers(known, found, self._words)

    def undo(self) -> None:
        """Ask to undo the newest change made here, or else of the course whose dose is chosen."""
        chosen = self.board.scene.chosen
        course_id = self.changes.newest or (chosen.course_id if chosen is not None else None)
        if course_id is None:
            _ = self.wording.gettext
            words = _("Nothing was changed here. Choose a dose to undo the newest change of its course.")
            self.noticed.emit(Notice(words))
            return
        try:
            said = self.changes.undo(course_id)
        except WordedError as error:
            self.say_refused(error)
            return
        self._show_outcome(said)

    def _move(self, wish: object) -> None:
        if not isinstance(wish, Wish):
            return
        try:
            said = self.changes.move(wish)
        except WordedError as error:
            self.say_refused(error)
            return
        self._show_outcome(said)

    def _show_outcome(self, said: str) -> None:
        """Read everything afresh and say what was done; nothing was done when there is nothing to say."""
        self.board.setFocus(Qt.FocusReason.OtherFocusReason)
        if said:
            chosen = self.board.scene.chosen
            self._read(self.board.scene.cursor)
            moved = self.board.scene.find(chosen) if chosen is not None else None
            if moved is not None:
                self.board.choose_dose(moved)
            self.say_saved(said)

    def _read(self, day: date) -> None:
        first, last = shown(self._kind, day)
        settings = self.desk.settings
        self._words = CalendarWords(self.wording, Capacity(settings.most_doses_a_day, settings.most_minutes_a_day))
        self._span = span(self.desk, first, last, self.filters.filters(), language=self.wording.language)
        self.board.show_words(self._words)
        self.board.show_span(self._kind, self._span.days, day, self.today)
        self.head.show_span(self._kind, title_of(self._kind, day, self.wording))
        self.filters.show_span(self._span, bounds(self._kind, day))
        self._show_side()
        self.side.show_nothing(self._why_empty(self._span))

    def _why_empty(self, shown: CalendarSpan) -> str:
        """Return why nothing is shown; empty where something is."""
        _ = self.wording.gettext
        if any(day.doses for day in shown.days):
            return ""
        if not self.filters.filters().is_empty:
            return _("No dose of these days fits the filters.")
        return _("Doses appear here when a course is planned. Open a patient, or register one, and plan a course.")

    def _show_side(self) -> None:
        scene = self.board.scene
        self.side.show_scene(scene, self._words)
        known = scene.day(scene.cursor)
        if known is None or not known.is_over:
            self._soon.stop()
            self.side.show_offers(None, (), self._words)
        else:
            self._soon.start(OFFERS_AFTER_MS)

    def _show_carried(self) -> None:
        self.side.show_carried(self.board.scene.carried, self.board.scene, self._words)

    def _go(self, day: date, kind: Kind | None = None) -> None:
        self.place_requested.emit(CalendarPlace(day, kind or self._kind))

    def _turn(self, steps: object) -> None:
        if isinstance(steps, int):
            self._go(turned(self._kind, self.board.day_in_hand, steps))

    def _go_today(self) -> None:
        self._go(self.today)

    def _show_kind(self, kind: object) -> None:
        self._go(self.board.day_in_hand, "week" if kind == "week" else "month")

    def _reach(self, day: object) -> None:
        if isinstance(day, date):
            self._go(day)

    def _open_day(self, day: object) -> None:
        if isinstance(day, date):
            self._go(day, "week")

    def _open_course(self, dose: object) -> None:
        if isinstance(dose, CalendarDose):
            self._left_at = dose
            self.place_requested.emit(CoursePlace(dose.course_id, dose.number))

    def _open_patient(self, dose: object) -> None:
        if isinstance(dose, CalendarDose):
            self._left_at = dose
            self.place_requested.emit(PatientPlace(dose.patient_id, "courses"))

    def _filter(self) -> None:
        try:
            self._read(self.board.scene.cursor)
        except WordedError as error:
            self.say_refused(error)

    def _export(self) -> None:
        first, last = bounds(self._kind, self.board.scene.cursor)
        said = CalendarFileDialog.ask(self.desk, first, last, self.wording, self)
        if said:
            self.say_saved(said)

    def _fit_side(self, width: int) -> None:
        """Put the side below the calendar where there is no room beside it."""
        is_narrow = width < _NARROW
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(way)
        self.side.setMinimumSize(0 if is_narrow else WIDTH, _SIDE_HEIGHT if is_narrow else 0)
        self.side.setMaximumWidth(theme.FIELD_WIDTH * 4 if is_narrow else WIDTH)

    def _arrange(self) -> None:
        self.body.setSpacing(theme.SPACE_8)
        self.body.setContentsMargins(theme.SPACE_24, theme.SPACE_8, theme.SPACE_16, theme.SPACE_12)
        self._beside.setSpacing(theme.SPACE_12)
        self._beside.addWidget(self.board, 1)
        self._beside.addWidget(self.side)
        self.body.addWidget(self.head)
        self.body.addWidget(self.filters)
        self.body.addLayout(self._beside, 1)
        self._fit_side(_NARROW)

    def _connect(self) -> None:
        self.head.turn_requested.connect(self._turn)
        self.head.today_requested.connect(self._go_today)
        self.head.kind_requested.connect(self._show_kind)
        self.head.file_requested.connect(self._export)
        self.filters.changed.connect(self._filter)
        self.board.day_chosen.connect(self._show_side)
        self.board.dose_chosen.connect(self._show_side)
        self.board.dose_opened.connect(self._open_course)
        self.board.day_opened.connect(self._open_day)
        self.board.day_reached.connect(self._reach)
        self.board.carried.connect(self._show_carried)
        for part in (self.board, self.side):
            part.move_requested.connect(self._move)
        self.side.course_requested.connect(self._open_course)
        self.side.patient_requested.connect(self._open_patient)
        self._soon.timeout.connect(self.read_offers)
