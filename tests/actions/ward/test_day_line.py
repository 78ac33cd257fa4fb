"""The day as a line: bars by bed, and hours that ask for more than the nurses can do."""

from __future__ import annotations

from datetime import date, timedelta

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import record_not_given, set_rate, start_infusion
from ivigdesk.actions.ward.day_line import DayLine, day_line
from ivigdesk.actions.ward.day_list import day_list
from ivigdesk.actions.ward.planned_times import day_spans, plan_start
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.actions.giving import give
from tests.actions.ward.starting import more_courses, on_duty


def line(desk: Desk, day: date | None = None) -> DayLine:
    shown = day_list(desk, day)
    return day_line(desk, shown, day_spans(desk, shown))


def test_bars_stand_by_bed_nine_before_ten(desk: Desk, course: Course) -> None:
    more_courses(desk, "10", "9")
    assert [bar.row.patient.bed for bar in line(desk).bars] == ["07", "9", "10"]


def test_what_was_given_is_filled_up_to_now_and_the_rest_is_not(desk: Desk, course: Course, clock: SetClock) -> None:
    start_infusion(desk, course.dose(1).id, recorded_later=True)
    clock.advance(timedelta(minutes=20))
    (bar,) = line(desk).bars
    assert bar.filled_until == desk.clock.now()
    assert bar.until > desk.clock.now()
    (planned,) = line(desk, course.dose(2).due_on).bars
    assert planned.filled_until is None


def test_a_dose_that_was_not_given_takes_no_room(desk: Desk, course: Course) -> None:
    record_not_given(desk, course.dose(1).id, "Refused")
    assert line(desk).bars == ()
    assert line(desk).hours


def test_the_line_reaches_over_everything_and_at_least_eight_hours(desk: Desk, course: Course) -> None:
    short = line(desk)
    assert short.first_at.hour == 9
    assert short.last_at - short.first_at >= timedelta(hours=8)
    plan_start(desk, course.dose(1).id, "23:30")
    late = line(desk)
    assert late.last_at >= late.bars[0].until
    assert late.last_at.date() == date(2026, 3, 3)


def test_two_starts_at_once_are_too_much_for_one_nurse(desk: Desk, course: Course) -> None:
    (other,) = more_courses(desk, "08")
    on_duty(desk, 1)
    assert line(desk).over == (), "the program's own proposals are never too much"
    for one in (course, other):
        plan_start(desk, one.dose(1).id, "11:00")
    over = line(desk).over
    assert (over[0].starts_at.hour, over[0].at_once, over[0].nurses) == (11, 2, 1)
    on_duty(desk, None)
    assert line(desk).over == ()


def test_one_infusion_is_never_too_much_for_one_nurse(desk: Desk, course: Course, clock: SetClock) -> None:
    infusion = start_infusion(desk, course.dose(1).id, recorded_later=True)
    for row in course.dose(1).rate_card.rows[1:3]:
        clock.advance(timedelta(minutes=5))
        set_rate(desk, infusion.id, "increase", row.ml_per_h)
    on_duty(desk, 1)
    assert line(desk).over == ()
    assert max(hour.at_once for hour in line(desk).hours) == 1


def test_an_hour_that_has_passed_warns_no_more(desk: Desk, course: Course, clock: SetClock) -> None:
    (other,) = more_courses(desk, "08")
    on_duty(desk, 1)
    for one in (course, other):
        plan_start(desk, one.dose(1).id, "10:00")
    assert [hour.starts_at.hour for hour in line(desk).over] == [10, 11][: len(line(desk).over)]
    clock.advance(timedelta(hours=5))
    assert line(desk).over == ()


def test_minutes_of_nurses_are_those_of_the_acts(desk: Desk, course: Course) -> None:
    give(desk, course, 1)
    shown = line(desk)
    whole = sum(act.minutes for bar in shown.bars for act in bar.span.acts)
    assert whole <= sum(hour.minutes for hour in shown.hours) <= whole + len(shown.hours)
