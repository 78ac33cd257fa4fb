"""Give one dose: start, check, hang vials, set the pump, observe, finish. Every entry is stored when it is made."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.actions.may_start import must_be_startable, must_wait
from ivigdesk.actions.prepare_infusion import (
    Preparation,
    must_be_prepared,
    read_vial,
    read_vials,
)
from ivigdesk.actions.prepare_infusion import (
    VialForm as VialForm,
)
from ivigdesk.actions.words import one_line, read_clock_time
from ivigdesk.clinical import library
from ivigdesk.clinical.course import Course, Dose
from ivigdesk.clinical.infusion import (
    Check,
    Infusion,
    InfusionEnd,
    Observation,
    Outcome,
    RateAction,
    RateChange,
)
from ivigdesk.clinical.rate_cards import volume_given
from ivigdesk.clinical.rules import Span
from ivigdesk.clinical.status import CourseView, DoseView
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Record, message
from ivigdesk.units import read_number, rounded, to_thousandths

# Name and unit of each vital sign; what it can be stands in the limits.
VITAL_SIGNS = {
    "temperature_c": (N_("Temperature"), "°C"),
    "pulse_per_min": (N_("Pulse"), "/min"),
    "systolic_mmhg": (N_("Systolic pressure"), "mmHg"),
    "diastolic_mmhg": (N_("Diastolic pressure"), "mmHg"),
    "breaths_per_min": (N_("Respiration"), "/min"),
    "spo2_percent": (N_("SpO2"), "%"),
}


class ObservationForm(Record, frozen=True):
    """One set of vital signs as typed; empty is not measured. `at` is a clock time; empty is now."""

    at: str = ""
    temperature_c: str = ""
    pulse_per_min: str = ""
    systolic_mmhg: str = ""
    diastolic_mmhg: str = ""
    breaths_per_min: str = ""
    spo2_percent: str = ""
    symptoms: str = ""
    id: UUID = msgspec.field(default_factory=uuid4)


class EndForm(Record, frozen=True):
    """How an infusion ended, as typed.

    Attributes:
        outcome: completed or partly given.
        at: clock time; empty is now.
        given_ml: millilitres given; empty for the whole volume of a completed infusion.
        reason: needed unless completed.
        second_nurse: second signature; may be empty.
    """

    outcome: Outcome
    at: str = ""
    given_ml: str = ""
    reason: str = ""
    second_nurse: str = ""


class Bedside(Record, frozen=True):
    """A dose with everything that the bedside needs.

    Attributes:
        view: the course today.
        dose_view: the dose with its record.
        given_ml: volume given so far, by the pump's settings, to 0.1 mL.
        last_reaction: latest side effect of an earlier dose, with that dose's number; None for none.
    """

    view: CourseView
    dose_view: DoseView
    given_ml: Decimal

    @property
    def course(self) -> Course:
        """The course at the revision in force."""
        return self.view.course

    @property
    def dose(self) -> Dose:
        """The dose as planned."""
        return self.dose_view.dose

    @property
    def infusion(self) -> Infusion | None:
        """The record; None before it is started."""
        return self.dose_view.infusion


def bedside(desk: Desk, dose_id: UUID) -> Bedside:
    """Return one dose as the bedside sees it now.

    Raises:
        KnownError: the dose is not known.
    """
    view, number = course_of_dose(desk, dose_id)
    one = view.view(number)
    return Bedside(view=view, dose_view=one, given_ml=_given_so_far(one, desk.clock.now()))


def start_infusion(
    desk: Desk, dose_id: UUID, *, infusion_id: UUID | None = None, at: str = "", prepared: Preparation | None = None
) -> Infusion:
    """Start the pump at the rate card's first rate.

    Args:
        prepared: checklist and vials, stored together with the start; None when they are recorded afterwards.
        infusion_id: made when the page opens; starting twice with it makes one infusion.
        at: clock time of the start; empty is now.

    Raises:
        UserMistake: the time or a vial cannot be taken.
        KnownError: the dose is not to be given now, or a critical check is open; the sentence says why.
    """
    here = bedside(desk, dose_id)
    now = desk.clock.now()
    if here.infusion is not None and here.infusion.id == infusion_id:
        return here.infusion
    must_be_startable(here.view, here.dose_view, now)
    if prepared is None:
        prepared = Preparation()
    else:
        must_be_prepared(desk, here.course, prepared)
    nurse = desk.must_have_nurse()
    started_at = read_clock_time(at, field="at", name=message(N_("Start")), now=now) if at.strip() else now
    infusion = Infusion(id=infusion_id or uuid4(), dose_id=dose_id, started_at=started_at, nurse=nurse, at=now)
    first = RateChange(
        id=uuid4(),
        infusion_id=infusion.id,
        action="start",
        ml_per_h=here.dose.rate_card.rows[0].ml_per_h,
        reason="",
        nurse=nurse,
        at=started_at,
    )
    vials = read_vials(prepared.vials, infusion_id=infusion.id, course=here.course, dose=here.dose, nurse=nurse, at=now)
    with desk.ward.changing(nurse=nurse, at=now, action="infusion started") as change:
        change.add(infusion)
        for check in prepared.checks:
            change.add(Check(id=uuid4(), infusion_id=infusion.id, item=check.item, nurse=check.nurse, at=check.at))
        for vial in vials:
            change.add(vial)
        change.add(first)
    return _stored(desk, infusion.id)


def tick_check(desk: Desk, infusion_id: UUID, item: str) -> Infusion:
    """Tick one line of the checklist; ticking it again changes nothing."""
    infusion = _open(desk, infusion_id)
    if all(check.item != item for check in infusion.checks):
        nurse, now = desk.must_have_nurse(), desk.clock.now()
        with desk.ward.changing(nurse=nurse, at=now, action="check ticked") as change:
            change.add(Check(id=uuid4(), infusion_id=infusion.id, item=item, nurse=nurse, at=now))
    return _stored(desk, infusion_id)


def hang_vial(desk: Desk, infusion_id: UUID, form: VialForm) -> Infusion:
    """Record one vial with its lot.

    Raises:
        UserMistake: the lot is empty, the vial has expired, or is of another product or size than planned.
    """
    infusion = _open(desk, infusion_id)
    dose, course = _planned(desk, infusion)
    now = desk.clock.now()
    nurse = desk.must_have_nurse()
    vial = read_vial(form, infusion_id=infusion.id, hung=infusion.vials, course=course, dose=dose, nurse=nurse, at=now)
    with desk.ward.changing(nurse=nurse, at=now, action="vial hung") as change:
        change.add(vial)
    return _stored(desk, infusion_id)


def set_rate(
    desk: Desk, infusion_id: UUID, action: RateAction, ml_per_h: Decimal, reason: str = "", *, at: str = ""
) -> Infusion:
    """Record that the pump was set: increased, slowed, paused, resumed.

    Args:
        ml_per_h: new rate; 0 for a pause.
        at: clock time; empty is now. Not before the pump's last setting.

    Raises:
        UserMistake: the rate is above what this patient may have of this product, or the time is too early.
    """
    infusion = _open(desk, infusion_id)
    dose, _ = _planned(desk, infusion)
    if ml_per_h < 0 or ml_per_h > dose.rate_card.max_ml_per_h:
        raise UserMistake(
            "ml_per_h",
            message(
                N_("Rate: {value} mL/h cannot be used. Allowed: 0 to {most} mL/h for this patient and product."),
                value=ml_per_h,
                most=dose.rate_card.max_ml_per_h,
            ),
        )
    now = desk.clock.now()
    moment = read_clock_time(at, field="at", name=message(N_("Time")), now=now) if at.strip() else now
    if infusion.rate_changes and moment < infusion.rate_changes[-1].at:
        raise UserMistake(
            "at",
            message(
                N_("Time: {value} is before the pump's last setting at {last}."),
                value=f"{moment:%H:%M}",
                last=f"{infusion.rate_changes[-1].at:%H:%M}",
            ),
        )
    nurse = desk.must_have_nurse()
    written = one_line(reason, field="reason", name=message(N_("Reason")), most=300)
    setting = RateChange(
        id=uuid4(),
        infusion_id=infusion.id,
        action=action,
        ml_per_h=ml_per_h,
        reason=written,
        nurse=nurse,
        at=moment,
    )
    with desk.ward.changing(nurse=nurse, at=now, action="pump set", reason=written) as change:
        change.add(setting)
    return _stored(desk, infusion_id)


def observe(desk: Desk, infusion_id: UUID, form: ObservationForm) -> Infusion:
    """Record one set of vital signs.

    Raises:
        UserMistake: a value cannot be right; the sentence names it and what is allowed. Nothing is stored then.
    """
    infusion = _known(desk, infusion_id)
    now = desk.clock.now()
    at = read_clock_time(form.at, field="at", name=message(N_("Time")), now=now) if form.at.strip() else now
    values = {field: _reading(form, field) for field in VITAL_SIGNS}
    symptoms = one_line(form.symptoms, field="symptoms", name=message(N_("Symptoms")), most=300)
    if not symptoms and all(value is None for value in values.values()):
        raise UserMistake("temperature_c", message(N_("Observation: nothing was entered. Enter at least one value.")))
    systolic, diastolic = values["systolic_mmhg"], values["diastolic_mmhg"]
    if systolic is not None and diastolic is not None and diastolic >= systolic:
        raise UserMistake(
            "diastolic_mmhg",
            message(
                N_("Diastolic pressure: {value} mmHg is not below the systolic pressure of {systolic} mmHg."),
                value=diastolic,
                systolic=systolic,
            ),
        )
    nurse = desk.must_have_nurse()
    observation = Observation(
        id=form.id,
        infusion_id=infusion.id,
        at=at,
        nurse=nurse,
        symptoms=symptoms,
        temperature_c=values["temperature_c"],
        pulse_per_min=_whole(values["pulse_per_min"]),
        systolic_mmhg=_whole(systolic),
        diastolic_mmhg=_whole(diastolic),
        breaths_per_min=_whole(values["breaths_per_min"]),
        spo2_percent=_whole(values["spo2_percent"]),
    )
    with desk.ward.changing(nurse=nurse, at=now, action="observation recorded") as change:
        change.add(observation)
    return _stored(desk, infusion_id)


def finish_infusion(desk: Desk, infusion_id: UUID, form: EndForm) -> Infusion:
    """End an infusion: completed or partly given, with the first and perhaps the second signature.

    Raises:
        UserMistake: end before start, volume above the dose, a lot or a reason missing, the same nurse twice.
    """
    infusion = _open(desk, infusion_id)
    dose, _ = _planned(desk, infusion)
    now = desk.clock.now()
    ended_at = read_clock_time(form.at, field="at", name=message(N_("End")), now=now) if form.at.strip() else now
    if ended_at < infusion.started_at:
        raise UserMistake(
            "at",
            message(
                N_("End: {value} is before the start at {start}."),
                value=f"{ended_at:%H:%M}",
                start=f"{infusion.started_at:%H:%M}",
            ),
        )
    reason = one_line(
        form.reason,
        field="reason",
        name=message(N_("Reason")),
        most=500,
        required=form.outcome != "completed",
    )
    nurse = desk.must_have_nurse()
    second = one_line(form.second_nurse, field="second_nurse", name=message(N_("Second signature")), most=60)
    if second and second.casefold() == nurse.casefold():
        raise UserMistake(
            "second_nurse",
            message(N_("Second signature: “{value}” signs already. Another nurse must check."), value=second),
        )
    if not infusion.vials:
        raise UserMistake(
            "lot", message(N_("Lot: no vial is recorded. Enter every vial with its lot before finishing."))
        )
    given_ml, given_mg = _amount_given(dose, form)
    opened_mg = sum(vial.mg for vial in infusion.vials)
    end = InfusionEnd(
        id=uuid4(),
        infusion_id=infusion.id,
        outcome=form.outcome,
        ended_at=ended_at,
        given_ml=given_ml,
        given_dose_mg=given_mg,
        discarded_mg=max(opened_mg - given_mg, 0),
        reason=reason,
        nurse=nurse,
        second_nurse=second,
        at=now,
    )
    stop = RateChange(
        id=uuid4(),
        infusion_id=infusion.id,
        action="stop",
        ml_per_h=Decimal(0),
        reason="",
        nurse=nurse,
        at=ended_at,
    )
    with desk.ward.changing(nurse=nurse, at=now, action=f"infusion {form.outcome}", reason=reason) as change:
        change.add(stop)
        change.add(end)
    return _stored(desk, infusion_id)


def record_not_given(desk: Desk, dose_id: UUID, reason: str, *, infusion_id: UUID | None = None) -> Infusion:
    """Record that a dose was not given; no lot is asked for.

    Raises:
        UserMistake: no reason.
        KnownError: the dose was started already, or is not to be dealt with today.
    """
    written = one_line(reason, field="reason", name=message(N_("Reason")), most=500, required=True)
    here = bedside(desk, dose_id)
    must_wait(here.dose_view)
    nurse, now = desk.must_have_nurse(), desk.clock.now()
    infusion = Infusion(id=infusion_id or uuid4(), dose_id=dose_id, started_at=now, nurse=nurse, at=now)
    end = InfusionEnd(
        id=uuid4(),
        infusion_id=infusion.id,
        outcome="not given",
        ended_at=now,
        given_ml=Decimal(0),
        given_dose_mg=0,
        discarded_mg=0,
        reason=written,
        nurse=nurse,
        second_nurse="",
        at=now,
    )
    with desk.ward.changing(nurse=nurse, at=now, action="dose not given", reason=written) as change:
        change.add(infusion)
        change.add(end)
    return _stored(desk, infusion.id)


def _amount_given(dose: Dose, form: EndForm) -> tuple[Decimal, int]:
    if form.outcome == "completed" and not form.given_ml.strip():
        return dose.volume_ml, dose.planned_dose_mg
    given_ml = read_number(
        form.given_ml,
        field="given_ml",
        name=message(N_("Volume given")),
        least=Decimal(0),
        most=dose.volume_ml,
        unit="mL",
    )
    share = given_ml * dose.planned_dose_mg / dose.volume_ml
    return given_ml, to_thousandths(share / 1000)


def _reading(form: ObservationForm, field: str) -> Decimal | None:
    text = getattr(form, field)
    if not text.strip():
        return None
    name, unit = VITAL_SIGNS[field]
    span: Span = getattr(library.limits(), field)
    value = read_number(text, field=field, name=message(name), least=span.least, most=span.most, unit=unit)
    if field != "temperature_c" and value != value.to_integral_value():
        raise UserMistake(
            field,
            message(
                N_("{name}: “{value}” cannot be used. Allowed: a whole number."),
                name=message(name),
                value=text.strip(),
            ),
        )
    return value


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


def _given_so_far(view: DoseView, now: datetime) -> Decimal:
    infusion = view.infusion
    if infusion is None:
        return Decimal(0)
    if infusion.end is not None:
        return infusion.end.given_ml
    changes = tuple((change.at, change.ml_per_h) for change in infusion.rate_changes)
    return rounded(volume_given(changes, now, view.dose.volume_ml), Decimal("0.1"))


def _planned(desk: Desk, infusion: Infusion) -> tuple[Dose, Course]:
    view, number = course_of_dose(desk, infusion.dose_id)
    return view.course.dose(number), view.course


def _known(desk: Desk, infusion_id: UUID) -> Infusion:
    infusion = desk.ward.infusion(infusion_id)
    if infusion is None:
        raise KnownError(message(N_("This infusion is not in the ward's file.")))
    return infusion


def _open(desk: Desk, infusion_id: UUID) -> Infusion:
    infusion = _known(desk, infusion_id)
    if infusion.end is not None:
        raise KnownError(message(N_("This infusion has ended. Nothing was saved.")))
    return infusion


def _stored(desk: Desk, infusion_id: UUID) -> Infusion:
    return _known(desk, infusion_id)
