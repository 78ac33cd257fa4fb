"""The ward's day list as paper: today with room for the pen, tomorrow on the right."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from ivigdesk.errors import KnownError
from ivigdesk.messages import Text, message
from ivigdesk.sheets.day.values import DayEntry, DayMoved, DayOrder, DaySheet, DayUnsigned
from ivigdesk.sheets.day_sheet import draw_day_list
from ivigdesk.wording import Wording

from . import golden
from .conftest import FIRST_ON, LI_NA, PRINTING, PRODUCT, WANG, WARD, ZONE, a_course, a_given_infusion, replace


def at(hour: int, minute: int) -> datetime:
    return datetime(FIRST_ON.year, FIRST_ON.month, FIRST_ON.day, hour, minute, tzinfo=ZONE)


def an_entry(number: int = 2, **more: object) -> DayEntry:
    entry = DayEntry(
        group="due",
        patient=LI_NA,
        dose=a_course().dose(number),
        product=PRODUCT.short_title,
        doses_in_all=11,
        starts_at=at(10, 30),
        ends_at=at(12, 14),
    )
    return replace(entry, **more)


def a_day(**more: object) -> DaySheet:
    infusion, headache = a_given_infusion()
    sheet = DaySheet(
        ward=WARD,
        printing=PRINTING,
        day=FIRST_ON,
        entries=(
            an_entry(4, group="overdue", patient=WANG, starts_at=None, ends_at=None, overdue_days=2),
            an_entry(
                2,
                last_reaction=(1, headache),
                missing=(message("Weight is {n} days old", n=9),),
                tests=(message("Creatinine before the infusion"),),
                orders=(
                    DayOrder(
                        name=Text(en="Premedication", zh_CN="预防用药"),
                        detail="paracetamol 1 g",
                        from_at=at(9, 30),
                        to_at=at(10, 0),
                    ),
                ),
            ),
            an_entry(3, patient=WANG, is_proposed=True),
            an_entry(5, group="held", patient=WANG, starts_at=None, ends_at=None),
            an_entry(1, group="done", infusion=infusion, effects=(headache,), starts_at=at(10, 32), ends_at=at(12, 31)),
        ),
        tomorrow=(an_entry(3, patient=WANG), an_entry(4, group="held", starts_at=None, ends_at=None)),
        moved=(
            DayMoved(
                patient=LI_NA,
                number=6,
                from_on=date(2026, 3, 12),
                to_on=date(2026, 3, 13),
                reason="Scanner",
                nurse="A. Wong",
            ),
        ),
        unsigned=(DayUnsigned(patient=WANG, number=1, missing=(message("Second signature is missing"),)),),
        nurse_minutes=64,
    )
    return replace(sheet, **more)


def text_of(sheet: DaySheet, wording: Wording) -> str:
    return " ".join(golden.page_texts(draw_day_list(sheet, wording))).replace("\n", " ")


def test_the_day_reads_as_kept(wording: Wording) -> None:
    golden.check(draw_day_list(a_day(), wording), f"day-list-{wording.language}")


def test_the_totals_count_what_is_still_to_be_given(english: Wording) -> None:
    text = text_of(a_day(), english)
    assert "2 patients · 3 doses · 37.5 g · first start 10:30 · last finish 12:14 · nurse-minutes, about 64" in text


def test_vials_to_fetch_are_counted_by_product_and_never_together(english: Wording) -> None:
    other = an_entry(7, patient=WANG, product=Text(en="Other 10 %", zh_CN="另一种10%"))
    text = text_of(a_day(entries=(*a_day().entries, other)), english)
    assert "Vials to fetch: IVIG pH4 5 % 15 × 2.5 g; Other 10 % 5 × 2.5 g" in text


def test_premedication_has_its_times_and_a_proposed_start_says_so(english: Wording) -> None:
    text = text_of(a_day(), english)
    assert "Premedication 09:30–10:00: paracetamol 1 g" in text
    assert "10:30–12:14 time proposed" in text


def test_what_is_on_hold_has_no_box_that_asks_for_it(english: Wording) -> None:
    held = a_day(entries=(an_entry(group="held", starts_at=None, ends_at=None),))
    text = text_of(held, english)
    assert "On hold: do not give before it is released." in text
    assert text.count("fetched") == text_of(a_day(entries=()), english).count("fetched")


def test_a_dose_slowed_after_a_reaction_says_how_fast_it_may_run(english: Wording) -> None:
    entry = an_entry()
    card = entry.dose.rate_card
    rows = tuple(replace(row, ml_per_h=min(row.ml_per_h, Decimal(60)), capped_by="tolerated") for row in card.rows)
    slowed = replace(entry, dose=replace(entry.dose, rate_card=replace(card, rows=rows)))
    assert "rates reduced after a reaction: at most 60 mL/h" in text_of(a_day(entries=(slowed,)), english)


def test_what_was_given_reads_as_recorded(english: Wording) -> None:
    text = text_of(a_day(), english)
    assert "started 10:32 · finished 12:31 · 12.5 g · lot 20250817A, 20250902B · Headache, grade 1 (mild)" in text


def test_moves_and_open_records_of_yesterday_are_handed_over(english: Wording) -> None:
    text = text_of(a_day(), english)
    assert "LI, Na 李娜, dose 6: Thu 12 Mar → Fri 13 Mar (Scanner · A. Wong)" in text
    assert "王小明, dose 1: Second signature is missing" in text


def test_an_empty_day_still_has_rows_for_the_pen(wording: Wording) -> None:
    text = text_of(a_day(entries=(), tomorrow=(), moved=(), unsigned=()), wording)
    assert wording.gettext("Nothing is to be given.") in text
    assert wording.gettext("Not on the plan") in text


def test_a_full_ward_takes_more_pages_and_no_dose_is_parted_from_its_boxes(wording: Wording) -> None:
    many = tuple(an_entry(patient=replace(LI_NA, id=UUID(int=number), bed=f"{number:02d}")) for number in range(1, 31))
    pages = golden.page_texts(draw_day_list(a_day(entries=many, tomorrow=many), wording))
    assert len(pages) > 3
    fetched, rates = wording.gettext("fetched"), wording.gettext("standard rates")
    for page in pages[:-1]:
        assert page.count(fetched) == page.count(rates)


def test_an_unprintable_character_is_named(english: Wording) -> None:
    with pytest.raises(KnownError) as refusal:
        draw_day_list(a_day(entries=(an_entry(patient=replace(LI_NA, allergies="Łódź")),)), english)
    assert "U+0141" in english.say_error(refusal.value)
