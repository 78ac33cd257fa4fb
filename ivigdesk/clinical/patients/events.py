"""What happened to a patient beside infusions: infections, CMV, graft-versus-host disease, relapse, death."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args
from uuid import UUID

from ivigdesk.messages import Record

EventKind = Literal[
    "infection",
    "cmv",
    "acute-gvhd",
    "chronic-gvhd",
    "veno-occlusive-disease",
    "clot",
    "live-vaccine",
    "measles-exposure",
    "relapse",
    "withdrawal",
    "death",
]
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)

EventSeverity = Literal["", "mild", "moderate", "severe", "life-threatening"]
InfectionSite = Literal["", "blood", "lungs", "sinuses", "gut", "skin", "urinary-tract", "central-line", "other"]
CmvDisease = Literal["viraemia", "syndrome", "pneumonia-probable", "pneumonia-proven", "other-disease"]
YesNo = Literal["yes", "no", "unknown"]

ENDING: tuple[EventKind, ...] = ("withdrawal", "death")
"""After these the remaining doses cease, when a person confirms it."""


class ClinicalEvent(Record, frozen=True):
    """One event. A wrong one is replaced by another row, or withdrawn; nothing is overwritten.

    Attributes:
        id: UUID, made when the form opens.
        patient_id: whose.
        kind: what happened.
        on: first day.
        until: last day; None while it lasts, or for what has no length.
        severity: of an infection; of chronic GVHD (mild, moderate, severe).
        site: of an infection.
        organism: words; may be empty.
        is_bacterial, needed_iv_antibiotics: of an infection.
        cmv_disease: of a CMV event; None otherwise.
        grade: of acute GVHD, 1 to 4; None otherwise.
        note: words; may be empty.
        nurse, at: who recorded it, and when.
        replaces: id of the event that this one corrects; None for a new one.
        is_withdrawn: True when the corrected event was entered in error and nothing takes its place.
        reason: why it was corrected or withdrawn; empty for a new one.
    """

    id: UUID
    patient_id: UUID
    kind: EventKind
    on: date
    nurse: str
    at: datetime
    until: date | None = None
    severity: EventSeverity = ""
    site: InfectionSite = ""
    organism: str = ""
    is_bacterial: YesNo = "unknown"
    needed_iv_antibiotics: YesNo = "unknown"
    cmv_disease: CmvDisease | None = None
    grade: int | None = None
    note: str = ""
    replaces: UUID | None = None
    is_withdrawn: bool = False
    reason: str = ""

    def lasts_on(self, day: date) -> bool:
        """Whether it had begun and had not ended on `day`."""
        return self.on <= day and (self.until is None or day <= self.until)
