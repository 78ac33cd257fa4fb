"""Dated tasks that doses bring with them: samples, laboratory values, checks, and when live vaccines may come."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ivigdesk.clinical.laboratory import LabTest
from ivigdesk.messages import Message, Record

TaskKind = Literal["laboratory", "sample", "check", "vaccine", "weight"]


class Task(Record, frozen=True):
    """One thing to be done in a span of days; derived from doses and facts, never stored.

    Attributes:
        code: of the rule, e.g. `SR10`, `LAB-IGG`.
        kind: what is done.
        what: in words.
        due_from, due_to: first and last day; the same for one day. None as last day for “from then on”.
        dose_number: which dose it belongs to; None for the whole course.
        source: evidence ids.
        test: laboratory test that settles it; None for another task.
        is_done: True when a value of `test` was recorded in the span.
    """

    code: str
    kind: TaskKind
    what: Message
    due_from: date
    due_to: date | None
    source: str
    dose_number: int | None = None
    test: LabTest | None = None
    is_done: bool = False
