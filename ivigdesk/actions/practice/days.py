"""The days of the practice ward, lived from the first to now with the actions that a nurse uses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

import msgspec

from ivigdesk.actions.courses.changing import ChangeForm, accept, ripple
from ivigdesk.actions.courses.plan_course import PlanForm, confirm, propose
from ivigdesk.actions.desk import Desk, sign_in
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.infusions.prepare_infusion import checklist_of
from ivigdesk.actions.infusions.preparing import add_vial, tick_lines
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.actions.patients.register_patient import PatientForm, register_patient, weigh_patient
from ivigdesk.actions.practice.facts import record_facts
from ivigdesk.actions.practice.stories import STORIES
from ivigdesk.actions.practice.story import Event, Story
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clock import SetClock, today
from ivigdesk.units import kilograms, plain

_LONGEST_PAST = 10_000
"""Days before today from which on everything that happened counts as long ago."""

NURSES = ("A. Wong", "S. Kaur", "王敏")


def live(desk: Desk, past: SetClock, now: datetime) -> dict[str, UUID]:
    """Let the ward live from its first day to now; return each story's course by record number."""
    courses: dict[str, UUID] = {}
    for days_ago in range(max(story.planned_days_ago for story in STORIES), -1, -1):
        day = now.date() - timedelta(days=days_ago)
        for place, story in enumerate(STORIES):
            if story.planned_days_ago == days_ago:
                past.set_wall(_at(day, now, time(8, place)))
                sign_in(desk, NURSES[place % len(NURSES)])
                courses[story.record_number] = _begin(desk, story, now.date())
            elif story.record_number in courses:
                past.set_wall(_at(day, now, time(7, place)))
                sign_in(desk, NURSES[place % len(NURSES)])
                patient_id = look_up_course(desk, courses[story.record_number]).patient.id
                record_facts(desk, story, patient_id, now.date(), range(days_ago, days_ago + 1))
                past.set_wall(_at(day, now, time(9, 2 * place)))
                sign_in(desk, NURSES[(place + days_ago) % len(NURSES)])
                _act(desk, past, story, courses[story.record_number], day, now)
    return courses


def _begin(desk: Desk, story: Story, now: date) -> UUID:
    patient = register_patient(
        desk,
        msgspec.structs.replace(
            msgspec.convert(story.patient, PatientForm),
            record_number=story.record_number,
            weighed_on="t" if story.patient.get("weight") else "",
            transplant_on=(now - timedelta(days=story.transplant_days_ago)).isoformat()
            if story.transplant_days_ago is not None
            else "",
        ),
    )
    record_facts(desk, story, patient.id, now, range(story.planned_days_ago, _LONGEST_PAST))
    proposal = propose(
        desk,
        PlanForm(
            patient_id=patient.id,
            regimen_id=story.regimen,
            product_id=story.product,
            first_on=(now - timedelta(days=story.first_days_ago)).isoformat(),
            antiviral=story.antiviral,
            prescriber="Dr S. Kim",
            rounding=story.rounding,
            approved_g=story.approved_g,
        ),
    )
    return confirm(desk, proposal, story.reason).id


def _act(desk: Desk, past: SetClock, story: Story, course_id: UUID, day: date, now: datetime) -> None:
    view = look_up_course(desk, course_id)
    for one in view.doses:
        if one.status != "due":
            continue
        event = story.events.get(one.dose.number, Event())
        if event.kind == "left" or (day == now.date() and event.kind != "running"):
            return
        _weigh(desk, story, view.patient.id, one.dose.number)
        if event.kind == "postponed" and not one.dose.was_moved:
            to = (day + timedelta(days=1)).isoformat()
            form = ChangeForm(course_id=course_id, verb="postpone", number=one.dose.number, to=to, reach="rest")
            accept(desk, ripple(desk, form), event.words)
        elif event.kind == "not given":
            giving.record_not_given(desk, one.dose.id, event.words)
        elif event.kind == "running":
            _start(desk, past, one.dose, now - timedelta(minutes=40))
        else:
            _give(desk, past, one.dose, event)
        return


def _weigh(desk: Desk, story: Story, patient_id: UUID, number: int) -> None:
    patient = desk.ward.patient(patient_id)
    if patient is None or patient.weight_g is None or patient.weighed_on is None:
        return
    age_days = (today(desk.clock) - patient.weighed_on).days
    is_due = number % 3 == 0 and not story.weight_grows_old
    if is_due or age_days > library.limits().weight_valid_days:
        weigh_patient(desk, patient_id, plain(kilograms(patient.weight_g - 100)))


def _start(desk: Desk, past: SetClock, dose: Dose, at: datetime) -> UUID:
    """Check a dose, make its vials ready, start and observe it; return the infusion."""
    past.set_wall(at)
    tick_lines(desk, dose.id, [item.code for item in checklist_of(desk, giving.bedside(desk, dose.id))])
    product = look_up_course(desk, _course_of(desk, dose)).course.product_of(dose)
    for vial in dose.vials:
        for _ in range(vial.count):
            form = giving.VialForm(
                product_id=product.id,
                mg=vial.mg,
                lot=f"P{1000 + dose.number // 4:04d}71881",
                expires_on=f"{at.year + 1}-09",
            )
            add_vial(desk, dose.id, form)
    infusion = giving.start_infusion(desk, dose.id)
    _observe(desk, infusion.id, "36.7", "78", "122", "74")
    for row in dose.rate_card.rows[1:-1]:
        moment = at + timedelta(minutes=float(row.from_min))
        if moment > at + timedelta(minutes=40):
            break
        past.set_wall(moment.replace(microsecond=0))
        giving.set_rate(desk, infusion.id, "increase", row.ml_per_h)
        _observe(desk, infusion.id, "36.8", "80", "124", "76")
    return infusion.id


def _give(desk: Desk, past: SetClock, dose: Dose, event: Event) -> None:
    began = past.now()
    infusion_id = _start(desk, past, dose, began)
    past.set_wall(began + timedelta(minutes=45))
    if event.code:
        form = SideEffectForm(
            code=event.code,
            grade=event.grade,
            action=event.words,
            outcome="resolved" if event.grade < "3" else "ongoing",
        )
        record_side_effect(desk, dose.id, form)
    second = next(name for name in NURSES if name != desk.nurse)
    if event.kind == "stopped":
        half = plain((dose.volume_ml / 2).quantize(1))
        giving.set_rate(desk, infusion_id, "stop", dose.rate_card.rows[-1].ml_per_h, event.words)
        end = giving.EndForm(outcome="partly given", given_ml=half, reason=event.words, second_nurse=second)
    else:
        past.set_wall(began + timedelta(minutes=float(dose.rate_card.duration_min) + 5))
        end = giving.EndForm(outcome="completed", second_nurse=second)
    past.set_wall(past.now().replace(microsecond=0, second=0))
    giving.finish_infusion(desk, infusion_id, end)


def _observe(desk: Desk, infusion_id: UUID, temperature: str, pulse: str, systolic: str, diastolic: str) -> None:
    giving.observe(
        desk,
        infusion_id,
        giving.ObservationForm(
            temperature_c=temperature,
            pulse_per_min=pulse,
            systolic_mmhg=systolic,
            diastolic_mmhg=diastolic,
            breaths_per_min="16",
            spo2_percent="98",
        ),
    )


def _course_of(desk: Desk, dose: Dose) -> UUID:
    return course_of_dose(desk, dose.id)[0].course.id


def _at(day: date, now: datetime, clock_time: time) -> datetime:
    """Return a moment on `day`, not after `now`."""
    return min(datetime.combine(day, clock_time, now.tzinfo), now)
