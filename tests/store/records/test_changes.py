"""Changes of a calendar: what is added, entered in error or undone keeps its record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from ivigdesk.store import Ward
from tests.store import samples
from tests.store.conftest import Save

replace = msgspec.structs.replace
DAY = samples.DAY


def test_a_dose_that_an_undo_leaves_out_keeps_its_record(ward: Ward, save: Save) -> None:
    course = samples.a_course()
    extra = samples.a_dose("one", 4, DAY + timedelta(days=3), is_extra=True)
    save(samples.a_patient(), course)
    with_extra = samples.a_revision("one", 2, (*course.doses, extra), verb="add", approved_by="Dr Zhou")
    undone = samples.a_revision("one", 3, course.doses, verb="undo", restores=1)
    save(with_extra)
    assert [row.dose.number for row in ward.day_rows(DAY + timedelta(days=3))] == [1, 4]
    save(undone)
    assert [row.dose.number for row in ward.day_rows(DAY + timedelta(days=3))] == [1]
    assert ward.revisions_of(course.id) == (course.revision, with_extra, undone)
    found = ward.course_of_dose(extra.id)
    assert found is not None
    assert found.doses == course.doses
    assert ward.check().problems == (), "the journal makes the same tables again"


def test_the_number_of_a_dose_that_was_left_out_is_never_given_again(ward: Ward, save: Save) -> None:
    course = samples.a_course()
    extra = samples.a_dose("one", 4, DAY + timedelta(days=3), is_extra=True)
    save(samples.a_patient(), course)
    save(samples.a_revision("one", 2, (*course.doses, extra)), samples.a_revision("one", 3, course.doses))
    another = replace(extra, id=samples.named("another"))
    with pytest.raises(ValueError, match="number 4 belongs to another dose"):
        save(samples.a_revision("one", 4, (*course.doses, another)))
    with pytest.raises(ValueError, match="number 5 belongs to another dose"):
        save(
            samples.a_revision(
                "one", 4, (*course.doses, replace(another, number=5), replace(extra, id=samples.named("x"), number=5))
            )
        )
    fifth = samples.a_revision("one", 4, (*course.doses, replace(another, number=5)))
    save(fifth)
    back = samples.a_revision("one", 5, (*course.doses, extra))
    save(back)
    assert ward.revisions_of(course.id)[-2:] == (fifth, back)


def test_a_dose_entered_in_error_is_settled_and_may_wait_again_after_an_undo(ward: Ward, save: Save) -> None:
    course = samples.a_course(doses=1)
    save(samples.a_patient(), course)
    save(samples.a_revision("one", 2, (replace(course.doses[0], is_error=True),)))
    assert ward.day_rows(DAY + timedelta(days=1)) == ()
    save(samples.a_revision("one", 3, course.doses, restores=1))
    assert len(ward.day_rows(DAY + timedelta(days=1))) == 1


@pytest.mark.parametrize(
    ("changes", "refused_by"),
    [
        ({"restores": 2}, "restores < number"),
        ({"restores": 0}, "restores > 0"),
    ],
)
def test_an_undo_puts_back_an_earlier_revision_only(
    ward: Ward, save: Save, changes: dict[str, Any], refused_by: str
) -> None:
    course = samples.a_course()
    save(samples.a_patient(), course)
    with pytest.raises(ValueError, match=refused_by):
        save(samples.a_revision("one", 2, course.doses, **changes))
    assert ward.revisions_of(course.id) == (course.revision,)


def test_a_dose_takes_the_place_of_another_one_that_is_known(ward: Ward, save: Save) -> None:
    course = samples.a_course(doses=1)
    (dose,) = course.doses
    save(samples.a_patient(), course)
    with pytest.raises(ValueError, match="replaces <> dose_id"):
        save(samples.a_revision("one", 2, (replace(dose, replaces=dose.id),)))
    with pytest.raises(ValueError, match="FOREIGN KEY"):
        save(samples.a_revision("one", 2, (replace(dose, replaces=samples.named("nobody")),)))
    assert ward.revisions_of(course.id) == (course.revision,)


def test_the_moment_of_a_change_comes_back_as_the_wall_time_that_the_nurse_saw(ward: Ward, save: Save) -> None:
    course = samples.a_course(doses=1)
    save(samples.a_patient(), course)
    at = samples.later(61)
    changed = replace(course.doses[0], reason="fever", changed_by="Chen Min", changed_at=at)
    save(samples.a_revision("one", 2, (changed,)))
    (stored,) = ward.revisions_of(course.id)[-1].doses
    assert stored == changed
    assert stored.changed_at is not None
    assert stored.changed_at.utcoffset() == at.utcoffset()
