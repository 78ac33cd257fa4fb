"""What the prescriber picks where a source leaves something open, read on the page and on the command line alike."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.scheduling.choices import Choice, Open, OpenChoice, open_choices
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.units import exact

_PICKED: dict[Open, str] = {
    "first_day": "weekly_from",
    "last_day": "last_day",
    "every_days": "every_days",
    "doses": "doses",
    "mg_per_kg": "mg_per_kg",
}
"""Field of the form for each value that a source may leave open."""

_NAMES: dict[Open, str] = {
    "first_day": N_("First day of the phase"),
    "last_day": N_("Last day"),
    "every_days": N_("Days between doses"),
    "doses": N_("Number of doses"),
    "mg_per_kg": N_("Dose per kilogram"),
}


def open_choice(regimen: Regimen) -> tuple[int, tuple[int, ...]] | None:
    """Return the phase (index from 0) whose first day the source leaves open, with the days; None for none."""
    for index, phase in enumerate(regimen.phases):
        if phase.first_day_choices:
            return index, phase.first_day_choices
    return None


class Picks(Record, frozen=True):
    """What was typed for the values that a source may leave open; empty keeps the source's own.

    Attributes:
        weekly_from: first day of a phase.
        last_day, every_days, doses: days and numbers.
        mg_per_kg: a dose inside the source's range.
    """

    weekly_from: str = ""
    last_day: str = ""
    every_days: str = ""
    doses: str = ""
    mg_per_kg: str = ""


def read_choices(regimen: Regimen, picks: Picks) -> tuple[Choice, ...]:
    """Return the prescriber's picks, in the order of the phases; nothing typed picks nothing.

    A dose per kilogram is a pick only where the source gives a range; see `read_prescribed` for where it gives none.
    SAFETY: where the source states one dose, another one is refused, never passed over.

    Raises:
        UserMistake: this regimen leaves nothing of the kind open, or not this value.
    """
    found = open_choices(regimen)
    choices: list[Choice] = []
    for what, field in _PICKED.items():
        text = getattr(picks, field).strip()
        offered = [choice for choice in found if choice.what == what]
        if not text or (what == "mg_per_kg" and _states_no_dose(regimen)):
            continue
        if not offered:
            raise UserMistake(
                field,
                message(N_("{name}: this regimen leaves nothing open here; leave the field empty."), name=_name(what)),
            )
        choices += [Choice(phase=one.phase, what=what, value=_picked(one, field, text)) for one in offered]
    return tuple(sorted(choices, key=lambda choice: choice.phase))


def _states_no_dose(regimen: Regimen) -> bool:
    return any(dose.mg_per_kg is None for dose in regimen.doses)


def _picked(choice: OpenChoice, field: str, text: str) -> Decimal:
    number = exact(text)
    allowed: Message | tuple[Decimal, ...] = choice.allowed
    if choice.least is not None and choice.most is not None:
        allowed = message(N_("{least} to {most}"), least=choice.least, most=choice.most)
        is_allowed = number is not None and choice.least <= number <= choice.most
    else:
        is_allowed = number in choice.allowed
    if number is not None and is_allowed:
        return number
    raise UserMistake(
        field,
        message(
            N_("{name}: “{value}” cannot be picked. The source allows: {allowed}."),
            name=_name(choice.what),
            value=text,
            allowed=allowed,
        ),
    )


def _name(what: Open) -> Message:
    return message(_NAMES[what])
