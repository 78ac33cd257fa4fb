"""What was decided after a side effect stands on the printed sheet of the next dose."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pypdf

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.follow_up import FollowUpForm, decide
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.printing.print_sheets import dose_sheet
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from ivigdesk.wording import NO_BREAK, Wording


def test_cap_drugs_and_awaited_value_are_on_the_sheet_of_the_next_dose(
    desk: Desk, course: Course, clock: SetClock, english: Wording
) -> None:
    infusion = giving.start_infusion(desk, course.dose(1).id, recorded_later=True)
    clock.advance(timedelta(minutes=15))
    giving.set_rate(desk, infusion.id, "increase", Decimal(120))
    clock.advance(timedelta(minutes=5))
    effect = record_side_effect(desk, course.dose(1).id, SideEffectForm(code="AE36", grade="2"))
    word = {"prescriber": "Dr S. Kim"}
    for consequence, more in (
        ("SLOW", {"ml_per_h": "60"}),
        ("PREMED", {"detail": "paracetamol 1 g"} | word),
        ("LAB", word),
    ):
        decide(desk, FollowUpForm(effect_id=effect.id, consequence=consequence, **more))
    pages = pypdf.PdfReader(io.BytesIO(dose_sheet(desk, course.id, 2, english).pdf)).pages
    text = " ".join("\n".join(page.extract_text() for page in pages).replace(NO_BREAK, " ").split())
    assert len(pages) == 2
    reaction = "dose 1: Dark urine (haemoglobinuria), grade 2"
    assert f"Not faster than 60 mL/h ({reaction}); decided by A. Wong." in text
    assert f"Premedication given: paracetamol 1 g ({reaction})" in text
    assert f"Do not start before a new value: Haemoglobin ({reaction})" in text
    assert "limit: tolerated" in text
    assert "120 mL/h" not in text.split("3 Rate card")[1].split("4 Observations")[0]
