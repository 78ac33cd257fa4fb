"""How the planning fields are read, on the page and on the command line alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import cast, get_args

from ivigdesk.actions.words import read_date
from ivigdesk.clinical.dosing import Rounding, WeightPolicy
from ivigdesk.clinical.patient import Sex
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.units import read_number

_SEXES: dict[str, Sex] = {"": "unknown", "f": "female", "m": "male", "female": "female", "male": "male"}


def open_choice(regimen: Regimen) -> tuple[int, tuple[int, ...]] | None:
    """Return the phase (index from 0) whose first day the source leaves open, with the days; None for none."""
    for index, phase in enumerate(regimen.phases):
        if phase.first_day_choices:
            return index, phase.first_day_choices
    return None


def read_first_days(regimen: Regimen, weekly_from: str) -> tuple[tuple[int, int], ...]:
    """Return the prescriber's choice of a phase's first day as (phase index, day) pairs; empty for the default.

    Raises:
        UserMistake: the regimen leaves nothing open, or not this day.
    """
    text = weekly_from.strip()
    choice = open_choice(regimen)
    if not text:
        return ()
    if choice is None:
        raise UserMistake(
            "weekly_from",
            message(N_("Weekly doses from: this regimen leaves no first day open; leave the field empty.")),
        )
    if not text.isascii() or not text.isdigit() or int(text) not in choice[1]:
        raise UserMistake(
            "weekly_from",
            message(
                N_("Weekly doses from: “{value}” is no day that the source leaves open. Allowed: {allowed}."),
                value=text,
                allowed=choice[1],
            ),
        )
    return ((choice[0], int(text)),)


def read_policy(text: str, regimen: Regimen) -> WeightPolicy:
    """Return the policy of the dosing weight; the regimen's own for an empty text.

    Raises:
        UserMistake: there is no such policy.
    """
    value = text.strip() or regimen.weight_policy
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
