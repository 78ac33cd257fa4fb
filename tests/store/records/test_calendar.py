"""The doses of a span of days, read for a month of the whole ward."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
import pytest

from ivigdesk.clinical.courses.course import DoseState
from ivigdesk.clinical.courses.status import status_of, status_on
from ivigdesk.messages import Text
from ivigdesk.store import Ward
from tests.store import samples
from tests.store.conftest import Save

replace = msgspec.structs.replace
DAY = samples.DAY
WEEK = timedelta(days=7)


def text(en: str, zh_cn: str) -> Text:
    return Text(en=en, zh_CN=zh_cn)


def stood_on(ward: Ward, first: date, last: date) -> list[tuple[date, int]]:
    return [(row.day, row.number) for row in ward.calendar_rows(first, last)]


def test_a_row_says_whose_dose_it_is_and_how_long_it_takes(ward: Ward, save: Save) -> None:
    course, patient = samples.a_course(), samples.a_patient(bed="07")
    save(patient, course)
    (row,) = ward.calendar_rows(DAY, DAY)
    dose = course.doses[0]
    assert (row.dose_id, row.course_id, row.patient_id) == (dose.id, str(course.id), str(patient.id))
    assert (row.number, row.doses_in_all) == (1, 3)
    assert (row.family_name, row.given_name, row.bed, row.record_number) == (
        patient.family_name,
        patient.given_name,
        "07",
        patient.record_number,
    )
    assert (row.regimen_id, text(row.regimen_en, row.regimen_zh)) == (course.regimen.id, course.regimen.title)
    assert (row.product_id, text(row.product_en, row.product_zh)) == (course.product.id, course.product.short_title)
    assert (row.planned_dose_mg, row.transplant_day) == (dose.planned_dose_mg, dose.transplant_day)
    assert row.duration_min == str(dose.rate_card.duration_min)


def test_both_ends_of_the_span_are_included_and_nothing_beyond_them(ward: Ward, save: Save) -> None:
    save(samples.a_patient(), samples.a_course())
    first, second, third = (dose.due_on for dose in samples.a_course().doses)
    assert stood_on(ward, first, third) == [(first, 1), (second, 2), (third, 3)]
    assert stood_on(ward, first, second) == [(first, 1), (second, 2)]
    assert stood_on(ward, first + timedelta(days=1), third - timedelta(days=1)) == [(second, 2)]


def test_a_dose_stands_on_the_day_on_which_it_was_begun(ward: Ward, save: Save) -> None:
    """Half past midnight on the ward is the day before in UTC; the date of the ward is the one that counts."""
    late = datetime(2026, 3, 4, 0, 30, tzinfo=samples.SHANGHAI)
    save(samples.a_patient(), samples.a_course(doses=1), samples.an_infusion(at=late, started_at=late))
    assert stood_on(ward, date(2026, 3, 1), date(2026, 3, 31)) == [(date(2026, 3, 4), 1)]
    assert stood_on(ward, DAY, DAY) == []
    assert stood_on(ward, date(2026, 3, 3), date(2026, 3, 3)) == []
    assert stood_on(ward, date(2026, 3, 4), date(2026, 3, 4)) == [(date(2026, 3, 4), 1)]


def test_only_the_revision_in_force_is_read(ward: Ward, save: Save) -> None:
    course = samples.a_course(doses=1)
    save(samples.a_patient(), course)
    save(samples.a_revision("one", 2, (replace(course.doses[0], due_on=DAY + WEEK),)))
    assert stood_on(ward, DAY, DAY + 2 * WEEK) == [(DAY + WEEK, 1)]


@pytest.mark.parametrize(("state", "in_all"), [("planned", 3), ("held", 3), ("omitted", 2), ("ceased", 2)])
def test_the_last_number_that_counts_stands_behind_every_dose(
    ward: Ward, save: Save, state: DoseState, in_all: int
) -> None:
    course = samples.a_course()
    save(samples.a_patient(), course)
    save(samples.a_revision("one", 2, (*course.doses[:2], replace(course.doses[2], state=state))))
    rows = ward.calendar_rows(DAY, DAY + 10 * WEEK)
    assert [(row.number, row.doses_in_all) for row in rows] == [(1, in_all), (2, in_all), (3, 3)]
    assert rows[2].state == state


def test_a_dose_entered_in_error_says_so_and_does_not_count(ward: Ward, save: Save) -> None:
    course = samples.a_course()
    save(samples.a_patient(), course)
    save(samples.a_revision("one", 2, (replace(course.doses[0], is_error=True), *course.doses[1:])))
    (row,) = ward.calendar_rows(DAY, DAY)
    assert row.is_error
    assert (row.number, row.doses_in_all) == (1, 3)


def test_a_dose_added_later_never_stands_behind_a_smaller_number(ward: Ward, save: Save) -> None:
    course = samples.a_course()
    save(samples.a_patient(), course)
    added = samples.a_dose("one", 4, DAY + WEEK, is_extra=True)
    save(samples.a_revision("one", 2, (replace(course.doses[0], state="omitted"), *course.doses[1:], added)))
    assert {row.doses_in_all for row in ward.calendar_rows(DAY, DAY + 10 * WEEK)} == {4}


def test_a_dose_that_is_given_from_another_product_names_that_one(ward: Ward, save: Save) -> None:
    course, other = samples.a_course(), samples.a_product("other-10")
    save(samples.a_patient(), course)
    save(samples.a_revision("one", 2, (replace(course.doses[0], product=other), *course.doses[1:])))
    rows = ward.calendar_rows(DAY, DAY + 10 * WEEK)
    assert [row.product_id for row in rows] == [other.id, course.product.id, course.product.id]
    assert text(rows[0].product_en, rows[0].product_zh) == other.short_title


def test_a_corrected_end_counts_as_corrected(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    end = samples.an_end(infusion)
    save(samples.a_patient(), samples.a_course(), infusion)
    assert [(row.is_started, row.outcome) for row in ward.calendar_rows(DAY, DAY)] == [(True, None)]
    save(end)
    assert ward.calendar_rows(DAY, DAY)[0].outcome == end.outcome
    save(samples.an_end(infusion, "corrected", outcome="partly given", replaces=end.id))
    assert [row.outcome for row in ward.calendar_rows(DAY, DAY)] == ["partly given"]


def test_the_patient_is_named_as_known_now(ward: Ward, save: Save) -> None:
    save(samples.a_patient(), samples.a_course(doses=1))
    save(samples.a_patient(bed="12", family_name="李"))
    (row,) = ward.calendar_rows(DAY, DAY)
    assert (row.bed, row.family_name) == ("12", "李")


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("", True), ("  ", True), ("王小", True), ("wangxiaoming", True), ("wxm", True), ("N-wang", True), ("07", True),
     ("王 07", True), ("王 08", False), ("li", False), ("100%", False), ("_", False), ("'; --", False)],
)  # fmt: skip
def test_a_search_marks_rows_and_leaves_none_out(ward: Ward, save: Save, typed: str, is_found: bool) -> None:
    save(samples.a_patient(bed="07"), samples.a_course(doses=1))
    (row,) = ward.calendar_rows(DAY, DAY, typed)
    assert row.is_found is is_found


def test_status_from_plain_values_is_the_status_of_the_records(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    save(samples.a_patient(), samples.a_course(), infusion, samples.an_end(infusion))
    stored = ward.course(samples.named("course one"))
    assert stored is not None
    for row in ward.calendar_rows(DAY, DAY + 10 * WEEK):
        dose = stored.dose(row.number)
        for days in (-1, 0, 1, 30):
            seen = DAY + timedelta(days=days)
            plain = status_of(
                row.state, row.due_on, seen, is_error=row.is_error, is_started=row.is_started, outcome=row.outcome
            )
            assert plain == status_on(dose, ward.infusion_of(row.dose_id), seen)
