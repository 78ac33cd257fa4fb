"""The facts that criteria may ask for: their values on one day, of which kind they are, and what they are called."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, get_args

from ivigdesk.clinical.patients.events import CmvDisease
from ivigdesk.clinical.patients.patient import DonorKind, Serostatus, TransplantKind
from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.scheduling.regimen import Immunoglobulin, Standing

FactKind = Literal["number", "word", "yes-no"]


class EligibilityFacts(Record, frozen=True):
    """What is true of a patient and a regimen on one day; None where it is not known.

    Attributes:
        age: full years.
        transplant_day: days since the latest transplant, negative before it.
        transplant_kind, donor_kind: of the latest transplant.
        cmv, donor_cmv: serostatus of recipient and donor.
        cmv_disease: `none`, or the gravest that lasts.
        indication, standing: of the regimen.
        immunoglobulin: `cmv` when regimen or product is one against CMV.
        is_replacement: the regimen replaces missing IgG.
        is_prophylaxis: it prevents, rather than treats.
        is_against_infection: either of them; what guidelines on replacement speak of.
        is_cmv_treatment: it treats CMV, on top of an antiviral.
        on_antiviral: an antiviral is on the plan.
        igg_g_per_l, igg_age_days: newest IgG up to the day, and how many days old it is.
        igg_soon_after_immunoglobulin: that sample was drawn so soon after a dose that it is partly infused IgG.
        igg_without_paraprotein_g_per_l: the same level; None where a paraprotein may be counted in.
        igg_before_transplant_g_per_l: newest IgG from before the transplant.
        igg_was_low_before_transplant: whether that level was below the one called severe; False where none is
            recorded, because criteria that look so far back are never asked for.
        igg_below_lower_limit: below the laboratory's own lower limit for the age.
        chronic_gvhd: lasts.
        gvhd_on_immunosuppression: acute or chronic, and immunosuppressed.
        b_cell_deficiency: the transplant was for it.
        had_infection, had_bacteraemia, had_severe_infection: up to the day.
        had_recurrent_sinopulmonary_infection: of sinuses or lungs; how many in how long is in `terms`.
        had_severe_or_recurrent_infection, had_severe_or_recurrent_bacterial_infection: of any site.
        had_life_threatening_infection, had_serious_infections: as `terms` counts them.
        antimicrobials_ineffective: treatment against microbes did not help.
        antibody_failure: less than a twofold rise in IgG titre to pneumococcal vaccines.
        cause_not_reversible: of the antibody deficiency.
        infections_despite_antibiotics: through about six months of continuous oral antibiotics.
        vaccine_challenge_failed, vaccine_challenge_inappropriate: polysaccharide vaccine.
    """

    age: int | None = None
    transplant_day: int | None = None
    transplant_kind: str | None = None
    donor_kind: str | None = None
    cmv: str | None = None
    donor_cmv: str | None = None
    cmv_disease: str | None = None
    indication: str | None = None
    standing: str | None = None
    immunoglobulin: str | None = None
    is_replacement: bool | None = None
    is_prophylaxis: bool | None = None
    is_against_infection: bool | None = None
    is_cmv_treatment: bool | None = None
    on_antiviral: bool | None = None
    igg_g_per_l: Decimal | None = None
    igg_age_days: int | None = None
    igg_soon_after_immunoglobulin: bool | None = None
    igg_without_paraprotein_g_per_l: Decimal | None = None
    igg_before_transplant_g_per_l: Decimal | None = None
    igg_was_low_before_transplant: bool | None = None
    igg_below_lower_limit: bool | None = None
    chronic_gvhd: bool | None = None
    gvhd_on_immunosuppression: bool | None = None
    b_cell_deficiency: bool | None = None
    had_infection: bool | None = None
    had_bacteraemia: bool | None = None
    had_severe_infection: bool | None = None
    had_recurrent_sinopulmonary_infection: bool | None = None
    had_severe_or_recurrent_infection: bool | None = None
    had_severe_or_recurrent_bacterial_infection: bool | None = None
    had_life_threatening_infection: bool | None = None
    had_serious_infections: bool | None = None
    antimicrobials_ineffective: bool | None = None
    antibody_failure: bool | None = None
    cause_not_reversible: bool | None = None
    infections_despite_antibiotics: bool | None = None
    vaccine_challenge_failed: bool | None = None
    vaccine_challenge_inappropriate: bool | None = None


STATED = (
    "igg_below_lower_limit",
    "antimicrobials_ineffective",
    "antibody_failure",
    "cause_not_reversible",
    "infections_despite_antibiotics",
    "vaccine_challenge_failed",
    "vaccine_challenge_inappropriate",
)
"""Facts that no record of the ward answers: the prescriber says them, or they are not known.

