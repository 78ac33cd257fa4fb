"""Each verb with each reach does what it says to the stored course, and to nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import revisions
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.actions.changing import change, days, shown, standing
from tests.actions.giving import give

PLANNED = "03-02 03-04 03-06 03-08 03-10 03-12 03-14 03-16 03-23 03-30 04-06"


def stored(desk: Desk, course: Course) -> Course:
    return look_up_course(desk, course.id).course


@pytest.mark.parametrize(
    ("verb", "number", "to", "reach", "grid", "expected"),
    [
        ("postpone", 4, "2026-03-09", "", "", "03-02 03-04 03-06 03-09 03-10 03-12 03-14 03-16 03-23 03-30 04-06"),
        ("postpone", 4, "2026-03-09", "phase", "", "03-02 03-04 03-06 03-09 03-11 03-13 03-15 03-16 03-23 03-30 04-06"),
        ("postpone", 4, "2026-03-09", "rest", "", "03-02 03-04 03-06 03-09 03-11 03-13 03-15 03-17 03-24 03-31 04-07"),
        (
            "postpone",
            4,
            "2026-03-11",
            "rest",
            "keep",
            "03-02 03-04 03-06 03-11 03-12 03-14 03-16 03-23 03-30 04-06 04-13",
        ),
        ("postpone", 4, "2026-03-10", "keep-end", "", "03-02 03-04 03-06 03-10 03-12 03-14 03-16 03-23 03-30 04-06"),
        ("postpone", 1, "+1", "this", "", "03-03 03-04 03-06 03-08 03-10 03-12 03-14 03-16 03-23 03-30 04-06"),
        ("bring-forward", 9, "2026-03-22", "", "", PLANNED.replace("03-23", "03-22")),
        ("bring-forward", 9, "2026-03-22", "rest", "", PLANNED.replace("03-23 03-30 04-06", "03-22 03-29 04-05")),
        ("first-day", 9, "2026-03-21", "", "", PLANNED.replace("03-16 03-23 03-30 04-06", "03-21 03-28 04-04 04-11")),
    ],
)
def test_a_move_gives_exactly_these_dates(
    desk: Desk, course: Course, verb: str, number: int, to: str, reach: str, grid: str, expected: str
) -> None:
    ripple = shown(desk, course, verb, number, to, reach=reach, grid=grid)
    assert days(stored(desk, course)) == PLANNED, "a ripple stores nothing"
    assert sorted(dose.due_on.isoformat()[5:] for dose in ripple.doses if dose.counts) == expected.split()
    after = change(desk, course, verb, number, to, reach=reach, grid=grid)
    assert days(after) == expected
    assert stored(desk, course) == after
    assert [dose.id for dose in after.doses] == [dose.id for dose in course.doses]
    assert [dose.mg_per_kg for dose in after.doses] == [dose.mg_per_kg for dose in course.doses]


def test_the_first_day_of_a_phase_may_be_given_as_a_day_of_the_course(desk: Desk, course: Course) -> None:
    after = change(desk, course, "first-day", 8, first_day="20")
    assert days(after).endswith("03-14 03-21 03-28 04-04 04-11")
    assert after.dose(8).course_day == 20


def test_keeping_the_end_says_which_end_and_what_is_left_out(desk: Desk, course: Course) -> None:
    ripple = shown(desk, course, "postpone", 4, "2026-03-10", reach="keep-end")
    assert (ripple.kept_end, ripple.left_out) == (date(2026, 3, 14), (7,))
    assert standing(change(desk, course, "postpone", 4, "2026-03-10", reach="keep-end")) == "7 03-14 omitted"


@pytest.mark.parametrize(
    ("verb", "number", "reach", "expected"),
    [
        ("omit", 6, "", "6 03-12 omitted"),
        ("omit", 6, "phase", "6 03-12 omitted, 7 03-14 omitted"),
        ("hold", 10, "rest", "10 03-30 held, 11 04-06 held"),
        ("hold", 6, "this", "6 03-12 held"),
        ("cease", 10, "", "10 03-30 ceased, 11 04-06 ceased"),
        ("cease", 10, "this", "10 03-30 ceased"),
    ],
)
def test_a_decision_reaches_these_doses(
    desk: Desk, course: Course, verb: str, number: int, reach: str, expected: str
) -> None:
    after = change(desk, course, verb, number, reach=reach)
    assert standing(after) == expected
    assert [dose.due_on for dose in after.doses] == [dose.due_on for dose in course.doses]


def test_ceasing_without_a_number_leaves_what_was_given(desk: Desk, course: Course, clock: SetClock) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=1))
    change(desk, course, "cease", reason="Purpose reached")
    assert [one.status for one in look_up_course(desk, course.id).doses] == ["given"] + ["ceased"] * 10


def test_held_doses_resume_on_their_days_or_from_a_new_one(desk: Desk, course: Course) -> None:
    change(desk, course, "hold", 8, reach="rest")
    assert days(change(desk, course, "resume")) == PLANNED
    change(desk, course, "hold", 8, reach="rest")
    after = change(desk, course, "resume", to="2026-03-18")
    assert days(after) == PLANNED.replace("03-16 03-23 03-30 04-06", "03-18 03-25 04-01 04-08")
    assert standing(after) == ""


def test_a_hold_of_the_wards_own_is_resumed_without_a_prescriber(desk: Desk, course: Course) -> None:
    change(desk, course, "hold", 8)
    assert not shown(desk, course, "resume", 8).needs_prescriber
    change(desk, course, "resume", 8, by="")


def test_a_hold_after_a_grave_reaction_needs_a_prescriber(desk: Desk, course: Course) -> None:
    give(desk, course, 1)
    record_side_effect(desk, course.dose(1).id, SideEffectForm(code="AE05", grade="3"))
    assert shown(desk, course, "resume").needs_prescriber
    after = change(desk, course, "resume", reason="Reviewed")
    assert not any(dose.awaits_release or dose.needs_release for dose in after.doses)
    assert after.revision.approved_by == "Dr S. Kim"


def test_moving_a_dose_that_a_reaction_holds_does_not_release_it(desk: Desk, course: Course) -> None:
    give(desk, course, 1)
    record_side_effect(desk, course.dose(1).id, SideEffectForm(code="AE05", grade="3"))
    held = stored(desk, course).dose(2)
    assert not shown(desk, course, "postpone", 2, "2026-03-05").needs_prescriber
    moved = change(desk, course, "postpone", 2, "2026-03-05", by="").dose(2)
    assert (moved.due_on, moved.state, moved.awaits_release) == (date(2026, 3, 5), "held", True)
    assert (moved.reason, moved.changed_by, moved.changed_at) == (held.reason, held.changed_by, held.changed_at)


def test_an_added_dose_takes_the_next_number_whatever_its_date(desk: Desk, course: Course) -> None:
    ripple = shown(desk, course, "add", to="2026-03-19")
    assert ripple.needs_prescriber
    row = next(row for row in ripple.rows if row.number == 12)
    assert (row.before, row.is_changed, row.is_moved) == (None, True, False)
    assert [row.number for row in ripple.rows][7:10] == [8, 12, 9], "rows go by date"
    after = change(desk, course, "add", to="2026-03-19")
    extra, like = after.dose(12), after.dose(8)
    assert extra.is_extra
    assert (extra.phase, extra.mg_per_kg, extra.planned_dose_mg) == (like.phase, like.mg_per_kg, like.planned_dose_mg)
    assert (extra.due_on, extra.planned_on, extra.course_day, extra.transplant_day) == (
        date(2026, 3, 19),
        date(2026, 3, 19),
        18,
        89,
    )
    assert after.doses[:11] == course.doses
    assert stored(desk, course) == after


def test_an_added_dose_like_the_first_one_does_not_begin_at_the_initial_rate_again(desk: Desk, course: Course) -> None:
    assert course.dose(1).is_first_infusion
    extra = change(desk, course, "add", 1, to="2026-03-19").dose(12)
    assert not extra.is_first_infusion
    assert extra.rate_card == course.dose(2).rate_card


def test_an_added_dose_has_the_weight_and_the_product_that_hold_now(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=1))
    weigh_patient(desk, course.patient_id, "50")
    change(desk, course, "weight")
    change(desk, course, "product", product_id="privigen-10")
    extra = change(desk, course, "add", 1, to="2026-03-03").dose(12)
    assert (extra.planned_dose_mg, extra.product and extra.product.id) == (7_500, "privigen-10")
    assert extra.weight is not None
    assert extra.weight.weight_g == 50_000
    assert extra.is_first_infusion, "it is the first one after the change of product"


@pytest.mark.parametrize("verb", ["add", "error"])
def test_a_new_dose_waits_for_the_release_while_a_grave_reaction_holds_the_course(
    desk: Desk, course: Course, verb: str
) -> None:
    give(desk, course, 1)
    record_side_effect(desk, course.dose(1).id, SideEffectForm(code="AE05", grade="3"))
    hold = stored(desk, course).dose(2)
    new = change(desk, course, verb, 1, "2026-03-03", reason="Ordered").dose(12)
    assert new.awaits_release
    assert (new.state, new.reason, new.changed_by) == ("held", hold.reason, hold.changed_by)
    assert not any(dose.awaits_release for dose in change(desk, course, "resume").doses)


def test_a_wrong_entry_is_marked_and_replaced(desk: Desk, course: Course, clock: SetClock) -> None:
    give(desk, course, 1)
    clock.advance(timedelta(days=2))
    give(desk, course, 2)
    after = change(desk, course, "error", 2, reason="Recorded for the wrong patient")
    view = look_up_course(desk, course.id)
    assert [one.status for one in view.doses][:3] == ["given", "entered in error", "planned"]
    wrong, new = after.dose(2), after.dose(12)
    assert view.view(2).infusion is not None, "its record stays"
    assert (new.replaces, new.due_on, new.mg_per_kg) == (wrong.id, wrong.due_on, wrong.mg_per_kg)
    assert (new.number, new.is_extra, new.is_error, new.state) == (12, False, False, "planned")
    assert [one.dose.number for one in view.by_date][:4] == [1, 2, 12, 3]
    assert len(revisions(desk, course.id)) == 2


def test_the_only_dose_ever_given_was_a_wrong_entry_so_that_its_replacement_is_the_first(
    desk: Desk, course: Course
) -> None:
    give(desk, course, 1)
    assert change(desk, course, "error", 1).dose(12).is_first_infusion


def test_later_doses_follow_one_that_was_given_late(desk: Desk, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=1))
    give(desk, course, 1)
    after = change(desk, course, "realign", 1)
    assert days(after) == "03-02 03-05 03-07 03-09 03-11 03-13 03-15 03-16 03-23 03-30 04-06"


def test_a_new_weight_reaches_as_far_as_asked(desk: Desk, course: Course) -> None:
    weigh_patient(desk, course.patient_id, "50")
    ripple = shown(desk, course, "weight", 8, reach="phase")
    assert ripple.needs_prescriber
    assert [row.number for row in ripple.changed] == [8, 9, 10, 11]
    after = change(desk, course, "weight", 8, reach="phase")
    assert [dose.planned_dose_mg for dose in after.doses] == [10_000] * 7 + [7_500] * 4
    assert after.weight_of(after.dose(8)).weight_g == 50_000
    assert after.doses[:7] == course.doses[:7]
    assert [dose.due_on for dose in after.doses] == [dose.due_on for dose in course.doses]


def test_day_one_stays_where_it_was_once_a_dose_is_given(desk: Desk, course: Course, clock: SetClock) -> None:
    moved = change(desk, course, "postpone", 1, "2026-03-03", reach="rest")
    assert [dose.course_day for dose in moved.doses][:3] == [1, 3, 5], "nothing was given: the first dose is day 1"
    clock.advance(timedelta(days=1))
    give(desk, course, 1)
    second = change(desk, course, "postpone", 2, "2026-03-06")
    assert [dose.course_day for dose in second.doses][:3] == [1, 4, 5]
    wrong = change(desk, course, "error", 1, "2026-03-04")
    assert [dose.course_day for dose in wrong.doses] == [*(dose.course_day for dose in second.doses), 2]


def test_what_was_not_given_stays(desk: Desk, course: Course, clock: SetClock) -> None:
    giving.record_not_given(desk, course.dose(1).id, "Refused")
    clock.advance(timedelta(days=1))
    after = change(desk, course, "postpone", 2, "2026-03-05", reach="rest")
    assert after.dose(1) == course.dose(1)
