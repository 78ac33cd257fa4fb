"""A walk through every page and dialog of the window, opened the way a nurse opens them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ivigdesk.actions.desk import Desk, open_desk, set_ward, sign_in
from ivigdesk.actions.infusions.follow_up import FollowUpForm, decide
from ivigdesk.actions.infusions.give_infusion import bedside, set_rate
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import patient_numbered, patient_row
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.actions.ward.day_list import DayRow, day_list
from ivigdesk.actions.ward.planned_times import plan_start
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clock import Clock
from ivigdesk.ui import places
from ivigdesk.ui.calendar import CalendarPage
from ivigdesk.ui.calendar.scene import Carried, Wish
from ivigdesk.ui.course import CoursePage, PlanCoursePage
from ivigdesk.ui.course.course.parts import PARTS
from ivigdesk.ui.infusion import InfusionPage
from ivigdesk.ui.infusion.dialogs.follow_up_dialog import FollowUpDialog
from ivigdesk.ui.infusion.dialogs.late_effect import ask_late_effect
from ivigdesk.ui.infusion.dialogs.side_effect_dialog import SideEffectDialog
from ivigdesk.ui.library import LibraryPage
from ivigdesk.ui.library.editor.editor_page import EditorPage
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.page import Page
from ivigdesk.ui.patients import PatientFormPage, PatientPage
from ivigdesk.ui.patients.events.event_dialog import EventDialog
from ivigdesk.ui.patients.patient_page import EVENTS, LABORATORY
from ivigdesk.ui.places import Place
from ivigdesk.ui.printing import PrintPage
from ivigdesk.ui.shell import Shell
from ivigdesk.ui.side_effects import SideEffectsPage
from ivigdesk.ui.today import TodayPage
from ivigdesk.ui.widgets import Button
from ivigdesk.wording import Wording

Visit = Callable[[str, QWidget], None]

NURSE = "A. Wong"
LI_NA, NOWAK, FINISHED, OKAFOR = "PR-0001", "PR-0009", "PR-0007", "PR-0010"


def walk(window: MainWindow, visit: Visit) -> None:
    """Visit every page and dialog of a window on the practice ward; records things in it on the way.

    Args:
        visit: called with a name and the window or dialog, settled and on screen.
    """
    guide = _Guide(window, visit)
    for part in (
        _lists,
        _calendar,
        _patient,
        _planning,
        _courses,
        _before_the_start,
        _at_the_bedside,
        _paper,
        _side_effects,
        _the_rest,
    ):
        part(guide)


def walk_in(folder: Path, clock: Clock, wording: Wording, visit: Visit) -> None:
    """Visit what stands before the pages: the first start in the empty `folder`, then the ward's list of names."""
    desk = open_desk(folder, clock)
    try:
        window = MainWindow(desk, wording)
        window.show()
        settle()
        visit("sign-in-first-start", window)
        window.close()
    finally:
        desk.close()


def settle() -> None:
    """Let the window lay itself out and paint."""
    for _ in range(4):
        QApplication.processEvents()


class _Guide:
    """The window with what the parts of the walk share."""

    def __init__(self, window: MainWindow, visit: Visit) -> None:
        self.window = window
        self.visit = visit
        self.desk: Desk = window.desk

    @property
    def shell(self) -> Shell:
        if self.window.shell is None:
            raise ValueError("nobody is signed in")
        return self.window.shell

    @property
    def page(self) -> Page:
        page = self.shell.page
        if page is None:
            raise ValueError("no page is in view")
        return page

    def go(self, place: Place, name: str = "") -> None:
        """Open `place`, and visit it under `name` when one is given."""
        self.shell.go(place)
        settle()
        if self.shell.place != place:
            raise AssertionError(f"{place} was refused: {self.shell.notices.sentence}")
        if isinstance(self.page, TodayPage):
            self.page.read_tests()
            self.page.read_tomorrow()
            settle()
        if name:
            self.visit(name, self.window)

    def look(self, name: str) -> None:
        """Visit the page as it stands now."""
        settle()
        self.visit(name, self.window)

    def ask(self, act: Callable[[], object], name: str, *, press: str = "") -> None:
        """Do what opens a dialog, visit it, and close it: without an answer, or with the button that has this look."""
        met: list[QWidget] = []

        def meet() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog):
                return
            met.append(dialog)
            settle()
            self.visit(name, dialog)
            if press:
                next(one for one in dialog.findChildren(Button) if one.property("look") == press).click()
            else:
                dialog.done(QDialog.DialogCode.Rejected)

        QTimer.singleShot(0, meet)
        act()
        if not met:
            raise AssertionError(f"{name} did not open")
        settle()

    def view(self, number: str) -> CourseView:
        """Return the first course of the patient with this record number."""
        return patient_row(self.desk, patient_numbered(self.desk, number)).courses[0]

    def row(self, group: str, number: str = "") -> DayRow:
        """Return the first row of today's list in `group`, of one patient when `number` is given."""
        for row in day_list(self.desk).rows:
            if row.group == group and number in ("", row.patient.record_number):
                return row
        raise ValueError(f"nothing is {group} today")


