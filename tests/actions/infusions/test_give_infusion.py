"""An infusion is stored as it is entered; what must not start does not start."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import msgspec
import pytest

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from tests.actions.changed import change, in_error
from tests.actions.giving import give
from tests.conftest import cmv_plan


@pytest.fixture
def infusion(desk: Desk, course: Course) -> Infusion:
    """Dose 1, started at 09:05 at 60 mL/h."""
    return giving.start_infusion(desk, course.doses[0].id, recorded_later=True)


def vial(**more: object) -> giving.VialForm:
    fields = {"product_id": "cn-ph4-5", "mg": 2500, "lot": "P100471881", "expires_on": "2027-09"} | more
    return msgspec.convert(fields, giving.VialForm)


def hang_all(desk: Desk, infusion: Infusion) -> None:
    for _ in range(4):
        giving.hang_vial(desk, infusion.id, vial())


def test_a_smooth_infusion_is_recorded_from_start_to_two_signatures(
    desk: Desk, course: Course, infusion: Infusion, clock: SetClock
) -> None:
    hang_all(desk, infusion)
    giving.tick_check(desk, infusion.id, "two-identifiers")
    clock.advance(timedelta(minutes=15))
    giving.observe(desk, infusion.id, giving.ObservationForm(temperature_c="36,8", pulse_per_min="80"))
    giving.set_rate(desk, infusion.id, "increase", Decimal(180))
    clock.advance(timedelta(minutes=62))
    ended = giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed", second_nurse="S. Kaur"))
    assert ended.end is not None
    assert (ended.end.given_dose_mg, ended.end.given_ml, ended.end.discarded_mg) == (10_000, Decimal(200), 0)
    assert [change.action for change in ended.rate_changes] == ["start", "increase", "stop"]
    assert [one.lot for one in ended.vials] == ["P100471881"] * 4
    assert str(ended.vials[0].expires_on) == "2027-09-30"
    assert look_up_course(desk, course.id).view(1).status == "given"


def test_the_volume_so_far_follows_the_pump(desk: Desk, course: Course, infusion: Infusion, clock: SetClock) -> None:
    clock.advance(timedelta(minutes=15))
    assert giving.bedside(desk, course.doses[0].id).given_ml == Decimal(15)
    giving.set_rate(desk, infusion.id, "pause", Decimal(0), "flushing")
    clock.advance(timedelta(hours=1))
    assert giving.bedside(desk, course.doses[0].id).given_ml == Decimal(15)
    giving.set_rate(desk, infusion.id, "resume", Decimal(120))
    clock.advance(timedelta(hours=9))
    assert giving.bedside(desk, course.doses[0].id).given_ml == Decimal(200)


def test_a_start_typed_ahead_of_the_clock_is_refused_and_nothing_runs(desk: Desk, course: Course) -> None:
    with pytest.raises(UserMistake, match="still to come"):
        giving.start_infusion(desk, course.doses[0].id, at="09:10", recorded_later=True)
    assert look_up_course(desk, course.id).view(1).status == "due"


def test_starting_twice_makes_one_infusion(desk: Desk, course: Course) -> None:
    page = uuid4()
    first = giving.start_infusion(desk, course.doses[0].id, infusion_id=page, recorded_later=True)
    assert giving.start_infusion(desk, course.doses[0].id, infusion_id=page, recorded_later=True) == first
    with pytest.raises(KnownError, match="running already"):
        giving.start_infusion(desk, course.doses[0].id, recorded_later=True)


def test_a_dose_of_another_day_does_not_start(desk: Desk, course: Course) -> None:
    with pytest.raises(KnownError, match="is planned for"):
        giving.start_infusion(desk, course.doses[1].id, recorded_later=True)


def test_two_doses_of_a_course_never_run_at_once(
    desk: Desk, course: Course, infusion: Infusion, clock: SetClock
) -> None:
    clock.advance(timedelta(days=2))
    assert infusion.is_running
    with pytest.raises(KnownError, match="still running"):
        giving.start_infusion(desk, course.doses[1].id, recorded_later=True)


def test_doses_of_two_courses_of_a_patient_never_run_at_once(desk: Desk, patient: Patient, course: Course) -> None:
    plan = cmv_plan(patient, regimen_id="replacement-maintenance", antiviral="")
    beside = confirm(desk, propose(desk, plan), "Asked for", "Dr S. Kim")
    giving.start_infusion(desk, beside.dose(1).id, recorded_later=True)
    head = desk.journal_head
    with pytest.raises(KnownError, match=f"Dose 1 of course {beside.code} of this patient is still running"):
        giving.start_infusion(desk, course.dose(1).id, recorded_later=True)
    assert desk.journal_head == head


def test_a_dose_is_not_started_while_an_earlier_one_still_waits(desk: Desk, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=2))
    with pytest.raises(KnownError, match="still waits"):
        giving.start_infusion(desk, course.doses[1].id, recorded_later=True)
    giving.record_not_given(desk, course.doses[0].id, "Refused by the patient")
    assert giving.start_infusion(desk, course.doses[1].id, recorded_later=True).is_running


def test_an_overdue_dose_given_today_keeps_todays_dose_from_starting(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    clock.advance(timedelta(days=2))
    late = giving.start_infusion(desk, course.doses[0].id, recorded_later=True)
    hang_all(desk, late)
    clock.advance(timedelta(hours=2))
    giving.finish_infusion(desk, late.id, giving.EndForm(outcome="completed"))
    with pytest.raises(KnownError, match="given today"):
        giving.start_infusion(desk, course.doses[1].id, recorded_later=True)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"lot": " "}, "lot"),
        ({"lot": "P1\x1d2"}, "lot"),
        ({"expires_on": "2026-02"}, "expires_on"),
        ({"expires_on": "2027-13"}, "expires_on"),
        ({"expires_on": "next year"}, "expires_on"),
        ({"product_id": "privigen-10"}, "product_id"),
        ({"mg": 40_000}, "mg"),
    ],
)
def test_a_vial_that_does_not_belong_is_refused(
    desk: Desk, infusion: Infusion, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(UserMistake) as refused:
        giving.hang_vial(desk, infusion.id, vial(**wrong))
    assert refused.value.field == field


def test_more_vials_than_the_dose_takes_are_refused(desk: Desk, infusion: Infusion) -> None:
    hang_all(desk, infusion)
    with pytest.raises(UserMistake, match=r"12\.5 g"):
        giving.hang_vial(desk, infusion.id, vial())


@pytest.mark.parametrize("rate", [Decimal(-1), Decimal("180.1"), Decimal(1800)])
def test_a_rate_above_what_the_patient_may_have_is_refused(desk: Desk, infusion: Infusion, rate: Decimal) -> None:
    with pytest.raises(UserMistake, match="180 mL/h"):
        giving.set_rate(desk, infusion.id, "set", rate)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"temperature_c": "25"}, "temperature_c"),
        ({"temperature_c": "368"}, "temperature_c"),
        ({"systolic_mmhg": "400"}, "systolic_mmhg"),
        ({"systolic_mmhg": "80", "diastolic_mmhg": "120"}, "diastolic_mmhg"),
        ({"pulse_per_min": "80.5"}, "pulse_per_min"),
        ({"spo2_percent": "101"}, "spo2_percent"),
        ({"at": "25:00", "pulse_per_min": "80"}, "at"),
        ({}, "temperature_c"),
    ],
)
def test_an_observation_that_cannot_be_right_is_refused_whole(
    desk: Desk, infusion: Infusion, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(UserMistake) as refused:
        giving.observe(desk, infusion.id, giving.ObservationForm(**typed))
    assert refused.value.field == field
    stored = desk.ward.infusion(infusion.id)
    assert stored is not None
    assert stored.observations == ()


def test_a_dose_is_partly_given_with_its_share_and_the_rest_discarded(
    desk: Desk, course: Course, infusion: Infusion, clock: SetClock
) -> None:
    hang_all(desk, infusion)
    clock.advance(timedelta(hours=1))
    form = giving.EndForm(outcome="partly given", given_ml="150", reason="Line blocked")
    end = giving.finish_infusion(desk, infusion.id, form).end
    assert end is not None
    assert (end.given_dose_mg, end.discarded_mg) == (7_500, 2_500)
    assert look_up_course(desk, course.id).view(1).status == "partly given"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (giving.EndForm(outcome="partly given", given_ml="150"), "reason"),
        (giving.EndForm(outcome="partly given", reason="why"), "given_ml"),
        (giving.EndForm(outcome="partly given", given_ml="250", reason="why"), "given_ml"),
        (giving.EndForm(outcome="completed", at="09:00"), "at"),
        (giving.EndForm(outcome="completed", given_ml="50"), "given_ml"),
        (giving.EndForm(outcome="completed", second_nurse="a. wong"), "second_nurse"),
        (giving.EndForm(outcome="completed", second_nurse="A.  Wong"), "second_nurse"),
        (giving.EndForm(outcome="completed", second_nurse="Ａ．Wong"), "second_nurse"),
    ],
)
def test_an_end_that_cannot_be_right_is_refused_and_the_infusion_goes_on(
    desk: Desk, infusion: Infusion, clock: SetClock, form: giving.EndForm, field: str
) -> None:
    hang_all(desk, infusion)
    clock.advance(timedelta(minutes=20))
    with pytest.raises(UserMistake) as refused:
        giving.finish_infusion(desk, infusion.id, form)
    assert refused.value.field == field
    stored = desk.ward.infusion(infusion.id)
    assert stored is not None
    assert stored.is_running


def test_no_infusion_ends_without_a_lot(desk: Desk, infusion: Infusion) -> None:
    with pytest.raises(UserMistake, match="lot"):
        giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed"))


def test_more_is_never_given_than_the_vials_that_are_recorded(desk: Desk, infusion: Infusion) -> None:
    giving.hang_vial(desk, infusion.id, vial())
    with pytest.raises(UserMistake, match=r"vials of 2\.5 g are recorded, but 10 g were given"):
        giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed"))
    form = giving.EndForm(outcome="partly given", given_ml="50", reason="Line blocked")
    assert giving.finish_infusion(desk, infusion.id, form).end is not None


@pytest.mark.parametrize("seconds", [0, 1, 30, 59])
def test_a_minute_that_is_typed_is_never_before_the_seconds_of_that_minute(
    desk: Desk, course: Course, clock: SetClock, seconds: int
) -> None:
    """A pump started at 09:05:30, and everything of that minute typed as 09:05."""
    clock.advance(timedelta(seconds=seconds))
    started = giving.start_infusion(desk, course.doses[0].id, recorded_later=True)
    hang_all(desk, started)
    clock.advance(timedelta(minutes=2))
    effect = record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE05", grade="4", onset_at="09:05"))
    assert (effect.minutes_from_start, effect.ml_per_h) == (0, Decimal(60))
    giving.set_rate(desk, started.id, "stop", Decimal(0), "anaphylaxis", at="09:05")
    form = giving.EndForm(outcome="partly given", at="09:05", given_ml="1", reason="anaphylaxis")
    end = giving.finish_infusion(desk, started.id, form).end
    assert end is not None
    assert end.ended_at == started.started_at


def test_an_end_that_is_typed_is_not_before_the_pumps_last_setting(
    desk: Desk, infusion: Infusion, clock: SetClock
) -> None:
    hang_all(desk, infusion)
    clock.advance(timedelta(minutes=20))
    giving.set_rate(desk, infusion.id, "increase", Decimal(120))
    clock.advance(timedelta(minutes=20))
    with pytest.raises(UserMistake, match="before the pump's last setting at 09:25") as refused:
        giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed", at="09:20"))
    assert refused.value.field == "at"


def test_a_computer_clock_that_was_set_back_does_not_keep_a_pump_running_on_paper(
    desk: Desk, infusion: Infusion, clock: SetClock
) -> None:
    hang_all(desk, infusion)
    clock.advance(timedelta(minutes=20))
    giving.set_rate(desk, infusion.id, "increase", Decimal(120))
    clock.set_wall(clock.now() - timedelta(minutes=2))
    assert giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed")).end is not None


def test_an_infusion_that_nobody_knows_is_refused(desk: Desk) -> None:
    with pytest.raises(KnownError, match="not in the ward"):
        giving.tick_check(desk, uuid4(), "two-identifiers")
    with pytest.raises(KnownError, match="not in the ward"):
        giving.bedside(desk, uuid4())


def test_a_dose_not_given_needs_a_reason_but_no_lot(desk: Desk, course: Course) -> None:
    with pytest.raises(UserMistake):
        giving.record_not_given(desk, course.doses[0].id, " ")
    ended = giving.record_not_given(desk, course.doses[0].id, "Refused by the patient")
    assert ended.end is not None
    assert ended.end.given_dose_mg == 0
    assert look_up_course(desk, course.id).view(1).status == "not given"


def test_an_ended_infusion_takes_nothing_more(desk: Desk, infusion: Infusion) -> None:
    hang_all(desk, infusion)
    giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed"))
    with pytest.raises(KnownError, match="has ended"):
        giving.set_rate(desk, infusion.id, "increase", Decimal(60))
    with pytest.raises(KnownError, match="has ended"):
        giving.hang_vial(desk, infusion.id, vial())
    with pytest.raises(KnownError, match="has ended"):
        giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed"))


def test_a_dose_entered_in_error_is_never_started_or_written_off(desk: Desk, course: Course) -> None:
    in_error(desk, course, 1)
    with pytest.raises(KnownError, match="Dose 1 was entered in error"):
        giving.start_infusion(desk, course.doses[0].id, recorded_later=True)
    with pytest.raises(KnownError, match="entered in error"):
        giving.record_not_given(desk, course.doses[0].id, "Refused")


def test_the_dose_in_the_place_of_a_wrong_entry_may_be_given_on_the_same_day(desk: Desk, course: Course) -> None:
    give(desk, course, 1)
    wrong = course.doses[0]
    again = msgspec.structs.replace(wrong, id=uuid4(), number=12, replaces=wrong.id)
    in_error(desk, course, 1, again)
    assert giving.start_infusion(desk, again.id, recorded_later=True).is_running


def test_out_of_turn_is_told_by_date_and_not_by_number(desk: Desk, course: Course, clock: SetClock) -> None:
    """An added dose has the highest number wherever it stands."""
    extra = msgspec.structs.replace(
        course.doses[0], id=uuid4(), number=12, due_on=course.doses[0].due_on + timedelta(days=1), is_extra=True
    )
    giving.record_not_given(desk, course.doses[0].id, "Refused")
    change(desk, course, lambda dose: dose, extra)
    clock.advance(timedelta(days=2))
    with pytest.raises(KnownError, match=r"Dose 12 of .* still waits"):
        giving.start_infusion(desk, course.doses[1].id, recorded_later=True)
    assert giving.start_infusion(desk, extra.id, recorded_later=True).is_running, (
        "dose 2 is due today: it waits for dose 12"
    )


def test_a_dose_that_a_nurse_held_is_resumed_and_not_released(desk: Desk, course: Course) -> None:
    now = desk.clock.now()
    change(
        desk,
        course,
        lambda dose: msgspec.structs.replace(dose, state="held", reason="Fever", changed_by="A. Wong", changed_at=now),
    )
    with pytest.raises(KnownError, match=r"on hold \(Fever\)\. Resume it first"):
        giving.start_infusion(desk, course.doses[0].id, recorded_later=True)
