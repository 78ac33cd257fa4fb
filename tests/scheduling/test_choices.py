"""What the prescriber may pick, the regimen with the picks made, and picks that are refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.errors import UserMistake
from ivigdesk.scheduling.calendar import course_days, expand
from ivigdesk.scheduling.choices import Choice, Open, choose, open_choices
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.scheduling.regimen_check import check_regimen
from ivigdesk.wording import Wording

from .build import FILES, phase, pick, regimen, shipped

WHAT: tuple[Open, ...] = ("first_day", "last_day", "every_days", "doses", "mg_per_kg")

OPEN = [
    ("R01", [(1, "first_day", "15", "15 20 21")]),
    ("R05", [(1, "first_day", "22", "21 22 23")]),
    ("R06", [(0, "last_day", "100", "90 100")]),
    ("R12", [(0, "every_days", "28", "21 28"), (0, "mg_per_kg", "400", "400-500")]),
    ("R13", [(0, "every_days", "28", "21 28"), (0, "mg_per_kg", "400", "200-400")]),
    ("R14", [(0, "every_days", "28", "21 28"), (0, "mg_per_kg", "400", "200-400")]),
    ("R15", [(0, "mg_per_kg", "400", "400-600")]),
    ("R15 loading", [(1, "first_day", "15", "8 15 22"), (1, "mg_per_kg", "400", "400-600")]),
    ("R16", [(1, "mg_per_kg", "400", "200-400")]),
    ("R17", [(0, "doses", "2", "2 3"), (0, "mg_per_kg", "200", "200-300")]),
    ("R19", [(0, "doses", "5", "2 3 4 5")]),
    ("R24", [(0, "first_day", "0", "-10 -9 -8 -7 -6 -5 -4 -3 -2 -1 0"), (0, "every_days", "14", "14 21")]),
    ("R28", [(0, "doses", "5", "2 4 5")]),
]


@pytest.mark.parametrize(("row", "expected"), OPEN, ids=[row for row, _ in OPEN])
def test_what_a_source_leaves_open_is_offered(row: str, expected: list[tuple[int, str, str, str]]) -> None:
    offered = [
        (
            choice.phase,
            choice.what,
            str(choice.default),
            f"{choice.least}-{choice.most}" if choice.least else " ".join(str(value) for value in choice.allowed),
        )
        for choice in open_choices(shipped(row))
    ]
    assert offered == expected


def test_the_other_regimens_leave_nothing_open() -> None:
    assert {row for row in FILES if open_choices(shipped(row))} == {row for row, _ in OPEN}


def test_an_open_choice_names_its_phase() -> None:
    assert [choice.phase_name.en for choice in open_choices(shipped("R01"))] == ["Weekly"]


def test_without_a_pick_the_regimen_keeps_its_own_values() -> None:
    assert choose(shipped("R12"), []) == shipped("R12")


def test_a_pick_changes_its_own_phase_only_and_keeps_what_was_open() -> None:
    made = regimen(phase(1, 1, doses=2), phase(8, 7, doses=2, first_day_choices=(8, 10)), phase(40, 7, doses=1))
    chosen = choose(made, [pick(1, "first_day", 10)])
    assert course_days(chosen) == (1, 2, 10, 17, 40)
    assert open_choices(chosen)[0].allowed == open_choices(made)[0].allowed
    assert open_choices(chosen)[0].default == 10


def test_several_picks_are_made_together() -> None:
    chosen = choose(shipped("R12"), [pick(0, "every_days", 21), pick(0, "mg_per_kg", "437.5")])
    assert course_days(chosen) == (1, 22, 43, 64, 85, 106)
    assert chosen.phases[0].mg_per_kg == Decimal("437.5")


@pytest.mark.parametrize(("doses", "each"), [(2, 1000), (4, 500), (5, 400)])
def test_the_number_of_doses_divides_the_whole(doses: int, each: int) -> None:
    chosen = choose(shipped("R28"), [pick(0, "doses", doses)])
    planned = expand(chosen, first_on=date(2026, 3, 2), transplant_on=None)
    assert [dose.mg_per_kg for dose in planned] == [each] * doses


@pytest.mark.parametrize("value", ["200", "200.001", "399.99", "400"])
def test_any_exact_amount_within_a_range_can_be_picked(value: str) -> None:
    chosen = choose(shipped("R13"), [pick(0, "mg_per_kg", value)])
    assert str(chosen.phases[0].mg_per_kg) == value


@pytest.mark.parametrize(("what", "value"), [("first_day", 1), ("every_days", 2), ("mg_per_kg", 150)])
def test_naming_a_value_that_is_not_open_is_no_mistake(what: Open, value: int) -> None:
    assert choose(shipped("R01"), [pick(0, what, value)]) == shipped("R01")


REFUSED = [
    ("R01", 1, "first_day", "16", "“Weekly” cannot start on day 16. Allowed: 15, 20, 21."),
    ("R01", 1, "first_day", "15.5", "“Weekly” cannot start on day 15.5. Allowed: 15, 20, 21."),
    ("R01", 1, "first_day", "NaN", "“Weekly” cannot start on day NaN. Allowed: 15, 20, 21."),
    ("R01", 1, "first_day", "sNaN", "“Weekly” cannot start on day sNaN. Allowed: 15, 20, 21."),
    ("R01", 0, "first_day", "2", "“Alternate days” cannot start on day 2. Allowed: 1."),
    ("R01", 2, "first_day", "15", "“15” cannot be picked: this regimen has no phase number 3."),
    ("R01", -1, "first_day", "15", "“15” cannot be picked: this regimen has no phase number 0."),
    ("R18", 0, "doses", "2", "“2” cannot be picked: this regimen has no phase number 1."),
    ("R06", 0, "last_day", "99", "“Weekly” cannot end on day 99. Allowed: 90, 100."),
    ("R12", 0, "every_days", "14", "“Maintenance” cannot be given every 14 days. Allowed: 21, 28."),
    ("R19", 0, "doses", "6", "“Daily” cannot have 6 doses. Allowed: 2, 3, 4, 5."),
    ("R28", 0, "doses", "3", "“Daily” cannot have 3 doses. Allowed: 2, 4, 5."),
    ("R12", 0, "mg_per_kg", "501", "“Maintenance” cannot have 501 mg/kg. Allowed: from 400 to 500 mg/kg."),
    ("R12", 0, "mg_per_kg", "399.99", "“Maintenance” cannot have 399.99 mg/kg. Allowed: from 400 to 500 mg/kg."),
    ("R12", 0, "mg_per_kg", "Infinity", "“Maintenance” cannot have Infinity mg/kg. Allowed: from 400 to 500 mg/kg."),
    ("R01", 0, "mg_per_kg", "151", "“Alternate days” cannot have 151 mg/kg. Allowed: 150 mg/kg."),
    ("R01", 0, "last_day", "15", "“15” cannot be picked for “Alternate days”: there is nothing to pick."),
    ("R24", 0, "mg_per_kg", "50", "“50” cannot be picked for “Every 2 to 3 weeks”: there is nothing to pick."),
    ("R28", 0, "mg_per_kg", "400", "“400” cannot be picked for “Daily”: there is nothing to pick."),
]


@pytest.mark.parametrize(("row", "index", "what", "value", "sentence"), REFUSED)
def test_a_pick_that_is_not_open_is_refused_with_what_is_allowed(
    row: str, index: int, what: Open, value: str, sentence: str
) -> None:
    with pytest.raises(UserMistake) as refused:
        choose(shipped(row), [pick(index, what, value)])
    assert refused.value.field == what
    assert Wording("en").say_error(refused.value) == sentence


def test_one_value_cannot_be_picked_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        choose(shipped("R01"), [pick(1, "first_day", 15), pick(1, "first_day", 20)])


@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_regimen_with_any_picks_made_is_a_regimen_that_would_be_loaded(row: str, data: st.DataObject) -> None:
    made = shipped(row)
    picks = []
    for choice in open_choices(made):
        values = st.sampled_from(choice.allowed) if choice.allowed else st.decimals(choice.least, choice.most, places=2)
        picks.append(Choice(phase=choice.phase, what=choice.what, value=data.draw(values)))
    chosen = choose(made, picks)
    check_regimen(chosen, "chosen.toml")
    assert [choice.default for choice in open_choices(chosen)] == [one.value for one in picks]
    assert _days_of_a_calendar(chosen) == course_days(chosen)


@given(st.sampled_from(sorted(FILES)), st.integers(-1, 3), st.sampled_from(WHAT), st.decimals())
def test_whatever_is_picked_is_taken_or_refused_in_words(row: str, index: int, what: Open, value: Decimal) -> None:
    choices = [Choice(phase=index, what=what, value=value)]
    try:
        chosen = choose(shipped(row), choices)
    except UserMistake as mistake:
        refused = mistake
    else:
        check_regimen(chosen, "chosen.toml")
        return
    assert refused.field == what
    assert Wording("en").say_error(refused)


def _days_of_a_calendar(made: Regimen) -> tuple[int | None, ...]:
    day = date(2026, 3, 2)
    if made.anchor == "first-dose":
        return tuple(dose.course_day for dose in expand(made, first_on=day, transplant_on=None))
    return tuple(dose.transplant_day for dose in expand(made, first_on=None, transplant_on=day))
