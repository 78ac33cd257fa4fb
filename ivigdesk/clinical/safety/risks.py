"""The patient's risks on a day, with their reasons: what slows the rate card, and why."""

from __future__ import annotations

from datetime import date

from ivigdesk.clinical.patients.conditions import Condition, condition_words
from ivigdesk.clinical.patients.patient import age_on
from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.clinical.safety.kidney_values import kidney_failure
from ivigdesk.messages import N_, Message, Text, message

Reason = Message | Text

_KIDNEYS: tuple[Condition, ...] = ("volume-depletion", "sepsis", "paraprotein")
_CLOTS: tuple[Condition, ...] = (
    "earlier-clot",
    "immobility",
    "central-line",
    "oestrogens",
    "hyperviscosity",
    "cryoglobulins",
    "high-triglycerides",
    "paraprotein",
    "cardiovascular-disease",
)


class RisksOnDay:
    """Which risks a patient has on a day, and why: records, age, medicines, laboratory values and events.

    Attributes:
        age: full years; None when unknown.
        failure: why the kidneys are too weak to go on without a specialist.
        renal: why the kidneys are at risk, those included.
        clots: why a clot is more likely.
        overload: why the circulation may be overloaded.

    Source: FACTS 7 SR04, SR05, SR09, SR17. A central line is a risk by the source and is named as the reason.
    """

    def __init__(self, facts: CourseFacts, day: date) -> None:
        birth_on = facts.request.birth_on
        self.age = None if birth_on is None else age_on(birth_on, day)
        self.failure = kidney_failure(facts)
        self.renal = (*self.failure, *self._renal(facts))
        self.clots = self._clots(facts, day)
        self.overload = self._overload(facts, day)

    @property
    def any(self) -> bool:
        """Whether the product's risk cap applies."""
        return bool(self.renal or self.clots or self.overload)

    def _renal(self, facts: CourseFacts) -> tuple[Reason, ...]:
        recorded = facts.request.risks
        reasons: list[Reason] = []
        if "renal" in recorded:
            reasons.append(message(N_("recorded for this patient")))
        if "diabetes" in recorded:
            reasons.append(message(N_("diabetes")))
        reasons += self._older_than(facts.limits.renal_age_over)
        reasons += _recorded(facts, _KIDNEYS)
        reasons += [medicine.name for medicine in facts.medicines_that("kidneys")]
        return tuple(reasons)

    def _clots(self, facts: CourseFacts, day: date) -> tuple[Reason, ...]:
        reasons: list[Reason] = []
        if "thrombosis" in facts.request.risks:
            reasons.append(message(N_("recorded for this patient")))
        reasons += self._older_than(facts.limits.clot_age_over)
        reasons += _recorded(facts, _CLOTS)
        if not facts.known.has("earlier-clot") and any(event.on <= day for event in facts.events("clot")):
            reasons.append(condition_words("earlier-clot"))
        return tuple(reasons)

    def _overload(self, facts: CourseFacts, day: date) -> tuple[Reason, ...]:
        reasons: list[Reason] = []
        if "cardiac" in facts.request.risks:
            reasons.append(message(N_("heart at risk")))
        reasons += _recorded(facts, ("positive-fluid-balance",))
        if any(event.lasts_on(day) for event in facts.events("veno-occlusive-disease")):
            reasons.append(message(N_("veno-occlusive disease")))
        return tuple(reasons)

    def _older_than(self, years: int) -> list[Reason]:
        if self.age is None or self.age <= years:
            return []
        return [message(N_("older than {age} years"), age=years)]


def _recorded(facts: CourseFacts, conditions: tuple[Condition, ...]) -> list[Reason]:
    return [condition_words(condition) for condition in conditions if facts.known.has(condition)]
