"""What is told of one invented patient of the practice ward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from ivigdesk.messages import Record


class Event(Record, frozen=True):
    """What happened at one dose.

    Attributes:
        kind: given unless said otherwise; `left` lets it become overdue.
        code, grade: side effect; empty for none.
        words: action or reason.
    """

    kind: Literal["given", "stopped", "not given", "postponed", "running", "left"] = "given"
    code: str = ""
    grade: str = ""
    words: str = ""


class Sample(Record, frozen=True):
    """One laboratory value.

    Attributes:
        days_ago: when it was taken, in days before today.
        test: id of the test.
        value, unit: as typed; an empty unit is the test's own.
    """

    days_ago: int
    test: str
    value: str
    unit: str = ""


class Happening(Record, frozen=True):
    """One clinical event beside the infusions.

    Attributes:
        days_ago: first day, in days before today.
        until_days_ago: last day; None while it lasts.
        kind: as in the record.
        more: other fields of its form.
    """

    days_ago: int
    kind: str
    until_days_ago: int | None = None
    more: Mapping[str, str] = msgspec.field(default_factory=dict)


class Story(Record, frozen=True):
    """One invented patient.

    Attributes:
        record_number: unique.
        patient: fields of the patient form.
        regimen, product: ids of the library.
        first_days_ago: first dose, in days before today; negative is ahead.
        planned_days_ago: day on which the course is planned.
        transplant_days_ago: None for no transplant.
        events: by dose number; a dose without one is given as planned.
        weight_grows_old: nobody weighs the patient again before a dose needs it.
        samples: laboratory values, oldest first; those from before the plan are recorded with it.
        happenings: clinical events, in the same way.
        approved_g: grams that somebody approved for the course; empty for no approval.
    """

    record_number: str
    patient: Mapping[str, Any]
    first_days_ago: int
    planned_days_ago: int
    transplant_days_ago: int | None
    regimen: str = "cmv-pneumonia-fred-hutch"
    product: str = "cn-ph4-5"
    antiviral: str = "ganciclovir"
    rounding: str = ""
    reason: str = ""
    events: Mapping[int, Event] = msgspec.field(default_factory=dict)
    weight_grows_old: bool = False
    samples: tuple[Sample, ...] = ()
    happenings: tuple[Happening, ...] = ()
    approved_g: str = ""
