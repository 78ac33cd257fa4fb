"""`side-effects` and `recall` on the command line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ivigdesk.actions.desk import open_desk
from ivigdesk.clock import SetClock
from tests.actions.ward import effects_ward
from tests.cli.conftest import Run
from tests.conftest import FIRST_MORNING


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    desk = open_desk(tmp_path / "ward", SetClock(FIRST_MORNING + timedelta(hours=1)))
    effects_ward.fill(desk)
    desk.close()
    return run


def test_the_list_begins_with_its_denominator(filled: Run) -> None:
    ran = filled("side-effects")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "2 side effects at 1 of 20 infusions (5 %)"
    assert "Headache" in ran.out


def test_the_filters_and_stable_keys(filled: Run) -> None:
    data = filled("side-effects", "--grade", "2", "--patient", "wang", "--json").data
    assert (data["infusions"], data["side_effects"], data["infusions_with_side_effect"]) == (20, 1, 1)
    (row,) = data["rows"]
    assert (row["code"], row["grade"], row["record_number"], row["lots"]) == (
        "AE14", 2, "N-wang", ["P1004-71881", "p1004 71881"],
    )  # fmt: skip
    assert data["by_month"] == [
        {"month": "2026-02", "side_effects": 1, "infusions_with_side_effect": 1, "infusions": 20}
    ]
    for words in (("--lot", "p100471881"), ("--product", "cn-5"), ("--regimen", "cmv"), ("--from", "2026-02-01")):
        assert filled("side-effects", *words, "--json").data["side_effects"] == 2
    assert filled("side-effects", "--to", "2026-01-31", "--json").data["infusions"] == 0


def test_the_table_is_written_without_names(filled: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    assert filled("side-effects", "--csv", str(file)).code == 0
    assert "小明" not in file.read_text(encoding="utf-8-sig")
    assert filled("side-effects", "--csv", str(file), "--names").code == 0
    assert "小明" in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "1/2/2026"), "is not read as a date"),
        (("--from", "2026-03-02", "--to", "2026-03-01"), "before the first day"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(filled: Run, words: tuple[str, ...], said: str) -> None:
    ran = filled("side-effects", *words)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


def test_a_recall_says_who_got_it_and_who_still_could(filled: Run) -> None:
    data = filled("recall", "p1004-71881", "--json").data
    assert data["spellings"] == ["P1004-71881", "P100471881", "p1004 71881"]
    assert [(row["record_number"], row["dose"], row["vials"], row["mg"]) for row in data["rows"]] == [
        ("N-wang", 1, 2, 5000)
    ]
    assert data["to_come"][0]["record_number"] == "N-zhao"
    assert data["to_come"][0]["prepared_vials"] == 1
    assert "Who still could" in filled("recall", "P1004-71881").out


def test_a_lot_that_nobody_has_is_refused_with_those_that_nearly_are_it(filled: Run) -> None:
    ran = filled("recall", "P1004-71880")
    assert (ran.code, ran.out) == (1, "")
    assert "Nearly the same: P1004-71881" in ran.err
