"""Where tests and checks stand: a missing value is never done, and one that came too late is never due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical.courses.status import LEFT_OUT, CourseView, DoseStatus, DoseView
from ivigdesk.clinical.infusions.preparation import PreparedCheck
from ivigdesk.clinical.tasks.standing import TaskStanding, is_before_dose, standings, with_ticks
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.messages import message
from tests.store.samples import a_course, a_patient

DOSE_ON = date(2026, 3, 10)


def _task(first: int, last: int | None, **more: Any) -> Task:
    """Return a task of dose 1 from `first` to `last` days after it."""
    given_fields: dict[str, Any] = {
        "code": "T",
        "kind": "laboratory",
        "what": message("A test"),
        "source": "program-design",
        "dose_number": 1,
        "test": "creatinine",
    }
    return Task(
        due_from=DOSE_ON + timedelta(days=first),
        due_to=None if last is None else DOSE_ON + timedelta(days=last),
        **(given_fields | more),
    )


def _view(status: DoseStatus = "planned") -> CourseView:
    course = a_course()
    dose = msgspec.structs.replace(course.doses[0], number=1, due_on=DOSE_ON)
    one = DoseView(dose=dose, status=status)
    return CourseView(patient=a_patient(), course=course, doses=(one,), newest_revision=1, day=DOSE_ON)


def _standing(task: Task, day: int, status: DoseStatus = "planned", *others: Task) -> TaskStanding | None:
    found = standings(_view(status), (task, *others), DOSE_ON + timedelta(days=day))
    return next((standing for one, standing in found if one is task), None)


BEFORE, AFTER = _task(-2, 0), _task(2, 3)
SAMPLE = _task(0, 0, kind="sample", test=None)
LATE = _task(1, 3, kind="check", test=None, item="late-check-24-72h")
GUIDE = _task(1, 3, kind="check", test=None)


@pytest.mark.parametrize(
    ("task", "day", "status", "expected"),
    [
        (BEFORE, -3, "planned", "to come"),
        (BEFORE, -2, "planned", "open"),
        (BEFORE, 0, "due", "open"),
        (BEFORE, 1, "overdue", "overdue"),
        (BEFORE, 1, "held", "overdue"),
        (BEFORE, 0, "running", "not recorded"),
        (BEFORE, 5, "given", "not recorded"),
        (SAMPLE, 0, "due", "open"),
        (SAMPLE, 4, "overdue", "open"),
        (SAMPLE, 0, "given", "over"),
        (AFTER, 1, "given", "to come"),
        (AFTER, 2, "partly given", "open"),
        (AFTER, 4, "given", "overdue"),
        (AFTER, 4, "overdue", "to come"),
        (LATE, 2, "given", "open"),
        (LATE, 4, "given", "overdue"),
        (LATE, 1, "due", "to come"),
        (GUIDE, 4, "given", "over"),
        (_task(0, None, kind="vaccine", test=None, dose_number=None), 400, "given", "open"),
        (_task(0, 6, dose_number=None), 7, "given", "not recorded"),
        *((task, 0, status, None) for task in (BEFORE, AFTER, LATE) for status in ("not given", *LEFT_OUT)),
    ],
)
def test_a_task_stands_by_its_days_and_by_its_dose(
    task: Task, day: int, status: DoseStatus, expected: TaskStanding | None
) -> None:
    assert _standing(task, day, status) == expected


def test_a_value_in_time_is_done_whatever_became_of_the_dose() -> None:
    done = msgspec.structs.replace(BEFORE, is_done=True)
    assert _standing(done, 9, "given") == "done"
    assert _standing(done, 9, "not given") == "done"


def test_one_sample_settles_an_old_value_and_the_next_one_of_the_same_test() -> None:
    following = _task(4, 5)
    assert _standing(AFTER, 3, "given", following) == "open"
    assert _standing(AFTER, 4, "given", following) == "not recorded"
    assert _standing(AFTER, 4, "given", _task(4, 5, test="haemoglobin")) == "overdue"


def test_a_later_check_of_a_dose_that_was_given_settles_the_earlier_one() -> None:
    following = msgspec.structs.replace(LATE, due_from=DOSE_ON + timedelta(days=3))
    assert _standing(LATE, 4, "given", following) == "over"
    of_another_dose = msgspec.structs.replace(following, dose_number=2)
    assert _standing(LATE, 4, "given", of_another_dose) == "overdue", "that dose has not begun"


def test_what_was_ticked_off_at_the_dose_is_done() -> None:
    view = _view("given")
    check = PreparedCheck(
        id=UUID(int=9),
        dose_id=view.doses[0].dose.id,
        item=LATE.item,
        nurse="A. Wong",
        at=datetime(2026, 3, 12, 9, 0, tzinfo=UTC),
    )
    assert with_ticks(view, (LATE, GUIDE), (check,)) == (msgspec.structs.replace(LATE, is_done=True), GUIDE)
    assert with_ticks(view, (LATE,), (msgspec.structs.replace(check, is_withdrawn=True),)) == (LATE,)
    assert with_ticks(view, (LATE,), (msgspec.structs.replace(check, dose_id=UUID(int=8)),)) == (LATE,)


def test_a_dose_that_waits_needs_its_value_until_a_newer_one_is_there() -> None:
    following = _task(1, 2)
    assert _standing(BEFORE, 1, "overdue", following) == "overdue"
    assert _standing(BEFORE, 1, "overdue", msgspec.structs.replace(following, is_done=True)) == "done"


def test_what_guides_a_nurse_during_the_dose_is_not_to_be_done_before_it() -> None:
    dose = _view().doses[0]
    assert is_before_dose(BEFORE, dose.dose.due_on)
    assert is_before_dose(SAMPLE, dose.dose.due_on)
    assert not is_before_dose(_task(0, 0, kind="check", test=None), dose.dose.due_on)
    assert not is_before_dose(AFTER, dose.dose.due_on)


@given(
    first=st.integers(-20, 20),
    length=st.integers(0, 20),
    day=st.integers(-40, 60),
    status=st.sampled_from(["planned", "due", "overdue", "running", "given", "partly given", "held"]),
)
def test_nothing_is_done_without_a_value_and_nothing_overdue_before_its_last_day(
    first: int, length: int, day: int, status: DoseStatus
) -> None:
    task = _task(first, first + length)
    standing = _standing(task, day, status)
    assert standing not in ("done", None)
    assert standing != "overdue" or day > first + length
    assert standing != "open" or first <= day <= first + length
