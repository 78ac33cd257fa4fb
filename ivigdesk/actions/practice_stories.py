"""Who lies on the practice ward: nobody real, every stage of a course."""

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
        weight_grows_old: nobody weighs the patient again.
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


def _person(family: str, given: str, born: str, sex: str, bed: str, weight: str, **more: Any) -> dict[str, Any]:
    return {
        "family_name": family,
        "given_name": given,
        "birth_on": born,
        "sex": sex,
        "bed": bed,
        "weight": weight,
        "allergy_state": "none known",
        "transplant_kind": "allogeneic",
        "donor": "unrelated",
        "consultant": "Dr S. Kim",
        **more,
    }


STORIES: tuple[Story, ...] = (
    Story(
        record_number="PR-0001",
        patient=_person(
            "Li", "Na", "1979-08-14", "female", "07", "84.6", local_name="李娜", height="166",
            allergy_state="known", allergies="Penicillin", blood_group="A", rhesus="positive",
            cmv="positive", donor_cmv="negative", diagnosis="AML",
        ),
        first_days_ago=15, planned_days_ago=16, transplant_days_ago=87, weight_grows_old=False,
        events={
            5: Event(code="AE14", grade="1", words="Slowed to half; settled in 20 minutes"),
            8: Event(kind="left"),
        },
    ),
    Story(
        record_number="PR-0002",
        patient=_person(
            "Chen", "Wei", "1991-02-03", "male", "12", "61.5", blood_group="O", rhesus="positive",
            cmv="positive", donor_cmv="positive", diagnosis="ALL",
        ),
        first_days_ago=5, planned_days_ago=6, transplant_days_ago=21,
        events={2: Event(code="AE14", grade="1", words="Fluids, paracetamol"), 3: Event(kind="left")},
    ),
    Story(
        record_number="PR-0003",
        patient=_person(
            "Osei", "Kwame", "1968-11-30", "male", "03", "82", height="178", blood_group="B",
            rhesus="positive", risks=("renal",), diagnosis="MDS", cmv="negative", donor_cmv="positive",
        ),
        first_days_ago=0, planned_days_ago=1, transplant_days_ago=9, product="octagam-10",
    ),
    Story(
        record_number="PR-0004",
        patient=_person(
            "Zhang", "Xiaoming", "2001-05-21", "male", "15", "51", local_name="张小明", blood_group="AB",
            rhesus="positive", diagnosis="Severe aplastic anaemia", cmv="positive", donor_cmv="negative",
        ),
        first_days_ago=10, planned_days_ago=11, transplant_days_ago=33, product="privigen-10",
        events={5: Event(code="AE11", grade="2", words="Stopped 30 minutes, blanket, promethazine on order; settled")},
    ),
    Story(
        record_number="PR-0005",
        patient=_person(
            "Petrova", "Anna", "1985-07-09", "female", "21", "70", height="171", blood_group="O",
            rhesus="negative", diagnosis="CML", cmv="positive", donor_cmv="positive",
        ),
        first_days_ago=8, planned_days_ago=9, transplant_days_ago=48,
        events={5: Event(kind="running")},
    ),
    Story(
        record_number="PR-0006",
        patient=_person(
            "Haddad", "Yusuf", "1974-03-17", "male", "09", "76", blood_group="A", rhesus="positive",
            allergy_state="known", allergies="Latex", diagnosis="Lymphoma", cmv="positive", donor_cmv="negative",
        ),
        first_days_ago=6, planned_days_ago=7, transplant_days_ago=60,
        events={
            3: Event(kind="stopped", code="AE05", grade="3", words="Stopped, adrenaline 0.5 mg, oxygen, team called"),
        },
    ),
    Story(
        record_number="PR-0007",
        patient=_person(
            "王", "芳", "1966-12-01", "female", "18", "65", blood_group="B", rhesus="positive",
            diagnosis="AML", cmv="positive", donor_cmv="positive", consultant="金医生",
        ),
        first_days_ago=40, planned_days_ago=41, transplant_days_ago=95, antiviral="foscarnet",
        events={
            1: Event(code="AE10", grade="1", words="Cultures taken, paracetamol after review"),
            4: Event(code="AE09", grade="1", words="Slowed, antiemetic"),
        },
    ),
    Story(
        record_number="PR-0008",
        patient=_person(
            "Silva", "Beatriz", "1996-01-25", "female", "05", "64", height="163", blood_group="O",
            rhesus="positive", diagnosis="AML", cmv="positive", donor_cmv="negative",
        ),
        first_days_ago=-2, planned_days_ago=1, transplant_days_ago=27,
    ),
    Story(
        record_number="PR-0009",
        patient=_person(
            "Nowak", "Zofia", "2025-06-11", "female", "01", "6.2", height="66", blood_group="A",
            rhesus="positive", diagnosis="Severe combined immunodeficiency", cmv="negative", donor_cmv="positive",
        ),
        first_days_ago=2, planned_days_ago=3, transplant_days_ago=44, product="cn-ph4-5",
    ),
    Story(
        record_number="PR-0010",
        patient=_person(
            "Okafor", "Chinedu", "1958-10-02", "male", "11", "93.5", height="181", blood_group="O",
            rhesus="positive", risks=("thrombosis", "cardiac"), diagnosis="MDS", cmv="positive", donor_cmv="positive",
        ),
        first_days_ago=57, planned_days_ago=58, transplant_days_ago=160, regimen="replacement-maintenance",
        product="privigen-10", antiviral="", weight_grows_old=True,
    ),
    Story(
        record_number="PR-0011",
        patient=_person(
            "Kim", "Minjun", "1999-09-19", "male", "14", "68", blood_group="A",
            rhesus="positive", diagnosis="Aplastic anaemia", cmv="positive", donor_cmv="negative",
        ),
        first_days_ago=7, planned_days_ago=8, transplant_days_ago=52,
        events={
            2: Event(kind="not given", words="Patient in theatre for a line change"),
            3: Event(kind="postponed", words="Fever 38.4 °C, blood cultures awaited"),
        },
    ),
    Story(
        record_number="PR-0012",
        patient=_person(
            "García Márquez", "María José", "1972-04-28", "female", "20", "55.5", height="158",
            blood_group="unknown", allergy_state="not recorded", diagnosis="Myelofibrosis", cmv="unknown",
        ),
        first_days_ago=1, planned_days_ago=1, transplant_days_ago=12, regimen="itp-1g-2-days",
        product="gammagard-10", antiviral="",
    ),
)  # fmt: skip
