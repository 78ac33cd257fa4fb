"""What makes one phase or one listed dose usable: its amount, its interval, its end, and what may be picked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ivigdesk.messages import N_, message
from ivigdesk.scheduling.choices import allowed_values
from ivigdesk.scheduling.regimen import ListedDose, Phase, Regimen
from ivigdesk.scheduling.regimen_fault import Fault, ascending_faults, number_faults, unusable

LEAST_MG_PER_KG = Decimal("0.001")
MOST_MG_PER_KG = Decimal(3000)
MOST_ML_PER_KG = Decimal(30)
"""Volume of the largest dose at the strength of 100 g/L, in which 1 mL holds 100 mg."""
MOST_DOSES = 400
MOST_INTERVAL_DAYS = 366
MOST_CHOICES = 14
FIRST_TRANSPLANT_DAY = -365
LAST_DAY = 3650

_ENDS = ("for_days", "doses", "last_day")
_AMOUNTS = ("mg_per_kg", "ml_per_kg", "divided_mg_per_kg")


def is_open_ended(phase: Phase) -> bool:
    """Return whether the phase has no end of its own."""
    return all(getattr(phase, key) is None for key in _ENDS)


def phase_faults(regimen: Regimen, phase: Phase, path: str, *, is_last: bool) -> Iterator[Fault]:
    """Yield what is wrong with a phase, first the plain faults: each check may rely on those before it."""
    yield from _amounts_of_phase(regimen, phase, path)
    yield from number_faults(f"{path}.every_days", phase.every_days, 1, MOST_INTERVAL_DAYS)
    yield from _choice_faults(phase, path, "every_days", 1, MOST_INTERVAL_DAYS)
    shortest = min(allowed_values(phase, "every_days"))
    yield from number_faults(f"{path}.tolerance_days", phase.tolerance_days, 0, shortest - 1)
    yield from _also_after_faults(phase, path, shortest)
    least = _first_possible_day(regimen)
    yield from number_faults(f"{path}.first_day", phase.first_day, least, LAST_DAY)
    yield from _choice_faults(phase, path, "first_day", least, LAST_DAY)
    yield from _end_faults(regimen, phase, path, is_last)
    yield from _division_faults(regimen, phase, path)


def listed_dose_faults(regimen: Regimen, dose: ListedDose, path: str) -> Iterator[Fault]:
    """Yield what is wrong with one listed dose."""
    yield from number_faults(f"{path}.day", dose.day, _first_possible_day(regimen), LAST_DAY)
    if dose.mg_per_kg is not None:
        yield from amount_faults(f"{path}.mg_per_kg", dose.mg_per_kg, _most_mg_per_kg(regimen))


def amount_faults(key: str, amount: Decimal, most: Decimal, least: Decimal = LEAST_MG_PER_KG) -> Iterator[Fault]:
    """Yield what is wrong with an amount in milligrams per kilogram."""
    if not amount.is_finite() or not least <= amount <= most:
        yield unusable(
            key,
            str(amount),
            message(N_("a number from {least} to {most}; 150 stands for 150 mg/kg"), least=least, most=most),
        )


def _amounts_of_phase(regimen: Regimen, phase: Phase, path: str) -> Iterator[Fault]:
    most = _most_mg_per_kg(regimen)
    given = [key for key in _AMOUNTS if getattr(phase, key) is not None]
    one_amount = message(N_("exactly one of mg_per_kg, ml_per_kg and divided_mg_per_kg"))
    if not given:
        yield Fault(f"{path}.mg_per_kg", message(N_("The phase has no amount.")), one_amount)
    if len(given) > 1:
        yield Fault(f"{path}.{given[1]}", message(N_("The phase has more than one amount.")), one_amount)
    if phase.ml_per_kg is not None and not (
        phase.ml_per_kg.is_finite() and LEAST_MG_PER_KG <= phase.ml_per_kg <= MOST_ML_PER_KG
    ):
        yield unusable(
            f"{path}.ml_per_kg",
            str(phase.ml_per_kg),
            message(N_("a number from {least} to {most}, in mL/kg"), least=LEAST_MG_PER_KG, most=MOST_ML_PER_KG),
        )
    if phase.divided_mg_per_kg is not None:
        yield from amount_faults(f"{path}.divided_mg_per_kg", phase.divided_mg_per_kg, MOST_MG_PER_KG)
    ends = phase.mg_per_kg_range
    if ends is not None:
        for index, end in enumerate(ends):
            yield from amount_faults(f"{path}.mg_per_kg_range[{index}]", end, most)
        if ends[0] >= ends[1]:
            yield Fault(
                f"{path}.mg_per_kg_range",
                message(N_("The range goes from {least} to {most}."), least=ends[0], most=ends[1]),
                message(N_("the smaller amount first, then a larger one")),
            )
        if phase.mg_per_kg is None:
            yield Fault(
                f"{path}.mg_per_kg_range",
                message(N_("The phase has a range, but no amount to propose.")),
                message(N_("mg_per_kg beside it, within the range")),
            )
    if phase.mg_per_kg is not None:
        least, most = ends or (LEAST_MG_PER_KG, most)
        yield from amount_faults(f"{path}.mg_per_kg", phase.mg_per_kg, most, least)


def _also_after_faults(phase: Phase, path: str, shortest_interval: int) -> Iterator[Fault]:
    for index, days in enumerate(phase.also_after_days):
        key = f"{path}.also_after_days[{index}]"
        if not 1 <= days < shortest_interval:
            yield unusable(
                key,
                days,
                message(N_("a number of days from 1 up, and below every_days, {every}"), every=shortest_interval),
            )
    yield from ascending_faults(f"{path}.also_after_days", phase.also_after_days)


def _choice_faults(
    phase: Phase,
    path: str,
    what: Literal["first_day", "last_day", "every_days", "doses"],
    least: int,
    most: int,
) -> Iterator[Fault]:
    """Yield what is wrong with the values that may be picked for a key; the key's own must be one of them."""
    own: int | None = getattr(phase, what)
    listed: tuple[int, ...] = getattr(phase, f"{what}_choices")
    if not listed:
        return
    key = f"{path}.{what}_choices"
    if own is None:
        yield Fault(
            key,
            message(N_("There are values to pick from, but none to propose.")),
            message(N_("{what} beside it, one of them"), what=what),
        )
    if len(listed) > MOST_CHOICES:
        yield unusable(key, len(listed), message(N_("up to {most} values"), most=MOST_CHOICES))
    for index, number in enumerate(listed):
        yield from number_faults(f"{key}[{index}]", number, least, most)
    yield from ascending_faults(key, listed)
    if own not in listed:
        yield unusable(f"{path}.{what}", own, listed)


