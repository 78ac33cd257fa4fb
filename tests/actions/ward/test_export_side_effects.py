"""The table of side effects: naming nobody unless asked, with the denominator in every row."""

from __future__ import annotations

import csv
import io

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.export_side_effects import side_effect_table
from ivigdesk.actions.ward.side_effects import SideEffectQuery
from ivigdesk.wording import Wording
from tests.actions.ward import effects_ward


@pytest.fixture(autouse=True)
def filled(desk: Desk) -> None:
    effects_ward.fill(desk)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_says_what_happened_among_how_many_infusions(desk: Desk, english: Wording) -> None:
    found = rows_of(side_effect_table(desk, SideEffectQuery(), english))
    fever, headache = sorted(found, key=lambda row: row["Side effect"])
    assert (headache["Side effect"], fever["Side effect"]) == ("Headache", "Fever")
    assert {row["Infusions looked at"] for row in (fever, headache)} == {"20"}
    assert headache["Infusion on"] == headache["Onset on"] == "2026-02-01"
    assert (headache["Grade"], headache["Minutes from start"], headache["Rate at onset, mL/h"]) == ("2", "20", "60")
    assert (headache["Dose"], headache["Doses in all"], headache["Lot"]) == ("1", "22", "P1004-71881, p1004 71881")
    assert (headache["Action"], headache["Counts"]) == ("'=slowed", "yes")


def test_nobody_is_named_unless_asked(desk: Desk, english: Wording) -> None:
    unnamed = side_effect_table(desk, SideEffectQuery(), english)
    assert {row["Bed or initials"] for row in rows_of(unnamed)} == {"bed 07"}
    for word in ("王", "小明", "N-wang", "Li Na"):
        assert word not in unnamed.decode()
    named = rows_of(side_effect_table(desk, SideEffectQuery(), english, named=True))
    assert {(row["Record number"], row["Bed"], row["Recorded by"]) for row in named} == {("N-wang", "07", "Li Na")}
    assert all("小明" in row["Name"] for row in named)


def test_the_filters_hold_for_the_table_too(desk: Desk, english: Wording) -> None:
    assert len(rows_of(side_effect_table(desk, SideEffectQuery(least_grade=2), english))) == 1
    assert rows_of(side_effect_table(desk, SideEffectQuery(patient="zhao"), english)) == []


def test_a_table_in_chinese_has_chinese_heads_and_terms(desk: Desk, chinese: Wording) -> None:
    content = side_effect_table(desk, SideEffectQuery(), chinese).decode()
    assert "头痛" in content
    assert "Headache" not in content
