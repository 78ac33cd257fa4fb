"""The day's list says what is overdue, running, due, on hold and done, and what is missing."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from msgspec.structs import replace

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.ward.day_list import day_list
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.actions.changed import change, in_error, switched
from tests.actions.giving import give
from tests.actions.ward.starting import more_courses


def groups(desk: Desk, day: date | None = None) -> list[tuple[str, int]]:
    return [(row.group, row.dose.number) for row in day_list(desk, day).rows]


def test_a_dose_goes_from_due_to_running_to_done(desk: Desk, course: Course) -> None:
    assert groups(desk) == [("due", 1)]
    infusion = giving.start_infusion(desk, course.doses[0].id, recorded_later=True)
    assert groups(desk) == [("running", 1)]
    for _ in range(4):
        vial = giving.VialForm(product_id="cn-ph4-5", mg=2500, lot="L1", expires_on="2027-01")
        giving.hang_vial(desk, infusion.id, vial)
    giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed"))
    assert groups(desk) == [("done", 1)]


def test_a_dose_that_nobody_dealt_with_is_overdue_until_it_is(desk: Desk, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=2))
    shown = day_list(desk)
    assert groups(desk) == [("overdue", 1), ("due", 2)]
    assert shown.rows[0].overdue_days == 2
    assert (shown.total_mg, shown.total_vials) == (20_000, 8)


def test_another_day_shows_its_own_doses_only(desk: Desk, course: Course) -> None:
    assert groups(desk, date(2026, 3, 4)) == [("due", 2)]
    assert groups(desk, date(2026, 3, 5)) == []
    assert not day_list(desk, date(2026, 3, 4)).is_today


def test_held_doses_are_shown_and_not_counted(desk: Desk, course: Course, clock: SetClock) -> None:
    record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE05", grade="3"))
    assert groups(desk) == [("held", 1)]
    assert day_list(desk).total_mg == 0
    clock.advance(timedelta(days=1))
    assert groups(desk) == [("held", 1)]


def test_what_happened_last_time_and_what_is_missing_stand_on_the_row(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    giving.record_not_given(desk, course.doses[0].id, "Refused")
    record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE14", grade="1"))
    clock.advance(timedelta(days=8))
    row = day_list(desk).in_group("overdue")[0]
    assert row.last_reaction is not None
    assert (row.last_reaction[0], row.last_reaction[1].code) == (1, "AE14")
    assert "Weight is {n} days old" in [missing.text for missing in row.missing]


def test_a_dose_entered_in_error_stands_in_no_group(desk: Desk, course: Course, clock: SetClock) -> None:
    give(desk, course, 1)
    assert groups(desk) == [("done", 1)]
    wrong = course.doses[0]
    again = replace(wrong, id=uuid4(), number=12, replaces=wrong.id)
    in_error(desk, course, 1, again)
    assert groups(desk) == [("due", 12)]
    assert day_list(desk).rows[0].doses_in_all == 12, "never dose 12 of 11"
    clock.advance(timedelta(days=1))
    assert groups(desk) == [("overdue", 12)]


def test_the_last_reaction_is_of_a_dose_before_by_date_and_of_none_in_error(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    giving.record_not_given(desk, course.doses[0].id, "Refused")
    record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE14", grade="1"))
    extra = replace(course.doses[0], id=uuid4(), number=12, due_on=date(2026, 3, 3), is_extra=True)
    change(desk, course, lambda dose: dose, extra)
    clock.advance(timedelta(days=1))
    giving.record_not_given(desk, extra.id, "Refused")
    record_side_effect(desk, extra.id, SideEffectForm(code="AE19", grade="1"))
    clock.advance(timedelta(days=1))
    (row,) = day_list(desk).in_group("due")
    assert row.last_reaction is not None
    assert (row.dose.number, row.last_reaction[0]) == (2, 12)
    in_error(desk, course, 12)
    (row,) = day_list(desk).in_group("due")
    assert row.last_reaction is not None
    assert row.last_reaction[0] == 1


def test_each_row_says_what_its_own_dose_is_given_from(desk: Desk, course: Course, clock: SetClock) -> None:
    switched(desk, course, "octagam-5", first=2)
    clock.advance(timedelta(days=2))
    assert [row.product.id for row in day_list(desk).rows] == ["cn-ph4-5", "octagam-5"]


def test_rows_of_a_group_stand_by_bed_nine_before_ten(desk: Desk, course: Course) -> None:
    more_courses(desk, "10", "9", "")
    assert [row.patient.bed for row in day_list(desk).in_group("due")] == ["", "07", "9", "10"]


def test_a_record_without_lot_or_second_signature_says_so(desk: Desk, course: Course) -> None:
    infusion = giving.start_infusion(desk, course.dose(1).id, recorded_later=True)
    (row,) = day_list(desk).in_group("running")
    assert [one.text for one in row.missing] == ["No vial, no lot on record"]
    for vial in course.dose(1).vials:
        for _ in range(vial.count):
            form = giving.VialForm(product_id="cn-ph4-5", mg=vial.mg, lot="L1", expires_on="2027-01")
            giving.hang_vial(desk, infusion.id, form)
    assert day_list(desk).in_group("running")[0].missing == ()
    giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed"))
    (row,) = day_list(desk).in_group("done")
    assert [one.text for one in row.missing] == ["Second signature is missing"]
    assert row.has_open_record


def test_a_dose_not_given_misses_neither_lot_nor_signature(desk: Desk, course: Course) -> None:
    giving.record_not_given(desk, course.dose(1).id, "Refused")
    (row,) = day_list(desk).in_group("done")
    assert row.missing == ()
