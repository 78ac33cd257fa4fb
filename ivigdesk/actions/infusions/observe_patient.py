"""Observe a patient during and after an infusion: vital signs and symptoms."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.bedside import Bedside
from ivigdesk.actions.infusions.moment import entry_made, moment_of_entry
from ivigdesk.actions.infusions.open_infusion import known_infusion
from ivigdesk.actions.words import one_line, read_clock_time
from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.infusion import Infusion, Observation
from ivigdesk.clinical.infusions.remarks import Remark, first_values, remarks_on
from ivigdesk.clinical.rules import Span
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Record, message
from ivigdesk.units import read_number

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
    """One set of vital signs as typed; empty is not measured.

    Attributes:
        at: clock time; empty is now.
        symptoms, site: words: how the patient feels, how the infusion site looks.
        replaces: the observation that this one corrects.
    """

    at: str = ""
    temperature_c: str = ""
    pulse_per_min: str = ""
    systolic_mmhg: str = ""
    diastolic_mmhg: str = ""
    breaths_per_min: str = ""
    spo2_percent: str = ""
    symptoms: str = ""
    site: str = ""
    replaces: UUID | None = None
    id: UUID = msgspec.field(default_factory=uuid4)


def observe(desk: Desk, infusion_id: UUID, form: ObservationForm) -> Infusion:
    """Record one set of vital signs; the same form a second time changes nothing.

    Raises:
        UserMistake: a value cannot be right; the sentence names it and what is allowed. Nothing is stored then.
    """
    infusion = known_infusion(desk, infusion_id)
    now, _ = moment_of_entry(desk, infusion)
    at = read_clock_time(form.at, field="at", name=message(N_("Time")), now=now) if form.at.strip() else now
    values = {field: _reading(form, field) for field in VITAL_SIGNS}
    symptoms = one_line(form.symptoms, field="symptoms", name=message(N_("Symptoms")), most=300)
    site = one_line(form.site, field="site", name=message(N_("Infusion site")), most=300)
    if not symptoms and not site and all(value is None for value in values.values()):
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
        site=site,
        replaces=form.replaces,
        temperature_c=values["temperature_c"],
        pulse_per_min=_whole(values["pulse_per_min"]),
        systolic_mmhg=_whole(systolic),
        diastolic_mmhg=_whole(diastolic),
        breaths_per_min=_whole(values["breaths_per_min"]),
        spo2_percent=_whole(values["spo2_percent"]),
    )
    if any(_says_the_same(observation, stored) for stored in infusion.observations):
        return infusion
    action = "observation corrected" if form.replaces else "observation recorded"
    with desk.ward.changing(nurse=nurse, at=now, action=action) as change:
        change.add(observation)
    entry_made(desk, infusion.id, now)
    return known_infusion(desk, infusion_id)


def remarks(here: Bedside, observation: Observation) -> tuple[Remark, ...]:
    """Return what of an observation of this infusion lies outside the limits, compared with its first values."""
    infusion = here.infusion
    rules = library.infusion_day_rules().vital_signs
    is_adult = here.view.patient.age_on(here.view.day) >= rules.adult_from_years
    baseline = None if infusion is None else first_values(infusion.observations)
    return remarks_on(observation, baseline, rules, is_adult=is_adult)


def _says_the_same(observation: Observation, stored: Observation) -> bool:
    """Return whether this very form was stored a moment ago; only the clock went on since."""
    return msgspec.structs.replace(observation, at=stored.at, nurse=stored.nurse) == stored


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
