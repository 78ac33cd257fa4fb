"""A regimen file read strictly: what it says exactly, or one sentence on what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import get_args

import msgspec

from ivigdesk.messages import N_, Text, message
from ivigdesk.scheduling.regimen import (
    AnchorKind,
    Immunoglobulin,
    ListedDose,
    Phase,
    Regimen,
    Standing,
    StopRule,
)
from ivigdesk.scheduling.regimen_check import check_regimen
from ivigdesk.scheduling.regimen_fault import Fault, refusal

MOST_BYTES = 200_000
"""Far above any regimen: a larger file is another kind of file."""

_NUMBER = N_("a number without quotes")
_KINDS = {
    "int": N_("a whole number"),
    "decimal": _NUMBER,
    "str": N_("a text in quotes"),
    "bool": N_("true or false"),
    "array": N_("a list in square brackets"),
    "object": N_("a table with keys"),
    "date": N_("a date such as 2026-11-30, without quotes"),
}
_ENUMERATIONS = {
    "anchor": get_args(AnchorKind),
    "standing": get_args(Standing),
    "requires": ("antiviral",),
    "immunoglobulin": get_args(Immunoglobulin),
}
_WRONG_KIND = N_("The value is of the wrong kind.")
_AMOUNTS = (
    "mg_per_kg",
    "max_mg_per_kg",
    "mg_per_kg_range",
    "ml_per_kg",
    "divided_mg_per_kg",
    "igg_trough_g_per_l",
    "target_igg_g_per_l",
)


def parse_regimen(content: bytes, name: str) -> Regimen:
    """Return the regimen that the file states, checked; numbers are exactly as written.

    Args:
        content: the file's bytes, TOML in UTF-8.
        name: the file's name, for the sentence about what is wrong.

    Raises:
        KnownError: the file cannot be used; names the file, the key, what is wrong and what is allowed.
    """
    table = _read_toml(content, name)
    _refuse_quoted_amounts(table, name)
    try:
        regimen = msgspec.convert(table, Regimen, builtin_types=(date,))
    except msgspec.ValidationError as error:
        raise refusal(name, _worded(str(error))) from error
    check_regimen(regimen, name)
    return regimen


def _read_toml(content: bytes, name: str) -> dict[str, object]:
    if len(content) > MOST_BYTES:
        raise refusal(
            name,
            Fault("", message(N_("The file is too large for a regimen.")), message(N_("up to 200 kB"))),
        )
    try:
        text = content.decode("utf-8-sig")  # Windows editors put a byte order mark in front
    except UnicodeDecodeError as error:
        raise refusal(
            name, Fault("", message(N_("The file is not readable as text.")), message(N_("TOML text in UTF-8")))
        ) from error
    try:
        # msgspec's own TOML door sends 0.1 through a binary float; this one does not.
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, InvalidOperation, RecursionError) as error:
        raise refusal(name, _syntax_fault(str(error))) from error


def _syntax_fault(text: str) -> Fault:
    """Return what a reader can use of the parser's complaint: where it is."""
    _, found, place = text.rpartition("(at line ")
    line = place.split(",")[0]
    key = message(N_("line {line}"), line=line) if found and line.isdigit() else ""
    return Fault(
        key,
        message(N_("This is not valid TOML.")),
        message(N_("lines such as {example}, each key once, texts in closed quotes"), example="every_days = 7"),
    )


def _worded(text: str) -> Fault:
    """Return msgspec's complaint as a fault: its texts are fixed, but made for programmers."""
    what, _, place = text.partition(" - at `")
    path = place.rstrip("`").removeprefix("$").removeprefix(".")
    quoted = what.split("`")
    if what.startswith("Object contains unknown field"):
        return Fault(
            _join(path, quoted[1]),
            message(N_("This key is not known here.")),
            _keys(path),
        )
    if what.startswith("Object missing required field"):
        return Fault(_join(path, quoted[1]), message(N_("This key is missing.")), message(N_("a line with this key")))
    if what.startswith("Invalid enum value"):
        value = what.removeprefix("Invalid enum value ").strip("'")
        return Fault(path, message(N_("“{value}” cannot be used."), value=value), _ENUMERATIONS[path.partition("[")[0]])
    wanted = quoted[1].removesuffix(" | null")
    if " of length " in what:
        length = what.partition(" of length ")[2].partition(",")[0]
        return Fault(path, message(N_("The list has the wrong length.")), message(N_("a list of {n}"), n=length))
    return Fault(path, message(_WRONG_KIND), message(_KINDS[wanted]))


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _keys(path: str) -> tuple[str, ...]:
    """Return the keys that the table at `path` may have."""
    last = path.rpartition(".")[2].partition("[")[0]
    record = {"": Regimen, "phases": Phase, "doses": ListedDose, "stop_rule": StopRule}.get(last, Text)
    return record.__struct_fields__


def _refuse_quoted_amounts(table: Mapping[str, object], name: str) -> None:
    """Refuse `mg_per_kg = "150"`: a number in quotes is a slip, and msgspec would take it."""
    places: list[tuple[str, object]] = [("", table), ("stop_rule", table.get("stop_rule"))]
    for part in ("phases", "doses"):
        rows = table.get(part)
        if isinstance(rows, list):
            places += [(f"{part}[{index}]", row) for index, row in enumerate(rows)]
    for path, row in places:
        if not isinstance(row, dict):
            continue
        for key in _AMOUNTS:
            value = row.get(key)
            for amount in value if isinstance(value, list) else [value]:
                if isinstance(amount, str):
                    raise refusal(name, Fault(_join(path, key), message(_WRONG_KIND), message(_NUMBER)))
