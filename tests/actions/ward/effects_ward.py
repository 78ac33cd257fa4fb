"""A small ward with side effects and lots, written straight into its file."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.messages import Record, Text
from tests.store import samples

FEVER = {"code": "AE10", "term": Text(en="Fever", zh_CN="发热")}


def add(desk: Desk, *records: Record) -> None:
    """Store records as they are."""
    with desk.ward.changing(nurse="Li Na", at=samples.MORNING, action="test") as change:
        for record in records:
            change.add(record)


def a_course_of(word: str, doses: int, **more: Any) -> Course:
    """Return a course of one patient with daily doses from the first of February 2026."""
    first = samples.DAY - timedelta(days=29)
    planned = tuple(samples.a_dose(word, number, first + timedelta(days=number - 1)) for number in range(1, doses + 1))
    return samples.a_course(word, word, revision=samples.a_revision(word, 1, planned), **more)


def given(course: str, number: int, **more: Any) -> Infusion:
    """Return the infusion of a dose on its day."""
    return samples.an_infusion(course, number, samples.MORNING - timedelta(days=30 - number), **more)


def fill(desk: Desk, infusions: int = 20) -> None:
    """Make two patients: Wang with `infusions` infusions and two side effects, Zhao with one dose made ready.

    Wang's first dose had a headache of grade 2 and a fever of grade 1 and vials of two spellings of one lot; of the
    dose after the last one nothing is recorded but a vial of that lot that lies ready.
    """
    begun = [given("wang", number) for number in range(1, infusions + 1)]
    first = begun[0]
    onset = first.started_at + timedelta(minutes=20)
    add(
        desk,
        samples.a_patient("wang", bed="07"),
        a_course_of("wang", infusions + 2),
        *begun,
        *(samples.an_end(one) for one in begun),
        samples.a_vial(first, lot="P1004-71881"),
        samples.a_vial(first, "second", lot="p1004 71881"),
        samples.a_side_effect(first.dose_id, onset_at=onset, action="=slowed", ml_per_h=Decimal(60)),
        samples.a_side_effect(first.dose_id, "fever", onset_at=onset, grade=1, **FEVER),
        samples.a_patient("zhao", family_name="赵", given_name="敏"),
        a_course_of("zhao", 2),
        samples.a_prepared_vial(samples.named("dose zhao 1"), lot="P100471881"),
    )
