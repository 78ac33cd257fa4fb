"""A scanned vial is understood once the ward has said what its code means, and refused where it does not belong."""

from __future__ import annotations

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import record_not_given, start_infusion
from ivigdesk.actions.infusions.prepare_infusion import VialForm
from ivigdesk.actions.infusions.preparing import add_vial, prepared, take_back_vial
from ivigdesk.actions.infusions.scan_vial import learn_code, scan, still_missing
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.errors import KnownError, UserMistake
from tests.actions.changed import in_error, switched
from tests.actions.infusions.readying import make_ready, vial

GS = "\x1d"
GTIN = "06901234567892"


def code(serial: str = "", *, lot: str = "P1", expiry: str = "270930") -> str:
    """What a scanner sends for a vial of 2.5 g."""
    text = f"]d201{GTIN}17{expiry}10{lot}"
    return f"{text}{GS}21{serial}" if serial else text


@pytest.fixture
def dose(course: Course) -> Dose:
    return course.doses[0]


@pytest.fixture
def knowing(desk: Desk) -> Desk:
    """The desk of a ward that knows the code."""
    learn_code(desk, GTIN, "cn-ph4-5", 2500)
    return desk


def test_a_code_that_the_ward_never_saw_is_asked_about_once(desk: Desk, dose: Dose) -> None:
    first = scan(desk, dose.id, code("S1"))
    assert (first.form, first.question) == (None, "which product")
    assert first.code is not None
    learn_code(desk, first.code.gtin, "cn-ph4-5", 2500)
    again = scan(desk, dose.id, code("S1"))
    assert again.question is None
    assert again.is_whole
    assert again.form is not None
    form = again.form
    assert (form.product_id, form.mg, form.lot, form.expires_on, form.serial) == (
        "cn-ph4-5", 2500, "P1", "2027-09-30", "S1",
    )  # fmt: skip
    assert [one.serial for one in add_vial(desk, dose.id, form).vials] == ["S1"]


def test_the_newest_word_about_a_code_holds_and_saying_it_again_stores_nothing(desk: Desk, dose: Dose) -> None:
    learn_code(desk, GTIN, "privigen-10", 5000)
    with pytest.raises(UserMistake, match="Do not mix brands"):
        scan(desk, dose.id, code())
    learn_code(desk, GTIN, "cn-ph4-5", 2500)
    entries = len(list(desk.ward.journal()))
    learn_code(desk, "6901234567892", "cn-ph4-5", 2500)
    assert len(list(desk.ward.journal())) == entries
    assert scan(desk, dose.id, code()).form is not None


@pytest.mark.parametrize(("gtin", "mg"), [("123", 2500), ("06901234567893", 2500), (GTIN, 123)])
def test_what_cannot_be_a_code_or_a_size_is_not_learnt(desk: Desk, gtin: str, mg: int) -> None:
    with pytest.raises(UserMistake):
        learn_code(desk, gtin, "cn-ph4-5", mg)
    with pytest.raises(KnownError):
        learn_code(desk, GTIN, "no-such-product", 2500)


@pytest.mark.parametrize("garbage", ["", "hello", "\x07\x00\x1d", "BMT-004217", "x" * 5000, "批号"])
def test_garbage_is_one_sentence_and_changes_nothing(knowing: Desk, dose: Dose, garbage: str) -> None:
    entries = len(list(knowing.ward.journal()))
    with pytest.raises(KnownError, match="is no product code") as refused:
        scan(knowing, dose.id, garbage)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 200
    assert len(list(knowing.ward.journal())) == entries


def test_another_product_than_the_doses_is_refused_by_its_name(knowing: Desk, course: Course, dose: Dose) -> None:
    switched(knowing, course, "privigen-10")
    with pytest.raises(UserMistake, match="Do not mix brands") as refused:
        scan(knowing, dose.id, code())
    assert refused.value.field == "product_id"
    assert "pH 4" in str(refused.value)


def test_expired_is_refused_and_expiring_within_the_course_is_not_mentioned(knowing: Desk, dose: Dose) -> None:
    with pytest.raises(UserMistake, match="expired on"):
        scan(knowing, dose.id, code(expiry="260228"))
    assert scan(knowing, dose.id, code(expiry="260300")).is_whole


def test_one_container_is_taken_once(knowing: Desk, dose: Dose) -> None:
    form = scan(knowing, dose.id, code("S1")).form
    assert form is not None
    add_vial(knowing, dose.id, form)
    with pytest.raises(UserMistake, match="recorded for this dose already"):
        scan(knowing, dose.id, code("S1"))
    with pytest.raises(UserMistake, match="recorded for this dose already"):
        add_vial(knowing, dose.id, vial(lot="P1", serial="S1"))
    assert scan(knowing, dose.id, code("S2")).is_whole


