"""Report, recall and day list are printed from what is stored, as it is now."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pypdf
import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.finish_infusion import finish_infusion
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.printing.day_values import day_list_sheet, day_values
from ivigdesk.actions.printing.print_sheets import Printout
from ivigdesk.actions.printing.reaction_values import reaction_of_dose, reaction_sheet, reaction_values
from ivigdesk.actions.printing.recall_values import recall_sheet, recall_values
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clock import SetClock, today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.wording import NO_BREAK, Wording
from tests.actions.changing import change
from tests.actions.giving import give


def text_of(printout: Printout) -> str:
    pages = pypdf.PdfReader(io.BytesIO(printout.pdf)).pages
    return " ".join(page.extract_text() for page in pages).replace(NO_BREAK, " ").replace("\n", " ")


@pytest.fixture
def reaction(desk: Desk, course: Course, clock: SetClock) -> SideEffect:
    """Chills during dose 1, half an hour after its start; the dose is given to its end."""
    dose = course.dose(1)
    infusion = giving.start_infusion(desk, dose.id, recorded_later=True)
    for _ in range(dose.vials[0].count):
        vial = giving.VialForm(product_id="cn-ph4-5", mg=dose.vials[0].mg, lot="P100-7", expires_on="2028-09")
        giving.hang_vial(desk, infusion.id, vial)
    clock.advance(timedelta(minutes=30))
    effect = record_side_effect(desk, dose.id, SideEffectForm(code="AE11", grade="2", doctor="Dr S. Kim"))
    clock.advance(timedelta(hours=1))
    finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed"))
    return effect


def test_the_report_is_filled_in_from_the_record(desk: Desk, reaction: SideEffect, english: Wording) -> None:
    sheet = reaction_values(desk, reaction.id)
    (lot,) = sheet.lots
    assert (lot.lot, len(lot.hung_at), lot.product.en) == ("P100-7", 4, sheet.view.course.product.title.en)
    assert sheet.ctcae_term == "Chills"
    assert sheet.definition is not None
    text = text_of(reaction_sheet(desk, reaction.id, english))
    for words in ("BMT-004217", "P100-7", "30 min", "Dr S. Kim", "penicillin".capitalize(), "ganciclovir", "A. Wong"):
        assert words in text


def test_the_file_is_named_without_the_patient(desk: Desk, reaction: SideEffect, chinese: Wording) -> None:
    printout = reaction_sheet(desk, reaction.id, chinese)
    assert printout.file_name.startswith("reaction-C-")
    assert printout.file_name.endswith("-01-AE11-zh_CN.pdf")
    assert "Li" not in printout.title + printout.file_name


def test_a_corrected_side_effect_prints_as_it_is_now_by_either_id(
    desk: Desk, course: Course, reaction: SideEffect, english: Wording
) -> None:
    form = SideEffectForm(code="AE11", grade="1", onset_on="2026-03-02", onset_at="09:20", replaces=reaction.id)
    corrected = record_side_effect(desk, course.dose(1).id, form)
    for effect_id in (reaction.id, corrected.id):
        sheet = reaction_values(desk, effect_id)
        assert (sheet.effect.id, sheet.effect.grade, sheet.corrected) == (corrected.id, 1, 1)
    assert "CORRECTED RECORD" in text_of(reaction_sheet(desk, reaction.id, english))


def test_earlier_reactions_and_infusions_of_the_patient_are_counted(
    desk: Desk, course: Course, reaction: SideEffect, clock: SetClock
) -> None:
    clock.advance(timedelta(days=2))
    give(desk, course, 2)
    later = record_side_effect(desk, course.dose(2).id, SideEffectForm(code="AE14", grade="1"))
    sheet = reaction_values(desk, later.id)
    assert [(one.number, one.effect.id) for one in sheet.earlier] == [(1, reaction.id)]
    assert sheet.infusions_before == 1
    first = reaction_values(desk, reaction.id)
    assert (first.earlier, first.infusions_before) == ((), 0)


def test_a_side_effect_that_is_not_there_is_refused(desk: Desk, course: Course, english: Wording) -> None:
    assert course.doses
    with pytest.raises(KnownError, match="not in the ward's file"):
        reaction_sheet(desk, uuid4(), english)


def test_the_side_effect_of_a_dose_is_found_by_its_number(desk: Desk, course: Course, reaction: SideEffect) -> None:
    assert reaction_of_dose(desk, course.code, 1) == reaction
    with pytest.raises(KnownError, match="Dose 2 has no side effect on record"):
        reaction_of_dose(desk, course.code, 2)
    with pytest.raises(KnownError, match="Allowed: 1 to 11"):
        reaction_of_dose(desk, course.code, 12)


def test_of_several_side_effects_one_must_be_named(desk: Desk, course: Course, reaction: SideEffect) -> None:
    fever = record_side_effect(desk, course.dose(1).id, SideEffectForm(code="AE10", grade="1"))
    with pytest.raises(KnownError, match="AE11, AE10"):
        reaction_of_dose(desk, course.code, 1)
    assert reaction_of_dose(desk, course.code, 1, "ae10") == fever
    assert reaction_of_dose(desk, course.code, 1, "AE11") == reaction
    with pytest.raises(KnownError, match="AE99"):
        reaction_of_dose(desk, course.code, 1, "AE99")


def test_the_recall_counts_what_was_hung(desk: Desk, course: Course, reaction: SideEffect, english: Wording) -> None:
    assert reaction.dose_id == course.dose(1).id
    sheet = recall_values(desk, "p100 7")
    (row,) = sheet.given
    assert (row.vials[0].count, row.vials_in_all, row.mg_in_all, row.counts) == (4, 4, 10000, True)
    assert (sheet.patients_in_all, sheet.infusions_in_all) == (1, 1)
    assert len(sheet.planned) == 10
    text = text_of(recall_sheet(desk, "P100-7", english))
    assert "1 of 1 patient on record got it, in 1 of 1 infusion: 4 of the 4 vials hung for them, 10 g of 10 g." in text
    assert "Chills, rigors, grade 2 (moderate)" in text


def test_a_lot_that_nobody_got_is_refused_in_one_sentence(desk: Desk, course: Course, english: Wording) -> None:
    assert course.doses
    with pytest.raises(KnownError, match="no record has"):
        recall_sheet(desk, "NO-SUCH-LOT", english)
    with pytest.raises(UserMistake):
        recall_sheet(desk, "  ", english)


def test_the_day_list_shows_today_and_tomorrow(desk: Desk, course: Course, english: Wording) -> None:
    day = today(desk.clock)
    sheet = day_values(desk, day)
    assert [(entry.group, entry.dose.number) for entry in sheet.entries] == [("due", 1)]
    assert sheet.entries[0].is_proposed
    assert sheet.nurse_minutes > 0
    assert day_values(desk, day + timedelta(days=1)).tomorrow[0].dose.number == 2
    printed = day_list_sheet(desk, day, english)
    assert printed.file_name == "day-list-2026-03-02-en.pdf"
    assert "BMT-004217" in text_of(printed)


def test_the_day_list_names_what_was_moved_on_it(desk: Desk, course: Course, clock: SetClock) -> None:
    clock.advance(timedelta(days=1))
    change(desk, course, "postpone", 11, "2026-04-08", reason="Holiday")
    (moved,) = day_values(desk, today(desk.clock)).moved
    assert (moved.number, moved.from_on.isoformat(), moved.to_on.isoformat()) == (11, "2026-04-06", "2026-04-08")
    assert (moved.reason, moved.nurse) == ("Holiday", "A. Wong")
    clock.advance(timedelta(days=1))
    assert day_values(desk, today(desk.clock)).moved == ()


def test_an_open_record_of_yesterday_is_handed_over(
    desk: Desk, course: Course, reaction: SideEffect, clock: SetClock
) -> None:
    assert reaction.dose_id == course.dose(1).id
    clock.advance(timedelta(days=1))
    (row,) = day_values(desk, today(desk.clock)).unsigned
    assert row.number == 1
    assert [one.text for one in row.missing] == ["Second signature is missing"]


def test_printing_stores_nothing(desk: Desk, reaction: SideEffect, english: Wording) -> None:
    head = desk.ward.journal_head()
    reaction_sheet(desk, reaction.id, english)
    recall_sheet(desk, "P100-7", english)
    day_list_sheet(desk, today(desk.clock), english)
    assert desk.ward.journal_head() == head


def test_nobody_on_duty_prints_nothing(desk: Desk, reaction: SideEffect, english: Wording) -> None:
    desk.nurse = ""
    with pytest.raises(KnownError, match="Nobody is on duty"):
        reaction_sheet(desk, reaction.id, english)
    with pytest.raises(KnownError, match="Nobody is on duty"):
        recall_sheet(desk, "P100-7", english)
    with pytest.raises(KnownError, match="Nobody is on duty"):
        day_list_sheet(desk, today(desk.clock), english)
