"""Rules about the product: its kind, sugars and proline, and whether the patient has had it lately."""

from __future__ import annotations

from datetime import date, timedelta

from ivigdesk.clinical import library
from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.clinical.safety.risks import RisksOnDay
from ivigdesk.messages import N_, message

_DAYS_PER_WEEK = 7


def kind(facts: CourseFacts) -> tuple[Finding, ...]:
    """Compare the product with what the source of the regimen gave: doses of the two kinds are not interchangeable."""
    regimen, product = facts.request.regimen, facts.request.product
    source = "FACTS 1.1, Traps T15"
    # SAFETY: a label that counts in millilitres counts the units of antibody in them.
    if product.units_per_ml is None and any(phase.ml_per_kg is not None for phase in regimen.phases):
        what = message(
            N_(
                "The source of this regimen counts in millilitres of a product with known units of antibody; no units "
                "are known of {product}, so the same millilitres may be another dose. Ask the pharmacist."
            ),
            product=product.short_title,
        )
        return noticed("hold", "PRODUCT-KIND", what, source)
    if regimen.immunoglobulin == product.immunoglobulin:
        return ()
    if regimen.immunoglobulin == "cmv":
        what = message(
            N_("The source of this regimen gives CMV immunoglobulin; {product} is not one. Ask the prescriber."),
            product=product.short_title,
        )
    else:
        what = message(
            N_(
                "{product} is CMV immunoglobulin; the source of this regimen gives normal immunoglobulin. "
                "Ask the prescriber."
            ),
            product=product.short_title,
        )
    return noticed("warn", "PRODUCT-KIND", what, source)


