"""Exported dates: one event per dose for life, moved and cancelled by later files, naming nobody unless asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import msgspec
import pytest

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.look_up import known_course
from ivigdesk.actions.patients.initials import initials
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.actions.ward.export_calendar import course_calendar, ward_calendar
from ivigdesk.clinical.courses.course import Course, Dose, Revision
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.wording import Wording
from tests.conftest import cmv_plan, li_na
from tests.exchange.calendar_client import CalendarClient


def revise(desk: Desk, clock: SetClock, course: Course, change: Callable[[Dose], Dose | None], *added: Dose) -> Course:
    """Store the course's next revision, an hour later; a dose that `change` answers with None leaves the calendar."""
    clock.advance(timedelta(hours=1))
    in_force = known_course(desk, course.id)
    changed = (change(dose) for dose in in_force.doses)
    revision = Revision(
        id=uuid4(),
        course_id=course.id,
        number=in_force.revision.number + 1,
        doses=(*(dose for dose in changed if dose is not None), *added),
        reason="Fever",
        nurse="A. Wong",
        at=clock.now(),
    )
    with desk.ward.changing(nurse=revision.nurse, at=revision.at, action="dose postponed", reason="Fever") as journal:
        journal.add(revision)
    return msgspec.structs.replace(in_force, revision=revision)


def only(number: int, **more: object) -> Callable[[Dose], Dose]:
    """Return a change of one dose."""
    return lambda dose: msgspec.structs.replace(dose, **more) if dose.number == number else dose


def client_of(*files: bytes) -> CalendarClient:
    client = CalendarClient()
    for file in files:
        client.take(file)
    return client


def test_every_dose_is_one_event_with_its_own_name_for_life(desk: Desk, course: Course, english: Wording) -> None:
    client = client_of(course_calendar(desk, course.id, english))
    assert set(client.events) == {str(dose.id) for dose in course.doses}
    assert client.shown[0] == (date(2026, 3, 2), "IVIG 10 g · bed 07 · dose 1 of 11")
    assert client.shown[-1] == (date(2026, 4, 6), "IVIG 10 g · bed 07 · dose 11 of 11")
    event = client.event(course.doses[0].id)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    said = str(event["DESCRIPTION"]).split("\n")
    assert said[0].endswith("200 mL · 4 × 2.5 g")
    assert said[1:] == ["day +72", f"Course {course.code}, revision 1"]


def test_a_change_re_exported_updates_the_event_instead_of_doubling_it(
    desk: Desk, course: Course, clock: SetClock, english: Wording
) -> None:
    before = course_calendar(desk, course.id, english)
    revise(desk, clock, course, only(11, due_on=date(2026, 4, 8)))
    after = course_calendar(desk, course.id, english)
    client = client_of(before, after)
    assert len(client.events) == 11
    assert client.shown[-1][0] == date(2026, 4, 8)
    assert {event.decoded("SEQUENCE") for event in client.events.values()} == {1}
    event = client.event(course.doses[10].id)
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == clock.now()
    assert event.decoded("CREATED") == course.revision.at
    # An older file that arrives late changes nothing.
    client.take(before)
    assert client.shown[-1][0] == date(2026, 4, 8)


def test_the_same_state_gives_the_same_bytes_whenever_it_is_exported(
    desk: Desk, course: Course, clock: SetClock, english: Wording
) -> None:
    before = course_calendar(desk, course.id, english)
    clock.advance(timedelta(days=3))
    assert course_calendar(desk, course.id, english) == before


@pytest.mark.parametrize(
    ("state", "status", "word"),
    [("held", "TENTATIVE", "on hold"), ("omitted", "CANCELLED", "omitted"), ("ceased", "CANCELLED", "ceased")],
)
def test_what_the_ward_decided_about_a_dose_is_the_events_standing(
    desk: Desk, course: Course, clock: SetClock, english: Wording, state: str, status: str, word: str
) -> None:
    revise(desk, clock, course, only(3, state=state, reason="Fever"))
    event = client_of(course_calendar(desk, course.id, english)).event(course.doses[2].id)
    assert event["STATUS"] == status
    assert str(event["SUMMARY"]).endswith(f" · {word}")
    assert "Fever" not in event.to_ical().decode()


