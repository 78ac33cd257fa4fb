"""The ward's calendar: every dose on its day, the load of a day, and what an overfull day could do."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_CEILING

import msgspec
import pytest

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.actions.ward.ward_calendar import CalendarDay, Filters, offers, over_words, span
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.status import DoseStatus
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.clock import SetClock
from ivigdesk.scheduling.closures import WardDays
from ivigdesk.wording import Wording
from tests.actions.giving import give, partly_give
from tests.conftest import cmv_plan, li_na

MONDAY = date(2026, 3, 2)
FIRST_WEEKLY = date(2026, 3, 16)
THIRD_WEEKLY = date(2026, 3, 30)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def day_of(desk: Desk, day: date, filters: Filters | None = None) -> CalendarDay:
    (found,) = span(desk, day, day, filters or Filters()).days
    return found


def planned_on(desk: Desk, day: date, filters: Filters | None = None) -> list[tuple[str, int]]:
    return [(dose.bed, dose.number) for dose in day_of(desk, day, filters).doses]


def statuses(desk: Desk) -> list[tuple[int, DoseStatus]]:
    return [(dose.number, dose.status) for day in span(desk, *MARCH).days for dose in day.doses]


def choose(desk: Desk, **chosen: object) -> None:
    set_ward(desk, msgspec.structs.replace(desk.settings, **chosen))


def another(desk: Desk, number: int, **plan: str) -> Course:
    """Another patient with the CMV course, in bed 10 + `number`."""
    form = msgspec.structs.replace(
        li_na(), record_number=f"N{number}", family_name="Ong", given_name=f"P{number}", local_name="", bed=f"1{number}"
    )
    return confirm(desk, propose(desk, cmv_plan(register_patient(desk, form), **plan)), "Test")


def test_every_day_of_the_span_is_there_and_the_first_and_last_are_included(desk: Desk, course: Course) -> None:
    shown = span(desk, *MARCH)
    assert [day.day for day in shown.days] == [MARCH[0] + timedelta(days=days) for days in range(31)]
    assert shown.day(MONDAY).doses[0].number == 1
    with pytest.raises(KeyError):
        shown.day(date(2026, 4, 1))
    with pytest.raises(ValueError, match="lies before"):
        span(desk, MARCH[1], MARCH[0])


def test_a_dose_says_whose_it_is_what_is_given_and_how_long_it_takes(
    desk: Desk, course: Course, patient: Patient
) -> None:
    (dose,) = day_of(desk, MONDAY).doses
    stored = course.dose(1)
    assert (dose.dose_id, dose.course_id, dose.patient_id) == (stored.id, course.id, patient.id)
    assert (dose.patient_name, dose.bed, dose.record_number) == (patient.name, "07", "BMT-004217")
    assert (dose.number, dose.doses_in_all, dose.transplant_day) == (1, 11, stored.transplant_day)
    assert (dose.regimen_id, dose.regimen_title) == (course.regimen.id, course.regimen.title)
    assert (dose.product_id, dose.product_title) == (course.product.id, course.product.short_title)
    assert dose.planned_dose_mg == 10_000
    assert dose.minutes == stored.rate_card.duration_min.to_integral_value(rounding=ROUND_CEILING) > 0


def test_a_dose_goes_from_due_to_running_to_given_and_then_never_moves(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    assert statuses(desk)[0] == (1, "due")
    assert day_of(desk, MONDAY).doses[0].may_move
    giving.start_infusion(desk, course.doses[0].id, recorded_later=True)
    assert statuses(desk)[0] == (1, "running")
    assert not day_of(desk, MONDAY).doses[0].may_move


def test_what_is_given_late_stands_on_the_day_it_was_given_with_the_transplant_day_of_that_day(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    due = day_of(desk, MONDAY).doses[0]
    clock.advance(timedelta(days=1))
    assert day_of(desk, MONDAY).doses[0].status == "overdue"
    give(desk, course, 1)
    assert day_of(desk, MONDAY).doses == ()
    (given,) = day_of(desk, MONDAY + timedelta(days=1)).doses
    assert (given.status, given.may_move, given.due_on) == ("given", False, MONDAY)
    assert due.transplant_day is not None
    assert given.transplant_day == due.transplant_day + 1


def test_the_load_of_a_day_counts_what_takes_place_and_nothing_else(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    before = day_of(desk, MONDAY)
    assert (before.count, before.total_mg, before.minutes) == (1, 10_000, before.doses[0].minutes)
    partly_give(desk, course, 1, "100")
    part = day_of(desk, MONDAY)
    assert part.doses[0].status == "partly given"
    assert (part.count, part.total_mg) == (1, 10_000)
    clock.advance(timedelta(days=2))
    giving.record_not_given(desk, course.doses[1].id, "No access")
    second = day_of(desk, MONDAY + timedelta(days=2))
    assert second.doses[0].status == "not given"
    assert (second.count, second.total_mg, second.minutes) == (0, 0, 0)


def test_a_held_dose_keeps_its_place(desk: Desk, course: Course) -> None:
    record_side_effect(desk, course.doses[0].id, SideEffectForm(code="AE05", grade="3"))
    day = day_of(desk, MONDAY)
    assert [dose.status for dose in day.doses] == ["held"]
    assert day.count == 1
    assert day.doses[0].may_move


def test_doses_of_a_day_stand_by_bed(desk: Desk, course: Course) -> None:
    another(desk, 2)
    another(desk, 1)
    assert planned_on(desk, MONDAY) == [("07", 1), ("11", 1), ("12", 1)]


@pytest.mark.parametrize("text", ["li na", "李娜", "lina", "BMT-004217", "07", "ln", "  LI  "])
def test_a_patient_is_found_by_everything_that_the_search_box_takes(desk: Desk, course: Course, text: str) -> None:
    another(desk, 1)
    assert planned_on(desk, MONDAY, Filters(patient_text=text)) == [("07", 1)]


def test_a_text_that_nobody_has_finds_nobody_and_half_a_character_is_no_fault(desk: Desk, course: Course) -> None:
    assert planned_on(desk, MONDAY, Filters(patient_text="zzz")) == []
    assert planned_on(desk, MONDAY, Filters(patient_text="\ud800")) == []


def test_a_filter_hides_doses_and_never_makes_a_full_day_look_free(desk: Desk, course: Course) -> None:
    another(desk, 1)
    choose(desk, most_doses_a_day=1)
    whole = day_of(desk, MONDAY)
    shown = day_of(desk, MONDAY, Filters(patient_text="ong"))
    assert [dose.bed for dose in shown.doses] == ["11"]
    assert (shown.hidden, whole.hidden) == (1, 0)
    assert (shown.count, shown.total_mg, shown.minutes, shown.is_over) == (2, whole.total_mg, whole.minutes, True)


def test_regimen_product_and_status_filter_too(desk: Desk, course: Course) -> None:
    another(desk, 1, product_id="privigen-10")
    assert planned_on(desk, MONDAY, Filters(product_id="privigen-10")) == [("11", 1)]
    assert planned_on(desk, MONDAY, Filters(regimen_id="cmv-pneumonia-fred-hutch")) == [("07", 1), ("11", 1)]
    assert planned_on(desk, MONDAY, Filters(regimen_id="itp-1g-2-days")) == []
    giving.start_infusion(desk, course.doses[0].id, recorded_later=True)
    assert planned_on(desk, MONDAY, Filters(status="running")) == [("07", 1)]
    assert planned_on(desk, MONDAY, Filters(status="due")) == [("11", 1)]


def test_the_span_names_every_regimen_and_product_in_it_whatever_is_hidden(desk: Desk, course: Course) -> None:
    another(desk, 1, product_id="privigen-10")
    shown = span(desk, *MARCH, Filters(patient_text="nobody"))
    assert [key for key, _ in shown.products] == ["cn-ph4-5", "privigen-10"]
    assert [key for key, _ in shown.regimens] == ["cmv-pneumonia-fred-hutch"]


def test_closed_days_and_public_holidays_are_marked(desk: Desk) -> None:
    choose(desk, country="CN", days=WardDays(open_weekdays=(0, 1, 2, 3, 4), closed_on=(MONDAY,)))
    february = span(desk, date(2026, 2, 1), date(2026, 2, 28), language="zh_CN")
    festival, swapped = february.day(date(2026, 2, 17)), february.day(date(2026, 2, 14))
    assert festival.holiday is not None
    assert (festival.holiday.name, festival.is_open) == ("春节", True)
    assert swapped.holiday is not None
    assert swapped.holiday.is_working
    assert not swapped.is_open
    assert not day_of(desk, MONDAY).is_open
    choose(desk, closes_on_holidays=True)
    february = span(desk, date(2026, 2, 1), date(2026, 2, 28))
    assert not february.day(date(2026, 2, 17)).is_open
    assert february.day(date(2026, 2, 14)).is_open


@pytest.mark.parametrize(
    ("most", "most_minutes", "count", "minutes", "says"),
    [
        (None, None, 99, 9999, None),
        (5, None, 5, 9999, None),
        (5, None, 6, 860, "6 infusions, 14 h 20 min; the ward can give 5 a day"),
        (None, 860, 6, 860, None),
        (None, 720, 6, 860, "6 infusions, 14 h 20 min; the ward can give 12 h a day"),
        (None, 60, 1, 61, "1 infusion, 1 h 1 min; the ward can give 1 h a day"),
        (5, 720, 6, 860, "6 infusions, 14 h 20 min; the ward can give 5, and 12 h in all, a day"),
        (6, 720, 6, 860, "6 infusions, 14 h 20 min; the ward can give 12 h a day"),
        (5, 720, 6, 720, "6 infusions, 12 h; the ward can give 5 a day"),
    ],
)
def test_too_much_for_a_day_is_said_with_what_the_ward_can_give(
    most: int | None, most_minutes: int | None, count: int, minutes: int, says: str | None, english: Wording
) -> None:
    settings = WardSettings(name="w", most_doses_a_day=most, most_minutes_a_day=most_minutes)
    over = over_words(settings, count, minutes)
    assert (None if over is None else english.say(over).replace("\u00a0", " ")) == says


def offered(desk: Desk, day: date) -> list[tuple[str, date]]:
    return [(offer.dose.bed, offer.to) for offer in offers(desk, day)]


def full_ward(desk: Desk, patients: int = 3, most: int = 2) -> None:
    """Patients whose doses all fall on the same days; the ward can give too few of them."""
    for number in range(patients):
        another(desk, number)
    choose(desk, most_doses_a_day=most)


def test_a_day_within_what_the_ward_can_give_offers_nothing(desk: Desk) -> None:
    full_ward(desk, 3, 3)
    assert offers(desk, THIRD_WEEKLY) == ()
    assert offers(desk, date(2026, 3, 3)) == ()


def test_an_overfull_day_offers_days_inside_the_tolerance_the_nearest_first(desk: Desk) -> None:
    """A weekly dose may be a day off; of two days as near, the earlier one comes first."""
    full_ward(desk)
    assert day_of(desk, THIRD_WEEKLY).is_over
    sides = [THIRD_WEEKLY - timedelta(days=1), THIRD_WEEKLY + timedelta(days=1)]
    assert offered(desk, THIRD_WEEKLY) == [(bed, to) for bed in ("10", "11", "12") for to in sides]
    first = offers(desk, THIRD_WEEKLY)[0]
    assert (first.moved_days, first.count, first.minutes) == (-1, 1, first.dose.minutes)


def test_an_every_other_day_dose_has_no_tolerance_and_no_offer(desk: Desk) -> None:
    full_ward(desk)
    assert day_of(desk, MONDAY + timedelta(days=2)).is_over
    assert offers(desk, MONDAY + timedelta(days=2)) == ()


def test_no_closed_day_is_offered(desk: Desk) -> None:
    full_ward(desk)
    choose(desk, days=WardDays(open_weekdays=(0, 1, 2, 3, 4)))
    assert {to for _, to in offered(desk, THIRD_WEEKLY)} == {THIRD_WEEKLY + timedelta(days=1)}
    choose(desk, days=WardDays(open_weekdays=(0,)))
    assert offers(desk, THIRD_WEEKLY) == ()


def test_no_day_is_offered_that_would_become_overfull_itself(desk: Desk) -> None:
    full_ward(desk)
    later = (THIRD_WEEKLY + timedelta(days=1)).isoformat()
    for number in (4, 5):
        another(desk, number, first_on=later)
    assert {to for _, to in offered(desk, THIRD_WEEKLY)} == {THIRD_WEEKLY - timedelta(days=1)}


def test_minutes_count_as_much_as_infusions(desk: Desk) -> None:
    full_ward(desk)
    minutes = day_of(desk, THIRD_WEEKLY).doses[0].minutes
    choose(desk, most_doses_a_day=None, most_minutes_a_day=minutes * 2)
    assert len(offers(desk, THIRD_WEEKLY)) == 6
    choose(desk, most_minutes_a_day=minutes - 1)
    assert day_of(desk, THIRD_WEEKLY).is_over
    assert offers(desk, THIRD_WEEKLY) == ()


def test_a_patient_is_not_offered_a_second_infusion_of_another_course_on_one_day(desk: Desk) -> None:
    full_ward(desk)
    patient = desk.ward.patient_by_number("N1")
    assert patient is not None
    after = (THIRD_WEEKLY + timedelta(days=1)).isoformat()
    confirm(desk, propose(desk, cmv_plan(patient, first_on=after, product_id="privigen-10")), "Test", "Dr S. Kim")
    days = {to for bed, to in offered(desk, THIRD_WEEKLY) if bed == "11"}
    assert days == {THIRD_WEEKLY - timedelta(days=1)}
    assert ("10", THIRD_WEEKLY + timedelta(days=1)) in offered(desk, THIRD_WEEKLY)


def test_what_is_given_is_never_offered_and_no_day_that_has_passed_is(desk: Desk) -> None:
    for number in range(3):
        another(desk, number, regimen_id="severe-low-igg-early-adult")
    choose(desk, most_doses_a_day=2)
    assert {to for _, to in offered(desk, MONDAY)} == {MONDAY + timedelta(days=1)}
    giving.start_infusion(desk, day_of(desk, MONDAY).doses[0].dose_id, recorded_later=True)
    assert offered(desk, MONDAY) == [("11", MONDAY + timedelta(days=1)), ("12", MONDAY + timedelta(days=1))]
