"""The recall of a lot in a file of many years, against the bare indexed question for the vials of that lot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from ivigdesk.actions.desk import Desk, open_desk
from ivigdesk.actions.ward.recall import recall
from ivigdesk.actions.ward.side_effects import SideEffectQuery, side_effect_list
from ivigdesk.clock import SetClock
from ivigdesk.store.driver import Database
from ivigdesk.store.records import courses
from ivigdesk.store.records import recall as recalled
from ivigdesk.store.records.questions import ask, listed
from ivigdesk.store.records.rows import utc_text
from tests.store import samples

INFUSIONS = 100_000
_COURSES, _DOSES, _VIALS, _LOTS, _EFFECT_EVERY = 1_000, 100, 4, 1_000, 20
LOT = "P0500-71881"


def ward_of_many_years(
    folder: Path,
) -> tuple[Callable[[], object], Callable[[], object], Callable[[], object], Callable[[], None]]:
    """Return the recall of a lot, the bare question, the side effects of a year, and what closes the ward."""
    desk = open_desk(folder, SetClock(samples.later(60)))
    _begin(desk)
    desk.ward.ask(_fill)
    year = SideEffectQuery(first=samples.DAY - timedelta(days=364))
    found = recall(desk, LOT)
    if len(found.rows) != INFUSIONS * _VIALS // _LOTS or not found.to_come:
        raise ValueError(f"{len(found.rows)} doses were found")
    return (
        (lambda: recall(desk, LOT)),
        (lambda: desk.ward.ask(_bare)),
        (lambda: side_effect_list(desk, year)),
        desk.close,
    )


def _bare(db: Database) -> list[dict[str, Any]]:
    return ask(db, recalled.OF_LOTS, [listed([LOT])])


def _begin(desk: Desk) -> None:
    """Store patients with courses of one dose still to come, the ordinary way."""
    with desk.ward.changing(nurse="Li Na", at=samples.MORNING, action="bench") as change:
        for number in range(_COURSES):
            change.add(samples.a_patient(f"{number}"))
            change.add(samples.a_course(f"{number}", f"{number}", 1))


def _fill(db: Database) -> None:
    """Add a hundred doses that were given to each course, as rows: the journal of 100 000 infusions takes hours."""
    plan = courses.DOSES.to_row(samples.a_dose("0", 1)) | {"findings": "[]", "rate_card": "{}"}
    held = [row["name"] for row in ask(db, "SELECT name FROM pragma_table_info('revision_doses')")]
    db.conn.execute("BEGIN IMMEDIATE")
    _insert(db, "doses", ["id", "course_id", "number", "entry"], (
        (_id(1, course, dose), str(samples.named(f"course {course}")), dose + 2, 1) for course, dose in _all()
    ))  # fmt: skip
    _insert(db, "revision_doses", held, (
        tuple((plan | {
            "revision_id": str(samples.named(f"revision {course} 1")), "dose_id": _id(1, course, dose), "entry": 1,
        })[name] for name in held)
        for course, dose in _all()
    ))  # fmt: skip
    _insert(db, "current_doses", ["dose_id", "revision_id", "course_id", "due_on", "is_settled"], (
        (
            _id(1, course, dose), str(samples.named(f"revision {course} 1")), str(samples.named(f"course {course}")),
            plan["due_on"], 1,
        )
        for course, dose in _all()
    ))  # fmt: skip
    _infusions(db)
    db.conn.execute("COMMIT")


def _infusions(db: Database) -> None:
    moment = "{0}_utc {0}_offset_minutes"
    at = moment.format("at").split()
    _insert(db, "infusions", ["id", "dose_id", *moment.format("started_at").split(), "nurse", *at, "entry"], (
        (_id(2, course, dose), _id(1, course, dose), _when(dose), 480, "Li Na", _when(dose), 480, 1)
        for course, dose in _all()
    ))  # fmt: skip
    _insert(
        db, "infusion_ends",
        ["id", "infusion_id", "outcome", *moment.format("ended_at").split(), "given_ml", "given_dose_mg",
         "discarded_mg", "reason", "nurse", "second_nurse", *at, "entry"],
        (
            (_id(3, course, dose), _id(2, course, dose), "completed", _when(dose), 480, "200", 10_000, 0, "", "Li Na",
             "", _when(dose), 480, 1)
            for course, dose in _all()
        ),
    )  # fmt: skip
    _insert(
        db, "vials",
        ["id", "infusion_id", "product_id", "mg", "lot", "expires_on", "nurse", *at, "serial", "entry"],
        (
            (_id(4 + vial, course, dose), _id(2, course, dose), "cn-5", 2500,
             f"P{(course * 7 + dose * 13 + vial * 251) % _LOTS:04}-71881", "2027-05-31", "Li Na", _when(dose), 480, "",
             1)
            for course, dose in _all()
            for vial in range(_VIALS)
        ),
    )  # fmt: skip
    term = '{"en":"Headache","zh_CN":"头痛"}'
    _insert(
        db, "side_effects",
        ["id", "dose_id", "code", "term", "grade", *moment.format("onset_at").split(), "nurse", *at, "action",
         "outcome", "notes", "entry"],
        (
            (_id(9, course, dose), _id(1, course, dose), "AE14", term, 1, _when(dose), 480, "Li Na", _when(dose), 480,
             "", "resolved", "", 1)
            for course, dose in _all()
            if (course + dose) % _EFFECT_EVERY == 0
        ),
    )  # fmt: skip


def _all() -> Iterator[tuple[int, int]]:
    return ((course, dose) for course in range(_COURSES) for dose in range(_DOSES))


def _id(kind: int, course: int, dose: int) -> str:
    return str(UUID(int=(kind << 96) + course * 1_000 + dose))


def _when(dose: int) -> str:
    """Return the start: thirty days between the doses of a course."""
    return utc_text(samples.MORNING - timedelta(days=30 * (dose + 1)))


def _insert(db: Database, table: str, names: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    places = ", ".join("?" * len(names))
    db.conn.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})", rows)  # noqa: S608
