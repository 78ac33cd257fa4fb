"""The calendar of a course: where each dose stands, what comes next, and what may be changed."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import revisions
from ivigdesk.actions.print_sheets import course_sentence
from ivigdesk.clinical.course import Revision
from ivigdesk.clinical.infusion import SideEffect
from ivigdesk.clinical.status import CourseView, DoseView
from ivigdesk.ui import theme
from ivigdesk.ui.course.dialogs.release_dialog import ReleaseDialog
from ivigdesk.ui.course.dialogs.ripple_dialog import RippleDialog
from ivigdesk.ui.course.dose_card import DoseCard
from ivigdesk.ui.course.dose_table import LEAST_TABLE, DoseRow, DoseTable, stored_rows
from ivigdesk.ui.course.layout import at_the_top, bare, scrolling_in_card
from ivigdesk.ui.course.words import kilograms_text, span_of_months
from ivigdesk.ui.dose_words import dose_grams, reason_text
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import CoursePlace, InfusionPlace, Place, PrintDosePlace, PrintPlanPlace
from ivigdesk.ui.widgets.buttons import secondary_button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.fields.text import ChoiceField
from ivigdesk.ui.widgets.labels import PlainLabel, title
from ivigdesk.ui.widgets.month import DayMark, MonthCalendar
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.ui.widgets.states import status_state
from ivigdesk.wording import Wording

_WIDE_ENOUGH = 1080


class CoursePage(Page):
    """One course. The buttons belong to the dose that is chosen in the table."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._view: CourseView | None = None
        self._newest = 0
        self.title = title("")
        self.facts = PlainLabel("", "muted", wrap=True)
        self.bar = NoticeBar(wording, closable=False)
        self.sentence = PlainLabel("", "heading", wrap=True)
        self.months = PlainLabel("", "heading")
        self.weeks = MonthCalendar(wording)
        self.table = DoseTable(wording, with_status=True)
        self.dose = DoseCard(wording)
        self.revision = ChoiceField("revision", _("Revision"))
        self.print_plan = secondary_button(_("Print plan"), picture="print")
        self.release = secondary_button(_("Release hold…"))
        self._lay_out()
        self._connect()

    @property
    def view(self) -> CourseView | None:
        """The course as it is shown."""
        return self._view

    def show_place(self, place: Place) -> None:
        if not isinstance(place, CoursePlace):
            raise TypeError(f"{place!r} is not shown here")
        self._show(place.course_id, None, place.dose_number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # On a small screen the table says more than the weeks.
        self._weeks_card.setVisible(event.size().width() >= _WIDE_ENOUGH)
        super().resizeEvent(event)

    def first_control(self) -> QWidget | None:
        return self.table

    def help_text(self) -> str:
        return self.wording.gettext(
            "The calendar of a course. Choose a dose in the table; the buttons below it are about that dose. "
            "Enter starts or opens its infusion."
        )

    def chosen(self) -> DoseView | None:
        """Return the dose that is chosen in the table."""
        row = self.table.current()
        return self._view.view(row.number) if self._view is not None and isinstance(row, DoseRow) else None

    def _show(self, course_id: UUID, revision: int | None, number: int | None = None) -> None:
        view = look_up_course(self.desk, course_id, revision)
        before = self.table.current()
        self._view = view
        self._show_head(view, revisions(self.desk, course_id))
        self._show_doses(view)
        following = view.next_dose
        if number is None and isinstance(before, DoseRow) and before.dose_id in {dose.id for dose in view.course.doses}:
            number = before.number
        if number is None and following is not None:
            number = following.dose.number
        if number is not None:
            self.table.choose_number(number)
        self._show_dose()
        self.show_banner(view.patient)

    def _show_head(self, view: CourseView, all_revisions: tuple[Revision, ...]) -> None:
        _ = self.wording.gettext
        course = view.course
        self.title.setText(_("Course {code}").format(code=course.code))
        self.facts.setText(
            " · ".join(
                part
                for part in (
                    self.wording.text(course.product.short_title),
                    _("dosing weight {weight}").format(weight=kilograms_text(self.wording, course.dosing_weight.kg)),
                    _("in all {amount}").format(amount=dose_grams(self.wording, course.total_mg)),
                    course.antiviral and _("with {antiviral}").format(antiviral=course.antiviral),
                    course.prescriber and _("prescribed by {name}").format(name=course.prescriber),
                )
                if part
            )
        )
        if any(dose.state in ("planned", "held") for dose in course.doses):
            self.sentence.setText(course_sentence(view, self.wording))
        else:
            self.sentence.setText(self.wording.text(course.regimen.title))
        self.revision.set_choices([(one.number, self._revision_text(one)) for one in reversed(all_revisions)])
        self.revision.set_value(course.revision.number)
        self.revision.setVisible(len(all_revisions) > 1)
        self._show_bar(view)

    def _revision_text(self, revision: Revision) -> str:
        head = self.wording.gettext("{number}: {day}").format(
            number=revision.number, day=self.wording.date_short(revision.at.date())
        )
        if not revision.reason:
            return head
        reason = reason_text(self.wording, revision.reason, self._effects())
        return self.wording.gettext("{revision}, {reason}").format(revision=head, reason=reason)

    def _show_bar(self, view: CourseView) -> None:
        _ = self.wording.gettext
        held = [one.dose for one in view.doses if one.status == "held"]
        if view.is_superseded:
            text = _("Revision {old} is superseded by revision {new}. It can be read, not changed.")
            said = text.format(old=view.course.revision.number, new=view.newest_revision)
            self.bar.show_notice(Notice(said, "attention"))
        elif held:
            said = self.wording.ngettext("{n} dose is on hold: {reason}", "{n} doses are on hold: {reason}", len(held))
            self.bar.show_notice(Notice(said.format(n=len(held), reason=self._held_reason(view)), "hold"))
        else:
            self.bar.show_notice(None)
        self.release.setVisible(bool(held) and not view.is_superseded)

    def _held_reason(self, view: CourseView) -> str:
        """Return why doses are on hold, worded from the side effect where there is one."""
        reason = next((one.dose.reason for one in view.doses if one.status == "held"), "")
        return reason_text(self.wording, reason, self._effects())

    def _effects(self) -> tuple[SideEffect, ...]:
        view = self._view
        return tuple(effect for one in view.doses for effect in one.side_effects) if view is not None else ()

    def _names(self) -> dict[str, str]:
        return {term.code: self.wording.text(term.name) for term in self.desk.library.side_effects().terms}

    def _show_doses(self, view: CourseView) -> None:
        rows = stored_rows(view, self.wording, self._names())
        self.table.show_transplant(view.course.transplant_on is not None)
        self.table.show_rows(rows)
        days = [row.day for row in rows]
        self.months.setText(span_of_months(self.wording, min(days), max(days)))
        marks = []
        for one in view.doses:
            state = status_state(one.status, self.wording)
            number = str(one.dose.number)
            words = self.wording.gettext("dose {number}").format(number=number)
            marks.append(DayMark(one.dose.due_on, f"{state.sign}{number}", state.tone, f"{words}, {state.word}"))
        self.weeks.show_days(tuple(marks), first=min(days), last=max(days), today=self.today)

    def _show_dose(self) -> None:
        one, row = self.chosen(), self.table.current()
        notes = row.notes if isinstance(row, DoseRow) else ()
        self.dose.show_dose(one, notes, can_change=self._view is not None and not self._view.is_superseded)
        if one is not None:
            self.weeks.go_to(one.dose.due_on)

    def _choose_day(self, day: object) -> None:
        for row in self.table.records.rows:
            if row.day == day:
                self.table.choose(row)

    def _open_dose(self) -> None:
        one = self.chosen()
        if one is not None and self._view is not None and self.dose.give.isVisibleTo(self):
            self.place_requested.emit(InfusionPlace(self._view.course.id, one.dose.id))

    def _move_dose(self) -> None:
        one = self.chosen()
        if one is None or self._view is None:
            return
        course = RippleDialog.ask(self.desk, self._view, one.dose.number, self.wording, self)
        if course is not None:
            self._show(course.id, None, one.dose.number)
            self.say_saved(
                self.wording.gettext("Dose {number} is moved: revision {revision}. Print the plan again.").format(
                    number=one.dose.number, revision=course.revision.number
                )
            )

    def _release(self) -> None:
        if self._view is None:
            return
        course = ReleaseDialog.ask(self.desk, self._view, self._held_reason(self._view), self.wording, self)
        if course is not None:
            self._show(course.id, None)
            self.say_saved(
                self.wording.gettext("The hold is released: revision {revision}.").format(
                    revision=course.revision.number
                )
            )

    def _print_plan(self) -> None:
        if self._view is not None:
            self.place_requested.emit(PrintPlanPlace(self._view.course.id))

    def _print_sheet(self) -> None:
        one = self.chosen()
        if one is not None and self._view is not None:
            self.place_requested.emit(PrintDosePlace(self._view.course.id, one.dose.number))

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
        self.dose.move_requested.connect(self._move_dose)
        self.release.clicked.connect(self._release)
        self.print_plan.clicked.connect(self._print_plan)
        self.dose.print_requested.connect(self._print_sheet)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(self.title)
        head.addWidget(self.facts, 1)
        head.addWidget(self.release)
        head.addWidget(self.print_plan)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_24)
        top.addWidget(self.sentence, 1)
        self.revision.setFixedWidth(280)
        top.addWidget(self.revision)
        sentence = Card()
        sentence.body.addLayout(top)
        weeks = Card(margin=theme.SPACE_12)
        weeks.body.addWidget(self.months)
        weeks.body.addWidget(scrolling_in_card(at_the_top(self.weeks)), 1)
        weeks.setFixedWidth(320)
        self._weeks_card = weeks
        self.table.setMinimumHeight(LEAST_TABLE)
        right = bare(QVBoxLayout())
        right.addWidget(self.table, 1)
        right.addWidget(self.dose)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_12)
        row.addWidget(weeks)
        row.addLayout(right, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.bar)
        self.body.addWidget(sentence)
        self.body.addLayout(row, 1)
