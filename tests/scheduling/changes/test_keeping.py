"""The hard rules by themselves: calendars that no change may make, whatever is wrong with the change."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest

from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.scheduling.changes import check_calendar
from ivigdesk.scheduling.changes.keeping import check_total
from ivigdesk.scheduling.changes.slots import Slot, SlotState

from .build import change, cmv, given, monthly, on, replaced, said, with_state

ON_RECORD: tuple[SlotState, ...] = ("given", "running", "not given", "error")
NOT_ON_RECORD: tuple[SlotState, ...] = ("planned", "held", "omitted", "ceased")
EXTRA = change(monthly(), "add", None, "03-16").slots
WRONG = change(given(monthly(), 1), "error", 1).slots


def forbidden(before: tuple[Slot, ...], after: tuple[Slot, ...]) -> str:
    """Return the sentence of a refusal that belongs to no field."""
    with pytest.raises(KnownError) as error:
        check_calendar(before, after)
    return said(error.value)


def recorded(state: SlotState) -> tuple[Slot, ...]:
    return replaced(cmv(), 3, state=state, given_on=on("03-06"))


@pytest.mark.parametrize("state", ON_RECORD)
@pytest.mark.parametrize(
    "facts",
    [
        {"due_on": on("03-07")},
        {"given_on": on("03-07")},
        {"given_on": None},
        {"mg_per_kg": Decimal(151)},
        {"state": "planned"},
        {"state": "omitted"},
        {"phase": 1},
        {"state": "error", "due_on": on("03-07")},
        {"state": "given", "given_on": on("03-07")},
    ],
)
def test_what_is_on_record_stays_as_it_is(state: SlotState, facts: dict[str, object]) -> None:
    words = "entered in error" if state == "error" else state
    assert forbidden(recorded(state), replaced(recorded(state), 3, **facts)) == (
        f"Dose 3 is {words} and stays as it is. Nothing was changed."
    )


@pytest.mark.parametrize("state", NOT_ON_RECORD)
@pytest.mark.parametrize("record", ON_RECORD)
def test_no_change_puts_a_dose_on_record(state: SlotState, record: SlotState) -> None:
    before = with_state(cmv(), state, 3)
    assert "Dose 3 is " in forbidden(before, replaced(before, 3, state=record))


def test_an_entry_is_corrected_and_an_undo_takes_that_back() -> None:
    for state in ("given", "not given"):
        check_calendar(recorded(state), recorded("error"))  # type: ignore[arg-type]
        check_calendar(recorded("error"), recorded(state))  # type: ignore[arg-type]
    assert forbidden(recorded("running"), recorded("error"))
    assert forbidden(recorded("error"), recorded("running"))
    assert forbidden(recorded("given"), recorded("not given"))


@pytest.mark.parametrize(
    "facts",
    [
        {"mg_per_kg": Decimal(300)},
        {"phase": 1},
        {"every_days": 3},
        {"tolerance_days": 2},
        {"is_extra": True},
        {"given_on": on("03-06")},
    ],
)
def test_a_waiting_dose_keeps_what_it_is(facts: dict[str, object]) -> None:
    assert (
        forbidden(cmv(), replaced(cmv(), 3, **facts)) == "Dose 3 keeps its amount and its phase. Nothing was changed."
    )


@pytest.mark.parametrize("state", ["planned", "held", "omitted", "ceased"])
def test_a_dose_of_the_regimen_never_disappears(state: SlotState) -> None:
    before = with_state(cmv(), state, 11)
    assert forbidden(before, before[:10]).endswith("and stays in the calendar. Nothing was changed.")


@pytest.mark.parametrize("state", ON_RECORD)
def test_an_added_dose_on_record_never_disappears(state: SlotState) -> None:
    before = replaced(EXTRA, 7, state=state, given_on=on("03-16"))
    assert forbidden(before, before[:6]).startswith("Dose 7 is ")


def test_an_added_dose_that_waits_can_disappear_and_so_can_one_in_the_place_of_another() -> None:
    check_calendar(EXTRA, EXTRA[:6])
    check_calendar(WRONG, given(monthly(), 1))


def test_no_dose_of_the_regimen_appears() -> None:
    more = (*cmv(), msgspec.structs.replace(cmv()[10], number=12, due_on=on("04-13")))
    assert forbidden(cmv(), more) == "The course would have more doses than were approved. Nothing was changed."


@pytest.mark.parametrize("state", ["held", "given", "running", "not given", "omitted", "ceased", "error"])
def test_a_new_dose_is_planned(state: SlotState) -> None:
    assert "more doses" in forbidden(monthly(), with_state(EXTRA, state, 7))


def test_a_new_dose_is_like_one_that_was_prescribed() -> None:
    doubled = replaced(EXTRA, 7, mg_per_kg=Decimal(800))
    assert forbidden(monthly(), doubled) == "Dose 7 has another amount than was prescribed. Nothing was changed."
    assert "another amount" in forbidden(monthly(), replaced(EXTRA, 7, phase=1))
    before = given(monthly(), 1)
    assert "another amount" in forbidden(before, replaced(WRONG, 7, mg_per_kg=Decimal(500)))


def test_one_in_the_place_of_another_has_its_amount_and_not_that_of_a_third() -> None:
    before = replaced(given(monthly(), 1), 2, mg_per_kg=Decimal(500))
    after = replaced(replaced(WRONG, 2, mg_per_kg=Decimal(500)), 7, mg_per_kg=Decimal(500))
    assert "another amount" in forbidden(before, after)


def test_a_place_is_taken_only_of_a_wrong_entry_and_only_once() -> None:
    before = given(monthly(), 1)
    right = replaced(WRONG, 1, state="given")
    assert "more doses" in forbidden(before, right)
    assert "more doses" in forbidden(WRONG, right)
    twice = (*WRONG, msgspec.structs.replace(WRONG[-1], number=8, due_on=on("03-09")))
    assert "more doses" in forbidden(WRONG, twice)
    nobody = (*WRONG[:6], msgspec.structs.replace(WRONG[-1], replaces=9))
    assert "more doses" in forbidden(before, nobody)


def test_two_doses_never_stand_on_one_day() -> None:
    for state in ("planned", "held", "running", "given"):
        before = with_state(cmv(), state, 5)  # type: ignore[arg-type]
        with pytest.raises(UserMistake, match=r"Dose 6 cannot move to .*: dose 5 stands there"):
            check_calendar(before, replaced(before, 6, due_on=on("03-10")))
        with pytest.raises(UserMistake, match=r"Dose 4 cannot move to .*: dose 5 stands there"):
            check_calendar(before, replaced(before, 4, due_on=on("03-10")))
    for state in ("not given", "omitted", "ceased", "error"):
        before = with_state(cmv(), state, 5)  # type: ignore[arg-type]
        check_calendar(before, replaced(before, 6, due_on=on("03-10")))


def test_a_dose_that_takes_place_again_does_not_do_so_on_a_day_taken_since() -> None:
    before = replaced(with_state(cmv(), "omitted", 5), 6, due_on=on("03-10"))
    with pytest.raises(UserMistake, match="dose 6 stands there"):
        check_calendar(before, with_state(before, "planned", 5))


def test_a_dose_given_on_the_day_of_another_does_not_stand_in_the_way_of_changes_elsewhere() -> None:
    before = given(cmv(), 4, late=2)
    check_calendar(before, replaced(before, 11, due_on=on("04-07")))
    check_calendar(before, with_state(before, "omitted", 5))


def test_a_dose_given_after_the_next_one_was_due_does_not_stand_in_the_way_of_changes_elsewhere() -> None:
    before = given(cmv(), 4, late=3)
    check_calendar(before, replaced(before, 11, due_on=on("04-07")))
    check_calendar(before, with_state(before, "omitted", 5))
    with pytest.raises(UserMistake, match=r"Dose 5 cannot move to .*: dose 4 stays on"):
        check_calendar(before, replaced(before, 5, due_on=on("03-09")))


def test_two_doses_on_one_day_do_not_move_together_to_another() -> None:
    before = with_state(replaced(cmv(), 5, due_on=on("03-12")), "held", 5)
    after = replaced(replaced(before, 5, due_on=on("03-13")), 6, due_on=on("03-13"))
    with pytest.raises(UserMistake, match="stands there"):
        check_calendar(before, after)


def test_only_the_regimens_own_doses_keep_their_order() -> None:
    before = change(cmv(), "add", None, "04-13").slots
    check_calendar(before, replaced(before, 12, due_on=on("03-03")))
    check_calendar(before, replaced(before, 11, due_on=on("04-20")))
    with pytest.raises(UserMistake, match=r"Dose 11 cannot move to .*: dose 10 stays on"):
        check_calendar(before, replaced(before, 11, due_on=on("03-29")))


def test_the_order_counts_between_doses_that_are_not_neighbours() -> None:
    before = with_state(cmv(), "omitted", 9, 10)
    with pytest.raises(UserMistake, match=r"Dose 11 cannot move to .*: dose 8 stays on"):
        check_calendar(before, replaced(before, 11, due_on=on("03-15")))


def test_the_refusal_belongs_to_the_field_that_is_named() -> None:
    with pytest.raises(UserMistake) as error:
        check_calendar(cmv(), replaced(cmv(), 6, due_on=on("03-10")), field="reach")
    assert error.value.field == "reach"
    with pytest.raises(UserMistake) as error:
        check_calendar(cmv(), replaced(cmv(), 11, due_on=on("04-06") + timedelta(days=367)), field="reach")
    assert error.value.field == "reach"


def test_the_number_of_doses_that_count_grows_only_as_far_as_was_said() -> None:
    left_out = with_state(cmv(), "omitted", 5)
    check_total(cmv(), left_out, may_grow_by=0)
    check_total(monthly(), EXTRA, may_grow_by=1)
    check_total(given(monthly(), 1), WRONG, may_grow_by=0)
    for before in (left_out, with_state(cmv(), "ceased", 5), with_state(cmv(), "error", 5)):
        with pytest.raises(KnownError, match="more doses than were approved"):
            check_total(before, cmv(), may_grow_by=0)
    with pytest.raises(KnownError, match="more doses than were approved"):
        check_total(monthly(), EXTRA, may_grow_by=0)
