"""Rules about the regimen: what its source leaves open, advises against, asks for or warns of."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.safety.facts import CourseFacts, per_kg
from ivigdesk.clinical.safety.medicines import names_a_medicine
from ivigdesk.messages import N_, Message, message
from ivigdesk.scheduling.choices import OpenChoice, open_choices
from ivigdesk.scheduling.regimen import AnchorKind
from ivigdesk.units import plain


def choices(facts: CourseFacts) -> tuple[Finding, ...]:
    """Say what the source leaves open and what holds now: the prescriber confirms it."""
    regimen = facts.request.regimen
    return tuple(
        finding
        for choice in open_choices(regimen)
        for finding in noticed("info", "REG-CHOICE", _choice(choice, regimen.anchor), "FACTS 1.1, 1.2, 1.3")
    )


def _choice(choice: OpenChoice, anchor: AnchorKind) -> Message:
    phase = choice.phase_name
    picked, allowed = plain(choice.default), tuple(plain(value) for value in choice.allowed)
    match choice.what:
        case "first_day" | "last_day":
            return _day_choice(choice, anchor)
        case "every_days":
            text = N_(
                "“{phase}” is given every {days} days. The source leaves it open: {choices}. The prescriber confirms "
                "it."
            )
            return message(text, phase=phase, days=picked, choices=allowed)
        case "doses":
            text = N_(
                "Number of doses of “{phase}”: {number}. The source leaves it open: {choices}. The prescriber confirms "
                "it."
            )
            return message(text, phase=phase, number=picked, choices=allowed)
        case "mg_per_kg":
            text = N_(
                "“{phase}” gives {dose} each time. The source allows from {least} to {most}. The prescriber confirms "
                "it."
            )
            least, most = choice.least or Decimal(0), choice.most or Decimal(0)
            return message(text, phase=phase, dose=per_kg(choice.default), least=per_kg(least), most=per_kg(most))


def _day_choice(choice: OpenChoice, anchor: AnchorKind) -> Message:
    """Say which day, and in which numbering: a bare “day 14” could be of the course or of the transplant (Traps T5)."""
    texts = {
        ("first_day", "first-dose"): N_(
            "“{phase}” starts on course day {day}. The source leaves it open: {choices}. The prescriber confirms it."
        ),
        ("first_day", "transplant"): N_(
            "“{phase}” starts on transplant day {day}. The source leaves it open: {choices}. The prescriber confirms "
            "it."
        ),
        ("last_day", "first-dose"): N_(
            "“{phase}” ends on course day {day} at the latest. The source leaves it open: {choices}. The prescriber "
            "confirms it."
        ),
        ("last_day", "transplant"): N_(
            "“{phase}” ends on transplant day {day} at the latest. The source leaves it open: {choices}. The "
            "prescriber confirms it."
        ),
    }
    return message(
        texts[choice.what, anchor],
        phase=choice.phase_name,
        day=_numbered(choice.default, anchor),
        choices=tuple(_numbered(value, anchor) for value in choice.allowed),
    )


def _numbered(day: Decimal, anchor: AnchorKind) -> Decimal | str:
    """Return a day as it is written: days after the transplant carry their sign."""
    return f"+{plain(day)}" if anchor == "transplant" and day > 0 else day


def standing(facts: CourseFacts) -> tuple[Finding, ...]:
    """GEN-1: guidelines advise against it; somebody writes down why this patient gets it."""
    regimen = facts.request.regimen
    source = f"FACTS 2.1 GEN-1, Traps T28, S3, S13, S24, {', '.join(regimen.sources)}"
    if regimen.standing == "not-routine":
        what = message(
            N_("Guidelines advise against routine use of this regimen. Write down why this patient gets it.")
        )
    elif regimen.standing == "historical":
        what = message(N_("This regimen is historical and no longer recommended. Write down why this patient gets it."))
    else:
        return ()
    return noticed("warn", "GEN-1", what, source, needs_reason=True)


def caution(facts: CourseFacts) -> tuple[Finding, ...]:
    """Say what the regimen's file warns of."""
    regimen = facts.request.regimen
    if regimen.caution is None:
        return ()
    what = message(N_("About this regimen: {caution}"), caution=regimen.caution)
    return noticed("warn", "REG-CAUTION", what, ", ".join(regimen.sources))


def antiviral(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR22: a regimen that is given on top of an antiviral, without one on the plan."""
    if "antiviral" not in facts.request.regimen.requires or names_a_medicine(facts.request.antiviral):
        return ()
    what = message(N_("This regimen is given on top of a drug against CMV, and none is on the plan. Enter the drug."))
    return noticed("hold", "SR22", what, "FACTS 7 SR22, Traps T29, S2")


def weight_policy(facts: CourseFacts) -> tuple[Finding, ...]:
    """Say that the source doses by another weight policy than the plan."""
    proposed = facts.request.regimen.weight_policy
    if proposed in ("actual", facts.request.policy):
        return ()
    what = message(
        N_("The source of this regimen doses by another weight policy ({proposed}). Ask the prescriber."),
        proposed=proposed,
    )
    return noticed("info", "WEIGHT-POLICY", what, "FACTS 1.1")


def window(facts: CourseFacts) -> tuple[Finding, ...]:
    """Say that the first dose is outside the transplant days that the source wants."""
    span, day = facts.request.regimen.first_dose_window, facts.doses[0].transplant_day
    if span is None or day is None or span[0] <= day <= span[1]:
        return ()
    what = message(
        N_(
            "The first dose is on transplant day {day}; the source wants it on day {first} to {last}. Ask the "
            "prescriber."
        ),
        day=day,
        first=span[0],
        last=span[1],
    )
    return noticed("warn", "TX-WINDOW", what, "FACTS 1.1")


def exposure(facts: CourseFacts) -> tuple[Finding, ...]:
    """Compare the first dose with the exposure to measles after which it must be given soon."""
    days = facts.request.regimen.exposure_within_days
    if days is None:
        return ()
    before = [event for event in facts.events("measles-exposure") if event.on <= facts.first_on]
    source = f"FACTS 1.1 {facts.request.regimen.facts}, {', '.join(facts.request.regimen.sources)}"
    if not before:
        what = message(
            N_("The dose is given within {days} days of an exposure, and none is recorded. Record its date."), days=days
        )
        return noticed("warn", "EXPOSURE", what, source)
    passed = (facts.first_on - before[-1].on).days
    if passed <= days:
        return ()
    what = message(
        N_(
            "The exposure was on {day}, {passed} days before the first dose; the source wants it within {days} days. "
            "Write down why it is given."
        ),
        day=before[-1].on,
        passed=passed,
        days=days,
    )
    return noticed("warn", "EXPOSURE", what, source, needs_reason=True)
