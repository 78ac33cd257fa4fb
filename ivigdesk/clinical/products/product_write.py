"""Writes a product as the file that `product_file` reads, so that a ward can keep its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import tomli_w

from ivigdesk.clinical.products.product import Product
from ivigdesk.messages import Record


def write_product(product: Product) -> bytes:
    """Return the product as TOML in UTF-8, exact to the last digit; `parse_product` reads an equal one from it."""
    return tomli_w.dumps(_tables(product)).encode()


def _tables(record: Record) -> dict[str, Any]:
    """Return what the record says beside its defaults; TOML has no word for nothing."""
    tables: dict[str, Any] = {}
    for field in msgspec.structs.fields(record):
        value = getattr(record, field.name)
        if value is not None and (field.required or value != field.default):
            tables[field.encode_name] = _plain(value)
    return tables


def _plain(value: Any) -> Any:
    match value:
        case Record():
            return _tables(value)
        case tuple():
            return [_plain(item) for item in value]
        case Decimal() if value == value.to_integral_value():
            return int(value)
        case bool() | int() | str() | date() | Decimal():
            return value
    raise TypeError(f"{type(value).__name__} has no place in a product's file")
