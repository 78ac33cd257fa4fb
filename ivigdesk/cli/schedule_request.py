"""What `schedule` is told on its line, read into a request; everything else stays not known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar, cast, get_args

import msgspec

from ivigdesk.actions.courses.plan_form import (
    Picks,
    read_choices,
    read_first_date,
    read_policy,
    read_prescribed,
    read_profile,
    read_rounding,
    read_sex,
    read_stated,
)
from ivigdesk.actions.library.files import Library
from ivigdesk.actions.words import one_line, read_date
from ivigdesk.cli.plan_options import stated_pairs
from ivigdesk.clinical.courses.planning import PlanRequest
from ivigdesk.clinical.eligibility.facts import is_cmv_treatment
from ivigdesk.clinical.patients.conditions import CONDITIONS, Condition
from ivigdesk.clinical.patients.event_words import cmv_words
from ivigdesk.clinical.patients.events import CmvDisease
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clinical.patients.measurements import read_height, read_igg, read_weight
from ivigdesk.clinical.patients.patient import BloodGroup, DonorKind, Risk, Serostatus, TransplantKind
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, message
from ivigdesk.scheduling.regimen import Regimen

CMV_DISEASES: tuple[str, ...] = ("none", *get_args(CmvDisease))
_AS_THE_REGIMEN_SAYS: CmvDisease = "pneumonia-probable"

_Word = TypeVar("_Word", bound=str)


class Told(msgspec.Struct, frozen=True):
    """A request, and what nobody said but the regimen implies.

    Attributes:
        request: what the course is computed from.
        assumed: sentences for the reader.
    """

    request: PlanRequest
    assumed: tuple[Message, ...]


def read_request(library: Library, typed: dict[str, Any], now: date) -> Told:
    """Return the request that the line asks for.

    Args:
        library: where regimen, product and criteria are looked up.
        typed: the options by name, as typed; flags as truth values, repeatable ones as tuples.
        now: today, for dates such as `+3`.

    Raises:
        UserMistake: a value that cannot be taken.
        KnownError: regimen, product or criteria are not in the library.
    """
    regimen = library.regimen(typed["regimen"])
    rounding, chosen = read_rounding(typed["rounding"])
    first_on = read_first_date(typed["start"], regimen, now)
    birth_on = _day(typed["birth"], "birth_on", N_("Birth date"), now)
    transplant_on = _day(typed["transplant"], "transplant_on", N_("Transplant date"), now)
    weighed_on = _day(typed["weighed_on"], "weighed_on", N_("Weighed on"), now)
    _not_before_birth("first_on", N_("First dose"), first_on, birth_on)
    _not_before_birth("transplant_on", N_("Transplant date"), transplant_on, birth_on)
    _not_before_birth("weighed_on", N_("Weighed on"), weighed_on, birth_on)
    _weighed_by(first_on, weighed_on)
    known, assumed = _known(typed, regimen)
    request = PlanRequest(
        regimen=regimen,
        product=library.product(typed["product"]),
        first_on=first_on,
        transplant_on=transplant_on,
        weight_g=read_weight(typed["weight"]),
        weighed_on=weighed_on,
        height_mm=read_height(typed["height"]) if typed["height"].strip() else None,
        sex=read_sex(typed["sex"]),
        birth_on=birth_on,
        pregnant=typed["pregnant"],
        policy=read_policy(typed["policy"], regimen),
        choices=read_choices(
            regimen,
            Picks(
                weekly_from=typed["weekly_from"],
                last_day=typed["last_day"],
                every_days=typed["every_days"],
                doses=typed["doses"],
                mg_per_kg=typed["mg_per_kg"],
            ),
        ),
        rounding=rounding,
        rounding_chosen=chosen,
        first_infusion=typed["first_infusion"],
        antiviral=one_line(typed["antiviral"], field="antiviral", name=message(N_("Antiviral")), most=100),
        blood_group=_word(typed["blood_group"], get_args(BloodGroup), "blood_group", N_("Blood group")),
        donor_blood_group=_word(
            typed["donor_blood_group"], get_args(BloodGroup), "donor_blood_group", N_("Donor's blood group")
        ),
        risks=tuple(_needed(word, get_args(Risk), "risks", N_("Risk")) for word in typed["risk"]),
        igg_g_per_l=read_igg(typed["igg"]) if typed["igg"].strip() else None,
        include_optional=typed["optional"],
        mg_per_kg=read_prescribed(typed["mg_per_kg"]),
        known=known,
        profile=library.profile(read_profile(typed["profile"], "unit")),
    )
    return Told(request, assumed)


def _known(typed: dict[str, Any], regimen: Regimen) -> tuple[KnownFacts, tuple[Message, ...]]:
    disease, assumed = _cmv_disease(typed["cmv_disease"], regimen)
    conditions: tuple[Condition, ...] = tuple(
        _needed(word, CONDITIONS, "conditions", N_("Condition")) for word in typed["condition"]
    )
    known = KnownFacts(
        transplant_kind=_word(
            typed["transplant_kind"], get_args(TransplantKind), "transplant_kind", N_("Kind of transplant")
        ),
        donor_kind=_word(typed["donor_kind"], get_args(DonorKind), "donor_kind", N_("Kind of donor")),
        cmv=_word(typed["cmv"], get_args(Serostatus), "cmv", N_("CMV serostatus")),
        donor_cmv=_word(typed["donor_cmv"], get_args(Serostatus), "donor_cmv", N_("Donor's CMV serostatus")),
        conditions=tuple(dict.fromkeys(conditions)),
        medicines=one_line(typed["medicines"], field="medicines", name=message(N_("Medicines")), most=500),
        cmv_disease=disease,
        stated=read_stated(stated_pairs(typed["stated"])),
    )
    return known, assumed


def _cmv_disease(text: str, regimen: Regimen) -> tuple[CmvDisease | None, tuple[Message, ...]]:
    if text.strip():
        return cast(CmvDisease, _needed(text, CMV_DISEASES, "cmv_disease", N_("CMV disease"))), ()
    if not is_cmv_treatment(regimen):
        return None, ()
    said = message(
        N_("CMV disease was not stated; taken as what the regimen is for: {disease}."),
        disease=cmv_words(_AS_THE_REGIMEN_SAYS),
    )
    return _AS_THE_REGIMEN_SAYS, (said,)


def _word(text: str, allowed: Sequence[_Word], field: str, name: str) -> _Word:
    """Return one of the allowed words; `unknown`, which is one of them, for an empty text."""
    return _needed(text.strip() or "unknown", allowed, field, name)


def _needed(text: str, allowed: Sequence[_Word], field: str, name: str) -> _Word:
    value = text.strip()
    for word in allowed:
        if word.casefold() == value.casefold():
            return word
    raise UserMistake(
        field,
        message(
            N_("{name}: “{value}” is not known. Allowed: {allowed}."),
            name=message(name),
            value=value,
            allowed=", ".join(allowed),
        ),
    )


def _day(text: str, field: str, name: str, now: date) -> date | None:
    return read_date(text, field=field, name=message(name), base=now) if text.strip() else None


def _not_before_birth(field: str, name: str, day: date | None, birth_on: date | None) -> None:
    if birth_on is not None and day is not None and day < birth_on:
        raise UserMistake(
            field,
            message(
                N_("{name}: {value} is before the birth date {birth}."), name=message(name), value=day, birth=birth_on
            ),
        )


def _weighed_by(first_on: date | None, weighed_on: date | None) -> None:
    if first_on is not None and weighed_on is not None and weighed_on > first_on:
        raise UserMistake(
            "weighed_on",
            message(
                N_("{name}: {value} is after the first dose on {first}. Allowed: up to that day."),
                name=message(N_("Weighed on")),
                value=weighed_on,
                first=first_on,
            ),
        )