def sucrose(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR06: sucrose and kidneys at risk (SR04 or SR05) do not go together."""
    product = facts.request.product
    # Risks grow with age, so the last dose counts.
    risks = RisksOnDay(facts, facts.last_on)
    if product.sugar not in ("sucrose", "unknown") or not risks.renal:
        return ()
    source = "FACTS 7 SR06, S28, S40, Traps T23"
    if product.sugar == "unknown":
        what = message(
            N_(
                "The kidneys are at risk and the sugar in {product} is not known. Read the pack: it must not be "
                "sucrose."
            ),
            product=product.short_title,
        )
        return noticed("warn", "SR06", what, source)
    what = message(
        N_("{product} contains sucrose and the kidneys are at risk. Choose a product without sucrose."),
        product=product.short_title,
    )
    return noticed("block", "SR06", what, source)


def fructose_intolerance(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR07: sorbitol is never given in hereditary fructose intolerance; elsewhere somebody asks first."""
    product = facts.request.product
    if product.sugar not in ("sorbitol", "unknown"):
        return ()
    is_intolerant = facts.known.has("fructose-intolerance")
    if product.sugar == "unknown":
        if not is_intolerant:
            return ()
        what = message(
            N_(
                "Fructose intolerance, and the sugar in {product} is not known. Read the pack: it must not be sorbitol."
            ),
            product=product.short_title,
        )
    elif is_intolerant:
        what = message(
            N_("{product} contains sorbitol and the patient has fructose intolerance. Choose another product."),
            product=product.short_title,
        )
        return noticed("block", "SR07", what, "FACTS 7 SR07, S31")
    elif _is_small_child(facts):
        return ()
    else:
        what = message(
            N_("{product} contains sorbitol: never in hereditary fructose intolerance. Ask before the first dose."),
            product=product.short_title,
        )
    return noticed("warn", "SR07", what, "FACTS 7 SR07, S31")


def sorbitol_in_small_children(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR28: a child this young may have a fructose intolerance that nobody knows of."""
    product = facts.request.product
    if product.sugar not in ("sorbitol", "unknown") or not _is_small_child(facts):
        return ()
    if product.sugar == "unknown":
        what = message(
            N_(
                "The child is under {age} years and the sugar in {product} is not known. Read the pack: it must not be "
                "sorbitol."
            ),
            product=product.short_title,
            age=facts.limits.sorbitol_age_under,
        )
        return noticed("warn", "SR28", what, "FACTS 7 SR28, S31")
    what = message(
        N_(
            "{product} contains sorbitol and the child is under {age} years: fructose intolerance may not be "
            "known yet. Choose another product."
        ),
        product=product.short_title,
        age=facts.limits.sorbitol_age_under,
    )
    return noticed("block", "SR28", what, "FACTS 7 SR28, S31")


def _is_small_child(facts: CourseFacts) -> bool:
    # SAFETY: a child who turns two during the course is under two at its first dose.
    age = RisksOnDay(facts, facts.first_on).age
    return age is not None and age < facts.limits.sorbitol_age_under


def proline(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR08: proline in hyperprolinaemia."""
    product = facts.request.product
    if not (product.proline and facts.known.has("hyperprolinaemia")):
        return ()
    what = message(
        N_("{product} contains proline and the patient has hyperprolinaemia. Choose another product."),
        product=product.short_title,
    )
    return noticed("block", "SR08", what, "FACTS 7 SR08, S29")


def maltose(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR16: maltose disturbs glucose meters; with diabetes the mistake is near."""
    product = facts.request.product
    has_diabetes = "diabetes" in facts.request.risks
    hours = facts.limits.maltose_warning_hours
    source = "FACTS 7 SR16, Traps T22, S46, S32"
    if product.sugar == "unknown" and has_diabetes:
        what = message(
            N_(
                "Diabetes, and the sugar in {product} is not known. Read the pack; until then measure blood sugar only "
                "with a glucose-specific meter or in the laboratory."
            ),
            product=product.short_title,
        )
        return noticed("warn", "SR16", what, source)
    if product.sugar != "maltose":
        return ()
    if has_diabetes:
        what = message(
            N_(
                "Diabetes and {product}, which contains maltose: other meters show blood sugar far too high, and "
                "insulin given on such a reading has killed. During the infusion and for {hours} hours after it, use "
                "only a glucose-specific meter or the laboratory. Ask whether a product without maltose can be had."
            ),
            product=product.short_title,
            hours=hours,
        )
    else:
        what = message(
            N_(
                "{product} contains maltose. During the infusion and for {hours} hours after it, measure "
                "blood sugar only with a glucose-specific meter or in the laboratory; give no insulin on "
                "another reading."
            ),
            product=product.short_title,
            hours=hours,
        )
    return noticed("warn", "SR16", what, source)


def changed(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR29: the patient's last dose, of whatever course, was of another product."""
    before = facts.dose_before(0)
    if before is None or before.product_id == facts.request.product.id:
        return ()
    what = message(
        N_(
            "The dose before, on {day} ({course}), was of another product: start at the initial rate and observe for "
            "{minutes} after the end."
        ),
        day=before.on,
        course=before.course_code,
        minutes=_observed(),
    )
    return noticed("warn", "SR29", what, "FACTS 7 SR29, S29, S35")


def first_infusion(facts: CourseFacts) -> tuple[Finding, ...]:
    """Say what a first infusion means; a change of product has its own finding."""
    if not is_first_infusion(facts, 0) or changed(facts):
        return ()
    what = message(
        N_(
            "First infusion, another product, or more than {weeks} weeks since the last: start at the initial "
            "rate and observe for {minutes} after the end."
        ),
        weeks=facts.limits.restart_after_days // _DAYS_PER_WEEK,
        minutes=_observed(),
    )
    return noticed("info", "FIRST", what, "FACTS 7 SR29, S29, S35")


def is_first_infusion(facts: CourseFacts, index: int) -> bool:
    """Whether a dose begins at the initial rate: the first, after another product, or after a long gap.

    What the ward knows of other courses goes before what the request says of its first dose.

    Source: FACTS 4.2, 7 SR29, S35, S54.
    """
    due_on = facts.doses[index].due_on
    between = facts.dose_before(index)
    if between is not None and between.product_id != facts.request.product.id:
        return True
    if index:
        return _is_long_ago(facts, facts.doses[index - 1].due_on, due_on)
    # SAFETY: a dose that is only planned may never be given, so it does not spare the initial rate.
    given = [dose for dose in facts.known.earlier if dose.is_given and dose.on < due_on]
    if not given:
        return facts.request.first_infusion
    last = max(given, key=lambda dose: dose.on)
    return last.product_id != facts.request.product.id or _is_long_ago(facts, last.on, due_on)


def _is_long_ago(facts: CourseFacts, day: date, now: date) -> bool:
    return (now - day).days > facts.limits.restart_after_days


def _observed() -> timedelta:
    return timedelta(minutes=library.observation_rules().after_end_first_min)
