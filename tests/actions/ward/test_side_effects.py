"""The ward's side effects: nothing without its denominator, nothing that was entered in error."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.side_effects import (
    SideEffectList,
    SideEffectQuery,
    besides_words,
    count_words,
    infusion_words,
    side_effect_list,
)
from ivigdesk.errors import UserMistake
from ivigdesk.wording import Wording
from tests.actions.ward import effects_ward
from tests.store import samples

FEBRUARY = date(2026, 2, 1)


def said(found: SideEffectList) -> str:
    return count_words(found, Wording("en")).replace("\u00a0", " ")


def test_the_denominator_is_always_said(desk: Desk) -> None:
    effects_ward.fill(desk)
    found = side_effect_list(desk, SideEffectQuery())
    assert (found.count, found.with_effect, found.infusions, found.besides) == (2, 1, 20, 0)
    assert said(found) == "2 side effects at 1 of 20 infusions (5 %)"


def test_of_few_infusions_no_share_is_said(desk: Desk) -> None:
    effects_ward.fill(desk, 19)
    assert said(side_effect_list(desk, SideEffectQuery())) == "2 side effects at 1 of 19 infusions"


def test_an_empty_ward_says_so_with_its_denominator(desk: Desk) -> None:
    assert said(side_effect_list(desk, SideEffectQuery())) == "0 side effects at 0 of 0 infusions"


@pytest.mark.parametrize(
    ("some", "infusions", "words"),
    [
        (0, 20, "0 of 20 infusions (0 %)"),
        (1, 1, "1 of 1 infusion"),
        (1, 200, "1 of 200 infusions (less than 1 %)"),
        (12, 86, "12 of 86 infusions (14 %)"),
        (1, 40, "1 of 40 infusions (3 %)"),
        (20, 20, "20 of 20 infusions (100 %)"),
        (995, 1000, "995 of 1000 infusions (more than 99 %)"),
    ],
)
def test_a_share_in_words(some: int, infusions: int, words: str) -> None:
    assert infusion_words(some, infusions, Wording("en")).replace("\u00a0", " ") == words


def test_the_counts_of_terms_and_months_add_up(desk: Desk) -> None:
    effects_ward.fill(desk)
    found = side_effect_list(desk, SideEffectQuery())
    assert {one.code: (one.count, one.grades, one.infusions) for one in found.by_term} == {
        "AE14": (1, (0, 1, 0, 0, 0), 1),
        "AE10": (1, (1, 0, 0, 0, 0), 1),
    }
    (month,) = found.by_month
    assert (month.month, month.count, month.with_effect, month.infusions) == (FEBRUARY, 2, 1, 20)
    assert sum(one.count for one in found.by_term) == found.count == sum(one.count for one in found.by_month)


def test_a_month_without_infusions_stands_between_others(desk: Desk) -> None:
    effects_ward.fill(desk)
    effects_ward.add(desk, samples.an_infusion("wang", 21, samples.later(50 * 24 * 60)))
    found = side_effect_list(desk, SideEffectQuery())
    assert [(one.month.month, one.infusions) for one in found.by_month] == [(2, 20), (3, 0), (4, 1)]


def test_a_grade_narrows_the_side_effects_and_not_the_infusions(desk: Desk) -> None:
    effects_ward.fill(desk)
    found = side_effect_list(desk, SideEffectQuery(least_grade=2))
    assert said(found) == "1 side effect at 1 of 20 infusions (5 %)"


@pytest.mark.parametrize(
    ("lot", "infusions"), [("P1004-71881", 1), ("p100471881", 1), ("P1004 7188", 0), ("nothing", 0), ("  ", 20)]
)
def test_a_lot_is_meant_in_every_spelling(desk: Desk, lot: str, infusions: int) -> None:
    effects_ward.fill(desk)
    assert side_effect_list(desk, SideEffectQuery(lot=lot)).infusions == infusions


def test_nothing_entered_in_error_counts(desk: Desk) -> None:
    effects_ward.fill(desk)
    (course,) = desk.ward.courses_of(samples.named("patient wang"))
    one, *rest = course.doses
    wrong = samples.a_revision("wang", 2, (msgspec.structs.replace(one, is_error=True), *rest), verb="error")
    effects_ward.add(desk, wrong)
    found = side_effect_list(desk, SideEffectQuery())
    assert (found.rows, found.count, found.infusions, found.by_term) == ((), 0, 19, ())


def test_a_side_effect_of_a_dose_that_was_not_given_is_listed_and_not_counted(desk: Desk) -> None:
    effects_ward.fill(desk)
    not_given = samples.an_infusion("wang", 21)
    end = samples.an_end(not_given, outcome="not given", given_ml=Decimal(0), given_dose_mg=0, reason="fever")
    effects_ward.add(desk, not_given, end, samples.a_side_effect(not_given.dose_id))
    found = side_effect_list(desk, SideEffectQuery())
    assert (len(found.rows), found.count, found.infusions, found.besides) == (3, 2, 20, 1)
    assert besides_words(found, Wording("en")) == "1 more at a dose that was not given, which does not count."


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        (SideEffectQuery(first=date(2026, 3, 2), last=date(2026, 3, 1)), "last", "before the first day"),
        (SideEffectQuery(least_grade=0), "grade", "“0” cannot be used. Allowed: 1, 2, 3, 4, 5"),
        (SideEffectQuery(least_grade=6), "grade", "“6” cannot be used"),
        (SideEffectQuery(lot="a\u202eb"), "lot", "U+202E"),
        (SideEffectQuery(patient="a\x00b"), "patient", "U+0000"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(
    desk: Desk, english: Wording, query: SideEffectQuery, field: str, words: str
) -> None:
    with pytest.raises(UserMistake) as mistake:
        side_effect_list(desk, query)
    assert mistake.value.field == field
    assert words in english.say_error(mistake.value)
