"""Record a side effect of a dose, correct one, release a course from the hold that a grave one makes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import get_args
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.moment import entry_made, moment_of_entry
from ivigdesk.actions.infusions.side_effect_times import honest_notes, read_call, read_end, read_onset
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import course_of_dose, patient_row
from ivigdesk.actions.words import one_line
from ivigdesk.clinical.courses.course import Course, Dose, Revision
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.infusions.grading import check_grade, holds_course
from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect, SideEffectOutcome
from ivigdesk.clinical.infusions.side_effects import SideEffectTerm
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Record, message


class SideEffectForm(Record, frozen=True):
    """A side effect as typed.

    Attributes:
        id: made when the form opens.
        code: term of the catalogue.
        grade: `1` to `5`, as far as the term has it.
        onset_on: date; empty is today. onset_at: clock time; empty is now, or not known where an earlier day is typed.
        action, notes, drugs, doctor: words.
        doctor_at: clock time of the call, the last one that has passed; empty is not known.
        outcome: one of the record's words.
        resolved_on, resolved_at: when it was over, read as the onset is; both empty for a resolved one is now.
        replaces: the record that this one corrects.
    """

    code: str
    grade: str
    onset_on: str = ""
    onset_at: str = ""
    action: str = ""
    outcome: str = "ongoing"
    notes: str = ""
    drugs: str = ""
    doctor: str = ""
    doctor_at: str = ""
    resolved_on: str = ""
    resolved_at: str = ""
    replaces: UUID | None = None
    id: UUID = msgspec.field(default_factory=uuid4)


def record_side_effect(desk: Desk, dose_id: UUID, form: SideEffectForm) -> SideEffect:
    """Store a side effect with the minutes since the start and the rate at onset.

    A grade 3 or above puts every remaining dose of the patient on hold, of this course and of any other, in the same
    transaction (FACTS SR25, T36).
    Correcting it to a lower grade releases nothing: only a prescriber does. The same form a second time changes
    nothing.

    Raises:
        UserMistake: unknown term, a grade that the term does not have, an onset before the start or in the future, an
            end before the onset.
        KnownError: the dose was entered in error, or what is corrected is a side effect of another dose.
    """
    view, number = course_of_dose(desk, dose_id)
    if view.view(number).status == "entered in error":
        raise KnownError(
            message(
                N_("Dose {number} was entered in error. Record the side effect at the dose that was given."),
                number=number,
            )
        )
    infusion = view.view(number).infusion
    now = desk.clock.now() if infusion is None else moment_of_entry(desk, infusion)[0]
    _must_be_of_dose(desk, dose_id, form.replaces)
    term = _term(desk, form.code)
    grade = read_grade(term, form.grade)
    onset = read_onset(form.onset_on, form.onset_at, now=now, infusion=infusion)
    outcome = _outcome(form.outcome)
    over = read_end(form.resolved_on, form.resolved_at, outcome=outcome, onset=onset, now=now)
    nurse = desk.must_have_nurse()
    doctor, doctor_at = read_call(form.doctor, form.doctor_at, onset=onset, now=now)
    effect = SideEffect(
        id=form.id,
        dose_id=dose_id,
        code=term.code,
        term=term.name,
        grade=grade,
        onset_at=onset.at,
        nurse=nurse,
        at=now,
        minutes_from_start=_minutes(infusion, onset.at) if onset.is_known else None,
        ml_per_h=_rate_at(infusion, onset.at) if onset.is_known else None,
        action=one_line(form.action, field="action", name=message(N_("Action")), most=500),
        outcome=outcome,
        resolved_at=None if over is None else over.at,
        notes=honest_notes(form.notes, onset, over),
        replaces=form.replaces,
        drugs=one_line(form.drugs, field="drugs", name=message(N_("Drugs")), most=300),
        doctor=doctor,
        doctor_at=doctor_at,
    )
    stored = next((one for one in view.view(number).side_effects if one.id == form.id), None)
    if stored is not None and _says_the_same(effect, stored, form):
        return stored
    words = "side effect corrected" if form.replaces else "side effect recorded"
    courses = patient_row(desk, view.patient).courses if holds_course(grade) else ()
    held = [found for one in courses if (found := hold_revision(one, effect, nurse=nurse, at=now)) is not None]
    with desk.ward.changing(nurse=nurse, at=now, action=words) as change:
        change.add(effect)
        for revision in held:
            change.add(revision)
    if infusion is not None:
        entry_made(desk, infusion.id, now)
    return effect


def release_hold(desk: Desk, course_id: UUID, *, prescriber: str, reason: str) -> Course:
    """Put the doses that a grave reaction holds back on the calendar, on a prescriber's word.

    Doses that a nurse held for another reason stay on hold, unless there are no others.

    Raises:
        UserMistake: prescriber or reason is missing.
        KnownError: nothing is on hold.
    """
    who = one_line(prescriber, field="prescriber", name=message(N_("Prescriber")), most=100, required=True)
    why = one_line(reason, field="reason", name=message(N_("Reason")), most=500, required=True)
    view = look_up_course(desk, course_id)
    held = [one.dose for one in view.doses if one.status == "held"]
    if not held:
        raise KnownError(message(N_("No dose of this course is on hold.")))
    released = {dose.id for dose in held if dose.awaits_release} or {dose.id for dose in held}
    nurse, now = desk.must_have_nurse(), desk.clock.now()
    doses = tuple(
        msgspec.structs.replace(
            dose, state="planned", needs_release=False, reason=why, changed_by=nurse, changed_at=now
        )
        if dose.id in released
        else dose
        for dose in view.course.doses
    )
    revision = _next_revision(view.course, doses, why, verb="resume", nurse=nurse, at=now, approved_by=who)
    with desk.ward.changing(nurse=nurse, at=now, action="hold released", reason=f"{why} ({who})") as change:
        change.add(revision)
    return msgspec.structs.replace(view.course, revision=revision)


def read_grade(term: SideEffectTerm, text: str) -> int:
    """Return the grade typed for a term.

    Raises:
        UserMistake: not a grade that the term has; the allowed ones are named.
    """
    stripped = text.strip()
    if not stripped.isascii() or not stripped.isdigit():
        raise UserMistake(
            "grade",
            message(
                N_("Grade: “{value}” cannot be used. Allowed: {allowed}."),
                value=stripped,
                allowed=tuple(words.grade for words in term.grades),
            ),
        )
    check_grade(term, int(stripped))
    return int(stripped)


def hold_revision(view: CourseView, effect: SideEffect, *, nurse: str, at: datetime) -> Revision | None:
    """Return the revision that holds every dose to come; None when a grave reaction holds each of them already.

    SAFETY: a dose that a nurse held for another reason, such as a fever, now waits for the prescriber too.
    """
    touched = {
        one.dose.id
        for one in view.doses
        if one.status in ("planned", "due", "overdue") or (one.status == "held" and not one.dose.needs_release)
    }
    if not touched:
        return None
    # The reason is stored once and read in either language, so it says the term in both.
    reason = f"{effect.term.en} / {effect.term.zh_CN}, CTCAE {effect.grade}"
    doses = tuple(
        msgspec.structs.replace(dose, state="held", needs_release=True, reason=reason, changed_by=nurse, changed_at=at)
        if dose.id in touched
        else dose
        for dose in view.course.doses
    )
    return _next_revision(view.course, doses, reason, verb="reaction", nurse=nurse, at=at)


def _next_revision(
    course: Course, doses: tuple[Dose, ...], reason: str, *, verb: str, nurse: str, at: datetime, approved_by: str = ""
) -> Revision:
    return Revision(
        id=uuid4(),
        course_id=course.id,
        number=course.revision.number + 1,
        doses=doses,
        reason=reason,
        nurse=nurse,
        at=at,
        verb=verb,
        approved_by=approved_by,
    )


def _must_be_of_dose(desk: Desk, dose_id: UUID, replaces: UUID | None) -> None:
    """Accept a correction of a side effect of this dose.

    SAFETY: corrected from another dose, the reaction of the patient who had it would disappear.

    Raises:
        KnownError: it was recorded for another dose.
    """
    corrected = () if replaces is None else desk.ward.side_effect_history(replaces)
    if any(one.dose_id != dose_id for one in corrected):
        raise KnownError(
            message(N_("This side effect was recorded for another dose. Correct it there. Nothing was saved."))
        )


def _says_the_same(effect: SideEffect, stored: SideEffect, form: SideEffectForm) -> bool:
    """Return whether this very form was stored a moment ago; only the clock went on since."""
    same = msgspec.structs.replace(effect, at=stored.at, nurse=stored.nurse)
    if not form.onset_on.strip() and not form.onset_at.strip():
        same = msgspec.structs.replace(
            same, onset_at=stored.onset_at, minutes_from_start=stored.minutes_from_start, ml_per_h=stored.ml_per_h
        )
    if not form.resolved_on.strip() and not form.resolved_at.strip():
        same = msgspec.structs.replace(same, resolved_at=stored.resolved_at)
    return same == stored


def _term(desk: Desk, code: str) -> SideEffectTerm:
    try:
        return desk.library.side_effects().term(code)
    except KeyError:
        raise UserMistake("code", message(N_("Side effect: “{value}” is not in the catalogue."), value=code)) from None


def _outcome(text: str) -> SideEffectOutcome:
    for allowed in get_args(SideEffectOutcome):
        if allowed == text:
            return allowed  # type: ignore[no-any-return]
    raise UserMistake(
        "outcome",
        message(
            N_("{name}: “{value}” is not known. Allowed: {allowed}."),
            name=message(N_("Outcome")),
            value=text,
            allowed=get_args(SideEffectOutcome),
        ),
    )


def at_onset(infusion: Infusion | None, onset: datetime) -> tuple[int | None, Decimal | None]:
    """Return the minutes from the start to `onset` and the rate then, as they are recorded; None where unknown."""
    return _minutes(infusion, onset), _rate_at(infusion, onset)


def _minutes(infusion: Infusion | None, onset: datetime) -> int | None:
    if infusion is None:
        return None
    return int((onset - infusion.started_at).total_seconds() // 60)


def _rate_at(infusion: Infusion | None, onset: datetime) -> Decimal | None:
    if infusion is None or (infusion.end is not None and onset > infusion.end.ended_at):
        return None
    earlier = infusion.settings_before(onset)
    return earlier[-1].ml_per_h if earlier else None
