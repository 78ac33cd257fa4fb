"""Rules about the patient: IgA, earlier reactions, pregnancy, headache and seizures."""

from __future__ import annotations

from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.patients.known import EarlierReaction
from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.messages import N_, Message, message


def iga_antibodies(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR01: IgA deficiency with antibodies against IgA, or with an earlier reaction to immunoglobulin."""
    known = facts.known
    if not known.has("iga-deficiency"):
        return ()
    if known.has("anti-iga"):
        what = message(N_("IgA deficiency with antibodies against IgA: immunoglobulin is contraindicated."))
    elif known.has("immunoglobulin-anaphylaxis") or _hypersensitivity(facts):
        what = message(
            N_("IgA deficiency and an earlier reaction to immunoglobulin: immunoglobulin is contraindicated.")
        )
    else:
        return ()
    return noticed("block", "SR01", what, "FACTS 7 SR01, S38, S29, S36")


def iga_deficiency(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR02: IgA deficiency alone, or antibodies against IgA without a recorded deficiency."""
    known = facts.known
    has_deficiency, has_antibodies = known.has("iga-deficiency"), known.has("anti-iga")
    if has_deficiency == has_antibodies or iga_antibodies(facts):
        return ()
    if has_antibodies:
        what = message(
            N_(
                "Antibodies against IgA are recorded, but no IgA deficiency. Ask before the first dose; choose a "
                "product with little IgA and start slowly."
            )
        )
    else:
        what = message(
            N_(
                "IgA deficiency; antibodies against IgA are not recorded. Choose a product with little IgA, give the "
                "first dose in hospital and start slowly."
            )
        )
    return noticed("warn", "SR02", what, "FACTS 7 SR02 (GK-H)")


def anaphylaxis(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR03: earlier anaphylaxis or severe systemic reaction to immunoglobulin."""
    rules = facts.thresholds.reactions
    severe = [
        reaction
        for reaction in facts.known.reactions
        if reaction.term_id in rules.anaphylaxis
        or (reaction.term_id in rules.hypersensitivity and reaction.grade >= rules.severe_from_grade)
    ]
    if severe:
        worst = severe[-1]
        what = message(
            N_("{term}, grade {grade}, on {day}: immunoglobulin is contraindicated after it."),
            term=worst.term,
            grade=worst.grade,
            day=worst.on,
        )
    elif facts.known.has("immunoglobulin-anaphylaxis"):
        what = message(
            N_("Earlier anaphylaxis or severe reaction to immunoglobulin: immunoglobulin is contraindicated.")
        )
    else:
        return ()
    return noticed("block", "SR03", what, "FACTS 7 SR03, S29, S36")


def holding_reaction(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR25: a grade 3 or worse reaction holds doses and no prescriber has released them."""
    holding = [reaction for reaction in facts.known.reactions if reaction.is_holding]
    if not holding:
        return ()
    newest = holding[-1]
    what = message(
        N_("{term}, grade {grade}, on {day} holds this patient's doses. A prescriber releases them first."),
        term=newest.term,
        grade=newest.grade,
        day=newest.on,
    )
    return noticed("block", "SR25", what, "FACTS 7 SR25, 6.2, Traps T36")


def pregnancy(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR23: pregnancy and breast-feeding are for the doctor to decide."""
    said: list[Message] = []
    if facts.request.pregnant:
        said.append(message(N_("Pregnant: not contraindicated; the doctor decides.")))
    if facts.known.has("breast-feeding"):
        said.append(message(N_("Breast-feeding: not contraindicated; the doctor decides.")))
    return tuple(finding for what in said for finding in noticed("info", "SR23", what, "FACTS 7 SR23, S29, S30"))


def headache(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR30: migraine or seizures make aseptic meningitis more likely."""
    if not facts.known.has("migraine", "seizure"):
        return ()
    what = message(
        N_(
            "Migraine or seizures are recorded: aseptic meningitis is more likely. Give enough fluid and run slowly; "
            "ask about headache and a stiff neck for three days."
        )
    )
    return noticed("warn", "SR30", what, "FACTS 7 SR30, 5.5, S40")


def _hypersensitivity(facts: CourseFacts) -> tuple[EarlierReaction, ...]:
    codes = facts.thresholds.reactions.hypersensitivity
    return tuple(reaction for reaction in facts.known.reactions if reaction.term_id in codes)
