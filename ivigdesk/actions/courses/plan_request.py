"""From what is typed, or from a stored course, to everything that a plan is computed from."""

from __future__ import annotations

from datetime import date

import msgspec

from ivigdesk.actions.courses.plan_form import (
    Picks,
    PlanForm,
    proposed_policy,
    read_choices,
    read_first_date,
    read_policy,
    read_prescribed,
    read_profile,
    read_rounding,
    read_stated,
)
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.known_facts import is_first_infusion, known_facts, measured, treatment_of
from ivigdesk.actions.words import one_line, read_date
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.planning import PlanRequest
from ivigdesk.clinical.doses.dosing import WeightPolicy
from ivigdesk.clinical.eligibility.criteria import PROFILE_IDS
from ivigdesk.clinical.eligibility.profile import Profile
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clinical.patients.measurements import read_height, read_weight
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.regimen import Regimen


def request_of_form(desk: Desk, form: PlanForm, patient: Patient) -> PlanRequest:
    """Return what a course is computed from; empty fields fall back to what is known of the patient.

    Raises:
        UserMistake: a field cannot be taken.
        KnownError: the regimen, the product or the criteria are not in the library.
    """
    now = today(desk.clock)
    regimen = desk.library.regimen(form.regimen_id)
    product = desk.library.product(form.product_id)
    treatment = treatment_of(desk, patient)
    known = msgspec.structs.replace(known_facts(desk, patient, treatment=treatment), stated=read_stated(form.stated))
    newest = measured(patient, known, now)
    weight_g, weighed_on = _weight(form, patient, newest.weight_g, newest.weighed_on, now)
    rounding, chosen = read_rounding(form.rounding)
    first_on = read_first_date(form.first_on, regimen, now)
    if first_on is not None and first_on < patient.birth_on:
        raise UserMistake(
            "first_on",
            message(
                N_("{name}: {value} is before the birth date {birth}."),
                name=message(N_("First dose")),
                value=first_on,
                birth=patient.birth_on,
            ),
        )
    return PlanRequest(
        regimen=regimen,
        product=product,
        first_on=first_on,
        transplant_on=patient.transplant_on,
        weight_g=weight_g,
        weighed_on=weighed_on,
        height_mm=read_height(form.height) if form.height.strip() else newest.height_mm,
        sex=patient.sex,
        birth_on=patient.birth_on,
        pregnant=patient.pregnant,
        policy=_policy(desk, form, regimen),
        choices=read_choices(regimen, _picks(form)),
        rounding=rounding,
        rounding_chosen=chosen,
        first_infusion=is_first_infusion(desk, patient, product.id, first_on or now, treatment),
        antiviral=one_line(form.antiviral, field="antiviral", name=message(N_("Antiviral")), most=100),
        blood_group=patient.blood_group,
        donor_blood_group=patient.donor_blood_group,
        risks=patient.risks,
        igg_g_per_l=newest.igg_g_per_l,
        igg_on=newest.igg_on,
        include_optional=form.include_optional,
        mg_per_kg=read_prescribed(form.mg_per_kg),
        known=known,
        profile=desk.library.profile(read_profile(form.profile, desk.settings.profile)),
        adjust_from_bmi=desk.settings.adjust_from_bmi,
    )


def request_of_course(desk: Desk, course: Course, patient: Patient, known: KnownFacts) -> PlanRequest:
    """Return what the course was computed from, with what is known of the patient today.

    The regimen is the course's copy, with the prescriber's picks made; the weight is the one that its doses still
    to come were computed from. What the prescriber stated for the criteria holds for the whole course.

    Args:
        known: without the course's own doses.
    """
    newest = measured(patient, known, today(desk.clock))
    waiting = [dose for dose in course.doses if dose.counts]
    weight = course.weight_of(max(waiting or course.doses, key=lambda dose: dose.place))
    return PlanRequest(
        regimen=course.regimen,
        product=course.product,
        first_on=course.first_on,
        transplant_on=patient.transplant_on,
        weight_g=weight.weight_g,
        weighed_on=weight.weighed_on,
        height_mm=course.height_mm,
        sex=patient.sex,
        birth_on=patient.birth_on,
        pregnant=patient.pregnant,
        policy=course.weight_policy,
        rounding=course.rounding,
        first_infusion=course.doses[0].is_first_infusion,
        antiviral=course.antiviral,
        blood_group=patient.blood_group,
        donor_blood_group=patient.donor_blood_group,
        risks=patient.risks,
        igg_g_per_l=newest.igg_g_per_l,
        igg_on=newest.igg_on,
        known=msgspec.structs.replace(known, stated=course.stated),
        profile=profile_of_course(desk, course),
        adjust_from_bmi=desk.settings.adjust_from_bmi,
    )


def profile_of_course(desk: Desk, course: Course) -> Profile | None:
    """Return the criteria that the course was looked at with; None for none, as on courses of older programs.

    SAFETY: None too where the ward's file of criteria cannot be read any more. A dose that is due must not wait for
    somebody to mend it: the dose is then not looked at, which reads as neither met nor not met.
    """
    if course.profile not in PROFILE_IDS:
        return None
    try:
        return desk.library.profile(course.profile)
    except KnownError:
        return None


def _picks(form: PlanForm) -> Picks:
    return Picks(
        weekly_from=form.weekly_from,
        last_day=form.last_day,
        every_days=form.every_days,
        doses=form.doses,
        mg_per_kg=form.mg_per_kg,
    )


def _policy(desk: Desk, form: PlanForm, regimen: Regimen) -> WeightPolicy:
    """Return the policy; another one than proposed is a choice that somebody justifies.

    Source: FACTS 3.2 (S8: a clinician may choose the actual weight with a justification).
    """
    of_ward = desk.settings.weight_policy
    policy = read_policy(form.policy, regimen, of_ward)
    reason = one_line(form.policy_reason, field="policy_reason", name=message(N_("Reason for the policy")), most=500)
    proposed = proposed_policy(regimen, of_ward)
    if policy != proposed and not reason:
        raise UserMistake(
            "policy_reason",
            message(
                N_("Reason for the policy: “{proposed}” is proposed and “{value}” was chosen. Write down why."),
                proposed=library.weight_rules().policy(proposed).title,
                value=library.weight_rules().policy(policy).title,
            ),
        )
    return policy


def _weight(
    form: PlanForm, patient: Patient, weight_g: int | None, weighed_on: date | None, now: date
) -> tuple[int, date | None]:
    if form.weight.strip():
        day = read_date(form.weighed_on or "t", field="weighed_on", name=message(N_("Weighed on")), base=now)
        if day > now:
            raise UserMistake(
                "weighed_on",
                message(
                    N_("{name}: {value} is in the future. Allowed: up to today."),
                    name=message(N_("Weighed on")),
                    value=day,
                ),
            )
        return read_weight(form.weight), day
    if weight_g is None:
        raise UserMistake(
            "weight",
            message(N_("Weight: {name} has no weight on record. Weigh the patient first."), name=patient.name),
        )
    return weight_g, weighed_on
