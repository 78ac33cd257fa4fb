"""Any chain of changes keeps the rules of a calendar, and undoing them all restores the first one exactly."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import revisions
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.errors import WordedError
from tests.actions.changing import change
from tests.actions.giving import give

VERBS = (
    *("postpone", "postpone", "bring-forward", "omit", "hold", "resume", "add"),
    *("first-day", "realign", "error", "product"),
)

MOVES = ("postpone", "bring-forward", "resume", "add", "first-day", "error")


def a_change(chance: random.Random, course: Course) -> dict[str, object]:
    verb = chance.choice(VERBS)
    dose = chance.choice(course.doses)
    step = chance.randint(-3, 9)
    return {
        "verb": verb,
        "number": None if verb in ("resume", "add", "product") and chance.random() < 0.5 else dose.number,
        "to": ""
        if verb in ("omit", "hold", "product", "realign")
        else (dose.due_on + timedelta(days=step)).isoformat(),
        "reach": chance.choice(("", "this", "phase", "rest", "keep-end")),
        "grid": chance.choice(("", "keep", "re-anchor")),
        "product_id": chance.choice(("cn-ph4-5", "bivigam-10")) if verb == "product" else "",
    }


@pytest.mark.parametrize("seed", range(4))
def test_a_chain_of_changes_keeps_the_rules_and_comes_back(
    desk: Desk, course: Course, clock: SetClock, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same chain on every machine
    give(desk, course, 1)
    clock.advance(timedelta(days=1))
    done = 0
    for _attempt in range(150):
        if done == 10:
            break
        before = look_up_course(desk, course.id)
        asked = a_change(chance, before.course)
        head = desk.journal_head
        try:
            after = change(desk, course, **asked)  # type: ignore[arg-type]
        except WordedError:
            assert desk.journal_head == head
            assert look_up_course(desk, course.id).course == before.course
            continue
        done += 1
        days = [dose.due_on for dose in after.doses if dose.counts]
        assert len(set(days)) == len(days), "never two doses on one day"
        assert [dose.id for dose in after.doses[:11]] == [dose.id for dose in course.doses]
        assert [dose.mg_per_kg for dose in after.doses[:11]] == [dose.mg_per_kg for dose in course.doses]
        one = after.dose(1)
        assert (one.due_on, one.planned_dose_mg, one.state) == (course.dose(1).due_on, 10_000, "planned")
        grown = sum(dose.counts for dose in after.doses) - sum(dose.counts for dose in before.course.doses)
        assert grown <= (1 if asked["verb"] == "add" else 0)
    assert done == 10
    for _undo in range(done):
        last = change(desk, course, "undo", reason="Back")
    assert last.doses == course.doses
    assert len(revisions(desk, course.id)) == 1 + 2 * done
    assert desk.ward.check().is_sound
