"""What a request says of one day, as the facts that criteria ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ivigdesk.clinical import library
from ivigdesk.clinical.courses.planning import PlanRequest
from ivigdesk.clinical.eligibility.asked import STATED, EligibilityFacts
from ivigdesk.clinical.eligibility.criteria import Criteria
from ivigdesk.clinical.eligibility.evaluate import evaluate
from ivigdesk.clinical.eligibility.history import History
from ivigdesk.clinical.eligibility.terms import Terms
from ivigdesk.clinical.patients.patient import age_on
from ivigdesk.clinical.safety.medicines import names_a_medicine
from ivigdesk.messages import Record
from ivigdesk.scheduling.calendar import expand
from ivigdesk.scheduling.choices import choose
from ivigdesk.scheduling.regimen import Regimen


class Sample(Record, frozen=True):
    """An IgG level with the day of its sample.

    Attributes:
        g_per_l: the level.
        taken_on: the day.
    """

    g_per_l: Decimal
    taken_on: date


def criteria_on(request: PlanRequest, day: date, *, dose_days: Sequence[date] = ()) -> Criteria | None:
    """Return what the request's profile says of a dose on `day`; None without a profile.

    Args:
        request: what the course is computed from.
        day: the date of the dose; age, transplant day and the age of the IgG level are of this day.
        dose_days: dates of this course's doses, ascending; left out, the regimen's own days.
    """
    if request.profile is None:
        return None
    return evaluate(request.profile, facts_on(request, day, dose_days=dose_days))


def facts_on(request: PlanRequest, day: date, *, dose_days: Sequence[date] = ()) -> EligibilityFacts:
    """Return what is known on `day`; arguments as `criteria_on`."""
    known, terms = request.known, library.criteria_terms()
    sample = _newest_igg(request, day, dose_days)
    before_transplant = _igg_before_transplant(request, day)
    regimen = request.regimen
    history = History(known, terms, day)
    stated = {one.fact: one.is_so for one in known.stated if one.fact in STATED}
    return EligibilityFacts(
        age=None if request.birth_on is None else age_on(request.birth_on, day),
        transplant_day=None if request.transplant_on is None else (day - request.transplant_on).days,
        transplant_kind=_known(known.transplant_kind),
        donor_kind=_known(known.donor_kind),
        cmv=_known(known.cmv),
        donor_cmv=_known(known.donor_cmv),
        cmv_disease=history.cmv_disease,
        indication=regimen.indication,
        standing=regimen.standing,
        immunoglobulin="cmv" if "cmv" in (regimen.immunoglobulin, request.product.immunoglobulin) else "normal",
        is_replacement=is_replacement(regimen),
        is_prophylaxis=is_prophylaxis(regimen),
        is_against_infection=is_replacement(regimen) or is_prophylaxis(regimen),
        is_cmv_treatment=is_cmv_treatment(regimen),
        on_antiviral=names_a_medicine(request.antiviral),
        igg_g_per_l=None if sample is None else sample.g_per_l,
        igg_age_days=None if sample is None else (day - sample.taken_on).days,
        igg_soon_after_immunoglobulin=_is_soon_after(request, sample, terms, dose_days),
        igg_without_paraprotein_g_per_l=None if sample is None or known.has("paraprotein") else sample.g_per_l,
        igg_before_transplant_g_per_l=before_transplant,
        igg_was_low_before_transplant=before_transplant is not None
        and before_transplant < library.limits().severe_igg_g_per_l,
        chronic_gvhd=history.chronic_gvhd,
        gvhd_on_immunosuppression=history.gvhd_on_immunosuppression,
        b_cell_deficiency=known.has("b-cell-deficiency"),
        had_infection=history.had_infection,
        had_bacteraemia=history.had_bacteraemia,
        had_severe_infection=history.had_severe_infection,
        had_recurrent_sinopulmonary_infection=history.had_recurrent_sinopulmonary_infection,
        had_severe_or_recurrent_infection=history.had_severe_or_recurrent_infection,
        had_severe_or_recurrent_bacterial_infection=history.had_severe_or_recurrent_bacterial_infection,
        had_life_threatening_infection=history.had_life_threatening_infection,
        had_serious_infections=history.had_serious_infections,
        **stated,
    )


def is_replacement(regimen: Regimen) -> bool:
    """Whether the regimen replaces missing IgG."""
    return "replacement" in (regimen.standing, regimen.indication)


def is_cmv_treatment(regimen: Regimen) -> bool:
    """Whether the regimen treats CMV on top of an antiviral."""
    return regimen.indication == "cmv" and "antiviral" in regimen.requires


def is_prophylaxis(regimen: Regimen) -> bool:
    """Whether the regimen prevents rather than treats: what guidelines advise against as a routine."""
    if is_cmv_treatment(regimen) or is_replacement(regimen):
        return False
    return (
        regimen.indication == "prophylaxis"
        or regimen.standing in ("not-routine", "historical")
        or regimen.immunoglobulin == "cmv"
    )


def _known(word: str) -> str | None:
    return None if word == "unknown" else word


def _newest_igg(request: PlanRequest, day: date, dose_days: Sequence[date]) -> Sample | None:
    """Return the newest IgG up to the day; one without a date counts as measured on the day of the first dose."""
    value = request.known.latest("igg", day)
    samples = [] if value is None else [Sample(g_per_l=value.value, taken_on=value.taken_on)]
    if request.igg_g_per_l is not None:
        taken_on = request.igg_on or min((*_days(request, dose_days)[:1], day))
        samples += [Sample(g_per_l=request.igg_g_per_l, taken_on=taken_on)] if taken_on <= day else []
    # Of two samples of one day the laboratory's own row counts: max keeps the first.
    return max(samples, key=lambda sample: sample.taken_on, default=None)


def _igg_before_transplant(request: PlanRequest, day: date) -> Decimal | None:
    if request.transplant_on is None:
        return None
    before = [
        value
        for value in request.known.labs
        if value.test == "igg" and value.taken_on < request.transplant_on and value.taken_on <= day
    ]
    return max(before, key=lambda value: (value.taken_on, value.at)).value if before else None


def _is_soon_after(request: PlanRequest, sample: Sample | None, terms: Terms, dose_days: Sequence[date]) -> bool | None:
    """Whether the sample was drawn so soon after a dose that it is no baseline.

    A sample of the day of a dose is taken as drawn before it. Without a sample there is none that was drawn too soon.
    """
    if sample is None:
        return False
    earlier = [dose.on for dose in request.known.earlier]
    gaps = [(sample.taken_on - on).days for on in (*earlier, *_days(request, dose_days))]
    if any(0 < gap < terms.baseline_free_days for gap in gaps):
        return True
    # Immunoglobulin was given elsewhere, nobody knows when.
    return False if request.first_infusion or earlier else None


def _days(request: PlanRequest, dose_days: Sequence[date]) -> tuple[date, ...]:
    if dose_days:
        return tuple(dose_days)
    doses = expand(
        choose(request.regimen, request.choices),
        first_on=request.first_on,
        transplant_on=request.transplant_on,
        include_optional=request.include_optional,
    )
    return tuple(dose.due_on for dose in doses)
