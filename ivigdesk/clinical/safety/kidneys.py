"""Rules about the kidneys: failure, risk, and medicines that add to it."""

from __future__ import annotations

from ivigdesk.clinical import library
from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.clinical.safety.kidney_values import kidney_failure
from ivigdesk.clinical.safety.risks import RisksOnDay
from ivigdesk.messages import N_, message


def failure(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR04: a specialist decides before anything is given."""
    reasons = kidney_failure(facts)
    if not reasons:
        return ()
    what = message(
        N_(
            "Kidneys fail ({reasons}): a kidney specialist and the haematologist decide first. If it is given: no "
            "sucrose, smallest dose, slowest rate, enough fluid."
        ),
        reasons=reasons,
    )
    return noticed("hold", "SR04", what, "FACTS 7 SR04, 8, S33, S41 (thresholds GK-M)")


def at_risk(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR05: kidneys at risk, with every reason, since they slow the rate card."""
    reasons = tuple(reason for reason in RisksOnDay(facts, facts.last_on).renal if reason not in kidney_failure(facts))
    if not reasons:
        return ()
    creatinine = library.task_rules().creatinine
    what = message(
        N_(
            "Kidneys at risk ({reasons}): the rate card keeps to the product's slower limit. Creatinine before and "
            "{from_hours} to {to_hours} hours after each dose; give enough fluid, and no loop diuretic if it can be "
            "avoided."
        ),
        reasons=reasons,
        from_hours=creatinine.after_from_hours,
        to_hours=creatinine.after_to_hours,
    )
    return noticed("warn", "SR05", what, "FACTS 7 SR05, S33, S29, GK-H")


def renally_dosed(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR05: an antiviral whose dose follows creatinine."""
    medicines = facts.medicines_that("renally-dosed")
    if not medicines:
        return ()
    what = message(
        N_("{drugs}: its dose follows kidney function. When creatinine moves, ask the pharmacist to check it."),
        drugs=tuple(medicine.name for medicine in medicines),
    )
    return noticed("info", "SR05", what, "FACTS 7 SR05, 1.6, S11 (GK-H)")


def loop_diuretic(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR27: a loop diuretic beside immunoglobulin."""
    medicines = facts.medicines_that("loop-diuretic")
    if not medicines:
        return ()
    what = message(
        N_("{drugs}: loop diuretics should be avoided around the infusion. Ask the prescriber."),
        drugs=tuple(medicine.name for medicine in medicines),
    )
    return noticed("warn", "SR27", what, "FACTS 7 SR27, S29")
