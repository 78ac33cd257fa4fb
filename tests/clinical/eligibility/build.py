"""Profiles, facts and requests that the tests of the criteria share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from ivigdesk import resources
from ivigdesk.clinical.courses.planning import PlanRequest
from ivigdesk.clinical.eligibility.asked import EligibilityFacts
from ivigdesk.clinical.eligibility.criteria import PROFILE_IDS, Criteria
from ivigdesk.clinical.eligibility.evaluate import evaluate
from ivigdesk.clinical.eligibility.profile import Profile
from ivigdesk.clinical.eligibility.profile_file import parse_profile
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.scheduling.regimen import Phase, Regimen
from tests.clinical.samples import CMV, MONDAY, name, request

NOW = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
SOMEBODY = UUID(int=1)

REPLACEMENT = Regimen(
    id="replacement-test",
    version="2026-11",
    anchor="first-dose",
    standing="replacement",
    title=name("Replacement"),
    sources=("test",),
    indication="replacement",
    phases=(Phase(name=name("Every 4 weeks"), mg_per_kg=Decimal(400), first_day=1, every_days=28, doses=6),),
)
PROPHYLAXIS = msgspec.structs.replace(
    REPLACEMENT, id="prophylaxis-test", standing="not-routine", indication="prophylaxis"
)

# A patient about whom everything is known, and for whom nothing speaks.
KNOWN = EligibilityFacts(
    age=45,
    transplant_day=50,
    transplant_kind="allogeneic",
    donor_kind="matched-sibling",
    cmv="positive",
    donor_cmv="positive",
    cmv_disease="none",
    indication="replacement",
    standing="replacement",
    immunoglobulin="normal",
    is_replacement=True,
    is_prophylaxis=False,
    is_against_infection=True,
    is_cmv_treatment=False,
    on_antiviral=False,
    igg_g_per_l=Decimal("8"),
    igg_age_days=0,
    igg_soon_after_immunoglobulin=False,
    igg_without_paraprotein_g_per_l=Decimal("8"),
    igg_before_transplant_g_per_l=Decimal("8"),
    igg_was_low_before_transplant=False,
    igg_below_lower_limit=False,
    chronic_gvhd=False,
    gvhd_on_immunosuppression=False,
    b_cell_deficiency=False,
    had_infection=False,
    had_bacteraemia=False,
    had_severe_infection=False,
    had_recurrent_sinopulmonary_infection=False,
    had_severe_or_recurrent_infection=False,
    had_severe_or_recurrent_bacterial_infection=False,
    had_life_threatening_infection=False,
    had_serious_infections=False,
    antimicrobials_ineffective=False,
    antibody_failure=False,
    cause_not_reversible=False,
    infections_despite_antibiotics=False,
    vaccine_challenge_failed=False,
    vaccine_challenge_inappropriate=False,
)
LOW = {"igg_g_per_l": Decimal("3.1"), "igg_without_paraprotein_g_per_l": Decimal("3.1")}
AS_PROPHYLAXIS = {
    "indication": "prophylaxis",
    "standing": "not-routine",
    "is_replacement": False,
    "is_prophylaxis": True,
}
AS_CMV_TREATMENT = {
    "indication": "cmv",
    "standing": "treatment",
    "is_replacement": False,
    "is_against_infection": False,
    "is_cmv_treatment": True,
    "on_antiviral": True,
    "cmv_disease": "pneumonia-proven",
}


@cache
def shipped(profile_id: str) -> Profile:
    path = resources.folder("criteria", f"{profile_id}.toml")
    return parse_profile(path.read_bytes(), path.name)


def every_profile() -> tuple[Profile, ...]:
    return tuple(shipped(profile_id) for profile_id in PROFILE_IDS)


def with_facts(**changes: Any) -> EligibilityFacts:
    return msgspec.structs.replace(KNOWN, **changes)


def judged(profile_id: str, **changes: Any) -> Criteria:
    """What a profile says of the patient for whom nothing speaks, with changes."""
    return evaluate(shipped(profile_id), with_facts(**changes))


def codes(criteria: Criteria, outcome: str | None = None) -> list[str]:
    return [rule.code for rule in criteria.rules if outcome is None or rule.outcome == outcome]


def igg(value: str, on: date) -> LabValue:
    return LabValue(
        id=UUID(int=2),
        patient_id=SOMEBODY,
        test="igg",
        value=Decimal(value),
        unit="g/L",
        taken_on=on,
        entered_value=value,
        entered_unit="g/L",
        nurse="A. Wong",
        at=NOW,
    )


def event(kind: str, on: date, **more: Any) -> ClinicalEvent:
    return ClinicalEvent(id=UUID(int=3), patient_id=SOMEBODY, kind=kind, on=on, nurse="A. Wong", at=NOW, **more)


def asked(profile_id: str, regimen: Regimen = CMV, *, known: KnownFacts | None = None, **changes: Any) -> PlanRequest:
    """A request for an allogeneic patient aged 45, transplanted on the first day, looked at with a shipped profile."""
    plain = request(
        profile=shipped(profile_id),
        regimen=regimen,
        known=known or KnownFacts(transplant_kind="allogeneic"),
        birth_on=date(1980, 6, 1),
        transplant_on=MONDAY,
    )
    return msgspec.structs.replace(plain, **changes)
