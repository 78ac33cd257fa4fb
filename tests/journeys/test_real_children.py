"""The 187 real children: taken in whole, and each one planned or refused with the reason."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from ivigdesk.actions.courses.plan_course import Proposal, confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.import_patients import Taken, import_patients
from ivigdesk.actions.ward.day_list import day_list
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.errors import UserMistake
from tests.conftest import cmv_plan
from tests.journeys.real import REAL, needs_real_children

pytestmark = needs_real_children

MOST_PERCENT = 10


@pytest.fixture
def taken(desk: Desk) -> Taken:
    return import_patients(desk, REAL, as_of="2026-03-01")


def plans(desk: Desk, patients: tuple[Patient, ...]) -> tuple[list[Proposal], dict[str, UserMistake]]:
    """Return what can be planned, and why the others cannot be."""
    planned, refused = [], {}
    for patient in patients:
        try:
            planned.append(propose(desk, cmv_plan(patient)))
        except UserMistake as mistake:
            refused[patient.record_number] = mistake
    return planned, refused


def test_every_child_is_taken_and_none_twice(desk: Desk, taken: Taken) -> None:
    assert len(taken.patients) == len(desk.ward.patients()) == 187
    assert taken.skipped == ()
    assert Counter(patient.weight_g is None for patient in taken.patients) == {False: 185, True: 2}
    assert all(0 <= patient.age_on(desk.clock.now().date()) <= 21 for patient in taken.patients)
    assert import_patients(desk, REAL, as_of="2026-03-01").patients == ()


def test_every_child_is_planned_safely_or_refused_for_want_of_a_weight(desk: Desk, taken: Taken) -> None:
    planned, refused = plans(desk, taken.patients)
    assert len(planned) + len(refused) == 187
    assert set(refused) == {one.record_number for one in taken.patients if one.weight_g is None}
    assert {mistake.field for mistake in refused.values()} == {"weight"}
    for proposal in planned:
        is_a_safe_plan(proposal)


def is_a_safe_plan(proposal: Proposal) -> None:
    """Nobody gets another amount than prescribed without a word, nor more than the fastest rate allowed."""
    plan, patient = proposal.plan, proposal.patient
    number = patient.record_number
    held = {finding.code for finding in proposal.in_the_way}
    assert len(plan.infusions) == 11, number
    assert patient.weight_g is not None
    assert plan.dosing_weight.kg * 1000 <= patient.weight_g, number
    for infusion in plan.infusions:
        amount, card = infusion.amount, infusion.rate_card
        exact = Fraction(plan.dosing_weight.kg) * Fraction(infusion.mg_per_kg)
        deviation = abs(amount.dose_mg - exact) / exact * 100
        assert deviation <= MOST_PERCENT or "ROUND-10" in held, f"{number}: {float(deviation)} % without a word"
        assert amount.dose_mg + amount.discard_mg == sum(vial.mg * vial.count for vial in amount.vials), number
        rates = [row.ml_per_h for row in card.rows]
        assert rates[:-1] == sorted(rates[:-1]), number
        assert max(rates) <= card.max_ml_per_h, number
        assert card.max_ml_per_h <= fastest(proposal), f"{number}: {card.max_ml_per_h} mL/h"
        assert card.rows[-1].ml_total == amount.volume_ml, number


def fastest(proposal: Proposal) -> Decimal:
    """Return what the product's file allows this patient at most, worked out on its own, in mL/h."""
    product = proposal.plan.request.product
    caps = [cap for cap in (product.absolute_cap_ml_per_h,) if cap is not None]
    weight_kg = Decimal(proposal.patient.weight_g or 0) / 1000
    if product.small_patient_cap_mg_per_kg_min is not None:
        caps.append(product.small_patient_cap_mg_per_kg_min * weight_kg * 60 / product.g_per_l)
    assert {ladder.unit for ladder in product.ladders} == {"mL/min"}
    caps.append(max(step.rate for ladder in product.ladders for step in ladder.steps) * 60)
    return min(caps)


def test_a_handful_is_stored_and_stands_on_todays_list(desk: Desk, taken: Taken) -> None:
    weighed = [patient for patient in taken.patients if patient.weight_g is not None]
    lightest = min(weighed, key=lambda one: one.weight_g or 0)
    heaviest = max(weighed, key=lambda one: one.weight_g or 0)
    chosen = {one.id: one for one in (lightest, heaviest, *weighed[:3])}.values()
    for patient in chosen:
        proposal = propose(desk, cmv_plan(patient))
        course = confirm(desk, proposal, "Real children, for the test" if proposal.in_the_way else "")
        assert course == desk.ward.course(course.id)
    assert {row.patient.id for row in day_list(desk).in_group("due")} == {one.id for one in chosen}
    assert desk.ward.check().is_sound
