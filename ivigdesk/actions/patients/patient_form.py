"""What is typed about a patient, and the form that would give a patient again."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import msgspec

from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import Record
from ivigdesk.units import centimetres, kilograms, plain


class PatientForm(Record, frozen=True):
    """What is typed about a patient: text as it stands in the fields; choices as their stored words.

    Attributes:
        id: made when the form opens, so that saving twice makes one patient.
        record_number, family_name, given_name, birth_on: needed.
        birth_on, transplant_on, weighed_on: `2026-10-06`, or `t` and `+1d` relative to today.
        weight: kilograms; height: centimetres; igg: IgG in g/L, measured on `igg_on`. Empty when unknown.
        earlier_transplants_on: dates with commas between them, in any order; empty when there was no other.
        sex, allergy_state, blood_group, ...: one of the words of the record's type.
    """

    id: UUID = msgspec.field(default_factory=uuid4)
    record_number: str = ""
    family_name: str = ""
    given_name: str = ""
    local_name: str = ""
    birth_on: str = ""
    sex: str = "unknown"
    bed: str = ""
    diagnosis: str = ""
    consultant: str = ""
    allergy_state: str = "not recorded"
    allergies: str = ""
    earlier_reactions: str = ""
    blood_group: str = "unknown"
    rhesus: str = "unknown"
    donor_blood_group: str = "unknown"
    cmv: str = "unknown"
    donor_cmv: str = "unknown"
    transplant_on: str = ""
    transplant_kind: str = "unknown"
    donor: str = ""
    stem_cell_source: str = ""
    risks: tuple[str, ...] = ()
    pregnant: bool = False
    weight: str = ""
    weighed_on: str = ""
    height: str = ""
    igg: str = ""
    igg_on: str = ""
    had_immunoglobulin: bool = False
    earlier_transplants_on: str = ""
    donor_kind: str = "unknown"
    conditions: tuple[str, ...] = ()
    medicines: str = ""


class Refused(KnownError):
    """A form with mistakes: nothing was saved.

    Attributes:
        mistakes: one for each field that cannot be taken, in the order of the form.
    """

    def __init__(self, mistakes: tuple[UserMistake, ...]) -> None:
        super().__init__(mistakes[0].message)
        self.mistakes = mistakes


_READ_BACK = (
    "birth_on", "transplant_on", "earlier_transplants_on", "weighed_on", "weight", "height", "igg", "igg_on",
)  # fmt: skip


def form_of(patient: Patient) -> PatientForm:
    """Return the form that would give `patient` again."""

    def day(value: date | None) -> str:
        return value.isoformat() if value else ""

    return PatientForm(
        **{name: getattr(patient, name) for name in PatientForm.__struct_fields__ if name not in _READ_BACK},
        birth_on=day(patient.birth_on),
        transplant_on=day(patient.transplant_on),
        earlier_transplants_on=", ".join(map(day, patient.earlier_transplants_on)),
        weighed_on=day(patient.weighed_on),
        igg=plain(patient.igg_g_per_l) if patient.igg_g_per_l is not None else "",
        igg_on=day(patient.igg_on),
        weight=plain(kilograms(patient.weight_g)) if patient.weight_g is not None else "",
        height=plain(centimetres(patient.height_mm)) if patient.height_mm is not None else "",
    )
