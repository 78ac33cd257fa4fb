"""The page of a course: where each dose stands, what comes next, what may be changed, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ivigdesk.actions import look_up
from ivigdesk.actions.courses.changing.late import given_off_day
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.errors import WordedError
from ivigdesk.ui import theme
from ivigdesk.ui.course.course import head
from ivigdesk.ui.course.course.changing import Changing
from ivigdesk.ui.course.course.off_day_notice import OffDayNotice
from ivigdesk.ui.course.course.parts import CourseParts
from ivigdesk.ui.course.course.weeks_card import WeeksCard
from ivigdesk.ui.course.course.weight_notice import WeightNotice
from ivigdesk.ui.course.dialogs.criteria_dialog import CriteriaDialog
from ivigdesk.ui.course.dialogs.trace_dialog import TraceDialog
from ivigdesk.ui.course.dose_table import DoseRow, stored_rows
from ivigdesk.ui.library.words import standing_warning
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import CoursePlace, InfusionPlace, PatientPlace, Place, PrintDosePlace, PrintPlanPlace
from ivigdesk.ui.widgets.buttons import secondary_button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.fields.text import ChoiceField
from ivigdesk.ui.widgets.labels import PlainLabel, title
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.wording import Wording

_WIDE_ENOUGH = 1080


class CoursePage(Page):
    """One course. The buttons belong to the dose that is chosen in the table; F1 says why it is as it is.

    Attributes:
        parts: doses, tests and checks, grams, evidence.
        changing: what may be changed, and the dialogs for it.
        regimen_bar, weight, bar: what must be known of the regimen, of the weight, and of the course now.
    """

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._view: CourseView | None = None
        self.title = title("")
        self.facts = PlainLabel("", "muted", wrap=True)
        self.bar = NoticeBar(wording, closable=False)
        self.regimen_bar = NoticeBar(wording, closable=False)
        self.weight = WeightNotice(wording)
        self.off_day = OffDayNotice(wording)
        self.sentence = PlainLabel("", "heading", wrap=True)
        self._weeks_card = WeeksCard(wording)
        self.weeks = self._weeks_card.weeks
        self.parts = CourseParts(desk.library, wording)
        self.table = self.parts.doses.table
        self.dose = self.parts.doses.card
        self.revision = ChoiceField("revision", _("Revision"))
        self.print_plan = secondary_button(_("Print plan"), picture="print")
        self.changing = Changing(desk, wording, self)
        self.release = self.changing.release
        self._lay_out()
        self._connect()

    @property
    def view(self) -> CourseView | None:
        """The course as it is shown."""
        return self._view

    def show_place(self, place: Place) -> None:
        if not isinstance(place, CoursePlace):
            raise TypeError(f"{place!r} is not shown here")
        if self._view is None or self._view.course.id != place.course_id or place.dose_number is not None:
            self.parts.open("doses")
        self.off_day.start_visit()
        self._show(place.course_id, None, place.dose_number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # On a small screen the table says more than the weeks.
        self._weeks_card.setVisible(event.size().width() >= _WIDE_ENOUGH)
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        # The window's F1 is help; where a dose is chosen it is the question that stands on the dose's button.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._asks_why(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._asks_why(event):
            self._show_why()
            return
        super().keyPressEvent(event)

    def first_control(self) -> QWidget | None:
        return self.parts.first_control()

    def help_text(self) -> str:
        return self.wording.gettext(
            "The calendar of a course. Choose a dose in the table; the buttons below it are about that dose. "
            "Enter starts or opens its infusion; F1 says why the dose is as it is. Alt+C changes the dose, Alt+M the "
            "course; Ctrl+Z undoes the last change. Ctrl+Page Up and Ctrl+Page Down turn to tests and checks, grams, "
            "and evidence."
        )

    def chosen(self) -> DoseView | None:
        """Return the dose that is chosen in the table."""
        row = self.table.current()
        return self._view.view(row.number) if self._view is not None and isinstance(row, DoseRow) else None

    def _show(self, course_id: UUID, revision: int | None, number: int | None = None) -> None:
        view = look_up.course(self.desk, course_id, revision)
        before = self.table.current()
        self._view = view
        self._show_head(view)
        tasks = () if view.is_superseded else look_up.tasks_of(self.desk, view)
        self._show_doses(view, tasks)
        self.parts.show_view(view, tasks, look_up.ledger(view))
        following = view.next_dose
        if number is None and isinstance(before, DoseRow) and before.dose_id in {dose.id for dose in view.course.doses}:
            number = before.number
        if number is None and following is not None:
            number = following.dose.number
        if number is not None:
            self.table.choose_number(number)
        self._show_dose()
        self.show_banner(view.patient)

    def _show_head(self, view: CourseView) -> None:
        words, course = self.wording, view.course
        self.title.setText(words.gettext("Course {code}").format(code=course.code))
        self.facts.setText(head.facts_line(view, words))
        self.sentence.setText(head.calendar_sentence(view, words))
        all_revisions = look_up.revisions(self.desk, course.id)
        self.revision.set_choices([(one.number, head.revision_text(one, view, words)) for one in all_revisions[::-1]])
        self.revision.set_value(course.revision.number)
        self.revision.setVisible(len(all_revisions) > 1)
        self.bar.show_notice(head.standing_notice(view, words))
        self.changing.show_view(view)
        warning = standing_warning(course.regimen.standing, words)
        self.regimen_bar.show_notice(Notice(warning, "attention") if warning else None)
        self.weight.show_view(self.desk, view)
        self.off_day.show_dose(view, None if view.is_superseded else given_off_day(view))

    def _show_doses(self, view: CourseView, tasks: Sequence[Task]) -> None:
        names = {term.code: self.wording.text(term.name) for term in self.desk.library.side_effects().terms}
        rows = stored_rows(view, self.wording, names)
        self.table.show_transplant(view.course.transplant_on is not None)
        self.table.show_criteria(any(row.criteria is not None for row in rows))
        self.table.show_rows(rows)
        self._weeks_card.show_view(view, tasks, self.today)

    def _show_dose(self) -> None:
        one, row = self.chosen(), self.table.current()
        self.changing.show_dose(one)
        notes = row.notes if isinstance(row, DoseRow) else ()
        self.dose.show_dose(
            one,
            notes,
            can_change=self._view is not None and not self._view.is_superseded,
            has_changes=bool(self.changing.dose_menu.entries),
            product=None if self._view is None or one is None else self._view.course.product_of(one.dose),
        )
        if one is not None:
            self.weeks.go_to(one.dose.due_on)

    def _choose_day(self, day: object) -> None:
        for row in self.table.records.rows:
            if row.day == day:
                self.parts.open("doses")
                self.table.choose(row)

    def _open_dose(self) -> None:
        one = self.chosen()
        if one is not None and self._view is not None and self.dose.give.isVisibleTo(self):
            self.place_requested.emit(InfusionPlace(self._view.course.id, one.dose.id))

    def _asks_why(self, event: QKeyEvent) -> bool:
        is_f1 = event.key() == Qt.Key.Key_F1 and not event.modifiers()
        return is_f1 and self.parts.shown == "doses" and self.chosen() is not None

    def _show_why(self) -> None:
        one = self.chosen()
        if one is None or self._view is None:
            return
        text = self.wording.gettext("Why dose {number} on {day} is as it is")
        said = text.format(number=one.dose.number, day=self.wording.date(one.dose.due_on))
        parts = look_up.why(self.desk, self._view, one.dose.number)
        TraceDialog.show_parts(said, parts, self.desk.library, self.wording, self)

    def _show_criteria(self) -> None:
        one = self.chosen()
        if one is not None:
            CriteriaDialog.show_dose(one.dose, self.desk.library, self.wording, self)

    def _show_changed(self, course_id: UUID) -> None:
        self._show(course_id, None)

    def _move_along(self, number: int) -> None:
        self.changing.ask("realign", number)

    def _open_menu_at(self, place: QPoint) -> None:
        self.changing.open_dose_menu_at(self.table.viewport().mapToGlobal(place))

    def _settle_weight(self) -> None:
        if self._view is None:
            return
        try:
            done = self.weight.settle(self.desk, self._view, self)
        except WordedError as error:
            self.say_refused(error)
            return
        if not done:
            return
        self._show(self._view.course.id, None)
        _ = self.wording.gettext
        if isinstance(done, Course):
            text = _("The remaining doses are computed anew: revision {revision}. Print the plan again.")
            self.say_saved(text.format(revision=done.revision.number))
        else:
            self.say_saved(_("Weight saved."))

    def _print_plan(self) -> None:
        if self._view is not None:
            shown = self._view.course.revision.number if self._view.is_superseded else None
            self.place_requested.emit(PrintPlanPlace(self._view.course.id, shown))

    def _print_sheet(self) -> None:
        one = self.chosen()
        if one is not None and self._view is not None:
            self.place_requested.emit(PrintDosePlace(self._view.course.id, one.dose.number))

    def _record_value(self) -> None:
        if self._view is not None:
            self.place_requested.emit(PatientPlace(self._view.patient.id, "laboratory"))

    def _take_revision(self) -> None:
        number = self.revision.value()
        if self._view is not None and isinstance(number, int):
            self._show(self._view.course.id, number)

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_dose)
        self.table.opened.connect(self._open_dose)
        self.weeks.day_clicked.connect(self._choose_day)
        self.revision.edited.connect(self._take_revision)
        self.dose.give_requested.connect(self._open_dose)
        self.dose.move_requested.connect(self.changing.move_dose)
        self.dose.change_requested.connect(self.changing.open_dose_menu)
        self.table.customContextMenuRequested.connect(self._open_menu_at)
        self.changing.changed.connect(self._show_changed)
        self.changing.noticed.connect(self.noticed)
        self.off_day.look_requested.connect(self._move_along)
        self.dose.why_requested.connect(self._show_why)
        self.dose.criteria_requested.connect(self._show_criteria)
        self.dose.print_requested.connect(self._print_sheet)
        self.dose.late_effect_requested.connect(self.changing.add_late_effect)
        self.print_plan.clicked.connect(self._print_plan)
        self.weight.acted.connect(self._settle_weight)
        self.parts.tasks.record_requested.connect(self._record_value)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_12)
        top.addWidget(self.title)
        top.addWidget(self.facts, 1)
        top.addWidget(self.changing.release)
        top.addWidget(self.changing.button)
        top.addWidget(self.print_plan)
        said = QHBoxLayout()
        said.setSpacing(theme.SPACE_24)
        said.addWidget(self.sentence, 1)
        self.revision.setFixedWidth(400)
        said.addWidget(self.revision)
        sentence = Card(margin=theme.SPACE_12)
        sentence.body.addLayout(said)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_12)
        row.addWidget(self._weeks_card)
        row.addWidget(self.parts, 1)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.body.addLayout(top)
        for widget in (self.bar, self.regimen_bar, self.weight, self.off_day, sentence):
            self.body.addWidget(widget)
        self.body.addLayout(row, 1)
