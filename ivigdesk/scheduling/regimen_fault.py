"""What is wrong with a regimen, as a value, and how it is said."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, message


class Fault(NamedTuple):
    """What is wrong with a regimen.

    Attributes:
        key: path of the key, e.g. `phases[1].every_days`, indices from 0; a place in the file; or empty.
        problem: what is wrong, as a sentence.
        allowed: what would be right, as it follows "Allowed:"; several words are listed.
    """

    key: str | Message
    problem: Message
    allowed: Message | tuple[object, ...]


def refusal(file: str, fault: Fault) -> KnownError:
    """Return the error that refuses a regimen file."""
    place = message(N_("{file}, {key}"), file=file, key=fault.key) if fault.key else file
    return KnownError(
        message(
            N_("{place}: {problem} Allowed: {allowed}. The regimen was not loaded."),
            place=place,
            problem=fault.problem,
            allowed=fault.allowed,
        )
    )


def number_faults(key: str, number: int, least: int, most: int) -> Iterator[Fault]:
    """Yield what is wrong with a number that must lie between two others, both included."""
    if not least <= number <= most:
        yield unusable(key, number, whole_number(least, most))


def ascending_faults(key: str, numbers: tuple[int, ...]) -> Iterator[Fault]:
    """Yield what is wrong with a list that must name each number once, the smallest first."""
    for index, number in enumerate(numbers):
        if index and number <= numbers[index - 1]:
            yield unusable(f"{key}[{index}]", number, message(N_("each day once, ascending")))


def whole_number(least: int, most: int) -> Message:
    """Return the words for a whole number between two others, both included."""
    return message(N_("a whole number from {least} to {most}"), least=Decimal(least), most=Decimal(most))


def unusable(key: str, value: object, allowed: Message | tuple[object, ...]) -> Fault:
    """Return the fault of a value that cannot be used."""
    return Fault(key, message(N_("“{value}” cannot be used."), value=value), allowed)


def empty(key: str) -> Fault:
    """Return the fault of a text without a word."""
    return Fault(key, message(N_("The text is empty.")), message(N_("a text in quotes")))


def not_after(key: str, day: int, previous: int) -> Fault:
    """Return the fault of a day that does not follow the dose before it."""
    return Fault(
        key,
        message(N_("Day {day} is not after the dose before it."), day=day),
        message(N_("a day after {previous}"), previous=previous),
    )
