"""The shapes of the safety files: numbers that rules compare with, and names of medicines."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ivigdesk.clinical.library_file import ValueSource, as_record, read_record, read_tables, refusal, split_sources
from ivigdesk.messages import N_, Record, Text, message

MedicineEffect = Literal["kidneys", "renally-dosed", "loop-diuretic"]


class KidneyThresholds(Record, frozen=True):
    """When the kidneys are too weak to go on without a specialist.

    Attributes:
        egfr_below: mL/min/1.73 m².
        creatinine_ratio: of the baseline, reached or passed.
        creatinine_rise_umol_per_l, creatinine_rise_days: a rise by so much within so many days.
        baseline_days: the lowest creatinine of so many days before the newest is the baseline.
        valid_days: an older value counts no more.
    """

    egfr_below: Decimal
    creatinine_ratio: Decimal
    creatinine_rise_umol_per_l: Decimal
    creatinine_rise_days: int
    baseline_days: int
    valid_days: int


class ClotThresholds(Record, frozen=True):
    """How long a clot is fresh.

    Attributes:
        acute_days: for less than so many days.
    """

    acute_days: int


class ProteinThresholds(Record, frozen=True):
    """From where on there is too much protein in the blood.

    Attributes:
        total_protein_g_per_l: reached or passed.
        valid_days: an older value counts no more.
    """

    total_protein_g_per_l: Decimal
    valid_days: int


class VaccineThresholds(Record, frozen=True):
    """When immunoglobulin comes too soon after a live vaccine.

    Attributes:
        before_days: less than so many days after it.
    """

    before_days: int


class GapThresholds(Record, frozen=True):
    """How close two doses may be.

    Attributes:
        least_hours: apart.
    """

    least_hours: int


class IggThresholds(Record, frozen=True):
    """What an IgG level can say.

    Attributes:
        baseline_valid_days: an older level says nothing about today.
    """

    baseline_valid_days: int


class ReactionThresholds(Record, frozen=True):
    """Which side effects forbid immunoglobulin.

    Attributes:
        anaphylaxis: codes of the catalogue; any grade.
        hypersensitivity: codes; any grade with IgA deficiency, else from `severe_from_grade` on.
        severe_from_grade: 1 to 5.
    """

    anaphylaxis: tuple[str, ...]
    hypersensitivity: tuple[str, ...]
    severe_from_grade: int


class SafetyThresholds(Record, frozen=True):
    """The file of thresholds: one table per subject; `split_tables` says what each number rests on."""

    version: str
    kidneys: KidneyThresholds
    clots: ClotThresholds
    protein: ProteinThresholds
    vaccine: VaccineThresholds
    gaps: GapThresholds
    igg: IggThresholds
    reactions: ReactionThresholds


class Medicine(Record, frozen=True):
    """One medicine and how it is written.

    Attributes:
        id: stable name.
        name: how it is printed.
        effect: why it is looked for.
        words: beginnings of the words by which it is recognised, in any language.
        source: evidence ids.
    """

    id: str
    name: Text
    effect: MedicineEffect
    words: tuple[str, ...]
    source: str


class MedicineList(Record, frozen=True):
    """The file of medicines.

    Attributes:
        version: year and month of the last check.
        no_medicine: words that say that there is none.
        medicines: in the order of the file.
    """

    version: str
    no_medicine: tuple[str, ...]
    medicines: tuple[Medicine, ...]


def parse_thresholds(content: bytes, name: str) -> SafetyThresholds:
    """Return the thresholds of a file.

    Raises:
        KnownError: the file does not fit, or a number stands without its source.
    """
    values, _ = split_tables(read_tables(content, name), name)
    return as_record(values, name, SafetyThresholds)


def split_tables(tables: dict[str, object], name: str) -> tuple[dict[str, object], dict[str, dict[str, ValueSource]]]:
    """Return the bare values of a file of tables, and apart from them what each rests on, by table and key.

    Raises:
        KnownError: a value stands without its source.
    """
    values: dict[str, object] = {}
    sources: dict[str, dict[str, ValueSource]] = {}
    for key, table in tables.items():
        if isinstance(table, dict):
            values[key], sources[key] = split_sources(table, f"{name} [{key}]")
        else:
            values[key] = table
    return values, sources


def parse_medicines(content: bytes, name: str) -> MedicineList:
    """Return the medicines of a file.

    Raises:
        KnownError: the file does not fit, or a word stands for two medicines.
    """
    listed = read_record(content, name, MedicineList)
    words = [word.casefold() for medicine in listed.medicines for word in medicine.words]
    for word in words:
        if words.count(word) > 1:
            raise refusal(name, "medicines", message(N_("“{value}” is there twice."), value=word))
    return listed
