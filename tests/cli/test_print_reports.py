"""`print reaction`, `print recall` and `print day-list` on the command line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pypdf
import pytest

from ivigdesk.actions.desk import open_desk
from ivigdesk.clock import SetClock
from tests.actions.ward import effects_ward
from tests.cli.conftest import Run
from tests.conftest import FIRST_MORNING


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> tuple[Run, str]:
    """A ward with two side effects of one dose, and the course of that dose."""
    desk = open_desk(tmp_path / "ward", SetClock(FIRST_MORNING + timedelta(hours=1)))
    effects_ward.fill(desk)
    code = effects_ward.a_course_of("wang", 1).code
    desk.close()
    return run, code


def text_of(file: Path) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(file).pages).replace("\u00a0", " ")


def test_the_report_of_a_dose_is_written(filled: tuple[Run, str], tmp_path: Path) -> None:
    run, code = filled
    file = tmp_path / "reaction.pdf"
    ran = run("print", "reaction", code, "1", "--effect", "AE14", "--out", str(file))
    assert (ran.code, ran.out.strip()) == (0, str(file)), ran.err
    text = text_of(file)
    assert "Adverse reaction report" in text
    assert "P1004-71881" in text


def test_of_two_side_effects_one_must_be_named(filled: tuple[Run, str], tmp_path: Path) -> None:
    run, code = filled
    file = tmp_path / "reaction.pdf"
    ran = run("print", "reaction", code, "1", "--out", str(file))
    assert ran.code == 1
    assert "AE14" in ran.err
    assert "AE10" in ran.err
    assert not file.exists()


@pytest.mark.parametrize(("number", "said"), [("2", "no side effect on record"), ("99", "Allowed: 1 to 22")])
def test_a_dose_without_a_side_effect_is_refused(
    filled: tuple[Run, str], tmp_path: Path, number: str, said: str
) -> None:
    run, code = filled
    ran = run("print", "reaction", code, number, "--out", str(tmp_path / "reaction.pdf"))
    assert ran.code == 1
    assert said in ran.err


def test_the_recall_of_a_lot_is_written_in_the_language_asked_for(filled: tuple[Run, str], tmp_path: Path) -> None:
    run, _code = filled
    file = tmp_path / "recall.pdf"
    assert run("print", "recall", "p1004 71881", "--lang", "zh_CN", "--out", str(file)).code == 0
    text = text_of(file)
    assert "小明" in text
    assert "患者" in text


def test_an_unknown_lot_is_refused_and_nothing_written(filled: tuple[Run, str], tmp_path: Path) -> None:
    run, _code = filled
    file = tmp_path / "recall.pdf"
    ran = run("print", "recall", "P1004-7188", "--out", str(file))
    assert ran.code == 1
    assert "P1004-71881" in ran.err, "what is nearly the same is named"
    assert not file.exists()


def test_the_list_of_a_day_is_written(filled: tuple[Run, str], tmp_path: Path) -> None:
    run, _code = filled
    file = tmp_path / "day.pdf"
    assert run("print", "day-list", "2026-02-21", "--out", str(file)).code == 0
    (page, *_more) = pypdf.PdfReader(file).pages
    assert page.mediabox.width > page.mediabox.height
    assert "Immunoglobulin on Sat 21 Feb 2026" in text_of(file)


def test_a_day_that_is_none_is_refused(filled: tuple[Run, str], tmp_path: Path) -> None:
    run, _code = filled
    ran = run("print", "day-list", "21/2", "--out", str(tmp_path / "day.pdf"))
    assert ran.code == 1
