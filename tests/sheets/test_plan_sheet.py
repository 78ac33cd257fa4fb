"""The course plan as paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.doses.dosing import VialCount
from ivigdesk.clinical.findings import Finding
from ivigdesk.errors import KnownError
from ivigdesk.messages import message
from ivigdesk.sheets.plan_sheet import draw_plan
from ivigdesk.wording import Wording

from . import golden
from .conftest import (
    INFANT,
    LI_NA,
    REGIMEN,
    WANG,
    WARD,
    a_course,
    a_given_infusion,
    a_plan_sheet,
    a_view,
    an_infant_course,
    replace,
    with_dose,
)


def an_eventful_view() -> CourseView:
    """Return a superseded revision with a given, a held, an omitted, a moved and a ceased dose."""
    course = with_dose(a_course(), 3, state="held", reason="fever, cultures taken")
    course = with_dose(course, 4, state="omitted", reason="patient away")
    course = with_dose(course, 9, due_on=date(2026, 3, 25), course_day=24, transplant_day=95, reason="ward closed")
    course = with_dose(course, 11, state="ceased", reason="CMV PCR negative")
    infusion, headache = a_given_infusion()
    return a_view(course, infusions=(infusion,), effects=(headache,), newest_revision=3, day=date(2026, 3, 8))


def all_given(nurse: str = "A. Wong") -> CourseView:
    """Return the course with every dose given, by two nurses and with a headache each."""
    pairs = [a_given_infusion(number) for number in range(1, 12)]
    infusions = tuple(
        replace(infusion, end=replace(infusion.end, nurse=nurse) if infusion.end else None) for infusion, _ in pairs
    )
    return a_view(infusions=infusions, effects=tuple(effect for _, effect in pairs), day=date(2026, 4, 7))


def test_the_plan_reads_as_kept(wording: Wording) -> None:
    sheet = a_plan_sheet(language=wording.language)
    golden.check(draw_plan(sheet, wording), f"plan-{wording.language}")


def test_the_plan_of_a_chinese_named_patient_reads_as_kept(wording: Wording) -> None:
    sheet = a_plan_sheet(a_view(patient=WANG), wording.language)
    golden.check(draw_plan(sheet, wording), f"plan-wang-{wording.language}")


def test_held_omitted_moved_and_given_doses_stay_on_the_plan(wording: Wording) -> None:
    sheet = a_plan_sheet(an_eventful_view(), wording.language)
    golden.check(draw_plan(sheet, wording), f"plan-eventful-{wording.language}")


def test_a_part_of_a_vial_says_what_to_discard(english: Wording) -> None:
    text = "\n".join(golden.page_texts(draw_plan(a_plan_sheet(a_view(an_infant_course(), INFANT)), english)))
    assert "Part of a vial: discard 1.375 g. Draw up 22.5 mL only." in text
    assert "5 months" in text
    assert "ALLERGIES NOT RECORDED" in text


def test_the_prescribers_choice_is_printed(english: Wording) -> None:
    text = golden.page_texts(draw_plan(a_plan_sheet(), english))[0]
    assert "Weekly: starts on course day 15 (prescriber's choice; the source leaves 15, 20 or 21 open)." in text


def test_every_other_day_is_said_in_words(english: Wording) -> None:
    assert "150 mg/kg every other day" in golden.page_texts(draw_plan(a_plan_sheet(), english))[0]


@pytest.mark.parametrize(("standing", "said"), [("not-routine", "NOT ROUTINE"), ("historical", "HISTORICAL REGIMEN")])
def test_a_regimen_that_is_no_routine_says_so_first(english: Wording, standing: str, said: str) -> None:
    course = replace(a_course(), regimen=replace(REGIMEN, standing=standing))
    assert said in golden.page_texts(draw_plan(a_plan_sheet(a_view(course)), english))[0]


def test_a_superseded_plan_says_so_on_every_page(english: Wording) -> None:
    for text in golden.page_texts(draw_plan(a_plan_sheet(an_eventful_view()), english)):
        assert "SUPERSEDED by revision 3: do not use" in text


def test_the_practice_ward_says_so_on_every_page(english: Wording) -> None:
    sheet = replace(a_plan_sheet(), ward=replace(WARD, is_practice=True))
    for text in golden.page_texts(draw_plan(sheet, english)):
        assert "PRACTICE WARD" in text


def test_a_long_course_repeats_its_header_and_loses_no_dose(english: Wording) -> None:
    course = a_course()
    first = course.doses[-1]
    more = tuple(
        replace(first, number=number, due_on=date(2026, 4, 6 + number - 11), planned_on=date(2026, 4, 6 + number - 11))
        for number in range(12, 34)
    )
    course = replace(course, revision=replace(course.revision, doses=course.doses + more))
    texts = golden.page_texts(draw_plan(a_plan_sheet(a_view(course)), english))
    with_rows = [text for text in texts if " 250 mL" in text.split("Before and after")[-1]]
    assert len(with_rows) > 1
    assert all("Before and after" in text for text in with_rows)
    rows = [line for text in texts for line in text.splitlines() if "12.5 g 250 mL" in line and "from" not in line]
    assert len(rows) == 33


def test_what_concerns_several_doses_is_said_once(english: Wording) -> None:
    weigh = Finding(severity="info", code="WEIGH", message=message("Weigh again before this dose."))
    split = Finding(severity="warn", code="SPLIT", message=message("Whole vials do not fit."))
    course = a_course()
    for number in range(1, 12):
        course = with_dose(course, number, findings=(split, weigh) if number in (2, 3, 4, 8) else (split,))
    text = "\n".join(golden.page_texts(draw_plan(a_plan_sheet(a_view(course)), english)))
    assert "Every dose: Whole vials do not fit." in text
    assert "a Doses 2–4, 8: Weigh again before this dose." in text
    assert text.count("Weigh again") == 1
    assert text.count("see note a") == 4


def test_what_is_long_is_said_above_the_calendar(english: Wording) -> None:
    long = Finding(severity="info", code="LONG", message=message("Record both blood groups. " * 6))
    text = "\n".join(
        golden.page_texts(draw_plan(a_plan_sheet(a_view(with_dose(a_course(), 5, findings=(long,)))), english))
    )
    assert "a Dose 5: Record both blood groups." in text
    assert text.count("see note a") == 1


def test_vials_and_length_stand_in_the_row_only_when_doses_differ(english: Wording) -> None:
    even = golden.page_texts(draw_plan(a_plan_sheet(), english))[0]
    assert even.count("each 5 × 2.5 g, about 1 h 44 min") == 2
    course = with_dose(a_course(), 1, vials=(VialCount(mg=1250, ml=Decimal(25), count=10),))
    uneven = " ".join(golden.page_texts(draw_plan(a_plan_sheet(a_view(course)), english))).replace("\n", " ")
    assert "10 × 1.25 g, about 1 h 44 min" in uneven
    assert uneven.count("each 5 × 2.5 g") == 1


@pytest.mark.parametrize("view", [a_view(), an_eventful_view(), a_view(patient=WANG), all_given()])
def test_eleven_doses_take_one_sheet_of_paper_and_their_tests_another(wording: Wording, view: CourseView) -> None:
    texts = golden.page_texts(draw_plan(a_plan_sheet(view, wording.language), wording))
    assert len(texts) == 3
    assert wording.gettext("Watch for, up to 10 days after any dose:") in texts[1]
    assert [wording.gettext("Tests and checks") in text for text in texts] == [False, False, True]


def test_all_doses_stand_on_the_first_page(wording: Wording) -> None:
    for view in (a_view(), all_given()):
        front, back, _tests = golden.page_texts(draw_plan(a_plan_sheet(view, wording.language), wording))
        assert wording.date(a_course().dose(11).due_on).replace("\u00a0", " ") in front
        assert wording.gettext("Before and after") not in back


@pytest.mark.parametrize(
    "view",
    [
        a_view(with_dose(a_course(), 5, reason="patient asked to come on another day, as discussed with Łucja")),
        a_view(replace(a_course(), revision=replace(a_course().revision, nurse="Łucja"))),
        a_view(replace(a_course(), prescriber="Dr Łucja")),
        all_given("Łucja"),
    ],
)
def test_an_unprintable_character_anywhere_is_named_with_its_words(english: Wording, view: CourseView) -> None:
    with pytest.raises(KnownError) as refusal:
        draw_plan(a_plan_sheet(view), english)
    said = english.say_error(refusal.value)
    assert "“Ł” (U+0141" in said
    assert "Łucja" in said.split("in “")[1]


def test_an_antiviral_that_is_missing_is_asked_for(english: Wording) -> None:
    view = a_view(replace(a_course(), antiviral=""))
    text = golden.page_texts(draw_plan(a_plan_sheet(view), english))[0].replace("\n", " ")
    assert "never alone: NOT RECORDED, ask" in text


def test_two_amounts_are_both_printed(english: Wording) -> None:
    course = with_dose(a_course(), 1, planned_dose_mg=15000)
    text = golden.page_texts(draw_plan(a_plan_sheet(a_view(course)), english))[0]
    assert "Dose 1: 15 g" in text
    assert "Doses 2 to 11: 12.5 g" in text


def test_a_text_longer_than_a_page_is_refused_rather_than_clipped(english: Wording) -> None:
    view = a_view(with_dose(a_course(), 2, reason="why " * 2000))
    with pytest.raises(KnownError, match="too long for one page"):
        draw_plan(a_plan_sheet(view), english)


def test_an_unknown_transplant_is_said(english: Wording) -> None:
    patient = replace(LI_NA, transplant_on=None)
    view = a_view(replace(a_course(), transplant_on=None), patient)
    assert "date not known" in golden.page_texts(draw_plan(a_plan_sheet(view), english))[0]
