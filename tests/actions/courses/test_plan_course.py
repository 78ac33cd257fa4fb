"""A course is proposed without storing anything, and confirmed whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from ivigdesk import resources
from ivigdesk.actions.courses.plan_course import Proposal, confirm, propose
from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import ledger
from ivigdesk.actions.patients.register_patient import PatientForm, register_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.wording import Wording
from tests.actions.giving import give
from tests.actions.patients.test_known_facts import add_value
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
    from ivigdesk.actions.patients.register_patient import edit_patient, form_of

    form = form_of(patient)
    assert isinstance(form, PatientForm)
    assert edit_patient(desk, form) == patient


class TestFieldsOfDepth:
    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"profile": "medicare"}, "profile"),
            ({"approved_g": "much"}, "approved_g"),
            ({"approved_g": "0"}, "approved_g"),
            ({"approved_g": "-5"}, "approved_g"),
            ({"approved_g": "1,500"}, "approved_g"),
            ({"approved_g": "99999"}, "approved_g"),
            ({"approved_until": "soon"}, "approved_until"),
            ({"approved_until": "2026-02-30"}, "approved_until"),
            ({"approved_until": "2026-03-01"}, "approved_until"),
            ({"policy": "ontario"}, "policy_reason"),
            ({"policy": "ontario", "policy_reason": "  "}, "policy_reason"),
            ({"policy": "ontario", "policy_reason": "x" * 501}, "policy_reason"),
            ({"policy": "ontario", "policy_reason": "a\u202eb"}, "policy_reason"),
            ({"last_day": "90"}, "last_day"),
            ({"every_days": "7"}, "every_days"),
            ({"doses": "5"}, "doses"),
            ({"weekly_from": "15.5"}, "weekly_from"),
            ({"weekly_from": "two"}, "weekly_from"),
            ({"regimen_id": "replacement-maintenance", "mg_per_kg": "399"}, "mg_per_kg"),
            ({"regimen_id": "replacement-maintenance", "mg_per_kg": "501"}, "mg_per_kg"),
            ({"regimen_id": "replacement-maintenance", "mg_per_kg": "many"}, "mg_per_kg"),
            ({"regimen_id": "replacement-maintenance", "every_days": "14"}, "every_days"),
            ({"regimen_id": "replacement-maintenance", "every_days": "0"}, "every_days"),
        ],
    )
    def test_each_is_refused_by_name(self, desk: Desk, patient: Patient, typed: dict[str, str], field: str) -> None:
        with pytest.raises(UserMistake) as refused:
            propose(desk, cmv_plan(patient, **typed))
        assert refused.value.field == field

    def test_picks_inside_a_range_make_the_calendar_and_the_dose(self, desk: Desk, patient: Patient) -> None:
        form = cmv_plan(patient, regimen_id="replacement-maintenance", mg_per_kg="450", every_days="21", antiviral="")
        course = confirm(desk, propose(desk, form), "IgG 3.1 g/L, two pneumonias")
        assert {dose.mg_per_kg for dose in course.doses} == {Decimal(450)}
        assert [dose.course_day for dose in course.doses][:3] == [1, 22, 43]
        assert (course.regimen.phases[0].every_days, course.regimen.phases[0].mg_per_kg) == (21, Decimal(450))
        assert course.regimen.phases[0].every_days_choices == (21, 28), "paper says what was open"

    def test_the_picked_first_day_is_kept_with_the_course(self, desk: Desk, patient: Patient) -> None:
        picked = confirm(desk, propose(desk, cmv_plan(patient, weekly_from="20")))
        assert picked.first_days == ((1, 20),)
        assert picked.regimen.phases[1].first_day == 20

    def test_the_wards_policy_is_proposed_where_the_source_has_none_of_its_own(
        self, desk: Desk, patient: Patient
    ) -> None:
        set_ward(desk, msgspec.structs.replace(desk.settings, weight_policy="nba-2026"))
        assert propose(desk, cmv_plan(patient)).plan.request.policy == "nba-2026"
        with pytest.raises(UserMistake, match="Write down why"):
            propose(desk, cmv_plan(patient, policy="actual"))
        chosen = confirm(desk, propose(desk, cmv_plan(patient, policy="actual", policy_reason="Oedema: dry weight")))
        assert (chosen.weight_policy, chosen.policy_reason) == ("actual", "Oedema: dry weight")

    def test_a_regimen_with_its_own_policy_goes_before_the_wards(self, desk: Desk, patient: Patient) -> None:
        set_ward(desk, msgspec.structs.replace(desk.settings, weight_policy="nba-2026"))
        ontario = cmv_plan(patient, regimen_id="cmv-pneumonitis-ontario")
        assert propose(desk, ontario).plan.request.policy == "ontario"

    def test_a_conflict_within_a_policy_is_asked_and_not_guessed(self, desk: Desk) -> None:
        w6 = register_patient(desk, msgspec.structs.replace(li_na(), sex="female", height="152", weight="70"))
        proposal = propose(desk, cmv_plan(w6, policy="ontario", policy_reason="Hospital's rule"))
        assert "WEIGHT-ASK" in {finding.code for finding in proposal.in_the_way}
        assert proposal.plan.dosing_weight.kg == 70

    def test_the_criteria_are_the_wards_or_the_chosen_ones_and_stay_with_each_dose(
        self, desk: Desk, patient: Patient
    ) -> None:
        assert propose(desk, cmv_plan(patient)).plan.request.profile is not None
        course = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Paid by the hospital")
        assert course.profile == "cms"
        said = [dose.criteria.outcome if dose.criteria else None for dose in course.doses]
        # Transplant day 72 at the first dose: the last one on which CMS-1 holds is day 100, the day of 30 March.
        assert said == ["met"] * 10 + ["needs_justification"]
        assert look_up_course(desk, course.id).course == course

    def test_an_approval_that_is_too_small_is_said_and_kept(self, desk: Desk, patient: Patient) -> None:
        enough = propose(desk, cmv_plan(patient, approved_g="110"))
        assert "APPROVED" not in {finding.code for finding in enough.plan.findings}
        small = propose(desk, cmv_plan(patient, approved_g="109,5"))
        finding = next(finding for finding in small.plan.findings if finding.code == "APPROVED")
        assert Wording("en").say(finding.message) == (
            "The course takes 110 g from stock; 109.5 g are approved. Ask for 0.5 g more."
        )
        course = confirm(desk, small)
        assert course.approved_mg == 109_500
        assert ledger(look_up_course(desk, course.id)).left_mg == -500

    @pytest.mark.parametrize(
        ("until", "said"),
        [
            ("", None),
            ("2026-04-06", None),
            ("2026-04-05", "Dose 11 is planned after Sun 05 Apr 2026, the last day of the approval."),
            ("2026-03-02", "Doses 2 to 11 are planned after Mon 02 Mar 2026, the last day of the approval."),
            ("t", "Doses 2 to 11 are planned after Mon 02 Mar 2026, the last day of the approval."),
        ],
    )
    def test_doses_after_the_end_of_the_approval_are_named_and_its_last_day_is_kept(
        self, desk: Desk, patient: Patient, until: str, said: str | None
    ) -> None:
        proposal = propose(desk, cmv_plan(patient, approved_until=until))
        found = [finding for finding in proposal.plan.findings if finding.code == "APPROVED"]
        words = [Wording("en").say(finding.message).replace("\u00a0", " ") for finding in found]
        assert words == ([] if said is None else [f"{said} Ask for a longer one."])
        assert all(finding.severity == "warn" for finding in found)
        course = confirm(desk, proposal)
        assert course.approved_until == proposal.approved_until
        assert (course.approved_until is None) == (not until)
        assert look_up_course(desk, course.id).course == course

    def test_an_approval_that_is_over_before_the_first_dose_is_refused_in_words(
        self, desk: Desk, patient: Patient
    ) -> None:
        with pytest.raises(UserMistake) as refused:
            propose(desk, cmv_plan(patient, approved_until="2026-03-01"))
        assert str(refused.value) == (
            "Approved until: 2026-03-01 is before the first dose on 2026-03-02. Allowed: from that day on."
        )

    def test_too_few_grams_and_too_few_days_are_two_findings(self, desk: Desk, patient: Patient) -> None:
        plan = propose(desk, cmv_plan(patient, approved_g="100", approved_until="2026-03-20")).plan
        assert [finding.code for finding in plan.findings].count("APPROVED") == 2

    def test_the_newest_laboratory_weight_is_used(self, desk: Desk) -> None:
        weighed = register_patient(desk, msgspec.structs.replace(li_na(), weighed_on="2026-02-20"))
        add_value(desk, weighed, "weight", "66", "kg", "2026-03-01")
        request = propose(desk, cmv_plan(weighed)).plan.request
        assert (request.weight_g, request.weighed_on) == (66_000, date(2026, 3, 1))

    def test_somebody_who_had_this_product_last_week_does_not_begin_anew(
        self, desk: Desk, patient: Patient, course: Course
    ) -> None:
        give(desk, course, 1)
        again = propose(desk, cmv_plan(patient, first_on="2026-03-09"))
        assert not again.plan.infusions[0].is_first_infusion
        other = propose(desk, cmv_plan(patient, first_on="2026-03-09", product_id="octagam-10"))
        assert other.plan.infusions[0].is_first_infusion
        late = propose(desk, cmv_plan(patient, first_on="2026-04-28"))
        assert late.plan.infusions[0].is_first_infusion

    def test_a_proposal_names_its_dated_tasks(self, desk: Desk, patient: Patient) -> None:
        tasks = propose(desk, cmv_plan(patient)).tasks
        assert tasks
        assert list(tasks) == sorted(tasks, key=lambda task: task.due_from)


class TestWhatStandsInTheWay:
    def test_a_reason_alone_is_not_enough_and_a_name_alone_neither(self, desk: Desk, patient: Patient) -> None:
        proposal = propose(desk, cmv_plan(patient, antiviral="", prescriber=""))
        with pytest.raises(UserMistake, match="name of the prescriber") as refused:
            confirm(desk, proposal, "Ganciclovir from tomorrow")
        assert refused.value.field == "by"
        with pytest.raises(KnownError, match="reason is needed"):
            confirm(desk, proposal, by="Dr Q")
        assert desk.ward.courses_of(patient.id) == ()
        course = confirm(desk, proposal, "Ganciclovir from tomorrow", "Dr Q")
        assert (course.override_reason, course.override_by) == ("Ganciclovir from tomorrow", "Dr Q")

    def test_the_prescriber_of_the_course_accepts_unless_somebody_else_does(self, desk: Desk, patient: Patient) -> None:
        course = confirm(desk, propose(desk, cmv_plan(patient, antiviral="")), "Ganciclovir from tomorrow")
        assert course.override_by == "Dr S. Kim"

    def test_nothing_in_the_way_leaves_the_override_empty(self, desk: Desk, patient: Patient) -> None:
        course = confirm(desk, propose(desk, cmv_plan(patient)))
        assert (course.override_reason, course.override_by) == ("", "")

    @pytest.mark.parametrize("regimen_id", ["prophylaxis-weekly-200", "cmv-reactivation-first-3-months"])
    def test_a_regimen_that_guidelines_advise_against_needs_a_written_justification(
        self, desk: Desk, regimen_id: str
    ) -> None:
        near = register_patient(desk, msgspec.structs.replace(li_na(), transplant_on="2026-03-01"))
        proposal = propose(desk, cmv_plan(near, regimen_id=regimen_id))
        assert "GEN-1" in {finding.code for finding in proposal.in_the_way}
        with pytest.raises(KnownError, match="reason is needed"):
            confirm(desk, proposal)

    def test_a_child_is_never_blocked_by_a_payment_rule(self, desk: Desk) -> None:
        child = register_patient(desk, msgspec.structs.replace(li_na(), birth_on="2014-05-01", weight="40"))
        proposal = propose(desk, cmv_plan(child, profile="cms", rounding="down"))
        assert "block" not in {finding.severity for finding in proposal.in_the_way}
        course = confirm(desk, proposal, "Twelve years old: paid by the hospital", "Dr S. Kim")
        assert {dose.criteria.outcome for dose in course.doses if dose.criteria} == {"not_met"}
        assert course.override_by == "Dr S. Kim"

    def test_a_wards_own_regimen_names_who_prescribes_it(self, desk: Desk, patient: Patient, folder: Path) -> None:
        own = resources.folder("regimens", "itp-1g-2-days.toml").read_text("utf-8")
        own = own.replace('id = "itp-1g-2-days"', 'id = "ours"\nauthor = "Dr Q"\nwritten_on = 2026-02-01')
        (folder / "library" / "regimens").mkdir(parents=True, exist_ok=True)
        (folder / "library" / "regimens" / "ours.toml").write_text(own, "utf-8")
        form = cmv_plan(patient, regimen_id="ours", antiviral="", prescriber="")
        with pytest.raises(UserMistake, match="ward's own") as refused:
            confirm(desk, propose(desk, form), "Bleeding", "Dr S. Kim")
        assert refused.value.field == "prescriber"
        assert confirm(desk, propose(desk, msgspec.structs.replace(form, prescriber="Dr Q")), "Bleeding").prescriber
