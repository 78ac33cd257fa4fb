"""A regimen written as the file that it is read from."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import tomli_w

from ivigdesk.messages import Record
from ivigdesk.scheduling.regimen import Regimen

_INDENT = 4


def write_regimen(regimen: Regimen) -> bytes:
    """Return the regimen as TOML in UTF-8; `parse_regimen` reads the same regimen back.

    Only what differs from what a missing key means is written, in the order in which the record lists its keys. A
    list of more than one value stands on several lines.
    """
    return tomli_w.dumps(_table(regimen), indent=_INDENT).encode()


def _table(record: Record) -> dict[str, object]:
    table: dict[str, object] = {}
    for field in msgspec.structs.fields(record):
        value = getattr(record, field.name)
        # TOML has no null, and a key that only repeats its default is one more line to check.
        if value is not None and (field.required or value != field.default):
            table[field.encode_name] = _plain(value)
    return table


def _plain(value: object) -> object:
    match value:
        case Record():
            return _table(value)
        case tuple():
            return [_plain(item) for item in value]
        case Decimal() if value.is_finite() and value == value.to_integral_value():
            # 400 and not 400.0: the file is to be read by people.
            return int(value)
        case _:
            return value
