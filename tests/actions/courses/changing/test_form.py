"""What is typed is read strictly: a word that is not known is refused with those that are."""

from __future__ import annotations

from datetime import date
from typing import get_args

import msgspec
import pytest

from ivigdesk.actions.courses.changing.accept import ACTIONS
from ivigdesk.actions.courses.changing.form import ChangeForm, read_form
from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.errors import UserMistake
from ivigdesk.scheduling.changes.slots import Asked, Verb
from ivigdesk.wording import Wording
from tests.conftest import cmv_plan, li_na

NOW = date(2026, 3, 5)
DAY_ONE = date(2026, 3, 2)


def read(course: Course, **typed: str) -> Asked:
    form = msgspec.structs.replace(ChangeForm(course_id=course.id, verb="postpone", number=4), **typed)
    return read_form(form, course, DAY_ONE, NOW)


def test_texts_become_a_change(course: Course) -> None:
    assert read(course, to=" +4 ", reach="rest", grid="keep") == Asked(
        verb="postpone", number=4, to=date(2026, 3, 9), reach="rest", grid="keep"
    )
    assert read(course, to="t") == Asked(verb="postpone", number=4, to=NOW)
    assert read(course, verb=" omit ") == Asked(verb="omit", number=4)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"verb": "delay"}, "verb", "Kind of change: “delay” is not known. Allowed: postpone, bring-forward, omit, "),
        ({"verb": ""}, "verb", "Kind of change: “” is not known."),
        ({"reach": "all"}, "reach", "“all” is not known. Allowed: this, phase, rest, keep-end."),
        ({"grid": "drop"}, "grid", "“drop” is not known. Allowed: keep, re-anchor."),
        ({"to": "03/09/2026"}, "to", "New date: “03/09/2026” is not read as a date."),
        ({"to": "2026-02-30"}, "to", "does not exist in the calendar"),
        ({"verb": "product"}, "product_id", "Product: nothing was entered."),
        ({"verb": "first-day", "first_day": "soon"}, "first_day", "“soon” is no day."),
        ({"verb": "first-day", "first_day": "0"}, "first_day", "“0” is no day."),
        ({"verb": "first-day", "first_day": "+-3"}, "first_day", "“+-3” is no day."),
        ({"verb": "first-day", "first_day": "99999"}, "first_day", "“99999” is no day."),
        ({"verb": "first-day", "first_day": "20", "to": "t"}, "first_day", "Enter one of them."),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(
    course: Course, typed: dict[str, str], field: str, said: str, english: Wording
) -> None:
    with pytest.raises(UserMistake) as refused:
        read(course, **typed)
    assert refused.value.field == field
    assert said in english.say(refused.value.message)


def test_the_first_day_of_a_phase_counts_as_the_regimen_does(desk: Desk, course: Course) -> None:
    assert read(course, verb="first-day", first_day="20").to == date(2026, 3, 21)
    later = register_patient(desk, msgspec.structs.replace(li_na(), record_number="BMT-2", transplant_on="2026-03-20"))
    plan = cmv_plan(later, regimen_id="cytogam-kidney", product_id="cytogam", first_on="")
    kidney = confirm(desk, propose(desk, plan), "Asked for", "Dr S. Kim")
    assert read(kidney, verb="first-day", first_day="+3").to == date(2026, 3, 23)
    assert read(kidney, verb="first-day", first_day="-1").to == date(2026, 3, 19)


def test_the_journal_has_words_for_every_verb() -> None:
    assert set(ACTIONS) == set(get_args(Verb))
    assert len(set(ACTIONS.values())) == len(ACTIONS)
