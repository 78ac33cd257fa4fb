"""From a stored course to what a change of its calendar sees, and back to doses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

import msgspec

from ivigdesk.clinical.courses.course import Course, Dose, DoseState
from ivigdesk.clinical.courses.status import CourseView, DoseView, view_course
from ivigdesk.scheduling.calendar import course_days
from ivigdesk.scheduling.changes.slots import Limits, Slot, SlotState


def slots_of(view: CourseView) -> tuple[Slot, ...]:
    """Return the doses of a course as a change sees them, ascending by number."""
    numbers = {one.dose.id: one.dose.number for one in view.doses}
    return tuple(_slot(view.course, one, numbers) for one in view.doses)


def limits_of(view: CourseView, highest_number: int) -> Limits:
    """Return what no change of this course's calendar may do, seen from the view's day.

    Args:
        view: the course as it stands.
        highest_number: largest number that a dose of any of its revisions has.
    """
    regimen, transplant_on = view.course.regimen, view.course.transplant_on
    if regimen.anchor != "transplant" or transplant_on is None:
        return Limits(not_before=view.day, highest_number=highest_number)
    window = regimen.first_dose_window
    first_day = window[0] if window else course_days(regimen, include_optional=True)[0]
    # A closed day may have moved the first dose to before it when the course was planned: there it may stay.
    stands_on = min((one.dose.due_on for one in view.doses), default=transplant_on)
    earliest_on = min(transplant_on + timedelta(days=first_day), stands_on)
    return Limits(
        not_before=view.day,
        earliest_on=earliest_on,
        earliest_day=(earliest_on - transplant_on).days,
        highest_number=highest_number,
    )


def day_one(view: CourseView, dates: Sequence[date] = ()) -> date:
    """Return day 1 of the course.

    SAFETY: once a dose has a record, day 1 never changes any more: the day numbers of given doses are on paper.

    Args:
        view: the course.
        dates: of all doses after a change; left out, as they stand.

    Source: FACTS 1.5.
    """
    recorded = next((one.dose for one in view.doses if one.infusion is not None), None)
    if recorded is not None:
        return recorded.due_on - timedelta(days=recorded.course_day - 1)
    return min(dates or [one.dose.due_on for one in view.doses])


def doses_of(view: CourseView, slots: Sequence[Slot]) -> tuple[Dose, ...]:
    """Return the doses that a calendar stands for, ascending by number.

    Amount, findings and criteria are those from before; an added dose has those of the dose that it is like.

    Args:
        view: the course before.
        slots: its calendar after a change; a number that the course does not have is a dose that is added.
    """
    before = {one.dose.number: one for one in view.doses}
    first_on = day_one(view, [slot.due_on for slot in slots])
    doses = []
    for slot in slots:
        one = before.get(slot.number)
        dose = _added(view, slot, before) if one is None else _changed(one, slot)
        has_record = one is not None and one.infusion is not None
        doses.append(dose if has_record else _counted(dose, view.course, first_on))
    return tuple(sorted(doses, key=lambda dose: dose.number))


def seen_with(view: CourseView, doses: Sequence[Dose]) -> CourseView:
    """Return the course with other doses in place of its own, each with the record that it has now.

    Side effects are left out.
    """
    revision = msgspec.structs.replace(view.course.revision, doses=tuple(doses))
    return view_course(
        view.patient,
        msgspec.structs.replace(view.course, revision=revision),
        tuple(one.infusion for one in view.doses if one.infusion is not None),
        (),
        newest_revision=view.newest_revision,
        day=view.day,
    )


def _slot(course: Course, one: DoseView, numbers: Mapping[UUID, int]) -> Slot:
    dose, phases = one.dose, course.regimen.phases
    phase = phases[dose.phase] if dose.phase < len(phases) else None
    infusion = one.infusion
    is_begun = infusion is not None and (infusion.end is None or infusion.end.outcome != "not given")
    return Slot(
        number=dose.number,
        phase=dose.phase,
        due_on=dose.due_on,
        mg_per_kg=dose.mg_per_kg,
        state=_state(one),
        given_on=infusion.started_at.date() if infusion is not None and is_begun else None,
        every_days=phase.every_days if phase else None,
        tolerance_days=phase.tolerance_days if phase else 0,
        is_uneven=phase is not None and bool(phase.also_after_days),
        is_extra=dose.is_extra,
        replaces=None if dose.replaces is None else numbers.get(dose.replaces),
    )


def _state(one: DoseView) -> SlotState:
    match one.status:
        case "entered in error":
            return "error"
        case "given" | "partly given":
            return "given"
        case "planned" | "due" | "overdue":
            return "planned"
        case other:
            return other


def _changed(one: DoseView, slot: Slot) -> Dose:
    dose = one.dose
    if slot.state == "error":
        return dose if dose.is_error else msgspec.structs.replace(dose, is_error=True)
    # What was given, runs or was not given keeps what the ward had decided of it before.
    state: DoseState = dose.state if one.infusion is not None else _dose_state(slot.state)
    return msgspec.structs.replace(
        dose,
        due_on=slot.due_on,
        state=state,
        needs_release=dose.needs_release and state == "held",
    )


def _dose_state(state: SlotState) -> DoseState:
    match state:
        case "planned" | "held" | "omitted" | "ceased":
            return state
        case _:
            raise ValueError(f"a dose without a record cannot be {state}")


def _added(view: CourseView, slot: Slot, before: Mapping[int, DoseView]) -> Dose:
    """Return an added dose, or one that takes the place of a wrong entry: as the dose that it is like.

    SAFETY: while a grave reaction holds the course, the new dose waits for the prescriber's release too.
    """
    like = before[slot.replaces].dose if slot.replaces is not None else _pattern(view, slot)
    hold = next((one.dose for one in view.doses if one.infusion is None and one.dose.awaits_release), None)
    return msgspec.structs.replace(
        like,
        id=uuid4(),
        number=slot.number,
        phase=slot.phase,
        due_on=slot.due_on,
        planned_on=slot.due_on,
        mg_per_kg=slot.mg_per_kg,
        state="planned" if hold is None else "held",
        reason="" if hold is None else hold.reason,
        changed_by="" if hold is None else hold.changed_by,
        changed_at=None if hold is None else hold.changed_at,
        needs_release=hold is not None,
        is_extra=slot.is_extra,
        replaces=None if slot.replaces is None else like.id,
        is_error=False,
    )


def _pattern(view: CourseView, slot: Slot) -> Dose:
    """Return the dose that an added one is like: of its phase and amount, the nearest before it, else after it.

    One that is still to come goes first: it has the product and the weight that hold now.
    """
    alike = [one for one in view.doses if (one.dose.phase, one.dose.mg_per_kg) == (slot.phase, slot.mg_per_kg)]
    if not alike:
        raise ValueError("a dose may be added only like one that the course has")

    def distance(one: DoseView) -> tuple[bool, bool, bool, int]:
        days = (slot.due_on - one.dose.due_on).days
        return not one.dose.counts, one.infusion is not None, days < 0, abs(days)

    return min(alike, key=distance).dose


def _counted(dose: Dose, course: Course, first_on: date) -> Dose:
    """Return the dose with its days counted. There is no course day 0: the day before day 1 is day -1."""
    days = (dose.due_on - first_on).days
    transplant_on = course.transplant_on
    return msgspec.structs.replace(
        dose,
        course_day=days + 1 if days >= 0 else days,
        transplant_day=None if transplant_on is None else (dose.due_on - transplant_on).days,
    )
