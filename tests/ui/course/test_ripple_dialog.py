"""The ripple dialog: each verb asks, shows and stores; by keyboard alone; refusals stand where they belong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.courses.changing.form import ChangeForm
from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.scheduling.closures import WardDays
from ivigdesk.ui.course.dialogs import ripple_dialog
from ivigdesk.ui.course.dialogs.ripple_dialog import RippleDialog
from ivigdesk.ui.course.ripple.lines import Line
from ivigdesk.ui.widgets import dialogs
from ivigdesk.wording import Wording
from tests.actions.giving import give
from tests.conftest import cmv_plan
from tests.ui.audit import clipped_texts, labels_that_guess_markup, unnamed_controls

Ask = Callable[..., RippleDialog]
Show = Callable[[QWidget], QWidget]


@pytest.fixture(autouse=True)
def _discard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


@pytest.fixture
def ask(desk: Desk, course: Course, english: Wording, shown: Show, qtbot: QtBot) -> Ask:
    """Open the dialog for a verb."""

    def open_dialog(verb: str, number: int | None = None, *, wording: Wording = english, **more: str) -> RippleDialog:
        form = ChangeForm(course_id=course.id, verb=verb, number=number, **more)
        dialog = RippleDialog(desk, look_up_course(desk, course.id), form, wording)
        shown(dialog)
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        return dialog

    return open_dialog


def _line(dialog: RippleDialog, number: int) -> Line:
    found: Line = next(line for line in dialog.parts.table.records.rows if line.number == number)
    return found


def _moved(dialog: RippleDialog) -> list[int]:
    return [line.number for line in dialog.parts.table.records.rows if line.is_moved]


def _type_day(dialog: RippleDialog, day: str) -> None:
    dialog.parts.fields.to.set_text(day)
    dialog.compute()


def _give_reason(dialog: RippleDialog, qtbot: QtBot, reason: str = "fever") -> None:
    qtbot.keyClicks(dialog.parts.reason.line, reason)


def _enter(dialog: RippleDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.parts.reason.line, Qt.Key.Key_Return)


def _stored(dialog: RippleDialog) -> Course:
    assert dialog.course is not None, dialog.notices.sentence
    return dialog.course


def test_the_title_asks_the_question_and_follows_the_date(ask: Ask) -> None:
    dialog = ask("postpone", 4)
    title = dialog.heading.text().replace("\u00a0", " ")
    assert title == "Dose 4 to Mon 09 Mar: what about the doses after it?"
    _type_day(dialog, "2026-03-11")
    assert "Wed\u00a011\u00a0Mar" in dialog.heading.text()


def test_only_what_changes_stands_out(ask: Ask) -> None:
    dialog = ask("postpone", 4)
    assert _moved(dialog) == [4, 5, 6, 7]
    assert _line(dialog, 4).state is not None
    assert _line(dialog, 4).state.word == "1 day later"  # type: ignore[union-attr]
    assert not _line(dialog, 9).is_changed
    assert _line(dialog, 9).state is None
    assert "4 doses change" in dialog.parts.summary.text()


def test_the_footer_says_what_becomes_of_prints(ask: Ask) -> None:
    assert ask("postpone", 4).footer.text() == (
        "This becomes revision 2; prints of revision 1 are then superseded. Ctrl+Z undoes."
    )


def test_a_broken_interval_is_a_chip_with_a_sentence_and_is_said_first(ask: Ask) -> None:
    dialog = ask("postpone", 4)
    notes = _line(dialog, 7).notes
    assert [chip.word for chip, _sentence in notes] == ["Interval"]
    assert all(sentence for _chip, sentence in notes)
    assert "Interval (doses 4, 7)" in dialog.parts.warning.sentence


def test_by_keyboard_alone_a_dose_is_postponed(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("postpone", 4)
    assert dialog.focusWidget() is dialog.parts.fields.to.line
    qtbot.keyClick(dialog.parts.fields.to.line, Qt.Key.Key_Down)
    assert dialog.parts.reach.reach() == "rest"
    assert _moved(dialog) == [4, 5, 6, 7, 8, 9, 10, 11]
    dialog.parts.reason.focus()
    _give_reason(dialog, qtbot, "Temperature 38.4 °C")
    _enter(dialog, qtbot)
    course = _stored(dialog)
    assert course.revision.number == 2
    assert course.revision.verb == "postpone"
    assert course.dose(4).reason == "Temperature 38.4 °C"


def test_up_and_down_go_round_the_reaches(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("postpone", 4)
    seen = []
    for _press in range(4):
        qtbot.keyClick(dialog, Qt.Key.Key_Down)
        seen.append(dialog.parts.reach.reach())
    assert seen == ["rest", "keep-end", "this", "phase"]
    qtbot.keyClick(dialog, Qt.Key.Key_Up)
    assert dialog.parts.reach.reach() == "this"


def test_the_grid_is_asked_only_where_it_matters_and_is_turned_by_key(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("postpone", 4)
    assert dialog.parts.reach.grid() == "re-anchor"
    qtbot.keyClick(dialog, Qt.Key.Key_Right)
    assert dialog.parts.reach.grid() == "keep"
    assert dialog.ripple is not None
    assert dialog.ripple.asked.grid == "keep"
    qtbot.keyClick(dialog, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert dialog.parts.reach.grid() == "re-anchor"
    dialog.parts.reach.reaches.button(0).click()
    assert dialog.parts.reach.grid() is None
    assert not dialog.parts.reach.grids.button(0).isVisible()


def test_keeping_the_end_says_how_many_doses_it_leaves_out(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("postpone", 4)
    button = dialog.parts.reach.reaches.button(3)
    qtbot.waitUntil(lambda: "fewer" in button.text())
    button.click()
    assert dialog.ripple is not None
    gone = [line.number for line in dialog.parts.table.records.rows if line.is_gone]
    assert gone == list(dialog.ripple.left_out)
    assert gone
    assert f"({len(gone)} fewer)" in button.text()
    assert all(_line(dialog, number).after == "" for number in gone)


def test_an_earlier_day_brings_forward(ask: Ask, clock: SetClock, qtbot: QtBot) -> None:
    dialog = ask("postpone", 4)
    _type_day(dialog, "2026-03-07")
    assert dialog.confirm_button.text().startswith("Bring forward")
    assert dialog.ripple is not None
    assert dialog.ripple.asked.verb == "bring-forward"
    assert _line(dialog, 4).state is not None
    assert _line(dialog, 4).state.sign == "←"  # type: ignore[union-attr]


def test_a_date_in_the_way_stands_under_the_field_and_the_calendar_stays(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("postpone", 4)
    dialog.parts.reach.reaches.button(0).click()
    _type_day(dialog, "2026-03-10")
    assert dialog.parts.fields.to.error
    assert dialog.ripple is None
    assert not any(line.is_changed for line in dialog.parts.table.records.rows)
    assert not dialog.confirm_button.isEnabled()
    _give_reason(dialog, qtbot)
    _enter(dialog, qtbot)
    assert dialog.course is None


def test_without_a_reason_nothing_is_stored_and_the_field_says_so(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("omit", 4)
    _enter(dialog, qtbot)
    assert dialog.course is None
    assert dialog.parts.reason.error


def test_a_picked_reason_stands_in_the_field_and_can_be_written_on(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("postpone", 4)
    reason = dialog.parts.reason
    assert 4 <= len(reason.picks) <= 6
    reason.picks[0].click()
    assert reason.text() == "Fever"
    reason.picks[2].click()
    assert reason.text() == "Laboratory value awaited", "another pick replaces the first"
    qtbot.keyClicks(reason.line, ": creatinine")
    _enter(dialog, qtbot)
    assert _stored(dialog).revision.reason == "Laboratory value awaited: creatinine"


def test_enter_on_a_pick_fills_it_in_and_enter_on_leave_leaves(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("postpone", 4)
    dialog.parts.reason.picks[0].setFocus()
    qtbot.keyClick(dialog.parts.reason.picks[0], Qt.Key.Key_Return)
    assert dialog.course is None
    assert dialog.parts.reason.text() == "Fever"
    dialog.cancel_button.setFocus()
    qtbot.keyClick(dialog.cancel_button, Qt.Key.Key_Return)
    assert dialog.course is None
    assert not dialog.isVisible()


def test_omitting_strikes_the_dose_and_moves_nothing(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("omit", 4)
    assert dialog.heading.text().startswith("Omit dose 4")
    assert _line(dialog, 4).is_gone
    assert _moved(dialog) == []
    assert not dialog.parts.fields.to.isVisible()
    _give_reason(dialog, qtbot)
    _enter(dialog, qtbot)
    assert _stored(dialog).dose(4).state == "omitted"


def test_holding_all_and_resuming_one_later(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("hold", 1, reach="rest")
    assert dialog.heading.text().startswith("Hold the doses from dose 1")
    _give_reason(dialog, qtbot)
    _enter(dialog, qtbot)
    assert all(dose.state == "held" for dose in _stored(dialog).doses)
    dialog = ask("resume", 4)
    assert dialog.ripple is not None, "an empty date is its own day"
    _type_day(dialog, "2026-03-09")
    _give_reason(dialog, qtbot, "fever is gone")
    _enter(dialog, qtbot)
    resumed = _stored(dialog).dose(4)
    assert (resumed.state, resumed.due_on) == ("planned", date(2026, 3, 9))


def test_ceasing_leaves_what_was_given(ask: Ask, desk: Desk, course: Course, qtbot: QtBot) -> None:
    give(desk, course, 1)
    dialog = ask("cease")
    _give_reason(dialog, qtbot, "purpose reached")
    _enter(dialog, qtbot)
    states = [dose.state for dose in _stored(dialog).doses]
    assert states == ["planned", *["ceased"] * 10]


def test_an_added_dose_needs_a_prescriber_who_is_never_filled_in(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("add")
    assert dialog.ripple is None
    assert not dialog.parts.fields.to.error, "nothing is wrong before anything was typed"
    _type_day(dialog, "2026-04-13")
    assert dialog.parts.fields.by.isVisible()
    assert dialog.parts.fields.by.text() == ""
    assert _line(dialog, 12).before == ""
    _give_reason(dialog, qtbot, "IgG still low")
    _enter(dialog, qtbot)
    assert dialog.course is None
    assert dialog.parts.fields.by.error
    qtbot.keyClicks(dialog.parts.fields.by.line, "Dr S. Kim")
    _enter(dialog, qtbot)
    course = _stored(dialog)
    assert course.dose(12).is_extra
    assert course.revision.approved_by == "Dr S. Kim"


def test_a_change_within_the_plan_asks_for_no_prescriber(ask: Ask) -> None:
    assert not ask("postpone", 4).parts.fields.by.isVisible()


def test_the_first_weekly_day_is_chosen_from_what_the_regimen_offers(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("first-day", 8)
    fields = dialog.parts.fields
    assert dialog.ripple is None, "nobody has chosen yet"
    offered = [fields.first_day.box.itemText(index) for index in range(fields.first_day.box.count())]
    assert [text.split(":")[0] for text in offered] == [
        "Choose the day",
        "Day 15",
        "Day 20",
        "Day 21",
        "Another day",
    ]
    fields.first_day.set_value("20")
    fields.first_day.edited.emit()
    dialog.compute()
    assert not fields.to.isVisible()
    assert _moved(dialog) == [8, 9, 10, 11]
    _give_reason(dialog, qtbot)
    _enter(dialog, qtbot)
    assert _stored(dialog).dose(8).due_on == date(2026, 3, 21)


def test_another_first_day_is_a_date(ask: Ask) -> None:
    dialog = ask("first-day", 8)
    fields = dialog.parts.fields
    fields.first_day.set_value("another")
    fields.first_day.edited.emit()
    assert fields.to.isVisible()
    _type_day(dialog, "2026-03-18")
    assert _moved(dialog) == [8, 9, 10, 11]


def test_a_late_dose_takes_the_later_ones_along(
    ask: Ask, desk: Desk, course: Course, clock: SetClock, qtbot: QtBot
) -> None:
    clock.advance(timedelta(days=1))
    give(desk, course, 1)
    dialog = ask("realign", 1)
    assert "a day late" in dialog.heading.text() or "1 day late" in dialog.heading.text()
    assert _moved(dialog) == [2, 3, 4, 5, 6, 7]
    _give_reason(dialog, qtbot)
    _enter(dialog, qtbot)
    assert _stored(dialog).dose(2).due_on == date(2026, 3, 5)


def test_another_product_shows_grams_before_and_after(ask: Ask, qtbot: QtBot) -> None:
    dialog = ask("product")
    assert dialog.ripple is None
    fields = dialog.parts.fields
    fields.product.set_value("privigen-10")
    fields.product.edited.emit()
    dialog.compute()
    assert dialog.ripple is not None, dialog.notices.sentence
    line = _line(dialog, 1)
    assert line.before_detail
    assert line.before_detail != line.after_detail
    assert fields.by.isVisible()
    qtbot.keyClicks(fields.by.line, "Dr S. Kim")
    _give_reason(dialog, qtbot, "product not there")
    _enter(dialog, qtbot)
    assert all(_stored(dialog).product_of(dose).id == "privigen-10" for dose in _stored(dialog).doses)


def test_a_new_weight_is_computed_for_what_remains(ask: Ask, desk: Desk, course: Course, qtbot: QtBot) -> None:
    weigh_patient(desk, course.patient_id, "80")
    dialog = ask("weight")
    assert dialog.ripple is not None, dialog.notices.sentence
    qtbot.keyClicks(dialog.parts.fields.by.line, "Dr S. Kim")
    _give_reason(dialog, qtbot, "weight has changed")
    _enter(dialog, qtbot)
    assert _stored(dialog).dose(4).planned_dose_mg > course.dose(4).planned_dose_mg


def test_a_new_weight_that_changes_no_amount_is_told_so(ask: Ask, desk: Desk, course: Course) -> None:
    weigh_patient(desk, course.patient_id, "70.1")
    dialog = ask("weight")
    assert dialog.ripple is not None, dialog.notices.sentence
    line = _line(dialog, 4)
    assert line.is_changed
    assert line.state is not None
    assert line.state.word == "Same amount"


def test_a_wrong_entry_stays_readable_and_another_dose_takes_its_place(
    ask: Ask, desk: Desk, course: Course, clock: SetClock, qtbot: QtBot
) -> None:
    give(desk, course, 1)
    dialog = ask("error", 1)
    _type_day(dialog, "2026-03-03")
    assert _line(dialog, 1).state is not None
    assert _line(dialog, 1).state.word == "Entered in error"  # type: ignore[union-attr]
    assert _line(dialog, 12).state is not None
    assert _line(dialog, 12).state.word == "In its place"  # type: ignore[union-attr]
    qtbot.keyClicks(dialog.parts.fields.by.line, "Dr S. Kim")
    _give_reason(dialog, qtbot, "recorded at the wrong patient")
    _enter(dialog, qtbot)
    course = _stored(dialog)
    assert course.dose(1).is_error
    assert course.dose(12).replaces == course.dose(1).id


def test_undo_has_its_reason_and_needs_enter_alone(ask: Ask, qtbot: QtBot) -> None:
    first = ask("omit", 4)
    _give_reason(first, qtbot)
    _enter(first, qtbot)
    dialog = ask("undo")
    assert dialog.parts.reason.text() == "Undone: fever"
    assert dialog.heading.text() == "Undo revision 2 (omitted)?"
    assert not dialog.has_unsaved()
    _enter(dialog, qtbot)
    course = _stored(dialog)
    assert course.dose(4).state == "planned"
    assert (course.revision.number, course.revision.restores) == (3, 1)


def test_nothing_to_undo_is_said_in_words(ask: Ask) -> None:
    dialog = ask("undo")
    assert dialog.notices.sentence
    assert not dialog.confirm_button.isEnabled()


def test_a_stale_page_is_told_and_shows_the_new_state_with_what_was_typed(
    ask: Ask, desk: Desk, course: Course, qtbot: QtBot
) -> None:
    dialog = ask("postpone", 4)
    _type_day(dialog, "2026-03-09")
    _give_reason(dialog, qtbot)
    other = ask("omit", 6)
    _give_reason(other, qtbot, "missed")
    _enter(other, qtbot)
    _enter(dialog, qtbot)
    assert dialog.course is None, "nothing is overwritten"
    assert "revision 2" in dialog.notices.sentence
    assert dialog.parts.reason.text() == "fever"
    assert dialog.parts.fields.to.text() == "2026-03-09"
    assert _line(dialog, 6).state is not None
    assert _line(dialog, 6).state.word == "Omitted"  # type: ignore[union-attr]
    assert "revision 3" in dialog.footer.text()
    _enter(dialog, qtbot)
    assert _stored(dialog).revision.number == 3


def test_a_dialog_opened_from_an_older_page_shows_the_new_state_at_once(
    ask: Ask, desk: Desk, course: Course, english: Wording, shown: Show, qtbot: QtBot
) -> None:
    old = look_up_course(desk, course.id)
    other = ask("omit", 6)
    _give_reason(other, qtbot)
    _enter(other, qtbot)
    form = ChangeForm(course_id=course.id, verb="postpone", number=4, revision=1)
    dialog = RippleDialog(desk, old, form, english)
    shown(dialog)
    assert "revision 2" in dialog.notices.sentence
    assert "revision 3" in dialog.footer.text()


def test_criteria_that_stop_being_met_are_said_above_the_table_and_at_the_dose(
    desk: Desk, patient: Patient, english: Wording, shown: Show
) -> None:
    """Transplant day 100 is the last one on which the payment rule holds."""
    course = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Paid by the hospital", "Dr S. Kim")
    form = ChangeForm(course_id=course.id, verb="postpone", number=10, to="2026-03-31", reach="this")
    dialog = RippleDialog(desk, look_up_course(desk, course.id), form, english)
    shown(dialog)
    assert "Criteria (dose 10)" in dialog.parts.warning.sentence
    assert "Criteria" in [chip.word for chip, _sentence in _line(dialog, 10).notes]


def test_a_closed_day_is_said_at_the_dose(ask: Ask, desk: Desk) -> None:
    set_ward(desk, msgspec.structs.replace(desk.settings, days=WardDays(open_weekdays=(0, 1, 2, 3, 4))))
    dialog = ask("postpone", 4, to="2026-03-14", reach="rest")
    words = [chip.word for line in dialog.parts.table.records.rows for chip, _sentence in line.notes]
    assert "Ward closed" in words


def test_esc_with_a_typed_reason_asks_first(ask: Ask, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def keep(*_: object) -> bool:
        asked.append(True)
        return False

    monkeypatch.setattr(dialogs, "ask_to_discard", keep)
    dialog = ask("postpone", 4)
    _give_reason(dialog, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert asked
    assert dialog.isVisible()
    dialog.parts.reason.set_text("")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("size", [QSize(1240, 688), QSize(944, 508)], ids=["small", "double"])
@pytest.mark.parametrize("verb", ["postpone", "add", "product", "undo"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_nameless_or_clipped(
    ask: Ask, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, size: QSize, verb: str, language: str
) -> None:
    monkeypatch.setattr(
        ripple_dialog, "room_on_screen", lambda _widget: QRect(0, 0, size.width() + 16, size.height() + 32)
    )
    dialog = ask(verb, 4 if verb == "postpone" else None, wording=Wording(language))
    dialog.setMaximumSize(size)
    dialog.resize(size)
    qtbot.wait(20)
    assert unnamed_controls(dialog) == []
    assert labels_that_guess_markup(dialog) == []
    assert clipped_texts(dialog) == []
