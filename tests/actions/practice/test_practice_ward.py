"""The practice ward shows every stage of a course, and never takes the place of a real one."""

from __future__ import annotations

import errno
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ivigdesk.actions.desk import Desk, open_desk
from ivigdesk.actions.look_up import find_patients, ledger, tasks_of, why
from ivigdesk.actions.practice import days as practice_days
from ivigdesk.actions.practice import ward as practice_ward
from ivigdesk.actions.practice.stories import STORIES
from ivigdesk.actions.practice.ward import PracticeWard, make_practice_ward
from ivigdesk.actions.ward.check_ward import check_ward
from ivigdesk.actions.ward.day_list import day_list
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError
from tests.conftest import FIRST_MORNING


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice ward of Monday 2 March 2026, 09:41, with its sheets; only to be looked at."""
    folder = tmp_path_factory.mktemp("practice") / "ward"
    made = make_practice_ward(folder, SetClock(FIRST_MORNING.replace(minute=41)), "en")
    assert isinstance(made, PracticeWard)
    assert len(made.lines) == 4
    return folder


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A practice ward of one patient without sheets, made at once."""
    monkeypatch.setattr(practice_ward, "STORIES", STORIES[7:8])
    monkeypatch.setattr(practice_days, "STORIES", STORIES[7:8])
    monkeypatch.setattr(practice_ward, "_print", lambda *_: None)


def test_twelve_invented_patients_lie_in_it_in_every_stage(practice: Path) -> None:
    desk = open_desk(practice, SetClock(FIRST_MORNING.replace(minute=41)))
    try:
        rows = find_patients(desk)
        assert len(rows) == len(STORIES) == 12
        assert all(row.patient.invented and len(row.courses) == 1 for row in rows)
        assert desk.settings.is_practice
        today = day_list(desk)
        for group in ("overdue", "running", "due", "held"):
            assert today.in_group(group), group
        standing = Counter(one.status for row in rows for one in row.courses[0].doses)
        expected = {"planned", "due", "overdue", "running", "given", "partly given", "not given", "held"}
        assert expected <= set(standing)
        assert any(view.course.revision.number > 1 for row in rows for view in row.courses)
        assert sum(len(one.side_effects) for row in rows for view in row.courses for one in view.doses) >= 5
        assert len({entry.nurse for entry in desk.ward.journal()}) == 3
        assert check_ward(desk).problems == ()
    finally:
        desk.close()


def test_its_patients_have_values_events_and_doses_of_an_open_ended_course(practice: Path) -> None:
    now = FIRST_MORNING.replace(minute=41)
    desk = open_desk(practice, SetClock(now))
    try:
        rows = find_patients(desk)
        values = [value for row in rows for value in desk.ward.lab_values_of(row.patient.id)]
        assert {"igg", "creatinine", "haemoglobin", "platelets", "cmv-pcr", "weight"} <= {one.test for one in values}
        assert any(value.is_below for value in values)
        assert all(value.taken_on <= now.date() and value.at <= now for value in values)
        events = [event for row in rows for event in desk.ward.events_of(row.patient.id)]
        assert {"infection", "cmv", "acute-gvhd", "chronic-gvhd"} <= {event.kind for event in events}
        assert any(row.patient.conditions for row in rows)
        (open_ended,) = (view for row in rows for view in row.courses if view.course.regimen.review_after_doses)
        troughs = [value for value in desk.ward.lab_values_of(open_ended.patient.id) if value.test == "igg"]
        assert len(troughs) >= 3
        assert ledger(open_ended).left_mg == 15_000
        assert all(tasks_of(desk, view) for row in rows for view in row.courses)
        assert all(len(why(desk, view, 1)) >= 6 for row in rows for view in row.courses)
    finally:
        desk.close()


def test_nothing_on_it_happens_in_the_future_or_out_of_order(practice: Path) -> None:
    now = FIRST_MORNING.replace(minute=41)
    desk = open_desk(practice, SetClock(now))
    try:
        entries = list(desk.ward.journal())
        assert all(entry.at <= now for entry in entries)
        for row in find_patients(desk):
            for one in row.courses[0].doses:
                if one.infusion is not None:
                    assert one.infusion.started_at <= now
                    moments = [change.at for change in one.infusion.rate_changes]
                    assert moments == sorted(moments)
    finally:
        desk.close()


def test_its_sheets_lie_beside_it_in_both_languages(practice: Path) -> None:
    names = {file.name for file in (practice / "sheets").iterdir()}
    assert {f"plan-{story.record_number}-{language}.pdf" for story in STORIES for language in ("en", "zh_CN")} <= names
    assert {"today-en.pdf", "today-zh_CN.pdf", "record-en.pdf"} <= names
    assert all(name.endswith(".pdf") for name in names)


@pytest.mark.usefixtures("small")
def test_it_can_be_made_again_and_takes_away_only_its_own_sheets(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    clock = SetClock(FIRST_MORNING.replace(hour=23, minute=59))
    make_practice_ward(folder, clock, "en")
    sheets = folder / "sheets"
    sheets.mkdir(exist_ok=True)
    for name in ("plan-PR-0001-en.pdf", "my-holiday.pdf"):
        (sheets / name).write_bytes(b"x")
    make_practice_ward(folder, clock, "zh_CN")
    assert [file.name for file in sheets.iterdir()] == ["my-holiday.pdf"]
    desk = open_desk(folder, clock)
    try:
        assert len(desk.ward.patients()) == 1
    finally:
        desk.close()


@pytest.mark.usefixtures("small")
def test_a_folder_of_somebodys_own_sheets_loses_none(tmp_path: Path) -> None:
    own = tmp_path / "sheets" / "plan-PR-0001-en.pdf"
    own.parent.mkdir()
    own.write_bytes(b"mine")
    make_practice_ward(tmp_path, SetClock(FIRST_MORNING), "en")
    assert own.read_bytes() == b"mine"


def test_a_real_ward_is_refused_and_left_as_it_was(desk: Desk, patient: Patient, folder: Path, clock: SetClock) -> None:
    desk.close()
    (folder / "sheets").mkdir()
    (folder / "sheets" / "plan-PR-0001-en.pdf").write_bytes(b"x")
    before = {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    with pytest.raises(KnownError, match="holds a ward with patients of its own"):
        make_practice_ward(folder, clock, "en")
    assert {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
    again = open_desk(folder, clock)
    try:
        assert again.ward.patients() == (patient,)
    finally:
        again.close()


@pytest.mark.usefixtures("small")
def test_an_old_sheet_that_cannot_be_removed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_practice_ward(tmp_path, SetClock(FIRST_MORNING), "en")
    (tmp_path / "sheets").mkdir(exist_ok=True)
    (tmp_path / "sheets" / "today-en.pdf").write_bytes(b"x")

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(KnownError, match="cannot be written: no permission"):
        make_practice_ward(tmp_path, SetClock(FIRST_MORNING), "en")
