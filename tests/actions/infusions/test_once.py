"""What is saved twice is one record, and a second signature may come later."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import msgspec
import pytest

from ivigdesk.actions.desk import Desk, sign_in
from ivigdesk.actions.infusions.finish_infusion import sign_second
from ivigdesk.actions.infusions.give_infusion import (
    EndForm,
    ObservationForm,
    bedside,
    finish_infusion,
    observe,
    record_not_given,
    set_rate,
    start_infusion,
)
from ivigdesk.actions.infusions.observe_patient import remarks
from ivigdesk.actions.infusions.prepare_infusion import checklist_of
from ivigdesk.actions.infusions.preparing import tick_lines
from ivigdesk.actions.infusions.set_pump import against_increase, remaining
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from tests.actions.infusions.readying import make_ready


@pytest.fixture
def infusion(desk: Desk, course: Course) -> Infusion:
    """Dose 1, started at 09:05 at 60 mL/h."""
    make_ready(desk, course.doses[0])
    return start_infusion(desk, course.doses[0].id)


@pytest.fixture
def ended(desk: Desk, infusion: Infusion, clock: SetClock) -> Infusion:
    """The same, completed and signed by A. Wong alone."""
    clock.advance(timedelta(hours=4))
    return finish_infusion(desk, infusion.id, EndForm(outcome="completed"))


def test_one_observation_that_is_saved_twice_is_one(desk: Desk, infusion: Infusion, clock: SetClock) -> None:
    form = ObservationForm(pulse_per_min="80", site="no redness")
    observe(desk, infusion.id, form)
    clock.advance(timedelta(seconds=3))
    (stored,) = observe(desk, infusion.id, form).observations
    assert (stored.pulse_per_min, stored.site) == (80, "no redness")
    with pytest.raises(KnownError):
        observe(desk, infusion.id, msgspec.structs.replace(form, pulse_per_min="81"))


def test_looking_at_the_site_alone_is_an_observation(desk: Desk, infusion: Infusion) -> None:
    (stored,) = observe(desk, infusion.id, ObservationForm(site="slightly red, 2 cm")).observations
    assert stored.site == "slightly red, 2 cm"


def test_an_observation_is_corrected_by_another_one(desk: Desk, infusion: Infusion) -> None:
    (wrong,) = observe(desk, infusion.id, ObservationForm(pulse_per_min="180")).observations
    (right,) = observe(desk, infusion.id, ObservationForm(pulse_per_min="80", replaces=wrong.id)).observations
    assert right.pulse_per_min == 80


def test_a_button_of_the_pump_that_is_touched_twice_is_one_setting(
    desk: Desk, infusion: Infusion, clock: SetClock
) -> None:
    set_rate(desk, infusion.id, "pause", Decimal(0))
    clock.advance(timedelta(seconds=1))
    assert len(set_rate(desk, infusion.id, "pause", Decimal(0)).rate_changes) == 2
    assert len(set_rate(desk, infusion.id, "stop", Decimal(0)).rate_changes) == 3, "a stop says more than a pause"


def test_one_end_that_is_saved_twice_is_one_and_another_is_refused(
    desk: Desk, infusion: Infusion, clock: SetClock
) -> None:
    clock.advance(timedelta(hours=4))
    form = EndForm(outcome="completed")
    first = finish_infusion(desk, infusion.id, form)
    assert finish_infusion(desk, infusion.id, form) == first
    with pytest.raises(KnownError, match="has ended"):
        finish_infusion(desk, infusion.id, EndForm(outcome="completed"))


def test_not_given_that_is_saved_twice_is_one(desk: Desk, course: Course) -> None:
    page = uuid4()
    first = record_not_given(desk, course.doses[0].id, "Refused", infusion_id=page)
    assert record_not_given(desk, course.doses[0].id, "Refused", infusion_id=page) == first
    with pytest.raises(KnownError, match="recorded as not given"):
        record_not_given(desk, course.doses[0].id, "Refused", infusion_id=uuid4())


def test_the_second_signature_comes_later_and_leaves_the_end_as_it_was(
    desk: Desk, course: Course, ended: Infusion, clock: SetClock
) -> None:
    assert ended.end is not None
    clock.advance(timedelta(hours=1))
    sign_in(desk, "S. Kaur")
    signed = sign_second(desk, ended.id, "S. Kaur").end
    assert signed is not None
    assert (signed.nurse, signed.second_nurse, signed.replaces) == ("A. Wong", "S. Kaur", ended.end.id)
    assert (signed.ended_at, signed.given_dose_mg) == (ended.end.ended_at, 10_000)
    assert look_up_course(desk, course.id).view(1).status == "given"
    entries = len(list(desk.ward.journal()))
    assert sign_second(desk, ended.id, "s. kaur").end == signed
    assert len(list(desk.ward.journal())) == entries


@pytest.mark.parametrize("name", ["A. Wong", "a. wong", " ", "x" * 61])
def test_the_first_signer_or_nobody_does_not_sign_a_second_time(desk: Desk, ended: Infusion, name: str) -> None:
    with pytest.raises(UserMistake) as refused:
        sign_second(desk, ended.id, name)
    assert refused.value.field == "second_nurse"


def test_who_comes_third_is_told_who_signed(desk: Desk, ended: Infusion) -> None:
    sign_second(desk, ended.id, "S. Kaur")
    with pytest.raises(KnownError, match=r"by S\. Kaur already"):
        sign_second(desk, ended.id, "王敏")


def test_nothing_is_signed_before_the_end_or_where_nothing_was_given(
    desk: Desk, course: Course, infusion: Infusion
) -> None:
    with pytest.raises(KnownError, match="finish the infusion first"):
        sign_second(desk, infusion.id, "S. Kaur")


def test_the_rest_of_the_card_and_what_speaks_against_the_next_step_are_asked_of_the_ward(
    desk: Desk, infusion: Infusion, clock: SetClock
) -> None:
    clock.advance(timedelta(minutes=10))
    here = bedside(desk, infusion.dose_id)
    card = remaining(desk, here)
    assert card.given_ml == 10
    step = card.next_step
    assert step is not None
    assert card.step_due_at == step.at
    said = [one.text for one in against_increase(desk, here, step.ml_per_h, step.at)]
    assert said == [
        "The card raises the rate at {time}, not before.",
        "No observation was recorded on the present rate.",
    ]
    clock.advance(timedelta(minutes=5))
    stored = observe(desk, infusion.id, ObservationForm(temperature_c="38.6")).observations[-1]
    here = bedside(desk, infusion.dose_id)
    assert [one.field for one in remarks(here, stored)] == ["temperature_c"]
    assert [one.text for one in against_increase(desk, here, step.ml_per_h, step.at)] == [
        "Observed at {time}: {remark}."
    ]


def test_lines_ticked_on_paper_are_one_entry_and_ticking_them_again_none(desk: Desk, course: Course) -> None:
    dose = course.dose(1)
    codes = [item.code for item in checklist_of(desk, bedside(desk, dose.id))]
    before = len(list(desk.ward.journal()))
    ready = tick_lines(desk, dose.id, codes)
    assert [check.item for check in ready.checks] == codes
    assert tick_lines(desk, dose.id, codes) == ready
    assert len(list(desk.ward.journal())) == before + 1
    with pytest.raises(UserMistake, match="is no line of this dose's checklist"):
        tick_lines(desk, dose.id, ["consent", "nonsense"])
    assert len(list(desk.ward.journal())) == before + 1