def _lists(guide: _Guide) -> None:
    guide.go(places.TodayPlace(), "today")
    _day_below(guide)
    guide.go(places.TodayPlace(date(2027, 1, 4)), "today-empty")
    guide.go(places.TodayPlace(date(2026, 3, 4)), "today-later")
    guide.ask(guide.shell.top_bar.help_requested.emit, "dialog-help")
    guide.go(places.PatientsPlace(), "patients")
    guide.go(places.PatientsPlace("nobody of that name"), "patients-none")


def _day_below(guide: _Guide) -> None:
    """See the parts below the list, an hour that asks for too many nurses, and a start that cannot be read."""
    page, before = guide.page, guide.desk.settings
    if not isinstance(page, TodayPage):
        raise TypeError(f"{page} is not today")
    page.below.open("tests")
    guide.look("today-tests")
    page.below.open("line")
    set_ward(guide.desk, msgspec.structs.replace(before, nurses_on_duty=1))
    for number in ("PR-0003", "PR-0009"):
        plan_start(guide.desk, guide.row("due", number).dose.id, "11:00")
    guide.go(places.TodayPlace(), "today-planned")
    page.table.choose(guide.row("due", "PR-0003"))
    page.table.start_asked.emit(guide.row("due", "PR-0003"))
    page.table.field.setText("25:00")
    page.table.start_typed.emit(guide.row("due", "PR-0003"), "25:00")
    guide.look("today-start-refused")
    page.table.close_field()
    for number in ("PR-0003", "PR-0009"):
        plan_start(guide.desk, guide.row("due", number).dose.id, "")
    set_ward(guide.desk, before)


def _calendar(guide: _Guide) -> None:
    """See the month and the week of a ward that can give three doses a day, and a dose that is carried."""
    before = guide.desk.settings
    limited = msgspec.structs.replace(before, most_doses_a_day=3, country="CN", closes_on_holidays=True)
    set_ward(guide.desk, limited)
    guide.go(places.CalendarPlace(date(2026, 3, 17), "month"), "calendar-month")
    page = guide.page
    if not isinstance(page, CalendarPage):
        raise TypeError(f"{page} is no calendar")
    page.board.choose_day(date(2026, 3, 10))
    page.read_offers()
    guide.look("calendar-over")
    dose = next(one for one in page.board.scene.doses(date(2026, 3, 18)) if one.may_move)
    page.board.choose_dose(dose)
    guide.look("calendar-dose")
    cell = page.board.cell(date(2026, 3, 19))
    page.board.show_carried(Carried(dose, date(2026, 3, 19), (cell.center().x(), cell.center().y())))
    guide.look("calendar-ghost")
    page.board.show_carried(None)
    guide.ask(lambda: page.board.move_requested.emit(Wish(dose, date(2026, 3, 19))), "dialog-ripple-from-calendar")
    guide.ask(page.head.file.click, "dialog-calendar-file")
    page.filters.patient.set_text("chen")
    page.filters.changed.emit()
    guide.look("calendar-filtered")
    page.filters.empty()
    guide.go(places.CalendarPlace(date(2026, 3, 4), "week"), "calendar-week")
    guide.go(places.CalendarPlace(date(2027, 1, 4), "month"), "calendar-empty")
    set_ward(guide.desk, before)


