"""Reads what was typed as a laboratory value, converts it exactly, and says what a mistaken unit looks like."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from ivigdesk.clinical import library
from ivigdesk.clinical.laboratory.rules_file import LabTestRule
from ivigdesk.clinical.laboratory.values import LabTest
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Record, message
from ivigdesk.units import as_decimal, exact, plain, rounded

_CENTS = 100  # two decimals can be typed
_CENT = Decimal(1) / _CENTS


class LabReading(Record, frozen=True):
    """A typed value, understood.

    Attributes:
        value: in `unit`, exact.
        unit: the test's own; of a test whose units do not convert, the one that was chosen.
        is_below: True for “below the limit of detection”, which is `value`.
    """

    value: Decimal
    unit: str
    is_below: bool = False


def read_lab_value(test: LabTest, text: str, unit: str = "", *, field: str = "value") -> LabReading:
    """Return the typed value of a test in the test's own unit.

    Args:
        test: which test.
        text: one plain number, `1.5` or `1,5`; of a test with a limit of detection also `<137`.
        unit: as the laboratory reported it; empty for the test's own.
        field: for `UserMistake.field`.

    Raises:
        UserMistake: an unknown unit, no plain number, or a value that nobody has. Where it would be plausible in
            another unit of the test, the sentence says so.

    Source: FACTS 0.1, Traps T14.
    """
    rule = library.lab_rules().test(test)
    chosen = unit.strip() or rule.unit
    try:
        ratio = rule.ratio(chosen)
    except KeyError:
        raise UserMistake(
            "unit",
            message(
                N_("{name}: the unit “{value}” is not known. Allowed: {allowed}."),
                name=rule.title,
                value=chosen,
                allowed=rule.units,
            ),
        ) from None
    typed = text.strip()
    is_below = rule.may_be_below and typed[:1] in ("<", "＜")
    number = exact(typed[1:] if is_below else typed, _digits(rule, ratio))
    # Nothing can be below nothing.
    if number is None or (is_below and number == 0) or not _is_plausible(rule, Fraction(number) * ratio):
        raise _refused(rule, typed, number, chosen, field)
    return LabReading(
        value=number if ratio == 1 else as_decimal(Fraction(number) * ratio),
        unit=chosen if chosen in rule.own_units else rule.unit,
        is_below=is_below,
    )


def _is_plausible(rule: LabTestRule, value: Fraction) -> bool:
    return rule.span.least <= value <= rule.span.most


def _digits(rule: LabTestRule, ratio: Fraction) -> int:
    """Return how many digits before the mark are read: enough to recognise a value in another unit."""
    largest = max(Fraction(rule.span.most) / min(ratio, rule.ratio(unit)) for unit in rule.units)
    return len(str(int(largest)))


def _refused(rule: LabTestRule, typed: str, number: Decimal | None, unit: str, field: str) -> UserMistake:
    if number is not None:
        for other in rule.units:
            if rule.ratio(other) != rule.ratio(unit) and _is_plausible(rule, Fraction(number) * rule.ratio(other)):
                return _looks_like(rule, typed, number, unit, other, field)
    least, most = _typeable_span(rule, unit)
    return UserMistake(
        field,
        message(
            N_("{name}: “{value}” cannot be used. Allowed: a number from {least} to {most} {unit}, such as {example}."),
            name=rule.title,
            value=typed,
            least=least,
            most=most,
            unit=unit,
            example=plain(((least + most) / 2).quantize(Decimal(1))),
        ),
    )


def _looks_like(rule: LabTestRule, typed: str, number: Decimal, unit: str, other: str, field: str) -> UserMistake:
    value = Fraction(number) * rule.ratio(other) / rule.ratio(unit)
    shown = rule.shown(value) if unit == rule.unit else plain(rounded(value, _CENT))
    return UserMistake(
        field,
        message(
            N_("{name}: “{value}” looks like {other}. {value} {other} is {converted} {unit}: write that."),
            name=rule.title,
            value=typed,
            other=other,
            converted=shown,
            unit=unit,
        ),
    )


def _typeable_span(rule: LabTestRule, unit: str) -> tuple[Decimal, Decimal]:
    """Return the smallest and largest value with two decimals that can be taken in `unit`."""
    ratio = rule.ratio(unit)
    least = math.ceil(Fraction(rule.span.least) / ratio * _CENTS)
    most = math.floor(Fraction(rule.span.most) / ratio * _CENTS)
    return Decimal(least) / _CENTS, Decimal(most) / _CENTS
