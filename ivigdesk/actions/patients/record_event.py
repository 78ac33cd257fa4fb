"""Record what happened to a patient beside infusions, correct it, withdraw it; after an end, cease what remains."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.courses.cease_course import cease as cease  # the events page takes both from this room
from ivigdesk.actions.courses.cease_course import courses_to_cease as courses_to_cease
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import known_patient
from ivigdesk.actions.patients.dated_facts import (
    chosen,
    correction_reason,
    must_be_known,
    not_after_death,
    read_past_day,
    saved_already,
    withdrawal_of,
)
from ivigdesk.actions.words import one_line
from ivigdesk.clinical.patients.event_words import Details, details, kind_words
from ivigdesk.clinical.patients.events import ClinicalEvent, CmvDisease, EventKind, EventSeverity, InfectionSite, YesNo
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, Record, message

_GRADES = ("1", "2", "3", "4")


class EventForm(Record, frozen=True):
    """An event as typed; a detail that its kind does not have stays empty.

    Attributes:
        patient_id: whose.
        kind: one of the words of `EventKind`.
        on: first day; `t` is today.
        until: last day; empty while it lasts.
        severity, site, is_bacterial, needed_iv_antibiotics, cmv_disease: words of the record's types.
        grade: `1` to `4`, of acute GVHD.
        id: made when the form opens, so that saving twice makes one event.
        replaces: the event that this one corrects.
        reason: why; needed for a correction.
    """

    patient_id: UUID
    kind: str
    on: str = "t"
    until: str = ""
    severity: str = ""
    site: str = ""
    organism: str = ""
    is_bacterial: str = "unknown"
    needed_iv_antibiotics: str = "unknown"
    cmv_disease: str = ""
    grade: str = ""
    note: str = ""
    id: UUID = msgspec.field(default_factory=uuid4)
    replaces: UUID | None = None
    reason: str = ""


def record(desk: Desk, form: EventForm) -> ClinicalEvent:
    """Store an event, or the correction of one.

    Raises:
        UserMistake: an unknown word, a day that cannot be, a detail that is missing or that the kind does not have.
        KnownError: the patient or the corrected event is not known, or somebody corrected it in the meantime.
    """
    patient = known_patient(desk, form.patient_id)
    event = _read(desk, form, patient)
    stored = saved_already(event, desk.ward.event_history(form.id))
    if stored is not None:
        return stored
    if form.replaces is not None:
        must_be_known(desk.ward.event_history(form.replaces), patient.id, _EVENT)
    _only_one_death(desk, event)
    _store(desk, event, "event corrected" if form.replaces else "event recorded")
    return event


def withdraw(desk: Desk, event_id: UUID, patient_id: UUID, reason: str) -> ClinicalEvent:
    """Store that an event was entered in error and nothing takes its place; it stays in the history.

    Raises:
        UserMistake: the reason is missing.
        KnownError: the event is not known, or somebody corrected it in the meantime.
    """
    gone = must_be_known(desk.ward.event_history(event_id), patient_id, _EVENT)
    withdrawal = withdrawal_of(desk, gone, reason)
    _store(desk, withdrawal, "event withdrawn")
    return withdrawal


def events(desk: Desk, patient_id: UUID) -> tuple[ClinicalEvent, ...]:
    """Return the patient's current events, by first day."""
    return desk.ward.events_of(patient_id)


def history(desk: Desk, event_id: UUID) -> tuple[ClinicalEvent, ...]:
    """Return an event with all that it corrected, newest first."""
    return desk.ward.event_history(event_id)


def withdrawn(desk: Desk, patient_id: UUID) -> tuple[ClinicalEvent, ...]:
    """Return the withdrawals of the patient's events, by first day."""
    return desk.ward.withdrawn_events_of(patient_id)


_EVENT = message(N_("Event"))
_ON: Message = message(N_("Date"))
_UNTIL: Message = message(N_("Until"))
_NAMES = {
    "until": N_("Until"),
    "severity": N_("Severity"),
    "site": N_("Site"),
    "organism": N_("Organism"),
    "is_bacterial": N_("Bacterial"),
    "needed_iv_antibiotics": N_("Needed intravenous antibiotics"),
    "cmv_disease": N_("CMV disease"),
    "grade": N_("Grade"),
    "note": N_("Note"),
}


