"""The bedside sheet as paper."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.doses.dosing import VialCount
from ivigdesk.clinical.infusions.follow_up import FollowUp
from ivigdesk.clinical.infusions.following import FollowUpInForce
from ivigdesk.clinical.infusions.infusion import ONSET_TIME_NOT_KNOWN
from ivigdesk.clinical.infusions.slowed_card import slowed_card
from ivigdesk.clinical.products.rates import RateRow
from ivigdesk.errors import KnownError
from ivigdesk.messages import Text, message
from ivigdesk.sheets.bedside_sheet import draw_bedside
from ivigdesk.sheets.values import BedsideSheet, ChecklistItem, EarlierReaction
from ivigdesk.wording import Wording

from . import golden
from .conftest import (
    INFANT,
    WANG,
    ZONE,
    a_bedside_sheet,
    a_course,
    a_given_infusion,
    a_view,
    an_infant_course,
    replace,
    with_dose,
)


def a_view_after_the_first() -> CourseView:
    """Return the course after dose 1 was given with a headache."""
    infusion, headache = a_given_infusion()
    return a_view(infusions=(infusion,), effects=(headache,), day=date(2026, 3, 4))


def text_of(sheet: object, wording: Wording) -> str:
    """Return the text of all pages."""
    return "\n".join(golden.page_texts(draw_bedside(sheet, wording)))  # type: ignore[arg-type]


def test_the_sheet_reads_as_kept(wording: Wording) -> None:
    golden.check(draw_bedside(a_bedside_sheet(), wording), f"bedside-{wording.language}")


def test_the_sheet_of_a_chinese_named_patient_reads_as_kept(wording: Wording) -> None:
    golden.check(draw_bedside(a_bedside_sheet(a_view(patient=WANG)), wording), f"bedside-wang-{wording.language}")


def test_the_record_of_a_given_dose_reads_as_kept(wording: Wording) -> None:
    golden.check(draw_bedside(a_bedside_sheet(a_view_after_the_first()), wording), f"record-{wording.language}")


def test_a_normal_dose_takes_both_sides_of_one_paper(wording: Wording) -> None:
    assert len(golden.page_texts(draw_bedside(a_bedside_sheet(), wording))) == 2


def test_six_vials_and_six_rates_have_room_on_the_front(wording: Wording) -> None:
    rates = [Decimal(30 * step) for step in range(1, 7)]
    rows = tuple(
        RateRow(from_min=Decimal(30 * step), ml_per_h=speed, ml_total=Decimal(20 * step))
        for step, speed in enumerate(rates)
    )
    end = RateRow(from_min=Decimal(240), ml_per_h=Decimal(0), ml_total=Decimal(300))
    card = replace(a_course().dose(1).rate_card, rows=(*rows, end))
    vials = (VialCount(mg=2500, ml=Decimal(50), count=6),)
    sheet = a_bedside_sheet(a_view(with_dose(a_course(), 1, vials=vials, rate_card=card)))
    texts = golden.page_texts(draw_bedside(sheet, wording))
    assert len(texts) == 2
    assert "6 2.5 g / 50 mL" in texts[0]
    assert all(f"{speed} mL/h" in texts[0] for speed in rates)
    assert wording.gettext("4 Observations") in texts[1]


def test_signatures_stand_below_what_is_signed_for(wording: Wording) -> None:
    often = tuple(replace(a_bedside_sheet().observations[1], from_min=Decimal(15 * number)) for number in range(1, 24))
    texts = golden.page_texts(draw_bedside(replace(a_bedside_sheet(), observations=often), wording))
    (signed,) = [text for text in texts if wording.gettext("Nurse 1: name, signature, time") in text]
    assert wording.gettext("Next dose:") in signed


@pytest.mark.parametrize("nurse", ["Łucja Nowak", "吉𠮷"])
def test_a_nurse_whose_name_cannot_be_printed_is_named(english: Wording, nurse: str) -> None:
    infusion, headache = a_given_infusion()
    view = a_view(
        infusions=(replace(infusion, checks=(replace(infusion.checks[0], nurse=nurse),)),), effects=(headache,)
    )
    with pytest.raises(KnownError) as refusal:
        draw_bedside(a_bedside_sheet(view), english)
    assert nurse in english.say_error(refusal.value)


@pytest.mark.parametrize("state", ["held", "omitted", "ceased"])
def test_a_reason_that_cannot_be_printed_is_named(english: Wording, state: str) -> None:
    reason = "moved at the wish of the family, as written down by Łucja on the evening before"
    view = a_view(with_dose(a_course(), 1, state=state, reason=reason))
    with pytest.raises(KnownError) as refusal:
        draw_bedside(a_bedside_sheet(view), english)
    assert "written down by Łucja on" in english.say_error(refusal.value)


def test_the_first_infusion_and_the_last_reaction_are_alerts_on_every_page(english: Wording) -> None:
    for text in golden.page_texts(draw_bedside(a_bedside_sheet(), english)):
        assert "FIRST INFUSION: initial rate, observe 1 hour after" in text
        assert "Last reaction: none recorded" in text


def test_the_next_dose_is_told_what_happened_last_time(english: Wording) -> None:
    for text in golden.page_texts(draw_bedside(a_bedside_sheet(a_view_after_the_first(), 2), english)):
        assert "Last reaction: dose 1 · Headache, grade 1 (mild) · slowed to 60 mL/h" in text


def test_the_latest_reactions_are_told_together(english: Wording) -> None:
    infusion, headache = a_given_infusion()
    chills = replace(
        headache,
        id=UUID(int=77),
        term=Text(en="Chills", zh_CN="寒战"),
        grade=2,
        onset_at=headache.onset_at + timedelta(minutes=5),
        action="",
    )
    view = a_view(infusions=(infusion,), effects=(headache, chills), day=date(2026, 3, 4))
    text = text_of(a_bedside_sheet(view, 2), english).replace("\n", " ")
    assert "Last reactions: dose 1 · Chills, grade 2 (moderate); Headache, grade 1 (mild) · slowed to 60" in text


def after_a_headache(consequence: str, **more: object) -> BedsideSheet:
    """Return the sheet of dose 2 after a decision about the headache of dose 1; its card keeps to 120 mL/h."""
    view = a_view_after_the_first()
    (headache,) = view.view(1).side_effects
    follow_up = FollowUp(
        id=UUID(int=5),
        course_id=view.course.id,
        dose_id=view.course.dose(1).id,
        effect_id=headache.id,
        consequence=consequence,  # type: ignore[arg-type]
        decision="accepted",
        nurse="A. Wong",
        at=datetime(2026, 3, 3, 9, 0, tzinfo=ZONE),
        **more,  # type: ignore[arg-type]
    )
    held = FollowUpInForce(follow_up=follow_up, effect=headache, dose_number=1)
    dose = view.course.dose(2)
    card = slowed_card(
        dose.rate_card, Decimal(120), pump_step_ml_per_h=Decimal(1), why=message("{why}", why=held.reaction)
    )
    slowed = replace(view.view(2), dose=replace(dose, rate_card=card))
    views = tuple(slowed if one.dose.id == dose.id else one for one in view.doses)
    return replace(a_bedside_sheet(replace(view, doses=views), 2), follow_ups=(held,))


def test_a_card_that_is_kept_down_says_why(english: Wording) -> None:
    front = golden.page_texts(draw_bedside(after_a_headache("SLOW", ml_per_h=Decimal(120)), english))[0]
    assert "limit: tolerated" in front
    assert "180 mL/h" not in front.split("3 Rate card")[1]
    assert "Maximum 120 mL/h." in front
    assert "Not faster than 120 mL/h (dose 1: Headache, grade 1); decided by A. Wong." in front


def test_a_decision_about_a_side_effect_that_was_corrected_since_says_so(english: Wording) -> None:
    sheet = after_a_headache("SLOW", ml_per_h=Decimal(120))
    sheet = replace(sheet, follow_ups=tuple(replace(one, was_corrected=True) for one in sheet.follow_ups))
    assert "The side effect was corrected since." in text_of(sheet, english)


def test_a_value_that_is_awaited_is_a_line_to_tick_and_an_alert_on_every_page(english: Wording) -> None:
    sheet = after_a_headache("LAB", detail="haemoglobin")
    words = "Do not start before a new value: Haemoglobin (dose 1: Headache, grade 1)"
    line = ChecklistItem(code=f"follow-up-{UUID(int=5)}", text=Text(en=words, zh_CN="等待"), is_critical=True)
    waiting = replace(sheet, checklist=(*sheet.checklist, line))
    pages = golden.page_texts(draw_bedside(waiting, english))
    assert all("Do not start before a new value: Haemoglobin" in page for page in pages)
    assert "Do not start" not in text_of(sheet, english), "the value has come: its line is gone, and so is the alert"
    assert len(pages) == 2


def test_a_late_effect_without_a_clock_time_prints_none(english: Wording) -> None:
    infusion, headache = a_given_infusion()
    late = replace(
        headache,
        onset_at=datetime(2026, 3, 4, 0, 0, tzinfo=ZONE),
        minutes_from_start=None,
        ml_per_h=None,
        notes=ONSET_TIME_NOT_KNOWN,
        drugs="paracetamol 1 g",
        doctor="Dr S. Kim",
        doctor_at=datetime(2026, 3, 5, 9, 40, tzinfo=ZONE),
    )
    text = text_of(a_bedside_sheet(a_view(infusions=(infusion,), effects=(late,), day=date(2026, 3, 6))), english)
    assert "Wed 04 Mar, time not known" in text.replace("\n", " ")
    assert "00:00" not in text
    assert "paracetamol 1 g" in text
    assert "Dr S. Kim called at 09:40" in text.replace("\n", " ")


def test_a_reaction_of_an_earlier_course_is_told_too(english: Wording) -> None:
    earlier = EarlierReaction(
        term=Text(en="Chills", zh_CN="寒战"), grade=2, onset_on=date(2025, 11, 3), action="stopped"
    )
    text = text_of(replace(a_bedside_sheet(), earlier_reaction=earlier), english)
    assert "Last reaction: Chills · grade 2 (moderate) · Mon 03 Nov · stopped" in text


def test_clock_times_are_planned_from_the_start(english: Wording) -> None:
    front = golden.page_texts(draw_bedside(a_bedside_sheet(), english))[0]
    for words in ("10:30", "10:45", "11:15", "12:14", "60 mL/h", "120 mL/h", "180 mL/h"):
        assert words in front


def test_without_a_planned_start_times_count_from_the_start(english: Wording) -> None:
    front = golden.page_texts(draw_bedside(replace(a_bedside_sheet(), start_at=None), english))[0]
    assert "at start" in front
    assert "+45 min" in front
    assert "+1 h 44 min" in front


@pytest.mark.parametrize(("state", "said"), [("held", "ON HOLD"), ("omitted", "OMITTED"), ("ceased", "CEASED")])
def test_a_dose_that_is_not_to_be_given_says_so_on_every_page(english: Wording, state: str, said: str) -> None:
    view = a_view(with_dose(a_course(), 1, state=state, reason="fever"))
    for text in golden.page_texts(draw_bedside(a_bedside_sheet(view), english)):
        assert f"{said}: do not give (fever)" in text


def test_a_part_of_a_vial_says_what_to_discard(english: Wording) -> None:
    front = golden.page_texts(draw_bedside(a_bedside_sheet(a_view(an_infant_course(), INFANT)), english))[0]
    assert "discard 1.375 g. Draw up 22.5 mL only." in front
    assert "1.125 g 22.5 mL from 1 × 2.5 g" in front
    assert "=" not in front
    assert "limit: weight" in front


def test_many_vials_each_get_a_row(english: Wording) -> None:
    course = with_dose(a_course(), 1, vials=(VialCount(mg=2500, ml=Decimal(50), count=16),), planned_dose_mg=40000)
    text = text_of(a_bedside_sheet(a_view(course)), english)
    assert "16 2.5 g / 50 mL" in text
    assert text.count("2.5 g / 50 mL") == 16


def test_a_running_infusion_prints_its_record_and_room_for_the_rest(english: Wording) -> None:
    infusion, headache = a_given_infusion()
    running = replace(infusion, end=None, vials=infusion.vials[:2])
    text = text_of(a_bedside_sheet(a_view(infusions=(running,), effects=(headache,))), english)
    assert "RUNNING since Mon 02 Mar 2026 10:32" in text
    assert "3 2.5 g / 50 mL" in text
    assert "Pump rate" in text


def test_a_dose_that_was_not_given_prints_the_reason(english: Wording) -> None:
    infusion, _headache = a_given_infusion()
    assert infusion.end is not None
    end = replace(infusion.end, outcome="not given", given_dose_mg=0, given_ml=Decimal(0), reason="fever")
    refused = replace(infusion, end=end, vials=(), rate_changes=(), observations=(), side_effects=())
    text = text_of(a_bedside_sheet(a_view(infusions=(refused,))), english)
    assert "RECORD: not given" in text
    assert "fever" in text


def test_the_last_dose_has_no_next(english: Wording) -> None:
    assert "Next dose: none on this plan" in text_of(a_bedside_sheet(number=11), english)


def test_an_unknown_dose_is_a_key_error(english: Wording) -> None:
    with pytest.raises(KeyError):
        draw_bedside(replace(a_bedside_sheet(), number=99), english)


def test_the_sheet_orders_the_product_of_its_own_dose(wording: Wording) -> None:
    course = a_course()
    other = replace(course.product, id="other", title=Text(en="Other 10 %", zh_CN="另一种10%"), sugar="sucrose")
    sheet = a_bedside_sheet(a_view(with_dose(course, 2, product=other)), number=2)
    text = text_of(sheet, wording)
    assert text.count(wording.text(other.title)) == 2, "the order, and the slip for the pharmacy"
    assert wording.text(course.product.title) not in text
    assert wording.text(course.product.title) in text_of(replace(sheet, number=1), wording)


def test_a_dose_entered_in_error_is_neither_an_order_nor_a_record(english: Wording) -> None:
    view = a_view_after_the_first()
    course = with_dose(view.course, 1, is_error=True, reason="Another patient's")
    infusion, headache = a_given_infusion()
    wrong = a_view(course, infusions=(infusion,), effects=(headache,), day=date(2026, 3, 4))
    text = text_of(a_bedside_sheet(wrong), english)
    assert "ENTERED IN ERROR: neither an order nor a record" in text
    assert "RECORD:" not in text
    following = text_of(a_bedside_sheet(wrong, number=2), english)
    assert "Last reaction: none recorded" in following
