"""The courses of one patient on one line of time, the weight, and what is known."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import PatientRow
from ivigdesk.actions.patients.record_event import events
from ivigdesk.actions.patients.record_lab_value import lab_values
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clock import today
from ivigdesk.sheets.timeline.of_patient import timeline_of
from ivigdesk.sheets.timeline.site import Spot
from ivigdesk.ui import theme
from ivigdesk.ui.patients import words
from ivigdesk.ui.patients.facts import Facts, facts_of
from ivigdesk.ui.patients.weigh_card import WeighCard
from ivigdesk.ui.places import CoursePlace
from ivigdesk.ui.widgets import Card, Column, EmptyState, RecordTable, State, scrolling, status_state
from ivigdesk.ui.widgets.timeline import TimelineView
from ivigdesk.units import grams
from ivigdesk.wording import Wording

_MOST_ROWS = 4
_EMPTY_HEIGHT = 280
_WIDE_ENOUGH = 1200
_WEIGHT_WIDTH = 336
_ANY_WIDTH = 16_777_215  # Qt's own "no limit"


class Overview(QWidget):
    """Courses above, on one line of time below them, then facts; what does not fit is scrolled to.

    The weight stands beside the courses where the window is wide, so that it is seen at once; else beside the facts.

    Signals:
        place_requested(Place): open this course, at the dose that was chosen.
    """

    place_requested = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._desk = desk
        self._wording = wording
        self.table = RecordTable(self._columns(), _("Courses"), row_height=theme.TABLE_ROW_TWO_LINES, sortable=False)
        self._empty = EmptyState(
            "calendar",
            _("No course yet"),
            _("Plan a course: choose the regimen, the product and the first day; the calendar is worked out."),
        )
        self.timeline = TimelineView(wording)
        self._facts = Facts()
        self.weigh = WeighCard(desk, wording)
        self._arrange()
        self.table.opened.connect(self._open)
        self.timeline.dose_opened.connect(self._open_dose)

    def show_patient(self, row: PatientRow) -> None:
        """Show a patient with the courses, read afresh."""
        self.table.show_rows(tuple(reversed(row.courses)))
        self._middle.setCurrentIndex(0 if row.courses else 1)
        self._show_timeline(row)
        self._facts.show_facts(facts_of(row.patient, self._wording))
        self.weigh.show_patient(row.patient)
        self._fit_courses(len(row.courses))

    def open_current(self) -> None:
        """Open the marked course."""
        self._open(self.table.current())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_weight(is_wide=event.size().width() >= _WIDE_ENOUGH)

    def _fit_courses(self, count: int) -> None:
        """Give the courses the height that they need, and that of the weight beside them."""
        shown = min(max(count, 1), _MOST_ROWS)
        needed = theme.TABLE_ROW + theme.TABLE_ROW_TWO_LINES * shown + theme.SPACE_4 if count else _EMPTY_HEIGHT
        beside = self.weigh.sizeHint().height() if self._above.indexOf(self.weigh) >= 0 else 0
        self._middle.setFixedHeight(max(needed, beside))

    def _place_weight(self, *, is_wide: bool) -> None:
        """Put the weight beside the courses, or beside the facts."""
        taken, left = (self._above, self._below) if is_wide else (self._below, self._above)
        if taken.indexOf(self.weigh) >= 0:
            return
        left.removeWidget(self.weigh)
        taken.addWidget(self.weigh, 0 if is_wide else 2, Qt.AlignmentFlag.AlignTop)
        self.weigh.setMinimumWidth(_WEIGHT_WIDTH if is_wide else 0)
        self.weigh.setMaximumWidth(_WEIGHT_WIDTH if is_wide else _ANY_WIDTH)
        self._fit_courses(len(self.table.records.rows))

    def _show_timeline(self, row: PatientRow) -> None:
        """Show the courses on one line of time; nothing is read of them again."""
        self._over_time.setVisible(bool(row.courses))
        if row.courses:
            patient = row.patient
            labs, happened = lab_values(self._desk, patient.id), events(self._desk, patient.id)
            day = today(self._desk.clock)
            self.timeline.show_timeline(timeline_of(patient, row.courses, labs, happened, day, self._wording))

    def _columns(self) -> tuple[Column[CourseView], ...]:
        _ = self._wording.gettext
        say = self._wording
        return (
            Column(
                _("Course"),
                lambda view: say.text(view.course.regimen.title),
                detail=self._about,
                strong=True,
                stretch=True,
            ),
            Column(_("First dose"), lambda view: say.date(view.course.first_on)),
            Column(_("Progress"), lambda view: words.progress(view, say), detail=self._grams, width=130),
            Column(_("Next dose"), lambda view: words.next_line(view, say)),
            Column(_("State"), lambda view: self._state(view).word, state=self._state, width=136),
        )

    def _about(self, view: CourseView) -> str:
        product = self._wording.text(view.course.product.short_title)
        revision = self._wording.gettext("revision {number}").format(number=view.course.revision.number)
        return f"{view.course.code} · {product} · {revision}"

    def _grams(self, view: CourseView) -> str:
        return self._wording.gettext("{amount} in all").format(
            amount=self._wording.amount(grams(view.course.total_mg), "g")
        )

    def _state(self, view: CourseView) -> State:
        if view.next_dose is None:
            return State("✓", self._wording.gettext("Finished"), "given")
        return status_state(view.next_dose.status, self._wording)

    def _arrange(self) -> None:
        card = Card()
        card.body.addWidget(self._empty)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.table)
        self._middle.addWidget(card)
        self._over_time = Card(self._wording.gettext("Timeline"))
        self._over_time.body.addWidget(self.timeline)
        known = Card(self._wording.gettext("What is known"))
        known.body.addWidget(self._facts)
        self._above, self._below = QHBoxLayout(), QHBoxLayout()
        for row in (self._above, self._below):
            row.setSpacing(theme.SPACE_16)
        self._above.addWidget(self._middle, 1, Qt.AlignmentFlag.AlignTop)
        self._below.addWidget(known, 3)
        self._below.addWidget(self.weigh, 2, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_12)
        column.addLayout(self._above)
        column.addWidget(self._over_time)
        column.addLayout(self._below)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content))

    def _open(self, view: object) -> None:
        if isinstance(view, CourseView):
            self.place_requested.emit(CoursePlace(view.course.id))

    def _open_dose(self, spot: object) -> None:
        if isinstance(spot, Spot) and spot.course_id is not None:
            self.place_requested.emit(CoursePlace(spot.course_id, spot.dose_number))
