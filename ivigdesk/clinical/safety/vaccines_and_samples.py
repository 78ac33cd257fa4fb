"""Rules about live vaccines and about samples that infused antibodies falsify."""

from __future__ import annotations

from datetime import date

from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.clinical.vaccines import Given, after_transplant, first_day_for_live_vaccine
from ivigdesk.messages import N_, message


def given_amounts(facts: CourseFacts) -> tuple[Given, ...]:
    """Return day and mg/kg of every dose of the patient, of all courses."""
    own = tuple((dose.due_on, mg_per_kg) for dose, mg_per_kg in zip(facts.doses, facts.mg_per_kg, strict=True))
    return (*own, *((dose.on, dose.mg_per_kg) for dose in facts.known.earlier))


def no_live_vaccine_before(facts: CourseFacts) -> date:
    """Return the first day on which a live vaccine may be thought of, after all courses of the patient."""
    return first_day_for_live_vaccine(given_amounts(facts), facts.request.transplant_on)


def live_vaccine(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR13: a live vaccine planned or given while immunoglobulin or the transplant forbids it."""
    allowed_on = no_live_vaccine_before(facts)
    transplant_on = facts.request.transplant_on
    for event in reversed(facts.events("live-vaccine")):
        is_after_doses = facts.first_on <= event.on < allowed_on
        is_after_transplant = transplant_on is not None and transplant_on <= event.on < after_transplant(transplant_on)
        if is_after_doses or is_after_transplant:
            what = message(
                N_(
                    "A live vaccine is recorded for {day}. With this course none is to be given before {allowed}: tell "
                    "the prescriber."
                ),
                day=event.on,
                allowed=allowed_on,
            )
            return noticed("warn", "SR13", what, "FACTS 7 SR13, 7.1, Traps T37, S44")
    return ()


def fresh_vaccine(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR14: immunoglobulin soon after a live vaccine: it may not have taken."""
    rules = facts.thresholds.vaccine
    for event in reversed(facts.events("live-vaccine")):
        if any(0 <= (dose.due_on - event.on).days < rules.before_days for dose in facts.doses):
            what = message(
                N_(
                    "A live vaccine on {day}, less than {days} days before a dose, may not take. Plan it again for "
                    "{allowed} or later."
                ),
                day=event.on,
                days=rules.before_days,
                allowed=no_live_vaccine_before(facts),
            )
            return noticed("warn", "SR14", what, "FACTS 7 SR14, S44")
    return ()


def samples_first(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR15: samples that are due now are drawn before the first dose; silent when antibodies are there already."""
    days = facts.limits.restart_after_days
    if any(dose.is_given and 0 <= (facts.first_on - dose.on).days <= days for dose in facts.known.earlier):
        return ()
    if not facts.request.first_infusion:
        return ()
    what = message(
        N_(
            "Before the first dose, draw CMV IgG, hepatitis B core, hepatitis C, HIV, EBV, toxoplasma, "
            "isohaemagglutinins and galactomannan: afterwards antibodies of the donors give false positives."
        )
    )
    return noticed("warn", "SR15", what, "FACTS 7 SR15, Traps T38, S45")
