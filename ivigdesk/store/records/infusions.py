"""Infusions with everything that happened during them; what was corrected shows its newest state only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from ivigdesk.clinical.infusions.infusion import (
    Check,
    Infusion,
    InfusionEnd,
    Observation,
    RateChange,
    SideEffect,
    VialUsed,
)
from ivigdesk.messages import Record
from ivigdesk.store import refusals
from ivigdesk.store.driver import Database
from ivigdesk.store.records import courses
from ivigdesk.store.records.questions import ask, ask_one, listed, signature, write_once
from ivigdesk.store.records.rows import Row, Table

R = TypeVar("R", bound=Record)

PARTS = ("checks", "vials", "rate_changes", "observations", "side_effects", "end")
INFUSIONS = Table(Infusion, "infusions", left_out=PARTS)
CHECKS = Table(Check, "checks")
VIALS = Table(VialUsed, "vials")
RATE_CHANGES = Table(RateChange, "rate_changes")
OBSERVATIONS = Table(Observation, "observations")
SIDE_EFFECTS = Table(SideEffect, "side_effects")
ENDS = Table(InfusionEnd, "infusion_ends")


class DoseSideEffect(Record, frozen=True):
    """A side effect with the dose at which it was recorded.

    Attributes:
        course_id, number, due_on: of the dose, as the calendar in force has it.
        effect: what was recorded.
    """

    course_id: UUID
    number: int
    due_on: date
    effect: SideEffect


def write_infusion(db: Database, infusion: Infusion, entry: int) -> bool:
    """Add the start of an infusion; its parts are added on their own. One dose has one infusion.

    SAFETY: two nurses who open the same dose must not give it twice.
    """
    other = ask_one(
        db, "SELECT entry FROM infusions WHERE dose_id = ? AND id <> ?", [str(infusion.dose_id), str(infusion.id)]
    )
    if other is not None:
        raise refusals.infusion_exists(*signature(db, other["entry"]))
    return write_once(db, INFUSIONS, infusion, entry)


def write_check(db: Database, check: Check, entry: int) -> bool:
    """Add a ticked line of the checklist."""
    return write_once(db, CHECKS, check, entry)


def write_vial(db: Database, vial: VialUsed, entry: int) -> bool:
    """Add a vial, or the correction of one."""
    _same_infusion(db, VIALS, vial)
    return write_once(db, VIALS, vial, entry)


def write_rate_change(db: Database, change: RateChange, entry: int) -> bool:
    """Add a setting of the pump, or the correction of one."""
    _same_infusion(db, RATE_CHANGES, change)
    return write_once(db, RATE_CHANGES, change, entry)


def write_observation(db: Database, observation: Observation, entry: int) -> bool:
    """Add a set of vital signs, or the correction of one."""
    _same_infusion(db, OBSERVATIONS, observation)
    return write_once(db, OBSERVATIONS, observation, entry)


def write_side_effect(db: Database, effect: SideEffect, entry: int) -> bool:
    """Add a side effect, or the correction of one; a correction may name another dose."""
    return write_once(db, SIDE_EFFECTS, effect, entry)


def write_end(db: Database, end: InfusionEnd, entry: int) -> bool:
    """Add the end of an infusion, or the correction of one (a second signature, another volume)."""
    _same_infusion(db, ENDS, end)
    if end.replaces is None:
        other = ask_one(
            db,
            "SELECT entry FROM infusion_ends WHERE infusion_id = ? AND replaces IS NULL AND id <> ?",
            [str(end.infusion_id), str(end.id)],
        )
        if other is not None:
            raise refusals.changed_meanwhile(*signature(db, other["entry"]))
    written = write_once(db, ENDS, end, entry)
    courses.settle(db, end.infusion_id)
    return written


def _same_infusion(db: Database, table: Table[R], record: R) -> None:
    replaces: UUID | None = getattr(record, "replaces", None)
    if replaces is None:
        return
    row = ask_one(db, f"SELECT infusion_id FROM {table.name} WHERE id = ?", [str(replaces)])  # noqa: S608
    if row is None or row["infusion_id"] != str(record.infusion_id):  # type: ignore[attr-defined]
        raise ValueError(f"{table.name}: a correction names a record of another infusion")


def infusion(db: Database, infusion_id: UUID) -> Infusion | None:
    """Return the infusion with this id."""
    return _only(_assembled(db, "id = ?", [str(infusion_id)]))


def infusion_of(db: Database, dose_id: UUID) -> Infusion | None:
    """Return the record of giving this dose."""
    return _only(_assembled(db, "dose_id = ?", [str(dose_id)]))


def infusions_of_doses(db: Database, dose_ids: Iterable[UUID]) -> tuple[Infusion, ...]:
    """Return the infusions of these doses, by start."""
    return _assembled(db, "dose_id IN (SELECT value FROM json_each(?))", [listed(dose_ids)])


def infusions_of_course(db: Database, course_id: UUID) -> tuple[Infusion, ...]:
    """Return the course's infusions, by start."""
    return _assembled(db, "dose_id IN (SELECT id FROM doses WHERE course_id = ?)", [str(course_id)])


def running_infusions(db: Database) -> tuple[Infusion, ...]:
    """Return the infusions that have no end, by start."""
    condition = "NOT EXISTS (SELECT 1 FROM infusion_ends WHERE infusion_id = infusions.id)"
    return _assembled(db, condition, [])


