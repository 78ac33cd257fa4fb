"""Start times: as they were given, as somebody planned them, or proposed so that the nurses can do it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import set_rate, start_infusion
from ivigdesk.actions.ward.day_list import day_list
from ivigdesk.actions.ward.planned_times import DoseSpan, day_spans, must_be_plannable, plan_start
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from tests.actions.giving import give
from tests.actions.ward.starting import more_courses, on_duty

TODAY = date(2026, 3, 2)


def spans(desk: Desk, day: date | None = None) -> list[DoseSpan]:
    shown = day_list(desk, day)
    found = day_spans(desk, shown)
    return [found[row.dose.id] for row in shown.rows if row.dose.id in found]


def at(clock: str) -> time:
    return time.fromisoformat(clock)


@pytest.mark.parametrize(
    ("typed", "stored"), [("9:30", "09:30"), (" 23:59 ", "23:59"), ("00:00", "00:00"), ("9：30", "09:30")]
)
def test_a_start_is_stored_as_it_is_typed(desk: Desk, course: Course, typed: str, stored: str) -> None:
    assert plan_start(desk, course.dose(1).id, typed) == stored
    (span,) = spans(desk)
    assert (span.kind, span.starts_at.strftime("%H:%M")) == ("planned", stored)
    assert span.ends_at is not None
    length = Decimal(int((span.ends_at - span.starts_at).total_seconds())) / 60
    assert abs(length - course.dose(1).rate_card.duration_min) < 1


@pytest.mark.parametrize("typed", ["25:00", "24:00", "-1:00", "9.30", "930", "09:60", "morning", "9:3"])
def test_what_is_no_clock_time_is_refused_by_its_name(desk: Desk, course: Course, typed: str) -> None:
    plan_start(desk, course.dose(1).id, "10:00")
    with pytest.raises(UserMistake, match=f"“{typed}” is no clock time") as refused:
        plan_start(desk, course.dose(1).id, typed)
    assert refused.value.field == "starts_at"
    assert day_list(desk).rows[0].planned_clock == "10:00"


def test_an_empty_time_takes_the_plan_back(desk: Desk, course: Course) -> None:
    plan_start(desk, course.dose(1).id, "10:00")
    assert plan_start(desk, course.dose(1).id, "  ") == ""
    assert day_list(desk).rows[0].planned_clock == ""
    assert [span.kind for span in spans(desk)] == ["proposed"]


def test_the_same_time_again_writes_nothing(desk: Desk, course: Course) -> None:
    plan_start(desk, course.dose(1).id, "10:00")
    head = desk.journal_head
    plan_start(desk, course.dose(1).id, "10:00")
    plan_start(desk, course.dose(2).id, "")
    assert desk.journal_head == head


def test_a_plan_outlives_the_program(desk: Desk, course: Course) -> None:
    plan_start(desk, course.dose(2).id, "14:15")
    (row,) = day_list(desk, course.dose(2).due_on).rows
    assert row.planned_clock == "14:15"
    assert desk.ward.dose_times([course.dose(2).id])[course.dose(2).id].nurse == "A. Wong"


def test_a_dose_that_runs_or_is_overdue_gets_no_time(desk: Desk, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=1))
    with pytest.raises(KnownError, match="Move it to another day first"):
        plan_start(desk, course.dose(1).id, "10:00")
    start_infusion(desk, course.dose(1).id, recorded_later=True)
    with pytest.raises(KnownError, match="running already"):
        must_be_plannable(desk, course.dose(1).id)
    assert desk.ward.dose_times([course.dose(1).id]) == {}


def test_without_a_limit_everything_is_proposed_from_now(desk: Desk, course: Course) -> None:
    more_courses(desk, "08", "09")
    assert [span.starts_at.time() for span in spans(desk)] == [at("09:05")] * 3


def test_a_later_usual_start_is_kept_and_an_earlier_one_is_now(desk: Desk, course: Course, clock: SetClock) -> None:
    on_duty(desk, None, "13:30")
    assert spans(desk)[0].starts_at.time() == at("13:30")
    on_duty(desk, None, "07:00")
    clock.advance(timedelta(minutes=1))
    assert spans(desk)[0].starts_at.time() == at("09:10")
    assert spans(desk, course.dose(2).due_on)[0].starts_at.time() == at("07:00")


def test_one_nurse_never_sets_two_pumps_at_once(desk: Desk, course: Course) -> None:
    more_courses(desk, "08", "09")
    on_duty(desk, 1)
    acts = sorted((act for span in spans(desk) for act in span.acts if act.is_change), key=lambda act: act.at)
    assert len(acts) == 6
    assert all(one.until <= other.at for one, other in pairwise(acts))


@pytest.mark.parametrize("nurses", [1, 2, 3])
def test_no_hour_asks_for_more_minutes_than_the_nurses_have(desk: Desk, course: Course, nurses: int) -> None:
    more_courses(desk, "08", "09", "10")
    on_duty(desk, nurses)
    acts = [act for span in spans(desk) for act in span.acts]
    for hour in range(9, 24):
        begin = datetime.combine(TODAY, time(hour), desk.clock.now().tzinfo)
        end = begin + timedelta(hours=1)
        overlaps = (min(act.until, end) - max(act.at, begin) for act in acts)
        assert sum((one for one in overlaps if one > timedelta(0)), timedelta(0)) <= timedelta(hours=nurses)


def test_proposals_keep_clear_of_what_is_planned(desk: Desk, course: Course) -> None:
    (other,) = more_courses(desk, "08")
    on_duty(desk, 1)
    plan_start(desk, other.dose(1).id, "09:10")
    first, second = spans(desk)
    assert (first.kind, second.kind) == ("proposed", "planned")
    assert first.starts_at >= second.starts_at + timedelta(minutes=15)


def test_a_running_dose_ends_when_its_pump_will_have_given_it(desk: Desk, course: Course, clock: SetClock) -> None:
    infusion = start_infusion(desk, course.dose(1).id, recorded_later=True)
    (planned,) = spans(desk)
    assert (planned.kind, planned.starts_at) == ("running", infusion.started_at)
    set_rate(desk, infusion.id, "pause", Decimal(0))
    assert spans(desk)[0].ends_at is None
    clock.advance(timedelta(minutes=30))
    set_rate(desk, infusion.id, "resume", course.dose(1).rate_card.rows[0].ml_per_h)
    (later,) = spans(desk)
    assert later.ends_at is not None
    assert planned.ends_at is not None
    assert later.ends_at >= planned.ends_at + timedelta(minutes=29)


def test_a_given_dose_keeps_its_real_times(desk: Desk, course: Course) -> None:
    plan_start(desk, course.dose(1).id, "15:00")
    infusion = give(desk, course, 1)
    (span,) = spans(desk)
    assert infusion.end is not None
    assert (span.kind, span.starts_at, span.ends_at) == ("given", infusion.started_at, infusion.end.ended_at)
    assert spans(desk, TODAY - timedelta(days=1)) == []


def test_a_dose_behind_an_overdue_one_is_proposed_no_time(desk: Desk, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=2))
    assert [row.group for row in day_list(desk).rows] == ["overdue", "due"]
    assert spans(desk) == []
    plan_start(desk, course.dose(2).id, "11:00")
    assert [span.kind for span in spans(desk)] == ["planned"], "what a person planned is shown"
