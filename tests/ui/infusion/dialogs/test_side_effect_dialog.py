"""One side effect through its real dialog: what to do first, the grade, and everything that may wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import Bedside, EndForm, bedside, finish_infusion
from ivigdesk.actions.patients.record_lab_value import LabForm, record
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clock import SetClock
from ivigdesk.ui.infusion.dialogs.follow_up_dialog import FollowUpDialog
from ivigdesk.ui.infusion.dialogs.side_effect_dialog import SideEffectDialog
from ivigdesk.ui.infusion.steps import asked_of_pump
from ivigdesk.ui.widgets import dialogs
from ivigdesk.wording import Wording
from tests.ui.audit import labels_that_guess_markup, unnamed_controls

Show = Callable[[QWidget], QWidget]
Open = Callable[[str], SideEffectDialog]


@pytest.fixture
def opened(running: Bedside, desk: Desk, english: Wording, shown: Show) -> Open:
    """Open the dialog of one term at the dose as it stands now."""

    def open_term(code: str) -> SideEffectDialog:
        term = desk.library.side_effects().term(code)
        dialog = SideEffectDialog(desk, bedside(desk, running.dose.id), term, english)
        shown(dialog)
        return dialog

    return open_term


def _infusion(desk: Desk, here: Bedside) -> Infusion:
    found = bedside(desk, here.dose.id).infusion
    assert found is not None
    return found


def _type(qtbot: QtBot, dialog: SideEffectDialog, text: str) -> None:
    assert dialog.number is not None
    dialog.number.value.line.clear()
    qtbot.keyClicks(dialog.number.value.line, text)


def test_a_headache_of_grade_1_is_one_key_and_enter(opened: Open, qtbot: QtBot) -> None:
    dialog = opened("AE14")
    for key in (Qt.Key.Key_1, Qt.Key.Key_Return):
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)
    assert dialog.effect is not None
    assert (dialog.effect.grade, dialog.effect.minutes_from_start, dialog.effect.ml_per_h) == (1, 45, Decimal(120))
    assert not dialog.isVisible()


def test_no_grade_is_chosen_for_the_nurse(opened: Open, qtbot: QtBot) -> None:
    dialog = opened("AE14")
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert dialog.effect is None
    assert "choose the line" in dialog.grade_error.text()


def test_the_pump_stops_at_one_touch_even_where_nothing_is_recorded(opened: Open, desk: Desk, running: Bedside) -> None:
    dialog = opened("AE05")
    assert "Stop at once" in dialog.first.verb.text()
    assert "2222" in dialog.first.call.text()
    assert dialog.first.stop.property("look") == "danger-filled"
    dialog.first.stop.click()
    assert "stands still since 09:50" in dialog.first.pump.text()
    assert not dialog.first.stop.isVisible()
    dialog.reject()
    last = _infusion(desk, running).rate_changes[-1]
    assert (last.action, last.ml_per_h) == ("stop", 0)
    assert _infusion(desk, running).side_effects == ()


def test_slowing_sets_half_the_rate_and_the_onset_keeps_the_rate_before(
    opened: Open, desk: Desk, running: Bedside, clock: SetClock
) -> None:
    dialog = opened("AE14")
    assert "60" in dialog.first.slow.text()
    clock.advance(timedelta(seconds=20))
    dialog.first.slow.click()
    assert _infusion(desk, running).rate_ml_per_h == Decimal(60)
    dialog.grades.button(1).click()
    dialog.confirm()
    assert dialog.effect is not None
    assert dialog.effect.ml_per_h == Decimal(120)


def test_minutes_and_rate_at_onset_are_shown_and_follow_the_time(opened: Open, qtbot: QtBot) -> None:
    dialog = opened("AE14")
    assert dialog.onset.said.text() == "45\u00a0min after the start, at 120\u00a0mL/h"
    dialog.onset_at.line.clear()
    qtbot.keyClicks(dialog.onset_at.line, "09:15")
    assert dialog.onset.said.text() == "10\u00a0min after the start, at 60\u00a0mL/h"


@pytest.mark.parametrize(("typed", "grade"), [("38.0", 1), ("39.1", 2), ("40,1", 3)])
def test_a_fever_grades_itself(opened: Open, qtbot: QtBot, typed: str, grade: int) -> None:
    dialog = opened("AE10")
    assert dialog.number is not None
    assert dialog.number.value.line.hasFocus()
    _type(qtbot, dialog, typed)
    assert dialog.chosen_grade() == grade
    qtbot.keyClick(dialog.number.value.line, Qt.Key.Key_Return)
    assert dialog.effect is not None
    assert dialog.effect.grade == grade
    assert dialog.effect.notes == f"Temperature {typed}\u00a0°C"


def test_blood_pressure_grades_by_the_worse_of_both_numbers(opened: Open, qtbot: QtBot) -> None:
    dialog = opened("AE24")
    _type(qtbot, dialog, "150/102")
    assert dialog.chosen_grade() == 3


def test_a_number_that_nobody_has_is_refused_on_leaving_it(opened: Open, qtbot: QtBot) -> None:
    dialog = opened("AE10")
    assert dialog.number is not None
    _type(qtbot, dialog, "25")
    assert not dialog.number.value.error
    dialog.grading.focus()
    assert "25" in dialog.number.value.error
    assert dialog.chosen_grade() == 0


def test_a_creatinine_says_what_it_was_compared_with(opened: Open, desk: Desk, running: Bedside, qtbot: QtBot) -> None:
    patient = running.view.patient.id
    record(desk, LabForm(patient_id=patient, test="creatinine", value="80", taken_on="2026-03-01"))
    dialog = opened("AE06")
    _type(qtbot, dialog, "400")
    assert dialog.number is not None
    limit = dialog.number.limits["upper_limit"]
    assert limit.isVisible(), "no limit is guessed"
    assert "µmol/L" in limit.below.text()
    qtbot.keyClicks(limit.line, "90")
    assert "80" in dialog.number.value.below.text()
    assert dialog.chosen_grade() == 3


def test_choosing_another_grade_than_the_number_has_is_said(opened: Open, qtbot: QtBot) -> None:
    dialog = opened("AE10")
    _type(qtbot, dialog, "39.4")
    dialog.grades.button(3).click()
    assert dialog.number is not None
    assert "The number is grade 2" in dialog.number.value.below.text()
    assert dialog.chosen_grade() == 3


def test_a_term_without_low_grades_shows_only_those_it_has(opened: Open, qtbot: QtBot) -> None:
    dialog = opened("AE05")
    assert [dialog.grades.id(button) for button in dialog.grades.buttons()] == [3, 4, 5]
    qtbot.keyClick(dialog, Qt.Key.Key_1)
    assert dialog.chosen_grade() == 0


def test_a_grave_grade_says_how_many_doses_will_wait_before_it_is_stored(opened: Open, desk: Desk) -> None:
    dialog = opened("AE29")
    dialog.grades.button(2).click()
    assert not dialog.hold.isVisible()
    dialog.grades.button(3).click()
    assert "The remaining 10 doses are put on hold" in dialog.hold.text()


def test_drugs_doctor_and_end_are_stored(opened: Open, qtbot: QtBot) -> None:
    dialog = opened("AE14")
    dialog.grades.button(2).click()
    fields = dialog.fields
    fields.action.set_text("line kept open")
    fields.drugs.set_text("paracetamol 1 g 09:50")
    fields.called_now.click()
    assert fields.doctor.line.hasFocus()
    qtbot.keyClicks(fields.doctor.line, "Dr Kim")
    fields.over_now.click()
    dialog.confirm()
    effect = dialog.effect
    assert effect is not None
    assert (effect.drugs, effect.doctor, effect.outcome) == ("paracetamol 1 g 09:50", "Dr Kim", "resolved")
    assert effect.doctor_at is not None
    assert effect.resolved_at is not None


def test_what_was_left_empty_is_completed_by_correcting(
    opened: Open, desk: Desk, running: Bedside, clock: SetClock, english: Wording, shown: Show
) -> None:
    dialog = opened("AE14")
    dialog.grades.button(1).click()
    dialog.confirm()
    first = dialog.effect
    assert first is not None
    clock.advance(timedelta(minutes=30))
    term = desk.library.side_effects().term("AE14")
    again = SideEffectDialog(desk, bedside(desk, running.dose.id), term, english, corrects=first)
    shown(again)
    assert again.chosen_grade() == 1
    assert again.onset_at.text() == "09:50"
    again.fields.over_now.click()
    again.confirm()
    (effect,) = _infusion(desk, running).side_effects
    assert effect.replaces == first.id
    assert effect.outcome == "resolved"
    assert effect.minutes_from_start == 45


def test_esc_asks_once_something_was_typed(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def ask(*_args: object) -> bool:
        asked.append(True)
        return False

    monkeypatch.setattr(dialogs, "ask_to_discard", ask)
    dialog = opened("AE14")
    assert not dialog.has_unsaved()
    dialog.fields.drugs.set_text("paracetamol")
    dialog.reject()
    assert asked == [True]
    assert dialog.isVisible()
    assert dialog.fields.drugs.text() == "paracetamol"
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


def test_deciding_for_the_next_dose_may_follow_at_once(
    running: Bedside, desk: Desk, english: Wording, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[str] = []

    def record(dialog: SideEffectDialog) -> int:
        assert "dose 2" in dialog.decide.text()
        dialog.grades.button(1).click()
        dialog.decide.click()
        return dialog.result()

    monkeypatch.setattr(SideEffectDialog, "exec", record)
    monkeypatch.setattr(FollowUpDialog, "exec", lambda dialog: met.append(dialog.windowTitle()) or 0)
    term = desk.library.side_effects().term("AE14")
    assert SideEffectDialog.ask(desk, running, term, english) is not None
    assert met == ["What does it mean for dose 2?"]


@pytest.fixture
def ended(desk: Desk, running: Bedside, clock: SetClock) -> Bedside:
    """The same dose, completed at 10:50."""
    assert running.infusion is not None
    clock.advance(timedelta(hours=1))
    finish_infusion(desk, running.infusion.id, EndForm(outcome="completed"))
    return bedside(desk, running.dose.id)


@pytest.mark.usefixtures("ended")
def test_a_late_effect_asks_for_its_day_and_says_how_long_after_the_end_it_was(
    opened: Open, clock: SetClock, qtbot: QtBot
) -> None:
    clock.advance(timedelta(days=3))
    dialog = opened("AE01")
    assert "Call the doctor" in dialog.first.verb.text()
    assert dialog.onset_on.line.hasFocus()
    dialog.grades.button(3).click()
    dialog.confirm()
    assert dialog.effect is None
    assert dialog.onset_on.error, "nothing typed is not today"
    qtbot.keyClicks(dialog.onset_on.line, "2026-03-03")
    qtbot.keyClicks(dialog.onset_at.line, "17:50")
    assert dialog.onset.said.text() == "31\u00a0h after the end of dose 1"
    dialog.confirm()
    assert dialog.effect is not None
    assert dialog.effect.ml_per_h is None


@pytest.mark.usefixtures("ended")
def test_a_late_effect_may_be_known_by_day_only(opened: Open, clock: SetClock, qtbot: QtBot) -> None:
    clock.advance(timedelta(days=9))
    dialog = opened("AE08")
    qtbot.keyClicks(dialog.onset_on.line, "2026-03-09")
    assert dialog.onset.said.text() == "7 days after dose 1"
    dialog.grades.button(dialog.grades.id(dialog.grades.buttons()[0])).click()
    dialog.confirm()
    assert dialog.effect is not None
    assert not dialog.effect.onset_time_known


@pytest.mark.usefixtures("ended")
def test_while_the_patient_is_still_watched_it_begins_now(opened: Open, clock: SetClock) -> None:
    clock.advance(timedelta(minutes=20))
    dialog = opened("AE14")
    assert dialog.onset_at.text() == "11:10"
    assert "20\u00a0min after the end of dose 1" in dialog.onset.said.text()


def test_every_control_has_a_name_and_no_label_reads_markup(opened: Open) -> None:
    for code in ("AE10", "AE05"):
        dialog = opened(code)
        assert unnamed_controls(dialog) == []
        assert labels_that_guess_markup(dialog) == []


def test_a_pump_that_was_slowed_before_the_words_were_typed_is_not_asked_again(
    opened: Open, desk: Desk, running: Bedside, clock: SetClock
) -> None:
    dialog = opened("AE14")
    clock.advance(timedelta(seconds=10))
    dialog.first.slow.click()
    clock.advance(timedelta(seconds=30))
    dialog.grades.button(1).click()
    dialog.confirm()
    assert asked_of_pump(_infusion(desk, running), desk.library.side_effects()) is None
