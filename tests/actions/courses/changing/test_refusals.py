"""What cannot be done is refused in words, and nothing changes: neither the course nor the journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import msgspec
import pytest

from ivigdesk.actions.courses import reweigh_course
from ivigdesk.actions.courses.changing import ChangeForm, CourseChangedMeanwhile, accept, ripple
from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.patients.register_patient import register_patient, weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake, WordedError
from tests.actions.changing import change, days, shown
from tests.actions.giving import give
from tests.conftest import cmv_plan, li_na


@contextmanager
def nothing_changes(desk: Desk, course: Course) -> Iterator[None]:
    """Hold that what stands inside leaves course and journal as they are."""
    before, head = look_up_course(desk, course.id).course, desk.journal_head
    yield
    assert look_up_course(desk, course.id).course == before
    assert desk.journal_head == head


@pytest.fixture
def begun(desk: Desk, course: Course, clock: SetClock) -> Course:
    """The CMV course on 4 March: dose 1 given, dose 2 due."""
    give(desk, course, 1)
    clock.advance(timedelta(days=2))
    return course


@pytest.mark.parametrize(
    ("verb", "number", "to", "more", "field"),
    [
        ("postpone", 4, "", {}, "to"),
        ("postpone", 4, "2026-03-10", {}, "to"),  # onto another dose
        ("postpone", 4, "2026-03-11", {}, "to"),  # past another dose
        ("postpone", 4, "2026-03-08", {}, "to"),  # where it is
        ("postpone", 4, "2026-03-06", {}, "to"),  # the other direction
        ("postpone", 11, "2029-04-06", {}, "to"),  # past the course's end by years
        ("postpone", 1, "2026-03-09", {}, None),  # given
        ("postpone", 99, "2026-03-09", {}, "number"),
        ("postpone", None, "2026-03-09", {}, "number"),
        ("bring-forward", 4, "2026-03-06", {}, "to"),  # before the previous dose
        ("bring-forward", 2, "2026-03-03", {}, "to"),  # before today
        ("postpone", 4, "2026-03-09", {"reach": "everything"}, "reach"),
        ("omit", 4, "", {"reach": "keep-end"}, "reach"),
        ("hold", 1, "", {}, None),
        ("resume", None, "", {}, None),
        ("resume", 4, "", {}, None),
        ("add", None, "", {}, "to"),
        ("add", None, "2026-03-10", {}, "to"),
        ("add", None, "2026-03-03", {}, "to"),
        ("add", 99, "2026-03-05", {}, "number"),
        ("error", 4, "", {}, None),  # nothing was recorded
        ("realign", 1, "", {}, None),  # given on its day
        ("first-day", 1, "2026-03-05", {}, None),
        ("product", None, "", {"product_id": "lemonade"}, None),
        ("product", None, "", {"product_id": "cn-ph4-5"}, "product_id"),  # what they are given from
        ("product", None, "", {"product_id": "cn-chromatography-10"}, None),  # vials to be confirmed
        ("weight", None, "", {}, None),  # the weight that they have
        ("undo", None, "", {}, None),
        ("dance", None, "", {}, "verb"),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    desk: Desk, begun: Course, verb: str, number: int | None, to: str, more: dict[str, str], field: str | None
) -> None:
    with nothing_changes(desk, begun), pytest.raises(WordedError) as refused:
        shown(desk, begun, verb, number, to, **more)
    assert (refused.value.field if isinstance(refused.value, UserMistake) else None) == field


def test_no_dose_goes_before_the_first_day_of_a_regimen_that_counts_from_the_transplant(desk: Desk) -> None:
    later = register_patient(desk, msgspec.structs.replace(li_na(), transplant_on="2026-03-20"))
    plan = cmv_plan(later, regimen_id="cytogam-kidney", product_id="cytogam", first_on="2026-03-22")
    course = confirm(desk, propose(desk, plan), "Asked for", "Dr S. Kim")
    assert days(course).startswith("03-22 04-03")
    with nothing_changes(desk, course), pytest.raises(UserMistake, match="no dose before transplant day 0") as refused:
        shown(desk, course, "bring-forward", 1, "2026-03-19")
    assert refused.value.field == "to"
    assert days(change(desk, course, "bring-forward", 1, "2026-03-20")).startswith("03-20 04-03")


def test_the_course_does_not_cease_while_a_dose_runs(desk: Desk, course: Course) -> None:
    giving.start_infusion(desk, course.dose(1).id, recorded_later=True)
    with nothing_changes(desk, course), pytest.raises(KnownError, match="Dose 1 is running"):
        shown(desk, course, "cease")


@pytest.mark.parametrize(
    ("verb", "reason", "by", "field"),
    [
        ("postpone", " ", "", "reason"),
        ("postpone", "x" * 501, "", "reason"),
        ("postpone", "Fever\u202e", "", "reason"),
        ("add", "Ordered", " ", "by"),
        ("add", "Ordered", "x" * 101, "by"),
    ],
)
def test_reason_and_prescriber_are_asked_for(
    desk: Desk, course: Course, verb: str, reason: str, by: str, field: str
) -> None:
    made = shown(desk, course, verb, 4, "2026-03-09")
    with nothing_changes(desk, course), pytest.raises(UserMistake) as refused:
        accept(desk, made, reason, by)
    assert refused.value.field == field


def test_nobody_on_duty_changes_nothing(desk: Desk, course: Course) -> None:
    made = shown(desk, course, "postpone", 4, "2026-03-09")
    desk.nurse = ""
    with nothing_changes(desk, course), pytest.raises(KnownError, match="on duty"):
        accept(desk, made, "Fever")


def test_of_two_pages_the_later_one_is_told_and_overwrites_nothing(desk: Desk, course: Course) -> None:
    mine, yours = shown(desk, course, "postpone", 4, "2026-03-09"), shown(desk, course, "omit", 6)
    stored = accept(desk, yours, "Theatre")
    with nothing_changes(desk, course), pytest.raises(CourseChangedMeanwhile, match="in the meantime") as told:
        accept(desk, mine, "Fever")
    assert told.value.revision == 2
    assert look_up_course(desk, course.id).course == stored


def test_a_page_that_shows_an_older_revision_is_told_before_anything_is_computed(desk: Desk, course: Course) -> None:
    change(desk, course, "omit", 6)
    form = ChangeForm(course_id=course.id, verb="postpone", number=4, to="2026-03-09", revision=1)
    with nothing_changes(desk, course), pytest.raises(CourseChangedMeanwhile):
        ripple(desk, form)
    assert ripple(desk, msgspec.structs.replace(form, revision=2)).next_number == 3


def test_a_dose_begun_or_written_off_in_the_meantime_makes_the_ripple_stale(desk: Desk, course: Course) -> None:
    """What was shown as waiting is dealt with by now: the change must be looked at anew."""
    made = shown(desk, course, "postpone", 1, "2026-03-03")
    giving.record_not_given(desk, course.dose(1).id, "Refused")
    with nothing_changes(desk, course), pytest.raises(CourseChangedMeanwhile):
        accept(desk, made, "Fever")


def test_a_weight_approved_for_doses_one_of_which_runs_by_now_is_told(desk: Desk, course: Course) -> None:
    weigh_patient(desk, course.patient_id, "66")
    proposed = reweigh_course.proposal(desk, course.id)
    giving.start_infusion(desk, course.dose(1).id, recorded_later=True)
    with nothing_changes(desk, course), pytest.raises(CourseChangedMeanwhile):
        reweigh_course.confirm(desk, proposed, "Weighed", "Dr S. Kim")
