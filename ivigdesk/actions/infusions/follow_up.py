"""Decide what a side effect means for later doses, and ask which decisions hold for a dose."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.following_doses import in_force as in_force
from ivigdesk.actions.infusions.following_doses import lineage
from ivigdesk.actions.infusions.record_side_effect import hold_revision
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.actions.words import one_line
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.infusions.follow_up import Decision, FollowUp
from ivigdesk.clinical.infusions.following import ProposedFollowUp, tolerated_ml_per_h
from ivigdesk.clinical.infusions.grading import holds_course, proposed_consequences
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.infusions.side_effects import Consequence
from ivigdesk.clinical.laboratory.values import LAB_TESTS, LabTest
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Record, message
from ivigdesk.units import read_number

_ORDERS: tuple[Consequence, ...] = ("PREMED", "HYDR")
"""What is nothing without its words: which drug, which fluid."""

_STOPS: tuple[Consequence, ...] = ("HOLD", "DISC")


class FollowUpForm(Record, frozen=True):
    """A decision as typed.

    Attributes:
        effect_id: the side effect.
        consequence: code of the catalogue.
        decision: `accepted` or `declined`.
        ml_per_h: for `SLOW` the fastest rate of later doses.
        detail: what exactly; for `LAB` the test's id, or another value in words.
        prescriber: on whose word.
        reason: why it is declined, or corrected.
        id: made when the form opens; deciding twice with it makes one decision.
        replaces: the decision that this one corrects.
    """

    effect_id: UUID
    consequence: str
    decision: str = "accepted"
    ml_per_h: str = ""
    detail: str = ""
    prescriber: str = ""
    reason: str = ""
    id: UUID = msgspec.field(default_factory=uuid4)
    replaces: UUID | None = None


def proposals(desk: Desk, effect_id: UUID) -> tuple[ProposedFollowUp, ...]:
    """Return what the catalogue proposes for the doses after a side effect, with what was decided about it already.

    Args:
        effect_id: of the side effect, or of one that it corrected.

    Raises:
        KnownError: the side effect is not known.
    """
    view, effect = _known_effect(desk, effect_id)
    return _proposed(desk, view, effect)


def proposals_of_dose(desk: Desk, dose_id: UUID) -> tuple[ProposedFollowUp, ...]:
    """Return what is proposed after every current side effect of a dose, by onset.

    Raises:
        KnownError: the dose is not known.
    """
    view, number = course_of_dose(desk, dose_id)
    return tuple(one for effect in view.view(number).side_effects for one in _proposed(desk, view, effect))


def decide(desk: Desk, form: FollowUpForm) -> FollowUp:
    """Store a decision about later doses; accepted, it holds for every dose after the one of the side effect.

    Holding or discontinuing also holds every remaining dose, in the same transaction: a course is ceased on its page.

    SAFETY: a nurse may always go slower. A rate above the last tolerated one, an order, or giving up what was
    accepted needs a prescriber's name.

    Raises:
        UserMistake: something is missing or cannot be right; the field is named.
        KnownError: the side effect is not known, or was decided about already.
    """
    view, effect = _known_effect(desk, form.effect_id)
    consequence = _consequence(form.consequence)
    proposed = _one(desk, view, effect, consequence)
    if proposed.decided is not None and proposed.decided.id == form.id:
        return proposed.decided
    earlier = _corrected(proposed.decided, form)
    decision = _decision(form.decision)
    ml_per_h, detail = (
        (None, "") if decision == "declined" else (_rate(desk, form, view, proposed), _detail(form, proposed))
    )
    gives_up = earlier is not None and earlier.decision == "accepted" and decision == "declined"
    asks_prescriber = gives_up or (decision == "accepted" and _needs_prescriber(proposed, ml_per_h))
    nurse, now = desk.must_have_nurse(), desk.clock.now()
    follow_up = FollowUp(
        id=form.id,
        course_id=view.course.id,
        dose_id=effect.dose_id if earlier is None else earlier.dose_id,
        effect_id=effect.id,
        consequence=consequence,
        decision=decision,
        nurse=nurse,
        at=now,
        ml_per_h=ml_per_h,
        detail=detail,
        prescriber=_line(form.prescriber, "prescriber", most=100, required=asks_prescriber),
        reason=_line(form.reason, "reason", most=500, required=decision == "declined" or earlier is not None),
        replaces=form.replaces,
    )
    stops = decision == "accepted" and consequence in _STOPS
    held = hold_revision(view, effect, nurse=nurse, at=now) if stops else None
    words = "follow-up decided" if earlier is None else "follow-up corrected"
    with desk.ward.changing(nurse=nurse, at=now, action=words, reason=follow_up.reason) as change:
        change.add(follow_up)
        if held is not None:
            change.add(held)
    return follow_up


def take_back(desk: Desk, follow_up: FollowUp, *, prescriber: str, reason: str) -> FollowUp:
    """Take a decision back, so that it holds no longer; a laboratory value that is waived is taken back as well.

    Raises:
        UserMistake: the reason is missing, or the prescriber where something accepted is given up.
        KnownError: it was changed in the meantime.
    """
    nurse, now = desk.must_have_nurse(), desk.clock.now()
    withdrawn = msgspec.structs.replace(
        follow_up,
        id=uuid4(),
        nurse=nurse,
        at=now,
        prescriber=_line(prescriber, "prescriber", most=100, required=follow_up.decision == "accepted"),
        reason=_line(reason, "reason", most=500, required=True),
        replaces=follow_up.id,
        is_withdrawn=True,
    )
    with desk.ward.changing(nurse=nurse, at=now, action="follow-up taken back", reason=withdrawn.reason) as change:
        change.add(withdrawn)
    return withdrawn


def _known_effect(desk: Desk, effect_id: UUID) -> tuple[CourseView, SideEffect]:
    """Return a side effect as it is now, with its course."""
    history = desk.ward.side_effect_history(effect_id)
    if not history:
        raise KnownError(message(N_("This side effect is not in the ward's file.")))
    view, _ = course_of_dose(desk, history[0].dose_id)
    for one in view.doses:
        for current in one.side_effects:
            if effect_id in lineage(desk, current):
                return view, current
    return view, history[0]


def _proposed(desk: Desk, view: CourseView, effect: SideEffect) -> tuple[ProposedFollowUp, ...]:
    try:
        term = desk.library.side_effects().term(effect.code)
        codes = proposed_consequences(term, effect.grade)
    except (KeyError, UserMistake):
        return ()  # an older catalogue's term or grade: nothing is known of it any more
    decided = tuple(one.consequence for one in _decisions(desk, view, effect))
    every = dict.fromkeys((*codes, *decided))
    return tuple(_one(desk, view, effect, code) for code in every if code != "CONT")


def _one(desk: Desk, view: CourseView, effect: SideEffect, code: Consequence) -> ProposedFollowUp:
    words = desk.library.side_effects().consequence(code)
    one = next(one for one in view.doses if one.dose.id == effect.dose_id)
    rate = tolerated_ml_per_h(effect, one.infusion, desk.settings.pump_step_ml_per_h) if code == "SLOW" else None
    return ProposedFollowUp(
        effect=effect,
        dose_number=one.dose.number,
        consequence=code,
        name=words.name,
        words=words.words,
        needs_prescriber=words.needs_prescriber,
        ml_per_h=rate,
        detail=words.detail(effect.code, effect.grade),
        test=words.test(effect.code),
        is_made=_is_made(view, effect, code),
        decided=next((one for one in _decisions(desk, view, effect) if one.consequence == code), None),
    )


def _is_made(view: CourseView, effect: SideEffect, code: Consequence) -> bool:
    later = [one.dose for one in view.doses if one.infusion is None and not one.dose.is_error]
    if code == "HOLD":
        return holds_course(effect.grade)
    return code == "DISC" and bool(later) and all(dose.state in ("ceased", "omitted") for dose in later)


def _decisions(desk: Desk, view: CourseView, effect: SideEffect) -> tuple[FollowUp, ...]:
    of_course = desk.ward.follow_ups([view.course.id])
    ids = lineage(desk, effect) if of_course else frozenset()
    return tuple(one for one in of_course if one.effect_id in ids)


def _consequence(text: str) -> Consequence:
    for code in get_args(Consequence):
        if code == text and code != "CONT":
            return code  # type: ignore[no-any-return]
    raise UserMistake("consequence", message(N_("Follow-up: “{value}” is not known."), value=text))


def _decision(text: str) -> Decision:
    for allowed in get_args(Decision):
        if allowed == text:
            return allowed  # type: ignore[no-any-return]
    raise UserMistake(
        "decision",
        message(
            N_("{name}: “{value}” is not known. Allowed: {allowed}."),
            name=message(N_("Decision")),
            value=text,
            allowed=get_args(Decision),
        ),
    )


def _corrected(decided: FollowUp | None, form: FollowUpForm) -> FollowUp | None:
    """Return the decision that is corrected; None for a first one.

    Raises:
        KnownError: it was decided already, or what is to be corrected no longer stands.
    """
    if (None if decided is None else decided.id) == form.replaces:
        return decided
    if decided is None:
        raise KnownError(message(N_("This decision was taken back in the meantime. Decide again.")))
    raise KnownError(
        message(
            N_("{nurse} decided this already ({at}). Correct that decision instead."),
            nurse=decided.nurse,
            at=decided.at,
        )
    )


def _rate(desk: Desk, form: FollowUpForm, view: CourseView, proposed: ProposedFollowUp) -> Decimal | None:
    if proposed.consequence != "SLOW":
        return None
    fastest = view.course.dose(proposed.dose_number).rate_card.max_ml_per_h
    return read_number(
        form.ml_per_h,
        field="ml_per_h",
        name=message(N_("Fastest rate")),
        least=desk.settings.pump_step_ml_per_h,
        most=fastest,
        unit="mL/h",
    )


def _detail(form: FollowUpForm, proposed: ProposedFollowUp) -> str:
    is_needed = proposed.consequence in _ORDERS or (proposed.consequence == "LAB" and proposed.test is None)
    detail = _line(form.detail, "detail", most=200, required=is_needed)
    if proposed.consequence != "LAB":
        return detail
    return _test_called(detail) or detail or proposed.test or ""


def _test_called(text: str) -> LabTest | None:
    """Return the laboratory test with this id or name, in either language."""
    sought = text.casefold()
    for test in LAB_TESTS:
        title = library.lab_rules().test(test).title
        if sought in (test, title.en.casefold(), title.zh_CN.casefold()):
            return test
    return None


def _needs_prescriber(proposed: ProposedFollowUp, ml_per_h: Decimal | None) -> bool:
    if ml_per_h is None or proposed.ml_per_h is None:
        return proposed.needs_prescriber
    return proposed.needs_prescriber or ml_per_h > proposed.ml_per_h


def _line(text: str, field: str, *, most: int, required: bool) -> str:
    names = {"prescriber": N_("Prescriber"), "reason": N_("Reason"), "detail": N_("What exactly")}
    return one_line(text, field=field, name=message(names[field]), most=most, required=required)