def _end_faults(regimen: Regimen, phase: Phase, path: str, is_last: bool) -> Iterator[Fault]:
    given = [key for key in _ENDS if getattr(phase, key) is not None]
    one_end = message(N_("exactly one of for_days, doses and last_day"))
    if len(given) > 1:
        yield Fault(f"{path}.{given[1]}", message(N_("The phase has more than one end.")), one_end)
    if phase.for_days is not None:
        yield from number_faults(f"{path}.for_days", phase.for_days, 1, LAST_DAY)
    if phase.doses is not None:
        yield from number_faults(f"{path}.doses", phase.doses, 1, MOST_DOSES)
    yield from _choice_faults(phase, path, "doses", 1, MOST_DOSES)
    latest_start = max(allowed_values(phase, "first_day"))
    if phase.last_day is not None:
        yield from number_faults(f"{path}.last_day", phase.last_day, latest_start, LAST_DAY)
    yield from _choice_faults(phase, path, "last_day", latest_start, LAST_DAY)
    if not given and (not is_last or regimen.review_after_doses is None):
        yield Fault(
            f"{path}.doses",
            message(N_("The phase has no end.")),
            message(N_("exactly one of for_days, doses and last_day; or, for the last phase, review_after_doses")),
        )


def _division_faults(regimen: Regimen, phase: Phase, path: str) -> Iterator[Fault]:
    """Yield what is wrong with an amount that the doses divide: it needs their number, and no remainder."""
    whole = phase.divided_mg_per_kg
    if whole is None:
        return
    if phase.doses is None:
        yield Fault(
            f"{path}.divided_mg_per_kg",
            message(N_("An amount is divided, but by no number of doses.")),
            message(N_("doses beside it")),
        )
    listed = bool(phase.doses_choices)
    for index, doses in enumerate(allowed_values(phase, "doses")):
        # 2000 mg/kg by 3 is 666.67: the doses would not add up to what the source says.
        if Fraction(whole / doses) * doses != Fraction(whole):
            yield unusable(
                f"{path}.doses_choices[{index}]" if listed else f"{path}.doses",
                doses,
                message(N_("a number of doses that divides {whole} without remainder"), whole=whole),
            )
        yield from amount_faults(f"{path}.divided_mg_per_kg", whole / doses, _most_mg_per_kg(regimen))


def _first_possible_day(regimen: Regimen) -> int:
    return 1 if regimen.anchor == "first-dose" else FIRST_TRANSPLANT_DAY


def _most_mg_per_kg(regimen: Regimen) -> Decimal:
    return MOST_MG_PER_KG if regimen.max_mg_per_kg is None else regimen.max_mg_per_kg