def _patient(guide: _Guide) -> None:
    li_na = patient_numbered(guide.desk, LI_NA)
    guide.go(places.PatientPlace(li_na.id), "patient")
    page = guide.page
    if not isinstance(page, PatientPage):
        raise TypeError(f"{page} is no patient")
    page.tabs.setCurrentIndex(LABORATORY)
    guide.look("patient-laboratory")
    page.tabs.setCurrentIndex(EVENTS)
    guide.look("patient-events")
    guide.ask(page.events.record.click, "dialog-event")
    _kinds_of_event(guide)
    guide.go(places.PatientFormPlace(li_na.id), "patient-form")
    new = places.PatientFormPlace()
    guide.go(new, "patient-new")
    form = guide.page
    if not isinstance(form, PatientFormPage):
        raise TypeError(f"{form} is no form")
    fields = form.fields.fields
    for name, typed in (("family_name", "Li"), ("record_number", LI_NA), ("birth_on", "2026-02-30"), ("weight", "700")):
        fields[name].set_text(typed)  # type: ignore[attr-defined]
    form.save.click()
    guide.look("patient-new-refused")
    guide.ask(lambda: guide.shell.go(places.TodayPlace()), "dialog-discard")
    form.show_place(new)


def _kinds_of_event(guide: _Guide) -> None:
    """See the fields of a death, and what is asked after it; nothing is stored."""
    li_na = patient_numbered(guide.desk, LI_NA)
    dialog = EventDialog(guide.desk, li_na.id, guide.window.wording, None, guide.window)
    for kind in ("cmv", "death"):
        dialog.fields.kind.set_value(kind)
        dialog.fields.kind.edited.emit()
        guide.ask(dialog.exec, f"dialog-event-{kind}")


def _planning(guide: _Guide) -> None:
    li_na, nowak = (patient_numbered(guide.desk, number) for number in (LI_NA, NOWAK))
    guide.go(places.PlanCoursePlace(nowak.id), "plan-part-of-a-vial")
    guide.go(places.PlanCoursePlace(li_na.id), "plan")
    page = guide.page
    if not isinstance(page, PlanCoursePage):
        raise TypeError(f"{page} plans nothing")
    for index, name in enumerate(("doses", "tests", "evidence", "criteria")):
        page.preview.tabs.setCurrentIndex(index)
        guide.look(f"plan-{name}")
    page.preview.tabs.setCurrentIndex(0)
    guide.ask(page.amount.why.click, "dialog-trace")
    guide.ask(page.preview.findings.all.click, "dialog-findings")
    guide.ask(page.confirm_button.click, "dialog-reason")
    page.fields.sized.weight.set_text("700")
    page.compute()
    guide.look("plan-refused")
    page.fields.sized.weight.set_text("84.6")
    page.fields.product.set_value("")
    page.fields.product.box.activated.emit(0)
    page.compute()
    guide.look("plan-no-product")
    guide.ask(lambda: guide.shell.go(places.TodayPlace()), "dialog-discard-plan", press="danger")


def _courses(guide: _Guide) -> None:
    for name, course_id in (
        ("course", guide.view(LI_NA).course.id),
        ("course-part-of-a-vial", guide.view(NOWAK).course.id),
        ("course-finished", guide.view(FINISHED).course.id),
        ("course-held", guide.row("held").course_id),
    ):
        guide.go(places.CoursePlace(course_id), name)
    page = guide.page
    if not isinstance(page, CoursePage):
        raise TypeError(f"{page} is no course")
    guide.ask(page.release.click, "dialog-release-hold")
    guide.go(places.CoursePlace(guide.view(LI_NA).course.id))
    guide.ask(page.dose.move_dose.click, "dialog-ripple")
    _changes(guide, page)
    guide.ask(page.dose.why.click, "dialog-why")
    guide.ask(page.dose.rules.click, "dialog-criteria")
    for name in PARTS:
        page.parts.open(name)
        guide.look(f"course-{name}")
    _weights(guide, page)


def _changes(guide: _Guide, page: CoursePage) -> None:
    """See what the other verbs ask; nothing is stored."""
    guide.ask(lambda: page.changing.ask("add"), "dialog-ripple-add")
    guide.ask(lambda: page.changing.ask("product"), "dialog-ripple-product")
    guide.ask(lambda: page.changing.ask("cease"), "dialog-ripple-cease")
    guide.ask(lambda: page.changing.ask("hold", 9, "rest"), "dialog-ripple-hold")
    guide.ask(lambda: page.changing.ask("error", 1), "dialog-ripple-error")
    for entry in page.changing.course_menu.entries:
        if entry.verb == "undo":
            guide.ask(page.changing.undo, "dialog-ripple-undo")