def _named(field: str) -> Message:
    return message(_NAMES[field])


def _read(desk: Desk, form: EventForm, patient: Patient) -> ClinicalEvent:
    kind: EventKind = _word(EventKind, form.kind, "kind", N_("Kind of event"))
    has = details(kind)
    _refuse_other_details(form, kind, has)
    on = read_past_day(desk, form.on, field="on", name=_ON, birth_on=patient.birth_on)
    not_after_death(desk, patient, on, field="on", name=_ON, besides=form.replaces)
    return ClinicalEvent(
        id=form.id,
        patient_id=patient.id,
        kind=kind,
        on=on,
        nurse=desk.must_have_nurse(),
        at=desk.clock.now(),
        until=_until(desk, form, patient, on),
        severity=_severity(form.severity, has),
        site=_word(InfectionSite, form.site, "site"),
        organism=one_line(form.organism, field="organism", name=_named("organism"), most=200),
        is_bacterial=_word(YesNo, form.is_bacterial, "is_bacterial"),
        needed_iv_antibiotics=_word(YesNo, form.needed_iv_antibiotics, "needed_iv_antibiotics"),
        cmv_disease=_word(CmvDisease, form.cmv_disease, "cmv_disease") if has.has_cmv_disease else None,
        grade=_grade(form.grade) if has.has_grade else None,
        note=one_line(form.note, field="note", name=_named("note"), most=500, required=has.needs_note),
        replaces=form.replaces,
        reason=correction_reason(form.reason, is_needed=form.replaces is not None),
    )


def _word(kind: Any, value: str, field: str, name: str = "") -> Any:
    return chosen(kind, value, field=field, name=message(name) if name else _named(field))


def _refuse_other_details(form: EventForm, kind: EventKind, has: Details) -> None:
    """Refuse a detail that a kind does not have: dropped in silence, somebody would believe it was recorded."""
    allowed = {
        "until": has.has_until,
        "severity": bool(has.severities),
        "site": has.is_infection,
        "organism": has.is_infection,
        "is_bacterial": has.is_infection,
        "needed_iv_antibiotics": has.is_infection,
        "cmv_disease": has.has_cmv_disease,
        "grade": has.has_grade,
    }
    for field, is_allowed in allowed.items():
        typed = getattr(form, field).strip()
        if not is_allowed and typed not in ("", "unknown"):
            raise UserMistake(
                field,
                message(
                    N_("{name}: “{value}” does not belong to {kind}. Leave it empty."),
                    name=_named(field),
                    value=typed,
                    kind=kind_words(kind),
                ),
            )


def _severity(value: str, has: Details) -> EventSeverity:
    severity: EventSeverity = _word(EventSeverity, value, "severity")
    if severity and severity not in has.severities:
        raise UserMistake(
            "severity",
            message(
                N_("{name}: “{value}” is not known. Allowed: {allowed}."),
                name=_named("severity"),
                value=value,
                allowed=has.severities,
            ),
        )
    return severity


def _grade(text: str) -> int:
    if text.strip() not in _GRADES:
        raise UserMistake(
            "grade",
            message(N_("Grade: “{value}” cannot be used. Allowed: {allowed}."), value=text.strip(), allowed=_GRADES),
        )
    return int(text)


def _until(desk: Desk, form: EventForm, patient: Patient, on: date) -> date | None:
    if not form.until.strip():
        return None
    until = read_past_day(desk, form.until, field="until", name=_UNTIL, birth_on=patient.birth_on)
    if until < on:
        raise UserMistake(
            "until",
            message(N_("{name}: {value} is before the first day, {first}."), name=_UNTIL, value=until, first=on),
        )
    not_after_death(desk, patient, until, field="until", name=_UNTIL, besides=form.replaces)
    return until


def _only_one_death(desk: Desk, event: ClinicalEvent) -> None:
    """Refuse a second death."""
    if event.kind != "death":
        return
    for other in desk.ward.events_of(event.patient_id):
        if other.id != event.replaces and other.kind == "death":
            raise UserMistake(
                "kind", message(N_("Kind of event: the death on {day} is recorded already."), day=other.on)
            )


def _store(desk: Desk, event: ClinicalEvent, action: str) -> None:
    with desk.ward.changing(nurse=event.nurse, at=event.at, action=action, reason=event.reason) as change:
        change.add(event)
