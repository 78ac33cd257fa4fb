"""Every gram of a course is somewhere: ordered, rounded, given, wasted or still to come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.ledger import from_stock_mg, ledger_of
from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clinical.courses.status import CourseView, view_course
from ivigdesk.clinical.infusions.infusion import Infusion, InfusionEnd, Outcome
from ivigdesk.clinical.patients.patient import Patient
from tests.clinical.samples import MONDAY, request
from tests.clinical.stored import a_course

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PATIENT = Patient(
    id=UUID(int=1), record_number="1", family_name="Li", given_name="Na", birth_on=date(1979, 8, 14), weight_g=70_000
)


def ended(dose: Dose, outcome: Outcome, given_mg: int, discarded_mg: int) -> Infusion:
    end = InfusionEnd(
        id=UUID(int=dose.number + 500),
        infusion_id=UUID(int=dose.number + 100),
        outcome=outcome,
        ended_at=NOW,
        given_ml=Decimal(given_mg) / 50,
        given_dose_mg=given_mg,
        discarded_mg=discarded_mg,
        reason="" if outcome == "completed" else "why",
        nurse="A",
        second_nurse="",
        at=NOW,
    )
    return msgspec.structs.replace(running(dose), end=end)


def running(dose: Dose) -> Infusion:
    return Infusion(id=UUID(int=dose.number + 100), dose_id=dose.id, started_at=NOW, nurse="A", at=NOW)


def seen(course: Course, *infusions: Infusion) -> CourseView:
    day = MONDAY + timedelta(days=5)
    return view_course(PATIENT, course, infusions, (), newest_revision=1, day=day)


def test_a_course_before_its_first_dose_is_all_to_come() -> None:
    ledger = ledger_of(seen(a_course()))
    assert len(ledger.rows) == 11
    assert ledger.ordered_mg == 11 * 10_500
    assert (ledger.rounded_mg, ledger.to_come_mg, ledger.expected_mg) == (110_000, 110_000, 110_000)
    assert (ledger.given_mg, ledger.wasted_mg, ledger.used_mg) == (0, 0, 0)
    assert ledger.left_mg is None
    assert not ledger.is_exceeded


def test_what_was_partly_given_counts_as_given_and_wasted_and_no_longer_as_to_come() -> None:
    course = a_course()
    first, second, third = course.doses[:3]
    ledger = ledger_of(
        seen(
            course,
            ended(first, "completed", 10_000, 0),
            ended(second, "partly given", 7_500, 2_500),
            ended(third, "not given", 0, 0),
            running(course.doses[3]),
        )
    )
    assert (ledger.given_mg, ledger.wasted_mg, ledger.used_mg) == (17_500, 2_500, 20_000)
    assert ledger.to_come_mg == 8 * 10_000, "a dose that runs is not given before it has ended"
    assert ledger.expected_mg == 100_000
    assert [row.status for row in ledger.rows[:4]] == ["given", "partly given", "not given", "running"]


def test_omitted_and_ceased_doses_have_no_grams_and_held_ones_have() -> None:
    course = a_course()
    states = ("omitted", "ceased", "held")
    doses = tuple(
        msgspec.structs.replace(dose, state=states[dose.number - 1]) if dose.number <= 3 else dose
        for dose in course.doses
    )
    held = msgspec.structs.replace(course, revision=msgspec.structs.replace(course.revision, doses=doses))
    ledger = ledger_of(seen(held))
    assert [row.to_come_mg for row in ledger.rows[:4]] == [0, 0, 10_000, 10_000]
    assert ledger.ordered_mg == 9 * 10_500


def test_a_dose_entered_in_error_has_no_grams_even_where_some_were_written_down() -> None:
    course = a_course()
    wrong = msgspec.structs.replace(course.doses[0], is_error=True)
    again = msgspec.structs.replace(wrong, id=UUID(int=99), number=12, is_error=False, replaces=wrong.id)
    doses = (wrong, *course.doses[1:], again)
    mended = msgspec.structs.replace(course, revision=msgspec.structs.replace(course.revision, doses=doses))
    ledger = ledger_of(seen(mended, ended(wrong, "partly given", 7_500, 2_500)))
    assert ledger.rows[0].status == "entered in error"
    assert (ledger.rows[0].rounded_mg, ledger.rows[0].given_mg, ledger.rows[0].to_come_mg) == (0, 0, 0)
    assert (ledger.given_mg, ledger.wasted_mg, ledger.to_come_mg) == (0, 0, 110_000)
    assert ledger.ordered_mg == 11 * 10_500
    assert mended.total_mg == 110_000


def test_the_rest_of_the_last_vial_counts_against_the_approval() -> None:
    infant = request(weight_g=6_000)
    plan = plan_course(infant)
    assert from_stock_mg(infusion.amount for infusion in plan.infusions) == 11 * 2_500
    course = a_course(infant, approved_mg=20_000)
    ledger = ledger_of(seen(course))
    assert (ledger.to_come_mg, ledger.expected_mg) == (11 * 900, 27_500)
    assert (ledger.left_mg, ledger.is_exceeded) == (-7_500, True)


def test_an_approval_that_is_just_enough_is_not_exceeded() -> None:
    assert not ledger_of(seen(a_course(approved_mg=110_000))).is_exceeded
    assert ledger_of(seen(a_course(approved_mg=109_999))).is_exceeded


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), max_size=11))
def test_the_sums_are_the_sums_of_the_rows(given: list[tuple[int, int]]) -> None:
    course = a_course()
    ledger = ledger_of(
        seen(course, *(ended(course.doses[i], "partly given", mg, waste) for i, (mg, waste) in enumerate(given)))
    )
    assert ledger.given_mg == sum(mg for mg, _ in given)
    assert ledger.wasted_mg == sum(waste for _, waste in given)
    assert ledger.to_come_mg == (11 - len(given)) * 10_000
    assert ledger.expected_mg == ledger.used_mg + ledger.to_come_mg
