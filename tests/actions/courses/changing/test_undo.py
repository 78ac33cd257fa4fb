"""Undo puts back the calendar before the newest change, as one more revision; what was given stays as it is."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from ivigdesk.actions.courses.changing import accept, undoable
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import revisions
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from tests.actions.changing import change, days, shown, standing
from tests.actions.giving import give


def newest(desk: Desk, course: Course) -> int | None:
    """Return the number of the revision that an undo would take back."""
    found = undoable(desk, course.id)
    return None if found is None else found.number


def test_one_undo_restores_the_doses_exactly(desk: Desk, course: Course) -> None:
    change(desk, course, "postpone", 4, "2026-03-09", reach="rest")
    assert newest(desk, course) == 2
    ripple = shown(desk, course, "undo")
    assert (ripple.restores, ripple.needs_prescriber) == (1, False)
    assert [(row.number, row.moved_days) for row in ripple.changed] == [(number, -1) for number in range(4, 12)]
    after = accept(desk, ripple, "Wrong patient")
    assert after.doses == course.doses
    assert (after.revision.number, after.revision.verb, after.revision.restores) == (3, "undo", 1)
    assert list(desk.ward.journal())[-1].action == "change undone"
    assert newest(desk, course) is None
    with pytest.raises(KnownError, match="Nothing in this course can be undone"):
        shown(desk, course, "undo")


def test_several_undos_walk_back_to_the_first_calendar(desk: Desk, course: Course) -> None:
    calendars = [course.doses]
    for verb, number, to, reach in (
        ("postpone", 4, "2026-03-09", "rest"),
        ("hold", 9, "", "rest"),
        ("add", None, "2026-03-19", ""),
        ("omit", 2, "", ""),
        ("resume", None, "2026-03-26", ""),
        ("cease", 6, "", "phase"),
    ):
        calendars.append(change(desk, course, verb, number, to, reach=reach).doses)
    for revision, calendar in reversed(list(enumerate(calendars[:-1], start=1))):
        after = change(desk, course, "undo", reason="Back")
        assert after.doses == calendar
        assert after.revision.restores == revision
    assert newest(desk, course) is None
    assert desk.ward.check().is_sound
    assert len(revisions(desk, course.id)) == 13


def test_a_change_after_an_undo_is_undone_first_and_what_was_undone_stays_undone(desk: Desk, course: Course) -> None:
    kept = change(desk, course, "omit", 2).doses
    change(desk, course, "postpone", 11, "2026-04-07")
    change(desk, course, "undo")
    change(desk, course, "hold", 5)
    assert newest(desk, course) == 5
    assert change(desk, course, "undo").doses == kept
    assert newest(desk, course) == 2
    assert change(desk, course, "undo").doses == course.doses


def test_an_added_dose_leaves_the_calendar_but_its_number_is_never_used_again(desk: Desk, course: Course) -> None:
    extra = change(desk, course, "add", None, "2026-03-19").dose(12)
    assert change(desk, course, "undo").doses == course.doses
    assert look_up_course(desk, course.id, 2).course.dose(12) == extra, "the older revision still shows it"
    again = change(desk, course, "add", None, "2026-03-19")
    assert [dose.number for dose in again.doses][-2:] == [11, 13]
    assert again.dose(13).id != extra.id
    assert desk.ward.check().is_sound


def test_an_added_dose_that_was_given_stays(desk: Desk, course: Course, clock: SetClock) -> None:
    change(desk, course, "add", None, "2026-03-03")
    give(desk, course, 1)
    clock.advance(timedelta(days=1))
    give(desk, look_up_course(desk, course.id).course, 12)
    head = desk.journal_head
    with pytest.raises(KnownError, match="Dose 12 was added by this change and has a record"):
        shown(desk, course, "undo")
    assert desk.journal_head == head


def test_given_doses_are_not_touched_when_an_undo_reaches_behind_them(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    moved = change(desk, course, "postpone", 1, "2026-03-03", reach="phase")
    clock.advance(timedelta(days=1))
    give(desk, course, 1)
    after = change(desk, course, "undo")
    assert after.dose(1) == moved.dose(1)
    assert days(after) == "03-03 03-04 03-06 03-08 03-10 03-12 03-14 03-16 03-23 03-30 04-06"
    assert after.doses[2:] == course.doses[2:]


def test_a_change_that_only_touched_what_is_given_by_now_is_passed_over(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    held = change(desk, course, "hold", 11)
    change(desk, course, "postpone", 1, "2026-03-03")
    clock.advance(timedelta(days=1))
    give(desk, course, 1)
    assert newest(desk, course) == held.revision.number
    after = change(desk, course, "undo")
    assert standing(after) == ""
    assert after.dose(1).due_on.isoformat() == "2026-03-03"
    assert newest(desk, course) is None


def test_an_undo_that_would_meet_a_given_dose_is_refused(desk: Desk, course: Course, clock: SetClock) -> None:
    """Dose 1, overdue, is given on the day on which dose 2 stood before the two of them were moved."""
    change(desk, course, "postpone", 2, "2026-03-05")
    clock.advance(timedelta(days=2))
    give(desk, course, 1)
    head = desk.journal_head
    with pytest.raises(KnownError, match=r"The change cannot be undone\. Dose 2 cannot move to 2026-03-04"):
        shown(desk, course, "undo")
    assert desk.journal_head == head


def test_a_dose_does_not_go_back_to_a_day_that_is_over(desk: Desk, course: Course, clock: SetClock) -> None:
    change(desk, course, "postpone", 11, "2026-04-08")
    clock.set_wall(clock.now() + timedelta(days=36))
    with pytest.raises(KnownError, match="Dose 11 would go back to 2026-04-06, and that day is over"):
        shown(desk, course, "undo")


def test_a_dose_that_was_overdue_when_it_was_moved_is_overdue_again(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    clock.set_wall(clock.now() + timedelta(days=1))
    change(desk, course, "postpone", 1, "2026-03-03")
    assert change(desk, course, "undo").doses == course.doses
    assert look_up_course(desk, course.id).view(1).status == "overdue"


def test_a_hold_after_a_grave_reaction_is_not_undone(desk: Desk, course: Course) -> None:
    change(desk, course, "omit", 11)
    give(desk, course, 1)
    record_side_effect(desk, course.dose(1).id, SideEffectForm(code="AE05", grade="3"))
    with pytest.raises(KnownError, match="a prescriber releases the hold"):
        shown(desk, course, "undo")
    held = look_up_course(desk, course.id).course.doses
    change(desk, course, "resume", reason="Reviewed")
    assert change(desk, course, "undo").doses == held, "the release may be undone: the hold is back"
    with pytest.raises(KnownError, match="a prescriber releases the hold"):
        shown(desk, course, "undo")


def test_a_hold_that_an_earlier_program_wrote_after_a_reaction_is_not_undone(desk: Desk, course: Course) -> None:
    """Earlier programs did not write what was done, and held doses for nothing else."""
    doses = tuple(msgspec.structs.replace(dose, state="held", reason="Anaphylaxis, CTCAE 3") for dose in course.doses)
    written = msgspec.structs.replace(course.revision, id=course.id, number=2, doses=doses)
    with desk.ward.changing(nurse="A. Wong", at=desk.clock.now(), action="test") as journal:
        journal.add(written)
    with pytest.raises(KnownError, match="a prescriber releases the hold"):
        shown(desk, course, "undo")
    assert shown(desk, course, "resume").needs_prescriber


def test_a_mark_as_entered_in_error_comes_off_and_the_replacement_goes(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    give(desk, course, 1)
    change(desk, course, "error", 1, "2026-03-03")
    after = change(desk, course, "undo")
    assert after.doses == course.doses
    assert look_up_course(desk, course.id).view(1).status == "given"


def test_a_replacement_that_is_on_record_keeps_the_mark(desk: Desk, course: Course, clock: SetClock) -> None:
    giving.record_not_given(desk, course.dose(1).id, "Refused")
    change(desk, course, "error", 1)
    giving.start_infusion(desk, look_up_course(desk, course.id).course.dose(12).id, recorded_later=True)
    with pytest.raises(KnownError, match="Dose 12 was added by this change"):
        shown(desk, course, "undo")


def test_a_new_weight_is_taken_back(desk: Desk, course: Course) -> None:
    weigh_patient(desk, course.patient_id, "50")
    assert change(desk, course, "weight").total_mg < course.total_mg
    assert change(desk, course, "undo").doses == course.doses


def test_what_the_start_of_a_dose_wrote_is_no_change_to_undo(desk: Desk, course: Course, clock: SetClock) -> None:
    """A dose that begins at the initial rate anew is written down by its start, not by a nurse's change."""
    change(desk, course, "postpone", 1, "2026-05-11", reach="rest")
    clock.advance(timedelta(days=70))
    weigh_patient(desk, course.patient_id, "70")
    giving.start_infusion(desk, course.dose(1).id, recorded_later=True)
    assert newest(desk, course) == 2


