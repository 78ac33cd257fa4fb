"""Writes a table as a CSV file that a spreadsheet opens as it was meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

Cell = str | int | Decimal | date | None

_MARK = "\ufeff"
_BEGINS_A_FORMULA = frozenset("=+-@＝＋－＠\t\r|%")


def write_table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the table as UTF-8 with a byte order mark, comma-separated, one CRLF per row; dates as `2026-10-06`.

    SAFETY: what somebody typed at a bedside must not be run by the program that opens the file. A text that a
    spreadsheet would read as a formula gets an apostrophe before it, as a person at the spreadsheet would write it.

    Raises:
        ValueError: a row has another number of cells than the head.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_text(cell) for cell in head])
    for row in rows:
        if len(row) != len(head):
            raise ValueError(f"{len(row)} cells under {len(head)} heads")
        writer.writerow([_text(cell) for cell in row])
    return (_MARK + out.getvalue()).encode()


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.lstrip(" \u00a0\u3000\ufeff")[:1] in _BEGINS_A_FORMULA and cell.strip() else cell
        case date():
            return cell.isoformat()
        case Decimal():
            return format(cell, "f")
        case int():
            return str(cell)
