"""Tables whose rows are as tall as their fullest cell and are never split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ivigdesk.sheets.paper.blocks import Block, Box, Mark, Stroke, moved, paragraph
from ivigdesk.sheets.paper.text import Runs
from ivigdesk.sheets.style import CELL, CELL_PAD, HAIR, HEAD_CELL, MM, RULE, SHADE

Cell = str | Runs | Block

_PAD_ABOVE = 0.7 * MM


class Column(NamedTuple):
    """A column's heading and width in points."""

    title: str
    width: float


class Row(NamedTuple):
    """One row.

    Attributes:
        cells: from the left.
        least_height: points.
        spans: columns that each cell covers; empty when each covers one.
        shaded: grey ground.
        stays_with_next: a sub-heading is never the last row of a page.
    """

    cells: tuple[Cell, ...]
    least_height: float = 0.0
    spans: tuple[int, ...] = ()
    shaded: bool = False
    stays_with_next: bool = False


class Table(NamedTuple):
    """A drawn table: `header` is repeated on every page that shows rows.

    Attributes:
        header: block of column titles; of no height when the table has none.
        rows: blocks from the top.
        stays_with_next: one per row.
    """

    header: Block
    rows: tuple[Block, ...]
    stays_with_next: tuple[bool, ...]


def table(columns: Sequence[Column], rows: Sequence[Row]) -> Table:
    """Return the table with every cell wrapped to its column."""
    widths = [column.width for column in columns]
    titles = tuple(paragraph(column.title, column.width - 2 * CELL_PAD, HEAD_CELL) for column in columns)
    has_titles = any(column.title for column in columns)
    header = _row(Row(titles, shaded=True), widths) if has_titles else Block(0.0)
    return Table(header, tuple(_row(row, widths) for row in rows), tuple(row.stays_with_next for row in rows))


def _row(row: Row, widths: Sequence[float]) -> Block:
    cell_widths = _spanned(row, widths)
    blocks = [_cell(cell, width - 2 * CELL_PAD) for cell, width in zip(row.cells, cell_widths, strict=True)]
    tallest = max(block.height for block in blocks)
    height = max(row.least_height, tallest + 2 * _PAD_ABOVE)
    marks: list[Mark] = []
    if row.shaded:
        marks.append(Box(0, 0, sum(widths), height, 0, fill=SHADE))
    x = 0.0
    for block, width in zip(blocks, cell_widths, strict=True):
        marks.append(Box(x, 0, width, height, HAIR, RULE))
        marks.extend(moved(block.marks, x + CELL_PAD, (height - block.height) / 2))
        x += width
    return Block(height, tuple(marks))


def _spanned(row: Row, widths: Sequence[float]) -> list[float]:
    if not row.spans:
        return list(widths)
    result, at = [], 0
    for span in row.spans:
        result.append(sum(widths[at : at + span]))
        at += span
    return result


def _cell(cell: Cell, width: float) -> Block:
    if isinstance(cell, Block):
        return cell
    return paragraph(cell, width, CELL) if isinstance(cell, str) else paragraph(cell, width)


def struck(block: Block, width: float) -> Block:
    """Return the block with a line through its first line of text, for a date that no longer counts."""
    return Block(block.height, (*block.marks, Stroke(0, block.height / 2, width, block.height / 2, 0.9)))
