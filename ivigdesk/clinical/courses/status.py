"""Where a dose stands: what the ward decided, what was given, and what day it is, put together."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ivigdesk.clinical.courses.course import Course, Dose, DoseState
from ivigdesk.clinical.infusions.infusion import Infusion, Outcome, SideEffect
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.messages import Record

DoseStatus = Literal[
    "planned",
    "due",
    "overdue",
    "running",
    "given",
    "partly given",
    "not given",
    "held",
    "omitted",
    "ceased",
    "entered in error",
]

SETTLED: tuple[DoseStatus, ...] = ("given", "partly given", "not given", "omitted", "ceased", "entered in error")
LEFT_OUT: tuple[DoseStatus, ...] = ("omitted", "ceased", "entered in error")
"""What does not count among the doses of a course."""


class DoseView(Record, frozen=True):
    """One dose as every screen and sheet shows it.

    Attributes:
        dose: as planned in the revision.
        status: derived; never stored.
        infusion: its record; None when nothing was started.
        side_effects: current ones linked to it, by onset.
    """

    dose: Dose
    status: DoseStatus
    infusion: Infusion | None = None
    side_effects: tuple[SideEffect, ...] = ()


class CourseView(Record, frozen=True):
    """A course with the standing of each dose on one day.

    Attributes:
        patient: whose.
        course: at the revision shown.
        doses: ascending by number.
        newest_revision: number of the revision in force; larger than the one shown when that is superseded.
        day: the day it is seen on.
    """

    patient: Patient
    course: Course
    doses: tuple[DoseView, ...]
    newest_revision: int
    day: date

    @property
    def is_superseded(self) -> bool:
        """Whether a later revision exists."""
        return self.course.revision.number < self.newest_revision

    @property
    def by_date(self) -> tuple[DoseView, ...]:
        """The doses by date, as people read them: one that was added later stands between those of its day."""
        return tuple(sorted(self.doses, key=lambda view: view.dose.place))

    @property
    def highest_number(self) -> int:
        """The highest number of a dose that counts, for "dose 8 of 11"; a dose added later has a number above."""
        return max((view.dose.number for view in self.doses if view.status not in LEFT_OUT), default=len(self.doses))

    @property
    def next_dose(self) -> DoseView | None:
        """The first dose that still has to be dealt with, by date."""
        waiting = [view for view in self.doses if view.status not in SETTLED]
        return min(waiting, key=lambda view: view.dose.place, default=None)

    def view(self, number: int) -> DoseView:
        """Return the view of dose `number`.

        Raises:
            KeyError: the course has no such dose.
        """
        for view in self.doses:
            if view.dose.number == number:
                return view
        raise KeyError(number)

    def last_reaction_before(self, number: int) -> tuple[Dose, SideEffect] | None:
        """Return the latest side effect of a dose that stands before this one by date, with that dose, or None.

        Raises:
            KeyError: the course has no such dose.
        """
        return next(iter(self.reactions_before(number)), None)

    def reactions_before(self, number: int) -> tuple[tuple[Dose, SideEffect], ...]:
        """Return the side effects of doses that stand before this one by date, with those doses; the latest first.

        What was recorded at a dose entered in error does not count.

        Raises:
            KeyError: the course has no such dose.
        """
        own = self.view(number).dose
        earlier = [
            (view.dose, effect)
            for view in self.doses
            if view.dose.comes_before(own) and view.status != "entered in error"
            for effect in view.side_effects
        ]
        return tuple(sorted(earlier, key=lambda pair: pair[1].onset_at, reverse=True))


def view_course(
    patient: Patient,
    course: Course,
    infusions: tuple[Infusion, ...],
    side_effects: tuple[SideEffect, ...],
    *,
    newest_revision: int,
    day: date,
) -> CourseView:
    """Return the course as it stands on `day`.

    Args:
        patient: whose course it is.
        course: at the revision to show.
        infusions: records of the course's doses, in any order; at most one per dose.
        side_effects: current side effects of the course's doses, in any order.
        newest_revision: number of the revision in force.
        day: the ward's date, from which `due` and `overdue` follow.
    """
    of_dose = {infusion.dose_id: infusion for infusion in infusions}
    views = []
    for dose in course.doses:
        infusion = of_dose.get(dose.id)
        effects = tuple(
            sorted(
                (effect for effect in side_effects if effect.dose_id == dose.id),
                key=lambda effect: effect.onset_at,
            )
        )
        views.append(
            DoseView(dose=dose, status=status_on(dose, infusion, day), infusion=infusion, side_effects=effects)
        )
    return CourseView(patient=patient, course=course, doses=tuple(views), newest_revision=newest_revision, day=day)


def status_on(dose: Dose, infusion: Infusion | None, day: date) -> DoseStatus:
    """Return where a dose stands on `day`, from the ward's decision, its record and the date."""
    return status_of(
        dose.state,
        dose.due_on,
        day,
        is_error=dose.is_error,
        is_started=infusion is not None,
        outcome=None if infusion is None or infusion.end is None else infusion.end.outcome,
    )


def status_of(
    state: DoseState, due_on: date, day: date, *, is_error: bool, is_started: bool, outcome: Outcome | None
) -> DoseStatus:
    """Return where a dose stands on `day`, from plain values: a month of the ward needs no whole records.

    Args:
        state: what the ward decided.
        due_on: the date it is planned for.
        day: the ward's date, from which `due` and `overdue` follow.
        is_error: whether it was entered in error.
        is_started: whether its infusion was begun.
        outcome: how its infusion ended; None while it runs, or was not begun.
    """
    if is_error:
        return "entered in error"
    if is_started:
        if outcome is None:
            return "running"
        return "given" if outcome == "completed" else outcome
    if state != "planned":
        return state
    if due_on < day:
        return "overdue"
    return "due" if due_on == day else "planned"
