"""Who lies on the practice ward: nobody real, every stage of a course."""

from __future__ import annotations

from typing import Any

from ivigdesk.actions.practice.story import Event, Happening, Sample, Story


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
        "consultant": "Dr S. Kim",
        **more,
    }


def _samples(test: str, *values: tuple[int, str], unit: str = "") -> tuple[Sample, ...]:
    return tuple(Sample(days_ago=days_ago, test=test, value=value, unit=unit) for days_ago, value in values)


def _pneumonia(days_ago: int, disease: str = "pneumonia-proven") -> Happening:
    return Happening(days_ago=days_ago, kind="cmv", more={"cmv_disease": disease})


def _infection(days_ago: int, until: int | None, site: str, organism: str, severity: str = "severe") -> Happening:
    more = {
        "site": site, "organism": organism, "severity": severity, "is_bacterial": "yes",
        "needed_iv_antibiotics": "yes",
    }  # fmt: skip
    return Happening(days_ago=days_ago, until_days_ago=until, kind="infection", more=more)


STORIES: tuple[Story, ...] = (
    Story(
        record_number="PR-0001",
        patient=_person(
            "Li", "Na", "1979-08-14", "female", "07", "84.6", local_name="李娜", height="166",
            allergy_state="known", allergies="Penicillin", blood_group="A", rhesus="positive",
            cmv="positive", donor_cmv="negative", diagnosis="AML",
            donor_kind="matched-unrelated", conditions=("central-line",), medicines="ciclosporin",
        ),
        first_days_ago=15, planned_days_ago=16, transplant_days_ago=87, weight_grows_old=False,
        events={
            5: Event(code="AE14", grade="1", words="Slowed to half; settled in 20 minutes"),
            8: Event(kind="left"),
        },
        samples=(
            *_samples("igg", (25, "3.4"), (16, "3.6"), (1, "5.2")),
            *_samples("creatinine", (16, "78"), (9, "84"), (2, "91")),
            *_samples("haemoglobin", (16, "96"), (9, "92"), (2, "88")),
            *_samples("platelets", (16, "41"), (2, "58")),
            *_samples("cmv-pcr", (18, "24000"), (13, "8900"), (8, "2100"), (2, "410")),
        ),
        happenings=(
            _pneumonia(18),
            Happening(days_ago=40, until_days_ago=22, kind="acute-gvhd", more={"grade": "2"}),
            _infection(62, 50, "blood", "Klebsiella pneumoniae"),
        ),
    ),
    Story(
        record_number="PR-0002",
        patient=_person(
            "Chen", "Wei", "1991-02-03", "male", "12", "61.5", blood_group="O", rhesus="positive",
            cmv="positive", donor_cmv="positive", diagnosis="ALL",
            donor_kind="matched-sibling",
        ),
        first_days_ago=5, planned_days_ago=6, transplant_days_ago=21,
        events={2: Event(code="AE14", grade="1", words="Fluids, paracetamol"), 3: Event(kind="left")},
        samples=(
            *_samples("igg", (6, "5.8")), *_samples("creatinine", (6, "64"), (1, "70")),
            *_samples("cmv-pcr", (7, "5600"), (1, "3900")),
        ),
        happenings=(_pneumonia(7, "pneumonia-probable"),),
    ),
    Story(
        record_number="PR-0003",
        patient=_person(
            "Osei", "Kwame", "1968-11-30", "male", "03", "82", height="178", blood_group="B",
            rhesus="positive", risks=("renal",), diagnosis="MDS", cmv="negative", donor_cmv="positive",
            donor_kind="haploidentical", conditions=("central-line",), medicines="tacrolimus, vancomycin",
        ),
        first_days_ago=0, planned_days_ago=1, transplant_days_ago=9, product="octagam-10",
        samples=(
            *_samples("igg", (3, "4.4")), *_samples("creatinine", (8, "118"), (1, "132")),
            *_samples("haemoglobin", (1, "84")), *_samples("cmv-pcr", (2, "1900")),
        ),
        happenings=(_pneumonia(2, "pneumonia-probable"),),
    ),
    Story(
        record_number="PR-0004",
        patient=_person(
            "Zhang", "Xiaoming", "2001-05-21", "male", "15", "51", local_name="张小明", blood_group="AB",
            rhesus="positive", diagnosis="Severe aplastic anaemia", cmv="positive", donor_cmv="negative",
            donor_kind="cord-blood",
        ),
        first_days_ago=10, planned_days_ago=11, transplant_days_ago=33, product="privigen-10",
        events={5: Event(code="AE11", grade="2", words="Stopped 30 minutes, blanket, promethazine on order; settled")},
        samples=(
            *_samples("igg", (12, "2.9"), (2, "4.7")), *_samples("creatinine", (11, "55"), (3, "57")),
            *_samples("cmv-pcr", (12, "11500"), (5, "2600")),
        ),
        happenings=(_pneumonia(12),),
    ),
    Story(
        record_number="PR-0005",
        patient=_person(
            "Petrova", "Anna", "1985-07-09", "female", "21", "70", height="171", blood_group="O",
            rhesus="negative", diagnosis="CML", cmv="positive", donor_cmv="positive",
            donor_kind="matched-unrelated",
        ),
        first_days_ago=8, planned_days_ago=9, transplant_days_ago=48,
        events={5: Event(kind="running")},
        samples=(*_samples("igg", (9, "4.9")), *_samples("cmv-pcr", (10, "7200"), (3, "640"))),
        happenings=(_pneumonia(10),),
    ),
    Story(
        record_number="PR-0006",
        patient=_person(
            "Haddad", "Yusuf", "1974-03-17", "male", "09", "76", blood_group="A", rhesus="positive",
            allergy_state="known", allergies="Latex", diagnosis="Lymphoma", cmv="positive", donor_cmv="negative",
            donor_kind="matched-sibling",
        ),
        first_days_ago=6, planned_days_ago=7, transplant_days_ago=60,
        events={
            3: Event(kind="stopped", code="AE05", grade="3", words="Stopped, adrenaline 0.5 mg, oxygen, help came"),
        },
        samples=(*_samples("igg", (7, "3.8")), *_samples("haemoglobin", (7, "101"), (1, "86"))),
        happenings=(_pneumonia(8), _infection(30, 18, "lungs", "Pseudomonas aeruginosa")),
    ),
    Story(
        record_number="PR-0007",
        patient=_person(
            "王", "芳", "1966-12-01", "female", "18", "65", blood_group="B", rhesus="positive",
            diagnosis="AML", cmv="positive", donor_cmv="positive", consultant="金医生",
            donor_kind="matched-unrelated",
        ),
        first_days_ago=40, planned_days_ago=41, transplant_days_ago=95, antiviral="foscarnet",
        events={
            1: Event(code="AE10", grade="1", words="Cultures taken, paracetamol after review"),
            4: Event(code="AE09", grade="1", words="Slowed, antiemetic"),
        },
        samples=(
            *_samples("igg", (42, "3.1"), (26, "4.9"), (6, "5.6")),
            *_samples("creatinine", (41, "82"), (27, "119"), (13, "98")),
            *_samples("cmv-pcr", (42, "31000"), (34, "6400"), (20, "890")),
            Sample(days_ago=6, test="cmv-pcr", value="<137"),
        ),
        happenings=(_pneumonia(42),),
    ),
    Story(
        record_number="PR-0008",
        patient=_person(
            "Silva", "Beatriz", "1996-01-25", "female", "05", "64", height="163", blood_group="O",
            rhesus="positive", diagnosis="AML", cmv="positive", donor_cmv="negative",
            donor_kind="matched-sibling",
        ),
        first_days_ago=-2, planned_days_ago=1, transplant_days_ago=27,
        samples=(*_samples("igg", (2, "6.1")), *_samples("cmv-pcr", (2, "2300"))),
        happenings=(_pneumonia(2, "pneumonia-probable"),),
    ),
    Story(
        record_number="PR-0009",
        patient=_person(
            "Nowak", "Zofia", "2025-06-11", "female", "01", "6.2", height="66", blood_group="A",
            rhesus="positive", diagnosis="Severe combined immunodeficiency", cmv="negative", donor_cmv="positive",
            donor_kind="haploidentical", conditions=("b-cell-deficiency",),
        ),
        first_days_ago=2, planned_days_ago=3, transplant_days_ago=44, product="cn-ph4-5",
        samples=(*_samples("igg", (4, "1.6")), *_samples("cmv-pcr", (4, "18000"))),
        happenings=(_pneumonia(4),),
    ),
    Story(
        record_number="PR-0010",
        patient=_person(
            "Okafor", "Chinedu", "1958-10-02", "male", "11", "93.5", height="181", blood_group="O",
            rhesus="positive", risks=("thrombosis", "cardiac"), diagnosis="MDS", cmv="positive", donor_cmv="positive",
            donor_kind="matched-unrelated", conditions=("immunosuppression",), medicines="prednisolone",
        ),
        first_days_ago=57, planned_days_ago=58, transplant_days_ago=160, regimen="replacement-maintenance",
        product="privigen-10", antiviral="", weight_grows_old=True,
        samples=(
            *_samples("igg", (60, "2.8"), (29, "3.9"), (1, "4.6")),
            *_samples("creatinine", (60, "88"), (29, "92"), (1, "95")),
            *_samples("haemoglobin", (60, "112"), (29, "109"), (1, "111")),
        ),
        happenings=(
            _infection(75, 66, "blood", "Streptococcus pneumoniae"),
            Happening(days_ago=90, kind="chronic-gvhd", more={"severity": "moderate"}),
        ),
        approved_g="240",
    ),
    Story(
        record_number="PR-0011",
        patient=_person(
            "Kim", "Minjun", "1999-09-19", "male", "14", "68", blood_group="A",
            rhesus="positive", diagnosis="Aplastic anaemia", cmv="positive", donor_cmv="negative",
            donor_kind="matched-unrelated",
        ),
        first_days_ago=7, planned_days_ago=8, transplant_days_ago=52,
        events={
            2: Event(kind="not given", words="Patient in theatre for a line change"),
            3: Event(kind="postponed", words="Fever 38.4 °C, blood cultures awaited"),
        },
        samples=(*_samples("igg", (8, "4.2")), *_samples("cmv-pcr", (9, "9800"), (2, "1500"))),
        happenings=(_pneumonia(9),),
    ),
    Story(
        record_number="PR-0012",
        patient=_person(
            "García Márquez", "María José", "1972-04-28", "female", "20", "55.5", height="158",
            blood_group="unknown", allergy_state="not recorded", diagnosis="Myelofibrosis", cmv="unknown",
            donor_kind="matched-unrelated",
        ),
        first_days_ago=1, planned_days_ago=1, transplant_days_ago=12, regimen="itp-1g-2-days",
        product="gammagard-10", antiviral="",
        reason="Platelets 9, bleeding from the gums; agreed with the haematologist on call",
        samples=(*_samples("platelets", (2, "9"), (0, "14")), *_samples("haemoglobin", (2, "91"))),
    ),
)  # fmt: skip
