"""Whether a dose may be started now: never on hold, twice, out of turn, or beside another one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ivigdesk.actions.courses.weight_standing import weight_standing
from ivigdesk.actions.patients.known_facts import Measured
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, message


def must_wait(one: DoseView, *, or_planned: bool = False) -> None:
    """Accept a dose that still waits on its day or after it.

    SAFETY: a held, settled, running or future dose is never started or written off.

    Args:
        or_planned: accept one of a later day, too: its vials may be made ready.

    Raises:
        KnownError: the dose does not wait now; the sentence says why.
    """
    dose = one.dose
    refusals: dict[str, Message] = {
        "running": _running_already(one),
        "given": message(N_("Dose {number} was given already."), number=dose.number),
        "partly given": message(N_("Dose {number} was partly given already."), number=dose.number),
        "not given": message(N_("Dose {number} is recorded as not given."), number=dose.number),
        "held": message(
            N_("Dose {number} is on hold ({reason}). A prescriber must release it first.")
            if dose.awaits_release
            else N_("Dose {number} is on hold ({reason}). Resume it first."),
            number=dose.number,
            reason=dose.reason,
        ),
        "omitted": message(N_("Dose {number} was omitted."), number=dose.number),
        "ceased": message(N_("The course has ceased; dose {number} is not given."), number=dose.number),
        "entered in error": message(
            N_("Dose {number} was entered in error; it is neither given nor counted."), number=dose.number
        ),
        "planned": message(
            N_("Dose {number} is planned for {day}. Move it to today before starting it."),
            number=dose.number,
            day=dose.due_on,
        ),
    }
    refused = refusals.get(one.status)
    if refused is not None and not (or_planned and one.status == "planned"):
        raise KnownError(refused)


def _running_already(one: DoseView) -> Message:
    infusion = one.infusion
    if infusion is None:
        return message(N_("Dose {number} is running already."), number=one.dose.number)
    return message(
        N_("Dose {number} is running already: {nurse} started it at {time}."),
        number=one.dose.number,
        nurse=infusion.nurse,
        time=f"{infusion.started_at:%H:%M}",
    )


def must_be_startable(view: CourseView, one: DoseView, now: datetime) -> None:
    """Accept a dose that may be started now.

    SAFETY: two doses never run at once, never fall on one day, and are never credited to each other.

    Raises:
        KnownError: it may not; the sentence says why and what to do.
    """
    must_wait(one)
    for other in view.doses:
        number = other.dose.number
        if other.status == "running":
            raise KnownError(
                message(N_("Dose {number} of this course is still running. Finish it first."), number=number)
            )
        if _was_given_on(other, now):
            raise KnownError(
                message(
                    N_("Dose {number} of this course was given today. Never give two on one day; move this one."),
                    number=number,
                )
            )
        if other.status == "overdue" and other.dose.comes_before(one.dose):
            raise KnownError(
                message(
                    N_("Dose {number} of {day} still waits. Give it, move it or record it as not given first."),
                    number=number,
                    day=other.dose.due_on,
                )
            )


def must_run_alone(view: CourseView, courses: Iterable[CourseView]) -> None:
    """Accept a dose while no dose of another course of the patient runs.

    SAFETY: with two infusions at once nobody knows which of them a reaction belongs to.

    Raises:
        KnownError: one runs; it is named.
    """
    for other in courses:
        if other.course.id == view.course.id:
            continue
        for one in other.doses:
            if one.status == "running":
                raise KnownError(
                    message(
                        N_("Dose {number} of course {code} of this patient is still running. Finish it first."),
                        number=one.dose.number,
                        code=other.course.code,
                    )
                )


def must_be_weighed(view: CourseView, one: DoseView, newest: Measured, now: datetime) -> None:
    """Accept a dose whose weight is recent and near the one that it was computed from.

    SAFETY: a patient who lost or gained a tenth of the weight gets another dose only when somebody approved it.

    Args:
        newest: the patient's measurements today.

    Raises:
        KnownError: the weight is too old, or changed too much; the sentence says what to do.

    Source: FACTS 7 SR24, 3.2.
    """
    limits = library.limits()
    standing = weight_standing(view.course, one.dose, newest)
    age_days = (now.date() - standing.weighed_on).days
    if age_days > limits.weight_valid_days:
        raise KnownError(
            message(
                N_("The weight is {n} days old (allowed: {most}). Weigh the patient before dose {number}."),
                n=age_days,
                most=limits.weight_valid_days,
                number=one.dose.number,
            )
        )
    if standing.has_changed:
        raise KnownError(
            message(
                N_(
                    "The weight changed from {before} to {now} ({change}) since dose {number} was computed. Compute "
                    "the remaining doses anew and have them approved first."
                ),
                before=standing.before,
                now=standing.now,
                change=standing.change,
                number=one.dose.number,
            )
        )


def _was_given_on(other: DoseView, now: datetime) -> bool:
    infusion = other.infusion
    if infusion is None or other.status not in ("given", "partly given"):
        return False
    return infusion.started_at.astimezone(now.tzinfo).date() == now.date()
