"""The plan after changes: which revision it is, what was done, what is struck out, and who approved it."""

from __future__ import annotations

from datetime import date

import pytest

from ivigdesk.clinical.courses.ledger import ledger_of
from ivigdesk.sheets.plan.changes import reason_of_move
from ivigdesk.sheets.plan_sheet import draw_plan
from ivigdesk.sheets.values import PlanSheet
from ivigdesk.wording import Wording

from . import golden
from .changed import TEN_PERCENT, changed, held, moved, postponed, revision, sheet_of, switched
from .conftest import a_course, a_plan_sheet, a_view, replace

APPROVED = replace(a_course(), approved_mg=137_500, approved_until=date(2026, 4, 30))


def text_of(sheet: PlanSheet, wording: Wording) -> str:
    return " ".join("\n".join(golden.page_texts(draw_plan(sheet, wording))).split())


def test_the_plan_after_a_postponement_reads_as_kept(wording: Wording) -> None:
    sheet = sheet_of(postponed(), wording.language)
    golden.check(draw_plan(sheet, wording), f"plan-postponed-{wording.language}")


def test_a_superseded_plan_reads_as_kept(wording: Wording) -> None:
    sheet = sheet_of(postponed(), wording.language, shown=1)
    golden.check(draw_plan(sheet, wording), f"plan-superseded-{wording.language}")


def test_the_plan_with_another_product_and_an_added_dose_reads_as_kept(wording: Wording) -> None:
    sheet = sheet_of(switched(), wording.language, course=APPROVED)
    golden.check(draw_plan(sheet, wording), f"plan-switched-{wording.language}")


def test_the_plan_of_a_held_course_reads_as_kept(wording: Wording) -> None:
    golden.check(draw_plan(held(wording.language), wording), f"plan-held-{wording.language}")


def test_a_superseded_plan_says_so_on_top_of_every_page_and_beside_its_number(english: Wording) -> None:
    texts = golden.page_texts(draw_plan(sheet_of(postponed(), "en", shown=1), english))
    for number, text in enumerate(texts, start=1):
        assert "SUPERSEDED by revision 2: do not use" in text
        assert f"SUPERSEDED · page {number} of {len(texts)}" in text
        assert "revision 1 · superseded" in text


def test_the_newest_revision_says_nothing_of_the_kind(english: Wording) -> None:
    assert "superseded" not in text_of(sheet_of(postponed(), "en"), english).lower()


def test_a_superseded_plan_keeps_its_own_dates_and_changes(english: Wording) -> None:
    text = text_of(sheet_of(postponed(), "en", shown=1), english)
    assert "Mon 23 Mar 2026" in text
    assert "Wed 25 Mar 2026" not in text
    assert "What was done" not in text


def test_a_moved_dose_says_from_where_and_why(english: Wording) -> None:
    first = a_course().doses
    later = tuple(moved(dose, 2, "ward closed") if dose.number == 9 else dose for dose in first)
    text = text_of(
        sheet_of((revision(1, first, "first"), revision(2, later, "ward closed", "postpone")), "en"), english
    )
    assert "moved from Mon 23 Mar: ward closed" in text
    assert "reason: ward closed" not in text


def test_a_reason_that_several_moved_doses_share_is_said_once(english: Wording) -> None:
    text = text_of(sheet_of(postponed(), "en"), english)
    assert "a Doses 9–11: reason: line infection, antibiotics until Wed" in text
    assert "moved from Mon 23 Mar see note a" in text


def test_the_reason_of_a_later_hold_is_not_that_of_the_move(english: Wording) -> None:
    first = a_course().doses
    second = tuple(moved(dose, 2, "ward closed") if dose.number == 9 else dose for dose in first)
    third = changed(second, 9, state="held", reason="fever")
    revisions = (
        revision(1, first, "first"),
        revision(2, second, "ward closed", "postpone"),
        revision(3, third, "fever", "hold"),
    )
    text = text_of(sheet_of(revisions, "en"), english)
    assert "moved from Mon 23 Mar: ward closed reason: fever" in text


def test_after_an_undo_the_reason_is_that_of_the_day_on_which_the_dose_stands() -> None:
    first = a_course().doses
    second = tuple(moved(dose, 2, "ward closed") if dose.number == 9 else dose for dose in first)
    third = tuple(moved(dose, 1, "fever") if dose.number == 9 else dose for dose in second)
    revisions = (
        revision(1, first, "first"),
        revision(2, second, "ward closed", "postpone"),
        revision(3, third, "fever", "postpone"),
        revision(4, second, "wrong patient", "undo", restores=2),
    )
    assert reason_of_move(second[8], revisions) == "ward closed"
    assert reason_of_move(first[8], revisions[:1]) == ""


def test_each_change_is_listed_with_its_doses_reason_and_prescriber(english: Wording) -> None:
    text = text_of(sheet_of(switched(), "en"), english)
    assert "2 02 Mar 2026 09:30 S. Kaur product switched: doses 5–11" in text
    assert "3 03 Mar 2026 09:30 S. Kaur a dose added: dose 12 IgG still low Dr M. Okafor" in text


