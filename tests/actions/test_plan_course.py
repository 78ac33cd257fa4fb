"""A course is proposed without storing anything, and confirmed whole."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.plan_course import Proposal, confirm, propose
from ivigdesk.actions.register_patient import PatientForm, register_patient
from ivigdesk.clinical.patient import Patient
from ivigdesk.errors import KnownError, UserMistake
from tests.conftest import cmv_plan, li_na


def test_a_proposal_stores_nothing(desk: Desk, patient: Patient) -> None:
    before = desk.ward.journal_head()
    propose(desk, cmv_plan(patient))
    assert desk.ward.journal_head() == before
    assert desk.ward.courses_of(patient.id) == ()


def test_the_articles_regimen_gives_eleven_doses_on_the_days_of_the_fact_base(desk: Desk, patient: Patient) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient)))
    assert [dose.due_on.isoformat()[5:] for dose in course.doses] == [
        "03-02", "03-04", "03-06", "03-08", "03-10", "03-12", "03-14", "03-16", "03-23", "03-30", "04-06",
    ]  # fmt: skip
    assert {dose.planned_dose_mg for dose in course.doses} == {10_000}
    assert course.doses[0].transplant_day == 72
    assert course.doses[-1].course_day == 36


@pytest.mark.parametrize(
    ("weekly_from", "last_four"),
    [
        ("20", ["03-21", "03-28", "04-04", "04-11"]),
        ("21", ["03-22", "03-29", "04-05", "04-12"]),
    ],
)
def test_the_prescriber_picks_the_first_weekly_day(
    desk: Desk, patient: Patient, weekly_from: str, last_four: list[str]
) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, weekly_from=weekly_from)))
    assert [dose.due_on.isoformat()[5:] for dose in course.doses[-4:]] == last_four


def test_a_confirmed_course_reads_back_as_it_was_confirmed(desk: Desk, patient: Patient) -> None:
    confirmed = confirm(desk, propose(desk, cmv_plan(patient)))
    assert look_up_course(desk, confirmed.id).course == confirmed


def test_confirming_twice_makes_one_course(desk: Desk, patient: Patient) -> None:
    proposal = propose(desk, cmv_plan(patient))
    first = confirm(desk, proposal)
    with pytest.raises(KnownError):
        confirm(desk, proposal)
    assert [course.id for course in desk.ward.courses_of(patient.id)] == [first.id]


def test_a_cmv_course_without_an_antiviral_is_held_until_a_reason_is_given(desk: Desk, patient: Patient) -> None:
    proposal = propose(desk, cmv_plan(patient, antiviral=""))
    assert "SR22" in {finding.code for finding in proposal.in_the_way}
    with pytest.raises(KnownError, match="CMV"):
        confirm(desk, proposal)
    assert desk.ward.courses_of(patient.id) == ()
    course = confirm(desk, proposal, "Ganciclovir stopped for neutropenia; foscarnet starts tomorrow")
    assert course.override_reason.startswith("Ganciclovir stopped")


def test_a_dose_that_no_vial_fits_within_ten_percent_waits_for_a_choice(desk: Desk) -> None:
    light = register_patient(desk, msgspec.structs.replace(li_na(), weight="45"))
    proposal = propose(desk, cmv_plan(light))
    assert "ROUND-10" in {finding.code for finding in proposal.in_the_way}
    chosen = propose(desk, cmv_plan(light, rounding="up"))
    assert "ROUND-10" not in {finding.code for finding in chosen.in_the_way}
    assert chosen.plan.infusions[0].amount.dose_mg == 7_500


def test_an_infant_is_never_given_a_whole_vial_that_is_too_much(desk: Desk) -> None:
    infant = register_patient(
        desk, msgspec.structs.replace(li_na(), weight="6", birth_on="2025-09-01", height="62", transplant_on="")
    )
    amount = propose(desk, cmv_plan(infant)).plan.infusions[0].amount
    assert (amount.dose_mg, amount.discard_mg) == (900, 1600)


def test_a_patient_without_weight_is_refused_with_the_reason(desk: Desk) -> None:
    unweighed = register_patient(desk, msgspec.structs.replace(li_na(), weight="", weighed_on=""))
    with pytest.raises(UserMistake, match="weight") as refused:
        propose(desk, cmv_plan(unweighed))
    assert refused.value.field == "weight"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_on": "2026-02-30"}, "first_on"),
        ({"first_on": "03/04/2026"}, "first_on"),
        ({"first_on": "1979-08-13"}, "first_on"),
        ({"weight": "0"}, "weight"),
        ({"weight": "700"}, "weight"),
        ({"weight": "1,500"}, "weight"),
        ({"height": "1.75"}, "height"),
        ({"weekly_from": "16"}, "weekly_from"),
        ({"policy": "guess"}, "policy"),
        ({"rounding": "sideways"}, "rounding"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(desk: Desk, patient: Patient, typed: dict[str, str], field: str) -> None:
    with pytest.raises(UserMistake) as refused:
        propose(desk, cmv_plan(patient, **typed))
    assert refused.value.field == field


@pytest.mark.parametrize("unknown", [{"regimen_id": "no-such"}, {"product_id": "no-such"}, {"regimen_id": "../x"}])
def test_an_unknown_regimen_or_product_is_refused_by_name(
    desk: Desk, patient: Patient, unknown: dict[str, str]
) -> None:
    with pytest.raises(KnownError, match="not in the library"):
        propose(desk, cmv_plan(patient, **unknown))


def test_a_comma_and_a_point_are_both_one_and_a_half(desk: Desk, patient: Patient) -> None:
    with_comma = propose(desk, cmv_plan(patient, weight="71,5"))
    with_point = propose(desk, cmv_plan(patient, weight="71.5"))
    assert with_comma.plan.request.weight_g == with_point.plan.request.weight_g == 71_500


def test_a_course_names_who_confirmed_it_and_when(desk: Desk, patient: Patient) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient)))
    assert (course.nurse, course.at) == ("A. Wong", desk.clock.now())
    assert course.weighed_on == date(2026, 3, 2)


def test_the_doses_of_an_earlier_course_count_for_the_same_patient(desk: Desk, patient: Patient) -> None:
    itp = {"regimen_id": "itp-1g-2-days", "antiviral": "", "first_on": "2026-03-02"}
    first = propose(desk, cmv_plan(patient, **itp))
    confirm(desk, first, "Bleeding")
    assert "SR10" not in codes_of_dose(propose(desk, cmv_plan(patient, first_on="2026-04-20")), 1)
    assert "SR10" in codes_of_dose(propose(desk, cmv_plan(patient, first_on="2026-03-05")), 1)


def codes_of_dose(proposal: Proposal, number: int) -> set[str]:
    return {finding.code for finding in proposal.plan.infusions[number - 1].findings}


def test_nobody_on_duty_means_nothing_is_stored(desk: Desk, patient: Patient) -> None:
    proposal = propose(desk, cmv_plan(patient))
    desk.nurse = ""
    with pytest.raises(KnownError, match="on duty"):
        confirm(desk, proposal)
    assert desk.ward.courses_of(patient.id) == ()


def test_the_form_of_a_patient_can_be_typed_again(desk: Desk, patient: Patient) -> None:
    from ivigdesk.actions.register_patient import edit_patient, form_of

    form = form_of(patient)
    assert isinstance(form, PatientForm)
    assert edit_patient(desk, form) == patient
