"""A laboratory value is recorded once, corrected without losing the old one, and withdrawn with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.record_event import EventForm
from ivigdesk.actions.patients.record_event import record as record_event
from ivigdesk.actions.patients.record_lab_value import LabForm, history, lab_values, record, withdraw, withdrawn
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.laboratory.values import LAB_TESTS, LabValue
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.store import journal
from tests.actions.giving import give

replace = msgspec.structs.replace


def a_form(patient: Patient, **more: Any) -> LabForm:
    return LabForm(**{"patient_id": patient.id, "test": "igg", "value": "390", "unit": "mg/dL", **more})


def of(desk: Desk, patient: Patient, test: str) -> list[LabValue]:
    return [value for value in lab_values(desk, patient.id) if value.test == test]


def the_patient(desk: Desk, patient: Patient) -> Patient:
    found = desk.ward.patient(patient.id)
    assert found is not None
    return found


def test_a_value_is_stored_with_what_was_typed(desk: Desk, patient: Patient) -> None:
    stored = record(desk, a_form(patient, taken_on="-2"))
    assert (stored.value, stored.unit, stored.taken_on) == (Decimal("3.9"), "g/L", date(2026, 2, 28))
    assert (stored.entered_value, stored.entered_unit, stored.nurse) == ("390", "mg/dL", "A. Wong")
    assert of(desk, patient, "igg") == [stored]
    assert list(desk.ward.journal())[-1].action == "laboratory value recorded"
    assert desk.ward.check().is_sound


@pytest.mark.parametrize("test", LAB_TESTS)
def test_every_test_can_be_recorded(desk: Desk, patient: Patient, test: str) -> None:
    stored = record(desk, a_form(patient, test=test, value="39" if test != "height" else "170", unit=""))
    assert stored in lab_values(desk, patient.id)


def test_saving_a_form_twice_makes_one_value(desk: Desk, patient: Patient, clock: SetClock) -> None:
    form = a_form(patient)
    stored = record(desk, form)
    clock.advance(timedelta(seconds=2))
    head = desk.ward.journal_head()
    assert record(desk, form) == stored
    assert desk.ward.journal_head() == head
    with pytest.raises(KnownError, match="NOT saved"):
        record(desk, replace(form, value="400"))
    assert of(desk, patient, "igg") == [stored]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"test": "igm"}, "test"),
        ({"value": "400", "unit": "g/L"}, "value"),
        ({"value": ""}, "value"),
        ({"unit": "mmol/L"}, "unit"),
        ({"taken_on": "+1"}, "taken_on"),
        ({"taken_on": "2026-03-03"}, "taken_on"),
        ({"taken_on": "1979-08-13"}, "taken_on"),
        ({"taken_on": "2026-02-30"}, "taken_on"),
        ({"taken_on": ""}, "taken_on"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field(
    desk: Desk, patient: Patient, change: dict[str, str], field: str
) -> None:
    head = desk.ward.journal_head()
    with pytest.raises(UserMistake) as refused:
        record(desk, a_form(patient, **change))
    assert refused.value.field == field
    assert desk.ward.journal_head() == head


def test_today_and_the_birth_date_are_days_of_a_sample(desk: Desk, patient: Patient) -> None:
    record(desk, a_form(patient, taken_on="t"))
    record(desk, a_form(patient, taken_on="1979-08-14"))
    assert len(of(desk, patient, "igg")) == 2


def test_nothing_is_sampled_after_a_death(desk: Desk, patient: Patient) -> None:
    record_event(desk, EventForm(patient_id=patient.id, kind="death", on="-3"))
    record(desk, a_form(patient, taken_on="-3"))
    assert len(of(desk, patient, "igg")) == 1
    with pytest.raises(UserMistake, match="after the patient's death on 2026-02-27") as refused:
        record(desk, a_form(patient, taken_on="-2"))
    assert refused.value.field == "taken_on"


def test_a_correction_needs_a_reason_and_keeps_what_it_corrects(desk: Desk, patient: Patient) -> None:
    wrong = record(desk, a_form(patient))
    with pytest.raises(UserMistake) as refused:
        record(desk, a_form(patient, value="930", replaces=wrong.id))
    assert refused.value.field == "reason"
    right = record(desk, a_form(patient, value="930", replaces=wrong.id, reason="digits swapped"))
    assert of(desk, patient, "igg") == [right]
    assert history(desk, right.id) == (right, wrong)
    entry = list(desk.ward.journal())[-1]
    assert (entry.action, entry.reason) == ("laboratory value corrected", "digits swapped")


def test_a_value_that_was_corrected_in_the_meantime_is_not_corrected_again(desk: Desk, patient: Patient) -> None:
    wrong = record(desk, a_form(patient))
    record(desk, a_form(patient, value="930", replaces=wrong.id, reason="digits swapped"))
    with pytest.raises(KnownError, match="in the meantime"):
        record(desk, a_form(patient, value="940", replaces=wrong.id, reason="late"))
    with pytest.raises(KnownError, match="in the meantime"):
        withdraw(desk, wrong.id, patient.id, "late")
    assert [value.value for value in of(desk, patient, "igg")] == [Decimal("9.3")]
    assert the_patient(desk, patient).igg_g_per_l == Decimal("9.3")


def test_a_withdrawn_value_is_gone_from_the_list_and_stays_in_the_history(desk: Desk, patient: Patient) -> None:
    wrong = record(desk, a_form(patient))
    with pytest.raises(UserMistake):
        withdraw(desk, wrong.id, patient.id, " ")
    gone = withdraw(desk, wrong.id, patient.id, "another patient's sample")
    assert of(desk, patient, "igg") == []
    assert withdrawn(desk, patient.id) == (gone,)
    assert history(desk, gone.id) == (gone, wrong)
    with pytest.raises(KnownError, match="in the meantime"):
        withdraw(desk, wrong.id, patient.id, "again")


def test_a_value_of_one_test_cannot_become_one_of_another(desk: Desk, patient: Patient) -> None:
    wrong = record(desk, a_form(patient))
    form = a_form(patient, test="creatinine", value="80", unit="", replaces=wrong.id, reason="wrong line")
    with pytest.raises(UserMistake, match="Withdraw it") as refused:
        record(desk, form)
    assert refused.value.field == "test"


def test_what_is_not_there_is_said(desk: Desk, patient: Patient) -> None:
    with pytest.raises(KnownError, match="not in the ward"):
        record(desk, replace(a_form(patient), patient_id=uuid4()))
    with pytest.raises(KnownError, match="not in the ward"):
        record(desk, a_form(patient, replaces=uuid4(), reason="why"))
    with pytest.raises(KnownError, match="not in the ward"):
        withdraw(desk, uuid4(), patient.id, "why")
    stored = record(desk, a_form(patient))
    with pytest.raises(KnownError, match="not in the ward"):
        withdraw(desk, stored.id, uuid4(), "another patient's page")
    desk.nurse = ""
    with pytest.raises(KnownError, match="Nobody is on duty"):
        record(desk, a_form(patient))


def test_the_newest_measurement_becomes_the_patients_in_the_same_entry(
    desk: Desk, patient: Patient, clock: SetClock
) -> None:
    clock.advance(timedelta(days=1))
    entries = len(list(desk.ward.journal()))
    weight = record(desk, a_form(patient, test="weight", value="71,5", unit="kg"))
    now = the_patient(desk, patient)
    assert (now.weight_g, now.weighed_on) == (71_500, date(2026, 3, 3))
    assert len(list(desk.ward.journal())) == entries + 1
    assert list(desk.ward.journal())[-1].changes() == (weight, now)
    record(desk, a_form(patient, test="height", value="1.67", unit="m"))
    record(desk, a_form(patient))
    now = the_patient(desk, patient)
    assert (now.height_mm, now.igg_g_per_l, now.igg_on) == (1670, Decimal("3.9"), date(2026, 3, 3))


def test_an_older_measurement_changes_nothing_of_the_patient(desk: Desk, patient: Patient) -> None:
    record(desk, a_form(patient, test="weight", value="80", unit="kg", taken_on="-1"))
    record(desk, a_form(patient, test="height", value="150", unit="cm", taken_on="-1"))
    assert the_patient(desk, patient) == patient


def test_a_corrected_weight_is_corrected_in_the_patient_too(desk: Desk, patient: Patient, clock: SetClock) -> None:
    clock.advance(timedelta(days=1))
    wrong = record(desk, a_form(patient, test="weight", value="170", unit="kg"))
    right = record(desk, a_form(patient, test="weight", value="71", unit="kg", replaces=wrong.id, reason="slip"))
    assert the_patient(desk, patient).weight_g == 71_000
    withdraw(desk, right.id, patient.id, "another patient")
    now = the_patient(desk, patient)
    assert (now.weight_g, now.weighed_on) == (70_000, date(2026, 3, 2)), "the one before it is the newest again"


def test_a_correction_to_an_earlier_day_brings_back_the_newest(desk: Desk, patient: Patient, clock: SetClock) -> None:
    clock.advance(timedelta(days=5))
    wrong = record(desk, a_form(patient, test="weight", value="80", unit="kg"))
    record(
        desk,
        a_form(patient, test="weight", value="80", unit="kg", taken_on="2026-01-05", replaces=wrong.id, reason="x"),
    )
    assert the_patient(desk, patient) == patient


def test_the_only_weight_withdrawn_leaves_no_weight_to_dose_by(desk: Desk, patient: Patient) -> None:
    (weight,) = of(desk, patient, "weight")
    withdraw(desk, weight.id, patient.id, "another patient")
    now = the_patient(desk, patient)
    assert (now.weight_g, now.weighed_on) == (None, None)


def test_a_withdrawn_old_weight_leaves_the_present_one(desk: Desk, patient: Patient) -> None:
    old = record(desk, a_form(patient, test="weight", value="60", unit="kg", taken_on="2026-01-05"))
    withdraw(desk, old.id, patient.id, "another patient")
    assert the_patient(desk, patient) == patient


def test_a_refused_value_changes_nothing_of_the_patient(
    desk: Desk, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction: no value without the patient's new weight, no new weight without its value."""

    def refuse(*_: object) -> bool:
        raise RuntimeError("the disk is gone")

    writers: dict[Any, Any] = journal.WRITERS
    monkeypatch.setitem(writers, Patient, refuse)
    with pytest.raises(RuntimeError):
        record(desk, a_form(patient, test="weight", value="71", unit="kg"))
    assert [value.value for value in of(desk, patient, "weight")] == [70]


def test_below_the_limit_of_detection_is_kept(desk: Desk, patient: Patient) -> None:
    stored = record(desk, a_form(patient, test="cmv-pcr", value="<137", unit="copies/mL"))
    assert (stored.is_below, stored.value) == (True, Decimal(137))
    assert (stored.unit, stored.entered_value) == ("copies/mL", "<137")


def test_t13_a_level_on_treatment_does_not_become_the_level_before_it(
    desk: Desk, patient: Patient, course: Course, clock: SetClock
) -> None:
    record(desk, a_form(patient, value="3.1", unit="g/L"))
    assert the_patient(desk, patient).igg_g_per_l == Decimal("3.1")
    give(desk, course, 1)
    clock.advance(timedelta(days=2))
    record(desk, a_form(patient, value="7.4", unit="g/L"))
    assert the_patient(desk, patient).igg_g_per_l == Decimal("3.1")
    assert [value.value for value in of(desk, patient, "igg")] == [Decimal("3.1"), Decimal("7.4")]
