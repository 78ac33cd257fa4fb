"""What is prepared is stored when it is entered; nothing critical is skipped; no vial is hung that does not belong."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk, open_desk, sign_in
from ivigdesk.actions.infusions.give_infusion import EndForm, finish_infusion, start_infusion
from ivigdesk.actions.infusions.prepare_infusion import checklist_for, read_expiry
from ivigdesk.actions.infusions.preparing import add_vial, add_vials, prepared, take_back_vial, tick, untick
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from tests.actions.changed import change, in_error, switched
from tests.actions.giving import give
from tests.actions.infusions.readying import check_all, make_ready, vial
from tests.conftest import cmv_plan


@pytest.fixture
def dose(course: Course) -> Dose:
    """Dose 1, due today."""
    return course.doses[0]


def test_what_stood_ready_goes_into_the_record_with_the_start(desk: Desk, course: Course, dose: Dose) -> None:
    make_ready(desk, dose)
    ready = prepared(desk, dose.id)
    before = len(list(desk.ward.journal()))
    infusion = start_infusion(desk, dose.id)
    assert len(list(desk.ward.journal())) == before + 1, "one transaction"
    assert {check.item for check in infusion.checks} == {item.code for item in checklist_for(desk, course.product)}
    assert {one.id for one in infusion.vials} == {one.id for one in ready.vials}
    assert {check.id for check in infusion.checks} == {check.id for check in ready.checks}


def test_who_checked_and_when_is_kept_and_not_who_started(desk: Desk, dose: Dose, clock: SetClock) -> None:
    sign_in(desk, "S. Kaur")
    make_ready(desk, dose)
    at = clock.now()
    clock.advance(timedelta(minutes=20))
    sign_in(desk, "A. Wong")
    infusion = start_infusion(desk, dose.id)
    assert {(check.nurse, check.at) for check in infusion.checks} == {("S. Kaur", at)}
    assert {(one.nurse, one.at) for one in infusion.vials} == {("S. Kaur", at)}
    assert infusion.nurse == "A. Wong"


def test_two_nurses_who_tick_one_line_both_stand_in_the_record(desk: Desk, dose: Dose, clock: SetClock) -> None:
    tick(desk, dose.id, "two-identifiers")
    tick(desk, dose.id, "two-identifiers")
    clock.advance(timedelta(minutes=1))
    sign_in(desk, "S. Kaur")
    make_ready(desk, dose)
    infusion = start_infusion(desk, dose.id)
    assert [check.nurse for check in infusion.checks if check.item == "two-identifiers"] == ["A. Wong", "S. Kaur"]
    assert [check.nurse for check in infusion.checks if check.item == "consent"] == ["S. Kaur"]


def test_nothing_that_was_prepared_is_lost_when_the_file_is_opened_again(
    desk: Desk, dose: Dose, folder: Path, clock: SetClock
) -> None:
    tick(desk, dose.id, "two-identifiers")
    tick(desk, dose.id, "consent", "Emergency: the family is on the way")
    add_vial(desk, dose.id, vial(serial="S1"))
    ready = prepared(desk, dose.id)
    desk.close()
    again = open_desk(folder, clock)
    try:
        assert prepared(again, dose.id) == ready
        assert [check.reason for check in ready.checks] == ["", "Emergency: the family is on the way"]
        assert [one.serial for one in ready.vials] == ["S1"]
    finally:
        again.close()


def test_each_critical_line_keeps_the_pump_from_starting_and_is_named(desk: Desk, course: Course, dose: Dose) -> None:
    make_ready(desk, dose)
    for item in checklist_for(desk, course.product):
        if not item.is_critical:
            continue
        untick(desk, dose.id, item.code)
        with pytest.raises(KnownError, match="must be checked first") as refused:
            start_infusion(desk, dose.id)
        assert item.text.en in str(refused.value)
        tick(desk, dose.id, item.code)
    assert desk.ward.running_infusions() == ()
    assert start_infusion(desk, dose.id).is_running


def test_lines_that_are_not_critical_may_stay_open(desk: Desk, dose: Dose) -> None:
    for item in desk.library.checklist().items:
        if item.is_critical:
            tick(desk, dose.id, item.code)
    add_vial(desk, dose.id, vial())
    infusion = start_infusion(desk, dose.id)
    assert "hydration" not in {check.item for check in infusion.checks}


def test_a_critical_line_is_left_open_only_with_a_reason_which_is_kept(desk: Desk, dose: Dose) -> None:
    make_ready(desk, dose, leave_out="emergency-kit")
    with pytest.raises(KnownError, match="adrenaline"):
        start_infusion(desk, dose.id)
    tick(desk, dose.id, "emergency-kit", "Kit of the next ward stands in the corridor")
    infusion = start_infusion(desk, dose.id)
    (left_open,) = (check for check in infusion.checks if check.item == "emergency-kit")
    assert left_open.reason == "Kit of the next ward stands in the corridor"
    assert left_open.nurse == "A. Wong"


def test_a_line_left_open_that_is_then_done_is_done(desk: Desk, dose: Dose) -> None:
    tick(desk, dose.id, "consent", "not yet signed")
    ready = tick(desk, dose.id, "consent")
    assert [check.reason for check in ready.checks] == [""]
    check = ready.check("consent")
    assert check is not None
    assert check.reason == ""
    assert ready.check("two-identifiers") is None


def test_a_tick_of_an_earlier_shift_says_nothing_about_this_start(desk: Desk, dose: Dose, clock: SetClock) -> None:
    clock.advance(timedelta(hours=-13))
    make_ready(desk, dose)
    clock.advance(timedelta(hours=13))
    assert prepared(desk, dose.id).checks == ()
    assert len(prepared(desk, dose.id).vials) == 4
    with pytest.raises(KnownError, match="must be checked first"):
        start_infusion(desk, dose.id)
    check_all(desk, dose)
    assert start_infusion(desk, dose.id).is_running


def test_a_tick_is_taken_back_and_the_journal_keeps_both(desk: Desk, dose: Dose) -> None:
    tick(desk, dose.id, "consent")
    assert untick(desk, dose.id, "consent").checks == ()
    assert untick(desk, dose.id, "consent").checks == ()
    assert [entry.action for entry in list(desk.ward.journal())[-2:]] == ["check ticked", "check taken back"]


def test_lines_stay_tickable_while_it_runs_and_are_not_taken_back(desk: Desk, dose: Dose) -> None:
    make_ready(desk, dose, leave_out="hydration")
    start_infusion(desk, dose.id)
    assert "hydration" in {check.item for check in tick(desk, dose.id, "hydration").checks}
    with pytest.raises(KnownError, match="stays in its record"):
        untick(desk, dose.id, "hydration")


def test_a_line_that_the_checklist_does_not_have_is_refused(desk: Desk, dose: Dose) -> None:
    with pytest.raises(UserMistake, match="no line of this dose's checklist"):
        tick(desk, dose.id, "horoscope")


def test_without_a_vial_nothing_starts(desk: Desk, dose: Dose) -> None:
    make_ready(desk, dose, vials=0)
    with pytest.raises(UserMistake, match="no vial is recorded"):
        start_infusion(desk, dose.id)


def test_one_vial_too_many_stores_nothing_at_all(desk: Desk, dose: Dose) -> None:
    with pytest.raises(UserMistake, match=r"12\.5 g"):
        add_vials(desk, dose.id, tuple(vial() for _ in range(5)))
    assert prepared(desk, dose.id).vials == ()


def test_one_vial_more_is_taken_with_a_reason_and_thrown_away_in_the_end(
    desk: Desk, dose: Dose, clock: SetClock
) -> None:
    make_ready(desk, dose)
    infusion = start_infusion(desk, dose.id)
    add_vial(desk, dose.id, vial(reason="One fell down"))
    assert next(reversed(list(desk.ward.journal()))).reason == "One fell down"
    clock.advance(timedelta(hours=2))
    end = finish_infusion(desk, infusion.id, EndForm(outcome="completed")).end
    assert end is not None
    assert (end.given_dose_mg, end.discarded_mg) == (10_000, 2_500)


def test_a_vial_form_that_is_saved_twice_makes_one_vial(desk: Desk, dose: Dose, clock: SetClock) -> None:
    form = vial()
    add_vial(desk, dose.id, form)
    clock.advance(timedelta(seconds=2))
    assert len(add_vial(desk, dose.id, form).vials) == 1


def test_a_vial_is_taken_back_before_the_start_and_corrected_after_it(desk: Desk, dose: Dose) -> None:
    check_all(desk, dose)
    wrong, right = vial(lot="WRONG"), vial(lot="RIGHT")
    add_vials(desk, dose.id, (wrong, right))
    assert [one.lot for one in take_back_vial(desk, wrong.id, dose.id).vials] == ["RIGHT"]
    with pytest.raises(KnownError, match="not recorded for this dose any more"):
        take_back_vial(desk, wrong.id, dose.id)
    start_infusion(desk, dose.id)
    with pytest.raises(KnownError, match="Correct its record"):
        take_back_vial(desk, right.id, dose.id)
    corrected = add_vial(desk, dose.id, vial(lot="RIGHT-2", replaces=right.id))
    assert [one.lot for one in corrected.vials] == ["RIGHT-2"]


def test_a_vial_that_expires_before_its_dose_is_refused_when_it_is_made_ready(desk: Desk, course: Course) -> None:
    later = course.doses[1]
    assert later.due_on == date(2026, 3, 4)
    with pytest.raises(UserMistake, match="expired on"):
        add_vial(desk, later.id, vial(expires_on="2026-03-03"))
    assert len(add_vial(desk, later.id, vial(expires_on="2026-03-04")).vials) == 1


def test_a_vial_that_expired_while_it_stood_ready_does_not_start(desk: Desk, dose: Dose, clock: SetClock) -> None:
    add_vial(desk, dose.id, vial(expires_on="2026-03-02"))
    clock.advance(timedelta(days=1))
    check_all(desk, dose)
    with pytest.raises(UserMistake, match="expired on"):
        start_infusion(desk, dose.id)


def test_a_settled_dose_takes_no_preparation(desk: Desk, course: Course, dose: Dose) -> None:
    give(desk, course, 1)
    with pytest.raises(KnownError, match="has ended"):
        tick(desk, dose.id, "consent")
    in_error(desk, course, 2)
    with pytest.raises(KnownError, match="entered in error"):
        add_vial(desk, course.doses[1].id, vial())
    with pytest.raises(KnownError, match="not in the ward"):
        tick(desk, uuid4(), "consent")


def test_starting_from_two_windows_is_one_record_and_says_who_was_first(desk: Desk, dose: Dose) -> None:
    make_ready(desk, dose)
    page = uuid4()
    first = start_infusion(desk, dose.id, infusion_id=page)
    assert start_infusion(desk, dose.id, infusion_id=page) == first
    sign_in(desk, "S. Kaur")
    with pytest.raises(KnownError, match=r"running already: A\. Wong started it at 09:05"):
        start_infusion(desk, dose.id, infusion_id=uuid4())
    assert len(desk.ward.running_infusions()) == 1


def test_the_glucose_meter_is_checked_only_where_the_product_holds_maltose(desk: Desk, patient: Patient) -> None:
    codes = {}
    for product in ("cn-ph4-5", "octagam-5", "privigen-10"):
        proposal = propose(desk, cmv_plan(patient, product_id=product))
        course = confirm(desk, proposal, "for the test")
        codes[course.product.sugar] = {item.code for item in checklist_for(desk, course.product)}
    assert "glucose-meter" in codes["maltose"]
    assert all("glucose-meter" not in lines for sugar, lines in codes.items() if sugar != "maltose")


def test_after_a_switch_the_vials_and_the_checklist_are_of_the_new_product(desk: Desk, course: Course) -> None:
    add_vial(desk, course.doses[0].id, vial())
    course = switched(desk, course, "privigen-10")
    dose = course.doses[0]
    assert "glucose-meter" in {item.code for item in checklist_for(desk, course.product)}
    assert "glucose-meter" not in {item.code for item in checklist_for(desk, course.product_of(dose))}
    check_all(desk, dose)
    with pytest.raises(UserMistake, match="Do not mix brands") as refused:
        start_infusion(desk, dose.id)
    assert "pH 4" in str(refused.value), "the brand is named as on the pack"
    (old,) = prepared(desk, dose.id).vials
    take_back_vial(desk, old.id, dose.id)
    add_vial(desk, dose.id, vial(product_id="privigen-10"))
    assert {one.product_id for one in start_infusion(desk, dose.id).vials} == {"privigen-10"}


def test_a_size_is_one_of_the_product_that_the_dose_is_given_from(desk: Desk, course: Course) -> None:
    course = switched(desk, course, "octagam-5", first=2)
    sizes = {one.mg for one in course.product_of(course.doses[1]).vials}
    assert sizes != {one.mg for one in course.product.vials}
    odd = min(sizes - {one.mg for one in course.product.vials})
    with pytest.raises(UserMistake, match="is not a size of"):
        add_vial(desk, course.doses[0].id, vial(mg=odd))


@pytest.mark.parametrize(
    ("text", "last"),
    [("2027-09", "2027-09-30"), ("2028-02", "2028-02-29"), ("2027-12", "2027-12-31"), ("2027-09-15", "2027-09-15")],
)
def test_a_month_on_the_label_means_its_last_day(text: str, last: str) -> None:
    assert read_expiry(text) == date.fromisoformat(last)


@pytest.mark.parametrize("text", ["", "2027", "09-2027", "2027-13", "2027-00", "2027-9-31", "9999-12", "0000-01", "t"])
def test_a_day_of_use_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(UserMistake) as refused:
        read_expiry(text)
    assert refused.value.field == "expires_on"


def test_a_vial_may_be_used_on_its_last_day_and_not_after(desk: Desk, dose: Dose) -> None:
    check_all(desk, dose)
    with pytest.raises(UserMistake, match="expired on"):
        add_vial(desk, dose.id, vial(expires_on="2026-03-01"))
    add_vial(desk, dose.id, vial(expires_on="2026-03-02"))
    assert start_infusion(desk, dose.id).is_running


@pytest.mark.parametrize("state", ["held", "omitted", "ceased"])
def test_a_dose_that_is_not_given_now_gives_its_vials_back(desk: Desk, course: Course, state: str) -> None:
    first, second = course.doses[0], course.doses[1]
    add_vial(desk, second.id, vial(serial="S1"))
    change(desk, course, lambda dose: replace(dose, state=state) if dose.id == second.id else dose)
    with pytest.raises(UserMistake, match="take it back there first"):
        add_vial(desk, first.id, vial(serial="S1"))
    (ready,) = prepared(desk, second.id).vials
    take_back_vial(desk, ready.id, second.id)
    assert len(add_vial(desk, first.id, vial(serial="S1")).vials) == 1
