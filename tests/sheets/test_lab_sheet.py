"""The laboratory sheet as paper."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.errors import KnownError
from ivigdesk.sheets.lab_sheet import draw_lab
from ivigdesk.sheets.values import LabSheet
from ivigdesk.wording import Wording

from . import golden
from .conftest import LI_NA, PRINTING, WANG, WARD, ZONE, a_given_infusion, a_view, replace

AT = datetime(2026, 3, 4, 8, 0, tzinfo=ZONE)
UNITS: dict[LabTest, str] = {"igg": "g/L", "creatinine": "µmol/L", "cmv-pcr": "IU/mL", "platelets": "10⁹/L"}


def a_value(test: LabTest, value: str, on: date, **more: object) -> LabValue:
    unit = str(more.pop("unit", UNITS[test]))
    return LabValue(
        id=UUID(int=on.toordinal() + len(test)),
        patient_id=LI_NA.id,
        test=test,
        value=Decimal(value),
        unit=unit,
        taken_on=on,
        entered_value=value,
        entered_unit=unit,
        nurse="A. Wong",
        at=AT,
        **more,  # type: ignore[arg-type]
    )


def a_sheet(**more: object) -> LabSheet:
    infusion, headache = a_given_infusion()
    labs = (
        a_value("igg", "3.1", date(2026, 2, 20)),
        a_value("igg", "5.4", date(2026, 3, 3)),
        a_value("igg", "4.6", date(2026, 3, 4), replaces=UUID(int=7), reason="read from another line"),
        a_value("creatinine", "83.999", date(2026, 3, 1)),
        a_value("cmv-pcr", "137", date(2026, 2, 10), is_below=True),
        a_value("cmv-pcr", "18500", date(2026, 2, 24)),
        a_value("platelets", "38", date(2026, 3, 1)),
    )
    events = (
        ClinicalEvent(
            id=UUID(int=1),
            patient_id=LI_NA.id,
            kind="infection",
            on=date(2026, 2, 14),
            until=date(2026, 2, 26),
            severity="severe",
            site="lungs",
            organism="Aspergillus",
            is_bacterial="no",
            needed_iv_antibiotics="yes",
            nurse="S. Kaur",
            at=AT,
        ),
        ClinicalEvent(
            id=UUID(int=2),
            patient_id=LI_NA.id,
            kind="cmv",
            on=date(2026, 2, 24),
            cmv_disease="pneumonia-probable",
            nurse="A. Wong",
            at=AT,
        ),
    )
    sheet = LabSheet(
        ward=WARD,
        patient=LI_NA,
        views=(a_view(infusions=(infusion,), effects=(headache,), day=date(2026, 3, 4)),),
        labs=labs,
        events=events,
        printing=PRINTING,
        day=date(2026, 3, 4),
    )
    return replace(sheet, **more)


def text_of(sheet: LabSheet, wording: Wording) -> str:
    return " ".join(golden.page_texts(draw_lab(sheet, wording))).replace("\n", " ")


def test_the_sheet_reads_as_kept(wording: Wording) -> None:
    golden.check(draw_lab(a_sheet(), wording), f"laboratory-{wording.language}")


def test_a_level_on_treatment_never_reads_as_recovery(english: Wording) -> None:
    text = text_of(a_sheet(), english)
    assert "trough on treatment, partly infused IgG" in text
    assert "A trough on treatment is partly infused IgG." in text


def test_a_converted_value_is_printed_with_the_decimals_of_its_test(english: Wording) -> None:
    text = text_of(a_sheet(), english)
    assert "83.999" not in text
    assert "84" in text


def test_a_value_below_the_limit_keeps_its_sign(english: Wording) -> None:
    assert "< 137" in text_of(a_sheet(), english)


def test_a_correction_says_why(english: Wording) -> None:
    assert "corrected: read from another line" in text_of(a_sheet(), english)


def test_a_value_in_another_unit_is_listed_with_it_and_not_drawn(english: Wording) -> None:
    sheet = a_sheet()
    older = a_value("cmv-pcr", "900", date(2026, 2, 17), unit="copies/mL")
    text = text_of(replace(sheet, labs=(*sheet.labs, older)), english)
    assert "900 copies/mL" in text
    assert "1 value in another unit is not drawn" in text


def test_only_the_tests_that_were_asked_for_are_printed(english: Wording) -> None:
    text = text_of(a_sheet(tests=("igg",)), english)
    assert "Creatinine" not in text
    assert "IgG, g/L" in text


def test_nothing_recorded_is_said(english: Wording) -> None:
    assert "No laboratory value has been recorded." in text_of(a_sheet(labs=(), events=()), english)


def test_every_page_names_the_patient(wording: Wording) -> None:
    sheet = a_sheet()
    many = tuple(a_value("igg", "5", date.fromordinal(date(2026, 1, 1).toordinal() - n)) for n in range(120))
    pages = golden.page_texts(draw_lab(replace(sheet, labs=(*many, *sheet.labs)), wording))
    assert len(pages) > 2
    assert all(LI_NA.name in page and LI_NA.record_number in page for page in pages)


def test_the_practice_ward_says_so_on_every_page(english: Wording) -> None:
    for page in golden.page_texts(draw_lab(a_sheet(ward=replace(WARD, is_practice=True)), english)):
        assert "PRACTICE WARD" in page


def test_a_patient_without_a_transplant_or_a_course_has_a_sheet(wording: Wording) -> None:
    text = text_of(a_sheet(patient=replace(WANG, transplant_on=None), views=()), wording)
    assert "3.1" in text


def test_an_unprintable_character_is_named(english: Wording) -> None:
    event = replace(a_sheet().events[0], organism="Łucja")
    with pytest.raises(KnownError) as refusal:
        draw_lab(a_sheet(events=(event,)), english)
    assert "U+0141" in english.say_error(refusal.value)
