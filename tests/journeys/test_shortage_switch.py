"""The product runs out: what remains is switched to another one, on paper and at the bed, until the old one is back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.errors import UserMistake
from tests.journeys.bedside import give_the_whole_dose, open_the_course, open_todays_dose
from tests.journeys.calendar_nurse import answer, change_the_course, changes_in_view, doses_in_view, undo
from tests.journeys.nurse import Nurse
from tests.journeys.paper import read_plan


def test_what_remains_is_given_from_another_product_until_the_old_one_is_back(
    nurse_with_course: Nurse,
    desk: Desk,
    course: Course,
    clock: SetClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nurse = nurse_with_course
    give_the_whole_dose(nurse, clock)
    open_the_course(nurse)
    change_the_course(nurse, "Switch product", lambda: switch_to_privigen(nurse))
    assert [product(desk, course, number) for number in (1, 2, 11)] == ["cn-ph4-5", "privigen-10", "privigen-10"]
    assert all("Privigen 10 %" in row for number, row in doses_in_view(nurse).items() if number > 1)
    the_plan_says_which_doses_from_which(read_plan(nurse, tmp_path / "plan.pdf", monkeypatch))
    clock.advance(timedelta(days=2, hours=-3))
    the_next_dose_asks_for_the_new_vials(nurse)
    a_vial_of_the_old_product_is_refused(desk, course)
    finish_the_dose(nurse, clock)
    open_the_course(nurse)
    undo(nurse, lambda: see_the_old_product_come_back(nurse))
    products = [product(desk, course, number) for number in range(1, 12)]
    assert products == ["cn-ph4-5", "privigen-10", *["cn-ph4-5"] * 9], "what was given stays as it was given"
    stored = look_up_course(desk, course.id).course
    assert stored.dose(3).is_first_infusion, "the dose before it was of the other product: the initial rate"
    assert stored.doses[3:] == course.doses[3:]


def switch_to_privigen(nurse: Nurse) -> None:
    assert nurse.sees("Nothing changes yet.")
    nurse.choose("Product", "Privigen")
    nurse.wait_to_see("10 doses change")
    changed = changes_in_view(nurse)
    assert changed.keys() == set(range(2, 12)), "what was given is not switched"
    assert "Other product" in changed[2]
    nurse.type("Reason", "Product not there")
    nurse.press("Switch the product")
    assert nurse.sees("nothing was entered"), "another product needs a prescriber's name"
    answer(nurse, "Switch the product", "Product not there", by="Dr S. Kim")


def the_plan_says_which_doses_from_which(plan: str) -> None:
    assert "Dose 1: Human immunoglobulin (pH 4) for intravenous use, 5 % (China)" in plan
    assert "Doses 2 to 11: Privigen 10 %, 100 g/L." in plan
    assert "product switched: doses 2–11 Product not there Dr S. Kim" in plan


def the_next_dose_asks_for_the_new_vials(nurse: Nurse) -> None:
    nurse.press("Today")
    assert "Privigen 10 %" in nurse.read_row("Doses of the day", "LI, Na")
    open_todays_dose(nurse)
    nurse.wait_to_see("Before the start")
    assert nurse.sees("1 × 10 g; 1 vial is still to be recorded")
    nurse.tick_everything()
    nurse.type("Lot number", "PRIV1")
    nurse.type("Expiry", "2027-09")
    nurse.press("Record these vials")
    nurse.press("Start the infusion")
    nurse.wait_to_see("Running since")


def a_vial_of_the_old_product_is_refused(desk: Desk, course: Course) -> None:
    infusion = look_up_course(desk, course.id).view(2).infusion
    assert infusion is not None
    assert [vial.product_id for vial in infusion.vials] == ["privigen-10"]
    old = giving.VialForm(product_id="cn-ph4-5", mg=2500, lot="P100471881", expires_on="2027-09")
    with pytest.raises(UserMistake) as refused:
        giving.hang_vial(desk, infusion.id, old)
    assert refused.value.field == "product_id"


def finish_the_dose(nurse: Nurse, clock: SetClock) -> None:
    clock.advance(timedelta(minutes=286))  # at the initial rate, which nobody raised
    nurse.in_dialog(lambda: nurse.press("Finish and sign"), lambda: nurse.press("Sign as A. Wong"))
    nurse.wait_to_see("Given")


def see_the_old_product_come_back(nurse: Nurse) -> None:
    assert changes_in_view(nurse).keys() == set(range(3, 12)), "dose 2 was given from the new one"
    nurse.press("Undo")
    assert nurse.sees("nothing was entered"), "the old product needs a prescriber's name again"
    nurse.type("Prescriber who approves it", "Dr S. Kim")
    nurse.press("Undo")


def product(desk: Desk, course: Course, number: int) -> str:
    stored = look_up_course(desk, course.id).course
    return stored.product_of(stored.dose(number)).id
