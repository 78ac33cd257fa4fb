"""What the ward knows of a patient beyond the identity: every fact that the rules may ask for, in one value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.conditions import Condition
from ivigdesk.clinical.patients.events import ClinicalEvent, CmvDisease
from ivigdesk.clinical.patients.patient import DonorKind, Serostatus, TransplantKind
from ivigdesk.messages import Record, Text


class EarlierDose(Record, frozen=True):
    """A dose of another course of the same patient, given or still planned.

    Attributes:
        on: the day on which it was given or is due.
        mg_per_kg: per kilogram; of a part that was given, the part.
        product_id: which product.
        course_code: of which course, for people.
        is_given: False while it is only planned or held. A dose entered in error is none.
    """

    on: date
    mg_per_kg: Decimal
    product_id: str
    course_code: str
    is_given: bool


class EarlierReaction(Record, frozen=True):
    """A side effect of an earlier dose of any course of the same patient.

    Attributes:
        on: first day.
        term: what it is called.
        term_id: code of the catalogue, e.g. `AE05`.
        grade: 1 to 5.
        product_id: which product was running.
        is_holding: True while a grade 3 or worse holds doses and no prescriber has released them; a dose held for
            another reason does not make it so.
    """

    on: date
    term: Text
    term_id: str
    grade: int
    product_id: str
    is_holding: bool


class Stated(Record, frozen=True):
    """An answer that the prescriber gave to something that criteria ask for and the ward keeps no record of.

    Attributes:
        fact: name of the fact, e.g. `antimicrobials_ineffective`; see `eligibility.asked.STATED`.
        is_so: the answer.
    """

    fact: str
    is_so: bool


class KnownFacts(Record, frozen=True):
    """Everything known of a patient that rules ask for. What is not here is not known, never assumed.

    Events and conditions are lists: what is not on them is taken as absent. `cmv_disease` and single values may be
    unknown, and then a rule that needs them cannot be checked.

    Attributes:
        transplant_kind, donor_kind: of the latest transplant.
        earlier_transplants_on: dates of the transplants before it, ascending.
        cmv, donor_cmv: serostatus.
        conditions: of the patient.
        medicines: other medicines in words, as recorded; drug names are looked for in them.
        labs: current laboratory values, by date.
        events: current clinical events, by date.
        earlier: doses of the patient's other courses, by date.
        reactions: side effects of all courses, by date.
        cmv_disease: as stated where no event is recorded: `none`, or None when not known.
        overlapping: codes of other courses of this patient that have doses still to come.
        stated: what the prescriber answered for the criteria; what is not here is not known.
    """

    transplant_kind: TransplantKind = "unknown"
    donor_kind: DonorKind = "unknown"
    earlier_transplants_on: tuple[date, ...] = ()
    cmv: Serostatus = "unknown"
    donor_cmv: Serostatus = "unknown"
    conditions: tuple[Condition, ...] = ()
    medicines: str = ""
    labs: tuple[LabValue, ...] = ()
    events: tuple[ClinicalEvent, ...] = ()
    earlier: tuple[EarlierDose, ...] = ()
    reactions: tuple[EarlierReaction, ...] = ()
    cmv_disease: CmvDisease | Literal["none"] | None = None
    overlapping: tuple[str, ...] = ()
    stated: tuple[Stated, ...] = ()

    def latest(self, test: LabTest, day: date) -> LabValue | None:
        """Return the newest value of a test that was taken up to `day`; None when there is none."""
        fitting = [value for value in self.labs if value.test == test and value.taken_on <= day]
        # Of two with the same day and time, the one that stands last.
        return max(reversed(fitting), key=lambda value: (value.taken_on, value.at), default=None)

    def has(self, *conditions: Condition) -> bool:
        """Whether one of these conditions is recorded."""
        return any(condition in self.conditions for condition in conditions)
