"""Blocks: ink with a height, put under and beside each other before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from ivigdesk.sheets.paper.text import Run, Runs, wrap
from ivigdesk.sheets.style import BLACK, HAIR, Style


class Words(NamedTuple):
    """Text on its baseline; `y` counts down from the top of the page, in points."""

    x: float
    y: float
    text: str
    style: Style


class Stroke(NamedTuple):
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    thickness: float = HAIR
    ink: float = BLACK


class Box(NamedTuple):
    """A rectangle: filled when `fill` is an ink, outlined when `thickness` is above 0."""

    x: float
    y: float
    width: float
    height: float
    thickness: float = HAIR
    ink: float = BLACK
    fill: float | None = None
    dashed: bool = False


class Cells(NamedTuple):
    """Black cells on a square grid, such as a code that is scanned.

    Attributes:
        x, y: of the top left corner.
        cell: side of one cell in points.
        rectangles: column, row from the top, width and height of each black rectangle, in cells.
    """

    x: float
    y: float
    cell: float
    rectangles: tuple[tuple[int, int, int, int], ...]


class Figure(NamedTuple):
    """Straight lines from point to point: of a drawing, not of the page's own rules.

    Attributes:
        x, y: what the points are counted from.
        points: right and down, in points.
        fill: ink inside, for a closed one; None leaves it empty.
        dash: lengths of stroke and gap; None for a whole line.
        is_closed: whether the last point is joined to the first.
    """

    x: float
    y: float
    points: tuple[tuple[float, float], ...]
    thickness: float = HAIR
    ink: float = BLACK
    fill: float | None = None
    dash: tuple[float, float] | None = None
    is_closed: bool = False


Mark = Words | Stroke | Box | Cells | Figure
Align = Literal["left", "right", "centre"]


class Block(NamedTuple):
    """Ink that belongs together, from its own top left corner.

    Attributes:
        height: points.
        marks: in the order of drawing.
    """

    height: float
    marks: tuple[Mark, ...] = ()


def moved(marks: Iterable[Mark], x: float, y: float) -> list[Mark]:
    """Return the marks moved right by `x` and down by `y`."""
    result: list[Mark] = []
    for mark in marks:
        if isinstance(mark, Stroke):
            to_x, to_y = mark.to_x + x, mark.to_y + y
            result.append(mark._replace(x=mark.x + x, y=mark.y + y, to_x=to_x, to_y=to_y))
        else:
            result.append(mark._replace(x=mark.x + x, y=mark.y + y))
    return result


def paragraph(text: str | Runs, width: float, style: Style | None = None, align: Align = "left") -> Block:
    """Return text set in lines of at most `width` points.

    Args:
        text: plain text, which needs `style`, or runs that carry their own.
        width: points.
        style: of plain text.
        align: where short lines stand.
    """
    if isinstance(text, str):
        if style is None:
            raise ValueError("plain text needs a style")
        text = (Run(text, style),)
    y = 0.0
    marks: list[Mark] = []
    for line in wrap(text, width):
        spare = width - line.width
        start = {"left": 0.0, "right": spare, "centre": spare / 2}[align]
        marks.extend(Words(start + piece.x, y + line.baseline, piece.text, piece.style) for piece in line.pieces)
        y += line.height
    return Block(y, tuple(marks))


def stacked(blocks: Sequence[Block], gap: float = 0.0) -> Block:
    """Return the blocks one under another; empty ones take no room."""
    y = 0.0
    marks: list[Mark] = []
    for block in blocks:
        if block.height <= 0:
            continue
        if y:
            y += gap
        marks.extend(moved(block.marks, 0, y))
        y += block.height
    return Block(y, tuple(marks))


def beside(blocks: Sequence[tuple[float, Block]]) -> Block:
    """Return the blocks side by side, each at its own `x`, their tops in line."""
    marks: list[Mark] = []
    for x, block in blocks:
        marks.extend(moved(block.marks, x, 0))
    return Block(max((block.height for _, block in blocks), default=0.0), tuple(marks))


def padded(block: Block, across: float, above: float, below: float | None = None) -> Block:
    """Return the block with white around it: `across` on its left, `above` and `below`."""
    below = above if below is None else below
    return Block(block.height + above + below, tuple(moved(block.marks, across, above)))


def space(height: float) -> Block:
    """Return white of `height` points."""
    return Block(height)
