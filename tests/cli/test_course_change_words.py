"""`course change`: what a person reads of it, and what is refused in one sentence with nothing written."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.cli.course_ward import Ward
from tests.conftest import SHANGHAI

# What a person reads


def test_the_difference_is_read_by_date_with_weekday_transplant_day_and_state(ward: Ward) -> None:
    said = ward.run("course", "change", ward.course, "--dose", "11", "--to", "2026-04-08", "--reason", "Fever")
    assert said.code == 0, said.err
    lines = said.out.splitlines()
    assert lines[0].split("  ")[0].strip() == "1"
    last = next(line for line in lines if line.startswith("11"))
    for words in ("Mon 06 Apr 2026", "→ Wed 08 Apr 2026", "day +109", "planned"):
        assert words in last
    assert "→" not in lines[0]
    assert "Stored as revision 2." in said.out
    ward.changed("--verb", "add", "--to", "2026-03-20", "--by", "Dr S. Kim")
    shown = ward.run("course", "show", ward.course).out.splitlines()
    numbers = [line.split()[0] for line in shown if line[:1].isdigit()]
    assert numbers == ["1", "2", "3", "4", "5", "6", "7", "8", "12", "9", "10", "11"]


def test_the_difference_speaks_chinese(ward: Ward) -> None:
    words = ("course", "change", ward.course, "--verb", "omit", "--dose", "3", "--reason", "发热")
    said = ward.run("--lang", "zh_CN", *words)
    assert said.code == 0, said.err
    line = next(line for line in said.out.splitlines() if line.startswith("3 "))
    for text in ("2026年3月6日 周五", "移植后第76天", "已取消"):
        assert text in line
    assert not any(word in said.out for word in ("planned", "day", "omitted", "Stored"))


# Bad input


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(
    "words",
    [
        "--dose 4 --to 2026-03-03",  # before the previous dose
        "--dose 3 --to 2026-03-08",  # onto a day with another dose
        "--dose 3 --to 2026-03-09",  # past the next dose
        "--dose 11 --to 2029-04-06",  # past the course's end by years
        "--dose 11 --to 2026-04-06",  # where it stands
        "--dose 11 --to 9999-12-31 --reach rest",
        "--dose 9 --to 2026-02-27 --reach rest",  # before today
        "--dose 99 --to 2026-04-08",
        "--dose 0 --to 2026-04-08",
        "--dose 2 --to 2026-02-30",
        "--dose 2 --to soon",
        "--dose 2",
        "--to 2026-04-08",
        "--verb omit",
        "--verb omit --dose 3 --reach keep-end",
        "--verb resume",
        "--verb resume --dose 3",
        "--verb add --by Kim",
        "--verb add --to 2026-03-04 --by Kim",
        "--verb add --to 2026-02-01 --by Kim",
        "--verb product --by Kim",
        "--verb product --product no-such --by Kim",
        "--verb first-day --dose 8 --first-day x",
        "--verb first-day --dose 8 --first-day 13",
        "--verb realign --dose 1",
        "--verb error --dose 1 --by Kim",
        "--verb undo",
        "--dose 11 --to 2026-04-08 --revision 2",
        "--dose 11 --to 2026-04-08 --revision 0",
    ],
)
def test_a_change_that_cannot_be_is_refused_in_one_sentence_and_nothing_is_written(
    ward: Ward, words: str, language: str
) -> None:
    before = ward.journal_head()
    ran = ward.run("--lang", language, "course", "change", ward.course, *words.split(), "--reason", "x")
    assert ran.code == 1, (ran.out, ran.err)
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) == 1
    assert "Traceback" not in ran.err
    assert "{" not in ran.err
    assert ward.journal_head() == before


@pytest.mark.parametrize("verb", ["postpone", "omit", "hold", "cease"])
def test_a_given_dose_never_changes(ward: Ward, verb: str) -> None:
    ward.give(1)
    before = ward.journal_head()
    ran = ward.change("--verb", verb, "--dose", "1", "--to", "2026-03-03")
    assert ran.code == 1
    assert "given" in ran.err
    assert ward.journal_head() == before


def test_no_dose_moves_before_the_day_of_the_transplant_from_which_the_regimen_gives_it(empty_ward: Ward) -> None:
    ward = empty_ward
    transplant_on = ward.at_desk(lambda desk: desk.ward.patients()[0].transplant_on)
    assert transplant_on is not None
    ward.clock.set_wall(datetime(2025, 12, 20, 9, 0, tzinfo=SHANGHAI))
    ward.plan("prophylaxis-weekly-kaya-2024", "--weight", "70")
    assert ward.shown()["doses"][0]["transplant_day"] == 7
    before = ward.journal_head()
    ran = ward.change("--dose", "1", "--to", "2025-12-24")
    assert ran.code == 1
    assert "transplant day" in ran.err
    assert ward.journal_head() == before


def test_a_change_made_from_an_older_revision_is_told_and_overwrites_nothing(ward: Ward) -> None:
    ward.changed("--dose", "11", "--to", "2026-04-08", "--revision", "1")
    before = ward.journal_head()
    ran = ward.change("--dose", "10", "--to", "2026-04-01", "--revision", "1")
    assert ran.code == 1
    assert "revision 2" in ran.err
    assert ward.journal_head() == before
    assert ward.dates().endswith("03-30 04-08")
