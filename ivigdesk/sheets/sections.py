"""Parts that several sheets are made of: headings, labelled lines, boxes to write in, ticks, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ivigdesk.sheets.paper.blocks import Block, Box, Mark, Stroke, moved, padded, paragraph, stacked
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.style import (
    BLACK,
    BODY,
    BODY_STRONG,
    CAPTION,
    CELL_PAD,
    HAIR,
    HEADING,
    HEADING_NOTE,
    MM,
    RULE,
    SIGNATURE_ROW,
    TICK_SIDE,
    WIDTH,
    Style,
)

_UNDER_HEADING = 1.1 * MM
_CAPTION_ABOVE = 0.7 * MM


class Field(NamedTuple):
    """A box with a caption; `value` is printed, or room is left for a hand."""

    caption: str
    value: str = ""


def heading(text: str, note: str = "", width: float = WIDTH) -> Block:
    """Return a section's heading with a remark beside it."""
    runs = [Run(text, HEADING)]
    if note:
        runs.append(Run(f"  {note}", HEADING_NOTE))
    return padded(paragraph(runs, width), 0, 0, _UNDER_HEADING)


def labelled(label: str, text: str, width: float, style: Style = BODY, strong: Style = BODY_STRONG) -> Block:
    """Return `label` in bold and the text after it; nothing when there is no text."""
    if not text:
        return Block(0.0)
    return paragraph((Run(label, strong), Run(f" {text}", style)), width)


def boxes(fields: Sequence[Field], columns: int, height: float, width: float = WIDTH) -> tuple[Block, ...]:
    """Return rows of captioned boxes, each at least `height` tall; the last row may be short."""
    each = width / columns
    rows = []
    for begin in range(0, len(fields), columns):
        rows.append(_box_row(fields[begin : begin + columns], each, height))
    return tuple(rows)


def _box_row(fields: Sequence[Field], each: float, least: float) -> Block:
    filled = [_box_text(field, each - 2 * CELL_PAD) for field in fields]
    height = max(least, *(block.height + _CAPTION_ABOVE for block in filled))
    marks: list[Mark] = []
    for index, block in enumerate(filled):
        marks.append(Box(index * each, 0, each, height, HAIR, RULE))
        marks.extend(moved(block.marks, index * each + CELL_PAD, _CAPTION_ABOVE))
    return Block(height, tuple(marks))


def _box_text(field: Field, width: float) -> Block:
    value = paragraph(field.value, width, BODY) if field.value else Block(0.0)
    return padded(stacked((paragraph(field.caption, width, CAPTION), value)), 0, 0, _CAPTION_ABOVE)


def tick(text: str | Sequence[Run], width: float, *, is_ticked: bool = False, style: Style = BODY) -> Block:
    """Return a box to tick with its text; an already ticked one carries a drawn tick."""
    indent = TICK_SIDE + 1.6 * MM
    words = paragraph(text, width - indent, style if isinstance(text, str) else None)
    top = (style.size * 1.3 - TICK_SIDE) / 2
    marks: list[Mark] = [Box(0, top, TICK_SIDE, TICK_SIDE, 1, BLACK), *moved(words.marks, indent, 0)]
    if is_ticked:
        low = top + TICK_SIDE * 0.78
        marks.append(Stroke(TICK_SIDE * 0.18, top + TICK_SIDE * 0.5, TICK_SIDE * 0.42, low, 1.5))
        marks.append(Stroke(TICK_SIDE * 0.42, low, TICK_SIDE * 0.88, top + TICK_SIDE * 0.15, 1.5))
    return Block(max(words.height, top + TICK_SIDE), tuple(marks))


def ticks(items: Sequence[tuple[str, bool]], columns: int, width: float = WIDTH, gap: float = 0.8 * MM) -> Block:
    """Return ticked or empty boxes in `columns`, read along the rows."""
    each = width / columns
    rows = []
    for begin in range(0, len(items), columns):
        marks: list[Mark] = []
        height = 0.0
        for index, (text, is_ticked) in enumerate(items[begin : begin + columns]):
            block = tick(text, each - 2 * MM, is_ticked=is_ticked)
            marks.extend(moved(block.marks, index * each, 0))
            height = max(height, block.height)
        rows.append(Block(height, tuple(marks)))
    return stacked(rows, gap)


def signatures(captions: Sequence[Field], width: float = WIDTH) -> Block:
    """Return lines to sign on, side by side, each with 9 mm and more above it."""
    gap = 5 * MM
    each = (width - gap * (len(captions) - 1)) / len(captions)
    marks: list[Mark] = []
    tallest = max(paragraph(field.caption, each, CAPTION).height for field in captions)
    height = tallest + SIGNATURE_ROW
    for index, field in enumerate(captions):
        x = index * (each + gap)
        marks.extend(moved(paragraph(field.caption, each, CAPTION).marks, x, 0))
        if field.value:
            value = paragraph(field.value, each, BODY_STRONG)
            height = max(height, tallest + value.height + 1 * MM)
            marks.extend(moved(value.marks, x, tallest + 0.5 * MM))
    marks.extend(
        Stroke(index * (each + gap), height, index * (each + gap) + each, height, 0.8, BLACK)
        for index in range(len(captions))
    )
    return Block(height, tuple(marks))


def label_area(caption: str, width: float, height: float) -> Block:
    """Return the dashed area on which a patient label is stuck."""
    words = padded(paragraph(caption, width - 4 * MM, CAPTION), 2 * MM, 1.5 * MM)
    return Block(height, (Box(0, 0, width, height, 0.7, RULE, dashed=True), *words.marks))


def notice(text: str, width: float = WIDTH) -> Block:
    """Return a warning in a heavy frame."""
    words = padded(paragraph(text, width - 4 * MM, BODY_STRONG), 2 * MM, 1.1 * MM)
    return Block(words.height, (Box(0, 0, width, words.height, 1.4, BLACK), *words.marks))
