"""A dose is dragged to the next day: the ripple shows what it changes, Ctrl+Z brings it back, old prints say so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import revisions
from ivigdesk.clinical.courses.course import Course
from tests.journeys.calendar_nurse import (
    changes_in_view,
    confirm_with_enter,
    days_shown,
    dose_on,
    doses_in_view,
    let_go,
    open_the_calendar,
    plain,
    pull,
    undo,
)
from tests.journeys.conftest import AtWindow
from tests.journeys.nurse import Nurse
from tests.journeys.paper import save_as_pdf

SUNDAY, MONDAY = date(2026, 3, 8), date(2026, 3, 9)
MOVED = {4: MONDAY, 5: date(2026, 3, 11), 6: date(2026, 3, 13), 7: date(2026, 3, 15)}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_dose_is_dragged_to_the_next_day_and_brought_back(
    desk: Desk, course: Course, at_window: AtWindow, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse = at_window(desk, language)
    drag_and_confirm(nurse)
    what_is_stored_has_nurse_and_reason(desk, course)
    the_calendar_and_the_course_show_the_new_days(nurse)
    undo(nurse, lambda: confirm_what_comes_back(nurse))
    the_first_calendar_is_back(desk, course)
    old, new = print_revision(nurse, 1, tmp_path, monkeypatch), print_revision(nurse, 3, tmp_path, monkeypatch)
    words = nurse.window.wording
    superseded = squeezed(words.gettext("SUPERSEDED"))
    by_which = squeezed(words.gettext("SUPERSEDED by revision {number}: do not use").format(number=3))
    assert len(old) > 1
    assert by_which in old[0]
    for page in old:
        assert superseded in page
    for page in new:
        assert superseded not in page


def drag_and_confirm(nurse: Nurse) -> None:
    board = open_the_calendar(nurse)
    untouched = board.grab().toImage()
    pull(nurse, board, dose_on(board, SUNDAY), MONDAY)
    assert board.grab().toImage() != untouched, "a ghost goes along with the mouse"
    words = nurse.window.wording
    later = words.ngettext("Dose {number} to {date}: {n} day later", "Dose {number} to {date}: {n} days later", 1)
    nurse.wait_to_see(plain(later.format(number=4, date=words.date(MONDAY), n=1)))
    nurse.in_dialog(lambda: let_go(nurse, board, MONDAY), lambda: choose_the_rest_of_the_phase(nurse))
    assert days_shown(board, 4) == [MONDAY]
    assert nurse.sees(plain(words.date(MONDAY)))


def choose_the_rest_of_the_phase(nurse: Nurse) -> None:
    words = nurse.window.wording
    _ = words.gettext
    nurse.press(_("This dose only"))
    assert changes_in_view(nurse).keys() == {4}
    nurse.press(_("The rest of its phase"))
    changed = changes_in_view(nurse)
    assert changed.keys() == MOVED.keys()
    for number, day in MOVED.items():
        before, after = changed[number].split("→")
        assert plain(words.date_short(day)) in after
        assert plain(words.date_short(day)) not in before
    nurse.press(_("Postpone"))
    assert nurse.sees(plain(_("{name}: nothing was entered. It is needed.").format(name=_("Reason"))))
    nurse.type(_("Reason"), "38.4 °C")
    nurse.press(_("Postpone"))


def what_is_stored_has_nurse_and_reason(desk: Desk, course: Course) -> None:
    stored = look_up_course(desk, course.id).course
    revision = stored.revision
    assert (revision.number, revision.verb, revision.reason) == (2, "postpone", "38.4 °C")
    assert revision.nurse == "A. Wong"
    assert {
        dose.number: dose.due_on for dose in stored.doses if dose.due_on != course.dose(dose.number).due_on
    } == MOVED
    assert {stored.dose(number).reason for number in MOVED} == {"38.4 °C"}


def the_calendar_and_the_course_show_the_new_days(nurse: Nurse) -> None:
    board = open_the_calendar(nurse)
    assert {number: day for number in MOVED for day in days_shown(board, number)} == MOVED
    board.setFocus()
    nurse.press_key(Qt.Key.Key_Home)
    for _day in range((MONDAY - board.scene.cursor).days):
        nurse.press_key(Qt.Key.Key_Right)
    nurse.press_keys(Qt.Key.Key_Return, Qt.Key.Key_Return)
    rows = doses_in_view(nurse)
    for number, day in MOVED.items():
        assert plain(nurse.window.wording.date_short(day)) in rows[number]


def confirm_what_comes_back(nurse: Nurse) -> None:
    back = changes_in_view(nurse)
    assert back.keys() == MOVED.keys()
    assert plain(nurse.window.wording.date_short(SUNDAY)) in back[4].split("→")[1]
    confirm_with_enter(nurse)


def the_first_calendar_is_back(desk: Desk, course: Course) -> None:
    stored = look_up_course(desk, course.id).course
    assert stored.doses == course.doses
    assert [(one.number, one.restores) for one in revisions(desk, course.id)] == [(1, None), (2, None), (3, 1)]


def print_revision(nurse: Nurse, number: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what each page of the plan says, without spaces: lines break elsewhere on paper."""
    _ = nurse.window.wording.gettext
    nurse.choose(_("Revision"), plain(_("{number}: {day}").format(number=number, day="")))
    nurse.press(_("Print plan"))
    file = folder / f"revision-{number}.pdf"
    save_as_pdf(nurse, file, monkeypatch)
    nurse.press(_("Back"))
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(file).pages]


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u00a0", "")
