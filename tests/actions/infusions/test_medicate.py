"""Drugs and fluids beside a dose are stored when they are entered, and what is due before the start is listed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from ivigdesk.actions.desk import Desk, open_desk, set_ward
from ivigdesk.actions.infusions.follow_up import FollowUpForm, decide
from ivigdesk.actions.infusions.medicate import (
    MedicationForm,
    due_before_start,
    medications,
    record_medication,
    withdraw_medication,
)
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.ward.planned_times import plan_start
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from tests.actions.changed import change, in_error
from tests.actions.giving import give


@pytest.fixture
def dose(course: Course) -> Dose:
    """Dose 1, due today; it is 09:05."""
    return course.doses[0]


def paracetamol(**more: object) -> MedicationForm:
    fields = {"kind": "premedication", "what": "paracetamol", "amount": "1 g", "route": "by mouth"} | more
    return msgspec.convert(fields, MedicationForm)


def test_what_was_given_is_stored_with_name_and_time_and_survives(
    desk: Desk, dose: Dose, folder: Path, clock: SetClock
) -> None:
    record_medication(desk, dose.id, paracetamol(given_at="08:35"))
    stored = medications(desk, dose.id)
    desk.close()
    again = open_desk(folder, clock)
    try:
        assert medications(again, dose.id) == stored
    finally:
        again.close()
    (one,) = stored
    assert (one.what, one.amount, one.route, f"{one.given_at:%H:%M}", one.nurse) == (
        "paracetamol", "1 g", "by mouth", "08:35", "A. Wong",
    )  # fmt: skip


def test_an_empty_time_is_now(desk: Desk, dose: Dose) -> None:
    assert record_medication(desk, dose.id, paracetamol()).given_at == desk.clock.now()


def test_yesterday_is_typed_with_its_date(desk: Desk, dose: Dose) -> None:
    one = record_medication(desk, dose.id, paracetamol(given_at="2026-03-01 22:10"))
    assert f"{one.given_at:%Y-%m-%d %H:%M}" == "2026-03-01 22:10"
    today = record_medication(desk, dose.id, paracetamol(given_at="2026-03-02 08:10"))
    assert f"{today.given_at:%Y-%m-%d %H:%M}" == "2026-03-02 08:10"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "snack"}, "kind"),
        ({"what": " "}, "what"),
        ({"what": "para\x00cetamol"}, "what"),
        ({"what": "x" * 101}, "what"),
        ({"given_at": "09:10"}, "given_at"),
        ({"given_at": "25:00"}, "given_at"),
        ({"given_at": "2026-02-28 09:00"}, "given_at"),
        ({"given_at": "2026-03-03 09:00"}, "given_at"),
        ({"given_at": "2026-03-02 23:50"}, "given_at"),
        ({"given_at": "soon"}, "given_at"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_stored(
    desk: Desk, dose: Dose, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(UserMistake) as refused:
        record_medication(desk, dose.id, paracetamol(**wrong))
    assert refused.value.field == field
    assert medications(desk, dose.id) == ()


def test_a_time_of_the_evening_on_todays_date_is_still_to_come_just_after_midnight(
    desk: Desk, dose: Dose, clock: SetClock
) -> None:
    clock.set_wall(clock.now().replace(hour=0, minute=10))
    with pytest.raises(UserMistake):
        record_medication(desk, dose.id, paracetamol(given_at="2026-03-02 23:50"))
    assert record_medication(desk, dose.id, paracetamol(given_at="23:50")).given_at.day == 1


def test_saving_one_form_twice_makes_one_entry(desk: Desk, dose: Dose, clock: SetClock) -> None:
    form = paracetamol()
    first = record_medication(desk, dose.id, form)
    clock.advance(timedelta(seconds=1))
    assert record_medication(desk, dose.id, form) == first
    with pytest.raises(KnownError):
        record_medication(desk, dose.id, msgspec.structs.replace(form, amount="500 mg"))


def test_a_correction_and_taking_back_need_a_reason(desk: Desk, dose: Dose) -> None:
    first = record_medication(desk, dose.id, paracetamol())
    with pytest.raises(UserMistake, match="Reason"):
        record_medication(desk, dose.id, paracetamol(amount="500 mg", replaces=first.id))
    second = record_medication(desk, dose.id, paracetamol(amount="500 mg", replaces=first.id, reason="Half a tablet"))
    assert medications(desk, dose.id) == (second,)
    with pytest.raises(UserMistake, match="Reason"):
        withdraw_medication(desk, dose.id, second.id, " ")
    withdraw_medication(desk, dose.id, second.id, "Vomited at once")
    assert medications(desk, dose.id) == ()
    with pytest.raises(KnownError, match="not recorded for this dose any more"):
        withdraw_medication(desk, dose.id, second.id, "Again")
    assert next(reversed(list(desk.ward.journal()))).reason == "Vomited at once"


def test_a_drug_against_a_reaction_is_recorded_after_the_end_too(desk: Desk, course: Course, clock: SetClock) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(hours=3))
    assert record_medication(desk, course.doses[0].id, paracetamol(kind="treatment")).kind == "treatment"


def test_a_dose_of_next_week_or_entered_in_error_takes_nothing(desk: Desk, course: Course) -> None:
    with pytest.raises(KnownError, match="is planned for"):
        record_medication(desk, course.doses[3].id, paracetamol())
    in_error(desk, course, 1)
    with pytest.raises(KnownError, match="entered in error"):
        record_medication(desk, course.doses[0].id, paracetamol())


@pytest.fixture
def after_headache(desk: Desk, course: Course, clock: SetClock) -> Dose:
    """Dose 2, two days after a headache for which paracetamol and fluid were accepted; it is 07:00."""
    give(desk, course, 1)
    effect = record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE14", grade="2"))
    for consequence, detail in (("PREMED", "Paracetamol 1 g by mouth"), ("HYDR", "500 mL saline")):
        decide(
            desk,
            FollowUpForm(effect_id=effect.id, consequence=consequence, detail=detail, prescriber="Dr S. Kim"),
        )
    clock.set_wall(clock.now().replace(day=4, hour=7, minute=0))
    return course.doses[1]


def test_what_was_accepted_after_a_reaction_is_due_before_the_planned_start(desk: Desk, after_headache: Dose) -> None:
    plan_start(desk, after_headache.id, "10:30")
    due = due_before_start(desk, after_headache.id)
    assert [(one.kind, one.what, f"{one.from_at:%H:%M}", f"{one.until:%H:%M}") for one in due] == [
        ("premedication", "Paracetamol 1 g by mouth", "09:30", "10:00"),
        ("hydration", "500 mL saline", "09:30", "10:30"),
    ]
    assert all(one.why is not None and "Headache" in one.why.en for one in due)
    assert all(one.given is None for one in due)


def test_without_a_planned_time_the_wards_usual_start_counts(desk: Desk, after_headache: Dose) -> None:
    set_ward(desk, msgspec.structs.replace(desk.settings, usual_start="08:15"))
    assert f"{due_before_start(desk, after_headache.id)[0].from_at:%m-%d %H:%M}" == "03-04 07:15"


def test_what_was_given_answers_what_is_due(desk: Desk, after_headache: Dose) -> None:
    record_medication(desk, after_headache.id, paracetamol())
    given = {one.kind: one.given is not None for one in due_before_start(desk, after_headache.id)}
    assert given == {"premedication": True, "hydration": False}


def test_nothing_is_due_before_a_dose_after_which_nothing_happened(desk: Desk, dose: Dose) -> None:
    assert due_before_start(desk, dose.id) == ()


def test_fluid_is_due_where_the_rates_are_capped_for_a_patient_at_risk(desk: Desk, course: Course) -> None:
    def at_risk(dose: Dose) -> Dose:
        rows = tuple(msgspec.structs.replace(row, capped_by="risk") for row in dose.rate_card.rows)
        return msgspec.structs.replace(dose, rate_card=msgspec.structs.replace(dose.rate_card, rows=rows))

    change(desk, course, at_risk)
    (due,) = due_before_start(desk, course.doses[0].id)
    assert due.kind == "hydration"
    assert due.why is None
