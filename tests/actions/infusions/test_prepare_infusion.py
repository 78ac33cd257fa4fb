"""Nothing critical is skipped before the pump starts, and no vial is hung that does not belong."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import start_infusion
from ivigdesk.actions.infusions.prepare_infusion import (
    Preparation,
    Ticked,
    VialForm,
    checklist_for,
    must_be_prepared,
    read_expiry,
)
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.errors import KnownError, UserMistake
from tests.actions.changed import switched
from tests.conftest import cmv_plan


def vial(**more: object) -> VialForm:
    fields = {"product_id": "cn-ph4-5", "mg": 2500, "lot": "L1", "expires_on": "2027-09"} | more
    return msgspec.convert(fields, VialForm)


def ready(desk: Desk, course: Course, leave_out: str = "", vials: int = 4) -> Preparation:
    now = desk.clock.now()
    return Preparation(
        checks=tuple(
            Ticked(item=item.code, nurse="S. Kaur", at=now)
            for item in checklist_for(desk, course.product)
            if item.code != leave_out
        ),
        vials=tuple(vial() for _ in range(vials)),
    )


def test_checks_and_vials_are_stored_together_with_the_start(desk: Desk, course: Course) -> None:
    before = len(list(desk.ward.journal()))
    infusion = start_infusion(desk, course.doses[0].id, prepared=ready(desk, course))
    assert {check.nurse for check in infusion.checks} == {"S. Kaur"}
    assert {check.item for check in infusion.checks} == {item.code for item in checklist_for(desk, course.product)}
    assert len(infusion.vials) == 4
    assert len(list(desk.ward.journal())) == before + 1


def test_each_critical_line_keeps_the_pump_from_starting_and_is_named(desk: Desk, course: Course) -> None:
    for item in checklist_for(desk, course.product):
        prepared = ready(desk, course, leave_out=item.code)
        if not item.is_critical:
            must_be_prepared(desk, course.product, prepared)
            continue
        with pytest.raises(KnownError, match="must be checked first") as refused:
            start_infusion(desk, course.doses[0].id, prepared=prepared)
        assert item.text.en in str(refused.value)
    assert desk.ward.running_infusions() == ()


def test_without_a_vial_nothing_starts(desk: Desk, course: Course) -> None:
    with pytest.raises(UserMistake, match="no vial is recorded"):
        start_infusion(desk, course.doses[0].id, prepared=ready(desk, course, vials=0))


def test_one_vial_too_many_stores_nothing_at_all(desk: Desk, course: Course) -> None:
    with pytest.raises(UserMistake, match=r"12\.5 g"):
        start_infusion(desk, course.doses[0].id, prepared=ready(desk, course, vials=5))
    assert desk.ward.running_infusions() == ()


def test_the_glucose_meter_is_checked_only_where_the_product_holds_maltose(desk: Desk, patient: Patient) -> None:
    codes = {}
    for product in ("cn-ph4-5", "octagam-5", "privigen-10"):
        proposal = propose(desk, cmv_plan(patient, product_id=product))
        course = confirm(desk, proposal, "for the test")
        codes[course.product.sugar] = {item.code for item in checklist_for(desk, course.product)}
    assert "glucose-meter" in codes["maltose"]
    assert all("glucose-meter" not in lines for sugar, lines in codes.items() if sugar != "maltose")


def test_after_a_switch_the_vials_and_the_checklist_are_of_the_new_product(desk: Desk, course: Course) -> None:
    course = switched(desk, course, "privigen-10")
    dose = course.doses[0]
    assert "glucose-meter" in {item.code for item in checklist_for(desk, course.product)}
    items = checklist_for(desk, course.product_of(dose))
    assert "glucose-meter" not in {item.code for item in items}
    prepared = Preparation(
        checks=tuple(Ticked(item=item.code, nurse="S. Kaur", at=desk.clock.now()) for item in items),
        vials=(vial(product_id="privigen-10"), *(vial(product_id="privigen-10") for _ in range(3))),
    )
    old = msgspec.structs.replace(prepared, vials=(vial(),))
    with pytest.raises(UserMistake, match="Do not mix brands") as refused:
        start_infusion(desk, dose.id, prepared=old)
    assert "cn-ph4-5" in str(refused.value)
    infusion = start_infusion(desk, dose.id, prepared=prepared)
    assert {one.product_id for one in infusion.vials} == {"privigen-10"}


def test_a_size_is_one_of_the_product_that_the_dose_is_given_from(desk: Desk, course: Course) -> None:
    course = switched(desk, course, "octagam-5", first=2)
    sizes = {one.mg for one in course.product_of(course.doses[1]).vials}
    assert sizes != {one.mg for one in course.product.vials}
    odd = min(sizes - {one.mg for one in course.product.vials})
    with pytest.raises(UserMistake, match="is not a size of"):
        start_infusion(
            desk, course.doses[0].id, prepared=Preparation(vials=(vial(mg=odd),), checks=ready(desk, course).checks)
        )


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


def test_a_vial_may_be_used_on_its_last_day_and_not_after(desk: Desk, course: Course) -> None:
    last_day = Preparation(checks=ready(desk, course).checks, vials=(vial(expires_on="2026-03-02"),))
    expired = Preparation(checks=ready(desk, course).checks, vials=(vial(expires_on="2026-03-01"),))
    with pytest.raises(UserMistake, match="expired on"):
        start_infusion(desk, course.doses[0].id, prepared=expired)
    assert start_infusion(desk, course.doses[0].id, prepared=last_day).is_running
