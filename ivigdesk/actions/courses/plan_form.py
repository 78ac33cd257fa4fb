"""How the planning fields are read, on the page and on the command line alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import cast, get_args
from uuid import UUID

from ivigdesk.actions.courses.plan_picks import Picks as Picks  # page and command line read every field from this room
from ivigdesk.actions.courses.plan_picks import open_choice as open_choice
from ivigdesk.actions.courses.plan_picks import read_choices as read_choices
from ivigdesk.actions.words import read_date
from ivigdesk.clinical.doses.dosing import Rounding, WeightPolicy
from ivigdesk.clinical.eligibility.asked import STATED
from ivigdesk.clinical.eligibility.criteria import PROFILE_IDS, ProfileId
from ivigdesk.clinical.patients.known import Stated
from ivigdesk.clinical.patients.patient import Sex
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Record, message
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.units import read_number

_ANSWERS = ("yes", "no")
_SEXES: dict[str, Sex] = {"": "unknown", "f": "female", "m": "male", "female": "female", "male": "male"}


class PlanForm(Record, frozen=True):
    """What is typed on the planning page, as text; empty fields fall back to what is known of the patient.

    Attributes:
        patient_id: whose course.
        regimen_id, product_id: ids of the library.
        first_on: date of the first dose; `t` is today. For a transplant-anchored regimen it leaves out earlier
            doses and may be empty.
        weekly_from: chosen first day of the phase whose source leaves it open; empty for the regimen's own.
        last_day, every_days, doses: chosen where the source leaves them open; empty for the regimen's own.
        weight: kilograms measured on `weighed_on`; empty for the patient's last weight.
        height: centimetres; empty for the patient's.
        policy: of the dosing weight; empty for the proposed one.
        policy_reason: why another policy than the proposed one; empty otherwise.
        rounding: empty for the nearest vials; anything else is a choice that the ±10 % rule accepts.
        mg_per_kg: the prescriber's dose where the source states none, or a pick inside the source's range.
        antiviral, prescriber: words.
        include_optional: also the doses that the source calls optional.
        profile: criteria that every dose is looked at with; empty for the ward's.
        approved_g: grams that somebody approved for the whole course; empty for no approval.
        approved_until: last day that the approval covers; empty where it has no end.
        stated: what the prescriber answers for the criteria, as (fact, `yes` or `no`) pairs; no pair: not known.
    """

    patient_id: UUID
    regimen_id: str
    product_id: str
    first_on: str = "t"
    weekly_from: str = ""
    weight: str = ""
    weighed_on: str = ""
    height: str = ""
    policy: str = ""
    rounding: str = ""
    mg_per_kg: str = ""
    antiviral: str = ""
    prescriber: str = ""
    include_optional: bool = False
    last_day: str = ""
    every_days: str = ""
    doses: str = ""
    policy_reason: str = ""
    profile: str = ""
    approved_g: str = ""
    approved_until: str = ""
    stated: tuple[tuple[str, str], ...] = ()


def proposed_policy(regimen: Regimen, of_ward: WeightPolicy) -> WeightPolicy:
    """Return the weight policy that is proposed: the regimen's own, else the ward's.

    A regimen that says `actual` says nothing of its own: that is what every source means that speaks of no other.
    """
    own = cast(WeightPolicy, regimen.weight_policy)
    return of_ward if own == "actual" else own


def read_profile(text: str, of_ward: ProfileId) -> ProfileId:
    """Return the criteria that doses are looked at with; the ward's for an empty text.

    Raises:
        UserMistake: there are no such criteria.
    """
    value = text.strip()
    if not value:
        return of_ward
    for profile in PROFILE_IDS:
        if profile == value:
            return profile
    raise UserMistake(
        "profile",
        message(
            N_("{name}: “{value}” is not known. Allowed: {allowed}."),
            name=message(N_("Criteria")),
            value=value,
            allowed=PROFILE_IDS,
        ),
    )


def read_stated(pairs: Sequence[tuple[str, str]]) -> tuple[Stated, ...]:
    """Return what the prescriber answers for the criteria, from (fact, `yes` or `no`) pairs.

    Raises:
        UserMistake: no criteria ask this, the answer is another word, or one fact has two answers.
    """
    answers: dict[str, Stated] = {}
    for fact, answer in ((fact.strip().casefold(), answer.strip().casefold()) for fact, answer in pairs):
        _must_be_one_of(fact, STATED)
        _must_be_one_of(answer, _ANSWERS)
        one = Stated(fact=fact, is_so=answer == "yes")
        if answers.setdefault(fact, one) != one:
            raise UserMistake(
                "stated",
                message(
                    N_("{name}: “{value}” is answered both yes and no. State it once."),
                    name=message(N_("Stated")),
                    value=fact,
                ),
            )
    return tuple(answers.values())


def _must_be_one_of(value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise UserMistake(
            "stated",
            message(
                N_("{name}: “{value}” is not known. Allowed: {allowed}."),
                name=message(N_("Stated")),
                value=value,
                allowed=tuple(allowed),
            ),
        )


def read_policy(text: str, regimen: Regimen, of_ward: WeightPolicy = "actual") -> WeightPolicy:
    """Return the policy of the dosing weight; the proposed one for an empty text.

    Raises:
        UserMistake: there is no such policy.
    """
    value = text.strip() or proposed_policy(regimen, of_ward)
    if value not in get_args(WeightPolicy):
        raise UserMistake(
            "policy",
            message(
                N_("{name}: “{value}” is not known. Allowed: {allowed}."),
                name=message(N_("Dosing weight")),
                value=value,
                allowed=get_args(WeightPolicy),
            ),
        )
    return cast(WeightPolicy, value)


def read_rounding(text: str) -> tuple[Rounding, bool]:
    """Return the rounding and whether a person chose it; the nearest vials for an empty text.

    Raises:
        UserMistake: there is no such rounding.
    """
    value = text.strip()
    if not value:
        return "nearest", False
    if value not in get_args(Rounding):
        raise UserMistake(
            "rounding",
            message(
                N_("{name}: “{value}” is not known. Allowed: {allowed}."),
                name=message(N_("Rounding")),
                value=value,
                allowed=get_args(Rounding),
            ),
        )
    return cast(Rounding, value), True


def read_first_date(text: str, regimen: Regimen, now: date) -> date | None:
    """Return the date of the first dose; None when a transplant-anchored regimen needs none.

    Raises:
        UserMistake: no date, or one that does not exist.
    """
    if not text.strip() and regimen.anchor == "transplant":
        return None
    return read_date(text, field="first_on", name=message(N_("First dose")), base=now)


def read_prescribed(text: str) -> Decimal | None:
    """Return the prescriber's dose per kilogram, for a regimen whose source states none; None for an empty text.

    Raises:
        UserMistake: no plain number, or not a dose that anybody gives.
    """
    if not text.strip():
        return None
    name = message(N_("Dose per kilogram"))
    return read_number(text, field="mg_per_kg", name=name, least=Decimal(10), most=Decimal(2000), unit="mg/kg")


def read_sex(text: str) -> Sex:
    """Return the sex written as `f`, `m`, `female` or `male`; unknown for an empty text.

    Raises:
        UserMistake: anything else.
    """
    value = text.strip().casefold()
    if value not in _SEXES:
        raise UserMistake(
            "sex",
            message(
                N_("{name}: “{value}” is not known. Allowed: {allowed}."),
                name=message(N_("Sex")),
                value=text.strip(),
                allowed="f, m",
            ),
        )
    return _SEXES[value]
