"""Records as canonical JSON text and back, exactly: numbers keep their kind, sentences keep their facts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Amount, Message, Text, message

T = TypeVar("T")

# Control characters, the marks that turn the reading direction, and halves of a character. A name that holds one
# looks like another name on screen, or ends early in SQL.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PARTED = (msgspec.Struct, tuple)
_FACTS = '"facts":{'
_WHOLE = 2**53  # larger whole numbers are not exact in every reader of JSON


def canonical(value: object) -> str:
    """Return plain values as JSON text that is the same for the same content: keys sorted, no spaces."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def encode(value: object) -> str:
    """Return a record (or a tuple of records, or a value in one) as canonical JSON text.

    Raises:
        KnownError: a text holds a character that cannot be stored.
    """
    return canonical(to_plain(value))


def decode(text: str, kind: type[T] | Any) -> T:
    """Return the value of type `kind` that `encode` wrote.

    Raises:
        msgspec.ValidationError: the text does not hold such a value.
    """
    value: T = msgspec.json.decode(text.encode(), type=kind)
    if _FACTS in text and isinstance(value, _PARTED):  # most copies hold no sentence, and need not be searched for one
        _untag_messages(value)
    return value


def from_plain(value: object, kind: type[T] | Any) -> T:
    """Return the value of type `kind` that `to_plain` made."""
    converted: T = msgspec.convert(value, type=kind)
    if isinstance(converted, _PARTED):
        _untag_messages(converted)
    return converted


def to_plain(value: object) -> Any:
    """Return a value as dicts, lists, texts, whole numbers, booleans and None."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return checked_text(value)
        case Decimal():
            return decimal_text(value)
        case date():  # a datetime too
            return value.isoformat()
        case UUID():
            return str(value)
        case Message():
            facts = {checked_text(name): _tagged(fact) for name, fact in value.facts.items()}
            return {"text": value.text, "facts": facts, "plural": value.plural}
        case msgspec.Struct():
            return {name: to_plain(getattr(value, name)) for name in value.__struct_fields__}
        case tuple() | list():
            return [to_plain(item) for item in value]
    raise TypeError(f"a record cannot hold a {type(value).__name__}")


def decimal_text(number: Decimal) -> str:
    """Return the digits of an exact number, without exponent.

    Raises:
        ValueError: it is no finite number.
    """
    if not number.is_finite():
        raise ValueError(f"{number} cannot be stored")
    return format(number, "f")


def checked_text(text: str) -> str:
    """Return the text when it can be stored and read back as the same characters on screen and paper.

    Raises:
        KnownError: it holds a control character, a mark that turns the reading direction, or half a character.
    """
    found = _UNPRINTABLE.search(text)
    if found is not None:
        raise KnownError(
            message(
                N_(
                    "This was NOT saved: the text “{value}” holds a character that cannot be shown or printed"
                    " ({code}). Delete that character and save again."
                ),
                value=_UNPRINTABLE.sub("□", text),
                code=f"U+{ord(found.group()):04X}",
            )
        )
    return text


def _tagged(fact: object) -> Any:
    """Return a fact of a sentence with its kind beside it, where JSON would lose it."""
    match fact:
        case None | bool():
            return fact
        case int():
            return fact if -_WHOLE <= fact <= _WHOLE else {"int": str(fact)}
        case str():
            return checked_text(fact)
        case Decimal():
            return {"decimal": decimal_text(fact)}
        case Fraction():
            return {"fraction": [str(fact.numerator), str(fact.denominator)]}
        case datetime():
            return {"datetime": fact.isoformat()}
        case date():
            return {"date": fact.isoformat()}
        case timedelta():
            return {"timedelta": [fact.days, fact.seconds, fact.microseconds]}
        case Message():
            return {"message": to_plain(fact)}
        case Text():
            return {"text": to_plain(fact)}
        case Amount():
            return {"amount": to_plain(fact)}
        case tuple():
            return {"tuple": [_tagged(item) for item in fact]}
        case list():
            return {"list": [_tagged(item) for item in fact]}
    raise TypeError(f"a sentence cannot hold a {type(fact).__name__}")


def _untagged(fact: Any) -> object:
    if not isinstance(fact, dict):
        return fact
    ((kind, value),) = fact.items()
    match kind:
        case "int":
            return int(value)
        case "decimal":
            return Decimal(value)
        case "fraction":
            return Fraction(int(value[0]), int(value[1]))
        case "datetime":
            return datetime.fromisoformat(value)
        case "date":
            return date.fromisoformat(value)
        case "timedelta":
            return timedelta(*value)
        case "message":
            return from_plain(value, Message)
        case "text":
            return msgspec.convert(value, type=Text)
        case "amount":
            return msgspec.convert(value, type=Amount)
        case "tuple":
            return tuple(_untagged(item) for item in value)
        case "list":
            return [_untagged(item) for item in value]
    raise ValueError(f"unknown kind of fact: {kind}")


def _untag_messages(value: msgspec.Struct | tuple[object, ...]) -> None:
    """Give the facts of every sentence inside `value` their kinds back.

    The mapping was made by the decoder a moment ago and nobody else holds it, so it is filled in place.
    """
    if isinstance(value, Message):
        facts: Mapping[str, object] = value.facts
        if isinstance(facts, dict):
            facts.update({name: _untagged(fact) for name, fact in facts.items()})
    else:
        parts = value if isinstance(value, tuple) else (getattr(value, name) for name in value.__struct_fields__)
        for part in parts:
            if isinstance(part, _PARTED):  # asked here and not in a call of its own: most parts are plain
                _untag_messages(part)
