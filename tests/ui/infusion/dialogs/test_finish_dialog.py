"""How a dose ended, through the real dialogs: whole, in part, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.follow_up import FollowUpForm, decide
from ivigdesk.actions.infusions.give_infusion import Bedside, bedside, start_infusion
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.infusion.dialogs.finish_dialog import FinishDialog, NotGivenDialog
from ivigdesk.wording import Wording
from tests.ui.audit import labels_that_guess_markup, unnamed_controls

COMPLETED, PARTLY, NOT_GIVEN = 0, 1, 2

Open = Callable[[], FinishDialog]


@pytest.fixture
def opened(running: Bedside, desk: Desk, english: Wording, shown: Callable[[QWidget], QWidget]) -> Open:
    """Open the dialog at the dose as it stands now."""

    def open_it() -> FinishDialog:
        dialog = FinishDialog(desk, bedside(desk, running.dose.id), english)
        shown(dialog)
        return dialog

    return open_it


def test_a_smooth_one_is_signed_with_one_enter(opened: Open, clock: SetClock, qtbot: QtBot) -> None:
    clock.advance(timedelta(minutes=70))
    dialog = opened()
    assert dialog.chosen_outcome() == "completed"
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert dialog.infusion is not None
    end = dialog.infusion.end
    assert end is not None
    assert (end.outcome, end.given_dose_mg, end.nurse) == ("completed", 10_000, "A. Wong")


def test_grams_and_what_is_discarded_follow_the_volume(opened: Open, qtbot: QtBot) -> None:
    dialog = opened()
    assert dialog.chosen_outcome() == "partly given"
    dialog.given.line.clear()
    qtbot.keyClicks(dialog.given.line, "80")
    assert dialog.amount.text() == "Given: 4\u00a0g of 10\u00a0g. To discard: 6\u00a0g."


def test_a_quick_reason_is_one_touch(opened: Open) -> None:
    dialog = opened()
    dialog.confirm()
    assert dialog.reason.error
    dialog.quick.buttons[0].click()
    dialog.confirm()
    assert dialog.infusion is not None
    end = dialog.infusion.end
    assert end is not None
    assert (end.outcome, end.reason) == ("partly given", "side effect")
    assert end.given_dose_mg + end.discarded_mg == 10_000


def test_one_that_was_started_but_never_ran_is_not_given_and_needs_no_lot(
    desk: Desk, course: Course, english: Wording, shown: Callable[[QWidget], QWidget]
) -> None:
    start_infusion(desk, course.doses[0].id, recorded_later=True)
    dialog = FinishDialog(desk, bedside(desk, course.doses[0].id), english)
    shown(dialog)
    dialog.outcome.button(NOT_GIVEN).click()
    dialog.confirm()
    assert dialog.reason.error
    dialog.reason.set_text("line blocked at once")
    dialog.confirm()
    assert dialog.infusion is not None
    assert bedside(desk, course.doses[0].id).dose_view.status == "not given"


def test_missing_pieces_are_named_with_the_way_to_mend_them(
    desk: Desk, course: Course, clock: SetClock, english: Wording, shown: Callable[[QWidget], QWidget]
) -> None:
    start_infusion(desk, course.doses[0].id, recorded_later=True)
    clock.advance(timedelta(minutes=30))
    dialog = FinishDialog(desk, bedside(desk, course.doses[0].id), english)
    shown(dialog)
    said = dialog.missing.text()
    assert "Lot missing" in said
    assert "checks are open" in said
    assert "No observation" in said
    assert said.count("Esc, then") == 3


def test_the_colleague_signs_now_or_later(opened: Open, clock: SetClock) -> None:
    clock.advance(timedelta(minutes=70))
    dialog = opened()
    assert dialog.second.box.itemText(0) == "Later"
    dialog.second.set_value("S. Kaur")
    dialog.confirm()
    assert dialog.infusion is not None
    assert dialog.infusion.end is not None
    assert dialog.infusion.end.second_nurse == "S. Kaur"


def test_it_says_how_long_to_watch_and_what_comes_next(
    opened: Open, desk: Desk, running: Bedside, clock: SetClock
) -> None:
    effect = record_side_effect(desk, running.dose.id, SideEffectForm(code="AE14", grade="1"))
    decide(desk, FollowUpForm(effect_id=effect.id, consequence="SLOW", ml_per_h="60"))
    clock.advance(timedelta(minutes=70))
    dialog = opened()
    assert dialog.watch_until.text() == "Observe the patient for 1\u00a0h, until 12:00."
    assert "dose 2, Wed\u00a004\u00a0Mar\u00a02026" in dialog.next_dose.text()
    assert "Slower, at most 60\u00a0mL/h" in dialog.next_dose.text()
    assert "2 proposals" in dialog.decide.text()


def test_not_given_takes_a_quick_reason(
    desk: Desk, course: Course, english: Wording, shown: Callable[[QWidget], QWidget]
) -> None:
    dose = course.doses[0]
    dialog = NotGivenDialog(desk, bedside(desk, dose.id), dose.id, english)
    shown(dialog)
    dialog.quick.buttons[0].click()
    dialog.confirm()
    assert dialog.infusion is not None
    assert dialog.infusion.end is not None
    assert dialog.infusion.end.reason == "patient refused"


def test_every_control_has_a_name_and_no_label_reads_markup(opened: Open) -> None:
    dialog = opened()
    assert unnamed_controls(dialog) == []
    assert labels_that_guess_markup(dialog) == []
