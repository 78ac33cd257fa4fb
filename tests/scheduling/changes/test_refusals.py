"""What is refused, in which words and for which field; and that nothing is changed by it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.scheduling.changes import MOST_MOVED_DAYS, change_calendar
from ivigdesk.scheduling.changes.slots import Asked, Limits, Slot

from .build import asked, change, cmv, given, listed, monthly, on, replaced, said, with_state

BEGUN = given(cmv(), 1, 2, 3, 4)
RUNNING = replaced(BEGUN, 5, state="running", given_on=on("03-10"))


def refused(slots: tuple[Slot, ...], what: Asked, limits: Limits | None = None) -> tuple[str | None, str]:
    """Return the field and the sentence of a refusal; the calendar is as it was."""
    copy = tuple(slots)
    with pytest.raises((UserMistake, KnownError)) as error:
        change_calendar(slots, what, limits or Limits())
    assert slots == copy
    return getattr(error.value, "field", None), said(error.value)


IN_THE_WAY = [
    (
        asked("postpone", 6, "03-14"),
        "Dose 6 cannot move to Sat 14 Mar 2026: dose 7 stands there. Allowed: another date, or let the later doses "
        "move along.",
    ),
    (
        asked("postpone", 6, "03-15"),
        "Dose 6 cannot move to Sun 15 Mar 2026: dose 7 stays on Sat 14 Mar 2026. Allowed: a date before it.",
    ),
    (
        asked("bring-forward", 6, "03-08", reach="rest"),
        "Dose 6 cannot move to Sun 08 Mar 2026: dose 4 stands there. Allowed: another date, or let the later doses "
        "move along.",
    ),
    (
        asked("bring-forward", 6, "03-09", reach="phase"),
        "Dose 6 cannot move to Mon 09 Mar 2026: dose 5 stays on Tue 10 Mar 2026. Allowed: a date after it.",
    ),
    (
        asked("postpone", 6, "03-14", reach="phase"),
        "Dose 7 cannot move to Mon 16 Mar 2026: dose 8 stands there. Allowed: another date, or let the later doses "
        "move along.",
    ),
    (
        asked("postpone", 6, "03-15", reach="phase"),
        "Dose 7 cannot move to Tue 17 Mar 2026: dose 8 stays on Mon 16 Mar 2026. Allowed: a date before it.",
    ),
    (
        asked("first-day", 8, "03-14"),
        "Dose 8 cannot move to Sat 14 Mar 2026: dose 7 stands there. Allowed: another date, or let the later doses "
        "move along.",
    ),
    (
        asked("add", None, "03-08"),
        "The new dose cannot stand on Sun 08 Mar 2026: dose 4 stands there. Allowed: another date.",
    ),
]


@pytest.mark.parametrize(("what", "sentence"), IN_THE_WAY)
def test_a_date_onto_or_past_another_dose(what: Asked, sentence: str) -> None:
    assert refused(cmv(), what) == ("to", sentence)


def test_a_later_dose_that_would_pass_one_that_stays_is_named() -> None:
    assert refused(given(cmv(), 10), asked("postpone", 8, "03-24", reach="rest")) == (
        "to",
        "Dose 9 cannot move to Tue 31 Mar 2026: dose 10 stays on Mon 30 Mar 2026. Allowed: a date before it.",
    )


def test_a_given_dose_holds_its_day_on_which_it_was_given() -> None:
    slots = given(cmv(), 10, late=2)
    assert refused(slots, asked("postpone", 9, "04-01"))[1].startswith(
        "Dose 9 cannot move to Wed 01 Apr 2026: dose 10 stands there."
    )
    assert refused(slots, asked("postpone", 9, "04-02"))[1] == (
        "Dose 9 cannot move to Thu 02 Apr 2026: dose 10 stays on Wed 01 Apr 2026. Allowed: a date before it."
    )


def test_a_dose_given_late_holds_that_day_and_not_the_one_it_was_planned_for() -> None:
    slots = given(cmv(), 4, late=1)
    assert refused(slots, asked("bring-forward", 5, "03-09"))[1].startswith(
        "Dose 5 cannot move to Mon 09 Mar 2026: dose 4 stands there."
    )
    assert change(slots, "add", None, "03-08").slots[-1].due_on == on("03-08")


def test_a_dose_cannot_be_postponed_past_a_later_one_that_was_given_before_its_day() -> None:
    # Dose 5 was given on the 7th, when dose 4 was still to come on the 8th.
    slots = given(cmv(), 5, late=-3)
    assert refused(slots, asked("postpone", 4, "03-09"))[1] == (
        "Dose 4 cannot move to Mon 09 Mar 2026: dose 5 stays on Sat 07 Mar 2026. Allowed: a date before it."
    )
    assert change(slots, "postpone", 11, "04-07").slots[-1].due_on == on("04-07")


def test_an_overdue_dose_cannot_be_put_before_one_that_was_given_after_its_day() -> None:
    # Dose 4 was given on the 11th, when dose 5 had been due on the 10th.
    slots = given(cmv(), 4, late=3)
    assert refused(slots, asked("bring-forward", 5, "03-09"))[1] == (
        "Dose 5 cannot move to Mon 09 Mar 2026: dose 4 stays on Wed 11 Mar 2026. Allowed: a date after it."
    )


def test_following_a_late_dose_onto_the_next_phase_belongs_to_the_reach() -> None:
    field, sentence = refused(given(BEGUN, 4, late=2), asked("realign", 4))
    assert field == "reach"
    assert sentence.startswith("Dose 7 cannot move to Mon 16 Mar 2026: dose 8 stands there.")


DIRECTIONS = [
    (
        asked("postpone", 6, "03-11"),
        "Wed 11 Mar 2026 is before dose 6 on Thu 12 Mar 2026. Allowed: a later date; or bring the dose forward.",
    ),
    (
        asked("bring-forward", 6, "03-13"),
        "Fri 13 Mar 2026 is after dose 6 on Thu 12 Mar 2026. Allowed: an earlier date; or postpone the dose.",
    ),
    (asked("postpone", 6, "03-12"), "Dose 6 is already on Thu 12 Mar 2026. Choose another date."),
    (asked("bring-forward", 6, "03-12"), "Dose 6 is already on Thu 12 Mar 2026. Choose another date."),
    (asked("first-day", 9, "03-16"), "Dose 8 is already on Mon 16 Mar 2026. Choose another date."),
]


@pytest.mark.parametrize(("what", "sentence"), DIRECTIONS)
def test_the_wrong_direction_or_the_same_date(what: Asked, sentence: str) -> None:
    assert refused(cmv(), what) == ("to", sentence)


@pytest.mark.parametrize("verb", ["postpone", "bring-forward", "add", "first-day"])
def test_no_date_where_one_is_needed(verb: str) -> None:
    assert refused(cmv(), asked(verb, 6)) == ("to", "Give the new date.")


@pytest.mark.parametrize("to", [date.min, date(1899, 12, 31), date(2200, 1, 1), date.max])
@pytest.mark.parametrize(
    ("verb", "number"),
    [("postpone", 6), ("bring-forward", 6), ("add", 6), ("first-day", 9), ("resume", 6), ("error", 1)],
)
def test_a_date_that_no_course_can_have(verb: str, number: int, to: date) -> None:
    field, sentence = refused(with_state(given(cmv(), 1), "held", 6), asked(verb, number, to))
    assert field == "to"
    assert "cannot be used as a date here. Allowed: from Mon 01 Jan 1900 to Tue 31 Dec 2199." in sentence


LAST = cmv()[-1].due_on
FARTHEST = LAST + timedelta(days=MOST_MOVED_DAYS)


def test_a_date_more_than_a_year_away() -> None:
    assert change(cmv(), "postpone", 11, FARTHEST).slots[-1].due_on == FARTHEST
    assert refused(cmv(), asked("postpone", 11, FARTHEST + timedelta(days=1))) == (
        "to",
        "Thu 08 Apr 2027 is 367 days away from dose 11 on Mon 06 Apr 2026. Allowed: up to 366 days.",
    )
    first = cmv()[0].due_on
    assert change(cmv(), "bring-forward", 1, first - timedelta(days=366)).slots[0].due_on == date(2025, 3, 1)
    assert refused(cmv(), asked("bring-forward", 1, first - timedelta(days=367)))[0] == "to"


def test_a_later_dose_that_would_slide_more_than_a_year_is_named() -> None:
    # Dose 7 goes 366 days later, onto a Monday; dose 8 would take the next one.
    assert refused(cmv(), asked("postpone", 7, "2027-03-15", reach="rest", grid="keep")) == (
        "to",
        "Mon 22 Mar 2027 is 371 days away from dose 8 on Mon 16 Mar 2026. Allowed: up to 366 days.",
    )


def test_a_dose_added_years_past_the_end_or_before_the_beginning() -> None:
    assert change(cmv(), "add", None, FARTHEST).slots[-1].due_on == FARTHEST
    assert refused(cmv(), asked("add", None, FARTHEST + timedelta(days=1))) == (
        "to",
        "Thu 08 Apr 2027 is 367 days away from dose 11 on Mon 06 Apr 2026. Allowed: up to 366 days.",
    )
    earliest = cmv()[0].due_on - timedelta(days=366)
    assert change(cmv(), "add", None, earliest).slots[-1].due_on == earliest
    assert refused(cmv(), asked("add", None, earliest - timedelta(days=1))) == (
        "to",
        "Fri 28 Feb 2025 is 367 days away from dose 1 on Mon 02 Mar 2026. Allowed: up to 366 days.",
    )


def test_a_move_to_the_last_year_of_all_takes_no_later_dose_out_of_it() -> None:
    end = date(2199, 12, 31)
    slots = tuple(
        replaced(listed(1, 2), 1, due_on=end - timedelta(days=20))[:1]
        + replaced(listed(1, 2), 2, due_on=end - timedelta(days=10))[1:]
    )
    field, sentence = refused(slots, asked("postpone", 1, end - timedelta(days=5), reach="rest"))
    assert field == "to"
    assert "Allowed: from Mon 01 Jan 1900 to Tue 31 Dec 2199." in sentence


@pytest.mark.parametrize("state", ["given", "running", "not given", "omitted", "ceased", "error"])
@pytest.mark.parametrize(
    ("verb", "to"),
    [
        ("postpone", "03-05"),
        ("bring-forward", "03-03"),
        ("omit", None),
        ("hold", None),
        ("resume", None),
        ("product", None),
        ("weight", None),
    ],
)
def test_a_dose_that_waits_no_more(verb: str, to: str | None, state: str) -> None:
    slots = with_state(cmv(), state, 2)  # type: ignore[arg-type]
    words = {"error": "entered in error"}.get(state, state)
    assert refused(slots, asked(verb, 2, to)) == (
        None,
        f"Dose 2 does not change any more: it is {words}. Allowed: a dose that is planned or on hold.",
    )


@pytest.mark.parametrize("state", ["given", "not given", "omitted", "ceased", "error"])
def test_a_dose_that_waits_no_more_does_not_cease(state: str) -> None:
    slots = with_state(cmv(), state, 2)  # type: ignore[arg-type]
    assert refused(slots, asked("cease", 2))[1].startswith("Dose 2 does not change any more")


VERBS_OF_A_DOSE = ["postpone", "bring-forward", "omit", "hold", "first-day", "realign", "error"]


@pytest.mark.parametrize("verb", VERBS_OF_A_DOSE)
def test_no_dose_is_named(verb: str) -> None:
    assert refused(cmv(), asked(verb, None, "03-20")) == ("number", "Say which dose. Allowed: 1 to 11.")


@pytest.mark.parametrize("number", [0, 12, -1])
@pytest.mark.parametrize("verb", [*VERBS_OF_A_DOSE, "resume", "cease", "add", "product", "weight"])
def test_an_unknown_dose(verb: str, number: int) -> None:
    assert refused(cmv(), asked(verb, number, "03-20")) == (
        "number",
        f"This course has no dose {number}. Allowed: 1 to 11.",
    )


def test_a_course_without_doses() -> None:
    assert refused((), asked("postpone", 1, "03-20"))[1] == (
        "This course has no dose 1. Allowed: none, it has no doses."
    )
    assert refused((), asked("add", None, "03-20")) == (
        None,
        "This course has no dose that another could be like: none can be added.",
    )


@pytest.mark.parametrize("verb", ["omit", "hold", "cease", "product", "weight"])
def test_keeping_the_end_where_nothing_moves(verb: str) -> None:
    field, sentence = refused(cmv(), asked(verb, 5, reach="keep-end"))
    assert field == "reach"
    assert sentence.startswith("This change moves no dose, so that there is no end to keep. Allowed: ")
    assert "keep the end date" not in sentence
    assert all(words in sentence for words in ("this dose only", "the rest of its phase", "everything after it"))


@pytest.mark.parametrize("to", [None, "03-10"])
def test_keeping_the_end_where_a_dose_resumes_on_its_own_day(to: str | None) -> None:
    assert refused(with_state(cmv(), "held", 5), asked("resume", 5, to, reach="keep-end")) == (
        "reach",
        "Without another date for dose 5 there is no end to keep.",
    )


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (
            asked("realign", 4, reach="this"),
            "This change cannot reach “this dose only”. Allowed: the rest of its phase, everything after it, keep the "
            "end date.",
        ),
        (
            asked("first-day", 8, "03-21", reach="this"),
            "This change cannot reach “this dose only”. Allowed: the rest of its phase, everything after it, keep the "
            "end date.",
        ),
        (
            asked("add", None, "03-21", reach="rest"),
            "This change cannot reach “everything after it”. Allowed: this dose only.",
        ),
        (
            asked("error", 4, reach="phase"),
            "This change cannot reach “the rest of its phase”. Allowed: this dose only.",
        ),
    ],
)
def test_a_reach_that_the_change_does_not_have(what: Asked, sentence: str) -> None:
    assert refused(BEGUN, what) == ("reach", sentence)


def test_the_end_cannot_be_kept_by_a_dose_that_passes_it() -> None:
    assert refused(cmv(), asked("postpone", 9, "04-07", reach="keep-end")) == (
        "to",
        "Dose 9 cannot move to Tue 07 Apr 2026 and keep the end date, Mon 06 Apr 2026. Allowed: Mon 06 Apr 2026 or "
        "earlier.",
    )
    assert change(cmv(), "postpone", 9, "04-06", reach="keep-end").left_out == (10, 11)


def test_a_list_of_doses_has_no_interval_to_keep() -> None:
    assert refused(listed(1, 2, 7, 14), asked("postpone", 2, "03-08", reach="rest", grid="keep")) == (
        "grid",
        "Dose 4 has no day of its own left after Sun 15 Mar 2026: a list of doses has no interval to go on with. "
        "Allowed: let the later doses move by the same number of days.",
    )


def test_a_dose_does_not_move_before_the_first_date_allowed() -> None:
    limits = Limits(not_before=on("03-28"))
    change(cmv(), "bring-forward", 10, "03-28", limits=limits)
    assert refused(cmv(), asked("bring-forward", 10, "03-27"), limits) == (
        "to",
        "Dose 10 cannot move to Fri 27 Mar 2026. Allowed: Sat 28 Mar 2026 or later.",
    )
    assert refused(cmv(), asked("add", None, "03-27"), limits)[1] == (
        "The new dose cannot stand on Fri 27 Mar 2026. Allowed: Sat 28 Mar 2026 or later."
    )
    assert refused(given(cmv(), 1), asked("error", 1, "03-27"), limits)[0] == "to"


def test_a_dose_due_on_the_first_date_allowed_lies_ahead() -> None:
    assert refused(cmv(), asked("bring-forward", 10, "03-29"), Limits(not_before=on("03-30")))[0] == "to"


def test_a_dose_that_lies_behind_may_be_put_where_it_belonged() -> None:
    assert change(cmv(), "bring-forward", 10, "03-27", limits=Limits(not_before=on("03-31"))).slots[9].due_on == on(
        "03-27"
    )


def test_a_replacement_that_was_moved_ahead_does_not_go_back_into_the_past() -> None:
    slots = change(given(monthly(), 1), "error", 1, "03-20").slots
    assert refused(slots, asked("bring-forward", 7, "03-02"), Limits(not_before=on("03-10")))[0] == "to"


def test_no_dose_before_the_regimen_gives_one() -> None:
    after_transplant = Limits(earliest_on=on("02-27"), earliest_day=-7)
    change(cmv(), "bring-forward", 1, "02-27", limits=after_transplant)
    assert refused(cmv(), asked("bring-forward", 1, "02-26"), after_transplant) == (
        "to",
        "Dose 1 cannot move to Thu 26 Feb 2026: the regimen gives no dose before transplant day -7. Allowed: Fri 27 "
        "Feb 2026 or later.",
    )
    assert refused(cmv(), asked("add", None, "02-26"), after_transplant)[0] == "to"
    assert refused(cmv(), asked("bring-forward", 1, "02-26"), Limits(earliest_on=on("02-27"))) == (
        "to",
        "Dose 1 cannot move to Thu 26 Feb 2026: the regimen gives no dose before Fri 27 Feb 2026. Allowed: Fri 27 Feb "
        "2026 or later.",
    )


def test_only_what_moves_is_held_to_the_first_date_of_the_regimen() -> None:
    limits = Limits(earliest_on=on("03-03"))
    assert change(cmv(), "postpone", 9, "03-24", limits=limits).reached == (9,)


def test_nothing_ceases_while_a_dose_runs() -> None:
    for what in (asked("cease"), asked("cease", 8), asked("cease", 5)):
        assert refused(RUNNING, what) == (
            None,
            "Dose 5 is running. Stop the infusion and record its end first; nothing was changed.",
        )


def test_nothing_is_left_to_change() -> None:
    slots = with_state(given(monthly(), 1, 2, 3), "omitted", 4, 5, 6)
    for verb in ("cease", "product", "weight"):
        assert refused(slots, asked(verb)) == (
            None,
            "No dose of this course is planned or on hold any more: nothing would change.",
        )


def test_only_a_dose_on_hold_resumes_and_only_one_that_is_not_is_held() -> None:
    assert refused(cmv(), asked("resume")) == (
        None,
        "No dose of this course is on hold: there is nothing to resume.",
    )
    assert refused(cmv(), asked("resume", 4)) == (
        None,
        "Dose 4 is planned. Only a dose that is on hold can be resumed.",
    )
    assert refused(with_state(cmv(), "held", 4), asked("hold", 4, reach="rest")) == (
        None,
        "Dose 4 is on hold already: nothing would change.",
    )


@pytest.mark.parametrize("state", ["given", "running"])
def test_the_first_day_of_a_phase_that_has_begun(state: str) -> None:
    slots = with_state(cmv(), state, 9)  # type: ignore[arg-type]
    assert refused(slots, asked("first-day", 8, "03-21")) == (
        None,
        f"The first day of this phase does not change any more: its dose 9 is {state}. Allowed: a phase of which no "
        "dose was given.",
    )


def test_the_first_day_of_a_phase_that_is_left_out() -> None:
    assert refused(with_state(cmv(), "omitted", 8, 9, 10, 11), asked("first-day", 8, "03-21")) == (
        None,
        "No dose of this phase is planned or on hold any more: nothing would change.",
    )


def test_doses_follow_only_one_that_was_given_on_another_day() -> None:
    assert refused(BEGUN, asked("realign", 5)) == (
        None,
        "Dose 5 is planned. Later doses can follow only a dose that is given.",
    )
    assert refused(BEGUN, asked("realign", 4)) == (
        None,
        "Dose 4 was given on its day, Sun 08 Mar 2026: nothing would change.",
    )
    assert refused(given(cmv(), 11, late=1), asked("realign", 11)) == (
        None,
        "No later dose would follow dose 11: nothing would change.",
    )
    assert refused(given(cmv(), 7, late=1), asked("realign", 7, reach="phase")) == (
        None,
        "No later dose would follow dose 7: nothing would change.",
    )


@pytest.mark.parametrize("late", [-1, 1])
@pytest.mark.parametrize("reach", ["phase", "rest", "keep-end"])
def test_doses_that_keep_their_days_do_not_follow_one_given_a_day_off(reach: str, late: int) -> None:
    day = "Mon 09 Mar 2026" if late == 1 else "Sat 07 Mar 2026"
    assert refused(given(BEGUN, 4, late=late), asked("realign", 4, reach=reach, grid="keep")) == (
        "grid",
        "The doses after dose 4 keep their days already: nothing would change. Allowed: let them count from "
        f"{day}, the day on which it was given.",
    )


def test_only_what_is_on_record_can_be_a_wrong_entry() -> None:
    for state, words in (("planned", "planned"), ("omitted", "omitted"), ("error", "entered in error")):
        slots = with_state(BEGUN, state, 5)  # type: ignore[arg-type]
        assert refused(slots, asked("error", 5)) == (
            None,
            f"Dose 5 is {words}: there is no entry to correct. Allowed: a dose given or not given.",
        )
    assert refused(RUNNING, asked("error", 5)) == (
        None,
        "Dose 5 is running. Stop the infusion and record its end first; nothing was changed.",
    )


def test_the_place_of_a_wrong_entry_that_is_taken_needs_another_date() -> None:
    # Dose 4 was given two days late; dose 3 moved onto its old day afterwards.
    slots = replaced(given(given(cmv(), 1, 2), 4, late=1), 3, due_on=on("03-08"))
    assert refused(slots, asked("error", 4)) == (
        "to",
        "On Sun 08 Mar 2026 dose 3 stands. Give another date for the dose that replaces dose 4.",
    )
    assert change(slots, "error", 4, "03-09").slots[-1].due_on == on("03-09")
    # Or dose 3 was given on that day.
    slots = given(given(given(cmv(), 1, 2), 3, late=2), 4, late=1)
    assert refused(slots, asked("error", 4))[1].startswith("On Sun 08 Mar 2026 dose 3 stands.")


def test_doses_out_of_order_and_an_undo_are_bugs_of_the_caller() -> None:
    with pytest.raises(ValueError, match="ascending"):
        change_calendar(cmv()[::-1], asked("postpone", 4, "03-09"))
    with pytest.raises(ValueError, match="ascending"):
        change_calendar(cmv()[:1] * 2, asked("postpone", 4, "03-09"))
    with pytest.raises(ValueError, match="undo"):
        change_calendar(cmv(), asked("undo"))
