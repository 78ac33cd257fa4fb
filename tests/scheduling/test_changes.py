"""Postponing and bringing forward: what moves, what stays, what is refused and what is noticed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import Message
from ivigdesk.scheduling.calendar import expand
from ivigdesk.scheduling.changes import MOST_MOVED_DAYS, Moved, Reach, Slot, after_moves, postpone
from ivigdesk.wording import NO_BREAK, Wording

from .build import shipped

MONDAY = date(2026, 3, 2)
REACHES: tuple[Reach, ...] = ("this", "phase", "rest")


def course(given_until: int = 0) -> tuple[Slot, ...]:
    """The CMV course from Monday 2 March 2026: doses 1-7 alternate days, 8-11 weekly."""
    regimen = shipped("R01")
    return tuple(
        Slot(
            number=dose.number,
            phase=dose.phase,
            due_on=dose.due_on,
            is_fixed=dose.number <= given_until,
            every_days=regimen.phases[dose.phase].every_days,
            tolerance_days=regimen.phases[dose.phase].tolerance_days,
        )
        for dose in expand(regimen, first_on=MONDAY, transplant_on=None)
    )


def day(course_day: int) -> date:
    return MONDAY + timedelta(days=course_day - 1)


def days_of(moves: tuple[Moved, ...]) -> dict[int, int]:
    return {move.slot.number: (move.due_on - MONDAY).days + 1 for move in moves}


def notes_of(moves: tuple[Moved, ...]) -> dict[int, list[str]]:
    said = Wording("en").say
    return {move.slot.number: [said(note) for note in move.notes] for move in moves if move.notes}


def replaced(slots: tuple[Slot, ...], number: int, **facts: object) -> tuple[Slot, ...]:
    return tuple(msgspec.structs.replace(slot, **facts) if slot.number == number else slot for slot in slots)


def said(message: Message) -> str:
    return Wording("en").say(message).replace(NO_BREAK, " ")


def test_a_dose_moves_alone() -> None:
    assert days_of(postpone(course(), number=9, to=day(24), reach="this")) == {9: 24}


def test_the_rest_of_its_phase_moves_with_it() -> None:
    assert days_of(postpone(course(), number=6, to=day(12), reach="phase")) == {6: 12, 7: 14}
    assert days_of(postpone(course(), number=9, to=day(24), reach="phase")) == {9: 24, 10: 31, 11: 38}


def test_everything_later_moves_with_it() -> None:
    moves = postpone(course(), number=6, to=day(14), reach="rest")
    assert days_of(moves) == {6: 14, 7: 16, 8: 18, 9: 25, 10: 32, 11: 39}
    assert {move.moved_days for move in moves} == {3}
    assert [move.slot.due_on for move in moves] == [slot.due_on for slot in course()[5:]]


def test_a_dose_is_brought_forward() -> None:
    moves = postpone(course(), number=10, to=day(27), reach="rest")
    assert days_of(moves) == {10: 27, 11: 34}
    assert {move.moved_days for move in moves} == {-2}


def test_given_doses_never_move() -> None:
    moves = postpone(course(given_until=7), number=8, to=day(16), reach="rest")
    assert min(days_of(moves)) == 8


def test_a_fixed_dose_among_the_later_ones_stays() -> None:
    slots = replaced(course(), 10, is_fixed=True)
    assert days_of(postpone(slots, number=8, to=day(16), reach="rest")) == {8: 16, 9: 23, 11: 37}


def test_an_omitted_dose_stands_in_nobodys_way() -> None:
    slots = replaced(course(), 9, is_fixed=True, is_left_out=True)
    assert days_of(postpone(slots, number=8, to=day(24), reach="this")) == {8: 24}
    with pytest.raises(UserMistake, match="dose 10 stays"):
        postpone(slots, number=8, to=day(29), reach="this")


def test_the_calendar_after_the_move_has_the_same_doses() -> None:
    slots = course()
    moves = postpone(slots, number=6, to=day(14), reach="rest")
    after = after_moves(slots, moves)
    assert [slot.number for slot in after] == [slot.number for slot in slots]
    assert after[:5] == slots[:5]
    assert [slot.due_on for slot in after[5:]] == [move.due_on for move in moves]


@pytest.mark.parametrize(
    ("number", "to", "reach", "sentence"),
    [
        (
            6,
            13,
            "this",
            "Dose 6 cannot move to Sat 14 Mar 2026: dose 7 stays on Sat 14 Mar 2026. Allowed: a date before it.",
        ),
        (
            6,
            15,
            "this",
            "Dose 6 cannot move to Mon 16 Mar 2026: dose 7 stays on Sat 14 Mar 2026. Allowed: a date before it.",
        ),
        (
            6,
            9,
            "rest",
            "Dose 6 cannot move to Tue 10 Mar 2026: dose 5 stays on Tue 10 Mar 2026. Allowed: a date after it.",
        ),
        (
            6,
            3,
            "phase",
            "Dose 6 cannot move to Wed 04 Mar 2026: dose 5 stays on Tue 10 Mar 2026. Allowed: a date after it.",
        ),
        (
            6,
            13,
            "phase",
            "Dose 7 cannot move to Mon 16 Mar 2026: dose 8 stays on Mon 16 Mar 2026. Allowed: a date before it.",
        ),
        (6, 11, "this", "Dose 6 is already on Thu 12 Mar 2026. Choose another date."),
    ],
)
def test_a_date_onto_or_past_another_dose_is_refused_for_the_field(
    number: int, to: int, reach: Reach, sentence: str
) -> None:
    with pytest.raises(UserMistake) as refused:
        postpone(course(), number=number, to=day(to), reach=reach)
    assert refused.value.field == "to"
    assert said(refused.value.message) == sentence


def test_a_later_dose_that_would_meet_one_that_stays_is_refused_by_its_own_number() -> None:
    slots = replaced(course(), 10, is_fixed=True)
    with pytest.raises(UserMistake) as refused:
        postpone(slots, number=8, to=day(22), reach="rest")
    assert said(refused.value.message).startswith("Dose 9 cannot move to Mon 30 Mar 2026: dose 10 stays")


@pytest.mark.parametrize("facts", [{"is_fixed": True}, {"is_left_out": True}])
def test_a_fixed_dose_is_refused(facts: dict[str, bool]) -> None:
    with pytest.raises(KnownError, match="Dose 3 does not move any more"):
        postpone(replaced(course(), 3, **facts), number=3, to=day(6), reach="this")


@pytest.mark.parametrize("number", [0, 12, -1])
def test_an_unknown_dose_is_refused_with_the_numbers_there_are(number: int) -> None:
    with pytest.raises(KnownError) as refused:
        postpone(course(), number=number, to=day(6), reach="this")
    assert said(refused.value.message) == f"This course has no dose {number}. Allowed: 1 to 11."


def test_a_course_without_doses_has_nothing_to_move() -> None:
    with pytest.raises(KnownError) as refused:
        postpone((), number=1, to=MONDAY, reach="this")
    assert said(refused.value.message) == "This course has no dose 1. Allowed: none, it has no doses."


def test_a_date_more_than_a_year_away_is_refused() -> None:
    last = course()[-1].due_on
    postpone(course(), number=11, to=last + timedelta(days=MOST_MOVED_DAYS), reach="this")
    with pytest.raises(UserMistake, match="Allowed: up to 366 days") as refused:
        postpone(course(), number=11, to=last + timedelta(days=MOST_MOVED_DAYS + 1), reach="this")
    assert refused.value.field == "to"


@pytest.mark.parametrize("to", [date(1899, 12, 31), date.min, date.max])
def test_a_date_that_no_course_can_have_is_refused(to: date) -> None:
    with pytest.raises(UserMistake, match="cannot be used as a date") as refused:
        postpone(course(), number=11, to=to, reach="this")
    assert refused.value.field == "to"


def test_a_dose_does_not_move_before_the_first_date_allowed() -> None:
    postpone(course(), number=10, to=day(27), reach="this", not_before=day(27))
    with pytest.raises(UserMistake) as refused:
        postpone(course(), number=10, to=day(26), reach="this", not_before=day(27))
    assert said(refused.value.message) == ("Dose 10 cannot move to Fri 27 Mar 2026. Allowed: Sat 28 Mar 2026 or later.")


def test_doses_out_of_order_are_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="ascending"):
        postpone(course()[::-1], number=1, to=day(2), reach="this")


def test_a_gap_of_one_day_is_noticed_on_both_sides() -> None:
    assert notes_of(postpone(course(), number=3, to=day(6), reach="this")) == {
        3: ["3 days after dose 2; 2 expected.", "Only 1 day before dose 4; 2 expected."]
    }
    assert notes_of(postpone(course(), number=3, to=day(4), reach="this")) == {
        3: ["Only 1 day after dose 2; 2 expected.", "3 days before dose 4; 2 expected."]
    }


def test_intervals_that_move_together_are_not_noticed() -> None:
    assert notes_of(postpone(course(), number=3, to=day(6), reach="phase")) == {
        3: ["3 days after dose 2; 2 expected."],
        7: ["Only 1 day before dose 8; 2 expected."],
    }
    assert notes_of(postpone(course(), number=3, to=day(6), reach="rest")) == {3: ["3 days after dose 2; 2 expected."]}


def test_a_weekly_dose_may_be_a_day_off_without_notice() -> None:
    assert notes_of(postpone(course(), number=10, to=day(30), reach="this")) == {}
    assert notes_of(postpone(course(), number=10, to=day(31), reach="this")) == {
        10: ["9 days after dose 9; 7 expected.", "Only 5 days before dose 11; 7 expected."]
    }


def test_in_a_list_the_interval_as_it_was_is_expected() -> None:
    slots = tuple(Slot(number=number, phase=0, due_on=day(at)) for number, at in enumerate((1, 2, 7, 14), start=1))
    assert notes_of(postpone(slots, number=3, to=day(8), reach="rest")) == {3: ["6 days after dose 2; 5 expected."]}


def test_the_first_dose_has_no_interval_before_it() -> None:
    slots = course()
    assert notes_of(postpone(slots, number=1, to=day(5), reach="rest")) == {}
    assert notes_of(postpone(slots, number=1, to=day(2), reach="this")) == {
        1: ["Only 1 day before dose 2; 2 expected."]
    }


SLOTS = st.lists(st.tuples(st.integers(1, 9), st.booleans(), st.integers(0, 1), st.booleans()), min_size=1, max_size=12)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Slot, ...]:
    due_on, phase, slots = MONDAY, 0, []
    for number, (gap, is_fixed, next_phase, is_left_out) in enumerate(draw(SLOTS), start=1):
        due_on += timedelta(days=gap)
        phase += next_phase
        slots.append(
            Slot(
                number=number,
                phase=phase,
                due_on=due_on,
                is_fixed=is_fixed,
                every_days=7 if phase % 2 else None,
                is_left_out=is_fixed and is_left_out,
            )
        )
    return tuple(slots)


@given(calendars(), st.integers(1, 12), st.integers(-20, 40), st.sampled_from(REACHES))
def test_a_move_keeps_number_count_order_and_everything_fixed(
    slots: tuple[Slot, ...], number: int, days: int, reach: Reach
) -> None:
    to = slots[min(number, len(slots)) - 1].due_on + timedelta(days=days)
    try:
        moves = postpone(slots, number=number, to=to, reach=reach)
    except (KnownError, UserMistake):
        return  # refusals have their own tests
    after = after_moves(slots, moves)
    chosen = next(slot for slot in slots if slot.number == number)
    assert [msgspec.structs.replace(slot, due_on=MONDAY) for slot in after] == [
        msgspec.structs.replace(slot, due_on=MONDAY) for slot in slots
    ]
    taking_place = [slot.due_on for slot in after if not slot.is_left_out]
    assert all(earlier < later for earlier, later in pairwise(taking_place))
    assert all(move.moved_days == days for move in moves)
    for before, now in zip(slots, after, strict=True):
        within = reach == "rest" or (reach == "phase" and before.phase == chosen.phase)
        moves_along = before.number > number and within and not before.is_fixed
        expected = before.due_on + timedelta(days=days if before.number == number or moves_along else 0)
        assert now.due_on == expected


@given(calendars(), st.integers(1, 12), st.integers(1, 40))
def test_a_move_of_the_rest_can_be_taken_back(slots: tuple[Slot, ...], number: int, days: int) -> None:
    free = tuple(msgspec.structs.replace(slot, is_fixed=False, is_left_out=False) for slot in slots)
    chosen = free[min(number, len(free)) - 1]
    moves = postpone(free, number=chosen.number, to=chosen.due_on + timedelta(days=days), reach="rest")
    back = postpone(after_moves(free, moves), number=chosen.number, to=chosen.due_on, reach="rest")
    assert after_moves(after_moves(free, moves), back) == free