def test_an_omitted_dose_that_is_planned_again_comes_back(
    desk: Desk, course: Course, clock: SetClock, english: Wording
) -> None:
    files = [course_calendar(desk, course.id, english)]
    for state in ("omitted", "planned"):
        revise(desk, clock, course, only(3, state=state))
        files.append(course_calendar(desk, course.id, english))
    assert len(client_of(*files[:2]).shown) == 10
    assert len(client_of(*files).shown) == 11


def test_an_added_dose_appears_and_is_cancelled_when_the_addition_is_undone(
    desk: Desk, course: Course, clock: SetClock, english: Wording
) -> None:
    extra = msgspec.structs.replace(
        course.doses[-1], id=uuid4(), number=12, due_on=date(2026, 4, 13), planned_on=date(2026, 4, 13), is_extra=True
    )
    revise(desk, clock, course, lambda dose: dose, extra)
    added = course_calendar(desk, course.id, english)
    assert client_of(added).shown[-1] == (date(2026, 4, 13), "IVIG 10 g · bed 07 · dose 12 of 12")
    revise(desk, clock, course, lambda dose: None if dose.number == 12 else dose)
    undone = course_calendar(desk, course.id, english)
    client = client_of(added, undone)
    assert len(client.shown) == 11
    event = client.event(extra.id)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)
    assert str(event["SUMMARY"]).endswith("dose 12 of 12 · taken back")


def test_a_dose_entered_in_error_is_cancelled_and_its_replacement_is_not(
    desk: Desk, course: Course, clock: SetClock, english: Wording
) -> None:
    wrong = course.doses[0]
    giving.record_not_given(desk, wrong.id, "Mistaken patient")
    right = msgspec.structs.replace(wrong, id=uuid4(), number=12, replaces=wrong.id)
    revise(desk, clock, course, only(1, is_error=True), right)
    client = client_of(course_calendar(desk, course.id, english))
    assert client.event(wrong.id)["STATUS"] == "CANCELLED"
    assert client.event(right.id)["STATUS"] == "CONFIRMED"


def test_a_dose_given_late_stands_on_the_day_it_was_given_and_one_not_given_is_cancelled(
    desk: Desk, course: Course, clock: SetClock, english: Wording
) -> None:
    planned = course_calendar(desk, course.id, english)
    clock.advance(timedelta(days=3))
    infusion = giving.start_infusion(desk, course.doses[0].id, recorded_later=True)
    running = course_calendar(desk, course.id, english)
    for _ in range(4):
        vial = giving.VialForm(product_id="cn-ph4-5", mg=2500, lot="L1", expires_on="2027-01")
        giving.hang_vial(desk, infusion.id, vial)
    clock.advance(timedelta(hours=2))
    giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed"))
    giving.record_not_given(desk, course.doses[1].id, "Refused")
    given = course_calendar(desk, course.id, english)

    client = client_of(planned, running)
    assert (date(2026, 3, 5), "IVIG 10 g · bed 07 · dose 1 of 11 · running") in client.shown
    client.take(given)  # the revision is the same: the later time replaces what was known
    assert (date(2026, 3, 5), "IVIG 10 g · bed 07 · dose 1 of 11 · given") in client.shown
    assert client.event(course.doses[1].id)["STATUS"] == "CANCELLED"
    assert client.event(course.doses[1].id).decoded("DTSTART") == date(2026, 3, 4)
    assert len(client.events) == 11


