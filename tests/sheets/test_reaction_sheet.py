"""The report of a reaction: prefilled from the record, never with what nobody recorded."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.follow_up import FollowUp
from ivigdesk.clinical.infusions.infusion import ONSET_TIME_NOT_KNOWN, Infusion, SideEffect
from ivigdesk.clinical.infusions.preparation import Medication
from ivigdesk.errors import KnownError
from ivigdesk.messages import Text
from ivigdesk.sheets.reaction.observed import around
from ivigdesk.sheets.reaction.values import EarlierEffect, ReactionDecision, ReactionLot, ReactionSheet
from ivigdesk.sheets.reaction_sheet import draw_reaction
from ivigdesk.wording import Wording

from . import golden
from .conftest import (
    FIRST_ON,
    LI_NA,
    PRINTING,
    PRODUCT,
    WANG,
    WARD,
    ZONE,
    a_course,
    a_given_infusion,
    a_view,
    replace,
    with_dose,
)

NUMBER = 3
DAY = FIRST_ON + timedelta(days=4)


def at(hour: int, minute: int) -> datetime:
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=ZONE)


def the_reaction(**more: object) -> tuple[Infusion, SideEffect]:
    """Return dose 3 as it was given, with chills that stopped it."""
    infusion, headache = a_given_infusion(NUMBER)
    chills = replace(
        headache,
        code="AE11",
        term=Text(en="Chills, rigors", zh_CN="寒战"),
        grade=2,
        onset_at=at(11, 4),
        action="kept warm, oxygen 2 L/min",
        drugs="hydrocortisone 100 mg IV 11:10",
        doctor="Dr S. Kim",
        doctor_at=at(11, 7),
        resolved_at=at(11, 40),
        notes="",
    )
    effect = replace(chills, **more)
    return replace(infusion, side_effects=(effect,)), effect


def a_report(**more: object) -> ReactionSheet:
    """Return the report of grade 2 chills at dose 3, with everything that a record can hold."""
    infusion, effect = the_reaction()
    earlier, headache = a_given_infusion(1)
    view = a_view(infusions=(earlier, infusion), effects=(headache, effect), day=DAY)
    lots = tuple(
        ReactionLot(
            product=PRODUCT.title,
            maker=PRODUCT.maker,
            mg=2500,
            lot=lot,
            expires_on=date(2028, 8, 16),
            hung_at=hung,
            serials=serials,
        )
        for lot, hung, serials in (
            ("20250817A", (at(10, 20), at(10, 42), at(11, 4)), ("81005523", "81005524")),
            ("20250902B", (at(11, 26), at(11, 48)), ()),
        )
    )
    medications = tuple(
        Medication(
            id=UUID(int=8000 + index),
            dose_id=infusion.dose_id,
            kind=kind,  # type: ignore[arg-type]
            what=what,
            amount=amount,
            route=route,
            given_at=moment,
            nurse="A. Wong",
            at=moment,
        )
        for index, (kind, what, amount, route, moment) in enumerate(
            (
                ("premedication", "paracetamol", "500 mg", "by mouth", at(9, 50)),
                ("hydration", "sodium chloride 0.9 %", "500 mL", "IV", at(9, 20)),
                ("treatment", "promethazine", "25 mg", "IM", at(11, 12)),
            )
        )
    )
    slower = FollowUp(
        id=UUID(int=8100),
        course_id=view.course.id,
        dose_id=infusion.dose_id,
        effect_id=effect.id,
        consequence="SLOW",
        decision="accepted",
        nurse="A. Wong",
        at=at(12, 50),
        ml_per_h=Decimal(60),
    )
    declined = replace(
        slower,
        id=UUID(int=8101),
        consequence="SWITCH",
        decision="declined",
        ml_per_h=None,
        reason="only product in stock",
    )
    sheet = ReactionSheet(
        ward=WARD,
        view=view,
        number=NUMBER,
        effect=effect,
        printing=PRINTING,
        signs=library.reaction_signs(),
        ctcae_term="Chills",
        definition=Text(en="Moderate shaking of the whole body", zh_CN="全身中度颤抖"),
        lots=lots,
        medications=medications,
        decisions=(
            ReactionDecision(name=Text(en="Slower", zh_CN="减慢"), follow_up=slower),
            ReactionDecision(name=Text(en="Another product", zh_CN="更换产品"), follow_up=declined),
        ),
        earlier=(
            EarlierEffect(
                effect=headache, course_code="C-9F3A77", number=1, is_same_course=True, product=PRODUCT.short_title
            ),
        ),
        infusions_before=2,
    )
    return replace(sheet, **more)


def an_empty_report(**more: object) -> ReactionSheet:
    """Return the report of a side effect of which nothing but term, grade and day was recorded."""
    effect = SideEffect(
        id=UUID(int=5999),
        dose_id=a_course(WANG).dose(NUMBER).id,
        code="AE01",
        term=Text(en="Aseptic meningitis", zh_CN="无菌性脑膜炎"),
        grade=3,
        onset_at=datetime(2026, 3, 7, tzinfo=ZONE),
        notes=ONSET_TIME_NOT_KNOWN,
        nurse="A. Wong",
        at=datetime(2026, 3, 8, 8, 0, tzinfo=ZONE),
    )
    patient = replace(WANG, weight_g=None, weighed_on=None, diagnosis="", blood_group="unknown", sex="unknown")
    course = replace(a_course(patient), antiviral="")
    sheet = ReactionSheet(
        ward=WARD,
        view=a_view(course, patient, effects=(effect,), day=date(2026, 3, 8)),
        number=NUMBER,
        effect=effect,
        printing=PRINTING,
        signs=library.reaction_signs(),
    )
    return replace(sheet, **more)


def text_of(sheet: ReactionSheet, wording: Wording) -> str:
    return " ".join(golden.page_texts(draw_reaction(sheet, wording))).replace("\n", " ")


def test_the_report_reads_as_kept(wording: Wording) -> None:
    golden.check(draw_reaction(a_report(), wording), f"reaction-{wording.language}")


def test_a_report_of_almost_nothing_reads_as_kept(wording: Wording) -> None:
    golden.check(draw_reaction(an_empty_report(), wording), f"reaction-empty-{wording.language}")


def test_the_report_takes_both_sides_of_one_paper(wording: Wording) -> None:
    assert len(golden.page_texts(draw_reaction(a_report(), wording))) == 2


def test_every_page_names_patient_dose_and_what_the_sheet_is(english: Wording) -> None:
    for page in golden.page_texts(draw_reaction(a_report(), english)):
        assert LI_NA.name in page
        assert LI_NA.record_number in page
        assert "Adverse reaction report" in page
        assert "dose 3 of 11" in page
        assert "Prefilled by the program from the record; check before sending." in page


def test_only_the_sign_that_the_term_says_is_ticked() -> None:
    for code, ticked in (("AE11", ["chills, rigors"]), ("AE16", ["nausea, vomiting"]), ("AE01", [])):
        systems = library.reaction_signs().systems
        assert [sign.name.en for system in systems for sign in system.signs if code in sign.codes] == ticked


def test_a_term_that_is_no_box_of_the_form_is_ticked_as_other_by_its_name(english: Wording) -> None:
    assert "Other Aseptic meningitis other: ____" in text_of(an_empty_report(), english)
    assert "Other other: ____" in text_of(a_report(), english)


def test_the_answers_at_the_pump_are_told_and_the_plain_end_is_not(english: Wording) -> None:
    text = text_of(a_report(), english)
    assert "slowed, 60 mL/h, 11:05" in text
    assert "stopped, 12:31" not in text
    infusion, effect = the_reaction()
    assert infusion.end is not None
    stopped = replace(infusion, end=replace(infusion.end, outcome="partly given", reason="chills"))
    sheet = a_report(view=a_view(infusions=(stopped,), effects=(effect,), day=DAY))
    assert "stopped, 12:31" in text_of(sheet, english)
    last = stopped.rate_changes[-1]
    twice = replace(stopped, rate_changes=(*stopped.rate_changes, replace(last, id=UUID(int=3999))))
    still = replace(sheet, view=a_view(infusions=(twice,), effects=(effect,), day=DAY))
    assert text_of(still, english).count("stopped, 12:31") == 1


def test_a_reaction_without_an_answer_at_the_pump_never_reads_as_one(english: Wording) -> None:
    infusion, effect = the_reaction()
    calm = replace(infusion, rate_changes=infusion.rate_changes[:2])
    text = text_of(a_report(view=a_view(infusions=(calm,), effects=(effect,), day=DAY)), english)
    assert "Infusion slowed, paused, stopped not recorded Measures kept warm" in text


def test_a_late_effect_says_how_long_after_the_end(english: Wording) -> None:
    infusion, late = the_reaction(
        code="AE36",
        term=Text(en="Dark urine", zh_CN="酱油色尿"),
        onset_at=at(12, 31) + timedelta(days=3, hours=2),
        minutes_from_start=3 * 24 * 60 + 239,
        ml_per_h=None,
        outcome="ongoing",
        resolved_at=None,
        doctor="",
        doctor_at=None,
    )
    sheet = a_report(view=a_view(infusions=(infusion,), effects=(late,), day=DAY), effect=late)
    text = text_of(sheet, english)
    assert "4559 min (3 days 3 h); 3 days 2 h after the end" in text
    assert "no infusion running" in text
    assert "no: the infusion was over" in text
    assert "no observation recorded after the onset" in text
    assert "not over when last recorded" in text


def test_a_time_that_nobody_knows_is_never_printed_as_midnight(wording: Wording) -> None:
    text = text_of(an_empty_report(), wording)
    assert "00:00" not in text
    assert ONSET_TIME_NOT_KNOWN not in text


def test_three_observations_before_the_onset_and_all_after_are_listed() -> None:
    infusion, effect = the_reaction(onset_at=at(12, 0))
    found = around(infusion, effect.onset_at, 100)
    assert [f"{one.at:%H:%M}" for one in found.before] == ["10:47", "11:05", "11:30"]
    assert [f"{one.at:%H:%M}" for one in found.after] == ["12:31", "13:31"]
    assert found.left_out == 0


def test_of_too_many_observations_the_last_still_stands() -> None:
    infusion, effect = the_reaction(onset_at=at(10, 0))
    found = around(infusion, effect.onset_at, 3)
    assert [f"{one.at:%H:%M}" for one in found.after] == ["10:20", "10:47", "13:31"]
    assert found.left_out == 3


def test_a_long_night_still_takes_two_pages_and_says_what_it_leaves_out(wording: Wording) -> None:
    infusion, effect = the_reaction()
    first = infusion.observations[0]
    many = tuple(
        replace(first, id=UUID(int=9000 + number), at=at(11, 5) + timedelta(minutes=10 * number))
        for number in range(60)
    )
    often = replace(infusion, observations=many)
    sheet = a_report(view=a_view(infusions=(often,), effects=(effect,), day=DAY))
    pages = golden.page_texts(draw_reaction(sheet, wording))
    assert len(pages) == 2
    assert wording.gettext("Reporter: name, role, phone, signature, date") in pages[1]
    assert wording.time(many[-1].at) in pages[1]


def test_a_corrected_side_effect_says_so_on_every_page(english: Wording) -> None:
    for page in golden.page_texts(draw_reaction(a_report(corrected=1), english)):
        assert "CORRECTED RECORD: replaces what was first recorded (A. Wong" in page
    assert "CORRECTED RECORD, 2 times: the latest is printed" in text_of(a_report(corrected=2), english)
    assert "CORRECTED" not in text_of(a_report(), english)


def test_a_dose_entered_in_error_is_not_to_be_reported(english: Wording) -> None:
    infusion, effect = the_reaction()
    wrong = with_dose(a_course(), NUMBER, is_error=True)
    sheet = a_report(view=a_view(wrong, infusions=(infusion,), effects=(effect,), day=DAY))
    for page in golden.page_texts(draw_reaction(sheet, english)):
        assert "ENTERED IN ERROR: do not send" in page


def test_further_effects_of_the_same_dose_are_named(english: Wording) -> None:
    infusion, effect = the_reaction()
    fever = replace(effect, id=UUID(int=5998), code="AE10", term=Text(en="Fever", zh_CN="发热"), onset_at=at(11, 30))
    sheet = a_report(view=a_view(infusions=(infusion,), effects=(effect, fever), day=DAY))
    assert "Also at this dose: Fever, grade 2 (moderate), Fri 06 Mar 2026 11:30" in text_of(sheet, english)


def test_doses_on_hold_after_it_are_said(english: Wording) -> None:
    course = a_course()
    for number in range(4, 12):
        course = with_dose(course, number, state="held", needs_release=True)
    infusion, effect = the_reaction()
    sheet = a_report(view=a_view(course, infusions=(infusion,), effects=(effect,), day=DAY))
    assert "8 doses wait for the prescriber's release: 4–11" in text_of(sheet, english)


def test_long_names_and_texts_are_never_cut(english: Wording) -> None:
    _infusion, effect = the_reaction(action="oxygen and blankets " * 20, notes="seen by the team on call " * 15)
    long = replace(LI_NA, family_name="Wickramasinghe-Papadopoulos", given_name="Anastasia Maria Konstantina")
    infusion, _ = the_reaction()
    sheet = a_report(view=a_view(patient=long, infusions=(infusion,), effects=(effect,), day=DAY), effect=effect)
    text = text_of(sheet, english)
    assert text.count("oxygen and") == 20
    assert text.count("on call") == 15


def test_an_unprintable_character_is_named(english: Wording) -> None:
    _infusion, effect = the_reaction(doctor="Dr Łucja")
    with pytest.raises(KnownError) as refusal:
        draw_reaction(a_report(effect=effect), english)
    assert "U+0141" in english.say_error(refusal.value)
