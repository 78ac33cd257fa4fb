"""Bad input in the ripple dialog: a sentence at its field in the reader's language, and nothing is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from ivigdesk.actions.courses.changing.form import ChangeForm
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.ui.course.dialogs.ripple_dialog import RippleDialog
from ivigdesk.ui.widgets import dialogs
from ivigdesk.wording import Wording

Show = Callable[[QWidget], QWidget]

_HAN = re.compile("[\u4e00-\u9fff]")
_NO_DAYS = (
    "x" * 10_000,
    "a\x07b",
    "😀",
    "\u202e2026-03-09",
    "<b>x</b>",
    '"',
    "0",
    "-1",
    "1.5",
    "1e9",
    "99999999999999999999",
    "２０２６-０３-０９",
    "2026-02-29",
    "2199-12-31",
    "9999-12-31",
    "0001-01-01",
)
_NO_WORDS = ("", "   ", "x" * 10_000, "a\x07b", "\u202eabc")


@pytest.fixture(autouse=True)
def _discard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("verb", "number"), [("postpone", 4), ("bring-forward", 4), ("add", None)])
def test_a_day_that_cannot_be_is_refused_at_its_field(
    desk: Desk, course: Course, shown: Show, verb: str, number: int | None, language: str
) -> None:
    before = desk.ward.journal_head()
    form = ChangeForm(course_id=course.id, verb=verb, number=number)
    dialog = RippleDialog(desk, look_up_course(desk, course.id), form, Wording(language))
    shown(dialog)
    field = dialog.parts.fields.to
    for typed in _NO_DAYS:
        field.set_text(typed)
        dialog.parts.reason.set_text("fever")
        dialog.compute()
        dialog.confirm()
        assert field.error, typed
        assert bool(_HAN.search(field.error)) == (language == "zh_CN")
        assert not dialog.confirm_button.isEnabled()
        assert dialog.width() < 1300
    assert desk.ward.journal_head() == before


@pytest.mark.parametrize("name", ["reason", "by"])
def test_a_reason_or_a_prescriber_that_cannot_be_stored_is_refused_at_its_field(
    desk: Desk, course: Course, english: Wording, shown: Show, name: str
) -> None:
    before = desk.ward.journal_head()
    form = ChangeForm(course_id=course.id, verb="add", to=date(2026, 4, 20).isoformat())
    dialog = RippleDialog(desk, look_up_course(desk, course.id), form, english)
    shown(dialog)
    fields = {"reason": dialog.parts.reason, "by": dialog.parts.fields.by}
    for typed in _NO_WORDS:
        for key, field in fields.items():
            field.set_text(typed if key == name else "Dr S. Kim")
        dialog.confirm()
        assert fields[name].error, typed
    assert dialog.course is None
    assert desk.ward.journal_head() == before