def test_what_was_left_out_before_a_grave_reaction_comes_back_only_on_a_prescribers_word(
    desk: Desk, course: Course
) -> None:
    """Nothing was left that the reaction could have put on hold."""
    give(desk, course, 1)
    change(desk, course, "cease", by="")
    record_side_effect(desk, course.dose(1).id, SideEffectForm(code="AE05", grade="4"))
    ripple = shown(desk, course, "undo")
    assert ripple.needs_prescriber
    assert [note.severity for note in ripple.changed[0].notes] == ["hold"]
    assert "grave reaction" in str(ripple.changed[0].notes[0].message.text)
    with pytest.raises(UserMistake) as refused:
        accept(desk, ripple, "Wrong patient")
    assert refused.value.field == "by"
    after = accept(desk, ripple, "Wrong patient", "Dr S. Kim")
    assert (after.doses, after.revision.approved_by) == (course.doses, "Dr S. Kim")


def test_a_slight_reaction_asks_no_prescriber(desk: Desk, course: Course) -> None:
    give(desk, course, 1)
    change(desk, course, "cease", by="")
    record_side_effect(desk, course.dose(1).id, SideEffectForm(code="AE14", grade="1"))
    assert not shown(desk, course, "undo").needs_prescriber


def test_taking_back_a_smaller_dose_needs_a_prescriber_and_a_larger_one_does_not(desk: Desk, course: Course) -> None:
    """Doses never grow without an approval."""
    weigh_patient(desk, course.patient_id, "50")
    change(desk, course, "weight")
    assert shown(desk, course, "undo").needs_prescriber
    weigh_patient(desk, course.patient_id, "90")
    change(desk, course, "weight")
    assert not shown(desk, course, "undo").needs_prescriber


def test_taking_back_a_product_switch_begins_at_the_initial_rate_when_a_dose_of_it_was_given(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    give(desk, course, 1)
    change(desk, course, "product", product_id="privigen-10")
    clock.advance(timedelta(days=2))
    give(desk, look_up_course(desk, course.id).course, 2)
    ripple = shown(desk, course, "undo")
    assert ripple.needs_prescriber
    after = accept(desk, ripple, "Back in stock", "Dr S. Kim")
    assert [after.product_of(dose).id for dose in after.doses[:3]] == ["cn-ph4-5", "privigen-10", "cn-ph4-5"]
    assert [dose.is_first_infusion for dose in after.doses[2:5]] == [True, False, False]
    assert "SR29" in {finding.code for finding in ripple.findings}
    assert after.doses[3:] == course.doses[3:]
