"""The recall of a lot as paper: every patient, every count with what it is a part of, and room to note who was told."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from ivigdesk.clinical.courses.status import DoseStatus
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.errors import KnownError
from ivigdesk.messages import Text
from ivigdesk.sheets.recall.values import RecallGiven, RecallSheet, RecallVials, RecallWaiting
from ivigdesk.sheets.recall_sheet import draw_recall
from ivigdesk.wording import Wording

from . import golden
from .conftest import LI_NA, PRINTING, PRODUCT, WANG, WARD, a_given_infusion, replace

LOT = "20250817A"


def given(patient: Patient, day: int, number: int, status: DoseStatus = "given", **more: object) -> RecallGiven:
    row = RecallGiven(
        patient=patient,
        number=number,
        doses_in_all=11,
        day=date(2026, 3, day),
        status=status,
        vials=(RecallVials(mg=2500, count=3),),
        vials_in_all=5,
        mg_in_all=12500,
        given_dose_mg=12500,
        side_effects=(),
        nurse="A. Wong",
    )
    return replace(row, **more)


def waiting(patient: Patient, day: int, number: int, **more: object) -> RecallWaiting:
    row = RecallWaiting(
        patient=patient,
        number=number,
        doses_in_all=11,
        due_on=date(2026, 3, day),
        status="planned",
        planned_dose_mg=12500,
    )
    return replace(row, **more)


def a_recall(**more: object) -> RecallSheet:
    _infusion, headache = a_given_infusion()
    sheet = RecallSheet(
        ward=WARD,
        printing=PRINTING,
        lot=LOT,
        spellings=(LOT, "20250817 a"),
        products=(PRODUCT.title,),
        given=(
            given(LI_NA, 2, 1, side_effects=(headache,)),
            given(WANG, 3, 4, "partly given", given_dose_mg=6000),
            given(LI_NA, 4, 2, "entered in error"),
            given(WANG, 5, 5, "running", given_dose_mg=None),
        ),
        ready=(waiting(WANG, 7, 6, vials=(RecallVials(mg=2500, count=2), RecallVials(mg=1250, count=1))),),
        planned=(waiting(LI_NA, 8, 4, status="held"),),
        patients_in_all=14,
        infusions_in_all=412,
    )
    return replace(sheet, **more)


def text_of(sheet: RecallSheet, wording: Wording) -> str:
    return " ".join(golden.page_texts(draw_recall(sheet, wording))).replace("\n", " ")


def test_the_recall_reads_as_kept(wording: Wording) -> None:
    golden.check(draw_recall(a_recall(), wording), f"recall-{wording.language}")


def test_every_count_says_what_it_is_a_part_of(english: Wording) -> None:
    text = text_of(a_recall(), english)
    assert (
        "2 of 14 patients on record got it, in 3 of 412 infusions: 9 of the 15 vials hung for them, 22.5 g of 37.5 g."
        in text
    )


def test_what_was_not_given_or_wrong_is_listed_and_not_counted(english: Wording) -> None:
    text = text_of(a_recall(), english)
    assert "1 more dose with it was not given or entered in error: listed below, not counted." in text
    assert "entered in error: not counted" in text


def test_what_runs_now_is_said_first_of_all_to_stop(english: Wording) -> None:
    assert "1 of these infusions is running now." in text_of(a_recall(), english)
    assert "running now" not in text_of(a_recall(given=(given(LI_NA, 2, 1),)), english)


def test_what_lies_ready_stands_before_what_is_only_planned(english: Wording) -> None:
    text = text_of(a_recall(), english)
    assert "1 dose to come has a vial of it ready; 1 further dose is planned with its product." in text
    assert text.index("2 × 2.5 g + 1 × 1.25 g") < text.index("nothing; planned with its product")


def test_doses_only_planned_with_its_product_take_one_row_for_each_patient(english: Wording) -> None:
    rows = tuple(waiting(LI_NA, day, number) for number, day in ((3, 6), (4, 8), (5, 10), (8, 16)))
    text = text_of(a_recall(planned=(*rows, waiting(WANG, 9, 7))), english)
    assert "from 06 Mar 2026" in text
    assert "3–5, 8 of 11 50 g" in text
    assert "09 Mar 2026 王小明" in text


def test_no_vial_ready_is_said_in_words(english: Wording) -> None:
    text = text_of(a_recall(ready=()), english)
    assert "No vial of it lies ready for a dose to come; 1 further dose is planned with its product." in text


def test_a_lot_that_nobody_got_still_names_what_could_be_given(english: Wording) -> None:
    text = text_of(a_recall(given=()), english)
    assert "No patient got it, among 412 infusions on record." in text
    assert "Nobody, on this ward's record." in text
    assert "2 × 2.5 g" in text


def test_nothing_at_all_is_said_in_words(english: Wording) -> None:
    text = text_of(a_recall(given=(), ready=(), planned=()), english)
    assert "No dose to come has a vial of it ready or is planned with its product." in text


def test_many_rows_repeat_the_head_of_the_table_on_every_page(wording: Wording) -> None:
    rows = tuple(
        replace(given(LI_NA, 2, 1), day=date(2026, 3, 2) + timedelta(days=number), number=number + 1)
        for number in range(60)
    )
    pages = golden.page_texts(draw_recall(a_recall(given=rows), wording))
    assert len(pages) > 3
    shows_rows = [
        page
        for page in pages
        if f" {wording.gettext('{number} of {total}').format(number='', total=11).strip()}" in page
    ]
    assert all(wording.gettext("Patient") in page for page in shows_rows)
    assert all(LOT in page for page in pages)
    assert all(
        wording.gettext("page {number} of {count}").format(number=n, count=len(pages)) in page
        for n, page in enumerate(pages, 1)
    )


def test_long_names_break_and_stay_whole(english: Wording) -> None:
    long = replace(
        LI_NA,
        id=UUID(int=9),
        family_name="Wickramasinghe-Papadopoulos",
        given_name="Anastasia Maria Konstantina Aleksandra",
        local_name="",
        record_number="BMT-2026-000000004217-X",
    )
    text = text_of(a_recall(given=(given(long, 2, 1),)), english).replace(" ", "")
    assert "WICKRAMASINGHE-PAPADOPOULOS,AnastasiaMariaKonstantinaAleksandra" in text
    assert "BMT-2026-000000004217-X" in text


def test_other_spellings_of_the_lot_are_named(english: Wording) -> None:
    assert "also written 20250817 a" in text_of(a_recall(), english)


def test_an_unprintable_character_is_named(english: Wording) -> None:
    with pytest.raises(KnownError) as refusal:
        draw_recall(a_recall(products=(Text(en="Łódź", zh_CN="Łódź"),)), english)
    assert "U+0141" in english.say_error(refusal.value)


def test_the_practice_ward_says_so_on_every_page(english: Wording) -> None:
    rows = tuple(given(LI_NA, 2, number + 1) for number in range(30))
    for page in golden.page_texts(draw_recall(a_recall(given=rows, ward=replace(WARD, is_practice=True)), english)):
        assert "PRACTICE WARD" in page
