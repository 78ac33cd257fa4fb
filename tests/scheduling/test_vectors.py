"""The shipped regimens against the fact base's expected days, counts and amounts."""

from __future__ import annotations

import json
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from ivigdesk import resources
from ivigdesk.clinical.doses.dosing import WeightPolicy
from ivigdesk.scheduling.calendar import CalendarDose, course_days, expand
from ivigdesk.scheduling.choices import Choice, choose
from ivigdesk.scheduling.regimen import WEIGHT_POLICIES
from ivigdesk.scheduling.regimen_file import parse_regimen

from .build import FILES, pick, shipped

_DATA = Path(__file__).parent.parent / "data" / "regimen-vectors.json"
VECTORS: list[dict[str, Any]] = json.loads(_DATA.read_text(encoding="utf-8"))["regimens"]

MONDAY = date(2026, 3, 2)


def planned(facts: str, start: date = MONDAY, *picks: Choice, **rest: Any) -> tuple[CalendarDose, ...]:
    regimen = choose(shipped(facts), picks)
    if regimen.anchor == "first-dose":
        return expand(regimen, first_on=start, transplant_on=None, **rest)
    return expand(regimen, first_on=None, transplant_on=start, **rest)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_a_shipped_regimen_has_the_days_count_and_total_of_the_fact_base(vector: dict[str, Any]) -> None:
    regimen = shipped(vector["id"])
    doses = planned(vector["id"])
    days = vector.get("expect_days") or [day for day, _ in vector["doses"]]
    in_course = regimen.anchor == "first-dose"

    assert regimen.facts == vector["id"]
    assert regimen.anchor == {"START": "first-dose", "TX": "transplant"}[vector["anchor"]]
    assert ("antiviral" in regimen.requires) == vector.get("needs_antiviral", False)
    assert list(course_days(regimen)) == days
    assert [dose.course_day if in_course else dose.transplant_day for dose in doses] == days
    assert len(doses) == vector["expect_n"]
    if "expect_cum_mg_per_kg" in vector:
        assert sum(dose.mg_per_kg or 0 for dose in doses) == vector["expect_cum_mg_per_kg"]
    else:
        assert all(dose.mg_per_kg is None for dose in doses)
    if "doses" in vector:
        assert [dose.mg_per_kg for dose in doses] == [amount for _, amount in vector["doses"]]
    if "max_mg_per_kg" in vector:
        assert regimen.max_mg_per_kg == vector["max_mg_per_kg"]
        assert regimen.first_dose_window == tuple(vector["first_dose_window"])


def test_every_vector_is_a_row_and_every_shipped_file_is_named_by_its_id() -> None:
    found = {path.stem: parse_regimen(path.read_bytes(), path.name) for path in resources.files("regimens", ".toml")}
    assert {stem: regimen.id for stem, regimen in found.items()} == {stem: stem for stem in FILES.values()}
    assert {vector["id"] for vector in VECTORS} <= set(FILES)


def test_every_source_of_a_shipped_regimen_is_in_the_evidence_list() -> None:
    evidence = tomllib.loads(resources.folder("evidence.toml").read_text(encoding="utf-8"))
    known = {entry["id"] for entry in evidence["entries"]}
    assert {source for facts in FILES for source in shipped(facts).sources} <= known


def test_weight_policies_of_files_are_those_that_doses_are_computed_by() -> None:
    assert get_args(WeightPolicy) == WEIGHT_POLICIES


