"""One rate ladder of a product, read from its row."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import cast, get_args

from ivigdesk.actions.library.files import Library
from ivigdesk.actions.library.own.product_form import LadderRow
from ivigdesk.actions.library.own.reading import Mistakes, needed, read_amounts, read_sources, read_wholes
from ivigdesk.clinical.products.product import RateLadder, RateStep, RateUnit
from ivigdesk.clinical.products.rate_cards import ml_per_h
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Text, message
from ivigdesk.units import rounded

USES = ("any", "first", "later")

_READING = Decimal("0.1")


def read_ladder(
    row: LadderRow, path: str, note: Text | None, library: Library, mistakes: Mistakes
) -> RateLadder | None:
    """Return the ladder that a row says; None when something in it cannot be taken, which `mistakes` then holds."""
    steps = mistakes.take(lambda: _steps(row, path), ())
    sources = mistakes.take(lambda: read_sources(row.source, library, field=f"{path}.source"), ())
    for part, value, allowed in (("use", row.use, USES), ("unit", row.unit, get_args(RateUnit))):
        if value not in allowed:
            mistakes.add(
                f"{path}.{part}",
                message(N_("“{value}” is not known. Allowed: {allowed}."), value=value, allowed=allowed),
            )
    if not steps or not sources:
        return None
    return RateLadder(
        use=row.use,  # type: ignore[arg-type]
        unit=cast(RateUnit, row.unit),
        steps=steps,
        source="; ".join(sources),
        indication=row.indication,
        note=note,
    )


def example_rates(row: LadderRow, weight_kg: Decimal, g_per_l: Decimal | None) -> tuple[Decimal, ...]:
    """Return the row's rates in mL/h for a patient of this weight, to 0.1 mL/h; empty while they cannot be said."""
    try:
        rates = read_amounts(row.rates, "rates", message(N_("Rates")), row.unit)
    except UserMistake:
        return ()
    if g_per_l is None or g_per_l <= 0 or row.unit not in get_args(RateUnit):
        return ()
    kg = Fraction(weight_kg)
    return tuple(rounded(ml_per_h(rate, cast(RateUnit, row.unit), kg, g_per_l), _READING) for rate in rates)


def _steps(row: LadderRow, path: str) -> tuple[RateStep, ...]:
    name = message(N_("Rates"))
    rates = read_amounts(row.rates, f"{path}.rates", name, row.unit)
    needed(rates or None, f"{path}.rates", name)
    minutes = _minutes(row, path, len(rates) - 1)
    return tuple(RateStep(rate=rate, minutes=length) for rate, length in zip(rates, (*minutes, None), strict=True))


def _minutes(row: LadderRow, path: str, count: int) -> tuple[int, ...]:
    """Return how long each rate but the last one runs."""
    name, field = message(N_("Minutes before each next rate")), f"{path}.minutes"
    minutes = read_wholes(row.minutes, field, name, "30")
    if count and not minutes:
        needed(None, field, name)
    if len(minutes) == 1 and count > 1:
        return minutes * count
    if len(minutes) != count:
        raise UserMistake(
            field,
            message(
                N_("{name}: {n} numbers were entered. Allowed: {count}, one fewer than the rates."),
                name=name,
                n=len(minutes),
                count=count,
            ),
        )
    return minutes
