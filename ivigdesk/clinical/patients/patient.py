"""Who is treated: identity, transplant, risks and measurements."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ivigdesk.clinical.patients.conditions import Condition
from ivigdesk.messages import Record

Sex = Literal["female", "male", "unknown"]
BloodGroup = Literal["O", "A", "B", "AB", "unknown"]
Rhesus = Literal["positive", "negative", "unknown"]
Serostatus = Literal["positive", "negative", "unknown"]
TransplantKind = Literal["allogeneic", "autologous", "syngeneic", "unknown"]
AllergyState = Literal["known", "none known", "not recorded"]
Risk = Literal["renal", "thrombosis", "cardiac", "diabetes"]
DonorKind = Literal["matched-sibling", "matched-unrelated", "haploidentical", "cord-blood", "twin", "unknown"]


class Patient(Record, frozen=True):
    """One patient as known now. An edit is a new version with the same `id`.

    Attributes:
        id: UUID for life.
        record_number: the hospital's number, unique in the ward.
        family_name, given_name: as written on the wristband.
        local_name: the name in another script, e.g. 李娜; may be empty.
        birth_on: birth date.
        bed: where the patient lies; may be empty.
        allergies: words; meaningful when `allergy_state` is `known`.
        transplant_on: day 0 of the latest transplant; None when not (yet) known. Transplant days count from it.
        earlier_transplants_on: dates of the transplants before it, ascending.
        donor: words about the donor, e.g. unrelated.
        donor_kind: who gave the stem cells.
        stem_cell_source: words, e.g. bone marrow.
        earlier_reactions: earlier reactions to immunoglobulin or blood, in words; may be empty.
        height_mm: last height in millimetres; None when unknown.
        weight_g, weighed_on: last weight in grams and its date; both None when never weighed.
        igg_g_per_l, igg_on: last IgG level before treatment in g/L and its date; both None when unknown.
        conditions: what else is true of the patient, for the safety rules.
        medicines: other medicines in words; may be empty.
        had_immunoglobulin: True when an infusion within the last 8 weeks is known from elsewhere.
        invented: True on the practice ward.
    """

    id: UUID
    record_number: str
    family_name: str
    given_name: str
    birth_on: date
    local_name: str = ""
    sex: Sex = "unknown"
    bed: str = ""
    diagnosis: str = ""
    consultant: str = ""
    allergy_state: AllergyState = "not recorded"
    allergies: str = ""
    earlier_reactions: str = ""
    blood_group: BloodGroup = "unknown"
    rhesus: Rhesus = "unknown"
    donor_blood_group: BloodGroup = "unknown"
    cmv: Serostatus = "unknown"
    donor_cmv: Serostatus = "unknown"
    transplant_on: date | None = None
    transplant_kind: TransplantKind = "unknown"
    donor: str = ""
    stem_cell_source: str = ""
    risks: tuple[Risk, ...] = ()
    pregnant: bool = False
    height_mm: int | None = None
    weight_g: int | None = None
    weighed_on: date | None = None
    igg_g_per_l: Decimal | None = None
    igg_on: date | None = None
    had_immunoglobulin: bool = False
    invented: bool = False
    earlier_transplants_on: tuple[date, ...] = ()
    donor_kind: DonorKind = "unknown"
    conditions: tuple[Condition, ...] = ()
    medicines: str = ""

    @property
    def name(self) -> str:
        """Family name in capitals, given name, and the other script: `LI, Na 李娜`; a Chinese name as `李娜`."""
        return written_name(self.family_name, self.given_name, self.local_name)

    def age_on(self, day: date) -> int:
        """Return full years on `day`."""
        return age_on(self.birth_on, day)

    def transplant_day_on(self, day: date) -> int | None:
        """Return days since transplant (0 = day of stem-cell infusion), or None without a transplant date."""
        return None if self.transplant_on is None else (day - self.transplant_on).days


def written_name(family_name: str, given_name: str, local_name: str) -> str:
    """Return a name as it is read out: `LI, Na 李娜`; a Chinese name as `李娜`."""
    if family_name[:1] >= "\u2e80":
        written = f"{family_name}{given_name}"
    else:
        written = ", ".join(part for part in (family_name.upper(), given_name) if part)
    return f"{written} {local_name}".strip()


def age_on(birth_on: date, day: date) -> int:
    """Return full years on `day`. Born on 29 February: a year older on 1 March of a common year."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))
