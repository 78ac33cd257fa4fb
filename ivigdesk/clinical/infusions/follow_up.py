"""What a side effect means for later doses, as somebody decided it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ivigdesk.clinical.infusions.side_effects import Consequence
from ivigdesk.messages import Record

Decision = Literal["accepted", "declined"]


class FollowUp(Record, frozen=True):
    """One proposed consequence of a side effect, accepted or declined.

    Accepted, it holds for every dose that comes after `dose_id` by date, until it is taken back.

    Attributes:
        id: UUID.
        course_id: the course whose later doses it is about.
        dose_id: the dose at which the side effect was recorded.
        effect_id: the side effect.
        consequence: code of the catalogue, such as `SLOW` or `PREMED`.
        decision: accepted or declined.
        ml_per_h: for `SLOW` the fastest rate of later doses; None otherwise.
        detail: what exactly, in words, such as `paracetamol 1 g 30 min before`; may be empty.
        prescriber: on whose word; may be empty where the nurse may decide.
        reason: why it was declined or taken back; may be empty when accepted.
        nurse, at: who recorded it, and when.
        replaces, is_withdrawn: the record that this one corrects, or takes back.
    """

    id: UUID
    course_id: UUID
    dose_id: UUID
    effect_id: UUID
    consequence: Consequence
    decision: Decision
    nurse: str
    at: datetime
    ml_per_h: Decimal | None = None
    detail: str = ""
    prescriber: str = ""
    reason: str = ""
    replaces: UUID | None = None
    is_withdrawn: bool = False
