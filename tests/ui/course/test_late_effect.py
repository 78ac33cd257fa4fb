"""A side effect that showed after a dose is added from the page of its course."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import EndForm, VialForm, finish_infusion, hang_vial, start_infusion
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.course import CoursePage
from ivigdesk.ui.infusion.dialogs.side_effect_dialog import SideEffectDialog
from ivigdesk.ui.infusion.dialogs.term_dialog import TermDialog
from ivigdesk.ui.places import CoursePlace
from ivigdesk.wording import Wording


@pytest.fixture
def page(
    desk: Desk, course: Course, clock: SetClock, english: Wording, shown: Callable[[QWidget], QWidget]
) -> CoursePage:
    """The course on the day after its first dose was given."""
    infusion = start_infusion(desk, course.doses[0].id, recorded_later=True)
    for _number in range(4):
        hang_vial(desk, infusion.id, VialForm(product_id=course.product.id, mg=2500, lot="P1", expires_on="2027-09"))
    clock.advance(timedelta(hours=3))
    finish_infusion(desk, infusion.id, EndForm(outcome="completed"))
    clock.advance(timedelta(hours=31))
    made = CoursePage(desk, english)
    made.resize(1300, 780)
    shown(made)
    made.show_place(CoursePlace(course.id, 1))
    return made


def test_meningitis_a_day_later_is_recorded_at_the_dose_and_holds_the_others(
    page: CoursePage, desk: Desk, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(dialog: TermDialog) -> int:
        dialog.confirm()
        return dialog.result()

    def record(dialog: SideEffectDialog) -> int:
        dialog.onset_on.set_text("t")
        dialog.onset_at.set_text("12:05")
        dialog.grades.button(3).click()
        dialog.confirm()
        return dialog.result()

    monkeypatch.setattr(TermDialog, "exec", choose)
    monkeypatch.setattr(SideEffectDialog, "exec", record)
    assert page.dose.late_effect.isVisible()
    page.dose.late_effect.click()
    doses = look_up_course(desk, course.id).doses
    assert [effect.code for effect in doses[0].side_effects] == ["AE01"]
    assert {one.status for one in doses[1:]} == {"held"}
    assert page.view is not None
    assert page.view.doses[0].side_effects, "the page shows it"


def test_a_dose_that_was_not_given_has_no_late_effect(page: CoursePage, course: Course) -> None:
    page.show_place(CoursePlace(course.id, 2))
    assert not page.dose.late_effect.isVisible()
