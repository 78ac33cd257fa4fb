"""The bedside record through its real page: prepare, start, observe, react, finish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import bedside, set_rate
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.ward.day_list import day_list
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clock import SetClock
from ivigdesk.ui.infusion import InfusionPage, infusion_page
from ivigdesk.ui.infusion.dialogs.finish_dialog import FinishDialog, NotGivenDialog
from ivigdesk.ui.infusion.dialogs.rate_dialog import RateDialog
from ivigdesk.ui.infusion.dialogs.side_effect_dialog import SideEffectDialog
from ivigdesk.ui.infusion.dialogs.term_dialog import TermDialog
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.places import InfusionPlace
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording
from tests.ui.audit import labels_that_guess_markup, unnamed_controls
from tests.ui.infusion.bedside import VALUES, cursor, infusion_of, observe, prepare

Show = Callable[[QWidget], QWidget]


def test_a_critical_check_that_is_open_keeps_the_pump_still(page: InfusionPage, said: list[str]) -> None:
    prepare(page)
    page.cards.checklist.boxes["two-identifiers"].click()
    page.cards.start.start.click()
    assert "Two identifiers" in said[-1]
    assert page.here is not None
    assert page.here.infusion is None


def test_no_infusion_starts_without_a_lot(page: InfusionPage) -> None:
    for box in page.cards.checklist.boxes.values():
        box.click()
    page.cards.start.start.click()
    assert "no vial is recorded" in page.cards.vials.lot.error
    assert page.here is not None
    assert page.here.infusion is None


def test_an_expired_vial_is_refused_under_its_field(page: InfusionPage) -> None:
    page.cards.vials.lot.set_text("OLD1")
    page.cards.vials.expires.set_text("2026-01")
    page.cards.vials.add.click()
    assert "expired" in page.cards.vials.expires.error
    assert page.cards.vials.lot.text() == "OLD1", "what was typed stays"


def test_vials_can_be_taken_back_before_the_start(page: InfusionPage) -> None:
    prepare(page)
    assert not page.cards.vials.add.isVisible()
    back = page.cards.vials.lines.findChild(Button)
    assert back is not None
    back.click()
    assert page.cards.vials.add.isVisible()
    assert page.cards.vials.sum.text() == "0 of 10\u00a0g"


def test_every_check_and_vial_is_stored_when_it_is_made_and_only_typed_words_can_be_lost(
    page: InfusionPage, course: Course, desk: Desk, english: Wording, shown: Show
) -> None:
    prepare(page)
    assert not page.has_unsaved()
    other = InfusionPage(desk, english)
    shown(other)
    other.show_place(InfusionPlace(course.id, course.dose(1).id))
    assert all(box.isChecked() for box in other.cards.checklist.boxes.values())
    assert "P1004 71881" in other.cards.vials.lines.findChildren(PlainLabel)[0].text()
    other.hide()
    page.cards.start.at.set_text("09:0")
    assert page.has_unsaved()


def test_the_start_stores_checks_and_vials_with_it(running: InfusionPage, desk: Desk) -> None:
    infusion = infusion_of(running, desk)
    assert len(infusion.vials) == 4
    assert {vial.lot for vial in infusion.vials} == {"P1004 71881"}
    assert "two-identifiers" in {check.item for check in infusion.checks}
    assert running.cards.running.rate.text() == "60\u00a0mL/h"
    assert not running.has_unsaved()


def test_the_countdown_runs_by_the_ward_s_clock_and_stops_with_the_page(
    running: InfusionPage, clock: SetClock, qtbot: QtBot
) -> None:
    clock.advance(timedelta(minutes=10, seconds=28))
    qtbot.waitUntil(lambda: "04:32" in running.cards.running.step.text(), timeout=3000)
    assert running._second.isActive()
    running.hide()
    assert not running._second.isActive()


def test_enter_goes_through_the_observation_line_and_saves_it_at_the_words(
    running: InfusionPage, desk: Desk, qtbot: QtBot
) -> None:
    edits = running.cards.observations.edits
    edits["temperature_c"].setFocus()
    for value in (*VALUES, "none"):
        qtbot.keyClicks(cursor(), value)
        qtbot.keyClick(cursor(), Qt.Key.Key_Return)
    (observation,) = infusion_of(running, desk).observations
    assert observation.temperature_c == Decimal("36.8")
    assert (observation.systolic_mmhg, observation.diastolic_mmhg) == (124, 76)
    assert observation.symptoms == "none"
    assert edits["temperature_c"].text() == ""
    assert edits["temperature_c"].hasFocus(), "ready for the next set"


def test_a_pressure_is_typed_as_it_is_said(running: InfusionPage, desk: Desk, qtbot: QtBot) -> None:
    edits = running.cards.observations.edits
    edits["systolic_mmhg"].setFocus()
    qtbot.keyClicks(cursor(), "124")
    qtbot.keyClick(cursor(), Qt.Key.Key_Slash)
    qtbot.keyClicks(cursor(), "76")
    assert (edits["systolic_mmhg"].text(), edits["diastolic_mmhg"].text()) == ("124", "76")


def test_the_infusion_site_is_noted_with_the_values(running: InfusionPage, desk: Desk) -> None:
    running.cards.observations.edits["site"].setText("no redness")
    observe(running, "36.8")
    (observation,) = infusion_of(running, desk).observations
    assert observation.site == "no redness"


def test_an_impossible_value_is_refused_and_nothing_is_lost(running: InfusionPage, desk: Desk) -> None:
    observe(running, "3,7", "80")
    assert "3,7" in running.cards.observations.error.text()
    assert running.cards.observations.edits["pulse_per_min"].text() == "80"
    assert infusion_of(running, desk).observations == ()


def test_the_step_that_is_due_and_observed_is_one_touch(running: InfusionPage, desk: Desk, clock: SetClock) -> None:
    clock.advance(timedelta(minutes=14))
    observe(running, "36.9", "82")
    clock.advance(timedelta(minutes=1))
    running._tick()
    running.cards.running.step.click()
    assert infusion_of(running, desk).rate_ml_per_h == Decimal(180)


def test_a_step_before_its_time_asks_why(running: InfusionPage, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[RateDialog] = []
    monkeypatch.setattr(RateDialog, "exec", lambda dialog: asked.append(dialog) or 0)
    running.cards.running.step.click()
    assert len(asked) == 1
    asked[0].confirm()
    assert asked[0].reason.error, "a reason is needed"
    assert infusion_of(running, desk).rate_ml_per_h == Decimal(60)
    asked[0].deleteLater()


def test_slow_proposes_half_and_pause_and_stop_are_one_touch(
    running: InfusionPage, desk: Desk, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def confirm(dialog: RateDialog) -> int:
        dialog.confirm()
        return dialog.result()

    monkeypatch.setattr(RateDialog, "exec", confirm)
    clock.advance(timedelta(minutes=5))
    running.cards.running.slow.click()
    assert infusion_of(running, desk).rate_ml_per_h == Decimal(30)
    running.cards.running.pause.click()
    assert infusion_of(running, desk).rate_ml_per_h == 0
    assert running.cards.running.resume.isVisible()
    assert not running.cards.running.step.isVisible()
    running.cards.running.resume.click()
    assert infusion_of(running, desk).rate_ml_per_h == Decimal(30)
    running.cards.running.stop.click()
    assert infusion_of(running, desk).rate_changes[-1].action == "stop"
    assert running.cards.running.resume.property("look") == "secondary", "going on is not the thing to do next"
    assert running.cards.finish.property("look") == "primary"


def _dialog(page: InfusionPage, desk: Desk, code: str, english: Wording, shown: Show) -> SideEffectDialog:
    assert page.here is not None
    dialog = SideEffectDialog(desk, page.here, desk.library.side_effects().term(code), english)
    shown(dialog)
    return dialog


def test_a_headache_is_recorded_with_time_and_rate(
    running: InfusionPage, desk: Desk, clock: SetClock, english: Wording, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(timedelta(minutes=20))

    def grade_one(dialog: SideEffectDialog) -> int:
        dialog.grades.button(1).click()
        dialog.action.set_text("paracetamol 1 g")
        dialog.confirm()
        return dialog.result()

    monkeypatch.setattr(SideEffectDialog, "exec", grade_one)
    running.cards.effects.quick["AE14"].click()
    (effect,) = infusion_of(running, desk).side_effects
    assert (effect.grade, effect.minutes_from_start, effect.ml_per_h) == (1, 20, Decimal(60))
    assert running.cards.effects.recorded.isVisible()


def test_the_first_thing_to_do_stands_first_and_no_grade_is_chosen_for_the_nurse(
    running: InfusionPage, desk: Desk, english: Wording, shown: Show, qtbot: QtBot
) -> None:
    dialog = _dialog(running, desk, "AE29", english, shown)
    assert "Stop at once" in dialog.first.verb.text()
    dialog.confirm()
    assert "choose the line" in dialog.grade_error.text()
    qtbot.keyClick(dialog, Qt.Key.Key_2)
    assert dialog.chosen_grade() == 2
    assert not dialog.hold.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_3)
    assert dialog.hold.isVisible()


def test_a_grade_three_holds_the_remaining_doses(
    running: InfusionPage, desk: Desk, course: Course, clock: SetClock, english: Wording, shown: Show
) -> None:
    clock.advance(timedelta(minutes=20))
    dialog = _dialog(running, desk, "AE29", english, shown)
    dialog.grades.button(3).click()
    dialog.confirm()
    assert dialog.effect is not None
    held = look_up_course(desk, course.id)
    assert [one.status for one in held.doses] == ["running"] + ["held"] * 10


def test_the_search_finds_chills_by_the_patient_s_own_chinese_word(
    desk: Desk, english: Wording, shown: Show, qtbot: QtBot
) -> None:
    dialog = TermDialog(desk.library.side_effects(), english)
    shown(dialog)
    dialog.search.setText("发冷")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.term is not None
    assert dialog.term.code == "AE11"


def test_finishing_signs_and_says_how_long_to_observe(
    running: InfusionPage, desk: Desk, clock: SetClock, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(timedelta(minutes=200))

    def sign(dialog: FinishDialog) -> int:
        assert dialog.chosen_outcome() == "completed"
        dialog.second.set_value("S. Kaur")
        dialog.confirm()
        return dialog.result()

    monkeypatch.setattr(FinishDialog, "exec", sign)
    running.cards.finish.click()
    end = infusion_of(running, desk).end
    assert end is not None
    assert (end.outcome, end.nurse, end.second_nurse, end.given_dose_mg) == ("completed", "A. Wong", "S. Kaur", 10_000)
    assert "13:25" in said[-1], "a first infusion is observed for an hour after 12:25"
    assert running.cards.effects.late.isVisible()
    assert not running.cards.finish.isVisible()


def test_a_part_given_asks_for_volume_and_reason(
    running: InfusionPage, desk: Desk, clock: SetClock, english: Wording, shown: Show
) -> None:
    clock.advance(timedelta(minutes=30))
    assert running.here is not None
    dialog = FinishDialog(desk, bedside(desk, running.here.dose.id), english)
    shown(dialog)
    assert dialog.chosen_outcome() == "partly given"
    assert dialog.given.text() == "30"
    dialog.confirm()
    assert dialog.reason.error
    dialog.reason.set_text("chills")
    dialog.confirm()
    assert dialog.infusion is not None
    assert dialog.infusion.end is not None
    assert dialog.infusion.end.given_dose_mg == 1500


def test_a_dose_that_is_not_given_needs_a_reason(page: InfusionPage, desk: Desk, english: Wording, shown: Show) -> None:
    assert page.here is not None
    dialog = NotGivenDialog(desk, page.here, uuid4(), english)
    shown(dialog)
    dialog.confirm()
    assert dialog.reason.error
    dialog.reason.set_text("patient refused")
    dialog.confirm()
    page.show_place(InfusionPlace(page.here.course.id, page.here.dose.id))
    assert "patient refused" in page.cards.running.ended.text()
    assert not page.cards.observations.save.isVisible()


def test_a_late_side_effect_can_be_added_after_the_end(
    running: InfusionPage, desk: Desk, clock: SetClock, english: Wording, shown: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(timedelta(minutes=200))
    assert running.here is not None
    finish = FinishDialog(desk, bedside(desk, running.here.dose.id), english)
    shown(finish)
    finish.confirm()
    clock.advance(timedelta(hours=20))
    running.show_place(InfusionPlace(running.here.course.id, running.here.dose.id))

    def add(desk: Desk, dose_id: UUID, *_rest: object) -> SideEffect:
        typed = SideEffectForm(code="AE14", grade="2", onset_on="t", onset_at="04:00")
        return record_side_effect(desk, dose_id, typed)

    monkeypatch.setattr(infusion_page, "ask_late_effect", add)
    running.cards.effects.late.click()
    (effect,) = infusion_of(running, desk).side_effects
    assert effect.ml_per_h is None
    assert running.cards.effects.recorded.isVisible()


def test_the_window_opens_the_page_under_the_patient_s_banner(window: MainWindow, course: Course) -> None:
    assert window.shell is not None
    window.shell.go(InfusionPlace(course.id, course.doses[0].id))
    assert isinstance(window.shell.page, InfusionPage)
    assert window.shell.banner.isVisible()


def test_every_control_has_a_name_and_no_label_reads_markup(
    running: InfusionPage, desk: Desk, english: Wording, shown: Show
) -> None:
    dialog = _dialog(running, desk, "AE14", english, shown)
    terms = TermDialog(desk.library.side_effects(), english)
    shown(terms)
    for widget in (running, dialog, terms):
        assert unnamed_controls(widget) == []
        assert labels_that_guess_markup(widget) == []


def test_starting_is_filled_only_once_nothing_stands_before_it(page: InfusionPage) -> None:
    start = page.cards.start
    assert start.start.property("look") == "secondary"
    assert "8 checks" in start.open.text()
    assert "vials" in start.open.text()
    prepare(page)
    assert start.start.property("look") == "primary"
    assert not start.open.isVisible()
    page.cards.checklist.boxes["consent"].click()
    assert start.start.property("look") == "secondary"
    assert start.open.text() == "Still open: 1 check (*)"


@pytest.mark.parametrize(("grade", "filled"), [("1", "slow"), ("2", "stop")])
def test_the_button_that_a_reaction_asks_for_is_the_filled_one(
    running: InfusionPage, desk: Desk, grade: str, filled: str
) -> None:
    assert running.here is not None
    effect = SideEffectForm(code="AE14" if grade == "1" else "AE11", grade=grade)
    record_side_effect(desk, running.here.dose.id, effect)
    running._show(bedside(desk, running.here.dose.id))
    card = running.cards.running
    assert (card.slow.property("look") == "primary") is (filled == "slow")
    assert (card.stop.property("look") == "danger-filled") is (filled == "stop")
    assert card.step.property("look") == "secondary"


def test_a_reaction_that_the_pump_answered_asks_for_nothing_more(
    running: InfusionPage, desk: Desk, clock: SetClock
) -> None:
    assert running.here is not None
    record_side_effect(desk, running.here.dose.id, SideEffectForm(code="AE11", grade="2"))
    clock.advance(timedelta(minutes=1))
    set_rate(desk, infusion_of(running, desk).id, "slow", Decimal(30))
    running._show(bedside(desk, running.here.dose.id))
    assert running.cards.running.stop.property("look") == "danger"


def test_the_rate_card_shows_tenths_of_a_millilitre(practice_desk: Desk, english: Wording, shown: Show) -> None:
    row = next(row for row in day_list(practice_desk).in_group("due") if row.patient.family_name == "Nowak")
    made = InfusionPage(practice_desk, english)
    made.resize(1300, 780)
    shown(made)
    made.show_place(InfusionPlace(row.course_id, row.dose.id))
    model = made.cards.card.table.model()
    assert model.index(model.rowCount() - 1, 3).data() == "18.6"
    assert "from 1" in made.cards.start.made_of.text()
    assert "discard 31.4" in made.cards.vials.planned.text()
    made.hide()
