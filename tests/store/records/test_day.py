"""What concerns the ward on a day."""

from __future__ import annotations

import time
from datetime import UTC, date, timedelta

import msgspec
import pytest

from ivigdesk.clinical.courses.course import DoseState
from ivigdesk.store import Ward
from tests.store import samples
from tests.store.conftest import Save

replace = msgspec.structs.replace
DAY = samples.DAY


def _numbers(ward: Ward, day: date) -> list[int]:
    return [row.dose.number for row in ward.day_rows(day)]


def test_a_row_says_whose_dose_it_is_and_what_was_given(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    effect = samples.a_side_effect(infusion.dose_id)
    save(samples.a_patient(), samples.a_course(), infusion, effect)
    (row,) = ward.day_rows(DAY)
    assert row.patient == samples.a_patient()
    assert (row.course_id, row.revision_number) == (samples.named("course one"), 1)
    assert row.dose == samples.a_course().doses[0]
    assert row.infusion == replace(infusion, side_effects=(effect,))


def test_earlier_doses_wait_until_they_are_ended(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    save(samples.a_patient(), samples.a_course())
    assert _numbers(ward, DAY) == [1]
    assert _numbers(ward, DAY + timedelta(days=14)) == [1, 2, 3]
    save(infusion)
    assert _numbers(ward, DAY + timedelta(days=14)) == [1, 2, 3]
    save(samples.an_end(infusion))
    assert _numbers(ward, DAY + timedelta(days=14)) == [2, 3]
    assert _numbers(ward, DAY) == [1]


@pytest.mark.parametrize(("state", "waits"), [("planned", True), ("held", True), ("omitted", False), ("ceased", False)])
def test_what_was_decided_against_is_shown_on_its_day_only(
    ward: Ward, save: Save, state: DoseState, waits: bool
) -> None:
    course = samples.a_course(doses=1)
    save(samples.a_patient(), course)
    save(samples.a_revision("one", 2, (replace(course.doses[0], state=state),)))
    assert _numbers(ward, DAY) == [1]
    assert _numbers(ward, DAY + timedelta(days=1)) == ([1] if waits else [])


def test_a_dose_entered_in_error_waits_no_longer(ward: Ward, save: Save) -> None:
    course = samples.a_course()
    infusion = samples.an_infusion()
    save(samples.a_patient(), course, infusion, samples.an_end(infusion))
    wrong = replace(course.doses[0], is_error=True)
    again = samples.a_dose("one", 4, DAY, replaces=wrong.id)
    save(samples.a_revision("one", 2, (wrong, *course.doses[1:], again)))
    assert {row.dose.number: row.doses_in_all for row in ward.day_rows(DAY)} == {1: 4, 4: 4}
    assert _numbers(ward, DAY + timedelta(days=1)) == [4]


def test_a_row_says_the_product_that_its_own_dose_is_given_from(ward: Ward, save: Save) -> None:
    course = samples.a_course(doses=2)
    switched = replace(course.doses[1], product=samples.a_product("cn-10"))
    save(samples.a_patient(), course)
    save(samples.a_revision("one", 2, (course.doses[0], switched)))
    rows = ward.day_rows(DAY + timedelta(days=7))
    assert [(row.dose.number, row.product.id) for row in rows] == [(1, "cn-5"), (2, "cn-10")]


def test_side_effects_come_with_their_doses_as_these_stand_now(ward: Ward, save: Save) -> None:
    course = samples.a_course()
    one, two, three = course.doses
    first, second = samples.a_side_effect(one.id), samples.a_side_effect(two.id, onset_at=samples.later(60))
    save(samples.a_patient(), course, first, second)
    save(samples.a_revision("one", 2, (replace(one, is_error=True), replace(two, due_on=DAY), three)))
    (found,) = ward.side_effects_with_doses([course.id])
    assert (found.course_id, found.number, found.due_on, found.effect) == (course.id, 2, DAY, second)
    save(samples.a_revision("one", 3, (one, three)))
    assert [found.number for found in ward.side_effects_with_doses([course.id])] == [1, 2], "nothing is forgotten"
    assert ward.side_effects_with_doses([]) == ()


def test_a_moved_dose_is_due_on_its_new_day(ward: Ward, save: Save) -> None:
    course = samples.a_course(doses=1)
    save(samples.a_patient(), course)
    moved = replace(course.doses[0], due_on=DAY + timedelta(days=3))
    save(samples.a_revision("one", 2, (moved,)))
    assert _numbers(ward, DAY) == []
    (row,) = ward.day_rows(DAY + timedelta(days=3))
    assert (row.dose, row.revision_number) == (moved, 2)


def test_what_was_given_on_another_day_is_shown_on_both(ward: Ward, save: Save) -> None:
    late = samples.later(60 * 24 * 2 + 60 * 14 + 30)  # two days later, 23:00
    infusion = samples.an_infusion(at=late)
    save(samples.a_patient(), samples.a_course(doses=1), infusion, samples.an_end(infusion))
    shown = [offset for offset in range(-2, 6) if _numbers(ward, DAY + timedelta(days=offset))]
    assert shown == [0, 2, 3]  # due, started before midnight, ended after it


def test_the_day_is_the_wards_own_and_not_the_one_in_greenwich(ward: Ward, save: Save) -> None:
    early = samples.later(-60 * 7 + 60 * 24)  # 01:30 on the next day, 17:30 UTC of the day before
    infusion = samples.an_infusion(at=early)
    assert early.astimezone(UTC).date() == DAY
    save(samples.a_patient(), samples.a_course(doses=1), infusion, samples.an_end(infusion))
    assert _numbers(ward, DAY + timedelta(days=1)) == [1]


def test_courses_are_found_by_the_days_of_their_doses(ward: Ward, save: Save) -> None:
    one, two = samples.a_course("one"), samples.a_course("two", doses=1, at=samples.later(1))
    save(samples.a_patient(), one, two)
    assert ward.courses_with_doses_between(DAY, DAY) == (one, two)
    assert ward.courses_with_doses_between(DAY + timedelta(days=1), DAY + timedelta(days=7)) == (one,)
    assert ward.courses_with_doses_between(DAY + timedelta(days=15), DAY + timedelta(days=99)) == ()
    assert ward.courses_by_ids([two.id]) == (two,)
    assert ward.courses_of(samples.named("patient wang")) == ward.courses() == (one, two)
    assert ward.course_of_dose(two.doses[0].id) == two


def test_a_course_is_found_by_its_id_its_first_digits_and_its_code(ward: Ward, save: Save) -> None:
    course = samples.a_course()
    save(samples.a_patient(), course, samples.a_course("two"))
    for typed in (str(course.id), course.id.hex[:8], course.id.hex[:4].upper(), course.code, course.code.lower()):
        assert ward.course_ids_like(typed) == (course.id,)
    for typed in ("", "abc", "%", "C-%%%%%%", "nothing"):
        assert ward.course_ids_like(typed) == ()


def test_the_questions_of_doses_take_many_at_once(ward: Ward, save: Save) -> None:
    one, two = samples.an_infusion(number=1), samples.an_infusion(number=2, at=samples.later(9))
    effect = samples.a_side_effect(two.dose_id)
    save(samples.a_patient(), samples.a_course(), one, two, effect)
    doses = [dose.id for dose in samples.a_course().doses]
    assert [found.id for found in ward.infusions_of_doses(doses)] == [one.id, two.id]
    assert ward.side_effects_of_doses(doses) == (effect,)
    assert ward.infusions_of_doses([]) == ()
    assert ward.course(samples.named("none")) is None
    assert ward.course(samples.named("course one"), 9) is None
    assert ward.infusion_of(doses[2]) is None


def test_a_day_list_stays_quick_when_the_file_is_old(ward: Ward, save: Save) -> None:
    infusions = []
    for number in range(150):
        day = DAY - timedelta(days=number)
        course = samples.a_course(str(number), doses=0)
        dose = samples.a_dose(str(number), 1, day)
        infusions.append(samples.an_infusion(str(number), at=samples.MORNING - timedelta(days=number)))
        save(
            samples.a_patient(),
            replace(course, revision=replace(course.revision, doses=(dose,))),
            infusions[-1],
            samples.an_end(infusions[-1]),
        )
    began = time.perf_counter()
    rows = ward.day_rows(DAY)
    assert len(rows) == 1
    assert time.perf_counter() - began < 0.5
    plan = ward.ask(
        lambda db: [
            row[3]
            for row in db.conn.execute(
                "EXPLAIN QUERY PLAN SELECT dose_id FROM current_doses WHERE is_settled = 0 AND due_on <= '2026-01-01'"
            )
        ]
    )
    assert "current_doses_open" in plan[0]
