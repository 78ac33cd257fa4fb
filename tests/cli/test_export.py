"""`export ics` and `schedule --ics`: a file for other calendars, or one sentence why not."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.exchange.calendar_client import CalendarClient

SCHEDULE = ("schedule", "cmv-pneumonia-fred-hutch", "--start", "2026-03-02", "--weight", "70")


@pytest.fixture
def course(ward_with_patient: Run) -> Any:
    """A confirmed CMV course, as printed."""
    words = ("--patient", "BM-001", "--regimen", "cmv-pneumonia-fred-hutch", "--start", "2026-03-02")
    more = ("--product", "cn-ph4-5", "--antiviral", "ganciclovir", "--confirm", "--reason", "Weight of last week")
    ran = ward_with_patient("course", "plan", *words, *more, "--json")
    assert ran.code == 0, ran.err
    return ran.data


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "doses.ics"


def taken(*contents: bytes) -> CalendarClient:
    client = CalendarClient()
    for content in contents:
        client.take(content)
    return client


def test_a_changed_course_exported_again_moves_its_event(course: Any, run: Run, out: Path) -> None:
    words = ("export", "ics", "--course", course["code"], "--out", str(out))
    ran = run(*words)
    assert (ran.code, ran.out.strip()) == (0, str(out))
    first = out.read_bytes()
    moved = ("--dose", "11", "--to", "2026-04-08", "--reason", "Fever")
    assert run("course", "change", course["id"], *moved).code == 0
    assert run("course", "change", course["id"], "--verb", "omit", "--dose", "3", "--reason", "Fever").code == 0
    assert run(*words).code == 0
    client = taken(first, out.read_bytes())
    assert len(client.events) == 11
    days = [day for day, _text in client.shown]
    assert days[-1] == date(2026, 4, 8)
    assert date(2026, 3, 6) not in days
    doses = run("course", "show", course["id"], "--json").data["doses"]
    assert set(client.events) == {dose["id"] for dose in doses}


def test_names_stand_in_the_file_only_when_they_are_asked_for(course: Any, run: Run, out: Path) -> None:
    words = ("export", "ics", "--from", "2026-03-01", "--to", "2026-03-31", "--out", str(out))
    assert run(*words).code == 0
    assert b"BM-001" not in out.read_bytes()
    assert b"CHILD" not in out.read_bytes()
    assert len(taken(out.read_bytes()).shown) == 10
    assert run(*words, "--names").code == 0
    assert b"BM-001" in out.read_bytes()
    assert b"CHILD" in out.read_bytes()


def test_the_file_speaks_the_language_asked_for(course: Any, run: Run, out: Path) -> None:
    words = ("export", "ics", "--course", course["id"], "--out", str(out))
    assert run(*words, "--lang", "zh_CN").code == 0
    (first, *_others) = taken(out.read_bytes()).shown
    assert "第1次，共11次" in first[1]


@pytest.mark.parametrize(
    "words",
    [(), ("--from", "2026-03-01"), ("--to", "2026-03-01"), ("--course", "x", "--from", "2026-03-01")],
)
def test_either_a_course_or_both_days_are_named(run: Run, out: Path, words: tuple[str, ...]) -> None:
    assert run("export", "ics", *words, "--out", str(out)).code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--course", "C-000000"), "C-000000"),
        (("--from", "2026-03-31", "--to", "2026-03-01"), "before the first day"),
        (("--from", "2026-05-01", "--to", "2026-05-31"), "nothing to export"),
        (("--from", "2026-02-30", "--to", "2026-03-01"), "does not exist"),
        (("--from", "", "--to", "2026-03-01"), "nothing was entered"),
    ],
)
def test_what_cannot_be_exported_is_refused_and_no_file_is_written(
    course: Any, run: Run, out: Path, words: tuple[str, ...], said: str
) -> None:
    ran = run("export", "ics", *words, "--out", str(out))
    assert ran.code == 1
    assert len(ran.err.strip().splitlines()) == 1
    assert said in ran.err
    assert not out.exists()


def test_a_file_that_cannot_be_written_is_named(course: Any, run: Run, tmp_path: Path) -> None:
    for place in (tmp_path / "no-such-folder" / "doses.ics", tmp_path):
        for words in (("export", "ics", "--course", course["id"], "--out"), (*SCHEDULE, "--ics")):
            ran = run(*words, str(place))
            assert ran.code == 1
            assert ran.out == ""
            assert len(ran.err.strip().splitlines()) == 1
            assert str(place) in ran.err


# A schedule of nobody in particular


def test_a_schedule_writes_its_dates_besides_what_it_prints(run: Run, out: Path) -> None:
    ran = run(*SCHEDULE, "--ics", str(out), "--json")
    assert ran.code == 0
    client = taken(out.read_bytes())
    assert [day.isoformat() for day, _text in client.shown] == [dose["date"] for dose in ran.data["doses"]]
    assert client.shown[3][1] == "IVIG 10 g · dose 4 of 11"
    assert str(out) in ran.err
    assert "10 g" in run(*SCHEDULE, "--ics", str(out)).out


def test_the_same_schedule_updates_itself_and_another_stands_beside_it(run: Run, out: Path) -> None:
    contents = []
    for more in ((), (), ("--weekly-from", "21"), ("--product", "privigen-10")):
        assert run(*SCHEDULE, *more, "--ics", str(out)).code == 0
        contents.append(out.read_bytes())
    assert len(taken(*contents[:2]).events) == 11
    assert len(taken(*contents[:3]).events) == 11
    assert len(taken(*contents).events) == 22


def test_what_is_no_name_of_a_file_is_refused_and_a_pipe_stays_a_pipe(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place in ("", "  ", str(pipe)):
        ran = run(*SCHEDULE, "--ics", place)
        assert ran.code == 1
        assert ran.out == ""
        assert "not the name of a file" in ran.err
        assert len(ran.err.strip().splitlines()) == 1
    assert pipe.is_fifo()
