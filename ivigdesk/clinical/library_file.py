"""Reads a file of the library into a record, strictly: a typing mistake becomes one sentence, never a guess."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal, InvalidOperation
from typing import TypeVar

import msgspec

from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, Record, message

R = TypeVar("R", bound=Record)


class ValueSource(Record, frozen=True):
    """What one number of a rule file rests on.

    Attributes:
        source: evidence ids, with commas between them.
        facts: section and row of the fact base, e.g. `7 SR24`; empty where it has none.
    """

    source: str
    facts: str = ""


MOST_DIGITS = 9

_KIND_OF_NUMBER = N_("a number")
_KINDS = {
    "str": N_("a text in quotation marks"),
    "int": N_("a whole number"),
    "decimal": _KIND_OF_NUMBER,
    "bool": N_("true or false"),
    "date": N_("a date such as 2026-11-22"),
    "array": N_("a list"),
    "object": N_("a table of keys and values"),
}


def read_record(content: bytes, name: str, kind: type[R]) -> R:
    """Return the TOML file's content as a record of `kind`; numbers are exact.

    Args:
        content: the file as it is on disk.
        name: the file's name, for the sentence.
        kind: record that the file has to fit; every key must be one of its own.

    Raises:
        KnownError: the file is no TOML, a key is unknown or missing, or a value does not fit. The sentence
            names the file, the key and what is allowed.
    """
    return as_record(read_tables(content, name), name, kind)


def read_tables(content: bytes, name: str) -> dict[str, object]:
    """Return the TOML file's content as it stands; numbers are whole or `Decimal`, and finite.

    Raises:
        KnownError: the file is no TOML.
    """
    try:
        # Windows editors put a byte order mark in front.
        tables = tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise KnownError(message(N_("{file} cannot be read: it is not UTF-8 text."), file=name)) from error
    except (ValueError, InvalidOperation, RecursionError) as error:
        raise KnownError(_no_toml(str(error), name)) from error
    _refuse_monsters(tables, name, "")
    return tables


def as_record(tables: dict[str, object], name: str, kind: type[R]) -> R:
    """Return what `read_tables` read as a record of `kind`.

    Raises:
        KnownError: a key is unknown or missing, or a value does not fit.
    """
    try:
        return msgspec.convert(tables, kind)
    except msgspec.ValidationError as error:
        raise KnownError(_does_not_fit(str(error), name, kind)) from error


def split_sources(tables: dict[str, object], name: str) -> tuple[dict[str, object], dict[str, ValueSource]]:
    """Return the bare values of a file, and apart from them what each rests on; the version needs no source.

    Raises:
        KnownError: a value stands without its source.
    """
    values: dict[str, object] = {}
    sources: dict[str, ValueSource] = {}
    for key, entry in tables.items():
        if key == "version":
            values[key] = entry
            continue
        if not isinstance(entry, dict) or "value" not in entry:
            raise refusal(name, key, message(N_("a table with value and source is needed here.")))
        values[key] = entry["value"]
        rest = {inner: value for inner, value in entry.items() if inner != "value"}
        try:
            sources[key] = msgspec.convert(rest, ValueSource)
        except msgspec.ValidationError as error:
            raise refusal(
                name, key, message(N_("beside the value only source and facts may stand, as texts; source must."))
            ) from error
        if not sources[key].source.strip():
            raise refusal(name, f"{key}.source", message(N_("this text must not be empty.")))
    return values, sources


def refusal(name: str, key: str, reason: Message) -> KnownError:
    """Return the error that refuses a file for the value of one key."""
    return KnownError(message(N_("{file}, key “{key}”: {reason}"), file=name, key=key, reason=reason))


def _refuse_monsters(value: object, name: str, path: str) -> None:
    """Refuse `nan`, `inf` and numbers such as 1e99999: TOML knows them, no amount is one, and no sum ends with one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            _refuse_monsters(inner, name, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _refuse_monsters(inner, name, f"{path}[{index}]")
    elif isinstance(value, Decimal) and not value.is_finite():
        raise refusal(name, path, message(N_("{kind} is needed here."), kind=message(_KIND_OF_NUMBER)))
    elif isinstance(value, Decimal | int) and not _can_be_written_out(value):
        text = N_("a number with at most {most} digits before and after the point is needed here.")
        raise refusal(name, path, message(text, most=MOST_DIGITS))


def _can_be_written_out(number: Decimal | int) -> bool:
    if isinstance(number, int):
        return len(str(abs(number))) <= MOST_DIGITS
    # Finite, so that the exponent is a number; the digits after the point are its negative.
    return number.adjusted() < MOST_DIGITS and int(number.as_tuple().exponent) >= -MOST_DIGITS


def _no_toml(detail: str, name: str) -> Message:
    line = re.search(r"line (\d+)", detail)
    if line is None and "end of document" not in detail:
        return message(N_("{file} cannot be read: a value in it is too long or has too many brackets."), file=name)
    if line is None:
        return message(
            N_("{file} cannot be read: it ends in the middle of a value. Compare it with its copy."), file=name
        )
    return message(
        N_("{file} cannot be read: line {line} is not TOML. Look for a missing quotation mark or bracket."),
        file=name,
        line=line[1],
    )


def _does_not_fit(detail: str, name: str, kind: type[Record]) -> Message:
    """Turn a validation error's text into a sentence; its form is held by tests."""
    what, _, where = detail.partition(" - at `$")
    path = where.removesuffix("`").lstrip(".")
    quoted = re.findall(r"`([^`]*)`", what)
    key = f"{path}.{quoted[0]}".lstrip(".") if quoted and "field" in what else path or name
    if "unknown field" in what:
        reason = message(N_("this key is not known. Allowed: {allowed}."), allowed=_allowed(kind, path))
    elif "missing required field" in what:
        reason = message(N_("this key is missing."))
    elif "enum" in what:
        reason = message(N_("this value is not known. Allowed: {allowed}."), allowed=_allowed(kind, path))
    else:
        expected = quoted[0].split(" | ")[0] if quoted else "decimal"
        reason = message(N_("{kind} is needed here."), kind=message(_KINDS.get(expected, N_("another value"))))
    return refusal(name, key, reason).message


def _allowed(kind: type[Record], path: str) -> str:
    """Return the keys, or the values, that are allowed at a place of the file."""
    import msgspec.inspect  # late: only a mistake needs it

    place: object = msgspec.inspect.type_info(kind)
    for part in re.findall(r"\[[^\]]*\]|[^.\[]+", path):
        place = _inside(place, part)
    place = _without_none(place)
    if isinstance(place, msgspec.inspect.StructType):
        return ", ".join(field.encode_name for field in place.fields)
    if isinstance(place, msgspec.inspect.LiteralType):
        return ", ".join(str(value) for value in place.values)
    return "?"


def _inside(place: object, part: str) -> object:
    place = _without_none(place)
    if isinstance(place, msgspec.inspect.VarTupleType):
        return place.item_type
    if isinstance(place, msgspec.inspect.StructType):
        return next((field.type for field in place.fields if field.encode_name == part), place)
    return place


def _without_none(place: object) -> object:
    if isinstance(place, msgspec.inspect.UnionType):
        return next(kind for kind in place.types if not isinstance(kind, msgspec.inspect.NoneType))
    return place