def _weights(guide: _Guide, page: CoursePage) -> None:
    """See a weight that is old, then one that has changed."""
    okafor = guide.view(OKAFOR)
    guide.go(places.CoursePlace(okafor.course.id, 4), "course-weight-old")
    guide.ask(page.weight.button.click, "dialog-weigh")
    weigh_patient(guide.desk, okafor.patient.id, "80")
    guide.go(places.CoursePlace(okafor.course.id, 5), "course-weight-changed")
    guide.ask(page.weight.button.click, "dialog-reweigh")


def _before_the_start(guide: _Guide) -> None:
    due = guide.row("due", NOWAK)
    guide.go(places.InfusionPlace(due.course_id, due.dose.id), "infusion-part-of-a-vial")
    other = guide.row("due", "PR-0003")
    guide.go(places.InfusionPlace(other.course_id, other.dose.id), "infusion-before")
    page = _bedside(guide)
    guide.ask(page.cards.start.not_given.click, "dialog-not-given")
    page.cards.vials.add.click()
    guide.look("infusion-vial-refused")
    page.show_place(guide.shell.place)
    page.scanner.scanned.emit("(01)09501101530003(17)250101(10)AB1")
    guide.look("infusion-code-unknown")
    page.cards.vials.question.answered.emit("09501101530003", "privigen-10", 10000)
    guide.look("infusion-scan-refused")
    page.cards.checklist.leave.click()
    guide.look("infusion-check-left-open")
    page.show_place(guide.shell.place)
    next(iter(page.cards.checklist.boxes.values())).click()
    page.cards.vials.lot.set_text("P1004 71881")
    guide.ask(lambda: guide.shell.go(places.TodayPlace()), "dialog-leave-infusion")
    page.show_place(guide.shell.place)


def _at_the_bedside(guide: _Guide) -> None:
    running = guide.row("running")
    place = places.InfusionPlace(running.course_id, running.dose.id)
    guide.go(place, "infusion-running")
    page, desk = _bedside(guide), guide.desk
    infusion = running.view.infusion
    if infusion is None:
        raise ValueError("nothing runs")
    guide.ask(next(iter(page.cards.effects.quick.values())).click, "dialog-side-effect")
    guide.ask(next(iter(page.cards.effects.alarm.values())).click, "dialog-side-effect-alarm")
    guide.ask(page.cards.effects.more.click, "dialog-terms")
    fever = guide.desk.library.side_effects().term("AE10")
    number = SideEffectDialog(desk, bedside(desk, running.dose.id), fever, guide.window.wording, parent=guide.window)
    if number.number is not None:
        number.number.value.set_text("39.4")
        number.number.value.edited.emit()
    guide.ask(number.exec, "dialog-side-effect-number")
    guide.ask(page.cards.running.slow.click, "dialog-rate-slow")
    guide.ask(page.cards.finish.click, "dialog-finish")
    words = "Stopped 30 minutes, blanket, promethazine on order"
    effect = record_side_effect(desk, running.dose.id, SideEffectForm(code="AE11", grade="2", action=words))
    guide.go(place, "infusion-reaction")
    _after_a_reaction(guide, effect.id)
    guide.go(place)
    set_rate(desk, infusion.id, "slow", Decimal(60))
    guide.go(place, "infusion-slowed")
    guide.ask(page.cards.running.step.click, "dialog-rate-raise")
    page.cards.running.stop.click()
    guide.look("infusion-stopped")
    guide.ask(page.cards.running.resume.click, "dialog-rate-resume")
    guide.go(places.TodayPlace(), "today-stopped")
    set_rate(desk, infusion.id, "resume", Decimal(30), "ordered by Dr Kim")
    set_rate(desk, infusion.id, "pause", Decimal(0))
    guide.go(places.TodayPlace(), "today-paused")
    guide.go(place, "infusion-paused")
    ended = guide.view(FINISHED)
    guide.go(places.InfusionPlace(ended.course.id, ended.doses[0].dose.id), "infusion-done")
    guide.ask(lambda: _late(guide, ended), "dialog-late-terms")
    meningitis = desk.library.side_effects().term("AE01")
    here = bedside(desk, ended.doses[0].dose.id)
    late = SideEffectDialog(desk, here, meningitis, guide.window.wording, parent=guide.window)
    guide.ask(late.exec, "dialog-late-effect")


def _late(guide: _Guide, view: CourseView) -> None:
    ask_late_effect(guide.desk, view.doses[0].dose.id, guide.window.wording, guide.window)


