"""A number grades a side effect by itself; what it is compared with comes from the record."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.grade_by_number import grade_by_number, measures_of
from ivigdesk.actions.patients.record_lab_value import LabForm, record
from ivigdesk.clinical.courses.course import Course
from ivigdesk.errors import KnownError, UserMistake


def lab(desk: Desk, course: Course, test: str, value: str, taken_on: str = "2026-03-01") -> None:
    record(desk, LabForm(patient_id=course.patient_id, test=test, value=value, taken_on=taken_on))


@pytest.mark.parametrize(
    ("code", "value", "unit", "grade"),
    [
        ("AE10", "37.9", "", None),
        ("AE10", "38.0", "°C", 1),
        ("AE10", "39,4", "", 2),
        ("AE24", "118/76", "mmHg", None),
        ("AE24", "150/85", "", 2),
        ("AE24", "130/101", "", 3),
        ("AE24", "165", "", 3),
        ("AE35", "0.4", "", 4),
    ],
)
def test_the_number_alone_is_enough(
    desk: Desk, course: Course, code: str, value: str, unit: str, grade: int | None
) -> None:
    assert grade_by_number(desk, course.dose(1).id, code, value, unit).grade == grade


def test_haemolysis_is_graded_by_the_fall_from_the_value_before_the_dose(desk: Desk, course: Course) -> None:
    with pytest.raises(UserMistake, match="before the dose"):
        grade_by_number(desk, course.dose(1).id, "AE08", "95")
    lab(desk, course, "haemoglobin", "120")
    found = grade_by_number(desk, course.dose(1).id, "AE08", "9.5", "g/dL")
    assert (found.grade, found.value, found.before, found.fits) == (2, Decimal(25), Decimal(120), True)
    assert grade_by_number(desk, course.dose(1).id, "AE08", "110").grade is None
    assert grade_by_number(desk, course.dose(1).id, "AE08", "130").value == 0, "a rise is no fall"


def test_a_value_after_the_dose_is_no_baseline(desk: Desk, course: Course) -> None:
    giving.record_not_given(desk, course.dose(1).id, "Refused")
    lab(desk, course, "haemoglobin", "120")
    lab(desk, course, "haemoglobin", "90", "2026-03-02")
    found = grade_by_number(desk, course.dose(1).id, "AE08", "89")
    assert found.before == 90, "the day of the dose counts as before it"


def test_creatinine_grades_kidney_failure_and_says_when_the_term_has_no_such_grade(desk: Desk, course: Course) -> None:
    lab(desk, course, "creatinine", "70")
    with pytest.raises(UserMistake) as refused:
        grade_by_number(desk, course.dose(1).id, "AE06", "120")
    assert refused.value.field == "upper_limit"
    found = grade_by_number(desk, course.dose(1).id, "AE06", "120", upper_limit="104")
    assert (found.grade, found.fits, found.before) == (2, False, Decimal(70))
    assert grade_by_number(desk, course.dose(1).id, "AE06", "330", upper_limit="104").fits


def test_the_first_observation_is_what_a_temperature_is_told_beside(desk: Desk, course: Course) -> None:
    infusion = giving.start_infusion(desk, course.dose(1).id, recorded_later=True)
    giving.observe(desk, infusion.id, giving.ObservationForm(temperature_c="36.8"))
    giving.observe(desk, infusion.id, giving.ObservationForm(temperature_c="38.4"))
    assert grade_by_number(desk, course.dose(1).id, "AE10", "38.4").before == Decimal("36.8")


@pytest.mark.parametrize(
    ("code", "value", "unit", "field"),
    [
        ("AE10", "25", "", "value"),
        ("AE10", "38", "F", "unit"),
        ("AE24", "400/90", "", "value"),
        ("AE24", "90/150", "", "value"),
        ("AE24", "150/90/60", "", "value"),
        ("AE24", "150/", "", "value"),
        ("AE35", "1.8", "", "lower_limit"),
        ("AE08", "12", "stone", "unit"),
        ("AE99", "1", "", "code"),
    ],
)
def test_what_cannot_be_a_value_is_refused(
    desk: Desk, course: Course, code: str, value: str, unit: str, field: str
) -> None:
    with pytest.raises(UserMistake) as refused:
        grade_by_number(desk, course.dose(1).id, code, value, unit)
    assert refused.value.field == field


def test_a_term_of_words_is_not_graded_by_a_number(desk: Desk, course: Course) -> None:
    assert measures_of(desk, "AE14") == ()
    with pytest.raises(KnownError, match="not graded by a number"):
        grade_by_number(desk, course.dose(1).id, "AE14", "3")