@pytest.mark.parametrize(
    ("choice", "last_four"),
    [
        (15, ["2026-03-16", "2026-03-23", "2026-03-30", "2026-04-06"]),
        (20, ["2026-03-21", "2026-03-28", "2026-04-04", "2026-04-11"]),
        (21, ["2026-03-22", "2026-03-29", "2026-04-05", "2026-04-12"]),
    ],
    ids=["2A", "2B", "2C"],
)
def test_the_weekly_phase_starts_on_the_day_that_the_prescriber_chose(choice: int, last_four: list[str]) -> None:
    doses = planned("R01", MONDAY, pick(1, "first_day", choice))
    assert [str(dose.due_on) for dose in doses] == [
        *("2026-03-02", "2026-03-04", "2026-03-06", "2026-03-08", "2026-03-10", "2026-03-12", "2026-03-14"),
        *last_four,
    ]
    assert len(doses) == 11
    assert sum(dose.mg_per_kg or 0 for dose in doses) == 1650


def test_the_weekly_phase_starts_on_day_15_unless_somebody_chose() -> None:
    assert planned("R01") == planned("R01", MONDAY, pick(1, "first_day", 15))


def test_alternate_days_pass_over_the_leap_day() -> None:
    assert [str(dose.due_on) for dose in planned("R01", date(2028, 2, 25))][:7] == [
        *("2028-02-25", "2028-02-27", "2028-02-29", "2028-03-02", "2028-03-04", "2028-03-06", "2028-03-08"),
    ]


def test_fourteen_days_of_alternate_days_are_seven_doses_and_day_15_is_outside() -> None:
    first_phase = [dose for dose in planned("R01") if dose.phase == 0]
    assert [dose.course_day for dose in first_phase] == [1, 3, 5, 7, 9, 11, 13]


def test_the_choice_of_the_weekly_day_stands_in_the_file() -> None:
    assert shipped("R01").phases[1].first_day_choices == (15, 20, 21)


def test_four_weeks_are_four_weekly_doses() -> None:
    assert len([dose for dose in planned("R01") if dose.phase == 1]) == 4


@pytest.mark.parametrize(("last_day", "last", "count"), [(90, 84, 12), (100, 98, 14)])
def test_first_three_months_end_on_the_day_that_the_prescriber_chose(last_day: int, last: int, count: int) -> None:
    doses = planned("R06", MONDAY, pick(0, "last_day", last_day))
    assert (doses[-1].transplant_day, len(doses)) == (last, count)


def test_first_three_months_have_a_stated_last_day() -> None:
    assert [(phase.last_day, phase.last_day_choices) for phase in shipped("R06").phases] == [(100, (90, 100))]


def test_course_day_counts_from_1_and_transplant_day_from_0() -> None:
    regimen = shipped("R01")
    doses = expand(regimen, first_on=MONDAY, transplant_on=MONDAY)
    assert (doses[0].course_day, doses[0].transplant_day) == (1, 0)
    later = expand(regimen, first_on=MONDAY, transplant_on=MONDAY + timedelta(days=3))
    assert (later[0].transplant_day, later[1].transplant_day, later[2].transplant_day) == (-3, -1, 1)
    before = planned("R08")
    assert [(dose.course_day, dose.transplant_day) for dose in before[:2]] == [(1, -1), (8, 6)]


def test_doses_fall_on_weekends_because_the_ward_works_then() -> None:
    assert {dose.due_on.weekday() for dose in planned("R01")} >= {5, 6}
    assert all(dose.moved_days == 0 for dose in planned("R01"))


def test_dates_are_plain_dates_across_a_change_of_clocks() -> None:
    doses = planned("R19", date(2026, 3, 27))
    assert [type(dose.due_on) for dose in doses] == [date] * 5
    assert [dose.due_on.day for dose in doses] == [27, 28, 29, 30, 31]


def test_the_optional_dose_is_given_only_when_asked_for() -> None:
    assert [dose.course_day for dose in planned("R03", include_optional=True)] == [1, 2, 7, 14, 21]
    assert sum(dose.mg_per_kg or 0 for dose in planned("R03", include_optional=True)) == Decimal(1600)


def test_replacement_is_planned_for_six_doses_and_then_reviewed() -> None:
    regimen = shipped("R12")
    assert regimen.review_after_doses == 6
    assert len(planned("R12")) == 6
