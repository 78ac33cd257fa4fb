"""What somebody should know is said at the doses that a change touches, and at no others."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import msgspec
import pytest

from ivigdesk.actions.courses.changing import Ripple
from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.patients.register_patient import register_patient, weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.scheduling.closures import WardDays
from ivigdesk.wording import NO_BREAK, Wording
from tests.actions.changing import change, shown
from tests.actions.giving import give
from tests.conftest import cmv_plan, li_na

Said = dict[int, list[tuple[str, str]]]


def said(made: Ripple, kind: str, language: str = "en") -> Said:
    """Return the notes of one kind with their severity, by number of the dose."""
    words = Wording(language)
    found: Said = {}
    for row in made.rows:
        for note in row.notes:
            if note.kind == kind:
                text = words.say(note.message).replace(NO_BREAK, " ")
                found.setdefault(row.number, []).append((note.severity, text))
    return found


def another(desk: Desk, number: int) -> Patient:
    return register_patient(desk, msgspec.structs.replace(li_na(), record_number=f"BMT-{number}", bed=str(number)))


def test_a_broken_interval_is_said(desk: Desk, course: Course) -> None:
    made = shown(desk, course, "postpone", 4, "2026-03-09")
    assert said(made, "gap") == {
        4: [
            ("warn", "3 days after dose 3; 2 expected."),
            ("warn", "Only 1 day before dose 5; 2 expected."),
        ]
    }


def test_a_change_within_the_tolerance_says_nothing_of_intervals(desk: Desk, course: Course) -> None:
    assert said(shown(desk, course, "postpone", 11, "2026-04-07"), "gap") == {}
    assert said(shown(desk, course, "omit", 11), "gap") == {}


def test_a_closed_weekday_and_a_closed_date_are_said(desk: Desk, course: Course) -> None:
    days = WardDays(open_weekdays=(0, 1, 2, 3, 4, 5), closed_on=(date(2026, 4, 7),))
    set_ward(desk, msgspec.structs.replace(desk.settings, days=days))
    assert said(shown(desk, course, "postpone", 9, "2026-03-29"), "closed") == {
        9: [("warn", "The ward is closed on this weekday.")]
    }
    assert said(shown(desk, course, "postpone", 11, "2026-04-07"), "closed") == {
        11: [("warn", "The ward is closed on this date.")]
    }
    assert said(shown(desk, course, "postpone", 9, "2026-03-28"), "closed") == {}
    assert said(shown(desk, course, "omit", 4), "closed") == {}, "dose 4 on a Sunday is only left out"
    assert said(shown(desk, course, "add", to="2026-03-29"), "closed") == {
        12: [("warn", "The ward is closed on this weekday.")]
    }
    change(desk, course, "hold", 4)
    assert 4 in said(shown(desk, course, "resume", 4), "closed"), "it would take place on a Sunday again"


def test_a_public_holiday_is_named_in_the_readers_language(desk: Desk, course: Course) -> None:
    made = shown(desk, course, "bring-forward", 11, "2026-04-05")
    assert said(made, "holiday") == {}, "the ward has chosen no country"
    set_ward(desk, msgspec.structs.replace(desk.settings, country="CN"))
    made = shown(desk, course, "bring-forward", 11, "2026-04-05")
    assert said(made, "holiday") == {11: [("info", "Public holiday: Tomb-Sweeping Day.")]}
    assert "清明节" in said(made, "holiday", "zh_CN")[11][0][1]
    assert said(made, "closed") == {}, "it closes on none"
    assert said(shown(desk, course, "postpone", 11, "2026-04-08"), "holiday") == {}
    set_ward(desk, msgspec.structs.replace(desk.settings, closes_on_holidays=True))
    assert said(shown(desk, course, "bring-forward", 11, "2026-04-05"), "closed") == {
        11: [("warn", "The ward is closed on this date.")]
    }


def test_criteria_that_stop_being_met_warn_and_other_changes_of_them_only_tell(desk: Desk, patient: Patient) -> None:
    """Transplant day 100 is the last one on which the payment rule holds; the move of one day goes past it."""
    course = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Paid by the hospital")
    made = shown(desk, course, "postpone", 10, "2026-03-31")
    words = "CMS (US Medicare coverage): criteria met until now, needs justification on the new date."
    assert said(made, "criteria") == {10: [("warn", f"Criteria: {words}")]}
    after = change(desk, course, "postpone", 10, "2026-03-31")
    assert "CMS-4" in {finding.code for finding in after.dose(10).findings}
    back = shown(desk, course, "bring-forward", 10, "2026-03-30")
    assert [severity for severity, _text in said(back, "criteria")[10]] == ["info"]
    assert said(shown(desk, course, "postpone", 9, "2026-03-24"), "criteria") == {}
    assert said(shown(desk, course, "omit", 11), "criteria") == {}, "not met before, and left out now"
    added = shown(desk, course, "add", to="2026-04-20")
    assert said(added, "criteria") == {
        12: [("warn", "Criteria: CMS (US Medicare coverage): needs justification on this date.")]
    }


def test_an_added_dose_of_which_the_criteria_say_what_they_say_of_all_others_brings_nothing_new(
    desk: Desk, course: Course
) -> None:
    assert {dose.criteria.outcome for dose in course.doses if dose.criteria} == {"cannot_be_checked"}
    assert said(shown(desk, course, "add", to="2026-03-19"), "criteria") == {}


def test_a_dose_that_moves_back_is_met_again_and_loses_what_was_said_of_the_later_day(
    desk: Desk, patient: Patient
) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Paid by the hospital")
    change(desk, course, "postpone", 10, "2026-03-31")
    back = change(desk, course, "bring-forward", 10, "2026-03-30").dose(10)
    assert back.criteria is not None
    assert back.criteria.outcome == "met"
    assert {"SR26", "CMS-4"}.isdisjoint({finding.code for finding in back.findings})


def test_doses_that_do_not_move_keep_what_was_said_of_them(desk: Desk, patient: Patient) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Paid by the hospital")
    made = shown(desk, course, "postpone", 4, "2026-03-09")
    assert [dose for dose in made.doses if dose.number != 4] == [dose for dose in course.doses if dose.number != 4]


def test_a_day_with_more_infusions_than_the_ward_can_give_is_said_with_numbers(
    desk: Desk, course: Course, clock: SetClock
) -> None:
    for number in (1, 2):
        form = cmv_plan(another(desk, number), first_on="2026-03-03")
        confirm(desk, propose(desk, form), "Two courses", "Dr S. Kim")
    assert said(shown(desk, course, "postpone", 4, "2026-03-09"), "capacity") == {}, "the ward has set no limit"
    set_ward(desk, msgspec.structs.replace(desk.settings, most_doses_a_day=2))
    full = said(shown(desk, course, "postpone", 4, "2026-03-09"), "capacity")
    assert list(full) == [4]
    assert full[4][0][0] == "warn"
    assert full[4][0][1].startswith("More than the ward can give: 3 infusions,")
    assert full[4][0][1].endswith("the ward can give 2 a day.")
    set_ward(desk, msgspec.structs.replace(desk.settings, most_doses_a_day=3))
    assert said(shown(desk, course, "postpone", 4, "2026-03-09"), "capacity") == {}
    minutes = int(course.dose(4).rate_card.duration_min) + 1
    set_ward(desk, msgspec.structs.replace(desk.settings, most_doses_a_day=None, most_minutes_a_day=3 * minutes))
    assert said(shown(desk, course, "postpone", 4, "2026-03-09"), "capacity") == {}
    set_ward(desk, msgspec.structs.replace(desk.settings, most_minutes_a_day=3 * minutes - 5))
    assert list(said(shown(desk, course, "postpone", 4, "2026-03-09"), "capacity")) == [4]


def test_the_end_of_an_approval_is_said(desk: Desk, course: Course) -> None:
    limited = approved_until(desk, course, date(2026, 4, 6))
    made = shown(desk, limited, "postpone", 10, "2026-04-01", reach="rest")
    assert said(made, "approval") == {
        11: [("warn", "This is after Mon 06 Apr 2026, the last day that the approval covers.")]
    }
    assert said(shown(desk, limited, "postpone", 10, "2026-04-01"), "approval") == {}
    assert said(shown(desk, course, "postpone", 11, "2026-04-08"), "approval") == {}


def approved_until(desk: Desk, course: Course, day: date) -> Course:
    """Store a second course like this one whose approval ends on a day."""
    course_id = uuid4()
    doses = tuple(msgspec.structs.replace(dose, id=uuid4()) for dose in course.doses)
    revision = msgspec.structs.replace(course.revision, id=uuid4(), course_id=course_id, doses=doses)
    limited = msgspec.structs.replace(course, id=course_id, approved_until=day, revision=revision)
    with desk.ward.changing(nurse="A. Wong", at=desk.clock.now(), action="test") as journal:
        journal.add(limited)
    return limited


def test_more_grams_than_approved_are_said_where_they_are_added(desk: Desk, patient: Patient) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient, approved_g="110")))
    assert said(shown(desk, course, "add", to="2026-03-19"), "approval") == {
        12: [("warn", "The course takes 120 g from stock; 110 g are approved. Ask for 10 g more.")]
    }
    assert said(shown(desk, course, "postpone", 4, "2026-03-09"), "approval") == {}
    change(desk, course, "omit", 11)
    assert said(shown(desk, course, "add", to="2026-03-19"), "approval") == {}, "one is left out: 110 g again"
    change(desk, course, "add", to="2026-03-19")
    change(desk, course, "omit", 9)
    change(desk, course, "add", to="2026-03-26")
    weigh_patient(desk, patient.id, "85")
    heavier = said(shown(desk, course, "weight"), "approval")
    assert list(heavier) == [1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 10]


def test_another_course_on_the_same_day_is_said_and_one_that_overlaps_only_now(desk: Desk, patient: Patient) -> None:
    course = confirm(desk, propose(desk, cmv_plan(patient)))
    other_form = cmv_plan(patient, regimen_id="itp-1g-2-days", antiviral="", first_on="2026-04-09")
    other = confirm(desk, propose(desk, other_form), "Bleeding", "Dr S. Kim")
    same_day = said(shown(desk, course, "postpone", 11, "2026-04-10"), "overlap")
    text = (
        f"{other.code}: this patient has a dose of another course on this day. Ask the prescriber to merge them; both "
        "count together."
    )
    assert same_day[11][0] == ("hold", text)
    past_it = said(shown(desk, course, "postpone", 11, "2026-04-13"), "overlap")
    at_once = (
        f"{other.code}: this patient has another course at the same time. Ask the prescriber to merge them; both count "
        "together."
    )
    assert past_it == {11: [("hold", at_once)]}
    assert said(shown(desk, course, "postpone", 11, "2026-04-08"), "overlap") == {}
    change(desk, course, "postpone", 11, "2026-04-13")
    assert said(shown(desk, course, "postpone", 11, "2026-04-14"), "overlap") == {}, "they overlapped before"


def test_a_weight_that_becomes_too_old_is_said(desk: Desk, course: Course) -> None:
    """The patient was weighed on 2 March; a weight holds for 7 days."""
    assert said(shown(desk, course, "postpone", 4, "2026-03-09"), "rule") == {}
    assert said(shown(desk, course, "postpone", 1, "2026-03-03", reach="phase"), "rule") == {}
    assert said(shown(desk, course, "postpone", 4, "2026-03-10", reach="rest"), "rule") == {
        4: [("info", "Weigh again before this dose.")]
    }, "for the later ones it was too old before"
    assert said(shown(desk, course, "add", to="2026-03-19"), "rule") == {
        12: [("info", "Weigh again before this dose.")]
    }


def test_rows_that_are_not_touched_have_no_notes(desk: Desk, course: Course, clock: SetClock) -> None:
    set_ward(desk, msgspec.structs.replace(desk.settings, days=WardDays(open_weekdays=(0,)), most_doses_a_day=1))
    give(desk, course, 1)
    clock.advance(timedelta(days=1))
    made = shown(desk, course, "postpone", 4, "2026-03-09")
    assert all(row.is_changed or not row.notes for row in made.rows)
    severities = ["block", "hold", "warn", "info"]
    for row in made.rows:
        order = [severities.index(note.severity) for note in row.notes]
        assert order == sorted(order)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_note_can_be_worded(desk: Desk, course: Course, language: str) -> None:
    made = shown(desk, course, "postpone", 4, "2026-03-15", reach="rest")
    assert all(Wording(language).say(note.message) for row in made.rows for note in row.notes)
