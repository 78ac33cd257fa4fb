"""What the rules of the fact base (section 7) notice about a planned course as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from ivigdesk.clinical import library
from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.patient_safety import patient_findings
from ivigdesk.clinical.planning import PlanRequest
from ivigdesk.clinical.risks import needs_weighing, per_kg, prescribed
from ivigdesk.clinical.rules import Limits
from ivigdesk.messages import N_, Amount, message
from ivigdesk.scheduling.calendar import CalendarDose
from ivigdesk.units import plain

_DAYS_PER_WEEK = 7


def course_findings(request: PlanRequest, doses: Sequence[CalendarDose], limits: Limits) -> tuple[Finding, ...]:
    """Return what is to be known about the whole course, in the order of the rules."""
    return (
        *_first_days(request),
        *_standing_of_the_regimen(request),
        *_caution(request),
        *_kind(request),
        *_antiviral(request),
        *_igg(request, limits),
        *_weight_policy(request),
        *_window(request, doses[0]),
        *_first_infusion(request, limits),
        *_weight_age_at_start(request, doses[0], limits),
        *_weigh_again(request, doses, limits),
        *patient_findings(request, doses, limits),
        *_course_dose(doses, request, limits),
    )


def _first_days(request: PlanRequest) -> tuple[Finding, ...]:
    chosen = dict(request.first_days)
    findings: tuple[Finding, ...] = ()
    for index, phase in enumerate(request.regimen.phases):
        if phase.first_day_choices:
            findings += noticed(
                "info",
                "REG-CHOICE",
                message(
                    N_(
                        "“{phase}” starts on day {day}. The source leaves it open: {choices}. "
                        "The prescriber confirms it."
                    ),
                    phase=phase.name,
                    day=chosen.get(index, phase.first_day),
                    choices=tuple(phase.first_day_choices),
                ),
                "FACTS 1.2",
            )
    return findings


def _standing_of_the_regimen(request: PlanRequest) -> tuple[Finding, ...]:
    sources = ", ".join(request.regimen.sources)
    if request.regimen.standing == "not-routine":
        return noticed(
            "warn",
            "GEN-1",
            message(N_("Guidelines advise against routine use of this regimen. Write down why this patient gets it.")),
            f"FACTS 2.1 GEN-1, {sources}",
        )
    if request.regimen.standing == "historical":
        return noticed(
            "warn",
            "GEN-1",
            message(N_("This regimen is historical and no longer recommended. Write down why this patient gets it.")),
            f"FACTS 2.1 GEN-1, {sources}",
        )
    return ()


def _caution(request: PlanRequest) -> tuple[Finding, ...]:
    caution = request.regimen.caution
    if caution is None:
        return ()
    return noticed(
        "warn",
        "REG-CAUTION",
        message(N_("About this regimen: {caution}"), caution=caution),
        ", ".join(request.regimen.sources),
    )


def _kind(request: PlanRequest) -> tuple[Finding, ...]:
    """Compare the product with what the source of the regimen gave: doses of the two kinds are not interchangeable."""
    wanted, is_kind = request.regimen.immunoglobulin, request.product.immunoglobulin
    if wanted == is_kind:
        return ()
    if wanted == "cmv":
        what = message(
            N_("The source of this regimen gives CMV immunoglobulin; {product} is not one. Ask the prescriber."),
            product=request.product.short_title,
        )
    else:
        what = message(
            N_(
                "{product} is CMV immunoglobulin; the source of this regimen gives normal immunoglobulin. "
                "Ask the prescriber."
            ),
            product=request.product.short_title,
        )
    return noticed("warn", "PRODUCT-KIND", what, "FACTS 1.1, Traps T15")


def _igg(request: PlanRequest, limits: Limits) -> tuple[Finding, ...]:
    """Compare IgG with the level at which replacement is usually begun; what is missing is never met."""
    if request.regimen.standing != "replacement":
        return ()
    severe = limits.severe_igg_g_per_l
    if request.igg_g_per_l is None:
        return noticed(
            "info",
            "LAB-1",
            message(N_("No IgG level is on record, so the reason for replacement cannot be checked.")),
            "FACTS 2.1 LAB-1",
        )
    if request.igg_g_per_l >= severe:
        return noticed(
            "warn",
            "GEN-4",
            message(
                N_("IgG is {value} g/L, not below {severe} g/L. Write down why it is replaced."),
                value=request.igg_g_per_l,
                severe=severe,
            ),
            "FACTS 1.4, S10, S12, S13",
        )
    return ()


def _antiviral(request: PlanRequest) -> tuple[Finding, ...]:
    if "antiviral" not in request.regimen.requires or request.antiviral.strip():
        return ()
    return noticed(
        "hold",
        "SR22",
        message(N_("This regimen is given on top of a drug against CMV, and none is on the plan. Enter the drug.")),
        "FACTS 7 SR22, S2",
    )


def _weight_policy(request: PlanRequest) -> tuple[Finding, ...]:
    proposed = request.regimen.weight_policy
    if proposed in ("actual", request.policy):
        return ()
    return noticed(
        "info",
        "WEIGHT-POLICY",
        message(
            N_("The source of this regimen doses by another weight policy ({proposed}). Ask the prescriber."),
            proposed=proposed,
        ),
        "FACTS 1.1",
    )


def _window(request: PlanRequest, first: CalendarDose) -> tuple[Finding, ...]:
    window = request.regimen.first_dose_window
    if window is None or first.transplant_day is None or window[0] <= first.transplant_day <= window[1]:
        return ()
    return noticed(
        "warn",
        "TX-WINDOW",
        message(
            N_(
                "The first dose is on transplant day {day}; the source wants it on day {first} to {last}. Ask the "
                "prescriber."
            ),
            day=first.transplant_day,
            first=window[0],
            last=window[1],
        ),
        "FACTS 1.1",
    )


def _first_infusion(request: PlanRequest, limits: Limits) -> tuple[Finding, ...]:
    if not request.first_infusion:
        return ()
    return noticed(
        "info",
        "FIRST",
        message(
            N_(
                "First infusion, another product, or more than {weeks} weeks since the last: start at the initial "
                "rate and observe for {minutes} after the end."
            ),
            weeks=limits.restart_after_days // _DAYS_PER_WEEK,
            minutes=timedelta(minutes=library.observation_rules().after_end_first_min),
        ),
        "FACTS 7 SR29, S29, S35",
    )


def _weight_age_at_start(request: PlanRequest, first: CalendarDose, limits: Limits) -> tuple[Finding, ...]:
    if request.weighed_on is None:
        return ()
    days = (first.due_on - request.weighed_on).days
    if days <= limits.weight_valid_days:
        return ()
    return noticed(
        "hold",
        "SR24",
        message(
            N_(
                "The weight is of {weighed_on}: {days} days old at the first dose. "
                "Weigh again and plan with the new weight."
            ),
            weighed_on=request.weighed_on,
            days=days,
        ),
        "FACTS 7 SR24",
    )


def _weigh_again(request: PlanRequest, doses: Sequence[CalendarDose], limits: Limits) -> tuple[Finding, ...]:
    """Say once what the remark on each later dose asks for."""
    if not any(needs_weighing(request, doses, dose, limits) for dose in doses):
        return ()
    return noticed(
        "info",
        "SR24",
        message(
            N_(
                "A weight holds for {days} days: weigh again before later doses. A change of {percent} or more needs "
                "a new plan."
            ),
            days=limits.weight_valid_days,
            percent=Amount(plain(limits.weight_change_percent), "%"),
        ),
        "FACTS 7 SR24 (10 % GK-M)",
    )


def _course_dose(doses: Sequence[CalendarDose], request: PlanRequest, limits: Limits) -> tuple[Finding, ...]:
    total = sum((prescribed(request, dose) for dose in doses), Decimal(0))
    if total <= limits.course_mg_per_kg:
        return ()
    return noticed(
        "warn",
        "SR19",
        message(
            N_("The course adds up to {total}, more than {limit}. The prescriber justifies it."),
            total=per_kg(total),
            limit=per_kg(limits.course_mg_per_kg),
        ),
        "FACTS 7 SR19",
    )