def infusions_on(db: Database, day: date) -> tuple[Infusion, ...]:
    """Return the infusions that were started or ended on the ward's date `day`, by start."""
    middle = datetime.combine(day, datetime.min.time())
    span = [(middle + timedelta(days=days)).isoformat() for days in (-1, 2)]  # any offset; the rest is sorted out below
    found = _assembled(
        db,
        "started_at_utc BETWEEN ? AND ?"
        " OR id IN (SELECT infusion_id FROM infusion_ends WHERE ended_at_utc BETWEEN ? AND ?)",
        [*span, *span],
    )
    return tuple(
        each
        for each in found
        if each.started_at.date() == day or (each.end is not None and each.end.ended_at.date() == day)
    )


def side_effects_of_doses(db: Database, dose_ids: Iterable[UUID]) -> tuple[SideEffect, ...]:
    """Return the current side effects of these doses, by onset."""
    return _side_effects(db, "dose_id IN (SELECT value FROM json_each(?))", [listed(dose_ids)])


def side_effects_of_course(db: Database, course_id: UUID) -> tuple[SideEffect, ...]:
    """Return the current side effects of the course's doses, by onset."""
    return _side_effects(db, "dose_id IN (SELECT id FROM doses WHERE course_id = ?)", [str(course_id)])


def side_effects_with_doses(db: Database, course_ids: Iterable[UUID]) -> tuple[DoseSideEffect, ...]:
    """Return the current side effects of these courses with their doses, by onset.

    What was recorded at a dose entered in error is left out. A dose that the calendar in force no longer has stands
    where it stood last.
    """
    effects = _side_effects(
        db,
        "dose_id IN (SELECT id FROM doses WHERE course_id IN (SELECT value FROM json_each(?)))",
        [listed(course_ids)],
    )
    rows = ask(
        db,
        """
        SELECT doses.id, doses.course_id, doses.number, planned.due_on, planned.is_error FROM doses
        JOIN revision_doses AS planned ON planned.dose_id = doses.id
        JOIN revisions ON revisions.id = planned.revision_id
        WHERE doses.id IN (SELECT value FROM json_each(?)) ORDER BY revisions.number
        """,
        [listed(effect.dose_id for effect in effects)],
    )
    newest = {UUID(row["id"]): row for row in rows}
    return tuple(
        DoseSideEffect(
            course_id=UUID(row["course_id"]),
            number=row["number"],
            due_on=date.fromisoformat(row["due_on"]),
            effect=effect,
        )
        for row, effect in ((newest[effect.dose_id], effect) for effect in effects)
        if not row["is_error"]
    )


def side_effect_history(db: Database, effect_id: UUID) -> tuple[SideEffect, ...]:
    """Return a side effect with all that it corrected, newest first."""
    rows = ask(
        db,
        """
        WITH RECURSIVE chain (id, age) AS (
            SELECT ?, 0
            UNION
            SELECT side_effects.replaces, age + 1 FROM side_effects JOIN chain USING (id)
            WHERE side_effects.replaces IS NOT NULL
        )
        SELECT side_effects.* FROM side_effects JOIN chain USING (id) ORDER BY age
        """,
        [str(effect_id)],
    )
    return tuple(map(SIDE_EFFECTS.from_row, rows))


def _side_effects(db: Database, condition: str, parameters: list[Any]) -> tuple[SideEffect, ...]:
    rows = ask(
        db,
        f"""
        SELECT * FROM side_effects WHERE ({condition})
        AND NOT EXISTS (SELECT 1 FROM side_effects AS later WHERE later.replaces = side_effects.id)
        ORDER BY onset_at_utc, entry, id
        """,  # noqa: S608
        parameters,
    )
    return tuple(map(SIDE_EFFECTS.from_row, rows))


def _assembled(db: Database, condition: str, parameters: list[Any]) -> tuple[Infusion, ...]:
    rows = ask(
        db,
        f"SELECT * FROM infusions WHERE {condition} ORDER BY started_at_utc, id",  # noqa: S608
        parameters,
    )
    if not rows:
        return ()
    ids = listed(row["id"] for row in rows)
    checks = _parts(db, CHECKS, ids)
    vials, rates, seen, ends = (_parts(db, table, ids) for table in (VIALS, RATE_CHANGES, OBSERVATIONS, ENDS))
    effects: dict[str, list[SideEffect]] = defaultdict(list)
    for effect in side_effects_of_doses(db, (row["dose_id"] for row in rows)):
        effects[str(effect.dose_id)].append(effect)
    return tuple(
        INFUSIONS.from_row(
            row,
            checks=tuple(checks[row["id"]]),
            vials=tuple(vials[row["id"]]),
            rate_changes=tuple(rates[row["id"]]),
            observations=tuple(seen[row["id"]]),
            side_effects=tuple(effects[row["dose_id"]]),
            end=next(iter(ends[row["id"]]), None),
        )
        for row in rows
    )


def _parts(db: Database, table: Table[Any], infusion_ids: str) -> dict[str, list[Any]]:
    """Return the current rows of one kind by infusion, ascending by time."""
    corrected = f"EXISTS (SELECT 1 FROM {table.name} AS later WHERE later.replaces = {table.name}.id)"  # noqa: S608
    current = f"AND NOT {corrected}" if "replaces" in table.columns else ""
    found: dict[str, list[Any]] = defaultdict(list)
    rows: list[Row] = ask(
        db,
        f"""
        SELECT * FROM {table.name} WHERE infusion_id IN (SELECT value FROM json_each(?)) {current}
        ORDER BY at_utc, entry, rowid
        """,  # noqa: S608
        [infusion_ids],
    )
    for row in rows:
        found[row["infusion_id"]].append(table.from_row(row))
    return found


def _only(found: tuple[Infusion, ...]) -> Infusion | None:
    return found[0] if found else None
