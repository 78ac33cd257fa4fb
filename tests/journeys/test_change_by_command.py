"""The same changes by `ivigdesk course change`, each in a process of its own, on the computer's own clock."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ivigdesk.actions.courses.plan_course import PlanForm, confirm, propose
from ivigdesk.actions.desk import Desk, open_desk, sign_in
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SystemClock
from tests.actions.giving import give
from tests.conftest import cmv_plan, li_na

_ROOT = Path(__file__).parents[2]


class Terminal:
    """Somebody at a terminal, with a ward's folder.

    Attributes:
        folder: the ward's.
        course: the CMV course of LI, Na, from today; its first dose is given.
        after_transplant: a course that gives no dose before a day of the transplant, which was today.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        desk = open_desk(folder, SystemClock())
        try:
            sign_in(desk, "A. Wong")
            patient = register_patient(desk, li_na())
            self.course = _confirmed(desk, cmv_plan(patient))
            give(desk, self.course, 1)
            form = msgspec.structs.replace(li_na(), record_number="BMT-2", bed="08", transplant_on="t")
            other = register_patient(desk, form)
            plan = PlanForm(
                patient_id=other.id, regimen_id="prophylaxis-weekly-kaya-2024", product_id="cn-ph4-5", first_on=""
            )
            self.after_transplant = _confirmed(desk, plan)
        finally:
            desk.close()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `ivigdesk …` as a process."""
        surroundings = {**os.environ, "IVIGDESK_NURSE": "A. Wong", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(_ROOT)}
        line = (sys.executable, "-m", "ivigdesk", "--data", str(self.folder), *words)
        return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", timeout=60, env=surroundings)

    def data(self, *words: str) -> Any:
        """Return what a command prints as data."""
        ran = self.run(*words, "--json")
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    def show(self, *words: str) -> Any:
        """Return the course as it stands."""
        return self.data("course", "show", str(self.course.id), *words)

    def journal_head(self) -> str:
        """Return the newest hash of the journal: the same one means that nothing was written."""
        desk = open_desk(self.folder, SystemClock())
        try:
            return desk.journal_head
        finally:
            desk.close()


@pytest.fixture
def terminal(ward_to_copy: Path, folder: Path) -> Terminal:
    shutil.copytree(ward_to_copy, folder)
    return Terminal(folder)


def test_a_dose_is_moved_looked_at_and_brought_back(terminal: Terminal) -> None:
    course = str(terminal.course.id)
    first = days(terminal.show())
    move = ("course", "change", course, "--verb", "postpone", "--dose", "4", "--to", iso(terminal, 4, 1))
    words = (*move, "--reach", "phase", "--reason", "Fever")

    head = terminal.journal_head()
    proposed = terminal.data(*words, "--dry-run")
    assert (proposed["stored"], proposed["revision"]) == (False, 1)
    assert terminal.journal_head() == head, "a dry run stores nothing"

    done = terminal.data(*words)
    assert (done["stored"], done["revision"]) == (True, 2)
    assert [dose["number"] for dose in done["doses"] if dose["moved"]] == [4, 5, 6, 7]
    assert [dose["date"] for dose in proposed["doses"]] == [dose["date"] for dose in done["doses"]]
    moved = terminal.show()
    assert days(moved) == [*first[:3], *(later(day, 1) for day in first[3:7]), *first[7:]]
    assert (moved["nurse"], moved["reason"], moved["doses"][3]["reason"]) == ("A. Wong", "Fever", "Fever")
    assert [dose["state"] for dose in moved["doses"]] == ["given", *["planned"] * 10]

    old = terminal.show("--revision", "1")
    assert (old["revision"], old["newest_revision"], days(old)) == (1, 2, first)
    undone = terminal.run("course", "change", course, "--verb", "undo", "--reason", "Fever is gone")
    assert undone.returncode == 0, undone.stderr
    assert "Stored as revision 3." in undone.stdout
    back = terminal.show()
    assert (back["revision"], back["restores"], days(back)) == (3, 1, first)


def test_hold_resume_add_and_cease_are_told_by_state(terminal: Terminal) -> None:
    def change(*words: str) -> str:
        told = terminal.data("course", "change", str(terminal.course.id), *words, "--reason", "On medical order")
        return "".join(dose["state"][0] for dose in told["doses"])

    assert change("--verb", "hold", "--dose", "9", "--reach", "rest") == "gppppppphhh"
    assert change("--verb", "resume") == "gpppppppppp"
    assert change("--verb", "omit", "--dose", "3") == "gpopppppppp"
    assert change("--verb", "add", "--to", iso(terminal, 11, 7), "--by", "Dr S. Kim") == "gpoppppppppp"
    assert change("--verb", "cease") == "gcoccccccccc"
    assert terminal.show()["state"] == "ceased"


def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_written(terminal: Terminal) -> None:
    head = terminal.journal_head()
    course, other = terminal.course, terminal.after_transplant
    first = min(other.doses, key=lambda dose: dose.due_on)
    too_early = later(first.due_on.isoformat(), -3)
    for part, words in {
        "dose 3 stays": (course, "--dose", "4", "--to", iso(terminal, 3, -1)),  # before the dose before it
        "transplant day": (other, "--dose", str(first.number), "--to", too_early),
        "dose 5 stands there": (course, "--dose", "4", "--to", iso(terminal, 5, 0), "--reach", "this"),
        "366 days": (course, "--dose", "11", "--to", iso(terminal, 11, 2000)),
        "it is given": (course, "--dose", "1", "--to", iso(terminal, 1, 1)),
    }.items():
        of, *asked = words
        ran = terminal.run("course", "change", str(of.id), *asked, "--reason", "Fever")
        assert ran.returncode == 1, (part, ran.stdout)
        assert ran.stdout == ""
        (sentence,) = ran.stderr.strip().splitlines()
        assert part in sentence
        assert terminal.journal_head() == head


def test_a_change_made_from_an_older_revision_is_told_so(terminal: Terminal) -> None:
    course = str(terminal.course.id)
    words = ("course", "change", course, "--dose", "11", "--reason", "Fever", "--revision", "1", "--to")
    assert terminal.run(*words, iso(terminal, 11, 1)).returncode == 0
    head = terminal.journal_head()
    ran = terminal.run("--lang", "zh_CN", *words, iso(terminal, 11, 2))
    assert ran.returncode == 1
    (sentence,) = ran.stderr.strip().splitlines()
    assert "2" in sentence
    assert terminal.journal_head() == head
    assert days(terminal.show())[10] == iso(terminal, 11, 1)


def _confirmed(desk: Desk, plan: PlanForm) -> Course:
    return confirm(desk, propose(desk, plan), "As ordered", "Dr S. Kim")


def days(shown: Any) -> list[str]:
    return [dose["date"] for dose in shown["doses"]]


def iso(terminal: Terminal, number: int, days_later: int) -> str:
    """Return a day counted from where a dose stood at first."""
    return (terminal.course.dose(number).due_on + timedelta(days=days_later)).isoformat()


def later(day: str, days_later: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days_later)).isoformat()
