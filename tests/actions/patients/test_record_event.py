"""What happened to a patient is recorded with its days and details; after an end the rest of a course ceases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.patients.record_event import (
    EventForm,
    cease,
    courses_to_cease,
    events,
    history,
    record,
    withdraw,
    withdrawn,
)
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.event_words import title_of
from ivigdesk.clinical.patients.events import EVENT_KINDS
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.wording import Wording
from tests.store import samples

replace = msgspec.structs.replace

NEEDED: dict[str, dict[str, str]] = {
    "cmv": {"cmv_disease": "viraemia"},
    "acute-gvhd": {"grade": "2"},
    "live-vaccine": {"note": "MMR"},
}
"""What a kind cannot do without."""


def a_form(patient: Patient, kind: str = "infection", **more: Any) -> EventForm:
    return EventForm(**{"patient_id": patient.id, "kind": kind, **NEEDED.get(kind, {}), **more})


def test_an_infection_is_stored_with_all_that_criteria_ask_for(desk: Desk, patient: Patient) -> None:
    stored = record(
        desk,
        a_form(
            patient, on="-10", until="-2", severity="severe", site="lungs", organism="S. pneumoniae",
            is_bacterial="yes", needed_iv_antibiotics="yes", note="ward 3",
        ),
    )  # fmt: skip
    assert (stored.on, stored.until) == (date(2026, 2, 20), date(2026, 2, 28))
    assert (stored.severity, stored.site, stored.is_bacterial) == ("severe", "lungs", "yes")
    assert (stored.cmv_disease, stored.grade) == (None, None)
    assert events(desk, patient.id) == (stored,)
    assert desk.ward.check().is_sound


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_every_kind_can_be_recorded_with_what_it_needs(desk: Desk, patient: Patient, kind: str) -> None:
    stored = record(desk, a_form(patient, kind))
    assert events(desk, patient.id) == (stored,)
    for language in ("en", "zh_CN"):
        assert Wording(language).say(title_of(stored))


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("fever", {}, "kind"),
        ("infection", {"on": "+1"}, "on"),
        ("infection", {"on": ""}, "on"),
        ("infection", {"on": "1979-08-13"}, "on"),
        ("infection", {"until": "-1"}, "until"),
        ("infection", {"until": "+1"}, "until"),
        ("infection", {"site": "foot"}, "site"),
        ("infection", {"severity": "bad"}, "severity"),
        ("infection", {"is_bacterial": "perhaps"}, "is_bacterial"),
        ("infection", {"needed_iv_antibiotics": ""}, "needed_iv_antibiotics"),
        ("infection", {"organism": "x" * 201}, "organism"),
        ("infection", {"grade": "2"}, "grade"),
        ("infection", {"cmv_disease": "viraemia"}, "cmv_disease"),
        ("cmv", {"cmv_disease": ""}, "cmv_disease"),
        ("cmv", {"cmv_disease": "none"}, "cmv_disease"),
        ("cmv", {"site": "lungs"}, "site"),
        ("acute-gvhd", {"grade": ""}, "grade"),
        ("acute-gvhd", {"grade": "0"}, "grade"),
        ("acute-gvhd", {"grade": "5"}, "grade"),
        ("acute-gvhd", {"grade": "II"}, "grade"),
        ("acute-gvhd", {"severity": "mild"}, "severity"),
        ("chronic-gvhd", {"severity": "life-threatening"}, "severity"),
        ("chronic-gvhd", {"grade": "2"}, "grade"),
        ("live-vaccine", {"note": ""}, "note"),
        ("live-vaccine", {"until": "t"}, "until"),
        ("measles-exposure", {"until": "t"}, "until"),
        ("relapse", {"severity": "severe"}, "severity"),
        ("death", {"until": "t"}, "until"),
        ("clot", {"is_bacterial": "yes"}, "is_bacterial"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field(
    desk: Desk, patient: Patient, kind: str, change: dict[str, str], field: str
) -> None:
    head = desk.ward.journal_head()
    with pytest.raises(UserMistake) as refused:
        record(desk, a_form(patient, kind, **change))
    assert refused.value.field == field
    assert Wording("zh_CN").say_error(refused.value)
    assert desk.ward.journal_head() == head


@pytest.mark.parametrize("grade", ["1", "2", "3", " 4 "])
def test_acute_gvhd_has_grades_one_to_four(desk: Desk, patient: Patient, grade: str) -> None:
    assert record(desk, a_form(patient, "acute-gvhd", grade=grade)).grade == int(grade)


def test_an_event_may_last_one_day_or_go_on(desk: Desk, patient: Patient) -> None:
    assert record(desk, a_form(patient, on="-1", until="-1")).lasts_on(date(2026, 3, 1))
    assert record(desk, a_form(patient, on="-1")).lasts_on(date(2030, 1, 1))


def test_saving_a_form_twice_makes_one_event(desk: Desk, patient: Patient, clock: SetClock) -> None:
    form = a_form(patient)
    stored = record(desk, form)
    clock.advance(timedelta(seconds=2))
    head = desk.ward.journal_head()
    assert record(desk, form) == stored
    assert desk.ward.journal_head() == head
    with pytest.raises(KnownError, match="NOT saved"):
        record(desk, replace(form, site="skin"))


def test_a_correction_and_a_withdrawal_keep_what_was_said(desk: Desk, patient: Patient) -> None:
    wrong = record(desk, a_form(patient, "acute-gvhd"))
    with pytest.raises(UserMistake):
        record(desk, a_form(patient, "chronic-gvhd", severity="mild", replaces=wrong.id))
    right = record(desk, a_form(patient, "chronic-gvhd", severity="mild", replaces=wrong.id, reason="chronic"))
    assert events(desk, patient.id) == (right,)
    with pytest.raises(KnownError, match="in the meantime"):
        record(desk, a_form(patient, "clot", replaces=wrong.id, reason="late"))
    gone = withdraw(desk, right.id, patient.id, "another patient")
    assert events(desk, patient.id) == ()
    assert withdrawn(desk, patient.id) == (gone,)
    assert history(desk, gone.id) == (gone, right, wrong)


def test_what_is_not_there_is_said(desk: Desk, patient: Patient) -> None:
    stored = record(desk, a_form(patient))
    with pytest.raises(KnownError, match="not in the ward"):
        record(desk, replace(a_form(patient), patient_id=uuid4()))
    with pytest.raises(KnownError, match="not in the ward"):
        record(desk, a_form(patient, replaces=uuid4(), reason="why"))
    with pytest.raises(KnownError, match="not in the ward"):
        withdraw(desk, uuid4(), patient.id, "why")
    with pytest.raises(KnownError, match="not in the ward"):
        withdraw(desk, stored.id, uuid4(), "another patient's page")
    assert events(desk, patient.id) == (stored,)


def test_nobody_dies_twice_and_nothing_happens_after_a_death(desk: Desk, patient: Patient) -> None:
    death = record(desk, a_form(patient, "death", on="-2"))
    with pytest.raises(UserMistake, match="recorded already"):
        record(desk, a_form(patient, "death", on="-2"))
    with pytest.raises(UserMistake, match="after the patient's death"):
        record(desk, a_form(patient, on="-1"))
    with pytest.raises(UserMistake, match="after the patient's death"):
        record(desk, a_form(patient, on="-3", until="t"))
    same_day = record(desk, a_form(patient, on="-2", until="-2"))
    corrected = record(desk, a_form(patient, "death", on="-1", replaces=death.id, reason="after midnight"))
    assert events(desk, patient.id) == (same_day, corrected)


# The end of a course


def test_only_an_end_asks_to_cease_courses(desk: Desk, course: Course) -> None:
    patient = look_up_course(desk, course.id).patient
    record(desk, a_form(patient, "relapse"))
    assert courses_to_cease(desk, patient.id) == ()
    record(desk, a_form(patient, "withdrawal"))
    assert [view.course.id for view in courses_to_cease(desk, patient.id)] == [course.id]


def test_a_withdrawn_death_asks_for_nothing(desk: Desk, course: Course) -> None:
    patient = look_up_course(desk, course.id).patient
    death = record(desk, a_form(patient, "death"))
    withdraw(desk, death.id, patient.id, "another patient")
    assert courses_to_cease(desk, patient.id) == ()


def test_ceasing_is_one_revision_and_leaves_what_was_given(desk: Desk, course: Course, clock: SetClock) -> None:
    infusion = _given(desk, course, 1)
    clock.advance(timedelta(days=1))
    record(desk, a_form(look_up_course(desk, course.id).patient, "death"))
    ceased = cease(desk, course.id, "died on the ward")
    assert ceased.revision.number == course.revision.number + 1
    view = look_up_course(desk, course.id)
    assert [one.status for one in view.doses] == ["given"] + ["ceased"] * (len(course.doses) - 1)
    assert {one.dose.reason for one in view.doses[1:]} == {"died on the ward"}
    assert view.doses[0].infusion == infusion
    assert [dose.id for dose in ceased.doses] == [dose.id for dose in course.doses]
    assert courses_to_cease(desk, course.patient_id) == ()
    assert len(desk.ward.revisions_of(course.id)) == 2
    assert desk.ward.check().is_sound
    with pytest.raises(KnownError, match="No dose of this course remains"):
        cease(desk, course.id, "again")


def test_held_doses_cease_too_and_omitted_ones_stay_omitted(desk: Desk, course: Course) -> None:
    doses = tuple(
        replace(dose, state=state, reason="x") if state else dose
        for dose, state in zip(course.doses, ["omitted", "held", *[""] * len(course.doses)], strict=False)
    )
    revision = replace(course.revision, id=uuid4(), number=2, doses=doses)
    with desk.ward.changing(nurse="A. Wong", at=desk.clock.now(), action="test") as change:
        change.add(revision)
    ceased = cease(desk, course.id, "withdrawn")
    assert [dose.state for dose in ceased.doses][:3] == ["omitted", "ceased", "ceased"]


def test_a_running_infusion_is_stopped_first(desk: Desk, course: Course) -> None:
    _started(desk, course, 1)
    head = desk.ward.journal_head()
    with pytest.raises(KnownError, match="Dose 1 is running"):
        cease(desk, course.id, "died")
    assert desk.ward.journal_head() == head


def test_ceasing_needs_its_reason(desk: Desk, course: Course) -> None:
    with pytest.raises(UserMistake) as refused:
        cease(desk, course.id, " ")
    assert refused.value.field == "reason"


def _started(desk: Desk, course: Course, number: int) -> Any:
    now = desk.clock.now()
    infusion = samples.an_infusion(id=uuid4(), dose_id=course.dose(number).id, started_at=now, at=now)
    with desk.ward.changing(nurse="A. Wong", at=now, action="test") as change:
        change.add(infusion)
    return infusion


def _given(desk: Desk, course: Course, number: int) -> Any:
    infusion = _started(desk, course, number)
    end = samples.an_end(infusion, ended_at=desk.clock.now(), at=desk.clock.now())
    with desk.ward.changing(nurse="A. Wong", at=desk.clock.now(), action="test") as change:
        change.add(end)
    return replace(infusion, end=end)
