"""Rules about one dose: its size, its distance from the dose before, its length and its first rate."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from ivigdesk.clinical.courses.planning import PlanRequest
from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.products.rate_cards import initial_ml_per_h
from ivigdesk.clinical.safety.facts import CourseFacts, DoseFacts, per_kg
from ivigdesk.messages import N_, Amount, message
from ivigdesk.units import grams, plain, rounded_down

_G_PER_KG = 1000
_MIN_PER_H = 60
_RATE_READING = Decimal("0.001")


def most_per_infusion(request: PlanRequest) -> Decimal | None:
    """Return the most mg/kg that product and regimen allow per infusion; None when neither says."""
    stated = [most for most in (request.product.max_mg_per_kg, request.regimen.max_mg_per_kg) if most is not None]
    return min(stated, default=None)


def too_much_at_once(facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """Refuse more than product or regimen allow in one infusion."""
    most = most_per_infusion(facts.request)
    if most is None or max(Fraction(dose.mg_per_kg), dose.amount.dose_mg / dose.kg) <= most:
        return ()
    what = message(
        N_("{dose} is more than the {most} that may be given in one infusion. Lower the dose or round down."),
        dose=Amount(plain(grams(dose.amount.dose_mg)), "g"),
        most=per_kg(most),
    )
    return noticed("block", "MAX-KG", what, "FACTS 3.4, S28")


def large(facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """SR19: much in a day, whatever course it is of."""
    others = sum((one.mg_per_kg for one in facts.known.earlier if one.on == dose.dose.due_on), Decimal(0))
    in_the_day = dose.mg_per_kg + others
    if in_the_day <= facts.limits.dose_mg_per_kg:
        return ()
    what = message(
        N_("{dose} is more than {limit} in a day. The prescriber justifies it."),
        dose=per_kg(in_the_day),
        limit=per_kg(facts.limits.dose_mg_per_kg),
    )
    return noticed("warn", "SR19", what, "FACTS 7 SR19")


def many_grams(facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """Say that a dose holds more grams than is usual for anybody: a slip in the weight shows here first."""
    if grams(dose.amount.dose_mg) <= facts.limits.dose_g:
        return ()
    what = message(
        N_("{dose} in one dose is more than {limit}. Look at weight and dose again; the prescriber confirms it."),
        dose=Amount(plain(grams(dose.amount.dose_mg)), "g"),
        limit=Amount(plain(facts.limits.dose_g), "g"),
    )
    return noticed("warn", "DOSE-G", what, "FACTS 3.4 (GK-M)")


def large_after_transplant(facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """SR12: a large dose while veno-occlusive disease threatens."""
    if not _is_near_transplant(facts, dose) or dose.mg_per_kg <= facts.limits.vod_mg_per_kg:
        return ()
    what = message(N_("Large dose soon after the transplant: watch for veno-occlusive disease (weight, bilirubin)."))
    return noticed("warn", "SR12", what, "FACTS 7 SR12, S24, S25")


def large_month_after_transplant(facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """SR12: the dose that reaches the monthly limit while veno-occlusive disease threatens."""
    if not _is_near_transplant(facts, dose):
        return ()
    limits, due_on = facts.limits, dose.dose.due_on
    month = timedelta(days=limits.vod_month_days)
    own = (facts.mg_per_kg[i] for i in range(dose.index) if due_on - facts.doses[i].due_on < month)
    others = (one.mg_per_kg for one in facts.known.earlier if timedelta() <= due_on - one.on < month)
    before = sum((*own, *others), Decimal(0))
    if before >= limits.vod_month_mg_per_kg or before + dose.mg_per_kg < limits.vod_month_mg_per_kg:
        return ()
    what = message(
        N_(
            "With this dose {limit} within {days} days is reached, soon after the transplant: watch for "
            "veno-occlusive disease (weight, bilirubin)."
        ),
        limit=per_kg(limits.vod_month_mg_per_kg),
        days=limits.vod_month_days,
    )
    return noticed("warn", "SR12", what, "FACTS 7 SR12, S24, S25")


def _is_near_transplant(facts: CourseFacts, dose: DoseFacts) -> bool:
    day = dose.dose.transplant_day
    return day is not None and 0 <= day <= facts.limits.vod_last_day


def gap(facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """SR21: too close to the patient's dose before, or further from the course's own than the regimen allows."""
    source = "FACTS 7 SR21, 1.5 (design; tolerances GK-M, S53)"
    due_on = dose.dose.due_on
    least = facts.thresholds.gaps.least_hours
    same_day = [one for one in facts.known.earlier if one.on == due_on]
    if same_day:
        what = message(
            N_(
                "On the same day as a dose of {course}: less than {hours} hours apart. Move one of them; never give a "
                "double dose."
            ),
            course=same_day[0].course_code,
            hours=least,
        )
        return noticed("warn", "SR21", what, source)
    if dose.index == 0:
        return ()
    before = facts.doses[dose.index - 1]
    days = (due_on - before.due_on).days
    if days == 0:
        what = message(
            N_(
                "On the same day as the dose before: less than {hours} hours apart. Move one of them; never give a "
                "double dose."
            ),
            hours=least,
        )
        return noticed("warn", "SR21", what, source)
    by_rule = days - dose.dose.moved_days + before.moved_days
    phases = facts.request.regimen.phases
    tolerance = phases[dose.dose.phase].tolerance_days if phases else 0
    if days <= by_rule + tolerance:
        return ()
    what = message(
        N_(
            "{days} days after the dose before; the regimen has {by_rule}, and {tolerance} more at most. The "
            "prescriber chooses: keep the other dates, or count again from here."
        ),
        days=days,
        by_rule=by_rule,
        tolerance=tolerance,
    )
    return noticed("warn", "SR21", what, source)


def long(facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """Say that an infusion takes longer than an opened vial keeps."""
    if dose.card.duration_min <= facts.limits.infusion_hours * _MIN_PER_H:
        return ()
    what = message(
        N_(
            "At the rates allowed this infusion takes {duration}, more than {hours} hours. Ask the prescriber "
            "whether to split the dose, and the pharmacist how long an opened vial keeps."
        ),
        duration=timedelta(minutes=int(dose.card.duration_min)),
        hours=facts.limits.infusion_hours,
    )
    return noticed("warn", "LONG", what, "FACTS 4.1, S28 (12 hours for Cytogam; others: design)")


def slowed_for_small(_facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """Say that a rate per minute was lowered for a small patient."""
    if not any(row.capped_by == "small patient" for row in dose.card.rows):
        return ()
    what = message(
        N_("The label's rate per minute is too fast for this weight: {rate} at most."),
        rate=Amount(plain(dose.card.max_ml_per_h), "mL/h"),
    )
    return noticed("info", "RATE-SMALL", what, "FACTS 4.2 (design, GK-M)")


def coarse_pump(facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """Return the finding of a start that is faster than the label's because the pump cannot run more slowly."""
    request = facts.request
    initial = initial_ml_per_h(
        request.product,
        indication=request.regimen.indication,
        weight_g=dose.kg * _G_PER_KG,
        first=dose.is_first,
    )
    if Fraction(dose.card.rows[0].ml_per_h) <= initial:
        return ()
    what = message(
        N_(
            "The pump's smallest step, {step}, is faster than the initial rate for this weight, {rate}. Use a "
            "pump with finer steps."
        ),
        step=Amount(plain(dose.card.rows[0].ml_per_h), "mL/h"),
        rate=Amount(plain(rounded_down(initial, _RATE_READING)), "mL/h"),
    )
    return noticed("warn", "RATE-PUMP", what, "FACTS 4.2")


def criteria(_facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """SR26: what the chosen criteria say of this dose on its own date."""
    if dose.criteria is None:
        return ()
    from ivigdesk.clinical.eligibility.findings import criteria_findings  # late: most courses have no profile

    return criteria_findings(dose.criteria)
