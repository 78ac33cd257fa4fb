"""What a source leaves open, what the prescriber picked, and the regimen with the picks made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Record, Text, message
from ivigdesk.scheduling.regimen import Phase, Regimen

Open = Literal["first_day", "last_day", "every_days", "doses", "mg_per_kg"]
_WHOLE: tuple[Literal["first_day", "last_day", "every_days", "doses"], ...] = (
    "first_day",
    "last_day",
    "every_days",
    "doses",
)
"""The values that are picked from a list; the phase's key `<what>_choices` holds it."""


class Choice(Record, frozen=True):
    """One pick of the prescriber.

    Attributes:
        phase: index of the phase, from 0.
        what: which of its values.
        value: the value picked, in the unit of the phase's key.
    """

    phase: int
    what: Open
    value: Decimal


class OpenChoice(Record, frozen=True):
    """One value that the source leaves open: a list of values, or a range.

    Attributes:
        phase: index of the phase, from 0.
        phase_name: the phase's name.
        what: which of its values.
        default: the phase's own value, which holds as long as nothing is picked.
        allowed: the values that may be picked, ascending; empty for a range.
        least, most: both ends of a range, included; None for a list of values.
    """

    phase: int
    phase_name: Text
    what: Open
    default: Decimal
    allowed: tuple[Decimal, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None


def open_choices(regimen: Regimen) -> tuple[OpenChoice, ...]:
    """Return what the prescriber may pick, in order of the phases; empty when the source leaves nothing open."""
    return tuple(choice for index, phase in enumerate(regimen.phases) for choice in _open_in(index, phase))


def choose(regimen: Regimen, choices: Sequence[Choice]) -> Regimen:
    """Return the regimen with the picks made.

    What was not picked keeps the phase's own value. The lists and ranges stay, so that screen and paper can say what
    was open. Naming a phase's own value is no mistake, even where nothing is open.

    Args:
        regimen: a checked regimen.
        choices: at most one for each value of a phase.

    Raises:
        UserMistake: for the field named by the choice's `what`: the value cannot be picked.
        ValueError: one value is picked twice.
    """
    if len({(choice.phase, choice.what) for choice in choices}) < len(choices):
        raise ValueError("a value is picked twice")
    phases = list(regimen.phases)
    for choice in choices:
        if not 0 <= choice.phase < len(phases):
            raise UserMistake(
                choice.what,
                message(
                    N_("“{value}” cannot be picked: this regimen has no phase number {number}."),
                    value=choice.value,
                    number=choice.phase + 1,
                ),
            )
        _check(phases[choice.phase], choice)
        value = choice.value if choice.what == "mg_per_kg" else int(choice.value)
        phases[choice.phase] = msgspec.structs.replace(phases[choice.phase], **{choice.what: value})
    return msgspec.structs.replace(regimen, phases=tuple(phases)) if choices else regimen


def allowed_values(phase: Phase, what: Literal["first_day", "last_day", "every_days", "doses"]) -> tuple[int, ...]:
    """Return every value that the key of a phase may take: its choices, or its own; empty when it has none."""
    listed: tuple[int, ...] = getattr(phase, f"{what}_choices")
    own: int | None = getattr(phase, what)
    return listed or (() if own is None else (own,))


def _open_in(index: int, phase: Phase) -> Iterator[OpenChoice]:
    for what in _WHOLE:
        allowed = allowed_values(phase, what)
        if len(allowed) > 1:
            yield OpenChoice(
                phase=index,
                phase_name=phase.name,
                what=what,
                default=Decimal(getattr(phase, what)),
                allowed=tuple(Decimal(value) for value in allowed),
            )
    if phase.mg_per_kg_range is not None and phase.mg_per_kg is not None:
        least, most = phase.mg_per_kg_range
        yield OpenChoice(
            phase=index, phase_name=phase.name, what="mg_per_kg", default=phase.mg_per_kg, least=least, most=most
        )


def _check(phase: Phase, choice: Choice) -> None:
    if choice.what == "mg_per_kg":
        _check_amount(phase, choice.value)
        return
    allowed = allowed_values(phase, choice.what)
    # A signalling NaN cannot even be compared: what is no number at all goes first.
    if choice.value.is_finite() and choice.value in allowed:
        return
    if not allowed:
        raise _not_open(phase, choice)
    raise UserMistake(
        choice.what, message(_REFUSALS[choice.what], phase=phase.name, value=choice.value, allowed=allowed)
    )


def _check_amount(phase: Phase, value: Decimal) -> None:
    if phase.mg_per_kg is None:
        raise _not_open(phase, Choice(phase=0, what="mg_per_kg", value=value))
    least, most = phase.mg_per_kg_range or (phase.mg_per_kg, phase.mg_per_kg)
    if value.is_finite() and least <= value <= most:
        return
    if least == most:
        sentence = message(
            N_("“{phase}” cannot have {value} mg/kg. Allowed: {allowed} mg/kg."),
            phase=phase.name,
            value=value,
            allowed=least,
        )
    else:
        sentence = message(
            N_("“{phase}” cannot have {value} mg/kg. Allowed: from {least} to {most} mg/kg."),
            phase=phase.name,
            value=value,
            least=least,
            most=most,
        )
    raise UserMistake("mg_per_kg", sentence)


def _not_open(phase: Phase, choice: Choice) -> UserMistake:
    return UserMistake(
        choice.what,
        message(
            N_("“{value}” cannot be picked for “{phase}”: there is nothing to pick."),
            value=choice.value,
            phase=phase.name,
        ),
    )


_REFUSALS = {
    "first_day": N_("“{phase}” cannot start on day {value}. Allowed: {allowed}."),
    "last_day": N_("“{phase}” cannot end on day {value}. Allowed: {allowed}."),
    "every_days": N_("“{phase}” cannot be given every {value} days. Allowed: {allowed}."),
    "doses": N_("“{phase}” cannot have {value} doses. Allowed: {allowed}."),
}
