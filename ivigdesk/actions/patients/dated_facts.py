"""What laboratory values and clinical events have in common: days that can be, reasons, saving the same form twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar, cast, get_args
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.words import one_line, read_date
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Message, Text, message

F = TypeVar("F", LabValue, ClinicalEvent)

_LONGEST_REASON = 500


def read_past_day(desk: Desk, text: str, *, field: str, name: Message, birth_on: date) -> date:
    """Return the typed day of something that has happened; `t` is today.

    Raises:
        UserMistake: no date, one in the future, or before the birth date.
    """
    now = today(desk.clock)
    day = read_date(text, field=field, name=name, base=now)
    not_in_the_future(day, field=field, name=name, now=now)
    not_before_birth(day, field=field, name=name, birth_on=birth_on)
    return day


def not_in_the_future(day: date, *, field: str, name: Message, now: date) -> None:
    """Accept a day up to `now`, the ward's today.

    Raises:
        UserMistake: it lies in the future.
    """
    if day > now:
        raise UserMistake(
            field, message(N_("{name}: {value} is in the future. Allowed: up to today."), name=name, value=day)
        )


def not_before_birth(day: date, *, field: str, name: Message, birth_on: date) -> None:
    """Accept a day from birth on.

    Raises:
        UserMistake: it is before the birth date.
    """
    if day < birth_on:
        raise UserMistake(
            field,
            message(N_("{name}: {value} is before the birth date {birth}."), name=name, value=day, birth=birth_on),
        )


def not_after_death(
    desk: Desk, patient: Patient, day: date, *, field: str, name: Message, besides: UUID | None = None
) -> None:
    """Accept a day up to that of the patient's death.

    Args:
        besides: a death that is just being corrected.

    Raises:
        UserMistake: the patient had died before.
    """
    for event in desk.ward.events_of(patient.id):
        if event.kind == "death" and event.id != besides and day > event.on:
            raise UserMistake(
                field,
                message(
                    N_("{name}: {value} is after the patient's death on {death}."),
                    name=name,
                    value=day,
                    death=event.on,
                ),
            )


def chosen(kind: Any, value: str, *, field: str, name: Message) -> Any:
    """Return `value` when it is one of the words of the `Literal` type `kind`.

    Raises:
        UserMistake: it is not; the sentence says which are.
    """
    allowed = cast(tuple[str, ...], get_args(kind))
    if value not in allowed:
        raise UserMistake(
            field,
            message(
                N_("{name}: “{value}” is not known. Allowed: {allowed}."),
                name=name,
                value=value,
                allowed=tuple(word for word in allowed if word),
            ),
        )
    return value


def correction_reason(text: str, *, is_needed: bool) -> str:
    """Return why something is corrected or withdrawn; empty for something new.

    Raises:
        UserMistake: it is needed and empty, too long, or cannot be printed.
    """
    if not is_needed:
        return ""
    return one_line(text, field="reason", name=message(N_("Reason")), most=_LONGEST_REASON, required=True)


def must_be_known(history: tuple[F, ...], patient_id: UUID, name: Message | Text) -> F:
    """Return the record that is corrected or withdrawn, the first of its history.

    Raises:
        KnownError: the ward has no such record of this patient.
    """
    if not history or history[0].patient_id != patient_id:
        raise KnownError(message(N_("{name}: this record is not in the ward's file. Nothing was saved."), name=name))
    return history[0]


def saved_already(record: F, history: Iterable[F]) -> F | None:
    """Return the stored record when the same form was saved before with the same content; else None."""
    for stored in history:
        if stored.id == record.id and msgspec.structs.replace(record, nurse=stored.nurse, at=stored.at) == stored:
            return stored
    return None


def withdrawal_of(desk: Desk, gone: F, reason: str) -> F:
    """Return the row which says that `gone` was entered in error and nothing takes its place.

    Raises:
        UserMistake: the reason is missing.
    """
    return msgspec.structs.replace(
        gone,
        id=uuid4(),
        nurse=desk.must_have_nurse(),
        at=desk.clock.now(),
        replaces=gone.id,
        is_withdrawn=True,
        reason=correction_reason(reason, is_needed=True),
    )