@pytest.mark.parametrize(("verb", "said"), [("", "changed: doses 9–11"), ("omit", "omitted: doses 9–11")])
def test_a_change_without_a_verb_is_a_change_all_the_same(english: Wording, verb: str, said: str) -> None:
    first, second = postponed()
    assert said in text_of(sheet_of((first, replace(second, verb=verb)), "en"), english)


def test_an_undo_says_which_calendar_it_put_back(english: Wording) -> None:
    first, second = postponed()
    third = replace(revision(3, first.doses, "moved at the wrong patient", "undo"), restores=1)
    assert "undone, revision 1 again: doses 9–11" in text_of(sheet_of((first, second, third), "en"), english)


def test_a_plan_that_was_never_changed_has_no_list_of_changes(english: Wording) -> None:
    assert "What was done" not in text_of(sheet_of(postponed()[:1], "en"), english)


def test_the_calendar_stands_by_date_and_an_added_dose_says_who_approved_it(english: Wording) -> None:
    text = text_of(sheet_of(switched(), "en"), english)
    at = [
        text.index(f"{number} {day} 2026")
        for number, day in ((9, "Mon 23 Mar"), (12, "Thu 26 Mar"), (10, "Mon 30 Mar"))
    ]
    assert at == sorted(at)
    assert "+ added, approved by Dr M. Okafor" in text
    assert "5 doses · 1 of them added" in text


def test_each_product_names_its_doses_vials_and_rates(english: Wording) -> None:
    text = text_of(sheet_of(switched(), "en"), english)
    assert "Doses 1 to 4: Human immunoglobulin (pH4) 5 %, 50 g/L. This product only." in text
    assert "Doses 5 to 12: Immunoglobulin 10 %, liquid, 100 g/L. This product only." in text
    assert "each Liquid 10 %: 1 × 10 g + 1 × 2.5 g" in text
    assert "dose 5 from 25 mL/h, about 1 h 38 min; doses 6–12 from 50 mL/h, about 1 h" in text
    assert "doses 1–4: maximum 180 mL/h; doses 5–12: maximum 150 mL/h" in text


def test_a_switch_has_room_to_be_countersigned(english: Wording) -> None:
    assert "Switch to Immunoglobulin 10 %, liquid: doses 5–12, approved by Dr S. Kim, 4471" in text_of(
        sheet_of(switched(), "en"), english
    )
    assert "Switch to" not in text_of(sheet_of(postponed(), "en"), english)


def test_a_product_of_a_dose_that_no_longer_counts_is_not_ordered(english: Wording) -> None:
    doses = changed(a_course().doses, 11, product=TEN_PERCENT, state="omitted", reason="not needed")
    text = text_of(a_plan_sheet(a_view(replace(a_course(), revision=revision(1, doses, "first")))), english)
    assert "Immunoglobulin 10 %" not in text
    assert "Course total 125 g in 10 doses." in text


def test_a_wrong_entry_is_struck_out_in_words_and_its_place_is_taken(english: Wording) -> None:
    text = text_of(held("en"), english)
    assert "ENTERED IN ERROR: does not count" in text
    assert "the record of Wed 04 Mar is kept and does not count" in text
    assert "in place of dose 2, approved by Dr S. Kim, 4471" in text
    assert "Course total 137.5 g in 11 doses." in text


def test_the_reason_of_a_hold_is_said_in_the_readers_language() -> None:
    for language, said, other in (("en", "Headache, grade 3", "头痛"), ("zh_CN", "头痛", "Headache")):
        text = text_of(held(language), Wording(language))
        assert said in text
        assert other not in text


def test_the_approval_is_printed_with_its_last_day(english: Wording) -> None:
    sheet = sheet_of(switched(), "en", course=APPROVED)
    text = text_of(replace(sheet, ledger=ledger_of(sheet.view)), english)
    assert "Grams approved 137.5 g until 30 Apr 2026" in text
    assert "MORE than the 137.5 g until 30 Apr 2026 approved, by 12.5 g" in text


def test_doses_computed_anew_name_their_own_weight(english: Wording) -> None:
    course = a_course()
    lighter = replace(course.weight_of(course.doses[0]), weight_g=79_200, weighed_on=date(2026, 3, 15))
    lighter = replace(lighter, dosing_weight=replace(course.dosing_weight, exact_kg=(396, 5)))
    doses = changed(course.doses, 8, 9, 10, 11, weight=lighter, planned_dose_mg=12_500)
    doses = changed(doses, 8, 9, 10, 11, exact_mg=79 * 150)
    text = text_of(a_plan_sheet(a_view(replace(course, revision=revision(1, doses, "first")))), english)
    assert "Doses 8 to 11: 12.5 g" in text
    assert "150 mg/kg × 79.2 kg (actual weight)" in text
    assert "doses 8–11: 79.2 kg on 15 Mar 2026" in text
