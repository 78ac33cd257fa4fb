"""Reads what was typed as a weight, a height or an IgG level, and says what a mistaken value looks like."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.clinical import library
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.units import exact, plain, read_number, to_thousandths

_MM_PER_CM = 10
_CM_PER_M = 100
_MG_PER_DL_PER_G_PER_L = 100


def read_weight(text: str) -> int:
    """Return the typed kilograms as grams; `1.5` and `1,5` are both one and a half.

    Raises:
        UserMistake: no plain number, or not a weight that anybody has.
    """
    span = library.limits().weight_kg
    number = read_number(text, field="weight", name=message(N_("Weight")), least=span.least, most=span.most, unit="kg")
    return to_thousandths(number)


def read_height(text: str) -> int:
    """Return the typed centimetres as millimetres.

    Raises:
        UserMistake: no plain number, metres instead of centimetres, or not a height that anybody has.
    """
    span = library.limits().height_cm
    number = exact(text)
    if number is not None and span.least <= number * _CM_PER_M <= span.most:
        raise UserMistake(
            "height",
            message(
                N_("Height: “{value}” looks like metres. Write centimetres: {cm}."),
                value=text.strip(),
                cm=plain(number * _CM_PER_M),
            ),
        )
    number = read_number(text, field="height", name=message(N_("Height")), least=span.least, most=span.most, unit="cm")
    return int((number * _MM_PER_CM).to_integral_value("ROUND_HALF_UP"))


def read_igg(text: str) -> Decimal:
    """Return the typed IgG level in g/L.

    Raises:
        UserMistake: no plain number, mg/dL instead of g/L, or not a level that anybody has.
    """
    span = library.limits().igg_g_per_l
    number = exact(text)
    if number is not None and span.most < number <= span.most * _MG_PER_DL_PER_G_PER_L:
        raise UserMistake(
            "igg",
            message(
                N_("IgG: “{value}” looks like mg/dL. {value} mg/dL is {g_per_l} g/L: write that."),
                value=text.strip(),
                g_per_l=plain(number / _MG_PER_DL_PER_G_PER_L),
            ),
        )
    return read_number(text, field="igg", name=message(N_("IgG")), least=span.least, most=span.most, unit="g/L")
