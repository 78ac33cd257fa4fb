"""One patient: what is known, the weight, the courses, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import PatientRow
from ivigdesk.actions.look_up import patient as look_up_patient
from ivigdesk.clinical.patient import Patient
from ivigdesk.clinical.status import CourseView
from ivigdesk.ui import theme
from ivigdesk.ui.page import Page
from ivigdesk.ui.patients import words
from ivigdesk.ui.patients.weigh_card import WeighCard
from ivigdesk.ui.places import CoursePlace, PatientFormPlace, PatientPlace, Place, PlanCoursePlace
from ivigdesk.ui.widgets import (
    Card,
    Column,
    EmptyState,
    PlainLabel,
    RecordTable,
    State,
    primary_button,
    secondary_button,
    status_state,
    title,
)
from ivigdesk.units import centimetres, grams
from ivigdesk.wording import Wording


class PatientPage(Page):
    """Overview of one patient, with the courses."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._row: PatientRow | None = None
        self._edit = secondary_button(_("Correct what is known"), picture="pencil")
        self._plan = primary_button(_("Plan a course"), picture="plus")
        self.table = RecordTable(self._columns(), _("Courses"), row_height=theme.TABLE_ROW_TWO_LINES, sortable=False)
        self._open_button = secondary_button(_("Open course"))
        self._empty = EmptyState(
            "calendar",
            _("No course yet"),
            _("Plan a course: choose the regimen, the product and the first day; the calendar is worked out."),
        )
        self._facts = Facts()
        self.weigh = WeighCard(desk, wording)
        self._arrange()
        self._connect()

    def show_place(self, place: Place) -> None:
        if not isinstance(place, PatientPlace):
            raise TypeError(f"{place} is no patient")
        self._show_row(look_up_patient(self.desk, place.patient_id))
        self.weigh.start_anew()

    def first_control(self) -> QWidget | None:
        return self.table if self._row and self._row.courses else self._plan

    def has_unsaved(self) -> bool:
        return self.weigh.has_unsaved()

    def help_text(self) -> str:
        return self.wording.gettext(
            "One patient with the courses. Enter opens the marked course. A new weight is kept with its date; doses "
            "that are planned already keep the weight that they were planned with."
        )

    def _show_row(self, row: PatientRow) -> None:
        self._row = row
        self.show_banner(row.patient)
        self.table.show_rows(tuple(reversed(row.courses)))
        self._middle.setCurrentIndex(0 if row.courses else 1)
        shown = min(max(len(row.courses), 2), 5)
        self._middle.setFixedHeight(theme.TABLE_ROW + theme.TABLE_ROW_TWO_LINES * shown if row.courses else 300)
        self._open_button.setVisible(bool(row.courses))
        self._facts.show_facts(_facts(row.patient, self.wording))
        self.weigh.show_patient(row.patient)

    def _columns(self) -> tuple[Column[CourseView], ...]:
        _ = self.wording.gettext
        say = self.wording
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
            Column(_("State"), self._state_word, state=self._state, width=136),
        )

    def _title(self, view: CourseView) -> str:
        return self.wording.text(view.course.regimen.title)

    def _about(self, view: CourseView) -> str:
        product = self.wording.text(view.course.product.short_title)
        revision = self.wording.gettext("revision {number}").format(number=view.course.revision.number)
        return f"{view.course.code} · {product} · {revision}"

    def _grams(self, view: CourseView) -> str:
        return self.wording.gettext("{amount} in all").format(
            amount=self.wording.amount(grams(view.course.total_mg), "g")
        )

    def _state(self, view: CourseView) -> State:
        if view.next_dose is None:
            return State("✓", self.wording.gettext("Finished"), "given")
        return status_state(view.next_dose.status, self.wording)

    def _state_word(self, view: CourseView) -> str:
        return self._state(view).word

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(title(self.wording.gettext("Courses")))
        head.addStretch()
        for button in (self._edit, self._open_button, self._plan):
            head.addWidget(button)
        card = Card()
        card.body.addWidget(self._empty)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.table)
        self._middle.addWidget(card)
        known = Card(self.wording.gettext("What is known"))
        known.body.addWidget(self._facts)
        below = QHBoxLayout()
        below.setSpacing(theme.SPACE_16)
        below.addWidget(known, 3)
        below.addWidget(self.weigh, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self._middle)
        self.body.addLayout(below)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self._edit.clicked.connect(self._go_edit)
        self._plan.clicked.connect(self._go_plan)
        self._open_button.clicked.connect(self._open_current)
        self.table.opened.connect(self._open)
        self.weigh.weighed.connect(self._note_weight)
        self.weigh.noticed.connect(self.noticed)

    def _note_weight(self, patient: object) -> None:
        if isinstance(patient, Patient):
            self._show_row(look_up_patient(self.desk, patient.id))
            self.say_saved(self.wording.gettext("Weight saved."))

    def _go_edit(self) -> None:
        if self._row:
            self.place_requested.emit(PatientFormPlace(self._row.patient.id))

    def _go_plan(self) -> None:
        if self._row:
            self.place_requested.emit(PlanCoursePlace(self._row.patient.id))

    def _open_current(self) -> None:
        self._open(self.table.current())

    def _open(self, view: object) -> None:
        if isinstance(view, CourseView):
            self.place_requested.emit(CoursePlace(view.course.id))


class Facts(QWidget):
    """Pairs of a small label and a value, in three columns."""

    COLUMNS = 3

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_24)
        self._grid.setVerticalSpacing(theme.SPACE_8)
        self._values: list[tuple[PlainLabel, PlainLabel]] = []

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Show `facts` as (label, value) pairs; an empty value is shown as a dash."""
        while len(self._values) < len(facts):
            self._add_pair()
        for (label, value), (name, text) in zip(self._values, facts, strict=False):
            label.setText(name)
            value.setText(text or "–")

    def _add_pair(self) -> None:
        row, column = divmod(len(self._values), self.COLUMNS)
        label, value = PlainLabel(look="label"), PlainLabel(wrap=True)
        pair = QVBoxLayout()
        pair.setSpacing(0)
        pair.addWidget(label)
        pair.addWidget(value)
        pair.addStretch()
        self._grid.addLayout(pair, row, column)
        self._grid.setColumnStretch(column, 1)
        self._values.append((label, value))


def _facts(patient: Patient, wording: Wording) -> tuple[tuple[str, str], ...]:
    _ = wording.gettext
    height = wording.amount(centimetres(patient.height_mm), "cm") if patient.height_mm is not None else ""
    transplant = wording.date(patient.transplant_on) if patient.transplant_on else ""
    kind = words.word_of(words.TRANSPLANT, patient.transplant_kind, wording)
    own = (
        words.word_of(words.BLOOD, patient.blood_group, wording),
        words.word_of(words.RHESUS, patient.rhesus, wording),
    )
    return (
        (_("Diagnosis"), patient.diagnosis),
        (_("Consultant"), patient.consultant),
        (_("Height"), height),
        (_("Transplant date"), transplant),
        (_("Kind of transplant"), kind),
        (_("Donor"), patient.donor),
        (_("Blood group, Rhesus factor"), ", ".join(dict.fromkeys(own))),
        (_("Donor's blood group"), words.word_of(words.BLOOD, patient.donor_blood_group, wording)),
        (
            _("CMV serostatus, donor's"),
            ", ".join(words.word_of(words.SEROSTATUS, one, wording) for one in (patient.cmv, patient.donor_cmv)),
        ),
    )
