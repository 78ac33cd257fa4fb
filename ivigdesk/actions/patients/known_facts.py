"""Everything the ward knows of a patient that the rules ask for, gathered from all courses, in one value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.grading import holds_course
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.known import EarlierDose, EarlierReaction, KnownFacts
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.messages import Record
from ivigdesk.units import rounded, to_thousandths

_PER_KG_READING = Decimal("0.001")
_MM_PER_CM = 10


class Treatment(Record, frozen=True):
    """The courses of a patient, and what was given of them.

    Attributes:
        courses: at the revision in force, oldest first.
        infusions: of any of their doses, by the dose.
    """

    courses: tuple[Course, ...]
    infusions: dict[UUID, Infusion]


def treatment_of(desk: Desk, patient: Patient) -> Treatment:
    """Return the patient's courses with their infusions, read once for several questions."""
    courses = desk.ward.courses_of(patient.id)
    return Treatment(courses=courses, infusions=_infusions(desk, courses))


def known_facts(
    desk: Desk, patient: Patient, *, besides: UUID | None = None, treatment: Treatment | None = None
) -> KnownFacts:
    """Return what is known of a patient today.

    Args:
        besides: a course whose doses are not counted as earlier or overlapping ones, because the question is about
            that course; its side effects count.
        treatment: where it was read already.
    """
    courses = desk.ward.courses_of(patient.id) if treatment is None else treatment.courses
    others = tuple(course for course in courses if course.id != besides)
    infusions = _infusions(desk, others) if treatment is None else treatment.infusions
    earlier = [dose for course in others for dose in _doses(course, infusions)]
    reactions = list(_reactions(desk, courses))
    overlapping = [
        course.code for course in others if any(dose.counts and dose.id not in infusions for dose in course.doses)
    ]
    return KnownFacts(
        transplant_kind=patient.transplant_kind,
        donor_kind=patient.donor_kind,
        earlier_transplants_on=patient.earlier_transplants_on,
        cmv=patient.cmv,
        donor_cmv=patient.donor_cmv,
        conditions=patient.conditions,
        medicines=patient.medicines,
        labs=desk.ward.lab_values_of(patient.id),
        events=desk.ward.events_of(patient.id),
        earlier=tuple(sorted(earlier, key=lambda dose: dose.on)),
        reactions=tuple(sorted(reactions, key=lambda reaction: reaction.on)),
        overlapping=tuple(overlapping),
    )


def newest_measurements(desk: Desk, patient: Patient) -> Measured:
    """Return the newest measurements up to the ward's today."""
    return measured(patient, KnownFacts(labs=desk.ward.lab_values_of(patient.id)), today(desk.clock))


class Measured(Record, frozen=True):
    """The newest measurements of a patient, from the identity or from the laboratory page, whichever is newer.

    Attributes:
        weight_g, weighed_on: grams and their date; both None when never weighed.
        height_mm: millimetres; None when unknown.
        igg_g_per_l, igg_on: last IgG level and its date; both None when unknown.
    """

    weight_g: int | None
    weighed_on: date | None
    height_mm: int | None
    igg_g_per_l: Decimal | None
    igg_on: date | None


def measured(patient: Patient, known: KnownFacts, day: date) -> Measured:
    """Return the newest measurements up to `day`."""
    weight_g, weighed_on = patient.weight_g, patient.weighed_on
    weight = known.latest("weight", day)
    if weight is not None and _is_newer(weight, weighed_on):
        weight_g, weighed_on = to_thousandths(weight.value), weight.taken_on
    height_mm = patient.height_mm
    height = known.latest("height", day)
    if height_mm is None and height is not None:
        height_mm = int(rounded(height.value * _MM_PER_CM, Decimal(1)))
    igg_g_per_l, igg_on = patient.igg_g_per_l, patient.igg_on
    igg = known.latest("igg", day)
    if igg is not None and _is_newer(igg, patient.igg_on):
        igg_g_per_l, igg_on = igg.value, igg.taken_on
    return Measured(
        weight_g=weight_g, weighed_on=weighed_on, height_mm=height_mm, igg_g_per_l=igg_g_per_l, igg_on=igg_on
    )


def is_first_infusion(
    desk: Desk, patient: Patient, product_id: str, day: date, treatment: Treatment | None = None
) -> bool:
    """Whether a dose of this product on `day` begins at the initial rate: first ever, another product, a long gap.

    The last dose that was really given decides, with the product that it was given from; where the ward gave none
    recently, what is known from elsewhere. A dose entered in error is no experience with anything.

    Source: FACTS 4.2 (S35, S54), 7 SR29.
    """
    read = treatment or treatment_of(desk, patient)
    given = [
        (infusion.started_at.date(), infusion.started_at, course.product_of(dose).id)
        for course in read.courses
        for dose, infusion in ((dose, read.infusions.get(dose.id)) for dose in course.doses)
        if infusion is not None and infusion.end is not None and infusion.end.given_dose_mg > 0 and not dose.is_error
    ]
    recent = [one for one in given if 0 <= (day - one[0]).days <= library.limits().restart_after_days]
    if recent:
        return max(recent, key=lambda one: one[1])[2] != product_id
    return not patient.had_immunoglobulin


def with_own_doses(known: KnownFacts, course: Course, infusions: tuple[Infusion, ...]) -> KnownFacts:
    """Return the facts with what this course gave already counted: for the rest of it, that is earlier too."""
    of_dose = {infusion.dose_id: infusion for infusion in infusions}
    own = tuple(dose for dose in _doses(course, of_dose) if dose.is_given)
    return msgspec.structs.replace(known, earlier=tuple(sorted((*known.earlier, *own), key=lambda dose: dose.on)))


def _doses(course: Course, infusions: dict[UUID, Infusion]) -> Iterator[EarlierDose]:
    for dose in course.doses:
        infusion = infusions.get(dose.id)
        if dose.is_error or (infusion is None and not dose.counts):
            continue
        is_given = infusion is not None and infusion.end is not None
        if infusion is None or infusion.end is None:
            mg_per_kg = dose.mg_per_kg
        elif infusion.end.given_dose_mg > 0:
            kg = course.weight_of(dose).dosing_weight.kg
            mg_per_kg = rounded(Fraction(infusion.end.given_dose_mg) / kg, _PER_KG_READING)
        else:
            continue
        yield EarlierDose(
            on=dose.due_on if infusion is None else infusion.started_at.date(),
            mg_per_kg=mg_per_kg,
            product_id=course.product_of(dose).id,
            course_code=course.code,
            is_given=is_given,
        )


def _reactions(desk: Desk, courses: tuple[Course, ...]) -> Iterator[EarlierReaction]:
    by_id = {course.id: course for course in courses}
    for found in desk.ward.side_effects_with_doses(by_id):
        course, effect = by_id[found.course_id], found.effect
        dose = next((one for one in course.doses if one.number == found.number), None)
        is_held = any(one.awaits_release for one in course.doses)
        yield EarlierReaction(
            on=effect.onset_at.date(),
            term=effect.term,
            term_id=effect.code,
            grade=effect.grade,
            product_id=(course.product if dose is None else course.product_of(dose)).id,
            is_holding=is_held and holds_course(effect.grade),
        )


def _infusions(desk: Desk, courses: tuple[Course, ...]) -> dict[UUID, Infusion]:
    ids = (dose.id for course in courses for dose in course.doses)
    return {infusion.dose_id: infusion for infusion in desk.ward.infusions_of_doses(ids)}


def _is_newer(value: LabValue, day: date | None) -> bool:
    return day is None or value.taken_on > day
