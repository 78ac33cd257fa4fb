"""Grade a side effect by a measured number; what the scale compares with is taken from the record."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.infusions.grading import grade_on_scale
from ivigdesk.clinical.infusions.side_effects import Scale, SideEffectTerm
from ivigdesk.clinical.laboratory.lab_reading import read_lab_value
from ivigdesk.clinical.laboratory.values import LabTest
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Message, Record, Text, message
from ivigdesk.units import read_number

_PRESSURES = ("systolic", "diastolic")
_LAB_MEASURES: dict[str, LabTest] = {
    "creatinine": "creatinine",
    "haemoglobin": "haemoglobin",
    "haemoglobin-fall": "haemoglobin",
    "neutrophils": "neutrophils",
}
_NAMES: dict[str, Message] = {
    "temperature": message(N_("Temperature")),
    "systolic": message(N_("Systolic pressure")),
    "diastolic": message(N_("Diastolic pressure")),
}
_FALL = "haemoglobin-fall"
_VITAL_SIGNS = {"temperature": "temperature_c", "systolic": "systolic_mmhg", "diastolic": "diastolic_mmhg"}


class GradedNumber(Record, frozen=True):
    """A number with its grade.

    Attributes:
        grade: on the number's scale; None for a number without a grade, or where the scale has no word for a child.
        name, unit: of the number.
        value: as it was compared, in `unit`; for two pressures the systolic one.
        before: the patient's own value before: the last one before the dose, or the first observation of the
            infusion; None when there is none.
        fits: whether the term has this grade; a rise of creatinine has grades that kidney failure has not.
    """

    grade: int | None
    name: Text
    unit: str
    value: Decimal
    before: Decimal | None = None
    fits: bool = True


def measures_of(desk: Desk, code: str) -> tuple[Scale, ...]:
    """Return the scales whose number grades a term; empty for a term that is graded by its words only."""
    return _scales(desk, _known_term(desk, code))


def grade_by_number(
    desk: Desk, dose_id: UUID, code: str, value: str, unit: str = "", *, upper_limit: str = "", lower_limit: str = ""
) -> GradedNumber:
    """Return the grade of a number as typed: a temperature, `150/95`, a creatinine, haemoglobin or neutrophil count.

    Args:
        dose_id: of the dose; age, baseline and first observation are looked up from it.
        code: term of the catalogue.
        value: one plain number, or two pressures with a slash.
        unit: as the laboratory reported it; empty for the scale's own.
        upper_limit, lower_limit: the laboratory's limits of normal in that unit; asked for only where the grade hangs
            on them, because no limit is ever guessed (FACTS Traps T26).

    Raises:
        UserMistake: no number, one that nobody has, or a limit that is needed (`upper_limit`, `lower_limit`).
        KnownError: the term is not graded by a number.

    Source: FACTS 6.2.
    """
    view, number = course_of_dose(desk, dose_id)
    one = view.view(number)
    term = _known_term(desk, code)
    scales = _scales(desk, term)
    if not scales:
        raise KnownError(message(N_("“{term}” is not graded by a number. Choose the line that fits."), term=term.name))
    if {scale.measure for scale in scales} == set(_PRESSURES):
        parts = value.replace("／", "/").split("/")
        if len(parts) > len(scales):
            raise UserMistake("value", _two_pressures(value))
        graded = [
            _graded(desk, view, one, scale, part, unit, "", "")
            for scale, part in zip(scales[: len(parts)], parts, strict=True)
        ]
        if len(graded) == len(scales) and graded[0].value <= graded[1].value:
            raise UserMistake("value", _two_pressures(value))
        best = max(graded, key=lambda found: found.grade or 0)
    else:
        best = _graded(desk, view, one, scales[0], value, unit, upper_limit, lower_limit)
    allowed = {words.grade for words in term.grades}
    return GradedNumber(
        grade=best.grade,
        name=best.name,
        unit=best.unit,
        value=best.value,
        before=best.before,
        fits=best.grade is None or best.grade in allowed,
    )


def _graded(
    desk: Desk, view: CourseView, one: DoseView, scale: Scale, text: str, unit: str, upper: str, lower: str
) -> GradedNumber:
    test = _LAB_MEASURES.get(scale.measure)
    if test is None:
        value = _vital_sign(scale, text, unit)
        before = _first_observed(one, scale)
        compared = value
    else:
        value = read_lab_value(test, text, unit).value
        before = _before_the_dose(desk, view, one, test)
        compared = value if scale.measure != _FALL else _fall(scale, value, before)
    grade = grade_on_scale(
        scale,
        compared,
        age_years=view.patient.age_on(today(desk.clock)),
        upper_limit=_limit(test, upper, unit, "upper_limit"),
        lower_limit=_limit(test, lower, unit, "lower_limit"),
        baseline=before if scale.measure != _FALL else None,
    )
    return GradedNumber(grade=grade, name=scale.name, unit=scale.unit, value=compared, before=before)


def _vital_sign(scale: Scale, text: str, unit: str) -> Decimal:
    if unit.strip() not in ("", scale.unit):
        raise UserMistake(
            "unit",
            message(
                N_("{name}: the unit “{value}” is not known. Allowed: {allowed}."),
                name=scale.name,
                value=unit.strip(),
                allowed=(scale.unit,),
            ),
        )
    name = _NAMES[scale.measure]
    return read_number(text, field="value", name=name, least=scale.least, most=scale.most, unit=scale.unit)


def _limit(test: LabTest | None, text: str, unit: str, field: str) -> Decimal | None:
    return None if test is None or not text.strip() else read_lab_value(test, text, unit, field=field).value


def _fall(scale: Scale, value: Decimal, before: Decimal | None) -> Decimal:
    if before is None:
        raise UserMistake(
            "value",
            message(
                N_("{name}: no value from before the dose is recorded. Record it on the laboratory page first."),
                name=scale.name,
            ),
        )
    return max(before - value, Decimal(0))


def _before_the_dose(desk: Desk, view: CourseView, one: DoseView, test: LabTest) -> Decimal | None:
    """Return the last value up to the day of the dose; on that day it counts as drawn before it (FACTS 8)."""
    day = one.dose.due_on if one.infusion is None else one.infusion.started_at.date()
    found = KnownFacts(labs=desk.ward.lab_values_of(view.patient.id)).latest(test, day)
    return None if found is None else found.value


def _first_observed(one: DoseView, scale: Scale) -> Decimal | None:
    field = _VITAL_SIGNS[scale.measure]
    seen = one.infusion.observations if one.infusion is not None else ()
    found = (getattr(observation, field) for observation in seen)
    return next((Decimal(value) for value in found if value is not None), None)


def _scales(desk: Desk, term: SideEffectTerm) -> tuple[Scale, ...]:
    """Return the term's own scales; a term that waits for a value is graded by that value's scale."""
    if term.scales:
        return term.scales
    catalogue = desk.library.side_effects()
    test = catalogue.consequence("LAB").test(term.code)
    return () if test is None else (catalogue.scale(test),)


def _known_term(desk: Desk, code: str) -> SideEffectTerm:
    try:
        return desk.library.side_effects().term(code)
    except KeyError:
        raise UserMistake("code", message(N_("Side effect: “{value}” is not in the catalogue."), value=code)) from None


def _two_pressures(value: str) -> Message:
    return message(
        N_("Blood pressure: “{value}” cannot be used. Allowed: {example}, the higher one first."),
        value=value.strip(),
        example="150/95",
    )
