"""Drugs and fluids beside a dose: one touch for what is due, one line for anything else."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.follow_up import FollowUpForm, decide
from ivigdesk.actions.infusions.medicate import medications
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.ward.planned_times import plan_start
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.ui.infusion import InfusionPage
from ivigdesk.ui.infusion.cards.remember_card import in_force, so_far
from ivigdesk.ui.places import InfusionPlace
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording
from tests.actions.giving import give
from tests.ui.infusion.bedside import cursor


@pytest.fixture
def after_chills(page: InfusionPage, desk: Desk, course: Course, clock: SetClock) -> InfusionPage:
    """The page of dose 2, after chills at dose 1: never above 60 mL/h, and paracetamol before; planned for 09:30."""
    give(desk, course, 1)
    effect = record_side_effect(desk, course.dose(1).id, SideEffectForm(code="AE11", grade="2", outcome="resolved"))
    for consequence, rate, detail in (("SLOW", "60", ""), ("PREMED", "", "paracetamol 1 g")):
        decide(
            desk,
            FollowUpForm(
                effect_id=effect.id, consequence=consequence, ml_per_h=rate, detail=detail, prescriber="Dr S. Kim"
            ),
        )
    clock.advance(timedelta(days=2) + (clock.now().replace(hour=8, minute=40) - clock.now()))
    plan_start(desk, course.dose(2).id, "09:30")
    page.show_place(InfusionPlace(course.id, course.dose(2).id))
    return page


def _texts(page: InfusionPage) -> str:
    labels = page.cards.medications.findChildren(PlainLabel)
    return "\n".join(label.text() for label in labels if not label.isHidden()).replace("\u00a0", " ")


def test_what_was_ordered_after_a_reaction_is_due_with_its_times_and_given_with_one_touch(
    after_chills: InfusionPage, desk: Desk, course: Course
) -> None:
    assert "paracetamol 1 g" in _texts(after_chills)
    assert "! due 08:30 to 09:00 (dose 1: Chills, rigors, grade 2)" in _texts(after_chills).replace("\u2002", " ")
    (button,) = after_chills.cards.medications.due
    button.click()
    (given,) = medications(desk, course.dose(2).id)
    assert (given.kind, given.what, given.nurse) == ("premedication", "paracetamol 1 g", "A. Wong")
    assert after_chills.cards.medications.due == ()
    assert "08:40\u2002paracetamol 1 g" in _texts(after_chills)


def test_what_holds_for_the_dose_stands_where_it_is_started_and_on_the_rate_card(
    after_chills: InfusionPage, desk: Desk, english: Wording
) -> None:
    here = after_chills.here
    assert here is not None
    said = in_force(here, desk.library.side_effects(), english)
    assert said[0].replace("\u00a0", " ") == "Not faster than 60 mL/h (after dose 1: Chills, rigors, grade 2)"
    assert said[0] in after_chills.cards.start.in_force.text()
    assert max(row.ml_per_h for row in here.dose.rate_card.rows) <= Decimal(60)
    assert so_far(here, english).replace("\u00a0", " ") == "In this course so far: 10 g, 0.14 g/kg in 3 days"


def test_a_drug_is_noted_in_one_line(page: InfusionPage, desk: Desk, course: Course, qtbot: QtBot) -> None:
    page.cards.medications.add.click()
    for text in ("paracetamol", "1 g", "by mouth"):
        qtbot.keyClicks(cursor(), text)
        qtbot.keyClick(cursor(), Qt.Key.Key_Tab)
    assert page.has_unsaved()
    qtbot.keyClick(page.cards.medications.what.line, Qt.Key.Key_Return)
    (given,) = medications(desk, course.dose(1).id)
    assert (given.what, given.amount, given.route, given.given_at) == (
        "paracetamol",
        "1 g",
        "by mouth",
        desk.clock.now(),
    )
    assert not page.has_unsaved()


def test_a_time_to_come_is_refused_under_its_field(page: InfusionPage, desk: Desk, course: Course) -> None:
    card = page.cards.medications
    card.add.click()
    card.what.set_text("paracetamol")
    card.at.set_text("25:00")
    card.save.click()
    assert "25:00" in card.at.error
    assert card.what.text() == "paracetamol"
    assert medications(desk, course.dose(1).id) == ()


def test_what_was_not_given_is_taken_back_with_a_reason(page: InfusionPage, desk: Desk, course: Course) -> None:
    card = page.cards.medications
    card.add.click()
    card.what.set_text("paracetamol")
    card.save.click()
    (given,) = medications(desk, course.dose(1).id)
    card.taken_back.emit(given, "vomited at once")
    assert medications(desk, course.dose(1).id) == ()


def test_during_the_infusion_a_drug_is_against_a_reaction(running: InfusionPage) -> None:
    assert running.cards.medications.kind.value() == "treatment"
