"""Rules about haemolysis: large doses, and blood groups of patient and donor."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.clinical import library
from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.clinical.patients.patient import BloodGroup
from ivigdesk.clinical.safety.facts import CourseFacts, DoseFacts, per_kg
from ivigdesk.messages import N_, message

_NON_O = ("A", "B", "AB")
_SAME_GROUP = ("autologous", "syngeneic")


def reaching_dose(facts: CourseFacts) -> int | None:
    """Return which dose, from 0, brings the patient to the cumulative limit; None when none does.

    Counted per patient: this course's doses and those of other courses from shortly before its first to shortly after
    its last. Where another course's dose reaches it, the next dose of this course is named.

    Source: FACTS 7 SR10, Traps T32, S43.
    """
    total = Decimal(0)
    for given in facts.timeline:
        total += given.mg_per_kg
        if total >= facts.limits.haemolysis_mg_per_kg:
            following = (index for index, dose in enumerate(facts.doses) if dose.due_on >= given.on)
            return given.index if given.index is not None else next(following, len(facts.doses) - 1)
    return None


def blood_groups(facts: CourseFacts) -> tuple[BloodGroup, ...]:
    """Return the blood groups that count: the patient's, and a donor's where there is another person.

    Own stem cells and those of an identical twin bring no other group.

    Source: FACTS 7 SR11, Traps T31.
    """
    own = facts.request.blood_group
    return (own,) if facts.known.transplant_kind in _SAME_GROUP else (own, facts.request.donor_blood_group)


def must_watch_red_cells(facts: CourseFacts) -> bool:
    """Whether a blood group is not O, or nobody knows: what is not known is never taken as O."""
    groups = blood_groups(facts)
    return any(group in _NON_O for group in groups) or "unknown" in groups


def haemolysis(facts: CourseFacts, dose: DoseFacts) -> tuple[Finding, ...]:
    """SR10: the dose that reaches the cumulative limit where a blood group is not O."""
    if reaching_dose(facts) != dose.index:
        return ()
    groups = blood_groups(facts)
    limit = per_kg(facts.limits.haemolysis_mg_per_kg)
    source = "FACTS 7 SR10, SR11, Traps T30, S43"
    if any(group in _NON_O for group in groups):
        windows = library.task_rules().haemolysis
        what = message(
            N_(
                "With this dose {limit} is reached, and the blood group is not O: red cells may break down. "
                "Haemoglobin and direct antiglobulin test before it; haemoglobin {early_from} to {early_to} hours and "
                "again {late_from} to {late_to} days after the last dose."
            ),
            limit=limit,
            early_from=windows.early_from_hours,
            early_to=windows.early_to_hours,
            late_from=windows.late_from_days,
            late_to=windows.late_to_days,
        )
        return noticed("warn", "SR10", what, source)
    if "unknown" in groups:
        if len(groups) == 1:
            text = N_(
                "With this dose {limit} is reached, and the patient's blood group is not recorded. Record it: if it "
                "is not O, haemoglobin is followed for {days} days."
            )
        else:
            text = N_(
                "With this dose {limit} is reached, and the blood group of patient or donor is not recorded. "
                "Record both: if either is not O, haemoglobin is followed for {days} days."
            )
        what = message(text, limit=limit, days=library.task_rules().haemolysis.late_to_days)
        return noticed("info", "SR10", what, source)
    return ()


def mismatch(facts: CourseFacts) -> tuple[Finding, ...]:
    """SR11: donor and patient have different blood groups."""
    groups = blood_groups(facts)
    if "unknown" in groups or len(set(groups)) == 1:
        return ()
    own, donor = groups
    what = message(
        N_(
            "Blood groups differ (patient {patient}, donor {donor}): record patient's, donor's and present group. "
            "Haemolysis is looked for as soon as one of them is not O."
        ),
        patient=own,
        donor=donor,
    )
    return noticed("warn", "SR11", what, "FACTS 7 SR11, Traps T31 (GK-H)")
