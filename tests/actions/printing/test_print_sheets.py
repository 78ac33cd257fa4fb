"""Sheets are printed from what is stored, and a file is written whole or not at all."""

from __future__ import annotations

import errno
import io
import os
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.printing import print_sheets
from ivigdesk.actions.printing.print_sheets import (
    Printout,
    course_sentence,
    day_sheets,
    dose_sheet,
    plan_sheet,
    save_printout,
)
from ivigdesk.clinical.courses.course import Course
from ivigdesk.errors import KnownError
from ivigdesk.wording import NO_BREAK, Wording
from tests.actions.changing import change

SHEET = Printout(title="Course plan", file_name="plan.pdf", pdf=b"%PDF-1.4 new")


def text_of(printout: Printout) -> str:
    pages = pypdf.PdfReader(io.BytesIO(printout.pdf)).pages
    return "\n".join(page.extract_text() for page in pages).replace(NO_BREAK, " ")


def postpone(desk: Desk, course: Course) -> Course:
    return change(desk, course, "postpone", 11, "2026-04-08", reason="Holiday")


def test_a_sheet_is_written_over_the_earlier_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"old")
    save_printout(SHEET, file)
    assert file.read_bytes() == SHEET.pdf
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("fails", ["open", "fsync", "replace"])
def test_whatever_fails_the_earlier_sheet_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(b"old")

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os if fails == "fsync" else Path, fails, fail)
    with pytest.raises(KnownError, match="the disk is full") as refused:
        save_printout(SHEET, file)
    monkeypatch.undo()
    assert str(file) in str(refused.value)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file], "no half file stays behind"


def test_a_folder_that_can_only_be_read_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    # Removing what could not be written fails in the same way.
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(KnownError, match="the disk is read-only"):
        save_printout(SHEET, tmp_path / "plan.pdf")


@pytest.mark.parametrize("name", ["no-such-folder/plan.pdf", ".", "..", "x" * 300, "plan.pdf/plan.pdf"])
def test_a_place_that_is_none_is_refused_and_nothing_left(tmp_path: Path, name: str) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"old")
    with pytest.raises(KnownError, match="cannot be written"):
        save_printout(SHEET, tmp_path / name)
    assert [file.name for file in tmp_path.iterdir()] == ["plan.pdf"]
    assert (tmp_path / "plan.pdf").read_bytes() == b"old"


def test_a_plan_is_named_without_the_patient(desk: Desk, course: Course, chinese: Wording) -> None:
    plan = plan_sheet(desk, course.id, chinese)
    assert plan.file_name == f"plan-{course.code}-r1-zh_CN.pdf"
    assert "Li" not in plan.title + plan.file_name
    assert "李娜" in text_of(plan)


def test_an_older_revision_is_printed_with_its_own_dates(desk: Desk, course: Course, english: Wording) -> None:
    postpone(desk, course)
    newest, old = plan_sheet(desk, course.id, english), plan_sheet(desk, course.id, english, 1)
    assert (newest.file_name[-9:], old.file_name[-9:]) == ("r2-en.pdf", "r1-en.pdf")
    assert "Wed 08 Apr 2026" in text_of(newest)
    assert "Wed 08 Apr 2026" not in text_of(old)
    assert "superseded" in text_of(old).lower()
    assert "superseded" not in text_of(newest).lower()


def test_a_sheet_carries_who_printed_it_and_the_head_of_the_journal(
    desk: Desk, course: Course, english: Wording
) -> None:
    text = text_of(dose_sheet(desk, course.id, 1, english))
    assert "A. Wong" in text
    assert desk.journal_head in text


def test_printing_stores_nothing(desk: Desk, course: Course, english: Wording) -> None:
    head = desk.ward.journal_head()
    plan_sheet(desk, course.id, english)
    dose_sheet(desk, course.id, 1, english)
    assert desk.ward.journal_head() == head


def test_a_day_is_printed_whole_and_a_day_without_doses_refused(desk: Desk, course: Course, english: Wording) -> None:
    printed = day_sheets(desk, date(2026, 3, 2), english)
    assert printed.file_name == "day-2026-03-02-en.pdf"
    assert "BMT-004217" in text_of(printed)
    with pytest.raises(KnownError, match="No dose is to be given on 2026-03-03"):
        day_sheets(desk, date(2026, 3, 3), english)


@pytest.mark.parametrize("number", [0, -1, 12, 2**80])
def test_a_dose_that_is_not_there_is_refused_with_those_that_are(
    desk: Desk, course: Course, english: Wording, number: int
) -> None:
    with pytest.raises(KnownError, match="Allowed: 1 to 11"):
        dose_sheet(desk, course.id, number, english)


def test_nobody_on_duty_prints_nothing(desk: Desk, course: Course, english: Wording) -> None:
    desk.nurse = ""
    with pytest.raises(KnownError, match="Nobody is on duty"):
        plan_sheet(desk, course.id, english)


def test_the_sentence_of_a_course_follows_its_revision(desk: Desk, course: Course, english: Wording) -> None:
    from ivigdesk.actions.look_up import course as look_up_course

    assert "last on Mon 06 Apr 2026" in course_sentence(look_up_course(desk, course.id), english).replace(NO_BREAK, " ")
    postpone(desk, course)
    assert "last on Wed 08 Apr 2026" in course_sentence(look_up_course(desk, course.id), english).replace(NO_BREAK, " ")


def test_a_preview_is_the_same_pages_as_pictures(desk: Desk, course: Course, english: Wording) -> None:
    plan = plan_sheet(desk, course.id, english)
    pictures = print_sheets.pictures(plan, 0.5)
    assert len(pictures) == len(pypdf.PdfReader(io.BytesIO(plan.pdf)).pages)
    assert all(len(one.rgb) == one.width * one.height * 3 for one in pictures)


def test_a_changed_plan_lists_its_changes_up_to_the_revision_printed(
    desk: Desk, course: Course, english: Wording
) -> None:
    postpone(desk, course)
    newest, old = plan_sheet(desk, course.id, english), plan_sheet(desk, course.id, english, 1)
    assert "postponed: dose 11" in text_of(newest)
    assert "Holiday" in text_of(newest)
    assert "What was done" not in text_of(old)
    assert old.title == f"Course plan {course.code}, revision 1: superseded"


def test_the_sentence_of_a_course_leaves_out_what_is_omitted(desk: Desk, course: Course, english: Wording) -> None:
    from ivigdesk.actions.look_up import course as look_up_course

    change(desk, course, "omit", 9, reason="Fever")
    said = course_sentence(look_up_course(desk, course.id), english).replace(NO_BREAK, " ")
    assert "on days 15, 29, 36 (3 doses): 10 doses, last on Mon 06 Apr 2026" in said
    assert "weekly" not in said
