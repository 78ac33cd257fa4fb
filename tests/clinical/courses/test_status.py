"""Where doses stand, and in which order: by date, whatever their numbers; an entry in error counts for nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from ivigdesk.clinical.courses.course import Course, Dose, DoseState
from ivigdesk.clinical.courses.status import SETTLED, CourseView, DoseStatus, view_course
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.messages import Text
from tests.clinical.courses.test_ledger import ended
from tests.clinical.samples import MONDAY, product
from tests.clinical.stored import a_course

replace = msgspec.structs.replace
PATIENT = Patient(id=UUID(int=1), record_number="1", family_name="Li", given_name="Na", birth_on=date(1979, 8, 14))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def with_doses(course: Course, *doses: Dose) -> Course:
    of_id = {dose.id: dose for dose in (*course.doses, *doses)}
    whole = tuple(sorted(of_id.values(), key=lambda dose: dose.number))
    return replace(course, revision=replace(course.revision, doses=whole))


def an_extra(course: Course, on: date) -> Dose:
    return replace(course.doses[0], id=UUID(int=77), number=12, due_on=on, planned_on=on, is_extra=True)


def an_effect(dose: Dose, hours: int = 0) -> SideEffect:
    return SideEffect(
        id=UUID(int=500 + dose.number),
        dose_id=dose.id,
        code="AE14",
        term=Text(en="Headache", zh_CN="头痛"),
        grade=1,
        onset_at=NOON + timedelta(hours=hours),
        nurse="A",
        at=NOON,
    )


def seen(course: Course, *effects: SideEffect, day: date = MONDAY) -> CourseView:
    return view_course(PATIENT, course, (), effects, newest_revision=1, day=day)


def test_a_dose_that_was_added_stands_and_comes_next_by_its_date() -> None:
    course = a_course()
    extra = an_extra(course, MONDAY + timedelta(days=1))
    view = seen(with_doses(course, extra))
    assert [one.dose.number for one in view.by_date][:3] == [1, 12, 2]
    assert view.next_dose is not None
    assert view.next_dose.dose.number == 1
    first_given = with_doses(course, extra, replace(course.doses[0], state="omitted"))
    following = seen(first_given).next_dose
    assert following is not None
    assert following.dose.number == 12


def test_the_last_reaction_is_of_a_dose_that_stands_before_by_date() -> None:
    course = a_course()
    extra = an_extra(course, MONDAY + timedelta(days=1))
    view = seen(with_doses(course, extra), an_effect(extra))
    found = view.last_reaction_before(2)
    assert found is not None
    assert found[0].number == 12
    assert view.last_reaction_before(1) is None
    assert view.last_reaction_before(12) is None, "its own is no earlier one"
    with pytest.raises(KeyError):
        view.last_reaction_before(13)


def test_a_reaction_recorded_at_a_dose_entered_in_error_is_no_last_reaction() -> None:
    course = a_course()
    first, second = course.doses[:2]
    effects = (an_effect(first), an_effect(second, hours=48))
    wrong = with_doses(course, replace(second, is_error=True))
    found = seen(wrong, *effects).last_reaction_before(3)
    assert found is not None
    assert found[0].number == 1


@pytest.mark.parametrize("state", ["planned", "held", "omitted", "ceased"])
def test_an_entry_in_error_says_so_whatever_else_is_known_of_the_dose(state: DoseState) -> None:
    course = a_course()
    wrong = replace(course.doses[0], state=state, is_error=True)
    view = view_course(
        PATIENT, with_doses(course, wrong), (ended(wrong, "completed", 10_000, 0),), (), newest_revision=1, day=MONDAY
    )
    status: DoseStatus = view.view(1).status
    assert status == "entered in error"
    assert status in SETTLED
    assert view.next_dose is not None
    assert view.next_dose.dose.number == 2
    assert not wrong.counts


@pytest.mark.parametrize(
    ("changes", "awaits"),
    [
        ({"state": "held", "needs_release": True, "changed_at": NOON, "changed_by": "A"}, True),
        ({"state": "held", "needs_release": False, "changed_at": NOON, "changed_by": "A"}, False),
        ({"state": "held"}, True),  # by an earlier program, which held doses after a grave reaction only
        ({"state": "planned", "needs_release": True}, False),
        ({"state": "ceased", "needs_release": True}, False),
    ],
)
def test_only_a_dose_held_after_a_grave_reaction_waits_for_the_prescriber(
    changes: dict[str, object], awaits: bool
) -> None:
    assert replace(a_course().doses[0], **changes).awaits_release is awaits


def test_a_dose_is_given_from_its_own_product_after_a_switch_and_else_from_the_courses() -> None:
    course = a_course()
    switched = replace(course.doses[1], product=product("privigen-10"))
    assert course.product_of(switched).id == "privigen-10"
    assert course.product_of(course.doses[0]) == course.product
