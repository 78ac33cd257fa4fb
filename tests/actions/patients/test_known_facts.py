"""What the rules are told of a patient: everything of every course, counted once, and nothing that did not happen."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import msgspec
import pytest
from msgspec.structs import replace

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect, release_hold
from ivigdesk.actions.patients.known_facts import (
    is_first_infusion,
    known_facts,
    newest_measurements,
    with_own_doses,
)
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from tests.actions.changed import change, in_error, switched
from tests.actions.giving import give, partly_give
from tests.conftest import cmv_plan, li_na


def test_of_a_new_patient_nothing_is_assumed(desk: Desk, patient: Patient) -> None:
    known = known_facts(desk, patient)
    assert (known.earlier, known.reactions, known.overlapping, known.events) == ((), (), (), ())
    assert {value.test for value in known.labs} == {"weight", "height"}, "what was typed at registration"
    assert (known.transplant_kind, known.cmv, known.donor_cmv) == ("allogeneic", "positive", "negative")


def test_planned_doses_of_another_course_count_and_the_course_overlaps(
    desk: Desk, patient: Patient, course: Course
) -> None:
    known = known_facts(desk, patient)
    assert [(dose.on, dose.mg_per_kg, dose.is_given) for dose in known.earlier] == [
        (dose.due_on, Decimal(150), False) for dose in course.doses
    ]
    assert known.overlapping == (course.code,)


def test_a_course_is_not_its_own_earlier_one(desk: Desk, patient: Patient, course: Course) -> None:
    known = known_facts(desk, patient, besides=course.id)
    assert (known.earlier, known.overlapping) == ((), ())


def test_a_given_dose_counts_with_what_went_in_per_kilogram(desk: Desk, patient: Patient, course: Course) -> None:
    give(desk, course, 1)
    first = known_facts(desk, patient).earlier[0]
    assert (first.is_given, first.on, first.product_id) == (True, date(2026, 3, 2), "cn-ph4-5")
    assert first.mg_per_kg == Decimal("142.857"), "10 g for 70 kg, and not the 150 mg/kg that were ordered"


def test_a_part_counts_as_a_part_and_a_dose_not_given_not_at_all(
    desk: Desk, patient: Patient, course: Course, clock: SetClock
) -> None:
    partly_give(desk, course, 1, "100")
    clock.advance(timedelta(days=2))
    giving.record_not_given(desk, course.doses[1].id, "Refused")
    known = known_facts(desk, patient)
    assert [dose.mg_per_kg for dose in known.earlier[:2]] == [Decimal("71.429"), Decimal(150)]
    assert date(2026, 3, 4) not in {dose.on for dose in known.earlier}


def test_a_grave_reaction_holds_until_a_prescriber_releases_it(desk: Desk, patient: Patient, course: Course) -> None:
    give(desk, course, 1)
    record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE14", grade="1"))
    record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE05", grade="3"))
    assert {(one.term_id, one.is_holding) for one in known_facts(desk, patient).reactions} == {
        ("AE14", False),
        ("AE05", True),
    }
    assert len(known_facts(desk, patient).earlier) == 11, "a held dose may be released, so it counts"
    release_hold(desk, course.id, prescriber="Dr S. Kim", reason="Rate was too fast")
    assert not any(one.is_holding for one in known_facts(desk, patient).reactions)


def test_a_dose_entered_in_error_is_known_to_nobody(desk: Desk, patient: Patient, course: Course) -> None:
    give(desk, course, 1)
    record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE14", grade="1"))
    assert len(known_facts(desk, patient).reactions) == 1
    wrong = in_error(desk, course, 1)
    known = known_facts(desk, patient)
    assert [dose.on for dose in known.earlier] == [dose.due_on for dose in course.doses[1:]]
    assert not any(dose.is_given for dose in known.earlier)
    assert known.reactions == ()
    own = with_own_doses(known, wrong, desk.ward.infusions_of_course(course.id))
    assert own.earlier == known.earlier, "nor to the rest of its own course"


def test_only_a_grave_reaction_makes_a_hold_one_that_a_prescriber_releases(
    desk: Desk, patient: Patient, course: Course
) -> None:
    give(desk, course, 1)
    record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE05", grade="3"))
    release_hold(desk, course.id, prescriber="Dr S. Kim", reason="Rate was too fast")
    now = desk.clock.now()
    change(desk, course, lambda dose: replace(dose, state="held", changed_by="A. Wong", changed_at=now))
    assert not any(one.is_holding for one in known_facts(desk, patient).reactions), "now it is a fever that holds"


def test_what_was_given_after_a_switch_is_known_with_its_own_product(
    desk: Desk, patient: Patient, course: Course
) -> None:
    course = switched(desk, course, "octagam-5", first=2)
    known = known_facts(desk, patient)
    assert [dose.product_id for dose in known.earlier[:3]] == ["cn-ph4-5", "octagam-5", "octagam-5"]
    record_side_effect(desk, course.doses[1].id, SideEffectForm(code="AE14", grade="1"))
    assert [one.product_id for one in known_facts(desk, patient).reactions] == ["octagam-5"]


def test_a_course_that_is_over_overlaps_with_nothing(desk: Desk, patient: Patient, clock: SetClock) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, regimen_id="itp-1g-2-days", antiviral="")), "Bleeding")
    giving.record_not_given(desk, course.doses[0].id, "Refused")
    clock.advance(timedelta(days=1))
    giving.record_not_given(desk, course.doses[1].id, "Refused")
    assert known_facts(desk, patient).overlapping == ()


class TestFirstInfusion:
    def test_somebody_who_never_had_any_begins_at_the_initial_rate(self, desk: Desk, patient: Patient) -> None:
        assert is_first_infusion(desk, patient, "cn-ph4-5", date(2026, 3, 2))

    def test_what_is_known_from_elsewhere_counts(self, desk: Desk) -> None:
        treated = register_patient(desk, msgspec.structs.replace(li_na(), had_immunoglobulin=True))
        assert not is_first_infusion(desk, treated, "cn-ph4-5", date(2026, 3, 2))

    @pytest.mark.parametrize(("days", "is_first"), [(2, False), (56, False), (57, True)])
    def test_more_than_eight_weeks_begin_anew(
        self, desk: Desk, patient: Patient, course: Course, days: int, is_first: bool
    ) -> None:
        give(desk, course, 1)
        assert is_first_infusion(desk, patient, "cn-ph4-5", date(2026, 3, 2) + timedelta(days=days)) == is_first

    def test_another_product_begins_anew(self, desk: Desk, patient: Patient, course: Course) -> None:
        give(desk, course, 1)
        assert is_first_infusion(desk, patient, "privigen-10", date(2026, 3, 4))

    def test_a_dose_that_was_not_given_is_no_experience_with_the_product(
        self, desk: Desk, patient: Patient, course: Course
    ) -> None:
        giving.record_not_given(desk, course.doses[0].id, "Refused")
        assert is_first_infusion(desk, patient, "cn-ph4-5", date(2026, 3, 4))

    def test_a_dose_entered_in_error_is_no_experience_either(
        self, desk: Desk, patient: Patient, course: Course
    ) -> None:
        give(desk, course, 1)
        in_error(desk, course, 1)
        assert is_first_infusion(desk, patient, "cn-ph4-5", date(2026, 3, 4))

    def test_after_a_switch_the_product_that_was_given_counts_and_not_the_courses(
        self, desk: Desk, patient: Patient, course: Course
    ) -> None:
        give(desk, switched(desk, course, "octagam-5"), 1)
        assert is_first_infusion(desk, patient, "cn-ph4-5", date(2026, 3, 4))
        assert not is_first_infusion(desk, patient, "octagam-5", date(2026, 3, 4))


class TestNewestMeasurements:
    @pytest.mark.parametrize(("taken_on", "weight_g"), [("2026-03-01", 70_000), ("2026-03-02", 66_500)])
    def test_a_newer_laboratory_weight_wins(self, desk: Desk, taken_on: str, weight_g: int) -> None:
        weighed = register_patient(desk, msgspec.structs.replace(li_na(), weighed_on="2026-03-01"))
        add_value(desk, weighed, "weight", "66.5", "kg", taken_on)
        assert newest_measurements(desk, weighed).weight_g == weight_g

    def test_a_value_from_the_future_does_not_count(self, desk: Desk, patient: Patient) -> None:
        add_value(desk, patient, "weight", "50", "kg", "2026-03-03")
        assert newest_measurements(desk, patient).weight_g == 70_000

    def test_the_newer_igg_counts_and_a_height_fills_a_gap(self, desk: Desk) -> None:
        short = register_patient(desk, msgspec.structs.replace(li_na(), height="", igg="3.1", igg_on="2026-02-01"))
        add_value(desk, short, "igg", "5.2", "g/L", "2026-02-20")
        add_value(desk, short, "height", "166.5", "cm", "2026-02-20")
        newest = newest_measurements(desk, short)
        assert (newest.igg_g_per_l, newest.height_mm) == (Decimal("5.2"), 1665)


def add_value(desk: Desk, patient: Patient, test: LabTest, value: str, unit: str, taken_on: str) -> None:
    one = LabValue(
        id=uuid4(),
        patient_id=patient.id,
        test=test,
        value=Decimal(value),
        unit=unit,
        taken_on=date.fromisoformat(taken_on),
        entered_value=value,
        entered_unit=unit,
        nurse="A. Wong",
        at=desk.clock.now(),
    )
    with desk.ward.changing(nurse="A. Wong", at=desk.clock.now(), action="value recorded") as change:
        change.add(one)
