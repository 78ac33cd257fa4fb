"""Numbers with units: read strictly, kept exactly, printed without trailing zeros."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, message

_NUMBER = re.compile(r"([0-9]+)(?:[.,][0-9]{1,2})?")
_DIGITS = 4  # before the mark


def exact(text: str, digits: int = _DIGITS) -> Decimal | None:
    """Return the number written in `text`, or None when it is not one plain number.

    `1.5` and `1,5` are both one and a half. Three digits after a mark (`1,500`) are refused, because one
    ward reads fifteen hundred where another reads one and a half; so are `.5`, `5.`, `1e3`, signs and
    digits of other scripts.

    Args:
        text: what was typed.
        digits: so many are allowed before the mark.
    """
    stripped = text.strip()
    match = _NUMBER.fullmatch(stripped)
    if match is None or len(match[1]) > digits:
        return None
    return Decimal(stripped.replace(",", "."))


def read_number(text: str, *, field: str, name: Message, least: Decimal, most: Decimal, unit: str) -> Decimal:
    """Return the number in `text`, between `least` and `most`, both allowed.

    Args:
        text: what was typed.
        field: the record's field, for `UserMistake.field`.
        name: the field's name as the nurse knows it.
        least: smallest allowed value, in `unit`.
        most: largest allowed value, in `unit`.
        unit: printed unit; may be empty.

    Raises:
        UserMistake: the text is no plain number, or out of range; the sentence says what is allowed.
    """
    number = exact(text)
    if number is None or not least <= number <= most:
        raise UserMistake(
            field,
            message(
                N_(
                    "{name}: “{value}” cannot be used. "
                    "Allowed: a number from {least} to {most} {unit}, such as {example}."
                ),
                name=name,
                value=text.strip(),
                least=least,
                most=most,
                unit=unit,
                example=plain(_middle(least, most)),
            ),
        )
    return number


def plain(number: Decimal | Fraction | int) -> str:
    """Return the number as digits: no exponent, no trailing zero, always a leading zero.

    A fraction without a finite decimal form is a bug of the caller: round it first.
    """
    if isinstance(number, Fraction):
        number = as_decimal(number)
    text = format(Decimal(number), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def as_decimal(number: Fraction) -> Decimal:
    """Return the exact decimal of a fraction.

    Raises:
        ValueError: the fraction has no finite decimal form.
    """
    denominator = number.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    if denominator != 1:
        raise ValueError(f"{number} has no finite decimal form")
    places = max(twos, fives)
    return Decimal(number.numerator * 10**places // number.denominator).scaleb(-places)


def rounded(number: Fraction | Decimal | int, step: Decimal) -> Decimal:
    """Return the multiple of `step` nearest to `number`; a tie goes away from zero."""
    ratio = Fraction(number) / Fraction(step)
    whole = int(abs(ratio) + Fraction(1, 2))
    return step * (whole if ratio >= 0 else -whole)


def rounded_down(number: Fraction | Decimal | int, step: Decimal) -> Decimal:
    """Return the largest multiple of `step` that is not above `number` (which is not negative)."""
    return step * int(Fraction(number) / Fraction(step))


def grams(mg: int) -> Decimal:
    """Return milligrams as grams, exactly."""
    return Decimal(mg) / 1000


def kilograms(weight_g: int) -> Decimal:
    """Return a weight in grams as kilograms, exactly."""
    return Decimal(weight_g) / 1000


def centimetres(height_mm: int) -> Decimal:
    """Return a height in millimetres as centimetres, exactly."""
    return Decimal(height_mm) / 10


def to_thousandths(number: Decimal) -> int:
    """Return kg as g, or g as mg: the whole number a thousand times `number`, half up."""
    return int((number * 1000).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _middle(least: Decimal, most: Decimal) -> Decimal:
    return ((least + most) / 2).quantize(Decimal(1), rounding=ROUND_HALF_UP)
