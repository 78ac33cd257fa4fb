"""What a patient's infections, CMV and graft-versus-host disease amount to on a day: yes, no, or not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from ivigdesk.clinical.eligibility.terms import Terms
from ivigdesk.clinical.patients.events import ClinicalEvent, CmvDisease
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clinical.vaccines import add_months

Judged = Callable[[ClinicalEvent], bool | None]
"""Says of one infection whether it counts; None where its record leaves that open."""

_GRAVEST_FIRST: tuple[CmvDisease, ...] = (
    "pneumonia-proven",
    "pneumonia-probable",
    "other-disease",
    "syndrome",
    "viraemia",
)


def either(*values: bool | None) -> bool | None:
    """Return whether one is true: true if one is, not known if that may be, else false."""
    return True if True in values else None if None in values else False


class History:
    """A patient's events up to a day. What is not recorded did not happen; what is recorded in part is not known."""

    def __init__(self, known: KnownFacts, terms: Terms, day: date) -> None:
        self._known = known
        self._terms = terms
        self._day = day
        self._infections = tuple(event for event in known.events if event.kind == "infection" and event.on <= day)
        # A septic patient has a severe infection, whether or not somebody recorded it as an event too.
        self._is_septic = known.has("sepsis")

    @property
    def had_infection(self) -> bool:
        """Whether there was any infection, or is sepsis."""
        return bool(self._infections) or self._is_septic

    @property
    def had_bacteraemia(self) -> bool | None:
        """Whether bacteria were found in the blood."""
        return _at_least(1, self._infections, lambda one: _both(_is_at(one, "blood"), _is_bacterial(one)))

    @property
    def had_severe_infection(self) -> bool | None:
        """Whether an infection was severe or worse."""
        return either(self._is_septic, _at_least(1, self._infections, _is_severe))

    @property
    def had_recurrent_sinopulmonary_infection(self) -> bool | None:
        """Whether infections of sinuses or lungs came again within the span of the terms."""
        return _at_least(self._terms.recurrent_infections, self._recent(), lambda one: _is_at(one, "lungs", "sinuses"))

    @property
    def had_severe_or_recurrent_infection(self) -> bool | None:
        """Whether infections of any kind were severe, or came again."""
        recurrent = _at_least(self._terms.recurrent_infections, self._recent(), lambda _: True)
        return either(self.had_severe_infection, recurrent)

    @property
    def had_severe_or_recurrent_bacterial_infection(self) -> bool | None:
        """The same, of bacterial infections alone; sepsis does not say what causes it."""
        severe = _at_least(1, self._infections, lambda one: _both(_is_severe(one), _is_bacterial(one)))
        recurrent = _at_least(self._terms.recurrent_infections, self._recent(), _is_bacterial)
        return either(severe, recurrent, None if self._is_septic else False)

    @property
    def had_life_threatening_infection(self) -> bool | None:
        """Whether there were as many life-threatening infections as the terms count."""
        recent = self._since(self._terms.life_threatening_months)
        return _at_least(self._terms.life_threatening_infections, recent, _is_life_threatening)

    @property
    def had_serious_infections(self) -> bool | None:
        """Whether there were as many serious infections as the terms count."""
        return _at_least(self._terms.serious_infections, self._since(self._terms.serious_months), _is_severe)

    @property
    def chronic_gvhd(self) -> bool:
        """Whether chronic graft-versus-host disease lasts."""
        return any(event.kind == "chronic-gvhd" and event.lasts_on(self._day) for event in self._known.events)

    @property
    def gvhd_on_immunosuppression(self) -> bool:
        """Whether graft-versus-host disease of either kind lasts, and the patient is immunosuppressed."""
        lasts = any(
            event.kind in ("acute-gvhd", "chronic-gvhd") and event.lasts_on(self._day) for event in self._known.events
        )
        return lasts and self._known.has("immunosuppression")

    @property
    def cmv_disease(self) -> CmvDisease | str | None:
        """The gravest CMV event that lasts; else what was stated; `none` where every one has ended."""
        begun = [event for event in self._known.events if event.kind == "cmv" and event.on <= self._day]
        lasting = [event.cmv_disease for event in begun if event.lasts_on(self._day)]
        if lasting:
            return next((disease for disease in _GRAVEST_FIRST if disease in lasting), None)
        if self._known.cmv_disease is not None:
            return self._known.cmv_disease
        return "none" if begun else None

    def _recent(self) -> tuple[ClinicalEvent, ...]:
        return self._since(self._terms.recurrent_months)

    def _since(self, months: int) -> tuple[ClinicalEvent, ...]:
        first = add_months(self._day, -months)
        return tuple(event for event in self._infections if event.on >= first)


def _at_least(needed: int, events: Iterable[ClinicalEvent], counts: Judged) -> bool | None:
    """Whether so many events count; not known when those that leave it open would decide."""
    judged = [counts(event) for event in events]
    if judged.count(True) >= needed:
        return True
    return None if judged.count(True) + judged.count(None) >= needed else False


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _is_at(event: ClinicalEvent, *sites: str) -> bool | None:
    return None if event.site == "" else event.site in sites


def _is_bacterial(event: ClinicalEvent) -> bool | None:
    return {"yes": True, "no": False, "unknown": None}[event.is_bacterial]


def _is_severe(event: ClinicalEvent) -> bool | None:
    return None if event.severity == "" else event.severity in ("severe", "life-threatening")


def _is_life_threatening(event: ClinicalEvent) -> bool | None:
    return None if event.severity == "" else event.severity == "life-threatening"
