"""A timeline on paper."""

from __future__ import annotations

from ivigdesk.sheets.paper.blocks import Block
from ivigdesk.sheets.timeline.layout import lay_out
from ivigdesk.sheets.timeline.values import Timeline
from ivigdesk.sheets.trend.paint import SIZE, measure, on_paper
from ivigdesk.wording import Wording


def timeline_block(timeline: Timeline, width: float, wording: Wording) -> Block:
    """Return the drawing as a block of the page.

    Raises:
        KnownError: a character cannot be printed.
    """
    drawing = lay_out(timeline, width, measure, wording, SIZE)
    return Block(drawing.height, tuple(map(on_paper, drawing.shapes)))
