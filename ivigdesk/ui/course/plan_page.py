"""Plan a course: every field on the left, what would come of it on the right, nothing stored until it is confirmed."""

from __future__ import annotations

from uuid import UUID, uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ivigdesk.actions.courses import plan_course
from ivigdesk.actions.courses.plan_course import Proposal
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import known_patient
from ivigdesk.actions.look_up import patient as patient_with_courses
from ivigdesk.clinical.courses.why import why_planned
from ivigdesk.errors import UserMistake, WordedError
from ivigdesk.ui import theme
from ivigdesk.ui.course.dialogs.reason_dialog import ReasonDialog
from ivigdesk.ui.course.dialogs.trace_dialog import TraceDialog
from ivigdesk.ui.course.layout import scrolling_in_card
from ivigdesk.ui.course.plan.amount_card import AmountCard
from ivigdesk.ui.course.plan.fields import PlanFields
from ivigdesk.ui.course.plan.findings_bar import FindingsDialog
from ivigdesk.ui.course.plan.plan_preview import PlanPreview
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import CoursePlace, Place, PlanCoursePlace
from ivigdesk.ui.widgets.buttons import primary_button, secondary_button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel, title
from ivigdesk.wording import Wording

PREVIEW_AFTER_MS = 150


class PlanCoursePage(Page):
    """The planning page.

    The preview follows the fields a moment after the last key. What cannot be taken stands under its field, and
    the preview turns grey: it never shows a course that is not the one typed.
    """

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._patient_id: UUID | None = None
        self._course_id = uuid4()
        self._proposal: Proposal | None = None
        self._edited = False
        self.fields = PlanFields(desk, wording, lambda: self.today)
        self.amount = AmountCard(wording)
        self.preview = PlanPreview(desk.library, wording)
        self.cancel = secondary_button(_("Cancel"))
        self.confirm_button = primary_button(_("Confirm course  Ctrl+Enter"), name=_("Confirm course"))
        self._soon = QTimer(self)
        self._lay_out()
        self._connect()

    @property
    def proposal(self) -> Proposal | None:
        """The course as it would be stored; None while something typed cannot be taken or is not computed yet."""
        return self._proposal

    def show_place(self, place: Place) -> None:
        if not isinstance(place, PlanCoursePlace):
            raise TypeError(f"{place!r} is not shown here")
        patient = known_patient(self.desk, place.patient_id)
        if patient.id != self._patient_id or not self._edited:
            self._course_id = uuid4()
            self._edited = False
            self.fields.show_patient(patient, self.today, self._product_before(patient.id))
        self._patient_id = patient.id
        self.show_banner(patient)
        self.compute()

    def first_control(self) -> QWidget | None:
        return self.fields.regimen.control

    def has_unsaved(self) -> bool:
        return self._edited

    def help_text(self) -> str:
        return self.wording.gettext(
            "Plan a course: choose on the left, see the doses on the right. Nothing is stored before you confirm with "
            "Ctrl+Enter. F1 says why the chosen dose is as it is: date, weight, amount, rates, criteria. Alt+1 to "
            "Alt+4 open the doses, the tests and checks, the evidence and the criteria."
        )

    def explain_chosen(self) -> bool:
        """Say why the dose that is chosen in the table is as it is; False while there is no course to explain."""
        number = self.preview.chosen_number()
        if self._proposal is None or number is None:
            return False
        plan = self._proposal.plan
        index = next(place for place, one in enumerate(plan.infusions) if one.calendar.number == number)
        one = plan.infusions[index]
        said = self.wording.gettext("Why dose {number}: {amount} on {day}?").format(
            number=number,
            amount=dose_grams(self.wording, one.amount.dose_mg),
            day=self.wording.date(one.calendar.due_on),
        )
        TraceDialog.show_parts(said, why_planned(plan, index), self.desk.library, self.wording, self)
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        super().hideEvent(event)

    def compute(self) -> None:
        """Bring the preview up to date with the fields, now."""
        self._soon.stop()
        if self._patient_id is None:
            return
        self._proposal = None
        self.confirm_button.setEnabled(False)
        if not self.fields.product.value():
            self._show_nothing()
            return
        try:
            proposal = plan_course.propose(self.desk, self.fields.form(self._patient_id), self._course_id)
        except WordedError as error:
            self._show_refusal(error)
        else:
            self._proposal = proposal
            self.fields.clear_mistakes()
            self.fields.show_findings(proposal.plan.all_findings)
            self.fields.stated.show_plan(proposal.plan)
            self.preview.show_plan(proposal, self.today)
            self.amount.show_plan(proposal.plan)
        self.confirm_button.setEnabled(self._proposal is not None)

    def confirm(self) -> None:
        """Store the course, after asking for the reason when findings stand in the way."""
        self.compute()
        proposal = self._proposal
        if proposal is None:
            return
        if not proposal.in_the_way:
            self.store(proposal)
            return
        try:
            plan_course.must_have_prescriber(proposal)  # before the nurse writes a reason
        except UserMistake as error:
            self._refuse(error)
            return
        accepted = ReasonDialog.ask(proposal, self.desk.library, self.wording, self)
        if accepted is not None:
            self.store(proposal, accepted.reason, accepted.by)

    def store(self, proposal: Proposal, reason: str = "", by: str = "") -> None:
        """Store `proposal` and open its calendar; storing it twice makes one course."""
        try:
            course = plan_course.confirm(self.desk, proposal, reason, by)
        except WordedError as error:
            self._refuse(error)
            return
        self._edited = False
        self.place_requested.emit(CoursePlace(course.id))
        text = self.wording.ngettext(
            "Course {code} is stored: {n} dose. Print the plan for the chart.",
            "Course {code} is stored: {n} doses. Print the plan for the chart.",
            len(course.doses),
        )
        self.say_saved(text.format(code=course.code, n=len(course.doses)))

    def _refuse(self, error: WordedError) -> None:
        if isinstance(error, UserMistake):
            self.fields.show_mistake(error)
        self.say_refused(error)

    def _show_refusal(self, error: WordedError) -> None:
        sentence = self.wording.say_error(error)
        below = isinstance(error, UserMistake) and self.fields.show_mistake(error)
        if below:
            sentence = self.wording.gettext(
                "What is grey does not belong to what is typed. See the red field on the left."
            )
        else:
            self.fields.clear_mistakes()
        self.preview.show_stale(sentence)
        self.amount.show_plan(None)

    def _show_nothing(self) -> None:
        self.fields.clear_mistakes()
        self.fields.stated.show_plan(None)
        self.preview.show_nothing()
        self.amount.show_plan(None)

    def _product_before(self, patient_id: UUID) -> str:
        courses = patient_with_courses(self.desk, patient_id).courses
        return courses[-1].course.product.id if courses else ""

    def _note_edit(self) -> None:
        self._edited = True
        # SAFETY: what is shown belongs to the old fields until it is computed again, so it cannot be confirmed.
        self._proposal = None
        self._soon.start(PREVIEW_AFTER_MS)

    def _show_findings(self) -> None:
        if self._proposal is not None:
            FindingsDialog(self._proposal.plan, self.desk.library, self.wording, self).exec()

    def _connect(self) -> None:
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.compute)
        self.fields.edited.connect(self._note_edit)
        self.amount.why_requested.connect(self.explain_chosen)
        self.preview.findings.all_requested.connect(self._show_findings)
        self.cancel.clicked.connect(self.back_requested)
        self.confirm_button.clicked.connect(self.confirm)
        self.confirm_button.setToolTip("Ctrl+Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.confirm)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(title(self.wording.gettext("Plan a course")))
        head.addWidget(PlainLabel(self.wording.gettext("nothing is stored until you confirm"), "muted"), 1)
        head.addWidget(self.cancel)
        head.addWidget(self.confirm_button)
        left = Card()
        left.body.addWidget(scrolling_in_card(self.fields), 1)
        left.body.addWidget(self.fields.rounding)
        left.body.addWidget(self.amount)
        left.setFixedWidth(408)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_12)
        row.addWidget(left)
        row.addWidget(self.preview, 1)
        self.body.addLayout(head)
        self.body.addLayout(row, 1)
