"""Where the last dose was long ago, of another product or never given, the pump starts at the initial rate."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.first_infusion import as_the_bedside_sees_it
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.patients.register_patient import register_patient, weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from tests.actions.changed import switched
from tests.actions.changing import change
from tests.actions.giving import give
from tests.conftest import cmv_plan, li_na

PRODUCT = "privigen-10"
"""Its label gives a first infusion other rates than later ones, or the same: the flag and the card go together."""


@pytest.fixture
def monthly(desk: Desk, patient: Patient) -> Course:
    """Replacement every 28 days from 2 March 2026, dose 1 planned as the first infusion."""
    form = cmv_plan(patient, regimen_id="replacement-maintenance", product_id=PRODUCT, antiviral="")
    return confirm(desk, propose(desk, form), "IgG 3.1 g/L, two pneumonias")


def later(desk: Desk, clock: SetClock, course: Course, days: int) -> None:
    clock.advance(timedelta(days=days))
    weigh_patient(desk, course.patient_id, "70")


def test_a_dose_within_eight_weeks_begins_as_planned(desk: Desk, monthly: Course, clock: SetClock) -> None:
    give(desk, monthly, 1)
    later(desk, clock, monthly, 28)
    here = giving.bedside(desk, monthly.dose(2).id)
    assert here.dose == monthly.dose(2)
    giving.start_infusion(desk, monthly.dose(2).id, recorded_later=True)
    assert look_up_course(desk, monthly.id).newest_revision == 1


def test_after_a_first_dose_that_was_not_given_the_second_is_the_first(
    desk: Desk, monthly: Course, clock: SetClock
) -> None:
    giving.record_not_given(desk, monthly.dose(1).id, "Refused")
    later(desk, clock, monthly, 28)
    assert not monthly.dose(2).is_first_infusion
    here = giving.bedside(desk, monthly.dose(2).id)
    assert here.dose.is_first_infusion
    assert here.dose.rate_card.rows == monthly.dose(1).rate_card.rows
    assert "initial rates" in here.dose.rate_card.trace[0].rule.text
    seen = as_the_bedside_sees_it(desk, look_up_course(desk, monthly.id), 2)
    assert seen.view(2).dose == here.dose, "the paper shows the rates that the screen shows"
    assert seen.view(3).dose == monthly.dose(3)
    assert look_up_course(desk, monthly.id).newest_revision == 1, "looking stores nothing"
    giving.start_infusion(desk, monthly.dose(2).id, recorded_later=True)
    stored = look_up_course(desk, monthly.id)
    assert stored.newest_revision == 2
    assert stored.course.dose(2) == here.dose
    assert stored.view(2).status == "running"
    assert stored.course.dose(3) == monthly.dose(3)


def test_a_gap_that_grew_beyond_eight_weeks_begins_anew(desk: Desk, monthly: Course, clock: SetClock) -> None:
    give(desk, monthly, 1)
    change(desk, monthly, "postpone", 2, "2026-04-28", reach="rest", reason="Away")
    later(desk, clock, monthly, 57)
    assert giving.bedside(desk, monthly.dose(2).id).dose.is_first_infusion


def test_another_product_in_between_begins_anew(desk: Desk, patient: Patient, monthly: Course, clock: SetClock) -> None:
    give(desk, monthly, 1)
    clock.advance(timedelta(days=7))
    other = confirm(desk, propose(desk, cmv_plan(patient)), "Both are needed")
    give(desk, other, 1)
    later(desk, clock, monthly, 21)
    assert giving.bedside(desk, monthly.dose(2).id).dose.is_first_infusion


def test_after_a_switch_the_pump_starts_at_the_initial_rate_of_the_new_product(
    desk: Desk, monthly: Course, clock: SetClock
) -> None:
    give(desk, monthly, 1)
    switched(desk, monthly, "octagam-5", first=2)
    later(desk, clock, monthly, 28)
    here = giving.bedside(desk, monthly.dose(2).id)
    assert (here.product.id, here.dose.is_first_infusion) == ("octagam-5", True)
    assert here.dose.rate_card.volume_ml > monthly.dose(2).rate_card.volume_ml, "5 g in 100 mL, and no longer in 50"
    assert here.dose.product == here.product


def test_a_careful_start_stays_careful(desk: Desk, clock: SetClock) -> None:
    new = register_patient(desk, li_na())
    form = cmv_plan(new, regimen_id="replacement-maintenance", product_id=PRODUCT, antiviral="")
    monthly = confirm(desk, propose(desk, form), "IgG 3.1 g/L")
    weekly = confirm(desk, propose(desk, cmv_plan(new, product_id=PRODUCT)), "Both are needed")
    give(desk, weekly, 1)
    clock.advance(timedelta(minutes=5))
    here = giving.bedside(desk, monthly.dose(1).id)
    assert here.dose == monthly.dose(1)
    assert here.dose.is_first_infusion


def test_a_running_dose_is_shown_as_it_was_begun(desk: Desk, monthly: Course) -> None:
    giving.start_infusion(desk, monthly.dose(1).id, recorded_later=True)
    here = giving.bedside(desk, monthly.dose(1).id)
    assert here.dose == monthly.dose(1)
    assert msgspec.structs.asdict(here.dose)["is_first_infusion"]