Stored courses carry these names: one that criteria no longer ask stays on the list.
"""

_NUMBERS = (
    "age",
    "transplant_day",
    "igg_g_per_l",
    "igg_age_days",
    "igg_without_paraprotein_g_per_l",
    "igg_before_transplant_g_per_l",
)

WORDS: dict[str, tuple[str, ...]] = {
    "transplant_kind": tuple(kind for kind in get_args(TransplantKind) if kind != "unknown"),
    "donor_kind": tuple(kind for kind in get_args(DonorKind) if kind != "unknown"),
    "cmv": tuple(status for status in get_args(Serostatus) if status != "unknown"),
    "donor_cmv": tuple(status for status in get_args(Serostatus) if status != "unknown"),
    "cmv_disease": ("none", *get_args(CmvDisease)),
    "indication": (),
    "standing": get_args(Standing),
    "immunoglobulin": get_args(Immunoglobulin),
}
"""Words that a fact can be; an empty list where any word can stand, because a ward's own regimen may bring it."""

FACT_NAMES: tuple[str, ...] = EligibilityFacts.__struct_fields__

_INFECTION = N_("kind, site and severity of every infection")
_NAMES: dict[str, str] = {
    "age": N_("birth date"),
    "transplant_day": N_("transplant date"),
    "transplant_kind": N_("kind of transplant"),
    "donor_kind": N_("kind of donor"),
    "cmv": N_("recipient's CMV serostatus"),
    "donor_cmv": N_("donor's CMV serostatus"),
    "cmv_disease": N_("whether there is CMV disease, and which"),
    "indication": N_("indication"),
    "standing": N_("standing of the regimen"),
    "immunoglobulin": N_("kind of immunoglobulin"),
    "is_replacement": N_("indication"),
    "is_prophylaxis": N_("indication"),
    "is_against_infection": N_("indication"),
    "is_cmv_treatment": N_("indication"),
    "on_antiviral": N_("antiviral"),
    "igg_g_per_l": N_("IgG level"),
    "igg_age_days": N_("IgG level with its date"),
    "igg_soon_after_immunoglobulin": N_("date of the last immunoglobulin before the IgG sample"),
    "igg_without_paraprotein_g_per_l": N_("IgG level without paraprotein"),
    "igg_before_transplant_g_per_l": N_("IgG level from before the transplant"),
    "igg_was_low_before_transplant": N_("IgG level from before the transplant"),
    "igg_below_lower_limit": N_("whether IgG is below the laboratory's lower limit for the age"),
    "chronic_gvhd": N_("whether there is chronic GVHD"),
    "gvhd_on_immunosuppression": N_("whether there is GVHD on immunosuppression"),
    "b_cell_deficiency": N_("whether the transplant was for a B-cell deficiency"),
    "had_infection": N_("whether there was an infection"),
    "had_bacteraemia": _INFECTION,
    "had_severe_infection": _INFECTION,
    "had_recurrent_sinopulmonary_infection": _INFECTION,
    "had_severe_or_recurrent_infection": _INFECTION,
    "had_severe_or_recurrent_bacterial_infection": _INFECTION,
    "had_life_threatening_infection": _INFECTION,
    "had_serious_infections": _INFECTION,
    "antimicrobials_ineffective": N_("whether antimicrobial treatment was ineffective"),
    "antibody_failure": N_("response to pneumococcal vaccines"),
    "cause_not_reversible": N_("whether the cause of the deficiency can be reversed"),
    "infections_despite_antibiotics": N_("whether infections went on through 6 months of antibiotics"),
    "vaccine_challenge_failed": N_("result of a polysaccharide vaccine challenge"),
    "vaccine_challenge_inappropriate": N_("whether a vaccine challenge is inappropriate"),
}

_QUESTIONS: dict[str, str] = {
    "igg_below_lower_limit": N_("Is IgG below the laboratory's lower limit for the age?"),
    "antimicrobials_ineffective": N_("Was antimicrobial treatment ineffective?"),
    "antibody_failure": N_("Did IgG against pneumococcal vaccines rise less than twofold?"),
    "cause_not_reversible": N_("Is the cause of the antibody deficiency irreversible?"),
    "infections_despite_antibiotics": N_("Did infections go on through about 6 months of continuous oral antibiotics?"),
    "vaccine_challenge_failed": N_("Did a polysaccharide vaccine challenge fail?"),
    "vaccine_challenge_inappropriate": N_("Is a polysaccharide vaccine challenge inappropriate?"),
}


def kind_of(fact: str) -> FactKind:
    """Return what can be compared with the fact."""
    return "number" if fact in _NUMBERS else "word" if fact in WORDS else "yes-no"


def fact_name(fact: str) -> Message:
    """Return what would have to be known for this fact, in words."""
    return message(_NAMES[fact])


def question(fact: str) -> Message:
    """Return a fact of `STATED` as what the prescriber is asked: yes when it is so."""
    return message(_QUESTIONS[fact])
