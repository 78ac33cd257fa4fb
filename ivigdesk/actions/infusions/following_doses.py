"""What earlier side effects ask of one dose: a slower card, lines of the checklist, a laboratory value to wait for."""

from __future__ import annotations

from uuid import UUID

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.infusions.following import (
    FollowUpInForce,
    awaited_test,
    checklist_lines,
    follow_ups_for,
    is_awaited,
    slowest_cap,
)
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.infusions.procedure import ChecklistItem
from ivigdesk.clinical.infusions.slowed_card import slowed_card
from ivigdesk.clinical.laboratory.values import LAB_TESTS
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message


def in_force(desk: Desk, course_id: UUID, dose_id: UUID) -> tuple[FollowUpInForce, ...]:
    """Return the accepted decisions that hold for a dose, by the time of deciding.

    Raises:
        KnownError: course or dose is not known.
    """
    from ivigdesk.actions.look_up import course as look_up_course  # late: it asks this module why a card is slower

    view = look_up_course(desk, course_id)
    one = next((one for one in view.doses if one.dose.id == dose_id), None)
    if one is None:
        raise KnownError(message(N_("This dose is not in the ward's file.")))
    return following(desk, view, one)


def following(desk: Desk, view: CourseView, one: DoseView) -> tuple[FollowUpInForce, ...]:
    """Return the accepted decisions that hold for a dose of a course that was looked up already.

    For a dose that was given those count that were there when it began: its record does not change afterwards.
    """
    held = follow_ups_for(one.dose, view.course, desk.ward.follow_ups([view.course.id]))
    if one.infusion is not None and one.infusion.end is not None:
        began = one.infusion.at
        held = tuple(follow_up for follow_up in held if follow_up.at <= began)
    if not held:
        return ()
    current = {effect.id: effect for each in view.doses for effect in each.side_effects}
    numbers = {each.dose.id: each.dose.number for each in view.doses}
    found = []
    for follow_up in held:
        effect = current.get(follow_up.effect_id) or _as_recorded(desk, follow_up.effect_id)
        found.append(
            FollowUpInForce(
                follow_up=follow_up,
                effect=effect,
                dose_number=numbers.get(follow_up.dose_id, 0),
                was_corrected=effect.id not in current,
            )
        )
    return tuple(found)


def _as_recorded(desk: Desk, effect_id: UUID) -> SideEffect:
    """Return a side effect that was corrected since, as it was when it was decided about."""
    return next(one for one in desk.ward.side_effect_history(effect_id) if one.id == effect_id)


def lineage(desk: Desk, effect: SideEffect) -> frozenset[UUID]:
    """Return the ids of a side effect and of all that it corrected."""
    if effect.replaces is None:
        return frozenset((effect.id,))
    return frozenset(one.id for one in desk.ward.side_effect_history(effect.id))


def as_tolerated(desk: Desk, view: CourseView, one: DoseView, held: tuple[FollowUpInForce, ...]) -> DoseView:
    """Return a dose with the rates that earlier side effects leave it; what is stored stays as it was planned."""
    cap = slowest_cap(one.dose, view.course, held)
    if cap is None:
        return one
    rate, why = cap
    card = slowed_card(
        one.dose.rate_card,
        rate,
        pump_step_ml_per_h=desk.settings.pump_step_ml_per_h,
        why=message(N_("{reaction}; decided by {nurse}"), reaction=why.reaction, nurse=why.follow_up.nurse),
    )
    return msgspec.structs.replace(one, dose=msgspec.structs.replace(one.dose, rate_card=card))


def as_tolerated_in(desk: Desk, view: CourseView, number: int) -> CourseView:
    """Return the course with dose `number` at the rates that earlier side effects leave it.

    Raises:
        KeyError: the course has no such dose.
    """
    own = view.view(number)
    now = as_tolerated(desk, view, own, following(desk, view, own))
    if now is own:
        return view
    return msgspec.structs.replace(view, doses=tuple(now if one is own else one for one in view.doses))


def tolerated_dose(desk: Desk, view: CourseView, number: int) -> Dose:
    """Return a dose with the rates that earlier side effects leave it: what the pump is checked against.

    Raises:
        KeyError: the course has no such dose.
    """
    return as_tolerated_in(desk, view, number).view(number).dose


def follow_up_lines(desk: Desk, view: CourseView, one: DoseView) -> tuple[ChecklistItem, ...]:
    """Return the lines that earlier side effects add to the checklist of a dose; codes begin with `follow-up-`."""
    held = following(desk, view, one)
    if not held:
        return ()
    return checklist_lines(
        held,
        desk.library.side_effects(),
        {test: library.lab_rules().test(test).title for test in LAB_TESTS},
        awaited=awaited(desk, view.patient, held),
        same_product=tuple(each for each in held if _is_unswitched(view.course, one.dose, each)),
    )


def awaited(desk: Desk, patient: Patient, held: tuple[FollowUpInForce, ...]) -> tuple[FollowUpInForce, ...]:
    """Return the decisions that still wait for a laboratory value of the patient."""
    if all(awaited_test(one.follow_up) is None for one in held):
        return ()
    labs = desk.ward.lab_values_of(patient.id)
    day = today(desk.clock)
    return tuple(one for one in held if is_awaited(one, labs, day))


def must_wait_for_laboratory(desk: Desk, view: CourseView, one: DoseView) -> None:
    """Accept a dose that waits for no laboratory value after an earlier side effect.

    SAFETY: after a side effect on kidneys or red cells the next dose starts only when the value is there, or a
    prescriber waived it (`follow_up.take_back`).

    Raises:
        KnownError: a value is awaited; the sentence names it, and what it follows.

    Source: FACTS 6 (LAB: hold until lab).
    """
    for each in awaited(desk, view.patient, following(desk, view, one)):
        test = awaited_test(each.follow_up)
        if test is not None:
            raise KnownError(
                message(
                    N_(
                        "Dose {number} waits for {test}, taken after {day} ({reaction}). Record the value, or have a "
                        "prescriber waive it."
                    ),
                    number=one.dose.number,
                    test=library.lab_rules().test(test).title,
                    day=each.effect.onset_at.date(),
                    reaction=each.reaction,
                )
            )


def _is_unswitched(course: Course, dose: Dose, each: FollowUpInForce) -> bool:
    source = next((one for one in course.doses if one.id == each.follow_up.dose_id), None)
    return source is None or course.product_of(source).id == course.product_of(dose).id