def test_nobody_is_named_unless_it_is_asked_for(desk: Desk, course: Course, english: Wording) -> None:
    text = course_calendar(desk, course.id, english).decode().replace("\r\n ", "")
    for word in ("LI,", "Na", "李娜", "BMT-004217"):
        assert word not in text
    client = client_of(course_calendar(desk, course.id, english, named=True))
    event = client.event(course.doses[3].id)
    assert str(event["SUMMARY"]) == "IVIG 10 g · bed 07 · LI, Na 李娜 · dose 4 of 11"
    assert str(event["DESCRIPTION"]).startswith("LI, Na 李娜, BMT-004217\n")


def test_without_a_bed_the_initials_stand_there(desk: Desk, english: Wording) -> None:
    patient = register_patient(desk, msgspec.structs.replace(li_na(), bed=""))
    course = confirm(desk, propose(desk, cmv_plan(patient)))
    assert client_of(course_calendar(desk, course.id, english)).shown[0][1] == "IVIG 10 g · LN · dose 1 of 11"


def test_a_new_bed_reaches_a_calendar_though_no_dose_has_changed(
    desk: Desk, course: Course, patient: Patient, clock: SetClock, english: Wording
) -> None:
    client = client_of(course_calendar(desk, course.id, english))
    clock.advance(timedelta(minutes=5))
    with desk.ward.changing(nurse="A. Wong", at=clock.now(), action="patient edited") as journal:
        journal.add(msgspec.structs.replace(patient, bed="09"))
    client.take(course_calendar(desk, course.id, english))
    assert client.shown[0][1] == "IVIG 10 g · bed 09 · dose 1 of 11"


@pytest.mark.parametrize(
    ("family", "given", "expected"),
    [
        ("Li", "Na", "LN"),
        ("李", "娜", "LN"),
        ("王", "小明", "WXM"),
        ("王小明", "", "WXM"),
        ("欧阳", "震华", "OYZH"),
        ("曾", "平", "ZP"),
        ("单", "丽", "SL"),
        ("van der Berg", "Anna Maria", "VAM"),
        ("Østergård", "Åse", "ØÅ"),
        ("Child", "1", "C"),
        ("-", "", ""),
    ],
)
def test_initials_are_read_as_the_name_is(patient: Patient, family: str, given: str, expected: str) -> None:
    assert initials(msgspec.structs.replace(patient, family_name=family, given_name=given)) == expected


def test_the_wards_calendar_holds_the_days_asked_for(desk: Desk, course: Course, english: Wording) -> None:
    client = client_of(ward_calendar(desk, date(2026, 3, 4), date(2026, 3, 8), english))
    assert [day.day for day, _text in client.shown] == [4, 6, 8]
    with pytest.raises(KnownError, match="nothing to export"):
        ward_calendar(desk, date(2026, 5, 1), date(2026, 5, 31), english)
    with pytest.raises(UserMistake, match="before the first day"):
        ward_calendar(desk, date(2026, 3, 8), date(2026, 3, 4), english)


def test_a_dose_that_left_the_days_asked_for_is_told_of_on_its_new_day(
    desk: Desk, course: Course, clock: SetClock, english: Wording
) -> None:
    march = (date(2026, 3, 1), date(2026, 3, 31))
    client = client_of(ward_calendar(desk, *march, english))
    assert client.shown[-1][0] == date(2026, 3, 30)
    revise(desk, clock, course, only(10, due_on=date(2026, 4, 2)))
    client.take(ward_calendar(desk, *march, english))
    assert client.shown[-1][0] == date(2026, 4, 2)
    assert date(2026, 3, 30) not in [day for day, _text in client.shown]


def test_a_dose_given_on_a_day_asked_for_is_there_though_it_was_planned_for_another(
    desk: Desk, course: Course, clock: SetClock, english: Wording
) -> None:
    clock.advance(timedelta(days=1))
    giving.start_infusion(desk, course.doses[0].id, recorded_later=True)
    third = date(2026, 3, 3)
    assert [day for day, _text in client_of(ward_calendar(desk, third, third, english)).shown] == [third]


def test_the_file_speaks_the_readers_language(desk: Desk, course: Course, chinese: Wording) -> None:
    content = course_calendar(desk, course.id, chinese)
    assert b"//ZH\r\n" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
