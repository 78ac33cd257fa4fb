"""Fields: strict readers, sentences under them, and no accident by wheel or markup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.errors import UserMistake
from ivigdesk.messages import message
from ivigdesk.ui.widgets import (
    ChoiceField,
    DateField,
    FormErrors,
    LineField,
    Notice,
    NumberField,
    TextField,
    TickField,
)
from ivigdesk.wording import Wording

Show = Callable[[QWidget], QWidget]

# What the offscreen platform says of any popup window; a screen does it all.
offscreen_popup = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

MONDAY = date(2026, 3, 2)


@pytest.fixture
def weight(english: Wording, shown: Show) -> NumberField:
    field = NumberField(
        "weight", message("Weight"), english, unit="kg", least=Decimal("0.3"), most=Decimal(300), required=True
    )
    shown(field)
    return field


@pytest.fixture
def born(english: Wording, shown: Show) -> DateField:
    field = DateField("birth_on", message("Birth date"), english, lambda: MONDAY)
    shown(field)
    return field


@pytest.mark.parametrize(("typed", "value"), [("1.5", "1.5"), ("1,5", "1.5"), ("30", "30"), (" 62.25 ", "62.25")])
def test_a_number_is_read_with_point_or_comma(weight: NumberField, typed: str, value: str) -> None:
    weight.set_text(typed)
    assert weight.value() == Decimal(value)


@pytest.mark.parametrize("typed", ["1,500", "1.500", ".5", "5.", "1e3", "-1", "٣", "0", "700", "abc", ""])
def test_a_number_that_could_be_misread_is_refused(weight: NumberField, typed: str) -> None:
    weight.set_text(typed)
    with pytest.raises(UserMistake) as refused:
        weight.value()
    assert refused.value.field == "weight"


def test_a_number_is_shown_without_trailing_zeros(weight: NumberField) -> None:
    weight.set_value(Decimal("2.50"))
    assert weight.text() == "2.5"
    weight.set_value(None)
    assert weight.text() == ""


def test_leaving_a_wrong_number_says_what_is_allowed_and_typing_again_takes_it_away(
    weight: NumberField, qtbot: QtBot
) -> None:
    weight.focus()
    qtbot.keyClicks(weight.line, "1,500")
    weight.line.clearFocus()
    assert "0.3" in weight.error
    assert "1,500" in weight.error
    assert weight.below.isVisible()
    qtbot.keyClick(weight.line, Qt.Key.Key_Backspace)
    assert weight.error == ""


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2026-10-06", date(2026, 10, 6)), ("t", MONDAY), ("+3d", date(2026, 3, 5)), ("-1", date(2026, 3, 1))],
)
def test_a_date_is_read_and_said_with_its_weekday(born: DateField, english: Wording, typed: str, day: date) -> None:
    born.set_text(typed)
    assert born.value() == day
    assert born.below.text() == english.date(day)


@pytest.mark.parametrize("typed", ["6.10.2026", "03/04/26", "03/04/2026", "2026-02-30", "tomorrow"])
def test_a_date_that_could_be_another_day_is_refused(born: DateField, typed: str) -> None:
    born.set_text(typed)
    with pytest.raises(UserMistake):
        born.value()


def test_leaving_a_relative_date_writes_it_out(born: DateField, qtbot: QtBot) -> None:
    born.focus()
    qtbot.keyClicks(born.line, "+3d")
    born.line.clearFocus()
    assert born.text() == "2026-03-05"


@offscreen_popup
def test_a_date_can_be_picked_with_the_keyboard(born: DateField, qtbot: QtBot) -> None:
    born.set_value(MONDAY)
    born.pick.click()
    popup = born._popup
    assert popup is not None
    with qtbot.waitSignal(born.edited):
        qtbot.keyClick(popup._days, Qt.Key.Key_Right)
        qtbot.keyClick(popup._days, Qt.Key.Key_Down)
        qtbot.keyClick(popup._days, Qt.Key.Key_Return)
    assert born.value() == date(2026, 3, 10)
    assert not popup.isVisible()


@offscreen_popup
def test_esc_closes_the_month_and_changes_nothing(born: DateField, qtbot: QtBot) -> None:
    born.set_value(MONDAY)
    born.pick.click()
    popup = born._popup
    assert popup is not None
    qtbot.keyClick(popup._days, Qt.Key.Key_Right)
    qtbot.keyClick(popup._days, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert born.value() == MONDAY


@offscreen_popup
def test_the_month_popup_follows_the_keyboard_into_the_next_month(born: DateField, qtbot: QtBot) -> None:
    born.set_value(date(2026, 3, 31))
    born.pick.click()
    popup = born._popup
    assert popup is not None
    qtbot.keyClick(popup._days, Qt.Key.Key_Right)
    assert popup._month == date(2026, 4, 1)
    popup.close()


def _wheel(widget: QWidget) -> None:
    event = QWheelEvent(
        QPointF(5, 5),
        widget.mapToGlobal(QPointF(5, 5)),
        QPoint(0, 0),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("focused", [True, False])
def test_the_wheel_never_changes_a_choice(shown: Show, focused: bool) -> None:
    field = ChoiceField("sex", "Sex", (("f", "Female"), ("m", "Male")))
    shown(field)
    if focused:
        field.focus()
    _wheel(field.box)
    assert field.value() == "f"


def test_a_choice_keeps_its_value_when_other_choices_are_offered(shown: Show) -> None:
    field = ChoiceField("product", "Product", (("a", "A"), ("b", "B")))
    field.set_value("b")
    field.set_choices((("c", "C"), ("b", "B")))
    assert field.value() == "b"
    with pytest.raises(ValueError, match="a"):
        field.set_value("a")


def test_setting_a_value_is_not_an_edit(born: DateField, qtbot: QtBot) -> None:
    notes = TextField("notes", "Notes")
    tick = TickField("pregnant", "", "Pregnant")
    choice = ChoiceField("sex", "Sex", (("f", "Female"), ("m", "Male")))
    for field, change in (
        (born, lambda: born.set_value(MONDAY)),
        (notes, lambda: notes.set_text("hives")),
        (tick, lambda: tick.set_value(True)),
        (choice, lambda: choice.set_value("m")),
    ):
        with qtbot.assertNotEmitted(field.edited):
            change()
    assert (notes.text(), tick.value(), choice.value()) == ("hives", True, "m")


def test_typing_is_an_edit(qtbot: QtBot, shown: Show) -> None:
    field = LineField("bed", "Bed")
    shown(field)
    with qtbot.waitSignal(field.edited):
        qtbot.keyClicks(field.line, "7")


def test_all_mistakes_are_shown_at_once_and_the_cursor_goes_to_the_first(
    shown: Show, english: Wording, qtbot: QtBot
) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    fields = [LineField(name, name.title()) for name in ("bed", "donor", "phone")]
    for field in fields:
        column.addWidget(field)
    shown(page)
    page.activateWindow()
    errors = FormErrors(fields, english)
    with qtbot.waitSignal(errors.noticed, check_params_cb=lambda notice: isinstance(notice, Notice)):
        errors.show_mistakes(
            (UserMistake("phone", message("Phone: too long.")), UserMistake("donor", message("Donor: too long.")))
        )
    assert [field.error for field in fields] == ["", "Donor: too long.", "Phone: too long."]
    qtbot.waitUntil(lambda: fields[1].line.hasFocus())
    errors.show_mistakes(())
    assert [field.error for field in fields] == ["", "", ""]


def test_a_mistake_without_a_field_is_said_above(english: Wording, qtbot: QtBot) -> None:
    errors = FormErrors((LineField("bed", "Bed"),), english)
    said: list[object] = []
    errors.noticed.connect(said.append)
    errors.show_mistakes((UserMistake("risks", message("Risks: “x” is not known.")),))
    assert said[-1] == Notice("Risks: “x” is not known.", "serious")
