"""What the rules of the fact base (section 7) notice about this patient with this product."""

from __future__ import annotations

from collections.abc import Sequence

from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.planning import PlanRequest
from ivigdesk.clinical.risks import STRONG_G_PER_L, RisksOnDay
from ivigdesk.clinical.rules import Limits
from ivigdesk.messages import N_, Message, message
from ivigdesk.scheduling.calendar import CalendarDose


def patient_findings(request: PlanRequest, doses: Sequence[CalendarDose], limits: Limits) -> tuple[Finding, ...]:
    """Return what sugar of the product, risks and pregnancy mean for this course."""
    # Risks grow with age, so the last dose counts; what a small child must not have is decided on the first.
    risks = RisksOnDay(request, limits, doses[-1].due_on)
    at_start = RisksOnDay(request, limits, doses[0].due_on)
    return (*_sugar(request, risks, at_start, limits), *_risks(request, risks), *_pregnancy(request))


def _sugar(request: PlanRequest, risks: RisksOnDay, at_start: RisksOnDay, limits: Limits) -> tuple[Finding, ...]:
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
        return _sorbitol(request, at_start, limits)
    return ()


def _sorbitol(request: PlanRequest, at_start: RisksOnDay, limits: Limits) -> tuple[Finding, ...]:
    # SAFETY: a child who turns two during the course is under two at its first dose.
    if at_start.age is not None and at_start.age < limits.sorbitol_age_under:
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


def _risks(request: PlanRequest, risks: RisksOnDay) -> tuple[Finding, ...]:
    findings: tuple[Finding, ...] = ()
    if risks.harmful_antiviral:
        findings += noticed(
            "warn",
            "SR05",
            message(
                N_(
                    "{drug} can harm the kidneys: the rate card keeps to the product's slower limit. Creatinine before "
                    "and 48 to 72 hours after each dose; give enough fluid."
                ),
                drug=request.antiviral.strip(),
            ),
            "FACTS 7 SR05, S33, S29 (drug: GK-H)",
        )
    if risks.weak_kidneys:
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
        findings += noticed("warn", "SR17", _overload(request), "FACTS 7 SR17 (GK-H)")
    return findings


def _overload(request: PlanRequest) -> Message:
    if request.product.g_per_l >= STRONG_G_PER_L:
        return message(
            N_(
                "Heart at risk: the rate card keeps to the product's slower limit. Watch fluid balance and "
                "breathing; ask whether to split the dose."
            )
        )
    return message(
        N_(
            "Heart at risk: the rate card keeps to the product's slower limit. Watch fluid balance and "
            "breathing; ask whether to split the dose or use a 10 % product."
        )
    )


def _pregnancy(request: PlanRequest) -> tuple[Finding, ...]:
    if not request.pregnant:
        return ()
    return noticed(
        "info", "SR23", message(N_("Pregnant: not contraindicated; the doctor decides.")), "FACTS 7 SR23, S29, S30"
    )