def test_vials_of_one_lot_without_serial_numbers_are_scanned_one_after_the_other(knowing: Desk, dose: Dose) -> None:
    for _ in range(4):
        form = scan(knowing, dose.id, code()).form
        assert form is not None
        add_vial(knowing, dose.id, form)
    assert still_missing(knowing, dose.id) is None


def test_a_container_that_hung_elsewhere_is_refused_with_dose_and_day(knowing: Desk, course: Course) -> None:
    first, second = course.doses[:2]
    make_ready(knowing, first, vials=3)
    add_vial(knowing, first.id, vial(serial="S1"))
    start_infusion(knowing, first.id)
    with pytest.raises(UserMistake, match="was used already, for dose 1 of course") as refused:
        scan(knowing, second.id, code("S1"))
    assert course.code in str(refused.value)
    assert "2026-03-02" in str(refused.value)
    with pytest.raises(UserMistake, match="was used already"):
        add_vial(knowing, second.id, vial(serial="S1"))


def test_a_container_that_stands_ready_elsewhere_is_refused_until_it_is_taken_back(
    knowing: Desk, course: Course
) -> None:
    first, second = course.doses[:2]
    add_vial(knowing, second.id, vial(serial="S1"))
    with pytest.raises(UserMistake, match="stands ready for dose 2"):
        scan(knowing, first.id, code("S1"))
    (there,) = prepared(knowing, second.id).vials
    take_back_vial(knowing, there.id, second.id)
    assert scan(knowing, first.id, code("S1")).is_whole


def test_what_stood_ready_for_a_dose_that_was_not_given_is_free_again(knowing: Desk, course: Course) -> None:
    first, second = course.doses[:2]
    add_vial(knowing, first.id, vial(serial="S1"))
    record_not_given(knowing, first.id, "Refused by the patient")
    assert scan(knowing, second.id, code("S1")).is_whole


def test_what_was_recorded_at_a_dose_entered_in_error_is_recorded_again(knowing: Desk, course: Course) -> None:
    first, second = course.doses[:2]
    make_ready(knowing, first, vials=3)
    add_vial(knowing, first.id, vial(serial="S1"))
    start_infusion(knowing, first.id)
    in_error(knowing, course, 1)
    assert scan(knowing, second.id, code("S1")).is_whole


def test_the_same_number_of_another_product_is_another_container(knowing: Desk, course: Course) -> None:
    first = course.doses[0]
    switched(knowing, course, "privigen-10", first=2)
    add_vial(knowing, course.doses[1].id, vial(product_id="privigen-10", serial="S1"))
    assert scan(knowing, first.id, code("S1")).is_whole


def test_one_vial_too_many_is_a_warning_and_needs_a_reason(knowing: Desk, dose: Dose) -> None:
    make_ready(knowing, dose, vials=4)
    found = scan(knowing, dose.id, code("S9"))
    assert found.form is not None
    (warning,) = found.warnings
    assert str(warning.facts["value"]) == "12.5"
    with pytest.raises(UserMistake, match="Give a reason"):
        add_vial(knowing, dose.id, found.form)


def test_what_the_code_does_not_hold_is_said_and_typed(knowing: Desk, dose: Dose) -> None:
    found = scan(knowing, dose.id, GTIN)
    assert found.form is not None
    assert not found.is_whole
    assert [warning.text for warning in found.warnings] == [
        "The code holds no lot: type it from the label.",
        "The code holds no expiry date: type it from the label.",
    ]
    with pytest.raises(UserMistake):
        add_vial(knowing, dose.id, found.form)
    typed = VialForm(product_id="cn-ph4-5", mg=2500, lot="P7", expires_on="2027-09", id=found.form.id)
    assert [one.lot for one in add_vial(knowing, dose.id, typed).vials] == ["P7"]


def test_a_lot_that_may_have_swallowed_the_serial_number_is_told(knowing: Desk, dose: Dose) -> None:
    found = scan(knowing, dose.id, f"01{GTIN}1727093010P121S77")
    assert [warning.facts["value"] for warning in found.warnings] == ["P121S77"]


@pytest.mark.parametrize("lot", ["P1\x1d2", "P1\x00", "P1\u200b2", "P\u202e1"])
def test_a_lot_with_a_sign_that_nobody_sees_is_refused_in_words(desk: Desk, dose: Dose, lot: str) -> None:
    with pytest.raises(UserMistake, match="cannot be seen or printed") as refused:
        add_vial(desk, dose.id, vial(lot=lot))
    assert refused.value.field == "lot"


def test_how_many_grams_are_to_go_is_said_until_they_add_up(knowing: Desk, dose: Dose) -> None:
    missing = still_missing(knowing, dose.id)
    assert missing is not None
    assert str(missing.facts["missing"]) == "10"
    make_ready(knowing, dose, vials=3)
    missing = still_missing(knowing, dose.id)
    assert missing is not None
    assert str(missing.facts["missing"]) == "2.5"
