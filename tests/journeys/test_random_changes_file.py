"""A month of a busy course on a real ward file: changes at random, doses given between them, everything taken back."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from ivigdesk.actions.courses.changing.undo import undoable
from ivigdesk.actions.desk import Desk, open_desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import revisions
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, WordedError
from tests.actions.changing import change
from tests.actions.giving import give

CHANGES, GIVE_EVERY, CHECK_EVERY = 20, 4, 4
VERBS = (
    *("postpone", "postpone", "bring-forward", "omit", "hold", "resume", "resume", "cease"),
    *("add", "first-day", "realign", "error", "product", "undo"),
)
UNDATED = ("omit", "hold", "cease", "realign", "product", "undo")


@pytest.mark.parametrize(("seed", "gives"), [(0, False), (1, True)])
def test_a_month_of_changes_keeps_every_rule_and_can_be_taken_back(
    desk: Desk, course: Course, clock: SetClock, folder: Path, seed: int, gives: bool
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same month on every machine
    done = given = 0
    view = look_up_course(desk, course.id)
    for _attempt in range(400):
        if done == CHANGES:
            break
        if gives and done >= GIVE_EVERY * (given + 1) and give_what_is_due(desk, course, clock):
            given += 1
            view = look_up_course(desk, course.id)
        head = desk.journal_head
        asked = a_change(chance, view)
        try:
            change(desk, course, **asked)  # type: ignore[arg-type]
        except WordedError:
            assert desk.journal_head == head, "what is refused leaves no trace"
            continue
        done += 1
        before, view = view, look_up_course(desk, course.id)
        keeps_the_rules(before, view, str(asked["verb"]))
        if done % CHECK_EVERY == 0:  # what differs once between tables and journal differs from then on
            assert desk.ward.check().is_sound
    assert done == CHANGES
    assert given == (CHANGES // GIVE_EVERY - 1 if gives else 0)
    undo_all_that_can_be_undone(desk, course)
    if not gives:
        assert look_up_course(desk, course.id).course.doses == course.doses, "the first calendar, exactly"
    everything_is_in_the_file(desk, course, folder, clock)


def a_change(chance: random.Random, view: CourseView) -> dict[str, object]:
    verb = chance.choice(VERBS)
    dose = chance.choice(view.course.doses)
    step = chance.choice((-3, -2, -1, 1, 1, 2, 3, 5, 9))
    has_number = verb not in ("undo", "cease") and not (verb in ("resume", "add", "product") and chance.random() < 0.5)
    return {
        "verb": verb,
        "number": dose.number if has_number or verb == "cease" else None,
        "to": "" if verb in UNDATED else (dose.due_on + timedelta(days=step)).isoformat(),
        "reach": "" if verb == "undo" else chance.choice(("", "this", "phase", "rest", "keep-end")),
        "grid": "" if verb == "undo" else chance.choice(("", "keep", "re-anchor")),
        "product_id": chance.choice(("cn-ph4-5", "bivigam-10")) if verb == "product" else "",
        "reason": f"reason of {verb}",
    }


def give_what_is_due(desk: Desk, course: Course, clock: SetClock) -> bool:
    """Go on to the day of the next dose, or a day after it where that is free, and give it."""
    view = look_up_course(desk, course.id)
    waiting = [one for one in view.by_date if one.status in ("planned", "due", "overdue")]
    if not waiting:
        return False
    days = {on(one) for one in view.doses if takes_place(one)}
    due = max(waiting[0].dose.due_on, view.day)
    late = due + timedelta(days=1)
    to = late if waiting[0].dose.number % 2 and late not in days else due
    clock.advance(timedelta(days=(to - clock.now().date()).days))
    weigh_patient(desk, course.patient_id, "70")
    give(desk, look_up_course(desk, course.id).course, waiting[0].dose.number)
    return True


def keeps_the_rules(before: CourseView, after: CourseView, verb: str) -> None:
    """Check what every change must keep, from the stored state alone."""
    was, now = {one.dose.id: one for one in before.doses}, {one.dose.id: one for one in after.doses}
    for dose_id, old in was.items():
        new = now.get(dose_id)
        if new is None:
            assert verb == "undo"
            assert not is_own(old)
            assert old.infusion is None, "what has a record never disappears"
            continue
        assert (new.dose.number, new.dose.mg_per_kg, new.dose.phase) == (
            old.dose.number, old.dose.mg_per_kg, old.dose.phase,
        )  # fmt: skip
        assert new.infusion == old.infusion, "no change touches a record"
        if old.infusion is not None:
            assert new.dose.due_on == old.dose.due_on, "given doses never move"
            assert new.dose.planned_dose_mg == old.dose.planned_dose_mg
            assert new.dose.state == old.dose.state
        elif new.dose.due_on != old.dose.due_on and verb != "undo":
            assert new.dose.due_on >= after.day, "nothing moves into the past"
            assert abs((new.dose.due_on - old.dose.due_on).days) <= 366
    if days_are_single(before):  # a dose may have been given late, on the day of another or after it
        assert days_are_single(after), "never two doses on one day"
    if is_in_order(before):
        assert is_in_order(after), "the regimen's order stays"
    new_ones = [one for dose_id, one in now.items() if dose_id not in was]
    assert len(new_ones) == (1 if verb in ("add", "error") else 0)
    if verb not in ("resume", "undo"):
        growth = sum(one.dose.counts for one in after.doses) - sum(one.dose.counts for one in before.doses)
        assert growth <= (1 if verb == "add" else 0), "a course never grows by itself"
    if new_ones or verb == "product":
        assert after.course.revision.approved_by == "Dr S. Kim"
    assert after.course.revision.number == before.course.revision.number + 1


def undo_all_that_can_be_undone(desk: Desk, course: Course) -> None:
    """Undo until nothing is left, or a change is refused in words; then what never had a record is as at first."""
    while undoable(desk, course.id) is not None:
        before = look_up_course(desk, course.id)
        try:
            change(desk, course, "undo", reason="Back")
        except KnownError:
            # A dose that was given since stands where the older calendar has another one, or its day is over.
            assert any(one.infusion is not None for one in before.doses)
            assert look_up_course(desk, course.id) == before
            return
        keeps_the_rules(before, look_up_course(desk, course.id), "undo")
    first = {dose.id: dose for dose in revisions(desk, course.id)[0].doses}
    for one in look_up_course(desk, course.id).doses:
        if one.infusion is None:
            assert one.dose == first[one.dose.id]


def everything_is_in_the_file(desk: Desk, course: Course, folder: Path, clock: SetClock) -> None:
    """Close the file and read it again: the journal makes the same tables, and the course is the same."""
    seen, history = look_up_course(desk, course.id), revisions(desk, course.id)
    assert [one.number for one in history] == list(range(1, len(history) + 1))
    assert all(one.nurse and (one.reason or one.number == 1) for one in history)
    desk.close()
    again = open_desk(folder, clock)
    try:
        assert again.ward.check().is_sound, "the tables are what the journal makes of them"
        assert look_up_course(again, course.id) == seen
        assert revisions(again, course.id) == history
        assert look_up_course(again, course.id, 1).course.revision == history[0]
    finally:
        again.close()


def days_are_single(view: CourseView) -> bool:
    days = [on(one) for one in view.doses if takes_place(one)]
    return len(set(days)) == len(days)


def is_in_order(view: CourseView) -> bool:
    """Whether the regimen's own doses follow each other by number."""
    days = [on(one) for one in view.doses if is_own(one) and takes_place(one)]
    return days == sorted(days)


def is_own(one: DoseView) -> bool:
    return not one.dose.is_extra and one.dose.replaces is None


def takes_place(one: DoseView) -> bool:
    """Whether there is, was or will be an infusion of this dose."""
    return one.status not in ("omitted", "ceased", "not given", "entered in error")


def on(one: DoseView) -> date:
    """Return the day on which a dose was given, or is planned."""
    return one.dose.due_on if one.infusion is None else one.infusion.started_at.date()
