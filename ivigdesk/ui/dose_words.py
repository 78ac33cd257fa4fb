"""Amounts, vials, rates and side effects in words, shared by the day's list, the course and the bedside.

It stands apart from their pages, so that Today opens without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ivigdesk.clinical.doses.dosing import VialCount
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.units import grams
from ivigdesk.wording import NO_BREAK, Wording


def dose_grams(wording: Wording, mg: int) -> str:
    """Return `12.5 g`."""
    return wording.amount(grams(mg), "g")


def volume_text(wording: Wording, volume_ml: Decimal) -> str:
    """Return `250 mL`."""
    return wording.amount(volume_ml, "mL")


def vials_text(wording: Wording, vials: Sequence[VialCount]) -> str:
    """Return `2 × 10 g + 1 × 2.5 g`."""
    return " + ".join(f"{vial.count}{NO_BREAK}×{NO_BREAK}{dose_grams(wording, vial.mg)}" for vial in vials)


def vials_in_short(wording: Wording, vials: Sequence[VialCount]) -> str:
    """Return `4 × 2.5 g` or `30 + 20 + 3 × 1 g`, for a narrow column."""
    parts = [
        f"{vial.count}{NO_BREAK}×{NO_BREAK}{wording.number(grams(vial.mg))}"
        if vial.count > 1 or len(vials) == 1
        else wording.number(grams(vial.mg))
        for vial in vials
    ]
    return f"{' + '.join(parts)}{NO_BREAK}g"


def taken_from(wording: Wording, volume_ml: Decimal, vials: Sequence[VialCount], *, short: bool = False) -> str:
    """Return what a dose of `volume_ml` is taken from: `5 × 2.5 g`, or `from 1 × 2.5 g (discard 31.4 mL)`.

    SAFETY: part of a vial never reads as if it were the whole of it.
    """
    text = (vials_in_short if short else vials_text)(wording, vials)
    rest = sum((vial.ml * vial.count for vial in vials), Decimal(0)) - volume_ml
    if rest <= 0:
        return text
    return wording.gettext("from {vials} (discard {rest})").format(vials=text, rest=volume_text(wording, rest))


def made_of(wording: Wording, volume_ml: Decimal, vials: Sequence[VialCount]) -> str:
    """Return `250 mL = 5 × 2.5 g`, or `18.6 mL from 1 × 2.5 g (discard 31.4 mL)`."""
    is_whole = sum(vial.ml * vial.count for vial in vials) <= volume_ml
    between = " = " if is_whole else " "
    return f"{volume_text(wording, volume_ml)}{between}{taken_from(wording, volume_ml, vials)}"


def dose_made_of(wording: Wording, mg: int, volume_ml: Decimal, vials: Sequence[VialCount]) -> str:
    """Return `12.5 g = 250 mL = 5 × 2.5 g`, or `0.93 g = 18.6 mL from 1 × 2.5 g (discard 31.4 mL)`."""
    return f"{dose_grams(wording, mg)} = {made_of(wording, volume_ml, vials)}"


def rate_text(wording: Wording, ml_per_h: Decimal) -> str:
    """Return `85 mL/h`."""
    return wording.amount(ml_per_h, "mL/h")


def effect_text(wording: Wording, name: str, effect: SideEffect) -> str:
    """Return `Flushing, grade 1, 30 min after the start at 51 mL/h`."""
    _ = wording.gettext
    if effect.minutes_from_start is None:
        text = _("{name}, grade {grade}, {moment}")
    elif effect.ml_per_h is None:
        text = _("{name}, grade {grade}, {time} after the start")
    else:
        text = _("{name}, grade {grade}, {time} after the start at {rate}")
    return text.format(
        name=name,
        grade=effect.grade,
        moment=wording.moment(effect.onset_at),
        time=wording.duration(effect.minutes_from_start or 0),
        rate=rate_text(wording, effect.ml_per_h or Decimal(0)),
    )


def effect_in_short(wording: Wording, name: str, effect: SideEffect) -> str:
    """Return `Headache, grade 1`."""
    return wording.gettext("{name}, grade {grade}").format(name=name, grade=effect.grade)


def reason_text(wording: Wording, reason: str, effects: Iterable[SideEffect]) -> str:
    """Return the reason of a hold as its reader says it, as paper does."""
    from ivigdesk.sheets import words  # late: Today opens without paper

    return words.reason(reason, effects, wording)
