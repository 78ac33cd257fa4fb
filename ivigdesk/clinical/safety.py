"""What the rules of the fact base (section 7) notice about a planned course as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from ivigdesk.clinical import library
from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.planning import PlanRequest
from ivigdesk.clinical.risks import RisksOnDay, per_kg, prescribed
from ivigdesk.clinical.rules import Limits
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.calendar import CalendarDose

_DAYS_PER_WEEK = 7


def course_findings(request: PlanRequest, doses: Sequence[CalendarDose], limits: Limits) -> tuple[Finding, ...]:
    """Return what is to be known about the whole course, in the order of the rules."""
    risks = RisksOnDay(request, limits, doses[-1].due_on)
    return (
        *_first_days(request),
        *_standing_of_the_regimen(request),
        *_antiviral(request),
        *_igg(request, limits),
        *_weight_policy(request),
        *_window(request, doses[0]),
        *_first_infusion(request, limits),
        *_weight_age_at_start(request, doses[0], limits),
        *_sugar(request, risks, limits),
        *_risks(risks),
        *_course_dose(doses, request, limits),
        *_pregnancy(request),
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


def _sugar(request: PlanRequest, risks: RisksOnDay, limits: Limits) -> tuple[Finding, ...]:
    product = request.product
    if product.sugar == "maltose":
        return noticed(
            "warn",
            "SR16",
            message(
                N_(
                    "{product} contains maltose. During the infusion and for {hours} hours after it, measure "
                    "blood sugar only with a glucose-specific meter or in the laboratory; give no insulin on "
                    "another reading."
                ),
                product=product.short_title,
                hours=limits.maltose_warning_hours,
            ),
            "FACTS 7 SR16, S46, S32",
        )
    if product.sugar == "sucrose" and risks.renal:
        return noticed(
            "block",
            "SR06",
            message(
                N_("{product} contains sucrose and the kidneys are at risk. Choose a product without sucrose."),
                product=product.short_title,
            ),
            "FACTS 7 SR06, S28, S40",
        )
    if product.sugar == "sorbitol":
        return _sorbitol(request, risks, limits)
    return ()


def _sorbitol(request: PlanRequest, risks: RisksOnDay, limits: Limits) -> tuple[Finding, ...]:
    if risks.age is not None and risks.age < limits.sorbitol_age_under:
        return noticed(
            "block",
            "SR28",
            message(
                N_(
                    "{product} contains sorbitol and the child is under {age} years: fructose intolerance may not be "
                    "known yet. Choose another product."
                ),
                product=request.product.short_title,
                age=limits.sorbitol_age_under,
            ),
            "FACTS 7 SR28, S31",
        )
    return noticed(
        "warn",
        "SR07",
        message(
            N_("{product} contains sorbitol: never in hereditary fructose intolerance. Ask before the first dose."),
            product=request.product.short_title,
        ),
        "FACTS 7 SR07, S31",
    )


def _risks(risks: RisksOnDay) -> tuple[Finding, ...]:
    findings: tuple[Finding, ...] = ()
    if risks.renal:
        findings += noticed(
            "warn",
            "SR05",
            message(
                N_(
                    "Kidneys at risk: the rate card keeps to the product's slower limit. Creatinine before and "
                    "48 to 72 hours after each dose; give enough fluid."
                )
            ),
            "FACTS 7 SR05, S33, S29",
        )
    if risks.clots:
        findings += noticed(
            "warn",
            "SR09",
            message(
                N_(
                    "Risk of clots: the rate card keeps to the product's slower limit. Give enough fluid and watch for "
                    "signs of a clot."
                )
            ),
            "FACTS 7 SR09, S33, S41",
        )
    if risks.overload:
        findings += noticed(
            "warn",
            "SR17",
            message(
                N_(
                    "Heart at risk: the rate card keeps to the product's slower limit. Watch fluid balance and "
                    "breathing; ask whether to split the dose or use a 10 % product."
                )
            ),
            "FACTS 7 SR17",
        )
    return findings


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


def _pregnancy(request: PlanRequest) -> tuple[Finding, ...]:
    if not request.pregnant:
        return ()
    return noticed(
        "info", "SR23", message(N_("Pregnant: not contraindicated; the doctor decides.")), "FACTS 7 SR23, S29, S30"
    )
