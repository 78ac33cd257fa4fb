"""Before the start: what is drawn first, what the weight asks for, and why the pump begins at the initial rate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.patients.record_lab_value import LabForm, record
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.course.dialogs.reweigh_dialog import ReweighDialog
from ivigdesk.ui.course.dialogs.weigh_dialog import WeighDialog
from ivigdesk.ui.infusion import InfusionPage
from ivigdesk.ui.infusion.cards.remember_card import remembered
from ivigdesk.ui.places import InfusionPlace
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording
from tests.actions.changed import in_error, switched
from tests.actions.giving import give
from tests.ui.infusion.bedside import prepare


def _remembered(page: InfusionPage) -> str:
    return "\n".join(label.text() for label in page.cards.remember.findChildren(PlainLabel) if not label.isHidden())


def test_what_is_drawn_before_the_infusion_stands_above_the_checklist(
    page: InfusionPage, course: Course, desk: Desk
) -> None:
    tests = page.cards.checklist.tests
    assert any("galactomannan" in line and "Due now" in line for line in tests)
    assert any("hepatitis B core" in line for line in tests)
    record(desk, LabForm(patient_id=course.patient_id, test="creatinine", value="70", taken_on="t"))
    page.show_place(InfusionPlace(course.id, course.dose(1).id))
    creatinine = next(line for line in page.cards.checklist.tests if "Creatinine" in line)
    assert creatinine.startswith("✓")
    assert "Done" in creatinine


def test_what_follows_the_dose_is_remembered_with_its_days(page: InfusionPage) -> None:
    said = _remembered(page).replace("\u00a0", " ")
    assert "Tue 03 Mar to Thu 05 Mar: Ask about late effects of dose 1" in said
    assert "glucose-specific meter" in said


def test_once_it_runs_nothing_is_drawn_first(page: InfusionPage) -> None:
    prepare(page)
    page.cards.start.start.click()
    assert page.here is not None
    assert page.here.infusion is not None
    assert page.cards.checklist.tests == ()


def test_a_recent_weight_stands_in_nobodys_way(page: InfusionPage) -> None:
    assert not page.cards.start.weight.isVisible()
    assert "weight" not in page.cards.start.open.text()


def test_an_old_weight_is_weighed_where_it_refuses_the_start(
    page: InfusionPage, course: Course, desk: Desk, clock: SetClock, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(timedelta(days=8))
    page.show_place(InfusionPlace(course.id, course.dose(1).id))
    notice = page.cards.start.weight
    assert notice.isVisible()
    assert page.cards.start.open.text().startswith("Still open: the weight")
    prepare(page)
    page.cards.start.start.click()
    assert "8 days old" in said[-1]
    assert notice.button.hasFocus(), "what refused it is solved there"

    def weigh(_cls: object, *_rest: object) -> object:
        return weigh_patient(desk, course.patient_id, "70")

    monkeypatch.setattr(WeighDialog, "ask", classmethod(weigh))
    notice.button.click()
    assert not notice.isVisible()
    assert all(box.isChecked() for box in page.cards.checklist.boxes.values()), "what was ticked stays"
    page.cards.start.start.click()
    assert page.here is not None
    assert page.here.infusion is not None


def test_a_changed_weight_is_approved_where_it_refuses_the_start(
    page: InfusionPage, course: Course, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    weigh_patient(desk, course.patient_id, "80")
    page.show_place(InfusionPlace(course.id, course.dose(1).id))

    def approve(_cls: object, desk: Desk, reweighed: object, wording: Wording, parent: QWidget) -> object:
        dialog = ReweighDialog(desk, reweighed, wording, parent)  # type: ignore[arg-type]
        dialog.by.set_text("Dr S. Kim")
        dialog.reason.set_text("Oedema")
        dialog.confirm()
        return dialog.course

    monkeypatch.setattr(ReweighDialog, "ask", classmethod(approve))
    page.cards.start.weight.button.click()
    assert page.cards.start.amount.text() == "12.5\u00a0g"
    assert not page.cards.start.weight.isVisible()


def test_a_first_infusion_that_was_planned_says_only_that(page: InfusionPage) -> None:
    assert page.cards.start.first.text() == "First infusion: initial rate, observe 1 h after"


def test_a_long_gap_begins_at_the_initial_rate_and_says_why(
    page: InfusionPage, course: Course, desk: Desk, clock: SetClock
) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=57))
    page.show_place(InfusionPlace(course.id, course.dose(2).id))
    assert not course.dose(2).is_first_infusion
    assert "within 8 weeks" in page.cards.start.first.text()
    assert page.cards.start.first.isVisible()


def test_after_a_switch_every_card_is_of_the_product_of_this_dose(
    page: InfusionPage, course: Course, desk: Desk
) -> None:
    switched(desk, course, "privigen-10")
    page.show_place(InfusionPlace(course.id, course.dose(1).id))
    other = desk.library.product("privigen-10")
    assert other.short_title.en in page.cards.start.made_of.text().replace("\u00a0", " ")
    assert "glucose-meter" not in page.cards.checklist.boxes
    prepare(page)
    page.cards.start.start.click()
    infusion = giving.bedside(desk, course.dose(1).id).infusion
    assert infusion is not None
    assert {vial.product_id for vial in infusion.vials} == {"privigen-10"}
    assert page.cards.running.product.text() == other.short_title.en


def test_a_dose_entered_in_error_is_not_remembered(
    desk: Desk, course: Course, clock: SetClock, english: Wording
) -> None:
    def said() -> list[str]:
        return remembered(giving.bedside(desk, course.dose(2).id), desk.library.side_effects(), english)

    give(desk, course, 1)
    clock.advance(timedelta(days=2))
    assert said()[0].startswith("Dose 1: no reaction")
    in_error(desk, course, 1)
    assert said()[0] == "No dose of this course was given before."


def test_a_dose_entered_in_error_cannot_be_started_from_its_page(
    page: InfusionPage, course: Course, desk: Desk
) -> None:
    in_error(desk, course, 1)
    page.show_place(InfusionPlace(course.id, course.dose(1).id))
    assert not page.cards.start.start.isEnabled()
    assert "Entered in error" in page.cards.start.state.text()
