"""In a shortage the doses to come are given from other vials: the same dose per kilogram, re-rounded, approved."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError
from tests.actions.changing import change, shown
from tests.actions.giving import give
from tests.conftest import cmv_plan


@pytest.fixture
def of_five(desk: Desk, patient: Patient) -> Course:
    """The CMV course from vials of 5 g: 57 kg and 150 mg/kg ask for 8.55 g."""
    weigh_patient(desk, patient.id, "57")
    return confirm(desk, propose(desk, cmv_plan(patient, product_id="bivigam-10")), "In stock", "Dr S. Kim")


def test_doses_are_rounded_to_the_new_vials_and_keep_all_else(desk: Desk, of_five: Course) -> None:
    assert {(dose.exact_mg, dose.planned_dose_mg) for dose in of_five.doses} == {(Decimal(8550), 10_000)}
    made = shown(desk, of_five, "product", product_id="cn-ph4-5")
    assert made.needs_prescriber
    after = change(desk, of_five, "product", product_id="cn-ph4-5")
    assert {(dose.exact_mg, dose.planned_dose_mg) for dose in after.doses} == {(Decimal(8550), 7_500)}
    assert {vial.mg for dose in after.doses for vial in dose.vials} == {2_500}
    kept = (
        "id",
        "number",
        "phase",
        "due_on",
        "planned_on",
        "mg_per_kg",
        "state",
        "course_day",
        "transplant_day",
        "weight",
    )
    for before, now in zip(of_five.doses, after.doses, strict=True):
        assert all(getattr(before, name) == getattr(now, name) for name in kept)
        assert after.product_of(now).id == "cn-ph4-5"
    assert after.product.id == "bivigam-10", "the course keeps what it was planned with"
    assert look_up_course(desk, of_five.id).course == after


def test_undo_brings_the_old_vials_back(desk: Desk, of_five: Course) -> None:
    change(desk, of_five, "product", product_id="cn-ph4-5")
    assert change(desk, of_five, "undo").doses == of_five.doses


def test_back_to_the_courses_own_product_leaves_no_product_at_the_dose(desk: Desk, of_five: Course) -> None:
    change(desk, of_five, "product", product_id="cn-ph4-5")
    after = change(desk, of_five, "product", product_id="bivigam-10")
    assert {dose.product for dose in after.doses} == {None}
    assert [dose.planned_dose_mg for dose in after.doses] == [dose.planned_dose_mg for dose in of_five.doses]


def test_the_first_dose_after_each_change_of_product_begins_at_the_initial_rate(
    desk: Desk, of_five: Course, clock: SetClock
) -> None:
    give(desk, of_five, 1)
    clock.advance(timedelta(days=1))
    after = change(desk, of_five, "product", 4, product_id="cn-ph4-5", reach="this")
    assert [dose.number for dose in after.doses if dose.is_first_infusion] == [1, 4, 5]
    assert after.product_of(after.dose(4)).id == "cn-ph4-5"
    assert after.product_of(after.dose(5)).id == "bivigam-10"
    assert after.dose(4).rate_card.ladder in ("first", "any")
    assert after.dose(5).planned_dose_mg == of_five.dose(5).planned_dose_mg
    assert after.dose(5).rate_card == of_five.dose(1).rate_card
    rest = change(desk, of_five, "product", 5, product_id="cn-ph4-5")
    assert [dose.number for dose in rest.doses if dose.is_first_infusion] == [1, 4]


def test_given_doses_keep_the_product_that_they_were_given_from(desk: Desk, of_five: Course, clock: SetClock) -> None:
    give(desk, of_five, 1)
    clock.advance(timedelta(days=1))
    after = change(desk, of_five, "product", product_id="cn-ph4-5")
    assert after.dose(1) == of_five.dose(1)
    assert after.dose(2).is_first_infusion
    assert not after.dose(3).is_first_infusion


def test_what_the_rules_notice_about_the_new_product_is_shown(desk: Desk, of_five: Course, clock: SetClock) -> None:
    give(desk, of_five, 1)
    clock.advance(timedelta(days=1))
    codes = {finding.code for finding in shown(desk, of_five, "product", product_id="cn-ph4-5").findings}
    assert {"SR16", "SR29"} <= codes, "maltose, and a change of product"
    assert not codes & {finding.code for finding in of_five.findings} - {"ROUND-10"}


@pytest.mark.parametrize("product_id", ["cn-chromatography-10", "cytotect-cp"])
def test_a_product_that_a_pharmacist_has_to_confirm_is_refused_in_words(
    desk: Desk, of_five: Course, product_id: str
) -> None:
    head = desk.journal_head
    with pytest.raises(KnownError, match="confirm"):
        shown(desk, of_five, "product", product_id=product_id)
    assert desk.journal_head == head


def test_a_new_weight_keeps_each_doses_own_product(desk: Desk, of_five: Course) -> None:
    switched = change(desk, of_five, "product", 8, product_id="cn-ph4-5")
    weigh_patient(desk, of_five.patient_id, "50")
    after = change(desk, of_five, "weight")
    assert [after.product_of(dose).id for dose in after.doses] == [
        switched.product_of(dose).id for dose in switched.doses
    ]
    assert {dose.exact_mg for dose in after.doses} == {Decimal(7500)}
    assert {vial.mg for dose in after.doses[7:] for vial in dose.vials} == {2_500}
    assert {vial.mg for dose in after.doses[:7] for vial in dose.vials} == {5_000}
    assert [dose.number for dose in after.doses if dose.is_first_infusion] == [1, 8]


def test_a_product_after_a_weight_keeps_the_weight(desk: Desk, of_five: Course) -> None:
    weigh_patient(desk, of_five.patient_id, "50")
    weighed = change(desk, of_five, "weight", 8)
    after = change(desk, of_five, "product", product_id="cn-ph4-5")
    assert [dose.weight for dose in after.doses] == [dose.weight for dose in weighed.doses]
    assert [dose.exact_mg for dose in after.doses] == [Decimal(8550)] * 7 + [Decimal(7500)] * 4
