"""Boxes to tick, one after another, each as wide as its words."""

from __future__ import annotations

from collections.abc import Sequence

from ivigdesk.sheets.fonts import width as text_width
from ivigdesk.sheets.glyphs import clean
from ivigdesk.sheets.paper.blocks import Block, Mark, moved, stacked
from ivigdesk.sheets.sections import tick
from ivigdesk.sheets.style import CELL, CELL_STRONG, GAP, MM, TICK_SIDE

_GAP = 3.2 * MM
_INDENT = TICK_SIDE + 1.6 * MM


def ticks_in_lines(items: Sequence[tuple[str, bool]], width: float) -> Block:
    """Return the boxes in as many lines as they need; one that is ticked already is set in bold."""
    lines: list[list[Mark]] = [[]]
    x, height = 0.0, 0.0
    for text, is_ticked in items:
        style = CELL_STRONG if is_ticked else CELL
        wide = min(_INDENT + text_width(clean(text), style.font, style.size) + 0.2, width)
        if x and x + wide > width:
            lines.append([])
            x = 0.0
        block = tick(text, wide, is_ticked=is_ticked, style=style)
        height = max(height, block.height)
        lines[-1].extend(moved(block.marks, x, 0))
        x += wide + _GAP
    return stacked([Block(height, tuple(marks)) for marks in lines], GAP / 4)
