"""What a change of the calendar sees of a dose, what can be asked of it, and what comes out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from ivigdesk.messages import Message, Record

Reach = Literal["this", "phase", "rest", "keep-end"]
Grid = Literal["keep", "re-anchor"]
Verb = Literal[
    "postpone",
    "bring-forward",
    "omit",
    "hold",
    "resume",
    "cease",
    "add",
    "first-day",
    "realign",
    "error",
    "product",
    "weight",
    "undo",
]
SlotState = Literal["planned", "held", "running", "given", "not given", "omitted", "ceased", "error"]


class Slot(Record, frozen=True):
    """One dose as a change of the calendar sees it.

    Attributes:
        number: its number; never changes, and says nothing of its date.
        phase: index of its phase.
        due_on: the date it is planned for.
        mg_per_kg: dose per kilogram of dosing weight; no change of a calendar touches it.
        state: `given` also for a dose partly given; `not given` for one whose record says so; `error` for one that
            was entered in error.
        given_on: the date on which it was really begun; None before.
        every_days: the phase's interval; None for a list of doses.
        tolerance_days: days by which the phase's interval may be off.
        is_uneven: its phase has several doses in each interval, such as two a week: the gaps between them differ.
        is_extra: added to the regimen's own doses.
        replaces: number of the dose entered in error whose place it takes; None for none.
    """

    number: int
    phase: int
    due_on: date
    mg_per_kg: Decimal
    state: SlotState = "planned"
    given_on: date | None = None
    every_days: int | None = None
    tolerance_days: int = 0
    is_uneven: bool = False
    is_extra: bool = False
    replaces: int | None = None

    @property
    def on(self) -> date:
        """The day on which it was given, or is to be."""
        return self.given_on or self.due_on

    @property
    def place(self) -> tuple[date, int]:
        """Its place in the plan: by the date it is planned for; of two on one day the lower number first."""
        return self.due_on, self.number

    @property
    def is_own(self) -> bool:
        """Whether it is one of the regimen's own doses, neither added nor put in another's place."""
        return not self.is_extra and self.replaces is None

    @property
    def is_on_record(self) -> bool:
        """Whether its infusion was begun, or recorded as not given. SAFETY: no change touches what happened."""
        return self.state in ("given", "running", "not given", "error")

    @property
    def may_move(self) -> bool:
        """Whether it still waits. SAFETY: a dose given, running or dealt with never moves."""
        return self.state in ("planned", "held")

    @property
    def takes_place(self) -> bool:
        """Whether there is, was or will be an infusion on its day, so that no other may stand there."""
        return self.state in ("planned", "held", "running", "given")


class Asked(Record, frozen=True):
    """One change, as it is asked for.

    Attributes:
        verb: what is to happen.
        number: to which dose; None where the verb is about all that remain, or about none.
        to: the new date: of a dose that moves, resumes or is added; for `first-day` of the phase's first dose.
        reach: which doses go along; None for the verb's own.
        grid: whether later doses keep the days of their rhythm, or count from the new date; None for the verb's own.
    """

    verb: Verb
    number: int | None = None
    to: date | None = None
    reach: Reach | None = None
    grid: Grid | None = None


class Limits(Record, frozen=True):
    """What a calendar may not do.

    Attributes:
        not_before: no dose that lies ahead may move before it, such as the ward's today; None for no such limit.
        earliest_on: the first date on which the regimen gives a dose, such as a day of the transplant; None for none.
        earliest_day: that date as a transplant day, for the sentence of the refusal.
        highest_number: largest number that a dose of the course ever had, also one that an undo took away: numbers
            are never used twice.
    """

    not_before: date | None = None
    earliest_on: date | None = None
    earliest_day: int | None = None
    highest_number: int = 0


NO_LIMITS = Limits()


class Outcome(Record, frozen=True):
    """The calendar after a change.

    Attributes:
        asked: the change, with reach and grid as they were taken.
        slots: every dose, ascending by number; those added stand last.
        reached: numbers of the doses that the change is about, ascending: the one asked for, those that go along, and
            those that are added.
        kept_end: for reach `keep-end` the day after which no dose was left; None otherwise.
        left_out: numbers of the doses that reach `keep-end` left out, ascending.
        grows: whether the planned number of doses or their sum grows, so that a prescriber has to approve it.
    """

    asked: Asked
    slots: tuple[Slot, ...]
    reached: tuple[int, ...] = ()
    kept_end: date | None = None
    left_out: tuple[int, ...] = ()
    grows: bool = False


class Difference(Record, frozen=True):
    """One dose before and after.

    Attributes:
        before: None for a dose that is added.
        after: None for a dose that an undone addition takes away.
        notes: intervals beside it that are now shorter or longer than they should be.
    """

    before: Slot | None
    after: Slot | None
    notes: tuple[Message, ...] = ()

    @property
    def moved_days(self) -> int:
        """Days from the old date to the new, negative for earlier; 0 where there is no old or no new one."""
        if self.before is None or self.after is None:
            return 0
        return (self.after.due_on - self.before.due_on).days

    @property
    def is_changed(self) -> bool:
        """Whether the change does anything to it."""
        return self.before != self.after