def _after_a_reaction(guide: _Guide, effect_id: UUID) -> None:
    """See what a reaction means for the dose after it."""
    words = guide.window.wording
    guide.ask(lambda: FollowUpDialog.ask(guide.desk, effect_id, words, guide.window), "dialog-follow-up")
    for consequence, rate, detail in (("SLOW", "60", ""), ("PREMED", "", "paracetamol 1 g by mouth")):
        form = FollowUpForm(
            effect_id=effect_id, consequence=consequence, ml_per_h=rate, detail=detail, prescriber="Dr S. Kim"
        )
        decide(guide.desk, form)
    view = guide.row("running").view
    doses = patient_row(guide.desk, guide.row("running").patient).courses[0].doses
    after = next(one for one in doses if view.dose.comes_before(one.dose))
    guide.go(places.InfusionPlace(guide.row("running").course_id, after.dose.id), "infusion-follow-ups")


def _paper(guide: _Guide) -> None:
    view = guide.view(LI_NA)
    guide.go(places.PrintPlanPlace(view.course.id), "print-plan")
    page = guide.page
    if not isinstance(page, PrintPage):
        raise TypeError(f"{page} prints nothing")
    page.with_reasons.click()
    page.turn(3)
    guide.look("print-reasons")
    page.with_reasons.click()
    guide.go(places.PrintDosePlace(view.course.id, 8), "print-dose")
    guide.go(places.PrintLabPlace(view.patient.id), "print-laboratory")
    guide.go(places.PrintDayListPlace(view.day), "print-day-list")
    told = [effect for one in view.doses for effect in one.side_effects]
    guide.go(places.PrintReactionPlace(told[0].id), "print-reaction")
    lots = [vial.lot for one in view.doses if one.infusion is not None for vial in one.infusion.vials]
    guide.go(places.PrintRecallPlace(lots[0]), "print-recall")


def _side_effects(guide: _Guide) -> None:
    guide.go(places.SideEffectsPlace("effects"), "side-effects")
    page = guide.page
    if not isinstance(page, SideEffectsPage):
        raise TypeError(f"{page} lists no side effects")
    guide.ask(page.export.click, "dialog-side-effects-file")
    page.filters.patient.set_text("nobody of that name")
    page.read()
    guide.look("side-effects-none")
    page.filters.empty()
    page.open_tab("counts")
    guide.look("side-effects-counts")
    page.open_tab("recall")
    guide.look("recall-none")
    lot = page.table.records.rows[0].lots[0]
    guide.go(places.SideEffectsPlace("recall", lot), "recall")
    page.recall.look_for(f"{lot[:-1]}#")
    guide.look("recall-near")


def _the_rest(guide: _Guide) -> None:
    guide.go(places.LibraryPlace(), "library")
    page = guide.page
    if not isinstance(page, LibraryPage):
        raise TypeError(f"{page} is no library")
    for tab in ("products", "criteria", "evidence"):
        page.open_tab(tab)
        guide.look(f"library-{tab}")
    _refused_file(guide)
    _editors(guide)
    guide.go(places.SettingsPlace(), "settings")
    sign_in(guide.desk, NURSE)


def _refused_file(guide: _Guide) -> None:
    """Put a bad file into the ward's library, see it listed, and take it away again."""
    path = guide.desk.ward.path.parent / "library" / "regimens" / "ours.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("id = ", encoding="utf-8")
    guide.go(places.LibraryPlace("refused"))
    guide.look("library-refused")
    path.unlink()
    guide.go(places.LibraryPlace("regimens", "prophylaxis-weekly-kaya-2024"), "library-not-routine")


def _editors(guide: _Guide) -> None:
    new: tuple[Place, ...] = (places.RegimenEditorPlace(), places.ProductEditorPlace())
    for name, place in zip(("regimen-new-refused", "product-new-refused"), new, strict=True):
        guide.go(place)
        if not isinstance(guide.page, EditorPage):
            raise TypeError(f"{guide.page} is no editor")
        guide.page.store()
        guide.look(name)
    for name, regimen_id in (
        ("regimen-copy", "cmv-pneumonia-fred-hutch"),
        ("regimen-of-days", "cmv-pneumonitis-reed-1988"),
        ("regimen-of-transplant-days", "prophylaxis-weekly-kaya-2024"),
    ):
        guide.go(places.RegimenEditorPlace(regimen_id), name)
    guide.go(places.ProductEditorPlace("privigen-10"), "product-copy")


def _bedside(guide: _Guide) -> InfusionPage:
    page = guide.page
    if not isinstance(page, InfusionPage):
        raise TypeError(f"{page} is no bedside record")
    return page
